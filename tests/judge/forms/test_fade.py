"""Fade: the blanks stand in a right answer, what is offered for them is not all right, and it is run."""

import itertools

import pytest

from checks.exercise import Step
from checks.judge import judge
from checks.judge.forms import make
from checks.lessons import exercises
from checks.practice import Faded, Worked

PLAIN = [
    "rollback.1",
    "rollback.3",
    "order.1",
    "order.3",
    "order.4",
    "gate.1",
    "gate.2",
    "gate.4",
    "durable.1",
]


def faded(id_: str, seed: int, level: int) -> Faded:
    item = make(exercises()[id_], "fade", seed, level)
    assert isinstance(item, Faded)
    return item


@pytest.mark.parametrize("id_", PLAIN)
@pytest.mark.parametrize("level", [2, 3])
def test_what_is_filled_in_is_the_right_answer(id_: str, level: int) -> None:
    for seed in range(10):
        item = faded(id_, seed, level)
        step = exercises()[id_]
        assert isinstance(step, Step)
        assert "".join(item.solution.split()) == "".join(step.reference.split())
        assert item.blanks == len(item.answer) >= 2
        assert set(item.answer) <= set(item.options)
        assert len(item.options) >= 3
        assert len(item.options) == len(set(item.options))
    assert judge(item, item.answer).correct


def test_more_is_left_blank_from_level_to_level() -> None:
    blanks = [faded("order.4", 3, level).blanks for level in (2, 3)]
    assert blanks == [2, 5]


def test_every_fill_is_judged_as_the_step() -> None:
    item = faded("rollback.3", 1, 2)
    right = [fill for fill in itertools.product(item.options, repeat=2) if judge(item, fill).correct]
    assert item.answer in right
    assert len(right) < len(item.options)
    told = {judge(item, fill).misconception for fill in itertools.product(item.options, repeat=2)}
    assert any(each and each.startswith("rollback.3/") for each in told)


def test_what_is_not_filled_is_not_attempted() -> None:
    item = faded("rollback.3", 1, 2)
    assert judge(item, ()).status == "not_attempted"
    assert judge(item, ("nonsense", "nonsense")).status == "not_attempted"
    assert judge(item, item.answer[:1]).status == "not_attempted"


def test_a_worked_example_is_read() -> None:
    item = make(exercises()["rollback.3"], "fade", 1, 1)
    assert isinstance(item, Worked)
    assert judge(item, ()).status == "not_attempted"


def test_a_value_alone_has_nothing_to_leave_blank() -> None:
    with pytest.raises(ValueError, match="nothing to leave blank"):
        make(exercises()["rollback.2"], "fade", 1, 2)
