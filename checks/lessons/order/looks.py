"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Rich, Run, Seen


def key_called(seen: Seen) -> bool:
    return look.raised(seen, "TypeError", "missing") or look.raised(seen, "AttributeError", "'dict'")


def key_called_on_a_name(seen: Seen) -> bool:
    """The function is called where `key` is given, with the very name that nothing has set."""
    name = look.unknown_name(seen)
    return bool(name) and look.source_has(seen, rf"\bkey\s*=\s*version_number\(\s*{name}\s*\)")


def not_a_list(seen: Seen) -> bool:
    return isinstance(look.value(seen, "in_order"), dict | tuple | set | frozenset | str | Rich)


def fixed(seen: Seen) -> bool:
    return (
        len({str(found) for found in look.values(seen, "in_order")}) == 1
        and bool(look.value(seen, "in_order"))
        and look.unknown_name(seen) is None
    )


def status_spelling(seen: Seen) -> bool:
    return look.source_has(seen, r"['\"](Stable|STABLE)['\"]")


def changes_history(seen: Seen) -> bool:
    """The history that was given is another one afterwards, or stands in another order."""
    return any(
        list(history.items()) != list(given.items())
        for run in seen.runs
        if run.raised is None
        and isinstance(history := run.values.get("history"), dict)
        and isinstance(given := run.situation.after["history"], dict)
    )


def returns_error(seen: Seen) -> bool:
    return look.source_has(seen, r"return \w*Error") and any(
        isinstance(run.values.get("target"), Rich) for run in seen.runs
    )


def too_early(seen: Seen) -> bool:
    return any(run.values.get("raised") is True for run in seen.runs[:3])


def uses_none(seen: Seen) -> bool:
    return any(
        run.values.get("raised") is False and run.values.get("target", "") in (None, False, [], 0)
        for run in seen.runs
        if not run.raised and _nothing_left(run)
    )


def a_text(seen: Seen) -> bool:
    return any(
        isinstance(found := run.values.get("target"), str) and not found.startswith("v") for run in seen.runs
    )


def _nothing_left(run: Run) -> bool:
    """No stable version comes before the current one."""
    history, current = run.situation.after["history"], str(run.situation.after["current"])
    assert isinstance(history, dict)
    return not any(
        status == "stable" and int(version[1:]) < int(current[1:]) for version, status in history.items()
    )


def another_error(seen: Seen) -> bool:
    return look.raised_on_purpose(seen) and look.unknown_name(seen) is None
