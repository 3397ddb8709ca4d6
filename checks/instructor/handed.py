"""One notebook as it was handed in: what it answers in each lesson, or why it cannot be read.

Called by `submission`; the answers are found by `checks.answers`, as in the notebook itself.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checks.answers import Cell, Reading, cells_of
from checks.calls import Quiz
from checks.exercise import Answer, Lesson, Step
from checks.instructor.archives import LARGEST, Unreadable
from checks.instructor.who import Owned
from checks.notebook import SOLUTIONS, given

OUR_SOLUTION = "is one of the course's own solutions, which never count"

#: What a call of `kata` says, by pattern: seed and answers.
Katas = Mapping[str, tuple[int, tuple[tuple[str, ...], ...]]]

#: What a call such as `quiz("approval", seed=7, answers="bdac", of=53)` says: seed, letters, of.
Sat = tuple[int, str, int]


@dataclass(frozen=True)
class Handed:
    """One lesson as one learner handed it in. `answers` has what was answered, by exercise id.

    `trouble` is why nothing could be read, or None; `notices` are for the learner and the instructor.
    """

    learner: str
    lesson: str
    file: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True)
class Read:
    """What a file has for each lesson, of the test and of katas; or why nothing."""

    handed: tuple[Handed, ...] = ()
    quiz: Quiz | None = None
    why: str = ""
    katas: Katas = field(default_factory=dict)


def read(one: Owned, lessons: tuple[Lesson, ...]) -> Read:
    """Read one notebook: what it has for each lesson, of which some hold several."""
    learner = one.learner or ""
    by_name = _lesson_in_name(one.name, lessons)
    try:
        cells = _cells(one)
    except Unreadable as why:
        if not by_name:
            return Read(why=str(why))
        return Read((Handed(learner, by_name, one.name, trouble=str(why)),))
    reading = Reading(cells, _starters(lessons), given=given())
    quiz, about_the_test = reading.quiz("approval")
    katas = {each.pattern: (each.seed, each.answers) for each in reading.katas().values()}
    main = max(
        lessons,
        key=lambda lesson: (reading.seen.get(lesson.slug, 0), lesson.notebook == by_name),
        default=None,
    )
    if main is None or not (reading.seen.get(main.slug) or main.notebook == by_name):
        return Read((), quiz, "" if quiz or katas else "is none of the lessons", katas)
    if "solutions" in one.file.path[1:-1] and [cell.source for cell in cells] == _solution(main.notebook):
        return Read(why=OUR_SOLUTION)
    handed = []
    for lesson in lessons:
        answers, notices = _answers(lesson, reading)
        if lesson is main:
            notices = [*reading.notices, *notices, *about_the_test]
        if lesson is main or answers:
            handed.append(Handed(learner, lesson.notebook, one.name, answers, tuple(notices)))
    return Read(tuple(handed), quiz, katas=katas)


def _starters(lessons: Iterable[Lesson]) -> dict[str, str]:
    every = (exercise for lesson in lessons for exercise in lesson.exercises)
    return {exercise.id: exercise.starter for exercise in every if isinstance(exercise, Step)}


def _solution(notebook: str) -> list[str] | None:
    """The cells of a solution of ours."""
    try:
        return [cell.source for cell in cells_of(json.loads((SOLUTIONS / f"{notebook}.ipynb").read_bytes()))]
    except (OSError, ValueError):  # a course may be installed without them
        return None


def _answers(lesson: Lesson, reading: Reading) -> tuple[dict[str, Answer], list[str]]:
    answers: dict[str, Answer] = {}
    notices: list[str] = []
    for exercise in lesson.exercises:
        if isinstance(exercise, Step):
            found = reading.step(exercise.id)
            answer: Answer | None = found.source
            notices += found.notices
        else:
            answer, told = reading.card(exercise.id)
            notices += told
        if answer is not None:
            answers[exercise.id] = answer
    return answers, notices


def _lesson_in_name(name: str, lessons: Iterable[Lesson]) -> str:
    stem = name.rpartition("/")[2].lower()
    return next((lesson.notebook for lesson in lessons if lesson.notebook.lower() in stem), "")


def _cells(one: Owned) -> list[Cell]:
    """The cells of a notebook. Raises Unreadable."""
    content = one.file.read(LARGEST)
    if not content.strip():
        raise Unreadable("is empty")
    try:
        return cells_of(json.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "is not in UTF-8, as every notebook is: save it in Jupyter and hand it in again"
        ) from error
    except json.JSONDecodeError as error:
        raise Unreadable("is not a whole notebook (its JSON is broken)") from error
    except RecursionError as error:
        raise Unreadable("is nested too deep for a notebook") from error
    except ValueError as error:  # json's on a number without end, or cells_of's, which says why
        said = str(error)
        raise Unreadable(said if said.startswith("is ") else "is not a whole notebook") from error
