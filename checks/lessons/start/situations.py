"""The situations of lesson 0."""

from checks.exercise import Situation


def nothing_set() -> tuple[Situation, ...]:
    return (Situation(""),)


def a_model_name() -> tuple[Situation, ...]:
    return tuple(
        Situation(f"`model_name` set to `{name!r}`", {"model_name": name}) for name in ("MyModel", "Forecast")
    )
