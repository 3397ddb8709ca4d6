"""Where an answer's outcomes differ from the reference's, in what the exercise compares.

Called by the judge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checks.exercise import Compared, Printed, RegistryState, Runnable, Situation
from checks.markdown import code
from checks.runner import Outcome, State
from checks.runner.values import same


@dataclass(frozen=True)
class Difference:
    """The first situation on which an answer and the reference differ, and in what."""

    situation: Situation
    came: Outcome
    expected: Outcome
    compared: Compared | None  # None: they ended differently


def first_difference(exercise: Runnable, outcomes: list[Outcome], wanted: list[Outcome]) -> Difference | None:
    """Situations are listed from the smallest, so the first difference is the smallest counterexample."""
    for situation, came, expected in zip(exercise.situations, outcomes, wanted, strict=True):
        if _ending(came) != _ending(expected):
            return Difference(situation, came, expected, None)
        for compared in exercise.compares:
            if not agree(compared, came, expected):
                return Difference(situation, came, expected, compared)
    return None


def agree(compared: Compared, one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are the same in one thing that is compared."""
    if isinstance(compared, Printed):
        return tidy(one.printed) == tidy(other.printed)
    if isinstance(compared, RegistryState):
        return not differences(compared, one.registry, other.registry)
    a, b = one.values.get(compared.name), other.values.get(compared.name)
    if a is None or b is None:
        return a is b
    return same(a, b, ordered=compared.ordered)


def differences(compared: RegistryState, came: State | None, expected: State | None) -> list[str]:
    """What differs between two registries in what is compared, a sentence's part each (Markdown)."""
    one, other = came or State({}), expected or State({})
    found = [f"version {number} should still be there" for number in other.stages if number not in one.stages]
    found += [f"there should be no version {number}" for number in one.stages if number not in other.stages]
    both = [number for number in other.stages if number in one.stages]
    for number in both if compared.stages else ():
        if one.stages[number] != other.stages[number]:
            is_, should = code(one.stages[number]), code(other.stages[number])
            found.append(f"version {number} should be in {should}; it is in {is_}")
    for alias in sorted({*one.aliases, *other.aliases}) if compared.aliases else ():
        found += _contrast(
            f"the alias {code(alias)}", "on version {}", one.aliases.get(alias), other.aliases.get(alias)
        )
    for number in both:
        mine, yours = one.tags.get(number, {}), other.tags.get(number, {})
        found += _tags(f"of version {number}", compared.tags, mine, yours)
    return [*found, *_tags("of the model", compared.model_tags, one.model_tags, other.model_tags)]


def _tags(
    whose: str, keys: Iterable[str], came: Mapping[str, str], expected: Mapping[str, str]
) -> Iterable[str]:
    for key in keys:
        is_, should = (code(tags[key]) if key in tags else None for tags in (came, expected))
        yield from _contrast(f"the tag {code(key)} {whose}", "{}", is_, should)


def _contrast(what: str, how: str, came: object, expected: object) -> Iterable[str]:
    if came == expected:
        return
    if expected is None:
        yield f"{what} should not be there; it is {how.format(came)}"
    elif came is None:
        yield f"{what} should be {how.format(expected)}; there is none"
    else:
        yield f"{what} should be {how.format(expected)}; it is {how.format(came)}"


def tidy(printed: str) -> str:
    """Printed text without the white space that nobody sees."""
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


def end_alike(compares: Iterable[Compared], outcomes: list[Outcome], others: list[Outcome]) -> bool:
    """Whether two answers came out the same way in every situation, errors included."""
    return all(
        _ending(one) == _ending(other) and all(agree(compared, one, other) for compared in compares)
        for one, other in zip(outcomes, others, strict=True)
    )


def _ending(outcome: Outcome) -> tuple[str, str | None]:
    return outcome.ended, outcome.raised.type if outcome.raised else None
