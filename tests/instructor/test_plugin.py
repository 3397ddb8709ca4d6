"""The options of `pytest --grade`, and what it says where it cannot grade."""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from checks.instructor import plugin
from checks.vocabulary import PROGRESS, TEMPORARY
from tests.helpers.handed_in import all_right, hand_in, notebook

ROLLBACK = "01_rollback"


def _graded(place: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What an instructor's pytest says of the submissions in `in`."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--grade", "in", "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        check=False,
        cwd=place,
        env={**os.environ, **environment},
    )


def test_without_bubblewrap_there_is_one_sentence(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    (tmp_path / "bin").mkdir()
    (tmp_path / "temporary").mkdir()
    done = _graded(tmp_path, PATH=str(tmp_path / "bin"), TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == 4, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert re.match(
        r"ERROR: (There is no sandbox here|The sandbox cannot be started)\. Install bubblewrap", line
    )
    assert "--grade-no-sandbox" in line
    assert not list((tmp_path / "temporary").iterdir())


def configured(**options: object) -> pytest.Config:
    return SimpleNamespace(getoption=lambda name, default=None: options.get(name, default))  # type: ignore[return-value]


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRESS, TEMPORARY)
    with pytest.raises(pytest.UsageError, match=r"--grade runs notebooks with nbval: add --nbval-lax\."):
        plugin.pytest_configure(configured(grade=tmp_path))
    with pytest.raises(pytest.UsageError, match="There is no folder nowhere: --grade names the submissions"):
        plugin.pytest_configure(configured(grade=Path("nowhere"), nbval_lax=True))


@pytest.mark.parametrize("option", ["nbval", "nbval_lax"])
def test_under_nbval_every_kernel_has_a_record_of_its_own(
    option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROGRESS, "mine.sqlite")
    plugin.pytest_configure(configured())
    assert os.environ[PROGRESS] == "mine.sqlite"
    plugin.pytest_configure(configured(**{option: True}))
    assert os.environ[PROGRESS] == TEMPORARY


def test_what_python_says_of_a_learners_text_is_not_said_to_the_instructor(tmp_path: Path) -> None:
    odd = notebook(ROLLBACK, {"rollback.2": "current_version = 'v3' if 1or 2 else 'v4'"})
    hand_in(tmp_path / "in", "anna", ROLLBACK, odd)
    done = _graded(tmp_path)
    assert "10 passed" in done.stdout
    assert "SyntaxWarning" not in done.stdout + done.stderr


def test_no_conftest_is_loaded_when_grading() -> None:
    for submissions, without in ((Path("in"), True), (None, False)):
        known = SimpleNamespace(grade=submissions, noconftest=False)
        early = SimpleNamespace(known_args_namespace=known)
        list(plugin.pytest_load_initial_conftests(early))  # type: ignore[arg-type]
        assert known.noconftest == without


@pytest.mark.parametrize("safe", [False, True])
def test_from_a_folder_that_was_handed_in_nothing_is_graded_where_python_would_import_from_it(
    safe: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "anna").mkdir()
    monkeypatch.chdir(tmp_path / "anna")
    monkeypatch.setattr(plugin.sys, "flags", SimpleNamespace(safe_path=safe))
    with pytest.raises(pytest.UsageError, match="was handed in") if not safe else contextlib.nullcontext():
        plugin._refuse_what_is_configured_by(tmp_path, None)


def test_what_a_submission_says_does_nothing_to_the_terminal() -> None:
    report = SimpleNamespace(failed=True, longrepr="\x1b[2Jgone", sections=[("Captured", "\x1b]0;title\x07")])
    wrapped = plugin.pytest_runtest_makereport(SimpleNamespace(config=configured(grade=Path("in"))))  # type: ignore[arg-type]
    next(wrapped)
    with pytest.raises(StopIteration):
        wrapped.send(report)  # type: ignore[arg-type]
    assert "\x1b" not in report.longrepr + str(report.sections[0][1])
    assert "gone" in report.longrepr
