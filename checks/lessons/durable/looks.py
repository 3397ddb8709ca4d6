"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def _results(seen: Seen, name: str) -> tuple[object, ...]:
    """The variable after each scenario; empty where an exception ended any of them."""
    return () if any(run.raised for run in seen.runs) else look.values(seen, name)


def _no_function(seen: Seen, name: str) -> bool:
    return look.raised(seen, "NameError", f"'{name}'") and name not in _defined(seen)


def _defined(seen: Seen) -> set[str]:
    """The names of the functions that the source defines."""
    return {str(getattr(node, "name", "")) for node in look.nodes(seen) if hasattr(node, "decorator_list")}


#: Which of the scenarios above is which.
_NONE, _ONE, _TWO, _AGAINST, _OUTSIDER, _OUTSIDER_AGAINST, _DOUBLE, _CHANGED, _CHANGED_BACK = range(9)

_QUORUM_1, _QUORUM_3, _ALL_3 = range(9, 12)


def _decided(seen: Seen, scenario: int, decision: object) -> bool:
    """In this scenario the function gave this decision."""
    found = _results(seen, "decision")
    return bool(found) and found[scenario] == decision


_SILENCE, _APPROVED, _BOB_AGAINST, _ONE_ONLY, _LATE, _NOISE, _IN_TIME, _SHORT, _SHORT_LATE, _AWAY, _BACK = (
    range(11)
)


def _waited(seen: Seen, scenario: int) -> tuple[object, object]:
    """Decision and second in this scenario."""
    decisions, seconds = _results(seen, "decision"), _results(seen, "second")
    return (decisions[scenario], seconds[scenario]) if decisions and seconds else (None, None)


def _after_deadline(seen: Seen, scenario: int, deadline: float) -> bool:
    second = _waited(seen, scenario)[1]
    return isinstance(second, float) and second > deadline + 0.5


_FIRST, _AGAIN, _SAME_VERSION, _HALF, _OTHER_HALF, _IN_BETWEEN = range(6)


def _left(seen: Seen, scenario: int) -> tuple[object, list[object]]:
    """The champion and the log after this scenario."""
    aliases, log = _results(seen, "aliases"), _results(seen, "log")
    if not aliases or not isinstance(aliases[scenario], dict) or not isinstance(log[scenario], list):
        return None, []
    champion = aliases[scenario].get("champion")  # type: ignore[attr-defined]
    return champion, list(log[scenario])  # type: ignore[call-overload]


def another_name(seen: Seen) -> bool:
    return _no_function(seen, "outcome")


def votes_are_pairs(seen: Seen) -> bool:
    return look.raised(seen, "AttributeError", "'list' object") or look.raised(seen, "TypeError", "indices")


def nothing_returned(seen: Seen) -> bool:
    return None in _results(seen, "decision")


def other_words(seen: Seen) -> bool:
    return bool(set(_results(seen, "decision")) - {"approved", "rejected", "waiting", look.UNDEFINED})


def missing_is_rejected(seen: Seen) -> bool:
    return _decided(seen, _NONE, "rejected") or _decided(seen, _ONE, "rejected")


def too_early(seen: Seen) -> bool:
    return _decided(seen, _ONE, "approved")


def outsiders_count(seen: Seen) -> bool:
    return _decided(seen, _OUTSIDER, "approved")


def outsiders_reject(seen: Seen) -> bool:
    return _decided(seen, _OUTSIDER_AGAINST, "rejected")


def double_vote(seen: Seen) -> bool:
    return _decided(seen, _DOUBLE, "approved")


def rejection_ignored(seen: Seen) -> bool:
    return bool(_results(seen, "decision")) and not _decided(seen, _AGAINST, "rejected")


def last_vote_counts(seen: Seen) -> bool:
    return _decided(seen, _CHANGED, "rejected") or _decided(seen, _CHANGED_BACK, "approved")


def quorum_not_used(seen: Seen) -> bool:
    return bool(_results(seen, "decision")) and "quorum" not in look.loads(seen) and "quorum" in seen.source


def more_than_quorum(seen: Seen) -> bool:
    return _decided(seen, _TWO, "waiting") and _decided(seen, _QUORUM_1, "waiting")


def another_name_in_2(seen: Seen) -> bool:
    return _no_function(seen, "wait_for_decision")


def own_clock(seen: Seen) -> bool:
    return look.source_has(seen, r"\btime\.(time|monotonic|sleep)\b|\.now\(|\.utcnow\(")


def silence_approves(seen: Seen) -> bool:
    return _waited(seen, _SILENCE)[0] == "approved"


def still_waiting(seen: Seen) -> bool:
    return _waited(seen, _SILENCE)[0] == "waiting"


def first_vote_only(seen: Seen) -> bool:
    return _waited(seen, _APPROVED)[0] == "waiting"


def starts_anew(seen: Seen) -> bool:
    return _after_deadline(seen, _ONE_ONLY, 60.0) and _waited(seen, _LATE) == ("approved", 65.0)


def checks_too_late(seen: Seen) -> bool:
    return _after_deadline(seen, _ONE_ONLY, 60.0)


def late_vote(seen: Seen) -> bool:
    return _waited(seen, _AWAY)[0] == "approved" and _waited(seen, _ONE_ONLY) == ("rejected", 60.0)


def forgets_votes(seen: Seen) -> bool:
    return _waited(seen, _APPROVED) == ("rejected", 60.0)


def gives_up_early(seen: Seen) -> bool:
    return _waited(seen, _IN_TIME)[0] == "rejected" or _waited(seen, _APPROVED)[0] == "rejected"


def another_name_in_4(seen: Seen) -> bool:
    return _no_function(seen, "deploy")


def rebinds(seen: Seen) -> bool:
    return (bool({"log", "aliases"} & look.stores(seen)) and _left(seen, _FIRST)[0] is None) or (
        "log" in look.stores(seen) and not _left(seen, _FIRST)[1]
    )


def another_entry(seen: Seen) -> bool:
    return bool(_left(seen, _FIRST)[1]) and _left(seen, _FIRST)[1] != [("a", "deployed", 7)]


def twice_in_log(seen: Seen) -> bool:
    return len(_left(seen, _AGAIN)[1]) > 1


def no_entry(seen: Seen) -> bool:
    return bool(_results(seen, "log")) and not _left(seen, _FIRST)[1]


def log_rewritten(seen: Seen) -> bool:
    return (
        bool(_results(seen, "log"))
        and not {("a", "deployed", 7), ("b", "deployed", 8)} & set(_left(seen, _SAME_VERSION)[1])
        and len(_left(seen, _SAME_VERSION)[1]) < 2
    )


def alias_is_the_mark(seen: Seen) -> bool:
    return bool(_results(seen, "log")) and not _left(seen, _HALF)[1]


def marker_in_memory(seen: Seen) -> bool:
    return len(_left(seen, _AGAIN)[1]) == 1 and len(_left(seen, _OTHER_HALF)[1]) == 2


def alias_not_set(seen: Seen) -> bool:
    return bool(_results(seen, "aliases")) and _left(seen, _FIRST)[0] != 7


def log_is_the_mark(seen: Seen) -> bool:
    return _left(seen, _OTHER_HALF)[0] == 6 and _left(seen, _FIRST)[0] == 7


def by_version(seen: Seen) -> bool:
    return len(_left(seen, _SAME_VERSION)[1]) == 2


def last_entry_only(seen: Seen) -> bool:
    return len(_left(seen, _IN_BETWEEN)[1]) == 3
