"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import ast

import checks.lessons.shared.looks as look
from checks.exercise import Seen

_WORDS = ("approved", "rejected", "waiting")


def votes_are_pairs(seen: Seen) -> bool:
    return (
        look.raised(seen, "AttributeError", "'list' object")
        or look.raised(seen, "AttributeError", "'tuple' object")
        or look.raised(seen, "TypeError", "indices")
    )


def one_way_only(seen: Seen) -> bool:
    """In some case, and not in all, nothing is returned."""
    decisions = look.values(seen, "decision")
    return any(found is None for found in decisions) and any(found is not None for found in decisions)


def other_words(seen: Seen) -> bool:
    """Something else than one of the three words came back."""
    return any(
        found is not look.UNDEFINED and found is not None and not (isinstance(found, str) and found in _WORDS)
        for found in look.values(seen, "decision")
    )


def quorum_not_used(seen: Seen) -> bool:
    return "quorum" not in look.loads(seen)


def lists_changed(seen: Seen) -> bool:
    """The votes or the approvers that were given are others afterwards, or in another order."""
    return any(
        name in run.values and run.values[name] != run.situation.after[name]
        for run in seen.runs
        for name in ("votes", "approvers")
    )


def own_clock(seen: Seen) -> bool:
    return look.source_has(seen, r"\btime\.(time|monotonic|sleep)\b|\.now\(|\.utcnow\(")


def rebinds(seen: Seen) -> bool:
    """A name of what was handed in is given a value of its own."""
    return any(
        look.name_of(target) in ("log", "aliases")
        for node in look.nodes(seen)
        if isinstance(node, ast.Assign)
        for target in node.targets
    )


def asks_the_alias(seen: Seen) -> bool:
    return any(
        "aliases" in {look.name_of(each) for each in ast.walk(side)}
        for left, _, right in look.comparisons(seen)
        for side in (left, right)
    )


def refuses_when_done(seen: Seen) -> bool:
    """A run is refused on purpose, and not the first of all."""
    refused = look.raised_on_purpose(seen) and not seen.runs[0].raised
    return refused and look.source_has(seen, r"\bin log\b")


def alias_compared(seen: Seen) -> bool:
    """`aliases[…] == …` stands as a statement, where an assignment was meant."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Compare)
        and isinstance(node.value.left, ast.Subscript)
        and look.name_of(node.value.left.value) == "aliases"
        for node in look.nodes(seen)
    )


def another_entry(seen: Seen) -> bool:
    """Something is in the log that is no entry."""
    return any(
        not (isinstance(entry, tuple) and len(entry) == 3 and entry[1] in ("deployed", "rejected"))
        for log in look.values(seen, "log")
        for entry in (log if isinstance(log, list) else ())
    )


def log_rewritten(seen: Seen) -> bool:
    """An entry that was in the log at the beginning is gone."""
    return any(
        isinstance(had := run.situation.after.get("log"), list)
        and isinstance(log := run.values.get("log"), list)
        and any(entry not in log for entry in had)
        for run in seen.runs
    )
