"""What of the course is graded, and which version of it: a mended lesson grades anew.

Called by grading.
"""

import hashlib
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path

from checks.exercise import Exercise, Lesson
from checks.instructor.sources import deciding
from checks.lessons import lessons as every_lesson

_CHECKS = Path(__file__).parent.parent


def lessons() -> tuple[Lesson, ...]:
    """The lessons that count, in the order of the course."""
    return tuple(lesson for lesson in every_lesson() if lesson.counts)


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise that counts, by id, in the order of the course."""
    return {exercise.id: exercise for lesson in lessons() for exercise in lesson.exercises}


@cache
def version() -> str:
    """A digest of everything that a verdict depends on: content, judge, and MLflow's version."""
    return digest(_CHECKS)


def digest(checks: Path) -> str:
    """The version of the course that lies in a folder."""
    found = hashlib.sha256(f"mlflow-skinny {installed_version('mlflow-skinny')}".encode())
    for file in deciding(checks):
        found.update(file.relative_to(checks).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]
