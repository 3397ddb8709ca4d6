"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

from collections.abc import Iterator

import checks.lessons.shared.looks as look
from checks.exercise import Seen

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
    return any(map(_impossible, where)) and 0.95 not in where and look.unknown_name(seen) is None


def another_error(seen: Seen) -> bool:
    """A call was refused, with an error that is none of the kinds that the task names."""
    return any(ending[0] == "raises" and ending[1] not in _KINDS for ending in _endings(seen))


def no_entry_yet(seen: Seen) -> bool:
    """A call ended in a KeyError, and the source looks a version up in `decisions`."""
    return look.source_has(seen, r"\bdecisions\[") and any(
        ending[:2] == ("raises", "KeyError") for ending in _endings(seen)
    )


def _impossible(accuracy: object) -> bool:
    return isinstance(accuracy, int | float) and (accuracy < 0 or accuracy > 1)


def _endings(seen: Seen) -> Iterator[tuple[object, ...]]:
    for run in seen.runs:
        outcomes = run.values.get("outcomes")
        for ending in outcomes if isinstance(outcomes, list) else ():
            if isinstance(ending, tuple) and len(ending) > 1:
                yield ending
