"""Notebooks as files: where they lie, how they are read and written, and what their cells say they are.

Called by all three sides. Loads nbformat, which takes a second, only when a file is read or written.
"""

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from checks.vocabulary import WORDS

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent
SOLUTIONS, NOTEBOOKS, WORK = ROOT / "solutions", ROOT / "notebooks", ROOT / "work"


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


# ── which cell is which ───────────────────────────────────────────────────────────────────────────────


def tag(node: "NotebookNode") -> dict[str, str]:
    """What a cell's or a notebook's metadata say of the workbook; anything may stand in a learner's file."""
    found = node.metadata.get("workbook")
    return found if isinstance(found, dict) else {}


def cell_id(exercise: str, role: str) -> str:
    """The id of the cell that has a role (answer, check, ask) for an exercise, such as rollback-3-answer."""
    return f"{exercise}-{role}".replace(".", "-")


def tagged_id(cell: "NotebookNode") -> str:
    """The id that a cell has by its metadata."""
    return cell_id(tag(cell).get("exercise", ""), tag(cell).get("role", ""))


# ── what a cell says ──────────────────────────────────────────────────────────────────────────────────


def is_written(source: str, starter: str) -> bool:
    """Whether a cell says more than comments and the `starter` that it held when handed out."""
    lines = (line.strip() for line in source.splitlines())
    return source.strip() != starter.strip() and any(line and not line.startswith("#") for line in lines)


def only_words(source: str) -> bool:
    """Whether a cell only calls the workbook's words or imports from it."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(body) and all(map(_is_ours, body))


def code_before_check(source: str, exercise: str) -> str:
    """What a cell says before `check(exercise)`; "" where it does not call that, or says nothing else."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for number, statement in enumerate(body):
        if _checks(statement, exercise):
            if all(map(_is_ours, body[:number])):
                return ""
            lines = source.encode().split(b"\n")[: statement.lineno]
            lines[-1] = lines[-1][: statement.col_offset]
            return b"\n".join(lines).decode()
    return ""


def _checks(statement: ast.stmt, exercise: str) -> bool:
    match statement:
        case ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(value)])):
            return bool(value == exercise)
    return False


def _is_ours(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "checks"
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id in WORDS
    )
