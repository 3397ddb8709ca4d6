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
    "v3, v1, v4 and v2 written in this order, v3 and v1 stable, and v4 current",
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

#: More versions than so many take too long to be tried two by two.
_MANY = 12


def a_name(random: Random) -> Situation:
    # Some are larger than what a float can hold.
    digits = random.randint(1, 5) if random.random() < 0.9 else random.randint(6, 30)
    return named(f"v{random.randrange(10 ** (digits - 1), 10**digits)}")


def a_history_to_sort(random: Random) -> Situation:
    return _described_history(_statuses(random, _count(random), most=20_000))


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
    count = _count(random) if random.random() > 0.01 else 0
    statuses = _statuses(random, count, stable=random.choice((0.1, 0.5, 0.9)))
    numbers = sorted(map(number, statuses))
    if not numbers or random.random() < 0.1:
        # Often just after one of them, or after all.
        nearby = [each + 1 for each in numbers if each + 1 not in numbers]
        current = random.choice((*nearby, random.randint(1, max(numbers, default=1) + 1)))
    else:
        current = random.choice(numbers)
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
    parts = [f"{listed(stable)} stable"] if stable else [] if statuses else ["an empty history"]
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


def _count(random: Random) -> int:
    """How many versions; now and then more than a list that was made for a dozen holds, or for a hundred."""
    return random.randint(*random.choices(((1, 12), (13, 30), (101, 130)), (95, 4, 1))[0])


def _statuses(random: Random, count: int, stable: float = 0.5, most: int = 130_000) -> Statuses:
    """So many versions with gaps between them, in any order, about this share of them stable."""
    # No larger ones: whoever counts from the first number to the last is right too, and takes his time.
    highest = min(most, 10 ** random.randint(1, 4) + count) if random.random() > 0.02 else most
    versions = [f"v{number}" for number in random.sample(range(1, highest), count)]
    if random.random() < 0.3:
        versions.sort(key=number)
    others = ["unstable"] * 12 + [
        "",
        "retired",
        "testing",
        "Stable",
        "stable-candidate",
        " stable",
        "stable ",
        "stables",
        "stabl",
        "STABLE",
        "broken",
    ]
    return {version: "stable" if random.random() < stable else random.choice(others) for version in versions}


def _with_fewer(statuses: Statuses) -> Iterator[Statuses]:
    """The same with one version alone, with two, and with one less; many are halved first."""
    several = list(statuses)
    if len(several) > _MANY:
        half = len(several) // 2
        for part in (several[:half], several[half:]):
            yield {version: statuses[version] for version in part}
    for version in several if len(several) > 1 else ():
        yield {version: statuses[version]}
    if 3 < len(several) <= _MANY:
        pairs = [(one, other) for one in statuses for other in statuses if one < other]
        for pair in pairs[:40]:
            yield {version: status for version, status in statuses.items() if version in pair}
    if len(statuses) > 2:
        for dropped in statuses:
            yield {version: status for version, status in statuses.items() if version != dropped}


def _mapping(value: object) -> Statuses:
    assert isinstance(value, dict)
    return value
