"""How two values are related, said where it is so of every pair."""

import time

import pytest

from checks.judge.relations import relation
from checks.runner.values import encode


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([(3, 2), (11, 10)], "is one too high"),
        ([("v1", "v2"), ("v9", "v10")], "is one too low"),
        ([("v1", "v2"), ("v1", "v10")], "is too low"),
        ([(0.5, 0.25), (7.5, 7.25)], "is too high"),
        (
            [("Approved", "approved"), ("pending ", "pending")],
            "is the right text but for capitals and blanks",
        ),
        ([("app", "approved"), ("pend", "pending")], "is only a part of the right text"),
        ([([2, 1], [1, 2]), ([3, 2, 1], [1, 2, 3])], "holds the right things in the opposite order"),
        ([([2, 1, 3], [1, 2, 3]), ([2, 1], [1, 2])], "holds the right things, but in another order"),
        ([({"a": 1}, {"a": 2})], "has the right keys, but not everywhere the right value"),
        ([([], [1]), ((), (1,))], "is empty"),
        ([([1], [1, 2]), ({"a": 1}, {"a": 1, "b": 2})], "lacks something that belongs in it"),
        ([([1, 2], [1])], "has more in it than belongs there"),
        ([([1, 1], [1])], "has something in it twice"),
        ([([3], [1, 2]), ([4, 5], [6])], "holds nothing that belongs in it"),
        ([(3, 2), (9, 10)], ""),
        ([(10**17, 10**17 + 5)], "is too low"),
        ([("v3", 3), ("v4", 4)], ""),
        ([(float("nan"), 1.0)], ""),
    ],
)
def test_a_relation_is_told_where_every_pair_has_it(pairs: list[tuple[object, object]], told: str) -> None:
    assert relation([(encode(one), encode(other)) for one, other in pairs]) == told


def test_long_lists_cost_no_time() -> None:
    long, short = encode(list(range(9000))), encode([1])
    began = time.process_time()
    assert relation([(long, short)] * 300) == ""
    assert time.process_time() - began < 5, "looked into, they would take a minute"
