"""Grades a class: collects, judges, writes what the instructor and the learners get.

Called by `workbook grade`, `workbook override` and the pytest plugin.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

from checks.exercise import Exercise, Lesson
from checks.instructor import course, marks, report, submission, who, work
from checks.instructor.handed import Handed
from checks.instructor.marks import Result
from checks.instructor.roster import Roster
from checks.instructor.submission import Class, Line
from checks.lessons import lessons, paper
from checks.notebook import ROOT
from checks.text import one_line

CLASS = ".class.json"
#: The record of all runs, in GRADES unless a database is named.
STATE = ".runs.sqlite"


@dataclass(frozen=True)
class Options:
    """What `workbook grade` was asked. `database` is a URL, or None for SQLite in `grades`."""

    submissions: Path
    grades: Path
    jobs: int
    sandboxed: bool = True
    database: str | None = None
    roster: Roster | None = None
    pattern: re.Pattern[str] | None = None


def show(options: Options) -> int:
    """Print which file counts for whom, and why another does not; grades nothing."""
    class_ = submission.collect(options.submissions, lessons(), options.roster, options.pattern)
    head = ("file", "learner", "lesson", "counts", "why")
    rows = [
        (one.file, one.learner or "-", one.lesson or "-", "yes" if one.counts else "no", one.why)
        for one in class_.table
    ]
    silent = set(class_.learners) - {one.learner for one in class_.table}
    rows += [("-", learner, "-", "no", "nothing was handed in") for learner in sorted(silent)]
    widths = [min(60, max(map(len, column))) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for one in class_.handed:
        for notice in one.notices:
            print(f"{one.learner}: {notice}")
    print(f"{len(class_.learners)} learners. Nothing was graded.")
    return 0


def grade(options: Options) -> int:
    """Grade everything and publish it; returns the exit code.

    Raises RunnerError where there is no sandbox or no runner, OSError where files cannot be read or written.
    """
    began = time.monotonic()
    class_ = submission.collect(options.submissions, lessons(), options.roster, options.pattern)
    print(submission.RULE.format(name=who.label(options.submissions.resolve().name)))
    for notice in class_.notices:
        print(f"  {notice}")
    if not class_.learners:
        print(f"workbook: there is no notebook in {options.submissions}. Nothing was graded.")
        return 2
    options.grades.mkdir(parents=True, exist_ok=True)
    overrides = marks.read_overrides(options.grades)  # before an hour's work, not after it
    results = _judged(class_, options)
    write_class(options.grades, class_, results)
    without_page = publish(options.grades, class_, results, overrides)
    failed = [result for result in results if result.status == "error"]
    _summary(class_, results, options.grades, time.monotonic() - began)
    for result in failed:
        print(f"workbook: {result.learner}, {result.exercise} has no mark: {one_line(result.feedback)}")
    if failed:
        print("workbook: these failed on our side. Start the same command again to try them once more.")
    for sentence in without_page:
        print(f"workbook: {sentence}")
    return 1 if failed or without_page else 0


def lessons_of(class_: Class) -> list[Lesson]:
    """The lessons that at least one learner handed in."""
    handed = {one.lesson for one in class_.handed}
    return [lesson for lesson in course.lessons() if lesson.notebook in handed]


def exercises_of(class_: Class) -> list[Exercise]:
    return [exercise for lesson in lessons_of(class_) for exercise in lesson.exercises]


def _judged(class_: Class, options: Options) -> list[Result]:
    """Every learner's result on every exercise, in order."""
    to_do = {work.to_text(one): one for one in class_.handed if one.answers}
    with_mlflow = {lesson.notebook for lesson in course.lessons() if lesson.mlflow}
    mlflow = any(one.lesson in with_mlflow for one in to_do.values())
    hidden = [*ours(), options.submissions.resolve(), options.grades.resolve()]
    left = Counter(one.learner for one in to_do.values())
    done: dict[tuple[str, str], Result] = {}
    work.bench = work.Bench(options.sandboxed, tuple(hidden), mlflow)
    if to_do and not (options.grades / STATE).exists():
        work.bench.prepare()  # nothing is recorded, so it is needed: make it ready while DBOS is loaded
    from checks.instructor import queue  # takes half a second

    url = options.database or queue.sqlite_url(options.grades / STATE)
    try:
        with queue.runs(url, options.jobs), _bar(len(class_.learners)) as bar:
            bar.update(len(class_.learners) - len(left))
            texts = list(to_do)
            local = queue.is_local(url)
            outputs = queue.do_here(texts, options.jobs) if local else queue.do_shared(url, texts)
            for text, output in outputs:
                for result in work.results(output):
                    done[result.learner, result.exercise] = result
                learner = to_do[text].learner
                left[learner] -= 1
                if not left[learner]:
                    bar.update()
    finally:
        work.bench.close()
    return list(_in_order(class_, done))


def ours() -> list[Path]:
    """What nobody may see from inside the sandbox, whoever grades."""
    parts = ("checks/lessons", "checks/judge", "solutions", ".git", "pyproject.toml")
    private = (".ssh", ".config", ".cache")
    return [*(ROOT / name for name in parts), *(Path.home() / name for name in private)]


def help_others(url: str, jobs: int, sandboxed: bool) -> None:
    """Do what others put into the queue of a database, until this process is ended."""
    from checks.instructor import queue

    work.bench = work.Bench(sandboxed, tuple(ours()), mlflow=True)
    try:
        work.bench.runners()
        with queue.runs(url, jobs):
            print(
                f"Waiting for work. This is the course in version {course.version()}; others are left alone."
            )
            while True:
                time.sleep(1)
    finally:
        work.bench.close()


def _bar(learners: int) -> "tqdm[None]":
    """Learners done, rate and time left; on a terminal all the time, in a log every five seconds."""
    return tqdm(
        total=learners, desc="Grading", unit=" learners", mininterval=0.1 if sys.stderr.isatty() else 5.0
    )


def _in_order(class_: Class, done: dict[tuple[str, str], Result]) -> Iterator[Result]:
    handed = {(one.learner, one.lesson): one for one in class_.handed}
    for learner in class_.learners:
        for lesson in lessons_of(class_):
            one = handed.get((learner, lesson.notebook))
            for exercise in lesson.exercises:
                if found := done.get((learner, exercise.id)):
                    yield found
                else:
                    yield Result(learner, exercise.id, "not_attempted", _why_not(one))


def _why_not(handed: Handed | None) -> str:
    if handed is None:
        return "Nothing was handed in for this lesson."
    if handed.trouble:
        return f"{handed.file} {handed.trouble}."
    return "There is no answer to this in what was handed in."


def points(class_: Class) -> dict[str, int]:
    """The points of everybody who took the test on approval, 0 where the call is none that `quiz` takes."""
    found = {}
    for learner, sat in class_.quizzes.items():
        try:
            found[learner] = paper.marks("approval", *sat)
        except ValueError:
            found[learner] = 0
    return found


def publish(grades: Path, class_: Class, results: list[Result], overrides: marks.Overrides) -> list[str]:
    """Write everything that is made of the results and the instructor's decisions.

    Returns a sentence on every page that could not be made.
    """
    exercises = exercises_of(class_)
    ids = [exercise.id for exercise in exercises]
    tests = points(class_)
    marks.write(grades / marks.GRADEBOOK, marks.gradebook(class_.learners, ids, results, overrides, tests))
    marks.write(grades / marks.RESULTS, marks.to_lines(results))
    return report.write(grades, class_, lessons_of(class_), results, overrides, tests)


def write_class(grades: Path, class_: Class, results: Iterable[Result]) -> None:
    """Keep what pages are made of, so that a decision shows without grading again."""
    kept = {"class": asdict(class_), "results": [asdict(result) for result in results]}
    marks.write(grades / CLASS, json.dumps(kept))


def read_class(grades: Path) -> tuple[Class, list[Result]]:
    """What `write_class` kept. Raises FileNotFoundError where nothing was graded yet."""
    kept = json.loads((grades / CLASS).read_text("utf-8"))
    handed = tuple(
        Handed(
            **{
                **one,
                "answers": {id_: a if isinstance(a, str) else tuple(a) for id_, a in one["answers"].items()},
                "notices": tuple(one["notices"]),
            }
        )
        for one in kept["class"]["handed"]
    )
    quizzes = {learner: tuple(sat) for learner, sat in kept["class"]["quizzes"].items()}
    class_ = Class(
        tuple(kept["class"]["learners"]),
        handed,
        tuple(kept["class"]["notices"]),
        quizzes,
        tuple(Line(**line) for line in kept["class"]["table"]),
    )
    return class_, [Result(**result) for result in kept["results"]]


def _summary(class_: Class, results: list[Result], grades: Path, seconds: float) -> None:
    counts = Counter(result.status for result in results)
    unreadable = sum(one.trouble is not None for one in class_.handed)
    print(
        f"{len(class_.learners)} learners, {len(class_.handed)} notebooks ({unreadable} unreadable): "
        f"{counts['correct']} right, {counts['wrong']} wrong, {counts['not_attempted']} not attempted"
        + (f", {counts['error']} failed" if counts["error"] else "")
        + f", in {seconds:.1f} s. Marks: {grades / marks.GRADEBOOK}, for the class: {grades / 'class.html'}"
    )
