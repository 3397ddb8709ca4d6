"""Which cells were run: finds the source that `check("rollback.3")` is to judge.

Used by the notebook's words. Front ends that name cells are asked by cell id, others by order.
"""

import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from checks.answers import Cell, Reading, is_written
from checks.notebook import cell_id, given, named

#: Runs that are remembered; each is read again when a check looks for its answer.
_MOST = 500


@dataclass(frozen=True)
class Ran:
    """A cell as it was last run; `edited_since` if the saved notebook holds another text by now."""

    source: str
    edited_since: bool = False


@dataclass
class _Log:
    #: What was run, in this order; of an exercise's own cell only the last run.
    ran: list[Cell] = field(default_factory=list)
    #: When a cell that has a name was last run.
    at: dict[str, float] = field(default_factory=dict)
    #: The cell that runs, or ran last: its name where the front end gives one, and how many ran before it.
    cell: str | None = None
    count: int = 0
    #: Whether a kernel runs the cells, so that a page can answer.
    kernel: bool = False


class _ExecutionInfo(Protocol):
    raw_cell: str
    cell_id: str | None


_log = _Log()


def in_kernel(shell: object) -> None:
    """Whose cells are noted: of a kernel, so that a page can answer, or of a terminal."""
    _log.kernel = getattr(shell, "kernel", None) is not None


def note(info: _ExecutionInfo) -> None:
    """Note that a cell runs; `cell_id` is None where the front end gives none."""
    _log.cell, _log.count = getattr(info, "cell_id", None), _log.count + 1
    if name := _log.cell:
        _log.at[name] = time.time()
        if named(name)[0]:
            _log.ran = [cell for cell in _log.ran if cell.id != name]
    _log.ran = [*_log.ran, Cell(info.raw_cell, name or "")][-_MOST:]


def running() -> tuple[str, int] | None:
    """The cell that runs, by its name and by how many ran before it; None where no page is to be drawn on.

    Front ends that can draw a widget name their cells (JupyterLab, Notebook 7, VS Code), or are known
    (Colab); what runs a notebook from end to end (nbclient, nbval, nbconvert) does not.
    """
    name = _log.cell or (f"colab-{_log.count}" if "google.colab" in sys.modules else None)
    return (name, _log.count) if _log.kernel and name else None


def answer_to(exercise: str, starter: str = "", now: str | None = None, clicked: bool = False) -> Ran | None:
    """The source last run as the answer to `exercise`, or None if there is none.

    That of the answer cell, or of another cell while nothing but `starter` stands there, found as in grading.
    `now` is the answer cell's present text, where the front end tells it. `clicked` says that no check
    cell is running: then the answer is never taken from the cell that happened to run last.
    """
    own_id, own = cell_id(exercise, "answer"), None
    for cell in _log.ran:
        if cell.id == own_id:
            edited = _saved_otherwise(own_id, cell.source) if now is None else now != cell.source
            own = Ran(cell.source, edited_since=edited)
            if edited or is_written(cell.source, starter):
                return own
    reading = Reading(_log.ran, {exercise: starter}, ran=True, given=given())
    before = reading.before(exercise, here=not clicked)
    return own if before is None else Ran(before)


def forget(exercise: str) -> bool:
    """The answer cell of `exercise` is no longer in the notebook. Returns whether it had been run."""
    before = len(_log.ran)
    _log.ran = [cell for cell in _log.ran if cell.id != cell_id(exercise, "answer")]
    return len(_log.ran) < before


def _saved_otherwise(name: str, source: str) -> bool:
    """Whether the notebook was saved after the cell ran and holds another text for it.

    Jupyter Server names the kernel's notebook in JPY_SESSION_NAME; where it does not, nobody can tell.
    """
    try:
        path = Path(os.environ["JPY_SESSION_NAME"])
        if path.stat().st_mtime <= _log.at[name]:
            return False
        cells = json.loads(path.read_text("utf-8"))["cells"]
        saved = next(cell["source"] for cell in cells if cell.get("id") == name)
    except (KeyError, OSError, ValueError, StopIteration, TypeError):
        return False
    return "".join(saved) != source
