"""Which of our files decide a verdict: found by following imports, so that none can be forgotten.

Called by the course, whose version is a digest of them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from checks.lessons.translation import is_translation

#: Where a verdict begins: the judge, the runner (whose processes are started by name), what an answer can
#: import, and the lessons with their texts.
ROOTS = ("judge", "runner", "world", "former.py", "lessons")


def deciding(checks: Path) -> list[Path]:
    """The files below `checks`, the package's folder, that a verdict depends on; the lessons' texts too.

    What is graded is English, so no translation is among them.
    """
    found: set[Path] = set()
    waiting = [file for root in ROOTS for file in _files(checks / root)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imported(file, checks) if file.suffix == ".py" else ()
    return sorted(found)


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for file in place.rglob("*"):
        if file.is_file() and file.suffix != ".pyc" and not is_translation(file):
            yield file


def _imported(file: Path, checks: Path) -> Iterator[Path]:
    """What a module of ours imports of ours, at its beginning and in its functions."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from _modules(name, checks)


def _modules(name: str, checks: Path) -> Iterator[Path]:
    """A module's file and those of the packages around it; not the outermost, whose words decide nothing."""
    package, *parts = name.split(".")
    place = checks
    for part in parts if package == "checks" else ():
        place = place / part
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                yield file
