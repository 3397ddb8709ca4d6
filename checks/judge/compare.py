"""Where an answer's outcomes differ from the reference's, in what the exercise compares.

Called by the judge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checks.catalogue import later, tr
from checks.exercise import Compared, Keys, Printed, RegistryState, Runnable, Situation, Variable
from checks.markdown import code
from checks.runner import Outcome, State
from checks.runner.values import TOO_LARGE, Value, canonical, show


@dataclass(frozen=True)
class Difference:
    """A situation in which an answer and the reference differ, and in what."""

    situation: Situation
    came: Outcome
    expected: Outcome
    compared: Compared | None  # None: they ended differently


def difference(
    exercise: Runnable, situation: Situation, came: Outcome, expected: Outcome
) -> Difference | None:
    """The first thing in which two outcomes differ; None where they are the same in all that is compared."""
    if not _end_alike(came, expected):
        return Difference(situation, came, expected, None)
    for compared in exercise.compares:
        if not agree(compared, came, expected):
            return Difference(situation, came, expected, compared)
    return None


def same(exercise: Runnable, one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes agree in everything that is compared."""
    return _end_alike(one, other) and all(agree(compared, one, other) for compared in exercise.compares)


def agree(compared: Compared, one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes are the same in one thing that is compared."""
    if isinstance(compared, Variable):
        value = one.values.get(compared.name)
        if value is other.values.get(compared.name):  # most are: what reads alike is read once
            return value is not TOO_LARGE
    return _part(compared, one) == _part(compared, other)


def what_counts(exercise: Runnable, outcome: Outcome) -> tuple[object, ...]:
    """All of an outcome that is compared: equal for two outcomes that agree in everything."""
    return (_ending(outcome), *(_part(compared, outcome) for compared in exercise.compares))


def _part(compared: Compared, outcome: Outcome) -> object:
    if isinstance(compared, Printed):
        return tidy(outcome.printed)
    if isinstance(compared, RegistryState):
        held = outcome.registry or State({})
        return [
            _state(compared, held),
            *((name, _state(compared, held.others[name])) for name in held.others),
        ]
    value = outcome.values.get(compared.name)
    if value is None:
        return None
    return canonical(_endings(value) if compared.calls else value, compared.ordered)


def _endings(calls: Value) -> Value:
    match calls:
        case ("list", tuple(items)):
            return ("list", tuple(map(_ending_of, items)))
    return calls


def _ending_of(call: Value) -> Value:
    """How a call ended, without what is only told of an exception: its line and what it says."""
    match call:
        case ("tuple", (how, what, *_)):
            return ("tuple", (how, what))
    return call


def _alike(one: Value, other: Value) -> bool:
    """Whether two calls ended in the same way."""
    return canonical(_ending_of(one), True) == canonical(_ending_of(other), True)


def wrong_calls(compared: Variable, came: Outcome, expected: Outcome) -> list[tuple[int, Value, Value]]:
    """The calls that ended otherwise than they should: which (from 0), how it ended, how it should have."""
    ended, should = (_calls(outcome.values.get(compared.name)) for outcome in (came, expected))
    pairs = zip(ended, should, strict=False)
    return [(place, one, other) for place, (one, other) in enumerate(pairs) if not _alike(one, other)]


def _calls(value: Value | None) -> tuple[Value, ...]:
    match value:
        case ("list", tuple(calls)):
            return calls
    return ()


_OUGHT = later("return {value}"), later("raise {error}"), later("go through")
_ENDS = later("returns {value}"), later("raises {error}"), later("goes through")


def ought(ending: Value) -> str:
    """How a call should end, such as "return `1`"."""
    return _in_words(ending, *_OUGHT)


def ends(ending: Value) -> str:
    """How a call ends, such as "returns `1`" or "raises `ValueError`"."""
    return _in_words(ending, *_ENDS)


def _in_words(ending: Value, returns: str, raises: str, through: str) -> str:
    match ending:
        case ("tuple", (("str", "returns"), tuple(value))):
            return tr(returns, value=code(show(value)))
        case ("tuple", (("str", "raises"), ("str", str(kind)), *_)):
            return tr(raises, error=code(kind))
    return tr(through)


def _state(compared: RegistryState, state: State) -> object:
    return (
        sorted(state.stages.items()) if compared.stages else sorted(state.stages),
        sorted(state.aliases.items()) if compared.aliases else None,
        [(number, counted(compared.tags, state.tags.get(number, {}))) for number in sorted(state.stages)],
        counted(compared.model_tags, state.model_tags),
        sorted(state.descriptions.items()) if compared.descriptions else None,
    )


def counted(keys: Keys, tags: Mapping[str, str]) -> list[tuple[str, str]]:
    """The tags that count, in order."""
    return sorted((key, tags[key]) for key in (tags if keys == "all" else keys) if key in tags)


@dataclass(frozen=True)
class Change:
    """One thing in which a registry is not as it should be: a sentence's part (Markdown), and of which kind.

    The kind is the same for every version's number and every value, so that cases can be told together.
    """

    says: str
    kind: str


def differences(compared: RegistryState, came: State | None, expected: State | None) -> list[Change]:
    """What differs between two registries in what is compared."""
    one, other = came or State({}), expected or State({})
    found = _differences(compared, one, other)
    for name in sorted({*one.others, *other.others}):
        if name not in one.others:
            told = tr("the other model {name} should still be there", name=code(name))
            found.append(Change(told, tr("another model is gone")))
        elif name not in other.others:
            told = tr("there should be no model {name}", name=code(name))
            found.append(Change(told, tr("there is a model too many")))
        else:
            parts = _differences(compared, one.others[name], other.others[name])
            for part in parts:
                told = tr("of the other model {name}, {part}", name=code(name), part=part.says)
                found.append(Change(told, tr("another model is changed")))
    return found


def _differences(compared: RegistryState, one: State, other: State) -> list[Change]:
    found = [
        Change(
            tr("version {number} should still be there", number=number),
            tr("a version is gone that should still be there"),
        )
        for number in other.stages
        if number not in one.stages
    ]
    found += [
        Change(tr("there should be no version {number}", number=number), tr("there is a version too many"))
        for number in one.stages
        if number not in other.stages
    ]
    both = [number for number in other.stages if number in one.stages]
    for number in both if compared.stages else ():
        if one.stages[number] != other.stages[number]:
            is_, should = code(one.stages[number]), code(other.stages[number])
            told = tr(
                "version {number} should be in {should}; it is in {stage}",
                number=number,
                should=should,
                stage=is_,
            )
            found.append(Change(told, tr("a version is in another stage than it should be")))
    for alias in sorted({*one.aliases, *other.aliases}) if compared.aliases else ():
        is_on, should_be = (_on(each.aliases.get(alias)) for each in (one, other))
        what = tr("the alias {alias}", alias=code(alias))
        found += _contrast(what, is_on, should_be, what, elsewhere=True)
    for number in both:
        mine, yours = one.tags.get(number, {}), other.tags.get(number, {})
        found += _tags(number, compared.tags, mine, yours)
        if compared.descriptions:
            says, said = (_coded(each.descriptions.get(number)) for each in (one, other))
            what = tr("the description of version {number}", number=number)
            found += _contrast(what, says, said, tr("the description of a version"))
    return [*found, *_tags(None, compared.model_tags, one.model_tags, other.model_tags)]


def _tags(
    number: int | None, keys: Keys, came: Mapping[str, str], expected: Mapping[str, str]
) -> Iterable[Change]:
    """What differs in the tags of a version, or of the model where that has no number."""
    for key in sorted({*came, *expected}) if keys == "all" else keys:
        is_, should = (_coded(tags.get(key)) for tags in (came, expected))
        if number is None:
            what = kind = tr("the tag {key} of the model", key=code(key))
        else:
            what = tr("the tag {key} of version {number}", key=code(key), number=number)
            kind = tr("the tag {key} of a version", key=code(key))
        yield from _contrast(what, is_, should, kind)


def _on(version: int | None) -> str | None:
    return None if version is None else tr("on version {number}", number=version)


def _coded(text: str | None) -> str | None:
    """A note as it is told; one that says "None" would read as none at all."""
    if text is None:
        return None
    return tr("the text {text}", text=code(text)) if text == "None" else code(text)


def _contrast(
    what: str, came: str | None, expected: str | None, kind: str, *, elsewhere: bool = False
) -> Iterable[Change]:
    """What is otherwise, and of which `kind`; `elsewhere` where it is a place that differs."""
    if came == expected:
        return
    if expected is None:
        told = tr("{what} should not be there; it is {came}", what=what, came=came)
        yield Change(told, tr("{what} is there and should not be", what=kind))
    elif came is None:
        told = tr("{what} should be {expected}; there is none", what=what, expected=expected)
        yield Change(told, tr("{what} is missing", what=kind))
    else:
        told = tr("{what} should be {expected}; it is {came}", what=what, expected=expected, came=came)
        is_another = (
            tr("{what} is elsewhere than it should be", what=kind)
            if elsewhere
            else tr("{what} is another than it should be", what=kind)
        )
        yield Change(told, is_another)


def tidy(printed: str) -> str:
    """Printed text without the white space that nobody sees."""
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


def _end_alike(one: Outcome, other: Outcome) -> bool:
    return _ending(one) == _ending(other)


def _ending(outcome: Outcome) -> tuple[str, str | None]:
    return outcome.ended, outcome.raised.type if outcome.raised else None
