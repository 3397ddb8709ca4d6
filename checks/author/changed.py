"""What has changed since it was last found in order: digests of the files that it depends on.

Called by `making`. They are kept in a file beside solutions/, which git ignores and which may be deleted.
"""

import hashlib
import json
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from checks.author.places import LESSONS, file_of
from checks.exercise import Exercise, Lesson
from checks.lessons import QUESTIONS
from checks.notebook import ROOT

KEPT = ROOT / ".notebooks.json"


class Kept:
    """The digests of what was in order; a thing that is not there, or has another, has changed."""

    def __init__(self, path: Path = KEPT) -> None:
        self.path = path
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._found: dict[str, str] = found if isinstance(found, dict) else {}

    def has(self, name: str, digest: str) -> bool:
        """Whether this is how it was found in order."""
        return self._found.get(name) == digest

    def keep(self, name: str, digest: str) -> None:
        """From now on it is in order as it is."""
        self._found[name] = digest
        self.path.write_text(json.dumps(self._found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def exercise(one: Exercise, answer: str) -> str:
    """What the verdicts on an exercise's answers depend on, with the `answer` of its solution."""
    own = file_of(one.id)
    beside = () if own.parent == QUESTIONS else (p for p in own.parent.glob("*") if not _is_exercise(p))
    return _digest(_machinery(), answer, *_files(own, *beside))


def notebook(lesson: Lesson, solution: Path) -> str:
    """What the outputs of a lesson's solution depend on, and the file itself with its outputs."""
    draws = QUESTIONS.glob("*") if "quiz(" in solution.read_text("utf-8") else ()
    own = (LESSONS / lesson.slug).glob("*")
    return _digest(_machinery(), *_files(solution, *own, *draws, *LESSONS.glob("*/lesson.yaml")))


def _is_exercise(path: Path) -> bool:
    return path.suffix == ".md" and path.name.startswith(f"{path.parent.name}.")


@cache
def _machinery() -> str:
    """All that every answer and every notebook goes through: our code, Python, MLflow; both are English."""
    rooms = [
        path
        for path in (ROOT / "checks").iterdir()
        if path.name not in ("author", "instructor", "languages", "lessons")
    ]
    ours = [path for room in rooms for path in ([room] if room.is_file() else room.rglob("*"))]
    files = _files(*ours, *LESSONS.glob("*.py"), *(LESSONS / "shared").glob("*"))
    return _digest(sys.version, version("mlflow-skinny"), *files)


def _files(*paths: Path) -> list[str]:
    """Their names and what is in them."""
    read = sorted({p for p in paths if p.is_file() and p.suffix != ".pyc"})
    return [
        text for p in read for text in (str(p.relative_to(ROOT)), hashlib.sha256(p.read_bytes()).hexdigest())
    ]


def _digest(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:32]
