"""Grades a class: collects, judges, writes what the instructor and the learners get.

Called by `workbook grade`, `workbook override` and the pytest plugin.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from checks.exercise import Exercise
from checks.instructor import course, kept, marks, report, submission, who, work
from checks.instructor.handed import Handed
from checks.instructor.marks import Result
from checks.instructor.roster import Roster
from checks.instructor.submission import Class
from checks.lessons import lessons, paper
from checks.notebook import ROOT
from checks.text import one_line

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
    #: The notebooks that count; where there are none, those said before, or those that were handed in.
    chosen: tuple[str, ...] = ()
    #: Learners who are judged anew.
    again: tuple[str, ...] = ()


def show(options: Options) -> int:
    """Print which file counts for whom, and why another does not; grades nothing."""
    class_ = submission.collect(options.submissions, lessons(), options.roster, options.pattern)
    class_ = replace(class_, chosen=options.chosen or kept.read(options.grades).chosen)
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
    print(course.which_count(class_))
    print(f"{len(class_.learners)} learners. Nothing was graded.")
    return 0


def grade(options: Options) -> int:
    """Grade everything and publish it; returns the exit code.

    Raises RunnerError where there is no sandbox or no runner, OSError where files cannot be read or written.
    """
    began = time.monotonic()
    new = submission.collect(options.submissions, lessons(), options.roster, options.pattern)
    print(submission.RULE.format(name=who.label(options.submissions.resolve().name)))
    for notice in new.notices:
        print(f"  {notice}")
    if not new.learners:
        print(f"workbook: there is no notebook in {options.submissions}. Nothing was graded.")
        return 2
    options.grades.mkdir(parents=True, exist_ok=True)
    overrides = marks.read_overrides(options.grades)  # before an hour's work, not after it
    before = kept.read(options.grades)
    folders = {**before.folders, str(options.submissions.resolve()): new}
    everything = kept.Kept(folders, options.chosen or before.chosen)
    class_ = kept.together(everything)
    again = [learner for given in options.again for learner in who.find(given, class_.learners)]
    if unknown := [given for given in options.again if not who.find(given, class_.learners)]:
        print(f"workbook: there is no learner {unknown[0]!r}. There are: {', '.join(class_.learners)}")
        return 2
    print("\n".join(_what_counts(class_, new)))
    results = _judged(class_, options, again)
    class_ = replace(class_, kata_points=_points_of_katas(class_, options))
    kept.write(options.grades, everything)
    kept.write_class(options.grades, class_, results)
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


def _what_counts(class_: Class, new: Class) -> Iterator[str]:
    """Which lessons count, and why, and who is in the class beside those who were just read."""
    yield course.which_count(class_)
    others = [learner for learner in class_.learners if learner not in new.learners]
    if others:
        names = ", ".join(others[:10]) + (", …" if len(others) > 10 else "")
        yield (
            f"Also in the class, from what was graded into this folder before: {len(others)} learners "
            f"({names}). To grade without them, name another folder with --out."
        )


def exercises_of(class_: Class) -> list[Exercise]:
    return [exercise for lesson in course.counting(class_) for exercise in lesson.exercises]


def _judged(class_: Class, options: Options, again: Collection[str]) -> list[Result]:
    """Every learner's result on every exercise, in order."""
    counting = {lesson.notebook for lesson in course.counting(class_)}
    to_do = {work.to_text(one): one for one in class_.handed if one.answers and one.lesson in counting}
    with_mlflow = {lesson.notebook for lesson in course.lessons() if lesson.mlflow}
    mlflow = any(one.lesson in with_mlflow for one in to_do.values())
    left = Counter(one.learner for one in to_do.values())
    done: dict[tuple[str, str], Result] = {}
    work.bench = work.Bench(options.sandboxed, _hidden(options), mlflow)
    if to_do and not (options.grades / STATE).exists():
        work.bench.prepare()  # nothing is recorded, so it is needed: make it ready while DBOS is loaded
    from checks.instructor import queue  # takes half a second

    url = options.database or queue.sqlite_url(options.grades / STATE)
    try:
        with queue.runs(url, options.jobs), _bar(len(class_.learners)) as bar:
            bar.update(len(class_.learners) - len(left))
            texts = list(to_do)
            local = queue.is_local(url)
            anew = {text for text, one in to_do.items() if one.learner in again}
            outputs = queue.do_here(texts, options.jobs, anew) if local else queue.do_shared(url, texts, anew)
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


def _points_of_katas(class_: Class, options: Options) -> dict[str, dict[str, int]]:
    if not class_.katas:
        return {}
    work.bench = work.Bench(options.sandboxed, _hidden(options))
    try:
        return work.points_of_katas(class_.katas)
    finally:
        work.bench.close()


def _hidden(options: Options) -> tuple[Path, ...]:
    return (*ours(), options.submissions.resolve(), options.grades.resolve())


def ours() -> list[Path]:
    """What nobody may see from inside the sandbox, whoever grades."""
    parts = ("checks/lessons", "checks/judge", "solutions", ".git", "pyproject.toml")
    try:
        hidden = [Path.home() / name for name in (".ssh", ".config", ".cache")]
    except RuntimeError:  # a user without HOME and without an entry in passwd
        hidden = []
    return [*(ROOT / name for name in parts), *hidden]


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
        for lesson in course.counting(class_):
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


def points(class_: Class) -> marks.Points:
    """The points of everybody who took the test on approval, 0 where the call is none that `quiz` takes; and
    those of katas."""
    found = {}
    for learner, sat in class_.quizzes.items():
        try:
            found[learner] = paper.marks("approval", *sat)
        except ValueError:
            found[learner] = 0
    return {marks.TEST: found, **{f"kata.{each}": own for each, own in class_.kata_points.items()}}


def publish(grades: Path, class_: Class, results: list[Result], overrides: marks.Overrides) -> list[str]:
    """Write everything that is made of the results and the instructor's decisions.

    Returns a sentence on every page that could not be made.
    """
    exercises = exercises_of(class_)
    ids = [exercise.id for exercise in exercises]
    beside = points(class_)
    marks.write(grades / marks.GRADEBOOK, marks.gradebook(class_.learners, ids, results, overrides, beside))
    marks.write(grades / marks.RESULTS, marks.to_lines(results))
    return report.write(grades, class_, course.counting(class_), results, overrides, beside)


def _summary(class_: Class, results: list[Result], grades: Path, seconds: float) -> None:
    counts = Counter(result.status for result in results)
    unreadable = sum(one.trouble is not None for one in class_.handed)
    print(
        f"{len(class_.learners)} learners, {len(class_.handed)} notebooks ({unreadable} unreadable): "
        f"{counts['correct']} right, {counts['wrong']} wrong, {counts['not_attempted']} not attempted"
        + (f", {counts['error']} failed" if counts["error"] else "")
        + f", in {seconds:.1f} s. Marks: {grades / marks.GRADEBOOK}, for the class: {grades / 'class.html'}"
    )
