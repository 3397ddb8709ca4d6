"""What a kernel in a browser is told beside `kernel`: which cell runs, that clicks may wait, what loads late.

An IPython extension; the browser edition has its kernels load it when they start, and it loads `kernel`.
"""

import asyncio
import importlib
import os
import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType
from typing import Any

from checks.catalogue import tr
from checks.learner import kernel
from checks.notebook import named as named_by

#: An answer is stopped that has run more lines than this and longer than these seconds.
LINES, SECONDS = 100_000, 1.0

#: JupyterLite's kernel puts empty ones in the place of Python's own.
_EMPTY = ("fcntl", "termios", "resource")


def load_ipython_extension(shell: Any) -> None:
    """Make the kernel like one on a desktop, as far as lessons can tell."""
    for name in _EMPTY:
        sys.modules.pop(name, None)
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    sys.meta_path.append(_Late())
    _name_cells(shell)
    _let_clicks_wait(shell.kernel.comm_manager)
    kernel.load_ipython_extension(shell)


def _name_cells(shell: Any) -> None:
    """Have IPython told the id of the cell that runs, which JupyterLite's kernel keeps to itself."""
    run_cell, kernel_of = shell.run_cell, shell.kernel

    def run(*given: Any, **named: Any) -> Any:
        if named.get("silent"):
            return run_cell(*given, **named)
        name = kernel_of.get_parent()["metadata"].get("cellId")
        _warm(name or "")
        sys.settrace(_Ending().called if named_by(name)[1] == "answer" else None)
        try:
            return run_cell(*given, cell_id=name, **named)
        finally:
            sys.settrace(None)

    shell.run_cell = run
    shell.get_parent = kernel_of.get_parent


def _warm(cell_id: str) -> None:
    """Where a lesson's answers need MLflow, give them the worker that started with the kernel."""
    from checks.judge import default_runners
    from checks.lessons import lessons

    slug = cell_id.partition("-")[0]
    if any(lesson.slug == slug and lesson.mlflow for lesson in lessons()):
        default_runners().warm(mlflow=True)


class _Ending:
    """Stops an answer that does not come to an end: nobody can interrupt a kernel in a browser."""

    def __init__(self) -> None:
        self._lines, self._until = 0, time.monotonic() + SECONDS

    def called(self, frame: FrameType, event: str, _: object) -> Any:
        return self._line if frame.f_code.co_filename.startswith("<ipython-input") else None

    def _line(self, frame: FrameType, event: str, _: object) -> Any:
        self._lines += 1
        if self._lines > LINES and time.monotonic() > self._until:
            raise TimeoutError(tr("This cell did not come to an end, so it was stopped."))
        return self._line


def _let_clicks_wait(comms: Any) -> None:
    """Handle what the page says one after the other, each where it may wait for what it starts."""
    handle, turn = comms.comm_msg, asyncio.Lock()

    async def later(*message: Any) -> None:
        async with turn:
            handle(*message)

    def comm_msg(*message: Any) -> None:
        task = asyncio.ensure_future(later(*message))
        _under_way.add(task)
        task.add_done_callback(_under_way.discard)

    comms.comm_msg = comm_msg


_under_way: set[Any] = set()


class _Late:
    """Loads a package of the site when something of it is imported."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        import pyodide_js  # type: ignore[import-not-found]
        from pyodide.ffi import run_sync  # type: ignore[import-not-found]

        package = pyodide_js._api._import_name_to_package_name.to_py().get(name) if path is None else None
        if package is None or package in pyodide_js.loadedPackages.to_py():
            return None
        run_sync(pyodide_js.loadPackage(package))
        importlib.invalidate_caches()
        return PathFinder.find_spec(name)
