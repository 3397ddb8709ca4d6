"""Whether a situation that somebody typed can be one of a step's: made of what its own are made of.

Called by `breaking`. What a text, a number or an entry may be is learned from the situations that the step
names and makes, of which there are hundreds: nobody has to write it down. What they do not show, as that one
value has to fit another, the step's own `possible` says.
"""

import re
from collections.abc import Iterator, Sequence

from checks.catalogue import tr
from checks.exercise import Model, Situation, Step
from checks.judge.situations import made
from checks.markdown import code
from checks.practice import given_values

_NUMBER = re.compile(r"\d+")
#: Where so many kinds of text come, any may.
_FREE = 40
#: How much larger than the largest it may be.
_LARGER = 2


def impossible(step: Step, given: Situation) -> str:
    """Why it is none, as a sentence; "" where it can be one."""
    known = [*step.situations, *made(step)]
    for name, value in given_values(given).items():
        seen = [each[name] for each in map(given_values, known) if name in each]
        if problem := next(_misfits(value, seen, code(name)), ""):
            return problem
    if problem := next(_at_odds(given), ""):
        return problem
    return step.possible(given) if step.possible else ""


def _at_odds(given: Situation) -> Iterator[str]:
    """What a registry cannot hold."""
    if given.registry is None:
        return
    models = [Model(given.registry, given.aliases, given.tags), *given.others.values()]
    for stages, alias, version in [
        (each.stages, alias, version) for each in models for alias, version in each.aliases.items()
    ]:
        if version not in stages:
            yield tr(
                "The alias {alias} is on version {version}, which is not among the `stages`.",
                alias=code(alias),
                version=version,
            )
    for stages, version in [(each.stages, version) for each in models for version in each.tags]:
        if version not in stages:
            yield tr("Version {version} has tags and is not among the `stages`.", version=version)


def _misfits(value: object, seen: Sequence[object], where: str) -> Iterator[str]:
    """What about a value cannot be, where those that were seen can."""
    alike = [each for each in seen if type(each) is type(value)]
    if not alike:
        yield _strange(value, seen, where)
        return
    if isinstance(value, dict | list | tuple | set | frozenset | str) and len(value) > _LARGER * max(
        len(each) for each in alike if isinstance(each, type(value))
    ):
        yield tr(
            "{value} in {where} is larger than need be: a small situation shows it best.",
            value=code(repr(value)),
            where=where,
        )
        return
    if isinstance(value, dict):
        maps = [each for each in alike if isinstance(each, dict)]
        for key, held in value.items():
            yield from _misfits(key, [one for each in maps for one in each], where)
            yield from _misfits(held, [one for each in maps for one in each.values()], where)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _items(value, [each for each in alike if isinstance(each, type(value))], where)
    elif isinstance(value, str):
        yield from _text(value, [str(each) for each in alike], where)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, [each for each in alike if isinstance(each, int | float)], where)


def _strange(value: object, seen: Sequence[object], where: str) -> str:
    told = code(repr(value))
    if not seen:
        return tr("{value} is nothing that comes in {where}.", value=told, where=where)
    such = code(repr(seen[0]))
    return tr("{value} is nothing that comes in {where}, such as {such}.", value=told, where=where, such=such)


def _items(
    value: "list[object] | tuple[object, ...] | set[object] | frozenset[object]",
    seen: "Sequence[list[object] | tuple[object, ...] | set[object] | frozenset[object]]",
    where: str,
) -> Iterator[str]:
    if not isinstance(value, tuple):
        for item in value:
            yield from _misfits(item, [one for each in seen for one in each], where)
        return
    alike = [each for each in seen if isinstance(each, tuple) and len(each) == len(value)]
    if not alike:
        yield tr(
            "{value} in {where} should have {count} parts, as {such}.",
            value=code(repr(value)),
            where=where,
            count=len(seen[0]),
            such=code(repr(seen[0])),
        )
    for place, item in enumerate(value if alike else ()):
        yield from _misfits(item, [each[place] for each in alike], where)


def _text(value: str, seen: Sequence[str], where: str) -> Iterator[str]:
    """A text is one that was seen, or one that differs from it in its numbers, within their bounds."""
    kinds: dict[str, list[list[int]]] = {}
    for each in dict.fromkeys(seen):
        kinds.setdefault(_kind(each), []).append(_numbers(each))
    if _kind(value) not in kinds:
        if len(kinds) < _FREE:
            yield _strange(value, seen, where)
        return
    for number, *others in zip(_numbers(value), *kinds[_kind(value)], strict=True):
        if not min(others) <= number <= max(others):
            yield _outside(code(repr(value)), where, str(min(others)), str(max(others)))


def _kind(text: str) -> str:
    """The text with a sign for each number; with zeros in front, it is of another kind."""
    return _NUMBER.sub(lambda found: "#" if found[0] == str(int(found[0])) else "0#", text)


def _numbers(text: str) -> list[int]:
    return list(map(int, _NUMBER.findall(text)))


def _number(value: float, seen: Sequence[float], where: str) -> Iterator[str]:
    ordered = [each for each in seen if each == each]  # without NaN
    if value != value:
        fits = len(ordered) < len(seen)
    else:
        fits = bool(ordered) and min(ordered) <= value <= max(ordered)
    if not fits:
        told = code(repr(value))
        if ordered:
            yield _outside(told, where, repr(min(ordered)), repr(max(ordered)))
        else:
            yield tr("{value} does not come in {where}.", value=told, where=where)


def _outside(value: str, where: str, least: str, most: str) -> str:
    return tr(
        "{value} does not come in {where}: the numbers there go from {least} to {most}.",
        value=value,
        where=where,
        least=least,
        most=most,
    )
