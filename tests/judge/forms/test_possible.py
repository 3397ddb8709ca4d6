"""A typed situation can be one of a step's if it is made of what its own are made of."""

import math
from dataclasses import replace

import pytest

from checks.exercise import Situation, Step
from checks.judge.forms.possible import impossible
from checks.judge.situations import made
from checks.lessons import exercises

STEPS = [each for each in exercises().values() if isinstance(each, Step)]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_a_steps_own_situations_are_possible(step: Step) -> None:
    assert [
        problem for given in (*step.situations, *made(step)[::25]) if (problem := impossible(step, given))
    ] == []


def step(id_: str) -> Step:
    found = exercises()[id_]
    assert isinstance(found, Step)
    return found


@pytest.mark.parametrize(
    ("id_", "after", "fits"),
    [
        ("gate.1", {"accuracy": 0.5}, True),
        ("gate.1", {"accuracy": 7.5}, False),
        ("gate.1", {"accuracy": "0.5"}, False),
        ("gate.1", {"accuracy": True}, False),
        ("gate.2", {"accuracy": math.nan}, True),
        ("order.1", {"version": "v12"}, True),
        ("order.1", {"version": "v012"}, False),
        ("order.1", {"version": "12"}, False),
        ("durable.1", {"votes": [("alice", "approve")], "approvers": ["alice"], "quorum": 1}, True),
        ("durable.1", {"votes": [("alice",)], "approvers": ["alice"], "quorum": 1}, False),
        ("durable.1", {"votes": [], "approvers": ["alice"], "quorum": 0}, False),
        ("durable.1", {"votes": [], "approvers": ["alice"] * 100, "quorum": 1}, False),
    ],
)
def test_what_a_value_may_be_is_learned(id_: str, after: dict[str, object], fits: bool) -> None:
    problem = impossible(step(id_), Situation("mine", after=after))
    assert bool(problem) != fits, problem


def test_a_steps_own_rule_says_what_its_situations_do_not_show() -> None:
    """One value has to fit another: who decides about a version finds who trained it."""
    given = step("gate.4").situations[0]
    assert impossible(step("gate.4"), given) == ""
    other = replace(given, before={**given.before, "authors": {"v4": "bob"}})
    assert impossible(step("gate.4"), other) == "Nobody trained `v3`: every version has its author."


def test_a_registry_holds_together() -> None:
    def of(**more: object) -> str:
        return impossible(step("alias.4"), Situation("mine", registry={1: "None", 2: "Production"}, **more))  # type: ignore[arg-type]

    assert of(aliases={"previous": 2}) == ""
    assert "not among the `stages`" in of(aliases={"previous": 3})
    assert "is not among the `stages`" in of(tags={3: {"validation_status": "approved"}})
    assert impossible(step("alias.4"), Situation("mine", registry={1: "Odd"}))
