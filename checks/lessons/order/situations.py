"""The situations of lesson 4: histories in any order, with versions beyond v9, and some with nothing left."""

from checks.exercise import Situation

Statuses = dict[str, str]


def names() -> tuple[Situation, ...]:
    return tuple(
        Situation(f"the version `{name!r}`", after={"version": name})
        for name in ("v9", "v10", "v123", "v101")
    )


def to_sort() -> tuple[Situation, ...]:
    return (
        _history("v1, v2 and v10 in the history", {"v1": "unstable", "v2": "stable", "v10": "stable"}),
        _history(
            "v3, v1, v12 and v4 in the history, in that order",
            {"v3": "stable", "v1": "stable", "v12": "stable", "v4": "unstable"},
        ),
        _history("v7 alone in the history", {"v7": "stable"}),
    )


def _history(given: str, statuses: Statuses) -> Situation:
    return Situation(given, {"model_versions": statuses})


def _call(given: str, statuses: Statuses, current: str) -> Situation:
    return Situation(given, after={"history": statuses, "current": current})


_ALL = _call("v1, v2 and v3 stable, and v3 current", {"v1": "stable", "v2": "stable", "v3": "stable"}, "v3")
_TEN = _call(
    "v1 to v9 stable, v10 unstable and current",
    dict.fromkeys((f"v{number}" for number in range(1, 10)), "stable") | {"v10": "unstable"},
    "v10",
)
_SHUFFLED = _call(
    "v3 and v1 stable, v4 and v2 unstable, written in that order, and v4 current",
    {"v3": "stable", "v1": "stable", "v4": "unstable", "v2": "unstable"},
    "v4",
)
_NEWER = _call(
    "v12, v10, v9 and v2 stable, v11 unstable and current",
    {"v12": "stable", "v10": "stable", "v9": "stable", "v11": "unstable", "v2": "stable"},
    "v11",
)


def to_roll_back() -> tuple[Situation, ...]:
    return (
        _call(
            "v1 and v4 stable, v2 and v3 unstable, and v3 current",
            {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"},
            "v3",
        ),
        _ALL,
        _SHUFFLED,
        _TEN,
        _NEWER,
    )


def perhaps_nothing_left() -> tuple[Situation, ...]:
    return (
        _ALL,
        _TEN,
        _SHUFFLED,
        _call("v1 and v2 unstable, and v2 current", {"v1": "unstable", "v2": "unstable"}, "v2"),
        _call("v1 alone, stable and current", {"v1": "stable"}, "v1"),
        _call(
            "v1 and v2 unstable, v3 stable, and v2 current",
            {"v1": "unstable", "v2": "unstable", "v3": "stable"},
            "v2",
        ),
        _NEWER,
        _call(
            "v4 and v3 stable, v2 and v1 unstable, and v3 current",
            {"v4": "stable", "v2": "unstable", "v3": "stable", "v1": "unstable"},
            "v3",
        ),
    )


def packages() -> tuple[Situation, ...]:
    return (
        Situation("1.9.0 and 1.10.0", {"versions": ["1.9.0", "1.10.0"]}),
        Situation("2.0.0 and 1.99.99", {"versions": ["2.0.0", "1.99.99"]}),
    )
