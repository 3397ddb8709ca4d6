"""What of the course is graded, and which version of it: a mended lesson grades anew.

Called by grading.
"""

import hashlib
import platform
import sqlite3
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from checks.exercise import Exercise, Lesson
from checks.instructor.sources import deciding
from checks.instructor.submission import Class
from checks.lessons import lessons as every_lesson

_CHECKS = Path(__file__).parent.parent


def lessons() -> tuple[Lesson, ...]:
    """The lessons that count, in the order of the course."""
    return tuple(lesson for lesson in every_lesson() if lesson.counts)


def counting(class_: Class) -> list[Lesson]:
    """The lessons that the instructor chose, or else those that at least one learner handed in."""
    names = set(class_.chosen) or {one.lesson for one in class_.handed}
    return [lesson for lesson in lessons() if lesson.notebook in names]


def which_count(class_: Class) -> str:
    """Which lessons count for this class, by whose word, and how many handed them in."""
    told = []
    for lesson in counting(class_):
        mine = [one for one in class_.handed if one.lesson == lesson.notebook]
        nobody = "" if any(one.answers or one.trouble for one in mine) else "; nobody answered anything"
        told.append(f"{lesson.number} ({len(mine)} of {len(class_.learners)} handed it in{nobody})")
    why = "as --lessons says" if class_.chosen else "as they were handed in; --lessons says otherwise"
    return f"Lessons that count: {', '.join(told) or 'none'}, {why}."


@cache
def exercises() -> dict[str, Exercise]:
    """Every exercise that counts, by id, in the order of the course."""
    return {exercise.id: exercise for lesson in lessons() for exercise in lesson.exercises}


@cache
def version() -> str:
    """A digest of everything that a verdict depends on: content, judge, Python, SQLite and all packages."""
    return digest(_CHECKS)


def digest(checks: Path) -> str:
    """The version of the course that lies in a folder."""
    found = hashlib.sha256(machine().encode())
    for file in deciding(checks):
        found.update(file.relative_to(checks).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


@cache
def machine() -> str:
    """What answers run on, a line each; of packages every one, as an answer may import any."""
    packages = {f"{one.name} {one.version}" for one in distributions() if one.name != _OURS}
    python = f"{sys.implementation.name} {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return "\n".join([python, *sorted(packages)])


#: Its version is that of its sources.
_OURS = "mlops-workbook"
