"""What was missed comes back as something new on the same matter; what was known comes back as it was."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checks.exercise import Verdict
from checks.judge import judge
from checks.learner import attempts, cells, record, variants, words
from checks.learner.card.quiz import QuizCard
from checks.learner.record import Attempt, Record
from checks.lessons import bank_questions

MISSED = [each for each in bank_questions() if each.back_to == "rollback.3"]
DAY = date(2026, 3, 1)


def attempt(id_: str, status: str, day: int) -> Attempt:
    return Attempt(datetime(2026, 2, day, 12, tzinfo=UTC), id_, ("a",), status, None, "")


def test_a_missed_question_comes_back_as_another_one_under_its_name() -> None:
    given = [attempt(each.id, "wrong", 1) for each in MISSED]
    fresh = variants.instead(MISSED, given, DAY)
    assert [each.id for each in fresh] == [each.id for each in MISSED]
    assert all(new.task != old.task for new, old in zip(fresh, MISSED, strict=True))
    assert variants.instead(MISSED, given, DAY) == fresh
    assert variants.instead(MISSED, given, date(2026, 3, 2)) != fresh
    for each in fresh:
        assert [judge(each, (letter,)).correct for letter in "abcd"].count(True) == 1
        assert judge(each, (each.answer,)).correct


def test_what_was_known_when_last_asked_stays_what_it_was() -> None:
    given = [attempt(each.id, "wrong", 1) for each in MISSED] + [attempt(MISSED[0].id, "correct", 2)]
    assert variants.instead(MISSED[:1], given, DAY) == (MISSED[0],)
    assert variants.instead(MISSED[:1], [attempt(MISSED[0].id, "wrong", 28)], date(2026, 2, 28)) == (
        MISSED[0],
    )


def test_a_review_asks_and_records_it_under_the_questions_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(record, "_now", lambda: "2026-02-01T12:00:00.000+00:00")
    question = MISSED[0]
    attempts._record.record_asked("quiz rollback 1", [(question.id, ("a",), Verdict("wrong", ""))])
    monkeypatch.undo()
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    card = words.review("2026-03-01")
    assert isinstance(card, QuizCard)
    asked = card.state.next.exercise
    assert asked.id == question.id and asked.task != question.task
    done = words.review("2026-03-01", answers=asked.answer)
    assert isinstance(done, QuizCard) and done.state.right == 1
    assert attempts._record.attempts()[-1].exercise == question.id
    wrong = next(letter for letter in "abcd" if letter != asked.answer)
    assert "Back to" in str(words.review("2026-03-01", answers=wrong)._repr_mimebundle_())
