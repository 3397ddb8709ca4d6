"""The situations of lesson 1: histories of versions with their statuses, and the version that is current."""

from collections.abc import Iterator
from random import Random

from checks.exercise import Situation
from checks.lessons.shared.words import listed, that_hold

_STATUSES = {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"}


def nothing_set() -> tuple[Situation, ...]:
    return (Situation(""),)


def the_dictionary() -> tuple[Situation, ...]:
    return (Situation("the dictionary of step 1", {"model_versions": _STATUSES}),)


def histories() -> tuple[Situation, ...]:
    return (
        _history("v1 and v4 stable, v2 and v3 unstable, and v3 current", _STATUSES, "v3"),
        _history(
            "v1, v2 and v5 stable, v3 and v4 unstable, and v4 current",
            {"v1": "stable", "v2": "stable", "v3": "unstable", "v4": "unstable", "v5": "stable"},
            "v4",
        ),
        _history(
            "v1 unstable, v2, v3 and v4 stable, and v4 current",
            {"v1": "unstable", "v2": "stable", "v3": "stable", "v4": "stable"},
            "v4",
        ),
        # Against "the last stable but one", "all but the last" and a written `version < 'v4'`, which are
        # right in the three above: a stable version follows the current one and is not the last of all.
        _history(
            "v1, v2 and v3 stable, v4 unstable, and v2 current",
            {"v1": "stable", "v2": "stable", "v3": "stable", "v4": "unstable"},
            "v2",
        ),
    )


def _history(given: str, statuses: dict[str, str], current: str) -> Situation:
    before: dict[str, object] = {"model_versions": statuses, "current_version": current}
    return Situation(given, before, about=that_hold(_about(statuses, current)))


def _about(statuses: dict[str, str], current: str) -> dict[str, bool]:
    stable = [version for version, status in statuses.items() if status == "stable"]
    before = [version for version in statuses if version < current]
    targets = _targets(statuses, current)
    return {
        "the current version is stable itself": current in stable,
        "a stable version is newer than the current one": any(version > current for version in stable),
        "an unstable version comes just before the current one": before[-1] not in stable,
        "exactly one stable version comes before the current one": len(targets) == 1,
        "more than one stable version comes before the current one": len(targets) > 1,
        "v1 is the one to go back to": targets[-1] == "v1",
        "v1 is not the one to go back to": targets[-1] != "v1",
        "the current version is not the last one": current != list(statuses)[-1],
        "the numbers of the versions have several digits": len(current) > len("v1"),
    }


def found_versions() -> tuple[Situation, ...]:
    return (
        _found(_STATUSES, "v3", "v1"),
        _found({"v1": "stable", "v2": "stable", "v3": "unstable"}, "v3", "v2"),
        _found({"v6": "stable", "v7": "stable", "v8": "unstable"}, "v8", "v7"),
    )


def _found(statuses: dict[str, str], current: str, version: str) -> Situation:
    return Situation(
        f"`rollback_version` set to `{version!r}`",
        {"model_versions": statuses, "current_version": current, "rollback_version": version},
        about=that_hold(_about(statuses, current)),
    )


# ── made from a seed ──────────────────────────────────────────────────────────────────────────────────


def a_history(random: Random) -> Situation:
    """Some versions in order, as step 3 asks for; a stable version comes before the current one."""
    return _described(*_drawn(random, (1, 1, 1, 2, 3)))


def _drawn(random: Random, digits: tuple[int, ...]) -> tuple[dict[str, str], str]:
    """A history, and which version is current. All numbers have as many digits: texts compare as they do."""
    while True:
        numbers = sorted(random.sample(range(1, 10), random.randint(2, 9)))
        if random.random() < 0.5:
            numbers = list(range(1, len(numbers) + 1))
        share = random.choice((0.3, 0.5, 0.8))
        statuses = {f"v{n}": "stable" if random.random() < share else "unstable" for n in numbers}
        current = random.choice(list(statuses))
        if _targets(statuses, current):
            break
    # Against comparing one digit alone, and counting up from 1 to 9.
    further = _before_all_of(random, random.choice(digits))
    moved = {version: f"v{number + further}" for version, number in zip(statuses, numbers, strict=True)}
    return {moved[version]: status for version, status in statuses.items()}, moved[current]


def _before_all_of(random: Random, digits: int) -> int:
    """A number such that the nine numbers after it have so many digits."""
    return random.randint(10 ** (digits - 1), 10**digits - 9) - 1 if digits > 1 else 0


def smaller_histories(situation: Situation) -> Iterator[Situation]:
    """The same history with all but two versions taken out, and with one version taken out."""
    statuses = situation.before["model_versions"]
    current = str(situation.before["current_version"])
    assert isinstance(statuses, dict)
    others = [version for version in statuses if version != current]
    few = [{one, current} for one in others] + [{*statuses} - {one} for one in others]
    for kept in few:
        fewer = {version: status for version, status in statuses.items() if version in kept}
        if len(fewer) < len(statuses) and _targets(fewer, current):
            yield _described(fewer, current)


def _targets(statuses: dict[str, str], current: str) -> list[str]:
    return [version for version, status in statuses.items() if status == "stable" and version < current]


def _described(statuses: dict[str, str], current: str) -> Situation:
    stable = [version for version, status in statuses.items() if status == "stable"]
    others = [version for version in statuses if version not in stable]
    unstable = f"{listed(others)} unstable" if others else ""
    parts = [f"{listed(stable)} stable", unstable, f"and {current} current"]
    return _history(", ".join(filter(None, parts)), statuses, current)


def a_version_found(random: Random) -> Situation:
    """What step 3 finds in a history, whose versions have up to four digits."""
    statuses, current = _drawn(random, (1, 2, 3, 4))
    return _found(statuses, current, _targets(statuses, current)[-1])
