"""Notebooks as files: where they lie, how they are read and written, and what their cells say they are.

Called by all three sides. Loads nbformat, which takes a second, only when a file is read or written.
"""

import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: The grammar of our cells' ids; `cell_id` writes it, `named` reads it. (So does the page's notebook.js.)
_ID = re.compile(
    r"([a-z]+(?:-[a-z]+)*)-(\d+(?=-[ac])|[a-z]+(?=-quiz|-kata)|incident(?=-predict))-(answer|check|ask|quiz|predict|kata)"
)

#: The lesson that everybody begins with: where it lies, the lessons are.
FIRST = "00_start_here.ipynb"

#: A clone's folder, and the solutions in it; an installed course has neither.
ROOT = Path(__file__).parent.parent
SOLUTIONS = ROOT / "solutions"
IN_A_CLONE = (ROOT / "notebooks" / FIRST).is_file()


def _handed_out() -> Path:
    """Where the lessons lie: in a clone beside the package, else where the wheel's record says."""
    if not IN_A_CLONE:
        for file in metadata.files("mlops-workbook") or ():
            if file.name == FIRST and file.parent.name == "notebooks":  # translations lie beside it
                return Path(str(file.locate())).resolve().parent
    return ROOT / "notebooks"


NOTEBOOKS = _handed_out()


def in_language(code: str, notebooks: Path = NOTEBOOKS) -> Path:
    """Where the notebooks in another language lie: beside the English ones, which are a course alone."""
    return notebooks.with_name(f"{notebooks.name}-{code}")


def work() -> Path:
    """The learner's folder: a clone's `work`; else the current one if lessons are in it, or its `work`."""
    here = Path.cwd()
    if IN_A_CLONE:
        return ROOT / "work"
    return here if (here / FIRST).is_file() else here / "work"


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────


def read(path: Path) -> "NotebookNode":
    """A notebook as nbformat reads it. Raises what nbformat raises on a broken file."""
    import nbformat

    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def write(path: Path, notebook: "NotebookNode") -> None:
    """Write a notebook whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(to_text(notebook), encoding="utf-8")
    partial.replace(path)


def to_text(notebook: "NotebookNode") -> str:
    """A notebook as it stands in a file."""
    import nbformat

    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


@cache
def given(folder: Path = NOTEBOOKS) -> frozenset[str]:
    """What the cells of the lessons say that are not for an answer: nobody's answer, wherever they stand."""
    found = set()
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code" and not named(cell.get("id"))[0]:
                found.add("".join(cell["source"]).strip())
    return frozenset(found)


# ── which cell is which ───────────────────────────────────────────────────────────────────────────────


def tag(node: "NotebookNode") -> dict[str, str]:
    """What a cell's or a notebook's metadata say of the workbook; anything may stand in a learner's file."""
    found = node.metadata.get("workbook")
    return found if isinstance(found, dict) else {}


def cell_id(exercise: str, role: str) -> str:
    """The id of the cell that has a role (answer, check, ask) for an exercise, such as rollback-3-answer."""
    return f"{exercise}-{role}".replace(".", "-")


def named(id_: object) -> tuple[str, str]:
    """The exercise and the role that a cell's id says; two empty texts where it is none of ours."""
    found = _ID.fullmatch(id_) if isinstance(id_, str) else None
    return (f"{found[1]}.{found[2]}", found[3]) if found else ("", "")


def tagged_id(cell: "NotebookNode") -> str:
    """The id that a cell has by its metadata."""
    return cell_id(tag(cell).get("exercise", ""), tag(cell).get("role", ""))
