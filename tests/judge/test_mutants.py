"""Every small break of a right answer is refused by its exercise, or listed there with the reason why not."""

import pytest

from checks.exercise import Step
from checks.judge import Runners
from checks.judge.mutants import mutants, survivors
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
    made = [each for source in (step.reference, *step.alternatives) for each in mutants(source)]
    assert {each.change for each in step.equivalent} <= {each.diff for each in made} | {
        each.what for each in made
    }


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
        "a boundary shifted by one",
        "a text compared loosely: x == 'a'",
        "kept from call to call",
    }
    assert not any("NONE LEFT" in each.source for each in mutants(source)), "what an exception says is free"
    assert any(each.diff.startswith("-") and " / +" in each.diff for each in mutants(source))


def test_a_text_is_compared_in_each_loose_way() -> None:
    def changed(source: str) -> set[str]:
        return {each.source for each in mutants(source) if each.what.startswith("a text compared loosely")}

    assert changed("ok = status == 'ok'") == {
        "ok = 'ok' in status",
        "ok = status.startswith('ok')",
        "ok = status.endswith('ok')",
        "ok = status.lower() == 'ok'",
        "ok = status.strip() == 'ok'",
    }
    assert "no = not status.startswith('ok')" in changed("no = 'ok' != status")
    assert changed("out = name not in names") == {
        "out = not name.lower() in map(str.lower, names)",
        "out = not name.strip() in map(str.strip, names)",
    }
    assert not changed("same = one == other")


def test_what_is_made_anew_is_kept() -> None:
    (kept,) = (each for each in mutants("def f(x):\n    found = []\n    return found") if "kept" in each.what)
    assert kept.source == "def f(x, *, found=[]):\n    pass\n    return found"
