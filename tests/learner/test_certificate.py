"""A page to keep after ten of ten."""

from pathlib import Path

import pytest

from checks.exercise import Verdict
from checks.learner import attempts, certificate, words
from checks.learner.record import Record
from checks.lessons import paper as papers


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.chdir(tmp_path)


def sit(wrong: int = 0) -> None:
    paper = papers.quiz("approval", 7)
    letters = [question.answer for question in paper.questions]
    for at in range(wrong):
        letters[at] = "abcd"[("abcd".index(letters[at]) + 1) % 4]
    attempts.answered(paper, "".join(letters))


def test_there_is_none_before_ten_of_ten(tmp_path: Path) -> None:
    for shown in (certificate.made(), (sit(wrong=1), certificate.made())[1]):
        assert "10 of 10 right" in shown
    assert not (tmp_path / certificate.FILE).exists()


def test_it_says_when_how_strong_what_was_run_and_that_it_proves_nothing(tmp_path: Path) -> None:
    attempts._record.record_attempt("rollback.2", "current_version = 'v3'", Verdict("correct", ""))
    sit()
    assert f"[{certificate.FILE}]({certificate.FILE})" in certificate.made("<b>Ana</b>")
    page = (tmp_path / certificate.FILE).read_text("utf-8")
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page and "<b>" not in page
    assert "approval (seed 7)" in page and f"{attempts._record.attempts()[-1].at.year}.</p>" in page
    assert "Lesson 1, Rollback: 1 of 4 steps" in page and "of 10 questions" not in page
    assert "proves nothing" in page


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    sit()
    (tmp_path / certificate.FILE).mkdir()
    assert "cannot be written" in certificate.made()


def test_the_word_takes_a_name() -> None:
    assert "10 of 10 right" in words.certificate("Ana").markdown
