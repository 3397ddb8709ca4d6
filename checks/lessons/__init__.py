"""The course's content: one module per lesson, all of it plain data.

Read by the notebook's words, the judge's callers, the gradebook and the authors' checks.
"""

from dataclasses import replace
from functools import cache

from checks.exercise import Exercise, Lesson
from checks.lessons import bank
from checks.lessons.alias import LESSON as ALIAS
from checks.lessons.approval import LESSON as APPROVAL
from checks.lessons.durable import LESSON as DURABLE
from checks.lessons.gate import LESSON as GATE
from checks.lessons.order import LESSON as ORDER
from checks.lessons.pipeline import LESSON as PIPELINE
from checks.lessons.restore import LESSON as RESTORE
from checks.lessons.rollback import LESSON as ROLLBACK
from checks.lessons.start import LESSON as START

#: The last notebook: tests and reviews, with questions from the bank and no exercise of its own.
TEST = Lesson(
    slug="test",
    number=9,
    notebook="09_test",
    title="Test and review",
    minutes=10,
    unit="questions",
    exercises=(),
    counts=False,
)

#: In the order of the course.
LESSONS: tuple[Lesson, ...] = (
    START,
    ROLLBACK,
    APPROVAL,
    PIPELINE,
    ORDER,
    ALIAS,
    RESTORE,
    GATE,
    DURABLE,
    TEST,
)


@cache
def bank_questions() -> tuple[bank.Question, ...]:
    """The questions of the bank, file by file. BankError for the first that is not in order."""
    return bank.load(sorted(bank.FOLDER.glob("*.yaml")), _in_lessons())


def exercises() -> dict[str, Exercise]:
    """Every exercise by its id: in the order of the course, then the bank's. ValueError for a doubled id."""
    return _in_lessons() | {question.id: question.exercise for question in bank_questions()}


def _in_lessons() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for lesson in LESSONS:
        for exercise in lesson.exercises:
            if exercise.id in found:
                raise ValueError(f"Two exercises have the id {exercise.id!r}. Give one of them another.")
            found[exercise.id] = exercise
    return found


def lesson_of(id: str) -> Lesson:
    """The lesson, or the bank, that an exercise belongs to. KeyError if no exercise has the id."""
    for lesson in LESSONS:
        if any(exercise.id == id for exercise in lesson.exercises):
            return lesson
    if id in exercises():
        return _bank()
    raise KeyError(id)


@cache
def _bank() -> Lesson:
    """The bank as a lesson: what a card of one of its questions is drawn from."""
    exercises = tuple(question.exercise for question in bank_questions())
    return replace(TEST, slug="bank", title="Question bank", exercises=exercises)
