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

from checks.notebook import cell_id, code_before_check, is_written, only_words


@dataclass(frozen=True)
class Ran:
    """A cell as it was last run; `edited_since` if the saved notebook holds another text by now."""

    source: str
    edited_since: bool = False


@dataclass
class _Log:
    by_id: dict[str, tuple[str, float]] = field(default_factory=dict)
    current: str = ""
    #: The cell that runs, or ran last: its name where the front end gives one, and how many ran before it.
    cell: str | None = None
    count: int = 0
    #: Whether a kernel runs the cells, so that a page can answer.
    kernel: bool = False
    #: The last cell that is more than the workbook's words, and the exercise that judged it.
    latest: str | None = None
    latest_id: str | None = None
    judged_by: str | None = None
    answers: dict[str, str] = field(default_factory=dict)


class _ExecutionInfo(Protocol):
    raw_cell: str
    cell_id: str | None


class _Shell(Protocol):
    @property
    def events(self) -> "_Events": ...


class _Events(Protocol):
    def register(self, event: str, function: object) -> None: ...


_log = _Log()


def watch(shell: _Shell) -> None:
    """Note every cell that IPython runs from now on."""
    _log.kernel = getattr(shell, "kernel", None) is not None
    shell.events.register("pre_run_cell", note)


def note(info: _ExecutionInfo) -> None:
    """Note that a cell runs. IPython calls this; `cell_id` is None where the front end gives none."""
    _log.current = info.raw_cell
    _log.cell, _log.count = getattr(info, "cell_id", None), _log.count + 1
    if name := _log.cell:
        _log.by_id[name] = (info.raw_cell, time.time())
    if not only_words(info.raw_cell):
        _log.latest, _log.latest_id, _log.judged_by = info.raw_cell, _log.cell, None


def running() -> tuple[str, int] | None:
    """The cell that runs, by its name and by how many ran before it; None where no page is to be drawn on.

    Front ends that can draw a widget name their cells (JupyterLab, Notebook 7, VS Code), or are known
    (Colab); what runs a notebook from end to end (nbclient, nbval, nbconvert) does not.
    """
    name = _log.cell or (f"colab-{_log.count}" if "google.colab" in sys.modules else None)
    return (name, _log.count) if _log.kernel and name else None


def answer_to(exercise: str, starter: str = "", now: str | None = None, clicked: bool = False) -> Ran | None:
    """The source last run as the answer to `exercise`, or None if there is none.

    That of the answer cell, or of another cell while nothing but `starter` stands there, as in grading.
    `now` is the answer cell's present text, where the front end tells it. `clicked` says that no check
    cell is running: then the answer is never taken from the cell that happened to run last.
    """
    own_id, own = cell_id(exercise, "answer"), None
    if own_id in _log.by_id:
        source, at = _log.by_id[own_id]
        edited = _saved_otherwise(own_id, source, at) if now is None else now != source
        own = Ran(source, edited_since=edited)
        if edited or is_written(source, starter):
            return own
    if clicked:
        judged = _log.answers.get(exercise)
        return own if judged is None else Ran(judged)
    if before := code_before_check(_log.current, exercise):
        _log.answers[exercise] = before
        return Ran(before)
    # The cell just before; but one that another step has judged is that step's answer, not this one's.
    latest_id = _log.latest_id or ""
    another_steps = latest_id.endswith("-answer") and latest_id != own_id
    if _log.latest is not None and _log.judged_by in (None, exercise) and not another_steps:
        _log.judged_by = exercise
        _log.answers[exercise] = _log.latest
    source_before = _log.answers.get(exercise)
    return own if source_before is None else Ran(source_before)


def forget(exercise: str) -> bool:
    """The answer cell of `exercise` is no longer in the notebook. Returns whether it had been run."""
    return _log.by_id.pop(cell_id(exercise, "answer"), None) is not None


def _saved_otherwise(name: str, source: str, ran_at: float) -> bool:
    """Whether the notebook was saved after the cell ran and holds another text for it.

    Jupyter Server names the kernel's notebook in JPY_SESSION_NAME; where it does not, nobody can tell.
    """
    try:
        path = Path(os.environ["JPY_SESSION_NAME"])
        if path.stat().st_mtime <= ran_at:
            return False
        cells = json.loads(path.read_text("utf-8"))["cells"]
        saved = next(cell["source"] for cell in cells if cell.get("id") == name)
    except (KeyError, OSError, ValueError, StopIteration, TypeError):
        return False
    return "".join(saved) != source
