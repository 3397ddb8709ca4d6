"""The situations of lesson 1: histories of versions with their statuses, and the version that is current."""

from checks.exercise import Situation

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
    return Situation(given, {"model_versions": statuses, "current_version": current})


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
    )
