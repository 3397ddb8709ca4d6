"""How two values are related: one too high, the same in another order, a part of the other.

Called by instead, which asks it of what an answer gave and of what is right.
"""

import re
from collections.abc import Callable, Sequence

from checks.catalogue import later, tr
from checks.runner.values import Value, canonical

_NUMBERED = re.compile(r"\D*(\d{1,40})(?!\d)")
#: Lists with more in them are not looked into: there are hundreds of cases, and a learner waits.
_MOST = 200


def relation(pairs: Sequence[tuple[Value, Value]]) -> str:
    """How the first of each pair is related to the second, the same way each time; completes "it …"."""
    if any(len(items(value)) > _MOST for pair in pairs for value in pair):
        return ""
    return next((tr(words) for words, holds in _RELATIONS if all(holds(*pair) for pair in pairs)), "")


def items(value: Value) -> tuple[Value, ...]:
    """The items of a list and the keys of a dictionary, in order."""
    match value:
        case ("list" | "tuple" | "set", tuple(items)):
            return items
        case ("dict", tuple(pairs)):
            return tuple(key for key, _ in pairs)
    return ()


def _number(value: Value) -> int | float | None:
    """The number that a value is, or begins with after its letters, such as 10 for `v10`."""
    match value:
        case ("int", str(text)):
            return int(text)
        case ("float", str(text)):
            return float(text)
        case ("str", str(text)) if found := _NUMBERED.match(text):
            return int(found[1])
    return None


def _by(test: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    def holds(one: Value, other: Value) -> bool:
        mine, right = _number(one), _number(other)
        return one[0] == other[0] and mine is not None and right is not None and test(mine, right)

    return holds


def _texts(test: Callable[[str, str], bool]) -> Callable[[Value, Value], bool]:
    def holds(one: Value, other: Value) -> bool:
        match one, other:
            case ("str", str(mine)), ("str", str(right)):
                return bool(mine) and test(mine.strip().lower(), right.strip().lower())
        return False

    return holds


def _keys(value: Value) -> set[str]:
    return {repr(canonical(item, True)) for item in items(value)}


def _many(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool]:
    return lambda one, other: (
        one[0] == other[0] and one[0] in ("list", "tuple", "set", "dict") and test(one, other)
    )


#: From the most telling: what came and what is right, and how the two are related.
_RELATIONS: tuple[tuple[str, Callable[[Value, Value], bool]], ...] = (
    (later("is the right text but for capitals and blanks"), _texts(lambda one, other: one == other)),
    (later("holds the right text and more"), _texts(lambda one, other: other in one)),
    (later("is only a part of the right text"), _texts(lambda one, other: one in other)),
    (later("is one too high"), _by(lambda one, other: one == other + 1)),
    (later("is one too low"), _by(lambda one, other: one == other - 1)),
    (later("is too low"), _by(lambda one, other: one < other)),
    (later("is too high"), _by(lambda one, other: one > other)),
    (
        later("holds the right things in the opposite order"),
        _many(lambda one, other: one[0] == "list" and items(one) == items(other)[::-1]),
    ),
    (
        later("holds the right things, but in another order"),
        _many(
            lambda one, other: (
                one[0] == "list" and sorted(map(repr, items(one))) == sorted(map(repr, items(other)))
            )
        ),
    ),
    (
        later("has the right keys, but not everywhere the right value"),
        _many(lambda one, other: one[0] == "dict" and _keys(one) == _keys(other)),
    ),
    (later("is empty"), _many(lambda one, other: not items(one))),
    (later("lacks something that belongs in it"), _many(lambda one, other: _keys(one) < _keys(other))),
    (later("has more in it than belongs there"), _many(lambda one, other: _keys(one) > _keys(other))),
    (
        later("has something in it twice"),
        _many(lambda one, other: _keys(one) == _keys(other) and len(items(one)) > len(items(other))),
    ),
    (later("holds nothing that belongs in it"), _many(lambda one, other: not _keys(one) & _keys(other))),
)
