"""Submissions as pytest items: nbval runs a notebook's cells in the sandbox, the judge gives the verdicts.

Loaded by the plugin, when `--grade` is given.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbFile, comment_markers

from checks.exercise import Exercise, Step
from checks.instructor import course, run, submission, work
from checks.instructor.handed import Handed
from checks.lessons import lessons
from checks.notebook import SOLUTIONS, read, tag
from checks.runner import fresh, sandbox
from checks.runner.limits import NOBODY

#: Seconds a cell may take, where --nbval-cell-timeout was not given: nbval's own 2,000 stop a class.
CELL_SECONDS = 30.0
_NBVAL_DEFAULT = 2000.0


class Submissions(pytest.File):
    """Everything that was handed in: a collector for each notebook."""

    def collect(self) -> Iterator[pytest.Collector]:
        folder = self.config.getoption("grade")
        class_ = submission.collect(folder, lessons())
        sandboxed = not self.config.getoption("grade_no_sandbox")
        work.bench = work.Bench(sandboxed, (*run.ours(), folder.resolve()))
        if self.config.option.nbval_cell_timeout == _NBVAL_DEFAULT:
            self.config.option.nbval_cell_timeout = CELL_SECONDS
        place = Path(tempfile.mkdtemp(prefix="workbook-grade-"))
        self.session.config.add_cleanup(lambda: shutil.rmtree(place, ignore_errors=True))
        for number, handed in enumerate(class_.handed):
            yield Notebook.from_parent(
                self,
                path=place / f"{number}.ipynb",
                name=handed.file,
                nodeid=f"{handed.learner}/{handed.file}".replace("::", "__"),
                handed=handed,
            )


class Notebook(IPyNbFile):  # type: ignore[misc]
    """One notebook as nbval runs it: the solution's skeleton with the learner's answers in their cells."""

    def __init__(self, *, handed: Handed, **more: object) -> None:
        super().__init__(**more)
        self.handed = handed
        self.compare_outputs = False
        self._kernel: _Kernel | None = None

    def collect(self) -> Iterator[pytest.Item]:
        (lesson,) = (one for one in course.lessons() if one.notebook == self.handed.lesson)
        if self.handed.trouble is None:
            self.path.write_text(json.dumps(rebuilt(self.handed)), encoding="utf-8")
            yield from super().collect()
        for exercise in lesson.exercises:
            yield Judged.from_parent(self, name=exercise.id, exercise=exercise)

    def setup(self) -> None:
        """The kernel is started by the first cell that needs it: a verdict does not."""
        self.setup_sanitize_files()

    def teardown(self) -> None:
        if self._kernel is not None:
            self._kernel.stop()

    @property
    def kernel(self) -> "_Kernel":
        """The kernel of this notebook, in a sandbox of its own."""
        if self._kernel is None:
            sandboxed = not self.config.getoption("grade_no_sandbox")
            self._kernel = _Kernel(sandboxed, self.config.option.nbval_kernel_startup_timeout)
        return self._kernel


class Judged(pytest.Item):
    """One exercise: passes if the judge says that the answer is right."""

    def __init__(self, *, exercise: Exercise, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.exercise = exercise

    def runtest(self) -> None:
        handed: Handed = self.parent.handed  # type: ignore[union-attr]
        if handed.trouble:
            raise NotRight("not_attempted", f"{handed.file} {handed.trouble}.")
        given = json.loads(work.to_text(handed))["answers"].get(self.exercise.id)
        verdict = work.judge_one(self.exercise, given, work.bench.runners())
        self.user_properties.append(("status", verdict.status))
        if verdict.misconception:
            self.user_properties.append(("misconception", verdict.misconception))
        if not verdict.correct:
            raise NotRight(verdict.status, verdict.feedback)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        return (
            str(excinfo.value) if isinstance(excinfo.value, NotRight) else str(super().repr_failure(excinfo))
        )

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.nodeid


class NotRight(Exception):
    """An answer that is not right, with its status and what the judge says of it."""

    def __str__(self) -> str:
        status, feedback = self.args
        return f"{status.replace('_', ' ')}: {feedback}"


def rebuilt(handed: Handed) -> NotebookNode:
    """The solution's notebook with the learner's answers, without outputs and the learner's markers."""
    notebook = read(SOLUTIONS / f"{handed.lesson}.ipynb")
    exercises = course.exercises()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        said = tag(cell)
        exercise = exercises.get(said.get("exercise", ""))
        if exercise is not None and said["role"] in ("answer", "ask"):
            cell.source = _source(exercise, handed)
    return notebook


def _source(exercise: Exercise, handed: Handed) -> str:
    answer = handed.answers.get(exercise.id)
    if isinstance(exercise, Step):
        return _without_markers(answer if isinstance(answer, str) else exercise.starter)
    return f"ask({', '.join(map(repr, (exercise.id, *(answer or ()))))})"


def _without_markers(source: str) -> str:
    def plain(line: str) -> str:
        marked = line.strip().startswith("#") and line.strip().lstrip("#").strip() in comment_markers
        return "#" if marked else line

    return "\n".join(map(plain, source.split("\n")))


class _Kernel(RunningKernel):  # type: ignore[misc]
    """nbval's kernel, inside the sandbox: it is spoken to through sockets in a folder that both sides see."""

    def __init__(self, sandboxed: bool, startup_timeout: float) -> None:
        # Short: a socket's path has at most 107 characters.
        self._shared = Path(tempfile.mkdtemp(prefix="wb-", dir="/tmp"))
        self._stage = Path(tempfile.mkdtemp(prefix="workbook-kernel-"))
        connection_file = str(self._shared / "kernel.json")
        self.km = KernelManager(transport="ipc", connection_file=connection_file)
        environment = dict(os.environ)
        if sandboxed:
            self.km._kernel_spec = KernelSpec(
                argv=sandbox.kernel_command(self._stage, self._shared, connection_file),
                display_name="sandbox",
                language="python",
            )
            environment = fresh.environment(sandbox.HOME)
        self.km.write_connection_file()
        if sandboxed and os.getuid() == 0:
            for path in (self._shared, Path(connection_file)):
                os.chown(path, NOBODY, NOBODY)
        with Path(os.devnull).open("w") as nothing:
            self.km.start_kernel(env=environment, stderr=nothing, cwd=str(self._stage))
        self.kc = self.km.client()
        self.kc.start_channels()
        try:
            self.kc.wait_for_ready(timeout=startup_timeout)
        except RuntimeError:
            self.stop()
            raise
        self._ensure_iopub_up()

    def get_message(self, stream: str, timeout: float | None = None) -> dict[str, object]:
        """The next message. A kernel that has died sends none: that is told at once, not in the end."""
        until = time.monotonic() + (CELL_SECONDS if timeout is None else timeout)
        while True:
            try:
                message: dict[str, object] = super().get_message(stream, timeout=1)
                return message
            except Empty:
                if time.monotonic() > until or not self.is_alive():
                    raise

    def stop(self) -> None:
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)
        for folder in (self._shared, self._stage):
            shutil.rmtree(folder, ignore_errors=True)
