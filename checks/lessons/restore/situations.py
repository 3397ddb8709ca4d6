"""The situations of lesson 6: registries of versions that load or do not, with the log of what was done."""

from collections.abc import Mapping, Sequence

from checks.exercise import Situation

_TAG = "validation_status"

#: A version's status; None for a version that has no such tag.
Statuses = Mapping[int, str | None]
#: The log's entries: what was done, to which version, by whom.
Log = Sequence[tuple[str, int, str]]


def _situation(
    given: str,
    statuses: Statuses,
    champion: int | None,
    log: Log = (),
    gone: Sequence[int] = (),
    damaged: Mapping[str, str] | None = None,
    **after: object,
) -> Situation:
    """A registry of these versions. Files of those in `gone` are missing; `damaged` is file → text."""
    return Situation(
        given,
        {
            "_saved": [version for version in statuses if version not in gone],
            "_damaged": damaged or {},
            "log": list(log),
        },
        after,
        registry=dict.fromkeys(statuses, "None"),
        aliases={} if champion is None else {"champion": champion},
        tags={version: {_TAG: status} for version, status in statuses.items() if status},
    )


def served() -> tuple[Situation, ...]:
    approved = dict.fromkeys((1, 2, 3), "approved")
    return (
        _situation("version 1 of three as the champion", approved, 1),
        _situation("version 2 of three as the champion", approved, 2),
    )


def to_load() -> tuple[Situation, ...]:
    both = {1: "approved", 2: "approved"}
    return (
        _situation("two versions with their files, asked for version 2", both, 1, version=2),
        _situation("the files of version 2 deleted, asked for version 2", both, 1, gone=[2], version=2),
        _situation("the files of version 2 deleted, asked for version 1", both, 1, gone=[2], version=1),
        _situation(
            "the files of version 1, the champion, deleted, asked for version 2", both, 1, gone=[1], version=2
        ),
        _situation(
            "version 2 needing a library that is not there, asked for version 2",
            both,
            1,
            damaged={"models/2/model.py": "import a_library_that_nobody_has"},
            version=2,
        ),
        _situation(
            "the description of version 2 damaged, asked for version 2",
            both,
            1,
            damaged={"models/2/MLmodel": "{"},
            version=2,
        ),
        _situation("two versions, asked for version 9, which does not exist", both, 1, version=9),
    )


def to_promote() -> tuple[Situation, ...]:
    log = [("promote", 1, "ana")]
    return (
        _situation(
            "version 2 approved, and promoted by bo",
            {1: "approved", 2: "approved"},
            1,
            log,
            version=2,
            by="bo",
        ),
        _situation(
            "version 1 approved, and no champion yet", {1: "approved", 2: None}, None, version=1, by="ana"
        ),
        _situation("version 2 rejected", {1: "approved", 2: "rejected"}, 1, log, version=2, by="bo"),
        _situation("version 2 pending", {1: "approved", 2: "pending"}, 1, log, version=2, by="cleo"),
        _situation("version 2 without the tag", {1: "approved", 2: None}, 1, log, version=2, by="bo"),
        _situation(
            "version 2 approved, with its files deleted",
            {1: "approved", 2: "approved"},
            1,
            log,
            gone=[2],
            version=2,
            by="bo",
        ),
        _situation(
            "version 1 approved again, and promoted in place of 3",
            {1: "approved", 2: "rejected", 3: "approved"},
            3,
            [*log, ("promote", 3, "bo")],
            version=1,
            by="dan",
        ),
    )


def to_roll_back() -> tuple[Situation, ...]:
    ok = "approved"
    return (
        _back("version 1 promoted, then 2", {1: ok, 2: ok}, _promoted(1, 2)),
        _back(
            "version 1 promoted, then 2, which was rejected later, then 3",
            {1: ok, 2: "rejected", 3: ok},
            _promoted(1, 2, 3),
            by="finn",
        ),
        _back(
            "versions 1, 2 and 3 promoted in this order, and the files of 2 deleted",
            {1: ok, 2: ok, 3: ok},
            _promoted(1, 2, 3),
            gone=[2],
        ),
        _back(
            "version 1 promoted, then 3, while 2 and 4 are approved and were never in production",
            {1: ok, 2: ok, 3: ok, 4: ok},
            _promoted(1, 3),
        ),
        _back("version 2 promoted, then 1, then 3", {1: ok, 2: ok, 3: ok}, _promoted(2, 1, 3)),
        _back(
            "versions 1, 2 and 3 promoted in this order, and two rollbacks in a row",
            {1: ok, 2: ok, 3: ok},
            _promoted(1, 2, 3),
            times=2,
        ),
        _back("only version 1 ever promoted", {1: ok, 2: "pending"}, _promoted(1)),
        _back(
            "version 1 promoted, then 2, and the files of 1 deleted",
            {1: ok, 2: ok},
            _promoted(1, 2),
            gone=[1],
        ),
        _back(
            "version 1 promoted, then 2, rolled back to 1, then 3 promoted",
            {1: ok, 2: "revoked", 3: ok},
            [*_promoted(1, 2), ("rollback", 1, "bo"), ("promote", 3, "ana")],
        ),
        _back("versions 2, 1 and 2 once more promoted", {1: ok, 2: ok}, _promoted(2, 1, 2)),
        _back(
            "versions 1, 2 and 3 promoted, rolled back to 1, then 4 promoted, and 2 approved again by now",
            {1: ok, 2: ok, 3: "revoked", 4: ok},
            [*_promoted(1, 2, 3), ("rollback", 1, "bo"), ("promote", 4, "ana")],
        ),
        _back(
            "versions 1, 2 and 3 promoted, and 2 retired", {1: ok, 2: "retired", 3: ok}, _promoted(1, 2, 3)
        ),
    )


def _back(
    given: str, statuses: Statuses, log: Log, gone: Sequence[int] = (), by: str = "erin", times: int = 1
) -> Situation:
    """The last version in the log is the champion, and `rollback` is called so many times."""
    return _situation(given, statuses, log[-1][1], log, gone, by=by, times=times)


def _promoted(*versions: int) -> list[tuple[str, int, str]]:
    return [("promote", version, "ana") for version in versions]
