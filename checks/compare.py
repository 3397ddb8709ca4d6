"""Where an answer's outcomes differ from the reference's, in what the exercise compares.

Called by the judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.exercise import Compared, FillIn, Printed, RegistryState, Scenario, Step
from checks.runner import Outcome
from checks.runner.values import same


@dataclass(frozen=True)
class Difference:
    """The first scenario on which an answer and the reference differ, and in what."""

    scenario: Scenario
    came: Outcome
    expected: Outcome
    compared: Compared | None  # None: they ended differently


def first_difference(
    exercise: Step | FillIn, outcomes: list[Outcome], wanted: list[Outcome]
) -> Difference | None:
    """Scenarios are listed from the smallest, so the first difference is the smallest counterexample."""
    for scenario, came, expected in zip(exercise.scenarios, outcomes, wanted, strict=True):
        if _ending(came) != _ending(expected):
            return Difference(scenario, came, expected, None)
        for compared in exercise.compares:
            if not agree(compared, came, expected):
                return Difference(scenario, came, expected, compared)
    return None


def agree(compared: Compared, one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are the same in one thing that is compared."""
    if isinstance(compared, Printed):
        return tidy(one.printed) == tidy(other.printed)
    if isinstance(compared, RegistryState):
        return one.registry == other.registry
    a, b = one.values.get(compared.name), other.values.get(compared.name)
    if a is None or b is None:
        return a is b
    return same(a, b, ordered=compared.ordered)


def tidy(printed: str) -> str:
    """Printed text without the white space that nobody sees."""
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


def end_alike(compares: Iterable[Compared], outcomes: list[Outcome], others: list[Outcome]) -> bool:
    """Whether two answers came out the same way in every scenario, errors included."""
    return all(
        _ending(one) == _ending(other) and all(agree(compared, one, other) for compared in compares)
        for one, other in zip(outcomes, others, strict=True)
    )


def _ending(outcome: Outcome) -> tuple[str, str | None]:
    return outcome.ended, outcome.raised.type if outcome.raised else None
