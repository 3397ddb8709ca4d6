"""Values that cross the border between an answer's process and the judge, encoded so that types stay apart.

The child encodes; the judge decodes, compares and shows. Neither calls a method that a value defines itself.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

#: `("int", "1")`, `("str", "v1")`, `("bool", "True")`, `("none",)`, `("float", "1.5")`,
#: `("complex", "1.0", "-2.0")`, `("bytes", "00ff")`, `("list", (…, …))` and so `tuple`, `set`, `frozenset`,
#: `("dict", ((key, value), …))`, `("object", type name)` or `("object", type name, attribute's value)`,
#: `("too_large",)`: nested too deep, too long or endless.
Value = tuple[object, ...]

TOO_LARGE: Value = ("too_large",)

_DEPTH = 50
_ITEMS = 10_000
_CHARACTERS = 200_000
_BITS = 14_000  # Python refuses to write a longer int in decimal
_SHOWN = 300
#: How many keys of one set or dict may have the same hash. Ints, complex numbers and tuples of one hash are
#: easily made, and a set of n such keys takes n² comparisons.
_ALIKE = 8

_SEQUENCES = ("list", "tuple", "set", "frozenset")
_INT = re.compile(r"-?[0-9]{1,4300}")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")

# A class can override these names for itself, but not what `type` stores.
_mro = type.__dict__["__mro__"].__get__
_type_name = type.__dict__["__name__"].__get__


class _TooLarge(Exception):
    """The value exceeds a limit of the encoding."""


class _Budget:
    """How much of one value may still be encoded or decoded: items and characters."""

    def __init__(self, items: int = _ITEMS, characters: int = _CHARACTERS) -> None:
        self.items = items
        self.characters = characters
        self.keys = 0  # in the largest set or dict so far

    def spend(self, items: int = 0, characters: int = 0) -> None:
        self.items -= items
        self.characters -= characters
        if self.items < 0 or self.characters < 0:
            raise _TooLarge


def type_name(thing: object) -> str:
    """The name of a thing's type, whatever its class says of itself; at most 200 characters."""
    return clean(str(_type_name(type(thing))))[:200]


def clean(text: str) -> str:
    """The text without lone surrogates, so that it can be written to any file."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def encode(
    value: object, attribute: str | None = None, items: int = _ITEMS, characters: int = _CHARACTERS
) -> Value:
    """Encode any object. An object that is not plain data is read through `attribute`, if named.

    A subclass is read as its base type. What is nested more than 50 deep, has more `items` (10,000) or
    `characters` (200,000), or contains itself, is `("too_large",)`.
    """
    try:
        return _encode(value, attribute, _DEPTH, _Budget(items, characters))
    except (_TooLarge, RecursionError):
        return TOO_LARGE


def _encode(value: Any, attribute: str | None, depth: int, budget: _Budget) -> Value:
    if depth < 0:
        raise _TooLarge
    budget.spend(items=1)
    if value is None:
        return ("none",)
    if type(value) is str:  # most are
        budget.spend(characters=len(value))
        return ("str", value)
    for base in _mro(type(value)):
        if base in _LEAVES:
            return _encode_leaf(base, value, budget)
        if base in _ITERATORS:
            items = (_encode(item, attribute, depth - 1, budget) for item in _ITERATORS[base](value))
            return (base.__name__, tuple(items))
        if base is dict:
            pairs = (
                (_encode(key, attribute, depth - 1, budget), _encode(item, attribute, depth - 1, budget))
                for key, item in dict.items(value)
            )
            return ("dict", tuple(pairs))
    if attribute is not None:
        try:
            inner = getattr(value, attribute)
        except Exception:
            return ("object", type_name(value))
        return ("object", type_name(value), _encode(inner, attribute, depth - 1, budget))
    return ("object", type_name(value))


_LEAVES = frozenset({bool, int, float, complex, str, bytes})
_ITERATORS: dict[type, Callable[[Any], Iterator[object]]] = {
    list: list.__iter__,
    tuple: tuple.__iter__,
    set: set.__iter__,
    frozenset: frozenset.__iter__,
}


def _encode_leaf(base: type, value: Any, budget: _Budget) -> Value:
    if base is bool:
        return ("bool", "True" if value is True else "False")
    if base is int:
        if int.bit_length(value) > _BITS:
            raise _TooLarge
        text = int.__repr__(value)
        budget.spend(characters=len(text))
        return ("int", text)
    if base is float:
        return ("float", float.__repr__(value))
    if base is complex:
        number = complex.__pos__(value)
        return ("complex", float.__repr__(number.real), float.__repr__(number.imag))
    if base is str:
        budget.spend(characters=str.__len__(value))
        return ("str", str.__str__(value))
    budget.spend(characters=2 * bytes.__len__(value))
    return ("bytes", bytes.hex(value))


def encode_input(value: object, what: str) -> Value:
    """Encode plain data, and nothing but that. Sets are put in order: they are to be built alike every time.

    Raises TypeError for anything else and ValueError for more than `encode` takes; both name `what` it is.
    """
    try:
        return _encode_input(value, _DEPTH, _Budget())
    except _NotPlain as error:
        found = "is" if type(value) is error.args[0] else "has something in it that is"
        raise TypeError(
            f"{what} {found} of type {_type_name(error.args[0])}; an input is plain data: None, bool, int, "
            "float, complex, str, bytes, and list, tuple, set, frozenset and dict of these."
        ) from None
    except (_TooLarge, RecursionError):
        raise ValueError(
            f"{what} is too large for an input: at most {_ITEMS:,} items and {_CHARACTERS:,} characters, "
            f"nested at most {_DEPTH} deep, and not containing itself."
        ) from None


class _NotPlain(Exception):
    """There is something of this type."""


def _encode_input(value: Any, depth: int, budget: _Budget) -> Value:
    kind = type(value)
    if value is None or kind in _LEAVES:
        return _encode(value, None, depth, budget)
    if depth < 0:
        raise _TooLarge
    budget.spend(items=1)
    if kind is dict:
        return (
            "dict",
            tuple(
                [
                    (_encode_input(key, depth - 1, budget), _encode_input(item, depth - 1, budget))
                    for key, item in value.items()
                ]
            ),
        )
    if kind in _ITERATORS:
        items = [_encode_input(item, depth - 1, budget) for item in value]
        return (kind.__name__, _sorted(items) if kind in (set, frozenset) else tuple(items))
    raise _NotPlain(kind)


def decode(raw: object) -> Value:
    """The value that JSON brought, after checking every part: an answer may have written anything there.

    Raises ValueError if it is not what `encode` gives. A value that would take more than its size to build
    again, as a set's or dict's keys have the same hash, is `("too_large",)`.
    """
    budget = _Budget()
    try:
        value = _decode(raw, _DEPTH + 1, budget)
        if budget.keys > _ALIKE:
            _plain(value, Thing)
    except _Alike:
        return TOO_LARGE
    except _TooLarge:
        raise ValueError("larger than what is encoded") from None
    return value


def _decode(raw: object, depth: int, budget: _Budget) -> Value:
    if depth < 0 or not isinstance(raw, list) or not raw:
        raise ValueError("not an encoded value")
    budget.spend(items=1)
    if raw[0] == "str" and len(raw) == 2 and isinstance(raw[1], str):  # most are
        budget.spend(characters=len(raw[1]))
        return ("str", raw[1])
    match raw:
        case ["none"] | ["too_large"]:
            return (raw[0],)
        case ["bool", "True" | "False"]:
            return ("bool", raw[1])
        case ["int", str(text)] if _INT.fullmatch(text):
            budget.spend(characters=len(text))
            return ("int", int.__repr__(int(text)))
        case ["float", str(text)]:
            return ("float", _float(text))
        case ["complex", str(real), str(imaginary)]:
            return ("complex", _float(real), _float(imaginary))
        case ["bytes", str(text)] if _HEX.fullmatch(text):
            budget.spend(characters=len(text))
            return ("bytes", text)
        case ["list" | "tuple" | "set" | "frozenset" as kind, list(items)]:
            if kind in ("set", "frozenset"):
                budget.keys = max(budget.keys, len(items))
            return (kind, tuple(_decode(item, depth - 1, budget) for item in items))
        case ["dict", list(pairs)]:
            budget.keys = max(budget.keys, len(pairs))
            return ("dict", tuple(_decode_pair(pair, depth - 1, budget) for pair in pairs))
        case ["object", str(name)]:
            return ("object", clean(name)[:200])
        case ["object", str(name), inner]:
            return ("object", clean(name)[:200], _decode(inner, depth - 1, budget))
    raise ValueError("not an encoded value")


def _decode_pair(pair: object, depth: int, budget: _Budget) -> tuple[Value, Value]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError("not a key with its value")
    return _decode(pair[0], depth, budget), _decode(pair[1], depth, budget)


def _float(text: str) -> str:
    if len(text) > 40:
        raise ValueError("not a float")
    return float.__repr__(float(text))


@dataclass(frozen=True)
class Thing:
    """Stands for an object that is not plain data: its type's name, and what was read of it."""

    type: str
    value: object = None


def plain(value: Value, thing: Callable[[str, object], object] = Thing) -> object:
    """The value as a new Python object, in time that its size bounds.

    What is no plain data becomes `thing(type's name, what was read of it or None)`: an object, what was too
    large, a set or dict with keys that only a subclass made hashable, and one with many keys of one hash.
    """
    try:
        return _plain(value, thing)
    except _Alike:
        return thing("too_large", None)


class _Alike(Exception):
    """More than `_ALIKE` keys of a set or dict have the same hash."""


def _plain(value: Value, thing: Callable[[str, object], object]) -> object:
    kind: Any = value[0]
    if kind in _READ:
        return _READ[kind](*value[1:])
    if kind in _SEQUENCES:
        items = [_plain(item, thing) for item in _items(value)]
        if kind == "list":
            return items
        if kind == "tuple":
            return tuple(items)
        if not _are_keys(items):
            return thing(kind, None)
        return set(items) if kind == "set" else frozenset(items)
    if kind == "dict":
        keys = [_plain(key, thing) for key, _ in _pairs(value)]
        if not _are_keys(keys):
            return thing(kind, None)
        return dict(zip(keys, [_plain(item, thing) for _, item in _pairs(value)], strict=True))
    if kind == "object":
        return thing(str(value[1]), _plain(_inner(value), thing) if len(value) > 2 else None)
    return thing(str(kind), None)


_READ: dict[str, Callable[..., object]] = {
    "none": lambda: None,
    "bool": "True".__eq__,
    "int": int,
    "float": float,
    "complex": lambda real, imaginary: complex(float(real), float(imaginary)),
    "str": str,
    "bytes": bytes.fromhex,
}


def _are_keys(things: list[object]) -> bool:
    """Whether all have a hash. Raises _Alike if too many have the same one."""
    try:
        hashes = list(map(hash, things))
    except TypeError:
        return False
    if len(hashes) > _ALIKE and max(Counter(hashes).values()) > _ALIKE:
        raise _Alike
    return True


def canonical(value: Value, ordered: bool) -> tuple[object, ...]:
    """The value with its free orders settled: equal tuples mean values that are the same in type and content.

    `1`, `1.0`, `"1"` and `True` are four things. The order of dicts and sets is free, that of lists too if
    `ordered` is False. NaN is the same as NaN. What was too large is the same as nothing, itself included.
    Objects without a named attribute are the same if their types have the same name.
    """
    kind = value[0]
    if kind == "too_large":
        return ("too_large", object())
    if kind in ("float", "complex"):
        # + 0.0 makes -0.0 and 0.0 one
        return (kind, *(float.__repr__(float(part) + 0.0) for part in _texts(value)))
    if kind == "dict":
        return (
            "dict",
            _sorted((canonical(key, ordered), canonical(item, ordered)) for key, item in _pairs(value)),
        )
    if kind in _SEQUENCES:
        items = [canonical(item, ordered) for item in _items(value)]
        free = kind in ("set", "frozenset") or (kind == "list" and not ordered)
        return (kind, _sorted(items) if free else tuple(items))
    if kind == "object" and len(value) == 3:
        return ("object", value[1], canonical(_inner(value), ordered))
    return value


def _sorted(things: Iterable[object]) -> tuple[object, ...]:
    return tuple(sorted(things, key=repr))


def _items(value: Value) -> tuple[Value, ...]:
    return value[1]  # type: ignore[return-value]


def _pairs(value: Value) -> tuple[tuple[Value, Value], ...]:
    return value[1]  # type: ignore[return-value]


def _inner(value: Value) -> Value:
    return value[2]  # type: ignore[return-value]


def _texts(value: Value) -> tuple[str, ...]:
    return value[1:]  # type: ignore[return-value]


def show(value: Value, attribute: str | None = None) -> str:
    """The value as Python would write it, in at most 300 characters.

    An object reads `ModelVersion(2)`, or `ModelVersion(version=2)` if `attribute` says what was read of it.
    A set is shown in sorted order, so that the text is the same on every run.
    """
    text = clean(_show(value, attribute))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _show(value: Value, attribute: str | None) -> str:
    kind = value[0]
    if kind == "none":
        return "None"
    if kind == "too_large":
        return "(too large to show)"
    if kind == "str":
        return repr(value[1])
    if kind == "bytes":
        return repr(bytes.fromhex(_texts(value)[0]))
    if kind == "complex":
        real, imaginary = _texts(value)
        return repr(complex(float(real), float(imaginary)))
    if kind == "dict":
        shown = (f"{_show(key, attribute)}: {_show(item, attribute)}" for key, item in _pairs(value))
        return "{" + ", ".join(shown) + "}"
    if kind in _SEQUENCES:
        return _show_sequence(str(kind), [_show(item, attribute) for item in _items(value)])
    if kind == "object":
        if len(value) < 3:
            return f"<{value[1]}>"
        name = f"{attribute}=" if attribute else ""
        return f"{value[1]}({name}{_show(_inner(value), attribute)})"
    return str(value[1])


def _show_sequence(kind: str, shown: list[str]) -> str:
    if kind == "list":
        return f"[{', '.join(shown)}]"
    if kind == "tuple":
        return f"({shown[0]},)" if len(shown) == 1 else f"({', '.join(shown)})"
    inside = "{" + ", ".join(sorted(shown)) + "}" if shown else ""
    if kind == "set":
        return inside or "set()"
    return f"frozenset({inside})"
