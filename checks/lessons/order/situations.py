"""The situations of lesson 4: histories in any order, with versions beyond v9, and some with nothing left."""

from collections.abc import Iterator
from random import Random

from checks.exercise import Situation
from checks.lessons.order.histories import Statuses, call, history, named, number
from checks.lessons.shared.words import listed


def names() -> tuple[Situation, ...]:
    return tuple(map(named, ("v9", "v10", "v123", "v101")))


def to_sort() -> tuple[Situation, ...]:
    return (
        history("v1, v2 and v10 in the history", {"v1": "unstable", "v2": "stable", "v10": "stable"}),
        history(
            "v3, v1, v12 and v4 in the history, in that order",
            {"v3": "stable", "v1": "stable", "v12": "stable", "v4": "unstable"},
        ),
        history("v7 alone in the history", {"v7": "stable"}),
    )


_ALL = call("v1, v2 and v3 stable, and v3 current", {"v1": "stable", "v2": "stable", "v3": "stable"}, "v3")
_TEN = call(
    "v1 to v9 stable, v10 unstable and current",
    dict.fromkeys((f"v{each}" for each in range(1, 10)), "stable") | {"v10": "unstable"},
    "v10",
)
_SHUFFLED = call(
    "v3 and v1 stable, v4 and v2 unstable, written in that order, and v4 current",
    {"v3": "stable", "v1": "stable", "v4": "unstable", "v2": "unstable"},
    "v4",
)
_NEWER = call(
    "v12, v10, v9 and v2 stable, v11 unstable and current",
    {"v12": "stable", "v10": "stable", "v9": "stable", "v11": "unstable", "v2": "stable"},
    "v11",
)
_MISSING = call(
    "v1 stable, v2 unstable, and v4 current, which is not in the history",
    {"v1": "stable", "v2": "unstable"},
    "v4",
)


def to_roll_back() -> tuple[Situation, ...]:
    return (
        call(
            "v1 and v4 stable, v2 and v3 unstable, and v3 current",
            {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"},
            "v3",
        ),
        _ALL,
        _SHUFFLED,
        _TEN,
        _NEWER,
        _MISSING,
    )


def perhaps_nothing_left() -> tuple[Situation, ...]:
    return (
        _ALL,
        _TEN,
        _SHUFFLED,
        call("v1 and v2 unstable, and v2 current", {"v1": "unstable", "v2": "unstable"}, "v2"),
        call("v1 alone, stable and current", {"v1": "stable"}, "v1"),
        call(
            "v1 and v2 unstable, v3 stable, and v2 current",
            {"v1": "unstable", "v2": "unstable", "v3": "stable"},
            "v2",
        ),
        _NEWER,
        call(
            "v4 and v3 stable, v2 and v1 unstable, and v3 current",
            {"v4": "stable", "v2": "unstable", "v3": "stable", "v1": "unstable"},
            "v3",
        ),
        _MISSING,
    )


def packages() -> tuple[Situation, ...]:
    return (
        Situation("1.9.0 and 1.10.0", {"versions": ["1.9.0", "1.10.0"]}),
        Situation("2.0.0 and 1.99.99", {"versions": ["2.0.0", "1.99.99"]}),
    )


# ── made from a seed ──────────────────────────────────────────────────────────────────────────────────


def a_name(random: Random) -> Situation:
    digits = random.randint(1, 5)
    number = random.randrange(10 ** (digits - 1), 10**digits)
    # Some are larger than what a float can hold.
    return named(f"v{number}" if random.random() > 0.02 else f"v{10**17 + number}")


def a_history_to_sort(random: Random) -> Situation:
    statuses = _statuses(random, random.randint(1, 12))
    return _described_history(statuses)


def smaller_to_sort(situation: Situation) -> Iterator[Situation]:
    for statuses in _with_fewer(dict(_mapping(situation.before["model_versions"]))):
        yield _described_history(statuses)


def _described_history(statuses: Statuses) -> Situation:
    return history(f"{listed(list(statuses))} in the history, in that order", statuses)


def a_history_with_a_target(random: Random) -> Situation:
    while True:
        situation = a_history(random)
        if "no stable version comes before the current one" not in situation.about:
            return situation


def a_history(random: Random) -> Situation:
    """A history in any order; the current version is one of it, or, now and then, none of it."""
    statuses = _statuses(random, random.randint(1, 12), stable=random.choice((0.1, 0.5, 0.9)))
    numbers = sorted(map(number, statuses))
    current = random.choice(numbers)
    if random.random() < 0.1:
        current = random.choice((numbers[-1] + 1, numbers[0] + 1))
    return _described_call(statuses, f"v{current}")


def smaller_histories(situation: Situation) -> Iterator[Situation]:
    current = str(situation.after["current"])
    for statuses in _with_fewer(dict(_mapping(situation.after["history"]))):
        yield _described_call(statuses, current)


def smaller_with_a_target(situation: Situation) -> Iterator[Situation]:
    for each in smaller_histories(situation):
        if "no stable version comes before the current one" not in each.about:
            yield each


def _described_call(statuses: Statuses, current: str) -> Situation:
    stable = [version for version, status in statuses.items() if status == "stable"]
    parts = [f"{listed(stable)} stable"] if stable else []
    for other in sorted({*statuses.values()} - {"stable"}):
        of_this = [version for version, status in statuses.items() if status == other]
        parts.append(f"{listed(of_this)} {_told(other)}")
    written = (
        ""
        if list(statuses) == sorted(statuses, key=number)
        else f", written in the order {listed(list(statuses))}"
    )
    return call(f"{', '.join(parts)}{written}, and {current} current", statuses, current)


def _told(status: str) -> str:
    """A status as it reads in a sentence; a blank at its end shows only in quotes."""
    if not status:
        return "without a status"
    return status if status == status.strip() else repr(status)


def _statuses(random: Random, count: int, stable: float = 0.5) -> Statuses:
    """So many versions with gaps between them, in any order, about this share of them stable."""
    most = 10 ** random.randint(1, 4) + count
    versions = [f"v{number}" for number in random.sample(range(1, most), count)]
    if random.random() < 0.3:
        versions.sort(key=number)
    others = ["unstable"] * 12 + [
        "",
        "retired",
        "testing",
        "Stable",
        "stable-candidate",
        " stable",
        "stables",
    ]
    return {version: "stable" if random.random() < stable else random.choice(others) for version in versions}


def _with_fewer(statuses: Statuses) -> Iterator[Statuses]:
    """The same with one version alone, with two, and with one less."""
    for kept in ([version] for version in statuses):
        if len(statuses) > 1:
            yield {version: statuses[version] for version in kept}
    if len(statuses) > 3:
        pairs = [(one, other) for one in statuses for other in statuses if one < other]
        for pair in pairs[:40]:
            yield {version: status for version, status in statuses.items() if version in pair}
    if len(statuses) > 2:
        for dropped in statuses:
            yield {version: status for version, status in statuses.items() if version != dropped}


def _mapping(value: object) -> Statuses:
    assert isinstance(value, dict)
    return value
