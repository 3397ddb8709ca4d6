"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Seen

_TAG = "validation_status"


def _results(seen: Seen, name: str) -> tuple[object, ...]:
    """The variable after each scenario; empty where an exception ended any of them."""
    return () if any(run.raised for run in seen.runs) else look.values(seen, name)


def _no_function(seen: Seen, name: str) -> bool:
    defined = {getattr(node, "name", "") for node in look.nodes(seen) if hasattr(node, "decorator_list")}
    return look.raised(seen, "NameError", f"'{name}'") and name not in defined


def _loaded(seen: Seen) -> tuple[object, ...]:
    return _results(seen, "answer")


_P_DONE, _P_FIRST, _P_REJECTED, _P_PENDING, _P_UNTAGGED, _P_GONE, _P_AGAIN = range(7)


def _left(seen: Seen, scenario: int, name: str) -> object:
    """What this scenario left in the variable; `UNDEFINED` where an exception ended it."""
    return look.values(seen, name)[scenario]


def _champion(seen: Seen, scenario: int) -> object:
    """The version that the alias is on after this scenario; None where there is none."""
    held = _left(seen, scenario, "seen")
    return held[0].get("champion") if isinstance(held, list) else None


def _status(seen: Seen, scenario: int, version: int) -> object:
    """The version's tag after this scenario; `UNDEFINED` where the version is gone."""
    held = _left(seen, scenario, "seen")
    return held[1].get(version, look.UNDEFINED) if isinstance(held, list) else look.UNDEFINED


def _entries(seen: Seen, scenario: int) -> list[object]:
    """The log after this scenario."""
    entries = _left(seen, scenario, "entries")
    return entries if isinstance(entries, list) else []


def _ended(seen: Seen, scenario: int) -> object:
    """How the function ended in this scenario."""
    return _left(seen, scenario, "ended")


def _promoted(*versions: int) -> list[tuple[str, int, str]]:
    return [("promote", version, "ana") for version in versions]


_OK = "approved"

(
    _B_SIMPLE,
    _B_REJECTED,
    _B_GONE,
    _B_NEVER,
    _B_ORDER,
    _B_TWICE,
    _B_NONE,
    _B_ALL_GONE,
    _B_AFTER_BACK,
    _B_SAME,
    _B_ROLLED_BACK_TO,
    _B_RETIRED,
) = range(12)


def another_name(seen: Seen) -> bool:
    return _no_function(seen, "loads")


def name_in_address(seen: Seen) -> bool:
    return look.source_has(seen, r"(?<!f)['\"]models:/MyModel/\{?version") and set(_loaded(seen)) == {False}


def ready_means_loadable(seen: Seen) -> bool:
    return look.source_has(seen, "READY") and not look.source_has(seen, "load_model")


def not_caught(seen: Seen) -> bool:
    return (
        look.raised(seen, "MlflowException")
        or look.raised(seen, "ModuleNotFoundError")
        or look.raised(seen, "ScannerError")
        or look.raised(seen, "ParserError")
    )


def swallowed(seen: Seen) -> bool:
    return set(_loaded(seen)) == {True}


def not_a_truth_value(seen: Seen) -> bool:
    return any(found is not True and found is not False for found in _loaded(seen))


def folder_is_enough(seen: Seen) -> bool:
    return _loaded(seen)[:2] == (True, False) and not look.source_has(seen, "load_model")


def always_false(seen: Seen) -> bool:
    return set(_loaded(seen)) == {False}


def another_name_in_3(seen: Seen) -> bool:
    return _no_function(seen, "promote")


def tag_missing(seen: Seen) -> bool:
    return look.raised(seen, "KeyError", _TAG)


def ready_means_approved(seen: Seen) -> bool:
    return look.source_has(seen, "READY") and _ended(seen, _P_REJECTED) == "done"


def moved_before_checked(seen: Seen) -> bool:
    return (_ended(seen, _P_GONE) == "ValueError" and _champion(seen, _P_GONE) == 2) or (
        _ended(seen, _P_REJECTED) == "ValueError" and _champion(seen, _P_REJECTED) == 2
    )


def logged_before_checked(seen: Seen) -> bool:
    return _ended(seen, _P_REJECTED) == "ValueError" and len(_entries(seen, _P_REJECTED)) > 1


def refuses_all(seen: Seen) -> bool:
    return _ended(seen, _P_DONE) == "ValueError"


def silent_refusal(seen: Seen) -> bool:
    return _ended(seen, _P_REJECTED) == "done" and _champion(seen, _P_REJECTED) == 1


def another_error(seen: Seen) -> bool:
    return (
        _ended(seen, _P_DONE) == "done"
        and (raised := seen.runs[_P_REJECTED].raised) is not None
        and raised.type not in ("NameError", "UnboundLocalError", "TypeError", "MlflowException")
    )


def not_rejected_is_not_approved(seen: Seen) -> bool:
    return _ended(seen, _P_REJECTED) == "ValueError" and "done" in (
        _ended(seen, _P_PENDING),
        _ended(seen, _P_UNTAGGED),
    )


def approval_not_asked(seen: Seen) -> bool:
    return _ended(seen, _P_REJECTED) == "done"


def ready_means_loadable_in_3(seen: Seen) -> bool:
    return _ended(seen, _P_GONE) == "done"


def alias_not_moved(seen: Seen) -> bool:
    return _ended(seen, _P_DONE) == "done" and _champion(seen, _P_DONE) == 1


def log_rewritten(seen: Seen) -> bool:
    return bool(_entries(seen, _P_DONE)) and ("promote", 1, "ana") not in _entries(seen, _P_DONE)


def not_logged(seen: Seen) -> bool:
    return _champion(seen, _P_DONE) == 2 and len(_entries(seen, _P_DONE)) == 1


def another_entry(seen: Seen) -> bool:
    return (
        len(_entries(seen, _P_DONE)) == 2
        and _champion(seen, _P_DONE) == 2
        and not (
            ("promote", 2, "bo") in _entries(seen, _P_DONE)
            and ("promote", 1, "dan") in _entries(seen, _P_AGAIN)
        )
    )


def another_name_in_4(seen: Seen) -> bool:
    return _no_function(seen, "rollback")


def log_taken_apart(seen: Seen) -> bool:
    return bool(_entries(seen, _B_SIMPLE)) and _entries(seen, _B_SIMPLE)[:2] != [*_promoted(1, 2)]


def half_a_rollback(seen: Seen) -> bool:
    return _ended(seen, _B_NONE) == ["LookupError"] and (
        _status(seen, _B_NONE, 1) != _OK or len(_entries(seen, _B_NONE)) > 1
    )


def nothing_left_unsaid(seen: Seen) -> bool:
    return (
        _ended(seen, _B_NONE) == ["done"]
        and _status(seen, _B_NONE, 1) == _OK
        and _champion(seen, _B_SIMPLE) == 1
    )


def back_to_itself(seen: Seen) -> bool:
    return _champion(seen, _B_SIMPLE) == 2 and ("rollback", 2, "erin") in _entries(seen, 0)


def not_revoked(seen: Seen) -> bool:
    return _champion(seen, _B_SIMPLE) == 1 and _status(seen, _B_SIMPLE, 2) == _OK


def another_word(seen: Seen) -> bool:
    return _champion(seen, _B_SIMPLE) == 1 and _status(seen, _B_SIMPLE, 2) != "revoked"


def never_in_production(seen: Seen) -> bool:
    return _champion(seen, _B_NEVER) in (2, 4)


def rejected_comes_back(seen: Seen) -> bool:
    return _champion(seen, _B_REJECTED) == 2


def retired_passed_over(seen: Seen) -> bool:
    return _champion(seen, _B_RETIRED) == _champion(seen, _B_ORDER) == 1


def ready_means_loadable_in_4(seen: Seen) -> bool:
    return _champion(seen, _B_GONE) == 2


def gives_up(seen: Seen) -> bool:
    return _ended(seen, _B_GONE) == ["LookupError"]


def oldest_first(seen: Seen) -> bool:
    return (
        _champion(seen, _B_TWICE) == 2
        and _champion(seen, _B_SIMPLE) == 1
        and ("rollback", 1, "erin") in _entries(seen, _B_SIMPLE)
    )


def order_of_numbers(seen: Seen) -> bool:
    return _champion(seen, _B_ORDER) == 2 and _champion(seen, _B_NEVER) == 1


def promotions_only(seen: Seen) -> bool:
    return _champion(seen, _B_ROLLED_BACK_TO) == 2 and _champion(seen, _B_NEVER) == 1


def not_logged_in_4(seen: Seen) -> bool:
    return _champion(seen, _B_SIMPLE) == 1 and len(_entries(seen, _B_SIMPLE)) == 2


def another_entry_in_4(seen: Seen) -> bool:
    return _champion(seen, _B_SIMPLE) == 1 and ("rollback", 1, "erin") not in _entries(seen, _B_SIMPLE)


def calls(seen: Seen, *methods: str) -> bool:
    """The source calls one of these."""
    return any(look.source_has(seen, rf"\b{method}\s*\(") for method in methods)
