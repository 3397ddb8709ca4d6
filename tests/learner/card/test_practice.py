"""A practice card: its call, its place, and what is drawn of the kinds that no lesson has."""

from dataclasses import replace

from checks.exercise import Model, Registries, RegistryState, Verdict
from checks.judge.forms import make
from checks.learner.card.card import CardState, faces
from checks.learner.card.practice import Practice, kind_of, made_of
from checks.learner.card.view import card_view
from checks.lessons import exercises, lesson_of

PRACTICE = Practice(
    "practise", "rollback.3", 'form="fade", seed=7', "Practice of lesson 1, step 3", "again()"
)


def state(level: int) -> CardState:
    item = make(exercises()["rollback.3"], "fade", 7, level)
    return CardState(item, lesson_of("rollback.3"), practice=PRACTICE)


def test_the_call_carries_the_answer_before_its_keywords() -> None:
    assert PRACTICE.call(["'a'", "b"]) == """practise("rollback.3", "'a'", "b", form="fade", seed=7)"""


def test_the_card_says_that_it_is_practice_and_how_to_type_it() -> None:
    html = faces(state(2))["text/html"]
    assert PRACTICE.place in html
    assert "steps done" not in html
    assert "practise(&quot;rollback.3&quot;, …, form=&quot;fade&quot;, seed=7)" in html
    assert "ask(" not in html


def test_a_worked_example_shows_the_answer() -> None:
    shown = state(1)
    assert "rollback_version = version" in faces(shown)["text/html"]
    assert kind_of(shown.exercise) == "Worked"


def test_the_page_is_told_the_call() -> None:
    view = card_view(state(2))
    assert view["kind"] == "FillIn"
    assert view["practice"]["word"] == "practise"
    assert view["next"] is None


def test_the_board_calls_no_code_of_another_the_learners() -> None:
    moment = {"MyModel": Model({1: "Production"})}
    registries = Registries(RegistryState(), moment, moment, moment)
    verdict = Verdict("wrong", "No.", given="one version", registries=registries)
    board = faces(replace(state(2), verdict=verdict))["text/html"].partition("Registry board:")[2]
    assert "before and after the code" in board and "After the code, as expected" in board
    own = CardState(exercises()["alias.3"], lesson_of("alias.3"), "", verdict)
    assert "before and after your code" in faces(own)["text/html"]


def test_a_value_is_typed_where_one_is_asked_for() -> None:
    asks = {"rollback.3": True, "order.1": True, "rollback.4": False, "alias.4": False}
    for id_, is_typed in asks.items():
        assert made_of(make(exercises()[id_], "predict", 2))["typed"] == is_typed, id_
