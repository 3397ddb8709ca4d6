"""Order: exactly the orders that work are right, whatever their lines; indentation counts."""

import itertools

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.judge.compare import what_counts
from checks.judge.forms import make
from checks.judge.trials import samples
from checks.lessons import exercises
from checks.practice import Ordering


def ordering(id_: str, seed: int, level: int = 1) -> Ordering:
    item = make(exercises()[id_], "order", seed, level)
    assert isinstance(item, Ordering)
    return item


def right(item: Ordering) -> tuple[str, ...]:
    """The answer that the lines are of, with its indentation."""
    of = item.of
    sources = (tuple(filter(str.strip, each.splitlines())) for each in (of.reference, *of.alternatives))
    lines = set(item.lines)
    return next(each for each in sources if {line.strip() for line in each} <= lines)


@pytest.mark.parametrize("id_", ["rollback.3", "gate.1", "gate.2", "durable.4", "order.1"])
def test_what_was_shuffled_is_right_in_its_own_order_alone(id_: str) -> None:
    for seed in range(4):
        item = ordering(id_, seed)
        assert judge(item, right(item)).correct
        assert tuple(line.strip() for line in right(item)) != item.lines
        assert not judge(item, item.lines).correct


def test_all_orders_are_tried_and_exactly_those_that_work_are_right(runners: Runners) -> None:
    """Of up to six lines, each with its indentation: what the judge calls right gives what is asked."""
    tried = 0
    for id_ in ("rollback.3", "gate.1", "gate.2", "durable.4"):
        item = next(each for seed in range(40) if len((each := ordering(id_, seed)).lines) in (4, 5, 6, 3))
        orders = list(itertools.permutations(right(item)))
        works = working(item.of, ["\n".join(each) for each in orders], runners)
        assert works[0]
        # The judge is asked about every one that works, and about some of the many that do not.
        some = [each for each, fine in zip(orders, works, strict=True) if not fine][
            :: max(1, len(orders) // 40)
        ]
        for order in [each for each, fine in zip(orders, works, strict=True) if fine]:
            assert judge(item, order).correct, order
        for order in some:
            assert not judge(item, order).correct, order
        tried += len(orders)
    assert tried > 100


def working(step: Step, sources: list[str], runners: Runners) -> list[bool]:
    """Which of these do what the reference does in all named situations and some others."""
    from checks.judge.situations import made

    left = dict.fromkeys(sources, True)
    for given in (*step.situations, *made(step)[::30]):
        fine = [source for source in sources if left[source]]
        wanted, *came = samples(step, [step.reference, *fine], given, runners)
        for source, each in zip(fine, came, strict=True):
            left[source] = what_counts(step, each) == what_counts(step, wanted)
    return [left[source] for source in sources]


def test_lines_of_wrong_answers_are_among_them_and_need_not_be_used() -> None:
    item = ordering("rollback.3", 2, level=2)
    others = set(item.lines) - {line.strip() for line in right(item)}
    assert len(others) == 2
    samples = " ".join(str(each) for one in item.of.misconceptions for each in one.samples)
    assert all(line in samples for line in others)
    assert judge(item, right(item)).correct


def test_the_indentation_is_part_of_the_task() -> None:
    item = ordering("rollback.3", 0)
    flat = tuple(line.strip() for line in right(item))
    assert judge(item, flat).status == "wrong"


@pytest.mark.parametrize("answer", [(), ("  ",), ("import os",), ("rollback_version = version",) * 2])
def test_what_is_no_order_of_the_lines_costs_nothing(answer: tuple[str, ...]) -> None:
    item = next(
        each
        for seed in range(20)
        if "rollback_version = version" in (each := ordering("rollback.3", seed)).lines
    )
    verdict = judge(item, answer)
    assert verdict.status == "not_attempted"


def test_a_wrong_order_is_told_as_the_step_would_be() -> None:
    item = ordering("rollback.3", 0)
    verdict = judge(item, (right(item)[0], "    " + right(item)[-1].strip()))
    assert verdict.misconception is None or verdict.misconception.startswith("rollback.3/")
    assert "What happened:" in verdict.feedback


def test_an_answer_of_one_line_has_no_order() -> None:
    with pytest.raises(ValueError, match="no lines to put in order"):
        make(exercises()["rollback.2"], "order", 1)
