"""The instructor's commands refuse what makes no sense, and say what does."""

import json
import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from checks.catalogue import VARIABLE
from checks.instructor import run
from checks.world import registry
from tests.helpers.handed_in import hand_in, notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_usage(tmp_path: Path) -> None:
    def code(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "checks.cli", *words], capture_output=True, check=False
        ).returncode

    assert code("grade") == 2
    assert code("grade", str(tmp_path / "missing")) == 2
    assert code("grade", str(tmp_path)) == 2  # nothing in it
    hand_in(tmp_path, "anna", ROLLBACK, notebook(ROLLBACK, {}))
    assert code("grade", str(tmp_path), "--out", str(tmp_path / "grades")) == 2
    assert code("grade", str(tmp_path), "--jobs", "0") == 2
    assert code("grade", str(tmp_path), "--database-url", "nonsense") == 2
    assert code("worker", "--database-url", "mysql://a/b") == 2


def test_a_terminal_that_knows_fewer_signs(tmp_path: Path) -> None:
    """A log in Latin-1 has no `…`, and nobody's marks depend on it."""
    hand_in(tmp_path / "in", "学生", ROLLBACK, notebook(ROLLBACK, {}))
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "grade", str(tmp_path / "in"), "--dry-run"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert done.returncode == 0, done.stderr
    assert b"??" in done.stdout


def test_what_python_says_of_a_learners_text_is_not_said_to_the_instructor(tmp_path: Path) -> None:
    """`1or 2` is a SyntaxWarning, which a text can have by the thousand."""
    odd = notebook(ROLLBACK, {"rollback.2": "current_version = 'v3' if 1or 2 else 'v4'"})
    hand_in(tmp_path / "in", "anna", ROLLBACK, odd)
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Warning" not in done.stderr


def test_who_has_no_home_has_nothing_to_hide_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert run.ours()
    assert registry.template_path().is_absolute()


def test_grading_is_english_whatever_language_the_environment_names(tmp_path: Path) -> None:
    answers = {"rollback.2": "current_version = 'v4'", "rollback.3": "rollback_version = 1 / 0"}
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, answers))
    made = []
    for code in ("en", "pseudo"):
        out = tmp_path / code
        command = [sys.executable, "-m", "checks.cli", "grade", str(tmp_path / "in"), "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, VARIABLE: code})
        results = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
        told = [{name: value for name, value in each.items() if name != "seconds"} for each in results]
        pages = [(out / name).read_bytes() for name in ("gradebook.csv", "feedback/anna.html")]
        made.append((told, *pages))
    assert made[0] == made[1]
    assert any("Your code stopped with an error." in each["feedback"] for each in made[0][0])
