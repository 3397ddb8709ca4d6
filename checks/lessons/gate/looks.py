"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

from collections.abc import Callable

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def _in_run(seen: Seen, accuracy: str, test: Callable[[object], bool]) -> bool:
    """The scenario with this accuracy ended with a result that passes the test."""
    return any(
        repr(run.situation.after.get("accuracy")) == accuracy
        and not run.raised
        and test(run.values.get("result"))
        for run in seen.runs
    )


def _refused(seen: Seen, accuracy: str) -> bool:
    """The scenario with this accuracy ended with a ValueError."""
    return any(
        repr(run.situation.after.get("accuracy")) == accuracy and run.values.get("raised") is True
        for run in seen.runs
    )


def rounds(seen: Seen) -> bool:
    return look.source_has(seen, r"\b(round|int|floor)\(|//")


def percent(seen: Seen) -> bool:
    return look.source_has(seen, r"(?<![\d.])9[01]\b") and all(
        run.values.get("result") == "pending" for run in seen.runs
    )


def one_way_only(seen: Seen) -> bool:
    return any(run.values.get("result", "") is None for run in seen.runs)


def spelling(seen: Seen) -> bool:
    return any(
        isinstance(run.values.get("result"), str) and run.values.get("result") not in ("approved", "pending")
        for run in seen.runs
    )


def at_the_threshold(seen: Seen) -> bool:
    return _in_run(seen, "0.9", lambda result: result == "approved")


def rounds_in_2(seen: Seen) -> bool:
    return look.source_has(seen, r"\bround\(")


def nan_approved(seen: Seen) -> bool:
    return _in_run(seen, "nan", lambda result: result == "approved")


def refuses_too_much(seen: Seen) -> bool:
    return any(_refused(seen, fine) for fine in ("0.95", "0.9", "0.42"))


def nan_refused(seen: Seen) -> bool:
    return _refused(seen, "nan")


def percent_approved(seen: Seen) -> bool:
    return _in_run(seen, "91", lambda result: result == "approved") and not look.source_has(seen, r"/=? *100")


def no_error(seen: Seen) -> bool:
    return _in_run(seen, "91", lambda _: True) and not _refused(seen, "91")


def another_error(seen: Seen) -> bool:
    return look.unknown_name(seen) is None and any(run.raised for run in seen.runs)
