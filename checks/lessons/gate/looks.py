"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

from collections.abc import Iterator
from typing import NamedTuple

import checks.lessons.shared.looks as look
from checks.exercise import Seen
from checks.lessons.gate.votes import are_refused

_KINDS = ("TypeError", "PermissionError", "ValueError")


def spelling(seen: Seen) -> bool:
    """Some result is a text, and none of the two words."""
    return any(
        isinstance(run.values.get("result"), str) and run.values.get("result") not in ("approved", "pending")
        for run in seen.runs
    )


def no_error(seen: Seen) -> bool:
    """Every number that cannot be an accuracy gets an answer, and a status other than approved, or none."""
    odd = [run for run in seen.runs if _impossible(run.situation.after.get("accuracy"))]
    return bool(odd) and all(
        not run.raised and run.values.get("raised") is False and run.values.get("result") != "approved"
        for run in odd
    )


def refuses_too_much(seen: Seen) -> bool:
    """A ValueError for an accuracy between the ends."""
    return any(
        run.values.get("raised") is True
        and isinstance(accuracy := run.situation.after.get("accuracy"), int | float)
        and 0 < accuracy < 1
        for run in seen.runs
    )


def another_kind(seen: Seen) -> bool:
    """An error left the gate where a ValueError belongs, and ordinary accuracies go through."""
    where = [run.situation.after.get("accuracy") for run in seen.runs if run.raised]
    on_purpose = look.raised_on_purpose(seen) and look.unknown_name(seen) is None
    return any(map(_impossible, where)) and 0.95 not in where and on_purpose


def another_error(seen: Seen) -> bool:
    """A call was refused on purpose, with an error that is none of the kinds that the task names."""
    return any(error.line in look.raising_lines(seen) for error in _unnamed(seen))


def another_error_late(seen: Seen) -> bool:
    """The same, where step 4 asks for a ValueError."""
    lines = look.raising_lines(seen)
    return any(error.refused and error.line in lines for error in _unnamed(seen))


def no_entry_yet(seen: Seen) -> bool:
    """A call ended in a KeyError, and the source looks a version up in `decisions`."""
    return look.source_has(seen, r"\bdecisions\[") and any(
        error.kind == "KeyError" for error in _unnamed(seen)
    )


def no_count(seen: Seen) -> bool:
    """A call stopped because `.values()` has no `.count`."""
    return any("'dict_values'" in error.message and "'count'" in error.message for error in _unnamed(seen))


def stops(seen: Seen) -> bool:
    """A call stopped with an error that no `raise` of the cell makes."""
    return any(error.line not in look.raising_lines(seen) for error in _unnamed(seen))


def _impossible(accuracy: object) -> bool:
    return isinstance(accuracy, int | float) and (accuracy < 0 or accuracy > 1)


class _Error(NamedTuple):
    """How a call of `decide` ended, where step 4 perhaps asks for a ValueError (`refused`)."""

    kind: object
    line: object
    message: str
    refused: bool


def _unnamed(seen: Seen) -> Iterator[_Error]:
    """Each error of a call that is none of the kinds that the tasks name."""
    for run in seen.runs:
        outcomes = run.values.get("outcomes")
        endings = outcomes if isinstance(outcomes, list) else []
        for refused, ending in zip(are_refused(run.situation), endings, strict=False):
            match ending:
                case ("raises", kind, line, message) if kind not in _KINDS:
                    yield _Error(kind, line, str(message), refused)
