"""Why: the reason that is claimed right is what the judge tells; the others explain something else."""

import re
from itertools import combinations, product

import pytest

from checks.exercise import Choice, FillIn, Step
from checks.judge import Runners, judge
from checks.judge.forms import make, why
from checks.lessons import exercises

SOME = ["rollback.3", "rollback.4", "order.3", "gate.2", "gate.4", "durable.1"]


def items(id_: str, seeds: int) -> list[Choice]:
    made = [make(exercises()[id_], "why", seed) for seed in range(seeds)]
    return [each for each in made if isinstance(each, Choice)]


def code_of(item: Choice) -> str:
    found = re.search(r"```python\n(.*?)```", item.task, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("id_", SOME)
def test_the_right_reason_is_what_the_judge_tells(id_: str, runners: Runners) -> None:
    step = exercises()[id_]
    for item in items(id_, 3):
        told = judge(step, code_of(item), runners)
        assert told.status == "wrong" and told.misconception
        name = told.misconception.partition("/")[2]
        says = next(each.says for each in step.misconceptions if each.id == name)
        assert item.options[item.letters.index(item.answer)] == says
        assert 3 <= len(item.options) == len(set(item.options)) <= 4
        assert {judge(item, (letter,)).correct for letter in item.letters if letter != item.answer} == {False}
        assert judge(item, (item.answer,)).correct


@pytest.mark.parametrize("id_", SOME)
def test_no_other_reason_explains_what_came(id_: str, runners: Runners) -> None:
    for item in items(id_, 3):
        came = re.search(r"What comes of it: (.*)\.\n\nWhat should come of it: (.*)\.\n", item.task)
        assert came and came[1] != came[2]
        for held in item.misconceptions:
            assert held.says != f"With that mistake this would come of it: {came[1]}."


def test_a_reason_that_quotes_the_code_is_not_alone() -> None:
    for item in items("rollback.3", 20):
        source = code_of(item)
        stands = [any(part in source for part in re.findall(r"`([^`]+)`", each)) for each in item.options]
        assert stands != [letter == item.answer for letter in item.letters]


@pytest.mark.parametrize("id_", ["start.2", "approval.1", "approval.5", "order.5"])
def test_code_with_blanks_is_asked_about_too(id_: str, runners: Runners) -> None:
    task = exercises()[id_]
    assert isinstance(task, FillIn)
    filled = {task.fill(each): each for each in product(task.options, repeat=task.blanks)}
    for item in items(id_, 2):
        told = judge(task, filled[code_of(item).strip("\n")], runners).misconception
        assert (
            told
            and next(each.says for each in task.misconceptions if told.endswith(f"/{each.id}")) == item.right
        )


def test_no_two_reasons_read_alike() -> None:
    text, value = (
        next(each.says for each in exercises()["order.4"].misconceptions if each.id == name)
        for name in ("a-text", "none")
    )
    assert why._alike(text, value)
    for item in items("order.4", 20):
        pairs = combinations(item.options, 2)
        assert not any(why._alike(one, other) for one, other in pairs), item.options


def test_where_mistakes_are_too_few_that_is_said(runners: Runners) -> None:
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    few = Step(**{**vars(step), "misconceptions": step.misconceptions[-2:]})
    with pytest.raises(ValueError, match=r"rollback\.3 has too few mistakes"):
        make(few, "why", 1)
