"""Practice is judged and recorded, and changes nothing of the exercise that is practised."""

from pathlib import Path

import pytest

from checks.judge.forms import Item
from checks.learner import attempts, cells, words
from checks.learner.card.card import Card, Message
from checks.learner.record import Record


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")


def card(shown: Card | Message) -> Card:
    assert isinstance(shown, Card), shown
    return shown


def test_the_line_that_is_shown_asks_the_same_again() -> None:
    asked = card(words.practise("rollback.3"))
    assert asked.state.practice
    again = card(eval(asked.state.practice.call(()), {"practise": words.practise}))
    assert again.state.exercise == asked.state.exercise


def test_an_answer_is_judged_and_recorded_under_an_id_of_its_own() -> None:
    item = card(words.predict("rollback.3", seed=7)).state.exercise
    state = card(words.predict("rollback.3", item.answer, seed=7)).state  # type: ignore[attr-defined]
    assert state.status == "correct"
    assert state.solved
    (attempt,) = attempts.use(lambda record: record.attempts())
    assert Item.of(attempt.exercise) == Item("rollback.3", "predict", 7)


def test_practice_changes_nothing_of_the_lesson() -> None:
    before = attempts.unanswered(words.exercises()["rollback.3"])
    item = card(words.practise("rollback.3", level=2, seed=1)).state.exercise
    words.practise("rollback.3", *item.answer, level=2, seed=1)  # type: ignore[attr-defined]
    words.practise("rollback.3", *reversed(item.answer), level=2, seed=1)  # type: ignore[attr-defined]
    assert attempts.unanswered(words.exercises()["rollback.3"]) == before
    assert attempts.done() == {item.id}


def test_a_level_alone_fades() -> None:
    kinds = [
        type(card(words.practise("rollback.3", level=level)).state.exercise).__name__ for level in (1, 2, 3)
    ]
    assert kinds == ["Worked", "Faded", "Faded"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ('practise("rolback.3")', "Did you mean `rollback.3`"),
        ('practise("rollback.3", form="dance")', "There is no form 'dance'"),
        ('practise("rollback.3", level=9)', "no level 9"),
        ('practise("rollback.3", seed="x")', "A seed is a whole number"),
        ('practise("rollback.3", seed=[1])', "A seed is a whole number"),
        ('practise("rollback.3", seed=10**9)', "A seed is a whole number"),
        ('practise("approval.2", form="mend")', "its forms are predict, why"),
        ('practise("pipeline.1")', "it runs nothing"),
        ('predict("rollback.3", "a")', "An answer belongs to a seed"),
        ('predict("rollback.3", form="order")', "is used like this"),
    ],
)
def test_what_does_not_fit_is_answered_by_a_sentence(call: str, says: str) -> None:
    shown = eval(call, {"practise": words.practise, "predict": words.predict})
    assert isinstance(shown, Message)
    assert says in shown.markdown


def test_a_prediction_is_walked_through_once_it_is_answered() -> None:
    from checks.learner import practice

    state = card(words.predict("rollback.3", seed=7)).state
    assert not state.playable
    answered = practice.judged(state, ("a",))
    assert answered.playable
    assert practice.played(answered).moments


def test_a_worked_example_is_walked_through_at_once() -> None:
    from checks.learner import practice

    state = card(words.practise("rollback.3", level=1)).state
    assert state.playable
    assert practice.played(state).moments
    assert state.explanation


def test_without_a_page_what_was_predicted_is_shown_as_a_table() -> None:
    asked, answered = (card(words.predict("rollback.3", *answer, seed=7)) for answer in ((), ("a",)))
    assert "See it in action" not in asked._repr_mimebundle_()["text/html"]  # type: ignore[call-overload,index]
    assert '<th scope="col">Line</th>' in answered._repr_mimebundle_()["text/html"]  # type: ignore[call-overload,index]


def test_where_nothing_is_said_there_is_an_item_all_the_same() -> None:
    """Not every form has an item of every step: a value alone is not predicted, ordered or broken."""
    for _ in range(6):
        assert card(words.practise("rollback.2")).state.practice


def test_hints_open_one_by_one() -> None:
    from checks.learner import practice

    state = card(words.predict("rollback.3", seed=7)).state
    for opened in (1, 2):
        state = practice.clicked(state, {"action": "hint"})
        assert state.hints == opened
    assert "no more hints" in practice.clicked(state, {"action": "hint"}).notice
    assert practice.clicked(state, {"action": "reset"}).hints == 0
