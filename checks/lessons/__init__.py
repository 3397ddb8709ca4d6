"""The course's content: one module per lesson, all of it plain data.

Read by the notebook's words, the judge's callers, the gradebook and the authors' checks.
"""

from checks.exercise import Exercise, Lesson
from checks.lessons.alias import LESSON as ALIAS
from checks.lessons.approval import LESSON as APPROVAL
from checks.lessons.gate import LESSON as GATE
from checks.lessons.order import LESSON as ORDER
from checks.lessons.rollback import LESSON as ROLLBACK
from checks.lessons.start import LESSON as START

#: In the order of the course.
LESSONS: tuple[Lesson, ...] = (START, ROLLBACK, APPROVAL, ORDER, ALIAS, GATE)


def exercises() -> dict[str, Exercise]:
    """Every exercise by its id, in the order of the course. ValueError if an id is used twice."""
    found: dict[str, Exercise] = {}
    for lesson in LESSONS:
        for exercise in lesson.exercises:
            if exercise.id in found:
                raise ValueError(f"Two exercises have the id {exercise.id!r}. Give one of them another.")
            found[exercise.id] = exercise
    return found


def lesson_of(id: str) -> Lesson:
    """The lesson that an exercise belongs to. KeyError if no exercise has the id."""
    for lesson in LESSONS:
        if any(exercise.id == id for exercise in lesson.exercises):
            return lesson
    raise KeyError(id)
