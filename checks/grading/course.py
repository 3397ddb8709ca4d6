"""What of the course is graded, and which version of it: a mended lesson grades anew.

Called by grading.
"""

import hashlib
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path

from checks.exercise import Exercise, Lesson
from checks.lessons import LESSONS

_CHECKS = Path(__file__).parent.parent

#: What a verdict depends on: the lessons, and all that judges them.
_SOURCES = (
    "lessons",
    "runner",
    "exercise.py",
    "judge.py",
    "compare.py",
    "feedback.py",
    "markdown.py",
    "registry.py",
    "pipeline.py",
)


def lessons() -> tuple[Lesson, ...]:
    """The lessons that count, in the order of the course."""
    return tuple(lesson for lesson in LESSONS if lesson.counts)


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise that counts, by id, in the order of the course."""
    return {exercise.id: exercise for lesson in lessons() for exercise in lesson.exercises}


@cache
def version() -> str:
    """A digest of everything that a verdict depends on: content, judge, and MLflow's version."""
    digest = hashlib.sha256(f"mlflow-skinny {installed_version('mlflow-skinny')}".encode())
    for name in _SOURCES:
        place = _CHECKS / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in (".py", ".yaml") and file.is_file():
                digest.update(
                    file.relative_to(_CHECKS).as_posix().encode() + b"\0" + file.read_bytes() + b"\0"
                )
    return digest.hexdigest()[:16]
