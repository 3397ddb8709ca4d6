"""Fewer of a situation's things, for the lessons' programs that make a situation smaller."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def fewer(things: Sequence[T]) -> Iterator[list[T]]:
    """One alone, two, and all but one; nothing that has as many."""
    places = range(len(things))
    few = [[n] for n in places] + [[n, m] for n in places for m in places if n < m]
    for kept in few + [[n for n in places if n != left_out] for left_out in places]:
        if len(kept) < len(things):
            yield [things[n] for n in kept]
