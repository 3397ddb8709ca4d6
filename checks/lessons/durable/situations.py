"""The situations of lesson 8: votes in all orders, mailboxes and clocks, and deployments done twice."""

from collections.abc import Mapping, Sequence

from checks.exercise import Situation

Vote = tuple[str, str]

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
    )


def _votes(given: str, *votes: Vote, quorum: int = 2) -> Situation:
    return Situation(
        f"alice, bob and carol as approvers, a quorum of {quorum}, and {given}",
        after={"votes": list(votes), "approvers": _APPROVERS, "quorum": quorum},
    )


def mailboxes() -> tuple[Situation, ...]:
    return (
        _mailbox("no vote at all"),
        _mailbox(
            "approvals by alice at 10 s and by bob at 20 s", (10, "alice", "approve"), (20, "bob", "approve")
        ),
        _mailbox(
            "alice approving at 10 s and bob rejecting at 15 s",
            (10, "alice", "approve"),
            (15, "bob", "reject"),
        ),
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
            (105, "mallory", "x"),
        ),
        _mailbox(
            "alice approving at 40 s and bob at 58 s, just in time",
            (40, "alice", "approve"),
            (58, "bob", "approve"),
        ),
        _mailbox("bob approving at 4 s", (4, "bob", "approve"), seconds=5, quorum=1),
        _mailbox("bob approving at 7 s, too late", (7, "bob", "approve"), seconds=5, quorum=1),
        _mailbox(
            "the worker killed at 20 s and started again at 90 s, and bob voting at 70 s",
            (10, "alice", "approve"),
            (70, "bob", "approve"),
            away=(20, 90),
        ),
        _mailbox(
            "the worker killed at 20 s and started again at 40 s, and bob voting at 30 s",
            (10, "alice", "approve"),
            (30, "bob", "approve"),
            away=(20, 40),
        ),
    )


def _mailbox(
    given: str,
    *votes: tuple[float, str, str],
    seconds: float = 60,
    quorum: int = 2,
    away: tuple[float, float] | None = None,
) -> Situation:
    """Votes that arrive at these seconds; while the worker is `away`, none does."""
    return Situation(
        f"{seconds} seconds, alice and bob as approvers, a quorum of {quorum}, and {given}",
        after={"votes": list(votes), "away": away, "seconds": seconds, "quorum": quorum},
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


def deployments() -> tuple[Situation, ...]:
    return (
        _deployments("run `a` deploying version 7", ("a", 7)),
        _deployments(
            "run `a` deploying version 7, killed before that was recorded, and doing it again",
            ("a", 7),
            ("a", 7),
            aliases={"champion": 6},
        ),
        _deployments(
            "run `a` deploying 7, run `b` 8, and run `c` 7 once more, which is a deployment of its own",
            ("a", 7),
            ("b", 8),
            ("c", 7),
        ),
        _deployments(
            "run `a` killed between the alias and the log, and doing it again",
            ("a", 7),
            aliases={"champion": 7},
        ),
        _deployments(
            "run `a` killed between the log and the alias, and doing it again",
            ("a", 7),
            aliases={"champion": 6},
            log=[("a", "deployed", 7)],
        ),
        _deployments(
            "run `b` having deployed 8 before run `a` does 7 a second time", ("a", 7), ("b", 8), ("a", 7)
        ),
        _deployments(
            "another alias, and entries of other runs in the log",
            ("a", 7),
            aliases={"champion": 6, "challenger": 8},
            log=[("z", "deployed", 6), ("b", "rejected", 8)],
        ),
    )


def _deployments(
    given: str,
    *calls: tuple[str, int],
    aliases: Mapping[str, int] | None = None,
    log: Sequence[tuple[str, str, int]] = (),
) -> Situation:
    return Situation(given, after={"calls": list(calls), "aliases": dict(aliases or {}), "log": list(log)})
