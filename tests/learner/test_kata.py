"""A kata: asked as it is needed, never the same twice, recorded as it is answered, the same from its call."""

import re
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

import pytest

from checks.exercise import Verdict
from checks.judge import kata as katas
from checks.judge.forms import Item
from checks.learner import attempts, cells, kata, words
from checks.learner.card.kata import KataCard, KataState
from checks.learner.record import Record
from checks.learner.repetition import by_need, of_exercises
from checks.practice import Reason
from tests.helpers import answering, learners


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))


def done(seed: int, sure: str = "fairly", wrong: int = -1) -> tuple[kata.Session, KataState]:
    """A kata on rollback that is answered right, but for the one at the place `wrong`."""
    session = kata.Session(katas.Kata("rollback", seed))
    state = session.next()
    for place in range(katas.ITEMS):
        assert state.now
        answer = list((answering.wrong if place == wrong else answering.right)(state.now.exercise))
        state = session.clicked(state, {"action": sure, "answer": answer})
        assert state.told and state.status == ("wrong" if place == wrong else "correct"), session.item
        assert session.clicked(state, {"action": sure, "answer": answer}) == state, "a click arrives twice"
        state = session.clicked(state, {"action": "check"})
    return session, state


def test_three_katas_ask_nothing_twice_and_mix_forms() -> None:
    asked = []
    for seed in (1, 2, 3):
        session, state = done(seed)
        assert state.over and state.status == "correct" and state.headline == "8 of 8 right"
        asked += [given.item for given in session.kata.given]
        assert len({given.item.form for given in session.kata.given}) >= 3
    shown = [kata._shown(item) for item in asked]
    assert len(set(shown)) == len(shown) == 24


def test_the_same_mistake_is_the_same_question_wherever_it_shows() -> None:
    asked: dict[str, set[str]] = {}
    shown = set()
    for seed in range(20):
        item = Item("approval.1", "why", seed)
        made = kata._made(item)
        if isinstance(made, Reason):
            asked.setdefault(made.code, set()).add(made.task)
            shown.add(kata._shown(item))
    assert len(shown) == len(asked) < sum(map(len, asked.values()))


@pytest.mark.parametrize(("form", "other"), [("predict", "why"), ("why", "predict")])
def test_one_answer_is_read_once_in_a_kata(form: str, other: str) -> None:
    would_be = 0
    for seed in range(12):
        begun = katas.Kata("approval", seed)
        item = begun.item("approval.1", form)
        then = begun.answered(katas.Given(item, "fairly", ("a",)))
        if code := kata._code(item):
            left = list(kata._forms(then, "approval.1", []))
            assert code not in map(kata._code, left) and form not in [each.form for each in left]
            would_be += code == kata._code(then.item("approval.1", other))
    assert would_be


def test_the_line_says_the_same_again_and_records_nothing_twice() -> None:
    session, state = done(4, wrong=2)
    before = attempts._record.attempts()
    assert [each.sure for each in before] == ["fairly"] * 8
    card = eval(session.kata.line(), {"kata": words.kata})
    assert isinstance(card, KataCard) and card.state.headline == "7 of 8 right"
    assert card.state.answered == state.answered and attempts._record.attempts() == before
    assert "8 of 8" not in str(card._repr_mimebundle_())


def test_a_kata_goes_on_from_its_line() -> None:
    session = kata.Session(katas.Kata("rollback", 5))
    state = session.next()
    assert state.now
    session.clicked(state, {"action": "quite", "answer": list(answering.right(state.now.exercise))})
    card = eval(session.kata.line(), {"kata": words.kata})
    assert card.state.place == 2 and card.state.asks == kata.Session(session.kata).next().asks


def test_an_item_is_not_answered_by_its_face() -> None:
    card = words.kata("rollback", seed=6)
    assert isinstance(card, KataCard) and card.state.now
    face = str(card._repr_mimebundle_())
    assert "✓" not in face and card.state.now.exercise.explanation not in face and "1 of 8" in face
    assert re.search(r"kata\(&quot;rollback&quot;, seed=6, answers=\[\[&quot;.*quite", face)


def test_sure_and_wrong_comes_back_first() -> None:
    record = attempts._record
    record.record_asked("kata rollback 1", [("rollback.4:why:10", ("a",), Verdict("wrong", ""))], "little")
    record.record_asked("kata rollback 1", [("rollback.3:why:11", ("a",), Verdict("wrong", ""))], "quite")
    record.record_asked("kata rollback 1", [("rollback.1:why:12", ("a",), Verdict("correct", ""))], "quite")
    ids = ["rollback.1", "rollback.2", "rollback.3", "rollback.4"]
    known = of_exercises(record.attempts())
    order = by_need(ids, known, datetime.now(UTC).date())
    assert order == ["rollback.3", "rollback.4", "rollback.2", "rollback.1"]
    state = kata.Session(katas.Kata("rollback", 9)).next()
    assert state.asks.startswith("rollback.3:")


def test_the_first_item_needs_no_mlflow_and_the_next_is_made_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = kata.Session(katas.Kata("approval", 3)).next()
    assert state.asks.startswith("bank.")
    attempts._record.record_attempt("alias.3", "x", Verdict("wrong", ""))
    attempts._record.record_attempt("gate.1", "x", Verdict("correct", ""))
    ahead = []
    monkeypatch.setattr(kata, "_ahead", lambda *given: ahead.append(given))
    state = kata.Session(katas.Kata("approval", 4)).next()
    assert state.asks.startswith("gate.")
    ((following, _),) = ahead
    assert [katas.named(each.item) for each in following.given] == [state.asks]


def test_what_was_known_with_doubt_comes_back_sooner() -> None:
    record, ids = attempts._record, ["rollback.1", "rollback.3"]
    for id_, sure in zip(ids, ("little", "quite"), strict=True):
        record.record_asked("kata", [(f"{id_}:why:1", ("a",), Verdict("correct", ""))], sure)  # type: ignore[arg-type]
    known = of_exercises(record.attempts())
    assert known["rollback.1"].due < known["rollback.3"].due


def test_only_lessons_that_were_begun_are_asked() -> None:
    attempts._record.record_attempt("order.1", "x", Verdict("wrong", ""))
    asked = {each.item.exercise.partition(".")[0] for each in done(7)[0].kata.given}
    assert "rollback" not in asked and "restore" not in asked


def test_what_does_not_fit_is_answered_with_a_sentence() -> None:
    assert "rollback" in str(words.kata("rolback"))
    assert "belong to a seed" in str(words.kata("rollback", answers=[["a"]]))
    wrong = [["rollback.3:predict", "quite", "zebra!"]]
    assert "Answer 1 does not fit" in str(words.kata("rollback", seed=1, answers=wrong))
    assert attempts._record.attempts() == []
    with pytest.raises(ValueError, match="no button sends"):
        session = kata.Session(katas.Kata("rollback", 1))
        session.clicked(session.next(), {"action": "dance"})


def test_strength_and_schedule_tell_learners_apart_and_nothing_is_asked_twice() -> None:
    came = {name: learners.three_sessions(knows, 1) for name, knows in learners.LEARNERS.items()}
    back = {name: mean(each.days.values()) for name, each in came.items()}
    assert back["perfect"] > back["one misconception"] + 5 > back["forgetful"] + 10 > back["guessing"] + 10
    assert came["perfect"].strength == "strong" != came["one misconception"].strength
    mistaken = came["one misconception"]
    assert mistaken.first.startswith(("order.1", "order.3")), "sure and wrong comes first"
    assert mistaken.days["order.3"] == 1 < 14 < mistaken.days["rollback.3"]
    for each in came.values():
        assert len(set(each.asked)) == len(each.asked) == 24


def test_what_was_not_reached_is_not_asked() -> None:
    attempts._record.record_attempt("order.3", "x", Verdict("wrong", ""))
    asked = {given.item.exercise for given in done(8)[0].kata.given}
    assert not asked & {"order.4", "order.5"} and "order.3" in asked
