"""Where the lessons are: in a folder that is asked for, else found. Its answers are in the browser tests."""

from pathlib import Path

import pytest

from checks.learner.home import server
from checks.vocabulary import PROGRESS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("work", "notebooks", "elsewhere/mine", "../outside"):
        (tmp_path / "root" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / folder / "00_start_here.ipynb").touch()
    return tmp_path / "root"


def test_lessons_are_where_they_are_asked_for_else_where_they_are_kept(root: Path) -> None:
    assert server.find_lessons(root, "elsewhere/mine") == "elsewhere/mine"
    assert server.find_lessons(root, None) == server.find_lessons(root, "elsewhere") == "work"
    (root / "work/00_start_here.ipynb").unlink()
    assert server.find_lessons(root, None) == "notebooks"
    (root / "00_start_here.ipynb").touch()
    assert server.find_lessons(root, None) == server.find_lessons(root, "/") == ""


def test_nothing_outside_of_what_is_served_is_found(root: Path) -> None:
    (root / "work/00_start_here.ipynb").unlink()
    (root / "notebooks/00_start_here.ipynb").unlink()
    outside = str(root.parent / "outside")
    for asked in ("../outside", "work/../../outside", outside, "\0", "a" * 5000):
        assert server.find_lessons(root, asked) is None
    assert server._told(root, None)["folder"] is None


def test_the_record_is_the_one_that_kernels_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.exercise import Verdict
    from checks.learner.record import Record

    Record(root / "mine.sqlite").record_attempt("start.1", "x", Verdict("correct", ""))
    monkeypatch.delenv(PROGRESS, raising=False)
    assert server._told(root, "work")["lessons"][0]["done"] == 0
    monkeypatch.setenv(PROGRESS, str(root / "mine.sqlite"))
    assert server._told(root, "work")["lessons"][0]["done"] == 1
