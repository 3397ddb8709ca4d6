"""The course's content: one module per lesson, all of it plain data.

Read by the notebook's words, the judge's callers, the gradebook and the authors' checks.
"""

from functools import cache

from checks.exercise import Exercise, Lesson
from checks.lessons import approval, bank, pipeline, rollback, start

#: In the order of the course.
LESSONS: tuple[Lesson, ...] = (start.LESSON, rollback.LESSON, approval.LESSON, pipeline.LESSON)


@cache
def questions() -> tuple[bank.Question, ...]:
    """The questions of the bank, file by file. BankError for the first that is not in order."""
    return bank.load(sorted(bank.FOLDER.glob("*.yaml")), _in_lessons())


def exercises() -> dict[str, Exercise]:
    """Every exercise by its id: in the order of the course, then the bank's. ValueError for a doubled id."""
    return _in_lessons() | {question.id: question.exercise for question in questions()}


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
    """The bank as a lesson: what a card of one of its questions is drawn from. Gives no marks."""
    return Lesson(
        slug="bank",
        number=9,
        notebook="09_test",
        title="Question bank",
        minutes=10,
        unit="questions",
        exercises=tuple(question.exercise for question in questions()),
        counts=False,
    )
