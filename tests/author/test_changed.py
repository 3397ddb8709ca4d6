"""What has changed since it was last in order: all that a verdict or an output depends on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checks.author import changed, places
from checks.lessons import exercises, lesson_of
from checks.notebook import ROOT

STEP, LESSON = exercises()["rollback.2"], lesson_of("rollback.2")


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the lessons, in which files can be changed."""
    for part in ("checks/lessons", "solutions"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    copied = tmp_path / "checks" / "lessons"
    for module in (changed, places):
        monkeypatch.setattr(module, "LESSONS", copied)
        monkeypatch.setattr(module, "QUESTIONS", copied / "questions")
    monkeypatch.setattr(changed, "ROOT", tmp_path)
    monkeypatch.setattr(changed, "_machinery", lambda: "the same")
    return copied


def changes(digest: Callable[[], str], path: Path) -> bool:
    before, text = digest(), path.read_bytes()
    path.write_bytes(text + b"\n")
    after = digest()
    path.write_bytes(text)
    assert digest() == before
    return after != before


def test_an_exercise_depends_on_its_file_its_solution_and_the_lessons_python(lessons: Path) -> None:
    def digest() -> str:
        return changed.exercise(STEP, "x = 1")

    assert changes(digest, lessons / "rollback" / "rollback.2.md")
    assert changes(digest, lessons / "rollback" / "situations.py")
    assert not changes(digest, lessons / "rollback" / "rollback.1.md")
    assert not changes(digest, lessons / "order" / "situations.py")
    assert changed.exercise(STEP, "x = 2") != digest()


def test_a_question_depends_on_its_file_alone(lessons: Path) -> None:
    def digest() -> str:
        return changed.exercise(replace(STEP, id="bank.stage-case"), "")

    assert changes(digest, lessons / "questions" / "stage-case.md")
    assert not changes(digest, lessons / "questions" / "order.txt")


def test_a_notebook_depends_on_its_file_its_lesson_and_the_bank_if_it_has_a_test(lessons: Path) -> None:
    solutions = lessons.parents[1] / "solutions"
    for name, asks_bank in (("01_rollback.ipynb", False), ("09_test.ipynb", True)):

        def digest(path: Path = solutions / name) -> str:
            return changed.notebook(LESSON, path)

        assert changes(digest, solutions / name)
        assert changes(digest, lessons / "rollback" / "rollback.1.md")
        assert changes(digest, lessons / "order" / "lesson.yaml")
        assert not changes(digest, lessons / "order" / "order.1.md")
        assert changes(digest, lessons / "questions" / "stage-case.md") == asks_bank


def test_what_was_in_order_is_kept_until_it_has_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    kept = changed.Kept(path)
    assert not kept.has("rollback.2", "one")
    kept.keep("rollback.2", "one")
    assert kept.has("rollback.2", "one")
    again = changed.Kept(path)
    assert again.has("rollback.2", "one")
    assert not again.has("rollback.2", "two")
    assert not again.has("rollback.1", "one")


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_a_file_that_cannot_be_read_keeps_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text(text)
    assert not changed.Kept(tmp_path / "kept.json").has("rollback.2", "one")
