"""Every small break of a right answer is refused by its exercise, or listed there with the reason why not."""

import pytest

from checks.author.mutants import mutants, survivors
from checks.exercise import Step
from checks.judge import Runners
from checks.lessons import exercises

STEPS = [id_ for id_, exercise in exercises().items() if isinstance(exercise, Step)]


@pytest.mark.parametrize("id_", STEPS)
def test_no_mutant_survives(runners: Runners, id_: str) -> None:
    step = exercises()[id_]
    assert isinstance(step, Step)
    assert [f"{each.what}: {each.diff}" for each in survivors(step, runners)] == []


@pytest.mark.parametrize("id_", STEPS)
def test_what_is_listed_as_equivalent_is_a_mutant(id_: str) -> None:
    step = exercises()[id_]
    assert isinstance(step, Step)
    diffs = {each.diff for source in (step.reference, *step.alternatives) for each in mutants(source)}
    assert {each.change for each in step.equivalent} <= diffs


def test_each_kind_of_break_is_made() -> None:
    source = """
def f(xs, n=1):
    found = []
    for x in list(xs):
        if not x or (x < n and x == 'a'):
            continue
        found.append(max(xs, key=len))
    try:
        g(found)
    except ValueError:
        raise LookupError('none left')
    return found
"""
    made = {each.what for each in mutants(source)}
    assert made >= {
        "a comparison turned or shifted",
        "and and or exchanged",
        "a part of a condition dropped",
        "not dropped",
        "a number one more",
        "a number one less",
        "a text spelled otherwise",
        "nothing returned",
        "an exception returned",
        "another exception",
        "another exception caught",
        "a copy left out",
        "min and max exchanged",
        "a loop one short",
        "a loop that begins one late",
        "continue and break exchanged",
        "a keyword left out",
        "a statement dropped",
        "an early return",
    }
    assert not any("NONE LEFT" in each.source for each in mutants(source)), "what an exception says is free"
    assert any(each.diff.startswith("-") and " / +" in each.diff for each in mutants(source))
