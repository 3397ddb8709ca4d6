"""What learners handed in: reads the answers out of their notebooks, and says what counts and what does not.

Called by grading. A learner's file is untrusted input of any size and shape: it is read as JSON and its calls
as literals; nothing of it is ever executed, unpickled or followed out of the folder.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks.calls import Quiz
from checks.exercise import Lesson
from checks.instructor import archives, files, who
from checks.instructor.handed import OUR_SOLUTION, Handed, Katas, Read, Sat, read
from checks.instructor.roster import Roster
from checks.instructor.who import Owned
from checks.lessons import paper

#: Notebooks that are read of one learner; the course has ten.
MOST_NOTEBOOKS = 200
#: Notices about files of one learner that count for nothing; a whole course handed in has hundreds.
MOST_TOLD = 10

RULE = (
    "A folder in {name} is a learner, with all notebooks in it and below, also in zip archives; what Canvas, "
    "Moodle, Blackboard, Brightspace, Gradescope, Google Classroom, GitHub Classroom and nbgrader export is "
    "known by its names. Of several files for one lesson the last attempt counts. --dry-run shows which file "
    "counts for whom, and why another does not."
)


@dataclass(frozen=True)
class Line:
    """A file of the table that `--dry-run` prints. `learner` and `lesson` are "" where there is none."""

    file: str
    learner: str
    lesson: str
    why: str
    counts: bool = False


@dataclass(frozen=True)
class Class:
    """Everyone who handed something in, in order; `notices` are about what belongs to no learner.

    `quizzes` has what each learner answered in the test on approval, `table` a line for every file, and
    `chosen` the notebooks that count by the instructor's word; where it is empty, those that were handed in.
    `katas` are those of each learner, `kata_points` by pattern and learner how many answers were right, once
    that was judged.
    """

    learners: tuple[str, ...]
    handed: tuple[Handed, ...]
    notices: tuple[str, ...]
    quizzes: Mapping[str, Sat] = field(default_factory=dict)
    table: tuple[Line, ...] = ()
    chosen: tuple[str, ...] = ()
    katas: Mapping[str, Katas] = field(default_factory=dict)
    kata_points: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def left_out(self) -> dict[str, list[str]]:
        """The files of each learner that count for nothing, each with its reason."""
        found: dict[str, list[str]] = {}
        for one in self.table:
            if not one.counts:
                found.setdefault(one.learner, []).append(f"{one.file}: {one.why}")
        return found


def collect(
    folder: Path,
    lessons: Iterable[Lesson],
    roster: Roster | None = None,
    pattern: re.Pattern[str] | None = None,
) -> Class:
    """Read everything below `folder`. Lessons that do not count are known and left out.

    Raises NotADirectoryError if it is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"There is no folder {folder}. Name the one that holds the submissions.")
    lessons = tuple(lessons)
    listing = files.listing(folder)
    names = [lesson.notebook for lesson in lessons]
    owned, learners = who.sort(listing, folder.resolve().name, names, roster, pattern)
    found = _Collecting(lessons, [*listing.notices])
    by_learner: dict[str, list[Owned]] = {learner: [] for learner in sorted(learners)}
    for one in owned:
        if one.learner is None:
            found.line(one, "", one.why)
        else:
            by_learner[one.learner].append(one)
    found.tell_how_many(None)
    for mine in by_learner.values():
        found.add(mine)
    archives.close()
    found.notices += _one_name_twice(by_learner)
    order = {lesson.notebook: number for number, lesson in enumerate(lessons)}
    return Class(
        tuple(by_learner),
        tuple(sorted(found.handed, key=lambda one: (one.learner, order[one.lesson]))),
        tuple(dict.fromkeys(found.notices)),
        found.quizzes,
        tuple(sorted(found.table, key=lambda one: (one.learner, one.file, one.lesson))),
        katas=found.katas,
    )


def _one_name_twice(learners: Iterable[str]) -> list[str]:
    """A notice for each name that several ids have: two people, or one that the platform numbers anew."""
    ids: dict[str, list[str]] = {}
    for learner in learners:
        if found := re.fullmatch(r"(.+) \(([^()]+)\)", learner):
            ids.setdefault(found[1], []).append(found[2])
    return [
        f"{name} has {len(several)} rows, by the ids {', '.join(several)}, as nobody can tell whether it is "
        "one person. If it is, say so in a roster (--roster)."
        for name, several in ids.items()
        if len(several) > 1
    ]


# ── which of a learner's files count ──────────────────────────────────────────────────────────────────


@dataclass
class _Collecting:
    """Gathers what counts, learner by learner."""

    lessons: tuple[Lesson, ...]
    notices: list[str]
    handed: list[Handed] = field(default_factory=list)
    quizzes: dict[str, Sat] = field(default_factory=dict)
    katas: dict[str, Katas] = field(default_factory=dict)
    table: list[Line] = field(default_factory=list)
    _left_out: Counter[str | None] = field(default_factory=Counter)

    def add(self, owned: Sequence[Owned]) -> None:
        """Take the files of one learner."""
        beside: dict[tuple[str, ...], set[str]] = {}
        for one in owned:
            for depth, part in enumerate(one.file.path):
                beside.setdefault(one.file.path[:depth], set()).add(part)
        for_lesson: dict[str, list[tuple[Owned, Handed]]] = {}
        sat: list[tuple[Owned, Quiz]] = []
        notebooks = 0
        for one in sorted(owned, key=_weight):
            notebooks += one.file.is_notebook
            found = self._read(one, _in_course(one, beside), notebooks)
            if found.quiz is not None:
                sat.append((one, found.quiz))
            if found.katas and one.learner:
                self.katas[one.learner] = {**self.katas.get(one.learner, {}), **found.katas}
            for handed in found.handed:
                for_lesson.setdefault(handed.lesson, []).append((one, handed))
            if not found.handed:
                self.line(one, "", found.why or "has the test on approval", counts=not found.why)
        for lesson, several in for_lesson.items():
            self._choose(lesson, several)
        if sat:
            self._sat(*sat[-1], earlier=sat[:-1])
        if owned:
            self.tell_how_many(owned[0].learner)

    def _read(self, one: Owned, course: str, number: int) -> Read:
        if one.file.why_not:
            return Read(why=one.file.why_not)
        if number > MOST_NOTEBOOKS:
            return Read(why=f"was not read: {MOST_NOTEBOOKS} other notebooks were")
        if course == "solutions":
            return Read(why=OUR_SOLUTION)
        found = read(one, self.lessons)
        if not course:
            return found
        # Who hands in the whole course has handed in the lessons that they answered.
        answered = tuple(handed for handed in found.handed if handed.answers or handed.trouble)
        return replace(found, handed=answered, why=found.why or ("" if answered else "has no answer in it"))

    def _choose(self, lesson: str, several: Sequence[tuple[Owned, Handed]]) -> None:
        """Of several files for one lesson the last with answers; else the last that can be read."""
        if not next(one.counts for one in self.lessons if one.notebook == lesson):
            for one, _ in several:
                self.line(one, lesson, "is read, and has no exercise with a mark", counts=True)
            return
        if any(one.guessed for one, _ in several) and len({_stem(one) for one, _ in several}) > 1:
            for one, _ in several:
                why = f"may be another's: only the name {one.learner!r} says whose the files for {lesson} are"
                self.line(one, lesson, f"{why}. Say it with --roster or --learner-pattern")
            return
        one, counts = _that_counts(several)
        self.handed.append(counts)
        for other, lost in several:
            if lost is counts:
                number = len(counts.answers)
                answers = f"{number} answer{'' if number == 1 else 's'}"
                self.line(one, lesson, counts.trouble or f"counts, with {answers}", counts=True)
            elif lost.trouble and not counts.trouble:
                self.line(other, lesson, f"{lost.trouble}; {counts.file} counts", told=False)
                self.notices.append(f"{one.learner}: {lost.file} {lost.trouble}; {counts.file} counts.")
            else:
                why = "" if lost.answers or not counts.answers else ", which has answers"
                self.line(other, lesson, f"is for the same lesson as {counts.file}{why}", told=False)
                self.notices.append(
                    f"{one.learner}: of {lost.file} and {counts.file} the latter counts{why}, both {lesson}."
                )

    def _sat(self, one: Owned, quiz: Quiz, earlier: Sequence[tuple[Owned, Quiz]]) -> None:
        assert one.learner is not None
        of = paper.FIRST if quiz.of is None else quiz.of
        self.quizzes[one.learner] = sat = (quiz.seed, quiz.letters, of)
        try:
            paper.marks("approval", *sat)
        except ValueError as problem:
            self.notices.append(f"{one.learner}: {one.name} gets no points for test.approval. {problem}")
        for other, before in earlier:
            if before != quiz:
                self.notices.append(
                    f"{one.learner}: of {other.name} and {one.name} the latter counts for test.approval."
                )

    def tell_how_many(self, learner: str | None) -> None:
        """A notice about the files that were not named one by one."""
        if (more := self._left_out[learner] - MOST_TOLD) > 0:
            whose = f"{learner}: " if learner else ""
            self.notices.append(f"{whose}{more} more files count for nothing; --dry-run names them.")

    def line(self, one: Owned, lesson: str, why: str, counts: bool = False, told: bool = True) -> None:
        """A line of the table; what counts for nothing is told to the instructor as well."""
        self.table.append(Line(who.shown(one.file.path), one.learner or "", lesson, why, counts))
        if told and not counts:
            self._left_out[one.learner] += 1
            if self._left_out[one.learner] > MOST_TOLD:
                return
            whose = f"{one.learner}: " if one.learner else ""
            self.notices.append(f"{whose}{one.name} {why}; it counts for nothing.")


def _that_counts(several: Sequence[tuple[Owned, Handed]]) -> tuple[Owned, Handed]:
    """The last with answers; where none has any, the last that can be read; else the last."""
    answered = [pair for pair in several if pair[1].answers]
    readable = [pair for pair in several if pair[1].trouble is None]
    return (answered or readable or several)[-1]


_NUMBERED = re.compile(r"\s*\((\d{1,6})\)$")
_COPY = re.compile(r"([-_. ]?copy\d*|\.old(-\d+)?)$", re.IGNORECASE)


def _weight(one: Owned) -> tuple[object, ...]:
    """What a browser saved again has a number and is newer; what JupyterLab copied or we kept is older."""
    *folders, name = one.name.split("/")
    stem = _without_ending(name)
    numbered = _NUMBERED.search(stem)
    return (
        not _COPY.search(stem),
        one.attempt,
        "work" in folders,  # beside it lies what was handed out
        [_natural(folder) for folder in folders],
        int(numbered[1]) if numbered else 0,
        _natural(stem),
        one.name,
    )


def _natural(text: str) -> list[tuple[int, str]]:
    """For sorting: `attempt 10` after `attempt 9`."""
    return [(int(digits or 0), rest) for digits, rest in re.findall(r"(\d{0,18})(\D*)", text.casefold())]


def _stem(one: Owned) -> str:
    """A file's name without what tells one attempt from another."""
    stem = _without_ending(one.name)
    return _COPY.sub("", stem if one.numbered else _NUMBERED.sub("", stem)).casefold()


def _without_ending(name: str) -> str:
    return re.sub(r"\.ipynb$", "", name, flags=re.IGNORECASE)


def _in_course(one: Owned, beside: Mapping[tuple[str, ...], set[str]]) -> str:
    """Which folder of the course a file lies in, where somebody handed in the whole of it; "" elsewhere."""
    for depth, folder in enumerate(one.file.path[:-1]):
        around = beside[one.file.path[:depth]]
        is_course = "solutions" in around and bool(around & {"notebooks", "checks", "work"})
        if is_course and folder in ("solutions", "notebooks", "work"):
            return folder
    return ""
