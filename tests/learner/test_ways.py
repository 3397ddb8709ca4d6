"""The ways to study a pattern: lines to type, how far one is, and what a pre-test lets one skip."""

import ast
from pathlib import Path

import pytest

from checks import lessons
from checks.exercise import Verdict
from checks.learner import attempts, ways, words
from checks.learner.card.interview import InterviewCard
from checks.learner.record import Record
from checks.lessons import bank_questions, interviews
from checks.vocabulary import WORDS

RIGHT, WRONG = Verdict("correct", ""), Verdict("wrong", "")


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Record:
    fresh = Record(tmp_path / "progress.sqlite")
    monkeypatch.setattr(attempts, "_record", fresh)
    return fresh


def far(record: Record, name: str) -> str:
    found = ways.of("rollback", record.attempts(), record.seen()).ways
    return next(way.far for way in found if way.name == name)


@pytest.mark.parametrize("pattern", lessons.tests())
def test_every_line_is_one_of_our_words(pattern: str) -> None:
    for way in ways.of(pattern, []).ways:
        if way.line:
            call = ast.parse(way.line, mode="eval").body
            assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            assert call.func.id in WORDS


def test_how_far_one_is_is_counted(record: Record) -> None:
    record.record_attempt("rollback.1", "x", WRONG)
    record.record_attempt("rollback.1", "y", RIGHT)
    record.record_attempt("rollback.3:predict:7", ("a",), RIGHT)
    record.record_attempt("gate.1:predict:7", ("a",), RIGHT)
    assert far(record, "Practise") == "1 of 13 solved" and far(record, "Predict") == "1 answered"
    assert far(record, "Read") == "1 of 3 lessons begun" and far(record, "Fix") == "0 answered"
    assert ways.of("rollback", record.attempts()).strength == "getting there"
    assert ways.of("rollback", []).strength == ""


def test_what_one_has_looked_at_is_counted(record: Record) -> None:
    assert far(record, "Interview") == "0 of 3 asked" and far(record, "See it in action") == "0 seen"
    words.interview("rollback", 2)
    words.interview("rollback", 2)
    words.interview("approval", 1)
    words.practise("rollback.3", level=1, seed=1)
    words.practise("rollback.3", level=2, seed=1)
    assert far(record, "Interview") == "1 of 3 asked" and far(record, "See it in action") == "1 seen"
    assert "1 of 3 asked" in str(words.ways("rollback"))
    assert record.attempts() == [] and record.done() == frozenset()


def test_a_pre_test_says_what_may_be_skipped(record: Record) -> None:
    asked = [each.id for each in bank_questions() if each.lesson == "order"][:2]
    record.record_asked("quiz rollback 1", [(id_, ("a",), RIGHT) for id_ in asked])
    assert [lesson.slug for lesson in ways.of("rollback", record.attempts()).skip] == ["order"]
    assert "You may skip: 4 Version order" in str(words.ways("rollback"))
    record.record_asked("quiz rollback 2", [(asked[0], ("a",), WRONG)])
    assert ways.of("rollback", record.attempts()).skip == ()


def test_an_interview_asks_first_and_has_every_question() -> None:
    assert set(interviews()) == set(lessons.tests())
    for pattern, several in interviews().items():
        for number, each in enumerate(several, 1):
            card = words.interview(pattern, number)
            assert isinstance(card, InterviewCard)
            face = card._repr_mimebundle_()["text/html"]
            assert face.index(each.asks[:20]) < face.index("<details>")
    assert "There are 3 questions" in str(words.interview("rollback", 9))
    assert "rollback" in str(words.interview("rolback")) and "rollback" in str(words.ways("x"))
