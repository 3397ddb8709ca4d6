"""How wrong answers to rollback.2 are told apart: what its misconceptions are recognised by."""

import re

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def _current(seen: Seen) -> object:
    return look.value(seen, "current_version")


def space_or_hyphen(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"current[ -]+version")


def wrong_way_round(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"^\s*['\"]v3['\"]\s*=")


def unquoted(seen: Seen) -> bool:
    return re.fullmatch(r"[vV]\d+", look.unknown_name(seen) or "") is not None


def looked_up(seen: Seen) -> bool:
    return look.raised(seen, "KeyError") and "model_versions" in look.loads(seen)


def to_number(seen: Seen) -> bool:
    return look.raised(seen, "ValueError", "invalid literal") or look.raised(seen, "TypeError", "concatenate")


def not_assigned(seen: Seen) -> bool:
    return look.undefined(seen, "current_version") and not look.stores(seen)


def yes_or_no(seen: Seen) -> bool:
    return isinstance(_current(seen), bool)


def number(seen: Seen) -> bool:
    return isinstance(_current(seen), int | float)


def status(seen: Seen) -> bool:
    return _current(seen) in ("stable", "unstable")


def newest(seen: Seen) -> bool:
    return _current(seen) == "v4"


def another_version(seen: Seen) -> bool:
    return _current(seen) in ("v1", "v2")


def spelling(seen: Seen) -> bool:
    return isinstance(_current(seen), str)


def wrapped(seen: Seen) -> bool:
    return isinstance(_current(seen), list | tuple | set | frozenset | dict)
