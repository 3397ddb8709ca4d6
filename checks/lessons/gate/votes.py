"""Calls of `decide`, one after the other, in numbers and in words, for the situations of lesson 7.

Called by situations.py and looks.py.
"""

from collections.abc import Sequence

from checks.exercise import Situation
from checks.lessons.shared.words import that_hold

#: A call of decide: version, decision, by whom, and the approvers.
Call = tuple[str, str, str, object]
#: Who has said what about a version before the first call.
Noted = dict[str, dict[str, str]]

TEAM = ["ana", "bob", "cy", "dee"]
AUTHORS = {"v3": "ana", "v4": "bob"}
WORDS = ("approve", "reject")


def calls_of(
    given: str,
    *calls: Call,
    quorum: int = 2,
    was: int | None = None,
    noted: Noted | None = None,
    authors: dict[str, str] = AUTHORS,
) -> Situation:
    """Calls with this quorum, which `was` another one when the cell ran."""
    was = was or quorum
    before = {"authors": authors, "decisions": {}, "quorum": was}
    changed_to = [] if was == quorum else [quorum]
    after = {"calls": list(calls), "noted": noted or {}, "quorum_changed_to": changed_to}
    about = _about(calls, quorum, noted or {}, authors, was)
    return Situation(given, before, after, about=that_hold(about))


def _about(
    calls: Sequence[Call], quorum: int, noted: Noted, authors: dict[str, str], was: int
) -> dict[str, bool]:
    unlisted = [by for _, _, by, on in calls if isinstance(on, list) and by not in on]
    by_author = [word for version, word, by, _ in calls if authors[version] == by]
    return {
        "the author decides": bool(by_author),
        "the author rejects": "reject" in by_author,
        "the approvers are no list": any(not isinstance(on, list) for *_, on in calls),
        "the approvers are a tuple": any(isinstance(on, tuple) for *_, on in calls),
        "somebody is not on the list": bool(unlisted),
        "a person decides twice about a version": len({(one, by) for one, _, by, _ in calls}) < len(calls),
        "there is another word than approve and reject": not {each[1] for each in calls} <= {*WORDS},
        "somebody rejects": any(each[1] == "reject" for each in calls),
        "several calls come one after the other": len(calls) > 1,
        "the quorum is not 2": quorum != 2,
        "the quorum is 1": quorum == 1,
        "something is noted before": bool(noted),
        "the quorum has changed": was != quorum,
        "other people trained the versions than in the lesson": authors != AUTHORS,
    }


def votes_of(given: str, *votes: tuple[str, ...], quorum: int = 2) -> Situation:
    """Calls with the team as approvers, where a vote names no others."""
    return calls_of(given, *((*vote, TEAM) if len(vote) == 3 else vote for vote in votes), quorum=quorum)  # type: ignore[arg-type]


def is_welcome(call: Call, authors: dict[str, str]) -> bool:
    """Whether none of the rules of step 3 refuses it."""
    version, _, by, approvers = call
    return isinstance(approvers, list) and by in approvers and by != authors[version]


def parts_of(situation: Situation) -> tuple[list[Call], int, Noted, dict[str, str], int]:
    """What `described` was given."""
    calls, noted, changed = (situation.after[name] for name in ("calls", "noted", "quorum_changed_to"))
    authors, was = situation.before["authors"], situation.before["quorum"]
    assert isinstance(calls, list) and isinstance(noted, dict) and isinstance(changed, list)
    assert isinstance(was, int) and isinstance(authors, dict)
    return calls, [was, *changed][-1], noted, authors, was


def are_refused(situation: Situation) -> list[bool]:
    """For each call, whether step 4 asks for a ValueError: the word, a second decision, a decided version."""
    calls, quorum, noted, authors, _ = parts_of(situation)
    decisions = {version: dict(said) for version, said in noted.items()}
    refused = []
    for call in calls:
        version, word, by, _ = call
        said = decisions.setdefault(version, {})
        votes = list(said.values())
        decided = "reject" in votes or votes.count("approve") >= quorum
        welcome = is_welcome(call, authors)
        refused.append(welcome and (word not in WORDS or by in said or decided))
        if welcome and not refused[-1]:
            said[by] = word
    return refused


def described(
    calls: list[Call], quorum: int, noted: Noted, authors: dict[str, str], was: int | None = None
) -> Situation:
    lists = [each[3] for each in calls if isinstance(each[3], list)]
    earlier = [f"{by} having said `{w}` to {v} before" for v in noted for by, w in noted[v].items()]
    votes = [f"{by} saying `{word}` to {version}{_from(on)}" for version, word, by, on in calls]
    team = ", ".join(next(filter(None, lists), ["nobody"]))
    of = f", a quorum of {quorum}" if quorum != 2 else ""
    of = of if was in (None, quorum) else f", a quorum that was {was} when the cell ran and is {quorum} now"
    if authors != AUTHORS:
        of += "".join(f", {version} trained by {by}" for version, by in authors.items())
    given = f"{team} on the list{of}, and {', then '.join([*earlier, *votes])}"
    return calls_of(given, *calls, quorum=quorum, was=was, noted=noted, authors=authors)


def _from(approvers: object) -> str:
    return "" if approvers and isinstance(approvers, list) else f" with {approvers!r} as approvers"
