"""A cache for functions of one thing that has no hash, such as a situation with dictionaries in it.

Called by the wire and by the judge, for what is worked out of the same situations again and again.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: More than all the situations of a lesson's exercises.
_KEPT = 2048


class _Itself:
    """A key for a thing: the same for that thing alone, as what equals it may differ (`1` and `True`)."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.thing is other.thing


def once_for_each(function: Callable[[T], R]) -> Callable[[T], R]:
    """The function, called once for each thing; for things that nobody changes."""

    @lru_cache(maxsize=_KEPT)
    def known(key: _Itself) -> R:
        return function(key.thing)  # type: ignore[arg-type]

    @wraps(function)
    def call(thing: T) -> R:
        return known(_Itself(thing))

    return call
