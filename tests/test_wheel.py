"""The course as it is installed: built, put into an environment of its own, and used where that is read-only.

All that it needs is installed with it by uv, at the lock's versions, from uv's cache where that has them.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from checks.notebook import NOTEBOOKS, ROOT
from tests.helpers import handed_in
from tests.helpers.sandboxes import sandbox_works
from tests.learner.browser import house

_IMPORTED = "jupyterlab.labapp, ipykernel.kernelapp, anywidget, nbformat, checks.learner.home.server, dbos"
UV = Path(sys.executable).with_name("uv")
LOCK = ROOT / "requirements.txt"


@dataclass(frozen=True)
class Installed:
    """A wheel, and an environment with it."""

    wheel: Path
    home: Path

    def command(self, *words: str) -> list[str]:
        """The command `workbook …` of it, with everything read-only but the folder in which it is used."""
        writable = str(self.home)
        walls = ["bwrap", "--ro-bind", "/", "/", "--dev-bind", "/dev", "/dev", "--bind", writable, writable]
        return [*walls, "--die-with-parent", str(self.home.parent / "environment/bin/mlops-workbook"), *words]

    def run(self, *words: str) -> str:
        """What `workbook …` says in an empty folder."""
        environment = {**os.environ, "HOME": str(self.home), "TMPDIR": str(self.home)}
        done = subprocess.run(
            self.command(*words), cwd=self.home, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    uv(ROOT, "build", "--out-dir", place)  # the wheel from the sdist, so that both are tried
    [wheel] = place.glob("*.whl")
    uv(place, "venv", "--python", sys.executable, place / "environment")
    uv(
        place,
        "pip",
        "install",
        "--python",
        place / "environment",
        "--compile-bytecode",
        "--constraints",
        LOCK,
        wheel,
    )
    uv(place, "pip", "check", "--python", place / "environment")
    # What is imported once is compiled: once it is read-only, every process would do that again.
    subprocess.run([place / "environment/bin/python", "-c", f"import {_IMPORTED}"], cwd=place, check=True)
    (place / "home").mkdir()
    return Installed(wheel, place / "home")


def uv(place: Path, *words: str | Path) -> str:
    done = subprocess.run([UV, "--quiet", *words], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_wheel_carries_all_that_is_no_python_and_no_solution(installed: Installed) -> None:
    carried = set(zipfile.ZipFile(installed.wheel).namelist())
    ours = (path for path in (ROOT / "checks").rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert {path.relative_to(ROOT).as_posix() for path in ours} <= carried
    notebooks = sorted(name.partition("/mlops-workbook/")[2] for name in carried if name.endswith(".ipynb"))
    assert notebooks == sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("notebooks*/*.ipynb"))
    assert not [name for name in carried if name.startswith(("solutions", "tests"))]


def test_one_command_without_a_clone(installed: Installed) -> None:
    said = uv(
        installed.home,
        *("tool", "run", "--python", sys.executable, "--constraints", LOCK, "--from", installed.wheel),
        *("mlops-workbook", "--version"),
    )
    assert said.startswith("mlops-workbook ")
    assert list(installed.home.iterdir()) == []


walled = pytest.mark.skipif(
    not sandbox_works(), reason="nothing makes an environment read-only: no bubblewrap"
)


@walled
def test_lessons_are_put_where_one_is_and_a_class_is_graded(installed: Installed) -> None:
    assert "up to date" in installed.run("update")
    given = {path.name for path in NOTEBOOKS.glob("*.ipynb")}
    assert given <= {path.name for path in (installed.home / "work").iterdir()}
    assert "`workbook lab` opens the first lesson" in installed.run("status")
    lesson = "01_rollback"
    content = handed_in.notebook(lesson, handed_in.all_right(lesson))
    handed_in.hand_in(installed.home / "in", "anna", lesson, content)
    installed.run("grade", "in", "--out", "out", "--no-sandbox")
    results = (installed.home / "out" / "results.jsonl").read_text("utf-8").splitlines()
    assert results and {json.loads(line)["status"] for line in results} == {"correct"}
    shutil.rmtree(installed.home / "work")


@pytest.fixture
def page(installed: Installed, browser: Browser) -> Iterator[house.Notebook]:
    with house.serving("jupyterlab", installed.home, installed.command("lab")) as server:
        server.folder /= "work"
        opened = house.page(browser)
        yield house.Notebook(server, opened, "01_rollback.ipynb")
        opened.close()


@walled
def test_a_lesson_is_solved_in_a_browser(page: house.Notebook) -> None:
    page.open()
    page.answer("rollback.2", "current_version = 'v4'").wait_for_status("wrong")
    for id_, answer in handed_in.all_right("01_rollback").items():
        page.answer(id_, str(answer)).wait_for_status("correct")
    assert page.server.recorded("SELECT count(*) FROM events WHERE kind = 'attempt'") == [(5,)]
