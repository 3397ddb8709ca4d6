"""When questions come back: missed ones sooner, none on the day it was tried, at most ten at a time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.learner import repetition
from checks.learner.record import Attempt
from checks.lessons import bank_questions

IDS = [question.id for question in bank_questions()]
DAY = date(2026, 3, 1)


def attempt(id_: str, days_ago: float, status: str = "correct") -> Attempt:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Attempt(at, id_, ("a",), status, None, "")


ATTEMPTS = st.builds(
    attempt,
    st.sampled_from([*IDS, "rollback.1", "bank.gone"]),
    st.floats(-400, 4000),
    st.sampled_from(["correct", "wrong"]),
)


@settings(max_examples=200, deadline=None)
@given(attempts=st.lists(ATTEMPTS, max_size=60), day=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_attempts_can_be_scheduled(attempts: list[Attempt], day: date) -> None:
    due = repetition.due(attempts, day)
    ids = [question.id for question in due]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {one.exercise for one in attempts if one.at.date() < day}
    assert set(repetition.waiting(attempts, day)) <= set(due)
    assert repetition.due(attempts, day) == due


def test_a_missed_question_comes_back_before_one_that_was_known() -> None:
    missed, known = IDS[:2]
    attempts = [attempt(missed, 0, "wrong"), attempt(known, 0)]
    days = [repetition.due(attempts, DAY + timedelta(number)) for number in range(10)]
    first = {id_: [id_ in [q.id for q in due] for due in days].index(True) for id_ in (missed, known)}
    assert 0 < first[missed] < first[known]


def test_what_was_tried_on_the_day_or_never_is_not_due() -> None:
    assert repetition.due([], DAY) == ()
    assert repetition.due([attempt(IDS[0], 0, "wrong")], DAY) == ()
    assert len(repetition.due([attempt(IDS[0], 30, "wrong")], DAY)) == 1
