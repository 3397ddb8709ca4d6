"""Calls of `decide`, one after the other, in numbers and in words, for the situations of lesson 7.

Called by situations.py and looks.py.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checks.exercise import Situation
from checks.lessons.shared.words import spelled, that_hold

#: A call of decide: version, decision, by whom, and the approvers.
Call = tuple[str, str, str, object]
#: Who has said what about a version before the first call.
Noted = dict[str, dict[str, str]]
#: What has changed just before the call at a place: the quorum from then on, and what others have noted.
Meanwhile = dict[int, tuple[int, Noted]]

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
    meanwhile: Meanwhile | None = None,
) -> Situation:
    """Calls with this quorum, which `was` another one when the cell ran, and what changes between them."""
    was = was or quorum
    before = {"authors": authors, "decisions": {}, "quorum": was}
    changed_to = [] if was == quorum else [quorum]
    after = {
        "calls": list(calls),
        "noted": noted or {},
        "quorum_changed_to": changed_to,
        "meanwhile": meanwhile or {},
    }
    about = _about(calls, quorum, noted or {}, authors, was)
    about["something changes between two calls"] = bool(meanwhile)
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


class Parts(NamedTuple):
    """What `described` is given."""

    calls: list[Call]
    quorum: int
    noted: Noted
    authors: dict[str, str]
    was: int | None
    meanwhile: Meanwhile


def parts_of(situation: Situation) -> Parts:
    """What `described` was given."""
    names = ("calls", "noted", "quorum_changed_to", "meanwhile")
    calls, noted, changed, meanwhile = (situation.after[name] for name in names)
    authors, was = situation.before["authors"], situation.before["quorum"]
    assert isinstance(calls, list) and isinstance(noted, dict) and isinstance(changed, list)
    assert isinstance(was, int) and isinstance(authors, dict) and isinstance(meanwhile, dict)
    return Parts(calls, [was, *changed][-1], noted, authors, was, meanwhile)


def _errors(parts: Parts) -> Iterator[tuple[bool, bool]]:
    """For each call, whether a rule of step 3 refuses it, and whether one of step 4 does: the word, a second
    decision, a decided version.
    """
    decisions = {version: dict(said) for version, said in parts.noted.items()}
    quorum = parts.quorum
    for place, call in enumerate(parts.calls):
        quorum, theirs = parts.meanwhile.get(place, (quorum, {}))
        for version, said in theirs.items():
            decisions.setdefault(version, {}).update(said)
        version, word, by, _ = call
        said = decisions.setdefault(version, {})
        votes = list(said.values())
        decided = "reject" in votes or votes.count("approve") >= quorum
        unwelcome = not is_welcome(call, parts.authors)
        late = word not in WORDS or by in said or decided
        yield unwelcome, late
        if not (unwelcome or late):
            said[by] = word


def are_refused(situation: Situation) -> list[bool]:
    """For each call, whether step 4 asks for a ValueError."""
    return [late and not unwelcome for unwelcome, late in _errors(parts_of(situation))]


def only(parts: Parts, places: Sequence[int]) -> Parts:
    """With the calls at these places alone; what changed in between comes before the next of them."""
    meanwhile = {sum(n < place for n in places): change for place, change in parts.meanwhile.items()}
    return parts._replace(calls=[parts.calls[n] for n in places], meanwhile=meanwhile)


def with_one_error(parts: Parts) -> Parts:
    """Without calls that rules of both steps refuse: the task leaves open which error is raised."""
    return only(parts, [n for n, (unwelcome, late) in enumerate(_errors(parts)) if not (unwelcome and late)])


def _word(decision: str) -> str:
    return f"`{decision}`" if decision.isalnum() else spelled(decision)


def described(parts: Parts) -> Situation:
    calls, quorum, noted, authors, was, meanwhile = parts
    lists = [each[3] for each in calls if isinstance(each[3], list)]
    first = next(filter(None, lists), ["nobody"])
    told = [f"{spelled(by)} having said `{w}` to {v} before" for v in noted for by, w in noted[v].items()]
    for place, (version, word, by, on) in enumerate(calls):
        if place in meanwhile:
            now, theirs = meanwhile[place]
            said = [(who, word, of) for of in theirs for who, word in theirs[of].items()]
            told += [f"{spelled(who)} saying `{word}` to {of} elsewhere" for who, word, of in said]
            told += [f"the quorum becoming {now}"]
        others = "" if on == first else f" with `{on!r}` as approvers"
        told += [f"{spelled(by)} saying {_word(word)} to {version}{others}"]
    of = f", a quorum of {quorum}" if quorum != 2 else ""
    of = of if was in (None, quorum) else f", a quorum that was {was} when the cell ran and is {quorum} now"
    if authors != AUTHORS:
        of += "".join(f", {version} trained by {spelled(by)}" for version, by in authors.items())
    given = f"{', '.join(map(spelled, first))} on the list{of}, and {', then '.join(told)}"
    return calls_of(given, *calls, quorum=quorum, was=was, noted=noted, authors=authors, meanwhile=meanwhile)
