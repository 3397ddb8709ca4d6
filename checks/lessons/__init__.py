"""The course's content, for a teacher to read and edit: a folder a lesson, and in it a file an exercise.

A folder has `lesson.yaml` (title, minutes, the exercises in order), a Markdown file an exercise, and beside
them `situations.py` (what answers are run on) and `looks.py` (how what came of a wrong one is read); what the
third exercise alone needs may stand in `situations_3.py` and `looks_3.py`.
`shared/` holds what several lessons say, `questions/` the bank, with `order.txt`, which only ever grows.
`loader.py` makes exercises of the files; `reading.py` knows their form, `fields.py` the fields, `told.py` the
words for wrong answers, `python.py` what is code; `translation.py` and `sentences.py` put in its place what
stands beside it in other languages. `paper.py` draws tests.

Read by the notebook's words, the judge's callers, the gradebook and the authors' checks. What is in here
imports `checks.exercise` and `checks.catalogue` and nothing else of ours. Files are read when an exercise is
first asked for, in the language that applies then; what is graded is English.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from checks.catalogue import language, tr
from checks.exercise import Choice, Exercise, Interview, Lesson

P = ParamSpec("P")
T = TypeVar("T")

_HERE = Path(__file__).parent
QUESTIONS = _HERE / "questions"


def _in_each_language(read: Callable[P, T]) -> Callable[P, T]:
    """Read once in each language, when it is first asked for in that."""

    kept: dict[tuple[object, ...], T] = {}

    @wraps(read)
    def now(*given: P.args, **named: P.kwargs) -> T:
        key = (language(), *given)
        if key not in kept:
            kept[key] = read(*given, **named)
        return kept[key]

    return now


@_in_each_language
def lessons() -> tuple[Lesson, ...]:
    """The lessons in the order of the course. ContentError for the first file that is not in order."""
    from checks.lessons.loader import load_lessons

    return load_lessons(_HERE)


def tests() -> dict[str, tuple[str, ...]]:
    """The tests of ten questions, each with the lessons that its questions are about."""
    named = sorted({lesson.test for lesson in lessons() if lesson.test}, reverse=True)
    return {test: tuple(lesson.slug for lesson in lessons() if lesson.test == test) for test in named}


@_in_each_language
def of_test(test: str) -> dict[str, Exercise]:
    """All that a test's pattern is about: the exercises of its lessons, and its questions, by id."""
    about = tests()[test]
    found = [each for lesson in lessons() if lesson.slug in about for each in lesson.exercises]
    return {each.id: each for each in (*found, *(one for one in bank_questions() if one.lesson in about))}


@_in_each_language
def interviews() -> dict[str, tuple[Interview, ...]]:
    """What is asked aloud, by the pattern that a test is about. ContentError if the file is not in order."""
    from checks.lessons.aloud import load_interviews

    return load_interviews(_HERE / "interviews.yaml")


@_in_each_language
def bank_questions() -> tuple[Choice, ...]:
    """The questions of the bank, in the order in which they came to it, new ones last."""
    from checks.lessons.loader import load_bank

    return load_bank(QUESTIONS, lessons())


@_in_each_language
def exercises() -> dict[str, Exercise]:
    """Every exercise by its id: in the order of the course, then the bank's. ContentError as `lessons`."""
    in_lessons = [exercise for lesson in lessons() for exercise in lesson.exercises]
    return {exercise.id: exercise for exercise in (*in_lessons, *bank_questions())}


@_in_each_language
def incidents() -> dict[str, Choice]:
    """What is predicted before the demonstration of a lesson, by its id, such as restore.incident."""
    return {lesson.incident.id: lesson.incident for lesson in lessons() if lesson.incident}


def lesson_of(id: str) -> Lesson:
    """The lesson, or the bank, that an exercise belongs to. KeyError if no exercise has the id."""
    for lesson in lessons():
        if any(exercise.id == id for exercise in (*lesson.exercises, lesson.incident) if exercise):
            return lesson
    if id in exercises():
        return _bank()
    raise KeyError(id)


@_in_each_language
def _bank() -> Lesson:
    """The bank as a lesson: what a card of one of its questions is drawn from."""
    return Lesson(
        slug="bank",
        number=0,
        notebook="",
        title=tr("Question bank"),
        minutes=10,
        unit=tr("questions"),
        one=tr("question"),
        exercises=bank_questions(),
        counts=False,
    )


def __getattr__(name: str) -> object:
    if name == "LESSONS":  # read only when somebody asks for it
        return lessons()
    raise AttributeError(f"module 'checks.lessons' has no attribute {name!r}")
