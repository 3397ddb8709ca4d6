"""How wrong answers to rollback.1 are told apart: what its misconceptions are recognised by."""

import ast

import checks.lessons.shared.looks as look
from checks.exercise import Seen

_STATUSES = {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"}


def _versions(seen: Seen) -> object:
    return look.value(seen, "model_versions")


def _keys(seen: Seen) -> set[object]:
    """The keys of the learner's dictionary; nothing if it is none."""
    found = _versions(seen)
    return set(found) if isinstance(found, dict) else set()


def _statuses(seen: Seen) -> list[object]:
    """The values of the learner's dictionary; nothing if it is none."""
    found = _versions(seen)
    return list(found.values()) if isinstance(found, dict) else []


def _key_twice(seen: Seen) -> bool:
    written = [
        [key.value for key in node.keys if isinstance(key, ast.Constant)]
        for node in look.nodes(seen)
        if isinstance(node, ast.Dict)
    ]
    return any(len(set(keys)) < len(keys) for keys in written)


def equals_in_braces(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"\{\s*['\"]?\w+['\"]?\s*=[^=]")


def unquoted(seen: Seen) -> bool:
    return look.unknown_name(seen) in {*_STATUSES, *_STATUSES.values()}


def not_made_first(seen: Seen) -> bool:
    """An entry is put into a dictionary that the cell never makes."""
    return look.unknown_name(seen) == "model_versions" and any(
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store)
        and look.name_of(node.value) == "model_versions"
        for node in look.nodes(seen)
    )


def not_assigned(seen: Seen) -> bool:
    return (
        look.undefined(seen, "model_versions") and not look.stores(seen) and look.source_has(seen, "stable")
    )


def a_set(seen: Seen) -> bool:
    return isinstance(_versions(seen), set | frozenset)


def comma_behind(seen: Seen) -> bool:
    found = _versions(seen)
    return isinstance(found, tuple) and len(found) == 1 and isinstance(found[0], dict)


def a_list(seen: Seen) -> bool:
    return isinstance(_versions(seen), list | tuple)


def not_a_dictionary(seen: Seen) -> bool:
    return not isinstance(_versions(seen), dict | look.Undefined)


def key_twice(seen: Seen) -> bool:
    return _key_twice(seen) and not _keys(seen) <= {"stable", "unstable"}


def status_as_key(seen: Seen) -> bool:
    return bool(_keys(seen)) and _keys(seen) <= {"stable", "unstable"}


def number_keys(seen: Seen) -> bool:
    return any(isinstance(key, int | float) for key in _keys(seen))


def version_missing(seen: Seen) -> bool:
    return isinstance(_versions(seen), dict) and _keys(seen) < set(_STATUSES)


def version_extra(seen: Seen) -> bool:
    return _keys(seen) > set(_STATUSES)


def version_spelling(seen: Seen) -> bool:
    return bool(_keys(seen)) and _keys(seen) != set(_STATUSES)


def status_not_text(seen: Seen) -> bool:
    return any(not isinstance(status, str) for status in _statuses(seen))


def status_spelling(seen: Seen) -> bool:
    return not set(_statuses(seen)) <= {"stable", "unstable"}


def wrong_status(seen: Seen) -> bool:
    return isinstance(_versions(seen), dict)
