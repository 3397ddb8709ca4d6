"""Histories of versions, and what is true of them, for the situations of lesson 4.

Called by situations.py.
"""

from checks.exercise import Situation
from checks.lessons.shared.words import that_hold

#: Version → status.
Statuses = dict[str, str]


def named(name: str) -> Situation:
    """A version's name."""
    digits = name[1:]
    about = {
        **_digits(name),
        "a number has 16 digits or more": len(digits) > 15,
        "the number has a 0 in it": "0" in digits,
        "the number ends in 0": digits.endswith("0"),
        "a digit comes twice in the number": len({*digits}) < len(digits),
    }
    return Situation(f"the version `{name!r}`", after={"version": name}, about=that_hold(about))


def history(given: str, statuses: Statuses) -> Situation:
    """A history to sort."""
    about = {
        **_about(statuses),
        "not all versions are stable": {*statuses.values()} != {"stable"},
        "there is more than one version": len(statuses) > 1,
    }
    return Situation(given, {"model_versions": statuses}, about=that_hold(about))


def call(given: str, statuses: Statuses, current: str) -> Situation:
    """A history to roll back in from the current version."""
    stable = [number(version) for version, status in statuses.items() if status == "stable"]
    here = number(current)
    earlier = [number(version) for version in statuses if number(version) < here]
    targets = [each for each in stable if each < here]
    about = {
        **_about(statuses),
        "there are other statuses than stable and unstable": bool(
            {*statuses.values()} - {"stable", "unstable"}
        ),
        "no stable version comes before the current one": not targets,
        "exactly one stable version comes before the current one": len(targets) == 1,
        "several stable versions come before the current one": len(targets) > 1,
        "v1 is the one to go back to": bool(targets) and max(targets) == 1,
        "a version that is not stable comes just before the current one": bool(targets)
        and max(targets) != max(earlier),
        "the current version is not in the history": current not in statuses,
        "the current version is in the history": current in statuses,
        "the history is empty": not statuses,
        "the current version is stable itself": statuses.get(current) == "stable",
        "a stable version is newer than the current one": any(each > here for each in stable),
        "the version to go back to is not the last one written that is stable and older": bool(targets)
        and targets[-1] != max(targets),
    }
    after: dict[str, object] = {"history": statuses, "current": current}
    return Situation(given, after=after, about=that_hold(about))


def _about(statuses: Statuses) -> dict[str, bool]:
    numbers = list(map(number, statuses))
    return {
        **_digits(*statuses),
        "the dictionary is not in the order of the numbers": numbers != sorted(numbers),
        "the names sort otherwise as text than by their numbers": sorted(statuses)
        != sorted(statuses, key=number),
    }


def _digits(*versions: str) -> dict[str, bool]:
    longest = max((len(version) - 1 for version in versions), default=0)
    return {"a number has two digits or more": longest > 1, "a number has three digits or more": longest > 2}


def number(version: str) -> int:
    """Such as 10 for v10."""
    return int(version[1:])
