"""What counts as the same: every part that an exercise compares, and nothing that it does not."""

import dataclasses

import pytest

from checks.exercise import Printed, RegistryState, Situation, Step, Variable
from checks.judge.compare import agree, difference, differences, same, tidy, what_counts
from checks.runner import Outcome, State
from checks.runner.job import Error
from checks.runner.values import TOO_LARGE, encode_input

BEFORE = State({1: "Production", 2: "None"}, {"champion": 1}, {1: {"a": "1", "b": "1"}}, {"team": "x"})


def step(*compares: Variable | Printed | RegistryState) -> Step:
    return Step(
        id="t.1",
        title="t",
        difficulty="easy",
        task="t",
        hints=(),
        common_mistakes=(),
        explanation="",
        right="",
        situations=(Situation(""),),
        compares=compares,
        reference="",
    )


def left(registry: State | None = None, printed: str = "", **values: object) -> Outcome:
    encoded = {name: encode_input(value, name) for name, value in values.items()}
    return Outcome("finished", encoded, printed, registry=registry)


@pytest.mark.parametrize(
    ("compared", "changed", "same"),
    [
        # What an exercise compares, what an answer changed besides, and whether that may be.
        (RegistryState(), {"stages": {1: "Archived", 2: "None"}}, False),
        (RegistryState(), {"stages": {1: "Production", 2: "None", 3: "None"}}, False),
        (RegistryState(), {"stages": {1: "Production"}}, False),
        (RegistryState(), {"aliases": {"champion": 2}}, True),
        (RegistryState(), {"tags": {}}, True),
        (RegistryState(), {"model_tags": {}}, True),
        (RegistryState(stages=False), {"stages": {1: "Archived", 2: "None"}}, True),
        (RegistryState(stages=False), {"stages": {1: "Production", 2: "None", 3: "None"}}, False),
        (RegistryState(aliases=True), {"aliases": {"champion": 2}}, False),
        (RegistryState(aliases=True), {"aliases": {}}, False),
        (RegistryState(aliases=True), {"aliases": {"champion": 1, "other": 2}}, False),
        (RegistryState(tags=("a",)), {"tags": {1: {"a": "1", "b": "2"}}}, True),
        (RegistryState(tags=("a",)), {"tags": {1: {"a": "2", "b": "1"}}}, False),
        (RegistryState(tags=("a",)), {"tags": {1: {"b": "1"}}}, False),
        (RegistryState(tags=("a",)), {"tags": {1: {"a": "1"}, 2: {"a": "1"}}}, False),
        (RegistryState(model_tags=("team",)), {"model_tags": {"team": "y"}}, False),
        (RegistryState(model_tags=("team",)), {"model_tags": {}}, False),
        (RegistryState(model_tags=("team",)), {"model_tags": {"team": "x", "more": "1"}}, True),
    ],
)
def test_a_registry_is_compared_in_what_is_named(
    compared: RegistryState, changed: dict[str, object], same: bool
) -> None:
    after = dataclasses.replace(BEFORE, **changed)
    assert agree(compared, left(after), left(BEFORE)) is same
    assert bool(differences(compared, after, BEFORE)) is not same, "what differs is said, and nothing else"


def test_what_differs_in_a_registry_is_said_in_words() -> None:
    everything = RegistryState(aliases=True, tags=("a",), model_tags=("team",))
    after = State({1: "None", 3: "None"}, {"champion": 3, "new": 1}, {1: {"a": "2"}})
    assert [each.says for each in differences(everything, after, BEFORE)] == [
        "version 2 should still be there",
        "there should be no version 3",
        "version 1 should be in `Production`; it is in `None`",
        "the alias `champion` should be on version 1; it is on version 3",
        "the alias `new` should not be there; it is on version 1",
        "the tag `a` of version 1 should be `1`; it is `2`",
        "the tag `team` of the model should be `x`; there is none",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1, True),
        (1, "1", False),
        (1, True, False),
        (1, 1.0, False),
        ([1, 2], [2, 1], False),
        ([1, 2], (1, 2), False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({1, 2}, {2, 1}, True),
    ],
)
def test_types_are_kept_apart(one: object, other: object, same: bool) -> None:
    assert agree(Variable("x"), left(x=one), left(x=other)) is same


def test_an_order_that_does_not_matter_is_left_out() -> None:
    free = Variable("x", ordered=False)
    assert agree(free, left(x=[1, 2]), left(x=[2, 1]))
    assert not agree(free, left(x=[1, 2]), left(x=[2, 2]))
    assert not agree(free, left(), left(x=[])), "nothing is not an empty list"


def test_only_white_space_at_ends_is_free() -> None:
    assert tidy("\n a  \nb\n\n") == "a\nb"
    assert agree(Printed(), left(printed="a \nb\n"), left(printed="a\nb"))
    assert not agree(Printed(), left(printed="a\n\nb"), left(printed="a\nb"))
    assert not agree(Printed(), left(printed="a  b"), left(printed="a b"))


def test_how_a_run_ended_comes_first() -> None:
    exercise, nothing = step(Variable("x")), Situation("")
    raised = dataclasses.replace(left(x=1), ended="raised", raised=Error("ValueError", "no", 1))
    found = difference(exercise, nothing, raised, left(x=1))
    assert found is not None and found.compared is None
    other = dataclasses.replace(raised, raised=Error("KeyError", "no", 1))
    assert difference(exercise, nothing, raised, other) is not None, (
        "another kind of exception is another end"
    )
    same = dataclasses.replace(raised, raised=Error("ValueError", "other words", 2))
    assert difference(exercise, nothing, raised, same) is None, "words and lines are free"


def test_the_first_difference_is_told_and_what_counts_holds_all() -> None:
    exercise = step(Variable("x"), Printed())
    one, other = left(x=1, printed="a"), left(x=1, printed="b")
    found = difference(exercise, Situation(""), one, other)
    assert found is not None and found.compared == Printed()
    assert what_counts(exercise, one) != what_counts(exercise, other) and not same(exercise, one, other)
    alike = left(x=1, y=2, printed="a ")
    assert what_counts(exercise, one) == what_counts(exercise, alike) and same(exercise, one, alike)


def test_what_was_too_large_agrees_with_nothing() -> None:
    exercise = step(Variable("x"))
    large = Outcome("finished", {"x": TOO_LARGE})
    assert not same(exercise, large, large)
