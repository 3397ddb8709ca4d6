"""Grading, side by side with nbgrader's autograde and plain nbval, each in an environment of its own.

Called by `python -m tests.bench`, or alone: `python -m tests.bench.grading [SUBMISSIONS]`. The others get
notebooks that do the same work: the same tasks on the same situations, asserted, on the same template.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checks.exercise import FillIn, Step, Variable
from checks.instructor import course
from checks.world import registry
from tests.helpers.handed_in import all_right, hand_in, notebook

LESSONS = ("01_rollback", "02_approval")
_OTHERS = {
    "nbgrader": ("nbgrader", "ipykernel"),
    "nbval": ("nbval", "ipykernel", "pytest"),
}
_MLFLOW = ("mlflow-skinny<4", "sqlalchemy<3", "alembic", "platformdirs")


@dataclass(frozen=True)
class Cost:
    """What grading a class took: seconds per submission, and the peak of the memory of all its processes."""

    seconds: float
    megabytes: float


def main(submissions: int = 40) -> None:
    with tempfile.TemporaryDirectory(prefix="workbook-bench-") as name:
        folder = Path(name)
        environments = {other: _environment(folder, other) for other in _OTHERS}
        print(
            f"Grading {submissions} submissions: seconds a submission, peak MB; the aim is 40 times nbgrader"
        )
        for lesson in LESSONS:
            ours = _ours(folder, lesson, submissions)
            _line(f"{lesson}, workbook grade", ours)
            for other, python in environments.items():
                cost = (_nbgrader if other == "nbgrader" else _nbval)(folder, python, lesson, submissions)
                _line(f"{lesson}, {other}", cost, f"{cost.seconds / ours.seconds:6.1f} times ours")
        for many in (10, 100, 1000):
            _line(f"{LESSONS[0]}, workbook grade, {many} submissions", _ours(folder, LESSONS[0], many))


def _line(what: str, cost: Cost, remark: str = "") -> None:
    print(f"  {what:50} {cost.seconds:8.3f} s {cost.megabytes:8.0f} MB  {remark}", flush=True)


def _ours(folder: Path, lesson: str, submissions: int) -> Cost:
    place = Path(tempfile.mkdtemp(dir=folder))
    made = notebook(lesson, all_right(lesson))
    for number in range(submissions):
        hand_in(place / "in", f"learner{number:04}", lesson, made)
    command = [sys.executable, "-m", "checks.cli", "grade", str(place / "in"), "--out", str(place / "out")]
    cost = _measure(command, submissions, place)
    rows = (place / "out" / "gradebook.csv").read_text().splitlines()[1:]
    assert len(rows) == submissions
    assert all(row.split(",")[-1] == row.split(",")[-2] for row in rows), "not everyone has full marks"
    return cost


def _nbgrader(folder: Path, python: Path, lesson: str, submissions: int) -> Cost:
    place = Path(tempfile.mkdtemp(dir=folder))
    (place / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    hand_in(place / "source", "ps1", lesson, _as_asserts(lesson, place, for_nbgrader=True))
    command = [str(python), "-m", "nbgrader"]
    _measure([*command, "generate_assignment", "ps1"], 1, place)
    for number in range(submissions):
        target = place / "submitted" / f"learner{number:04}" / "ps1"
        target.mkdir(parents=True)
        shutil.copy(place / "source" / "ps1" / f"{lesson}.ipynb", target)
    return _measure([*command, "autograde", "ps1"], submissions, place)


def _nbval(folder: Path, python: Path, lesson: str, submissions: int) -> Cost:
    place = Path(tempfile.mkdtemp(dir=folder))
    for number in range(submissions):
        hand_in(place / "in", f"learner{number:04}", lesson, _as_asserts(lesson, place, for_nbgrader=False))
    command = [str(python), "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", str(place / "in")]
    return _measure(command, submissions, place)


def _as_asserts(lesson: str, place: Path, for_nbgrader: bool) -> dict[str, object]:
    """The lesson's tasks, right, each followed by a cell that runs the answer on its situations."""
    shutil.copy(registry.__file__, place / "course_registry.py")
    cells: list[dict[str, object]] = [
        _cell(
            "start",
            f"import contextlib, io, pathlib, sys, tempfile\nsys.path.insert(0, {str(place)!r})",
            None,
        )
    ]
    (found,) = (one for one in course.lessons() if one.notebook == lesson)
    for exercise in found.exercises:
        assert isinstance(exercise, Step | FillIn)
        name = exercise.id.replace(".", "_")
        code = exercise.reference if isinstance(exercise, Step) else exercise.fill(exercise.answer)
        names = [one.name for one in exercise.compares if isinstance(one, Variable)]
        tests = [f"code = {code!r}"]
        for number, situation in enumerate(exercise.situations):
            tests.append(f"space = {dict(situation.before)!r}")
            if situation.registry is not None:
                tests += [
                    "import mlflow, course_registry",
                    "store = pathlib.Path(tempfile.mkdtemp()) / 'registry.db'",
                    f"course_registry.create(store, {dict(situation.registry)!r})",
                    "course_registry.point_mlflow_at(store)",
                    "space['mlflow'] = mlflow",
                ]
            tests += [
                "printed = io.StringIO()",
                "with contextlib.redirect_stdout(printed):",
                f"    exec({exercise.before!r}, space)",
                "    exec(code, space)",
                f"seen = [space.get(name) for name in {names!r}] + [printed.getvalue()]",
                f"assert seen, {number}",
            ]
        grade = {"grade": True, "locked": True, "solution": False, "points": 1} if for_nbgrader else None
        answer = {"grade": False, "locked": False, "solution": True} if for_nbgrader else None
        runnable = isinstance(exercise, Step)
        cells.append(_cell(f"{name}_answer", code if runnable else f"answer = {code!r}", answer))
        cells.append(_cell(f"{name}_test", "\n".join(tests), grade))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def _cell(name: str, source: str, graded: Mapping[str, object] | None) -> dict[str, object]:
    metadata = (
        {"nbgrader": {"grade_id": name, "schema_version": 3, "task": False, **graded}} if graded else {}
    )
    return {
        "cell_type": "code",
        "id": name.replace("_", "-"),
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _environment(folder: Path, name: str) -> Path:
    """A Python of its own with what the other grader needs, and MLflow as we have it."""
    place = folder / name
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(place)], check=True)
    python = place / "bin" / "python"
    packages = [*_OTHERS[name], *_MLFLOW]
    subprocess.run(
        [*uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python), *packages],
        check=True,
    )
    return python


def _measure(command: list[str], submissions: int, place: Path) -> Cost:
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"}
    bin_folder = str(Path(command[0]).parent)
    environment["PATH"] = f"{bin_folder}:{environment['PATH']}"
    began = time.perf_counter()
    with (place / "bench.log").open("w") as log:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=log)
        peak = _Peak(process.pid)
        code = process.wait()
    seconds = time.perf_counter() - began
    peak.stop()
    if code:
        raise RuntimeError((place / "bench.log").read_text()[-2000:])
    return Cost(seconds / submissions, peak.megabytes)


class _Peak:
    """The most memory that a process and all its descendants held at one time, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._going = True
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._going = False
        self._thread.join()

    def _watch(self) -> None:
        while self._going:
            self.megabytes = max(self.megabytes, self._now())
            time.sleep(0.25)

    def _now(self) -> float:
        total, queue = 0, [self._pid]
        while queue:
            pid = queue.pop()
            with suppress(OSError, ValueError, StopIteration):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
            with suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    queue += map(int, (task / "children").read_text().split())
        return total / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
