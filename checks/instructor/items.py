"""Submissions as pytest items: nbval runs a notebook's cells in the sandbox, the judge gives the verdicts.

Loaded by the plugin, when `--grade` is given.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbval.plugin import IPyNbFile, comment_markers

from checks.exercise import Exercise, Step
from checks.instructor import course, submission, work
from checks.instructor.handed import Handed
from checks.instructor.kernel import Kernel
from checks.lessons import lessons
from checks.notebook import NOTEBOOKS, read, tag

#: Seconds a cell may take, where --nbval-cell-timeout was not given: nbval's own 2,000 stop a class.
CELL_SECONDS = 30.0
_NBVAL_DEFAULT = 2000.0


class Submissions(pytest.File):
    """Everything that was handed in: a collector for each notebook."""

    def collect(self) -> Iterator[pytest.Collector]:
        class_ = submission.collect(self.config.getoption("grade"), lessons())
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
        self._kernel: Kernel | None = None
        self._does_not_start = ""

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
    def kernel(self) -> Kernel:
        """The kernel of this notebook, in a sandbox of its own."""
        if self._does_not_start:
            raise RuntimeError(self._does_not_start)
        if self._kernel is None:
            option = self.config.option
            try:
                self._kernel = Kernel(
                    not option.grade_no_sandbox,
                    option.nbval_cell_timeout,
                    option.nbval_kernel_startup_timeout,
                )
            except Exception as error:
                self._does_not_start = f"The kernel did not start: {error}"
                raise
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
    """The lesson with the learner's answers, without outputs and without markers."""
    notebook = read(NOTEBOOKS / f"{handed.lesson}.ipynb")
    exercises = course.exercises()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        said = tag(cell)
        exercise = exercises.get(said.get("exercise", ""))
        if exercise is not None and said["role"] in ("answer", "ask"):
            cell.source = _source(exercise, handed)
            cell.metadata.pop("tags", None)  # an unanswered step may raise, an answer may not
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
