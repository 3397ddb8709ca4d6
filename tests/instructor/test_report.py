"""The pages for learners and on the class."""

from pathlib import Path

import pytest

from checks.instructor import course, report
from checks.instructor.marks import Override, Result
from checks.instructor.submission import Class

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_pages_names(tmp_path: Path) -> None:
    names = report.file_names(
        ["anna", "Anna", "a/b", "..", "", "x" * 300, "学" * 120, "学" * 121, "Zoë 学生"]
    )
    assert names["anna"] == "anna.html"
    assert names["Zoë 学生"] == "Zoë 学生.html"
    assert len({name.lower() for name in names.values()}) == len(names)
    for name in names.values():
        assert "/" not in name
        assert not name.startswith(".")
        (tmp_path / name).touch()


def test_one_page_that_fails_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_for_bob(learner: str, *rest: object) -> str:
        if learner == "bob":
            raise ValueError("a\r\rb")
        return f"page of {learner}"

    monkeypatch.setattr(report, "learner_page", fails_for_bob)
    class_ = Class(("ann", "bob", "cy"), (), (), {})
    (failed,) = report.write(tmp_path, class_, [], [], {}, {})
    assert failed == "Feedback for bob could not be made: ValueError: a ⏎  ⏎ b"
    pages = {page.stem: page.read_text() for page in (tmp_path / "feedback").iterdir()}
    assert pages["ann"] == "page of ann"
    assert pages["cy"] == "page of cy"
    assert "could not be made" in pages["bob"]
    assert "3 learners" in (tmp_path / report.CLASS_PAGE).read_text()


def test_text_that_no_file_can_hold_costs_no_page(tmp_path: Path) -> None:
    (lesson,) = (one for one in course.lessons() if one.notebook == "01_rollback")
    results = [Result("ann", exercise.id, "wrong", "half a pair: \ud800") for exercise in lesson.exercises]
    assert report.write(tmp_path, Class(("ann",), (), (), {}), [lesson], results, {}, {}) == []
    assert "half a pair: \\ud800" in (tmp_path / "feedback" / "ann.html").read_text("utf-8")


def test_a_learner_reads_of_tests_and_katas_and_what_the_instructor_gave(tmp_path: Path) -> None:
    points = {"test.approval": {"ann": 7}, "kata.rollback": {"ann": 6}}
    overrides = {("ann", "kata.rollback"): Override("ann", "kata.rollback", 8, "said it aloud", "2026-11-29")}
    assert report.write(tmp_path, Class(("ann", "bo"), (), (), {}), [], [], overrides, points) == []
    ann, bo = ((tmp_path / "feedback" / f"{name}.html").read_text() for name in ("ann", "bo"))
    assert "Test on approval: 7 of 10 points, outside this total." in ann
    assert "Kata on rollback: 6 of 8 points, by the answers, outside this total." in ann
    assert "Your instructor gave 8 of 8 points for kata.rollback:</strong> said it aloud" in ann
    assert "points" not in bo
