"""The situations of lesson 8: votes in all orders, mailboxes and clocks."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random

from checks.exercise import Situation
from checks.lessons.shared.smaller import fewer
from checks.lessons.shared.words import listed, spelled, that_hold

#: Who, and what they say.
Vote = tuple[str, str]
#: The second at which a vote arrives, who, and what they say.
Arrival = tuple[float, str, str]

_APPROVERS = ["alice", "bob", "carol"]


def votes() -> tuple[Situation, ...]:
    alice, bob = ("alice", "approve"), ("bob", "approve")
    return (
        _votes("no vote at all"),
        _votes("one approval, by alice", alice),
        _votes("approvals by alice and bob", alice, bob),
        _votes("alice approving, then bob rejecting", alice, ("bob", "reject")),
        _votes("approvals by alice and by mallory", alice, ("mallory", "approve")),
        _votes("a rejection by mallory, then alice approving", ("mallory", "reject"), alice),
        _votes("alice approving twice", alice, alice),
        _votes("alice approving, then alice rejecting", alice, ("alice", "reject")),
        _votes("alice rejecting, then approving, then bob approving", ("alice", "reject"), alice, bob),
        _votes("one approval, by carol", ("carol", "approve"), quorum=1),
        _votes("approvals by alice and bob", alice, bob, quorum=3),
        _votes("approvals by carol, bob and alice", ("carol", "approve"), bob, alice, quorum=3),
        _votes("approvals by alice and bob", alice, bob, quorum=1),
        _votes("approvals by alice and by ali", alice, ("ali", "approve")),
        _votes("approvals by alice and by bob@elsewhere", alice, ("bob@elsewhere", "approve")),
    )


def _votes(
    given: str,
    *votes: Vote,
    approvers: Sequence[str] = _APPROVERS,
    quorum: int = 2,
) -> Situation:
    by_approvers = [vote for vote in votes if vote[0] in approvers]
    rejections = [number for number, (name, word) in enumerate(by_approvers) if word == "reject"]
    about = {
        "somebody votes who is not an approver": len(by_approvers) < len(votes),
        "an approver votes twice": len({name for name, _ in by_approvers}) < len(by_approvers),
        "an approver rejects": bool(rejections),
        "an approval comes before a rejection": bool(rejections) and rejections[0] > 0,
        "nobody votes": not votes,
        "the quorum is 1": quorum == 1,
        "the quorum is more than 2": quorum > 2,
        "the quorum is more than there are approvers": quorum > len(approvers),
    }
    names = listed([*map(spelled, approvers)]) if approvers else "nobody"
    who = f"{names} as approver{'s' if len(approvers) > 1 else ''}"
    after = {"votes": list(votes), "approvers": list(approvers), "quorum": quorum}
    return Situation(f"{who}, a quorum of {quorum}, and {given}", after=after, about=that_hold(about))


def mailboxes() -> tuple[Situation, ...]:
    alice, bob = (10, "alice", "approve"), (20, "bob", "approve")
    return (
        _mailbox("no vote at all"),
        _mailbox("approvals by alice at 10 s and by bob at 20 s", alice, bob),
        _mailbox("alice approving at 10 s and bob rejecting at 15 s", alice, (15, "bob", "reject")),
        _mailbox("alice approving at 50 s and nothing after that", (50, "alice", "approve")),
        _mailbox(
            "alice approving at 50 s and bob at 65 s, too late",
            (50, "alice", "approve"),
            (65, "bob", "approve"),
        ),
        _mailbox(
            "mallory writing at 30, 55, 80 and 105 s",
            (30, "mallory", "approve"),
            (55, "mallory", "reject"),
            (80, "mallory", "approve"),
            (105, "mallory", "reject"),
        ),
        _mailbox(
            "alice approving at 40 s and bob at 58 s, just in time",
            (40, "alice", "approve"),
            (58, "bob", "approve"),
        ),
        _mailbox("bob approving at 4 s", (4, "bob", "approve"), seconds=5, quorum=1),
        _mailbox("bob approving at 7 s, too late", (7, "bob", "approve"), seconds=5, quorum=1),
        _mailbox(
            "alice approving at 10 s, the worker killed at 20 s and started again at 90 s, "
            "and bob approving at 70 s",
            alice,
            (70, "bob", "approve"),
            away=(20, 90),
        ),
        _mailbox(
            "alice approving at 10 s, the worker killed at 20 s and started again at 40 s, "
            "and bob approving at 30 s",
            alice,
            (30, "bob", "approve"),
            away=(20, 40),
        ),
        _mailbox("bob approving at exactly 5 s", (5, "bob", "approve"), seconds=5, quorum=1),
    )


def _mailbox(
    given: str,
    *votes: Arrival,
    seconds: float = 60,
    quorum: int = 2,
    away: tuple[float, float] | None = None,
    approvers: Sequence[str] = ("alice", "bob"),
) -> Situation:
    """Votes that arrive at these seconds; while the worker is `away`, none does."""
    about = {
        "a vote comes after the deadline": any(at > seconds for at, *_ in votes),
        "a vote comes at the deadline itself": any(at == seconds for at, *_ in votes),
        "a vote comes before the deadline": any(at < seconds for at, *_ in votes),
        "the worker is away for a while": away is not None,
        "the worker is away at the deadline": away is not None and away[0] < seconds < away[1],
        "somebody votes who is not an approver": any(name not in approvers for _, name, _ in votes),
        "several votes come": len(votes) > 1,
        "no vote comes": not votes,
    }
    after = {"votes": list(votes), "away": away, "seconds": seconds, "quorum": quorum}
    names = listed([*map(spelled, approvers)])
    return Situation(
        f"{seconds} seconds, {names} as approvers, a quorum of {quorum}, and {given}",
        after={**after, "approvers": list(approvers)},
        about=that_hold(about),
    )


def killed() -> tuple[Situation, ...]:
    return tuple(
        Situation(
            f"the worker killed while it waits, the vote `{vote}` sent while none runs, "
            "and a new worker started",
            {"the_vote": vote},
        )
        for vote in ("approve", "reject")
    )


# ── made from a seed ──────────────────────────────────────────────────────────────────────────────────


def some_votes(random: Random) -> Situation:
    """Votes in any order; some come twice, some are by others."""
    known = [*_APPROVERS, "dan", "eve", "ali", "al", "Alice", " carol"]
    approvers = random.sample(known, random.choice((0, *range(1, 6), *range(1, 6))))
    if approvers and random.random() < 0.3:  # two people whose names look alike
        approvers += {_alike(random, approvers[0])} - {*approvers}
    others = ["mallory", "ali", "carola", "Alice", "BOB", " carol", "bo", *_APPROVERS]
    people = approvers * random.choice((1, 3)) + [random.choice(others)]
    if approvers and random.random() < 0.7:
        people += [_alike(random, random.choice(approvers))] * len(approvers)
    words = ("approve",) * random.choice((1, 4, 9)) + ("reject",)
    cast = [(random.choice(people), random.choice(words)) for _ in range(random.randint(0, 7))]
    if random.random() < 0.05:
        place = random.randint(0, len(cast))
        cast[place:place] = [("mallory", "approve")] * 150
    quorum = random.choice((1, 2, 2, 2, 3, 4))
    if random.random() < 0.05:  # many approvers, and a quorum of two digits
        approvers, quorum = [*approvers, *(f"p{n}" for n in range(1, 13))], random.choice((10, 11, 12))
        cast = [(name, "approve") for name in approvers[-random.choice((9, 11, 12)) :]]
    return _cast(cast, approvers, quorum)


def _alike(random: Random, name: str) -> str:
    """Somebody else's name, which looks like this one."""
    otherwise = (name.capitalize(), f" {name}", f"{name} ", f"{name} ", f"{name}\n")
    longer = (f"m{name}", f"{name}a", f"{name} b", f"{name}.b", f"{name}@elsewhere", f"{name},b")
    return random.choice((*otherwise, *longer, name[:-1], name[1:]))


def smaller_votes(situation: Situation) -> Iterator[Situation]:
    cast, approvers, quorum = (situation.after[name] for name in ("votes", "approvers", "quorum"))
    assert isinstance(cast, list) and isinstance(approvers, list) and isinstance(quorum, int)
    for kept in fewer(cast):
        yield _cast(kept, approvers, quorum)


def _cast(cast: list[Vote], approvers: list[str], quorum: int) -> Situation:
    given = ", then ".join(_in_words(name, vote, len(list(same))) for (name, vote), same in groupby(cast))
    return _votes(given or "no vote at all", *cast, approvers=approvers, quorum=quorum)


#: From how many equal votes on they are not told one by one.
_MANY = 6


def _in_words(name: str, vote: str, times: int) -> str:
    return f"{spelled(name)} saying `{vote}`" + (
        "" if times == 1 else " twice" if times == 2 else f" {times} times"
    )


def a_mailbox(random: Random) -> Situation:
    """Votes before and after the deadline, in eighths of a second; perhaps no worker runs for a while."""
    seconds = random.choice((2, 5, 7.5, 30.125, 60, 90))
    approvers = random.choice(
        (["alice", "bob"], ["alice", "bob"], ["bob", "carol", "dan"], ["mallory", "alice"])
    )
    people = approvers * random.choice((1, 3)) + [random.choice(("mallory", "alice", "ali", " bob"))] * 2
    words = ("approve",) * random.choice((2, 8)) + ("reject",)
    times = sorted(random.sample(range(1, int(seconds * 12)), random.randint(0, 6)))
    arrivals = [(n / 8, random.choice(people), random.choice(words)) for n in times]
    if random.random() < 0.2:  # one at the deadline itself, and nothing after it
        arrivals = [each for each in arrivals if each[0] < seconds] + [
            (seconds, random.choice(people), "approve")
        ]
    if random.random() < 0.1 and seconds > 3:
        crowd: list[Arrival] = [(n / 64, "mallory", "approve") for n in range(1, 151)]
        first, *_, last = approvers
        crowd = [(1 / 128, first, "approve"), *crowd, (3, last, "approve")]
        arrivals = crowd + [each for each in arrivals if each[0] > 3]
    away = None
    if random.random() < 0.4:
        gone, back = sorted(random.sample(range(1, int(seconds * 12)), 2))
        away = (gone / 8 + 1 / 16, back / 8 + 1 / 16)
        if away[0] < seconds and random.random() < 0.5:  # back a moment too late for a vote that lies there
            away = (away[0], seconds + random.choice((2**-30, 2**-30, 1 / 16, 6 / 16, 13 / 16)))
            arrivals = [each for each in arrivals if each[0] < away[0]]
            arrivals += [((away[0] + seconds) / 2, random.choice(approvers), "approve")]
    return _arriving(arrivals, seconds, random.choice((1, 2, 2, 3)), away, approvers)


def smaller_mailboxes(situation: Situation) -> Iterator[Situation]:
    names = ("votes", "seconds", "quorum", "away", "approvers")
    arrivals, seconds, quorum, away, approvers = (situation.after[name] for name in names)
    assert isinstance(arrivals, list) and isinstance(quorum, int) and isinstance(seconds, int | float)
    assert (away is None or isinstance(away, tuple)) and isinstance(approvers, list)
    if away:
        yield _arriving(arrivals, seconds, quorum, None, approvers)
    for kept in fewer(arrivals):
        yield _arriving(kept, seconds, quorum, away, approvers)


def _arriving(
    arrivals: list[Arrival],
    seconds: float,
    quorum: int,
    away: tuple[float, float] | None,
    approvers: list[str],
) -> Situation:
    parts = []
    for (name, vote), same in groupby(arrivals, lambda arrival: arrival[1:]):
        times = [at for at, *_ in same]
        if len(times) > _MANY:
            parts.append(f"{_in_words(name, vote, len(times))} from {times[0]} s to {times[-1]} s")
        else:
            parts += [f"{_in_words(name, vote, 1)} at {at} s" for at in times]
    parts = parts or ["no vote at all"]
    if away:
        parts.append(f"no worker from {away[0]} s to {away[1]} s")
    given = ", ".join(parts)
    return _mailbox(given, *arrivals, seconds=seconds, quorum=quorum, away=away, approvers=approvers)
