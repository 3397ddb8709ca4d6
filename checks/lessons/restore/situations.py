"""The situations of lesson 6: registries of versions that load or do not, with the log of what was done."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from checks.exercise import Situation
from checks.lessons.restore.cases import (
    DAMAGES,
    GONE,
    Case,
    Entry,
    case_of,
    champion_of,
    damages_of,
    situation,
    smaller,
    statuses_of,
    tagged,
)
from checks.lessons.shared.made import some_numbers
from checks.lessons.shared.words import listed, retagged, versions

_OK = "approved"
_ALIKE = (
    "Approved",
    "unapproved",
    "approved ",
    " approved",
    "approved-by-ana",
    "Retired",
    "approve",
    "retired ",
)
_STATUSES = (_OK, "retired", "pending", "rejected", "revoked", *_ALIKE, "", None)
_PEOPLE = ("ana", "bo", "Cleo", "dan lee")


# ── step 1 ────────────────────────────────────────────────────────────────────────────────────────────


def served() -> tuple[Situation, ...]:
    approved = dict.fromkeys((1, 2, 3), _OK)
    return tuple(
        situation(Case(approved, v, ()), f"version {v} of three as the champion", {}) for v in (1, 2)
    )


# ── step 2: does it load? ─────────────────────────────────────────────────────────────────────────────


def to_load() -> tuple[Situation, ...]:
    both = {1: _OK, 2: _OK}
    return (
        _load(Case(both, 1, [[2]])),
        _load(Case(both, 1, [[2]], damages={2: GONE})),
        _load(Case(both, 1, [[1]], damages={2: GONE})),
        _load(Case(both, 1, [[2]], damages={1: GONE})),
        _load(Case(both, 1, [[2]], damages={2: "a library missing that {} needs"})),
        _load(Case(both, 1, [[2]], damages={2: "the description of {} damaged"})),
        _load(Case(both, 1, [[9]])),
        _load(Case({1: "revoked", 2: "rejected"}, None, [[2]])),
        _load(Case({1: "revoked", 2: "rejected"}, None, [[1]])),
    )


def a_version_to_load(random: Random) -> Situation:
    """Files of any version damaged in any way; the version that is asked for is one of them, or none."""
    numbers = some_numbers(random, random.randint(1, 3))
    asked = random.choice(numbers)
    damages = {v: random.choice(list(DAMAGES)) for v in numbers if random.random() < 0.5}
    asked = numbers[-1] + 1 if random.random() < 0.1 else asked
    return _load(
        Case(
            {v: random.choice(_STATUSES) for v in numbers},
            random.choice((None, *numbers)),
            [[asked]],
            damages=damages,
            elsewhere=[v for v in numbers if random.random() < 0.3],
            beside=random.random() < 0.3,
        )
    )


def smaller_to_load(made: Situation) -> Iterator[Situation]:
    yield from map(_load, smaller(case_of(made)))


def _load(case: Case) -> Situation:
    ((asked,),) = case.calls
    unfit = [v for v, status in case.statuses.items() if status != _OK]
    given = [tagged(case) if unfit else f"{versions([*case.statuses])} in the registry"]
    given += [
        f"its files in `kept/{v}`" if v == asked else f"those of {v} in `kept/{v}`" for v in case.elsewhere
    ]
    about = {
        "the version does not exist": asked not in case.statuses,
        "the version is not the champion": asked != case.champion,
        "the files of another version are damaged": bool({*case.damages} - {asked}),
        "the version is not approved": asked in unfit,
        "the version loads": asked in case.statuses and asked not in case.damages,
    }
    which = f"version {asked}" + (", which does not exist" if asked not in case.statuses else "")
    return situation(case, f"{', '.join([*given, *damages_of(case)])}, asked for {which}", about)


# ── step 3: promote ───────────────────────────────────────────────────────────────────────────────────


def to_promote() -> tuple[Situation, ...]:
    log = _promoted(1)
    return (
        _promote(Case({1: _OK, 2: _OK}, 1, [[2, "bo"]], log)),
        _promote(Case({1: _OK, 2: None}, None, [[1, "ana"]])),
        _promote(Case({1: _OK}, None, [[1, "ana"]], damages={1: GONE})),
        _promote(Case({1: _OK, 2: "rejected"}, 1, [[2, "bo"]], log)),
        _promote(Case({1: _OK, 2: "pending"}, 1, [[2, "cleo"]], log)),
        _promote(Case({1: _OK, 2: None}, 1, [[2, "bo"]], log)),
        _promote(Case({1: _OK, 2: _OK}, 1, [[2, "bo"]], log, {2: GONE})),
        _promote(Case({1: _OK, 2: "rejected", 3: _OK}, 3, [[1, "dan"]], [*log, ("promote", 3, "bo")])),
        _promote(Case({1: "retired", 2: _OK}, 2, [[1, "bo"]], _promoted(1, 2))),
        _promote(Case({1: _OK, 2: "revoked"}, 1, [[2, "bo"]], log)),
        _promote(Case({1: _OK, 2: "unapproved"}, 1, [[2, "bo"]], log)),
        _promote(Case({1: _OK, 2: "rejected"}, 1, [[2, "bo"]], log, {2: GONE})),
        _promote(Case({1: _OK, 2: _OK}, 2, [[1, "ana"]] * 2, _promoted(1, 2))),
    )


def some_promotions(random: Random) -> Situation:
    """One or two calls, at times the same twice, for versions with any tag, some of which do not load."""
    numbers = some_numbers(random, random.randint(1, 4))
    likely = (*_STATUSES, *[_OK] * 10)
    calls: list[list[object]] = [[random.choice(numbers), random.choice(_PEOPLE)]]
    if random.random() < 0.5:
        calls.append(random.choice(([*calls[0]], [random.choice(numbers), random.choice(_PEOPLE)])))
    # What is asked for first loads, else its tag would not matter.
    first = {calls[0][0]: random.choice((*_STATUSES[4:], *[_OK] * 8))}
    statuses = {v: first.get(v, random.choice(likely)) for v in numbers}
    since = None
    if random.random() < 0.4:
        place = random.randrange(len(calls))
        version = calls[place][0]
        assert isinstance(version, int)
        since = (place, version, "revoked" if statuses[version] == _OK else _OK)
    return _promote(
        Case(
            statuses,
            random.choice((None, *numbers)),
            calls,
            _history(random, numbers, random.randint(0, 3)),
            {v: random.choice(list(DAMAGES)) for v in numbers if random.random() < 0.25 and v not in first},
            beside=random.random() < 0.3,
            aliases=_aliases(random, numbers),
            notes=_notes(random, numbers),
            since=since,
        )
    )


def smaller_promotions(made: Situation) -> Iterator[Situation]:
    yield from map(_promote, smaller(case_of(made)))


def _promote(case: Case) -> Situation:
    said = [f"{v} to be promoted by {by}" for v, by in case.calls]
    asked = [case.statuses[v] for v, _ in case.calls if isinstance(v, int)]
    about = {
        "the tag is another word than the four of lesson 5": bool({*asked} - {*_STATUSES[:4], None}),
        "a version without the tag is to be promoted": None in asked,
        "a version that is not approved is to be promoted": bool({*asked} - {_OK}),
        "a version that does not load is to be promoted": any(v in case.damages for v, _ in case.calls),
        "there is no champion yet": case.champion is None,
        "the champion itself is promoted once more": case.champion in [v for v, _ in case.calls],
        "the log is empty": not case.log,
    }
    changed = retagged(case.since, len(case.calls))
    return situation(case, f"{statuses_of(case)}, {champion_of(case)}, and {listed(said)}{changed}", about)


# ── step 4: roll back ─────────────────────────────────────────────────────────────────────────────────


def to_roll_back() -> tuple[Situation, ...]:
    return (
        _back({1: _OK, 2: _OK}, _promoted(1, 2)),
        _back({1: _OK, 2: "rejected", 3: _OK}, _promoted(1, 2, 3)),
        _back({1: _OK, 2: _OK, 3: _OK}, _promoted(1, 2, 3), gone=[2]),
        _back(dict.fromkeys((1, 2, 3, 4), _OK), _promoted(1, 3)),
        _back({1: _OK, 2: _OK, 3: _OK}, _promoted(2, 1, 3)),
        _back({1: _OK, 2: _OK, 3: _OK}, _promoted(1, 2, 3), times=2),
        _back({1: _OK, 2: "pending"}, _promoted(1)),
        _back({1: _OK, 2: _OK}, _promoted(1, 2), gone=[1]),
        _back({1: _OK, 2: _OK}, _promoted(2, 1, 2)),
        _back(
            {1: _OK, 2: _OK, 3: "revoked", 4: _OK},
            [*_promoted(1, 2, 3), ("rollback", 1, "bo"), ("promote", 4, "ana")],
        ),
        _back({1: _OK, 2: "retired", 3: _OK}, _promoted(1, 2, 3)),
        _back({1: _OK, 2: _OK, 3: _OK}, _promoted(1, 2), champion=3),
        _back({1: _OK, 2: _OK, 3: _OK}, _promoted(1, 2, 3), champion=1),
        _back({1: _OK, 2: None, 3: _OK}, _promoted(1, 2, 3)),
    )


def some_rollbacks(random: Random) -> Situation:
    """A history of promotions and rollbacks, after which now and then somebody moved the alias by hand."""
    numbers = some_numbers(random, random.randint(2, 4))
    likely = (*_STATUSES, *[_OK, "retired"] * 3)
    log = _history(random, numbers, random.randint(1, 6))
    by_hand = random.random() < 0.3
    champion = random.choice(numbers) if by_hand else log[-1][1]
    if random.random() < 0.2:  # a long history, of which the end tells nothing
        log += [("promote", champion, random.choice(_PEOPLE)) for _ in range(random.randint(10, 12))]
    times = random.choice((1, 1, 2))
    since = (0, random.choice(numbers), None) if times == 1 and random.random() < 0.4 else None
    return _roll_back(
        Case(
            {v: random.choice(likely) for v in numbers},
            champion,
            [[random.choice(_PEOPLE)] for _ in range(times)],
            log,
            {v: random.choice(list(DAMAGES)) for v in numbers if random.random() < 0.2},
            beside=random.random() < 0.3,
            aliases=_aliases(random, numbers),
            notes=_notes(random, numbers),
            since=since,
        )
    )


def smaller_rollbacks(made: Situation) -> Iterator[Situation]:
    yield from map(_roll_back, smaller(case_of(made)))


def _back(
    statuses: Mapping[int, str | None],
    log: Sequence[Entry],
    gone: Sequence[int] = (),
    times: int = 1,
    champion: int | None = None,
) -> Situation:
    """The last version in the log is the champion, unless another is said."""
    calls = [["erin"]] * times
    return _roll_back(Case(statuses, champion or log[-1][1], calls, log, dict.fromkeys(gone, GONE)))


def _roll_back(case: Case) -> Situation:
    served = [v for _, v, _ in case.log]
    champion = case.champion
    if case.since:
        champion = case.since[1]
        served = [*served, champion]
    earlier = [v for v in reversed(served) if v != champion]
    fit = [v for v in earlier if case.statuses[v] in (_OK, "retired") and v not in case.damages]
    words = [f"{v} {'promoted' if action == 'promote' else 'rolled back to'}" for action, v, _ in case.log]
    by_hand = case.since is None and (not served or served[-1] != champion)
    about = {
        "no version is left to go back to": not fit,
        "the version before the current one does not fit": bool(earlier and fit) and fit[0] != earlier[0],
        "the version to go back to is retired": bool(fit) and case.statuses[fit[0]] == "retired",
        "the versions did not serve in the order of their numbers": served != sorted(served),
        "a version served more than once": len(set(served)) < len(served),
        "there was a rollback before": any(action == "rollback" for action, _, _ in case.log),
        "the alias was set by hand": by_hand,
        "an approved version was never in production": any(
            status == _OK and v not in (*served, champion) for v, status in case.statuses.items()
        ),
    }
    given = [statuses_of(case), ", then ".join(words) or "an empty log"]
    given += [f"the alias set on {case.champion} by hand"] * by_hand
    given += [f"after your cell was run {champion} promoted"] * bool(case.since)
    given += [f"{len(case.calls)} rollbacks in a row"] * (len(case.calls) > 1)
    return situation(case, ", ".join(given), about)


# ── all of them ───────────────────────────────────────────────────────────────────────────────────────


def _history(random: Random, numbers: Sequence[int], entries: int) -> list[Entry]:
    return [
        (random.choice(("promote", "promote", "rollback")), random.choice(numbers), random.choice(_PEOPLE))
        for _ in range(entries)
    ]


def _aliases(random: Random, numbers: Sequence[int]) -> dict[str, int]:
    return {alias: random.choice(numbers) for alias in ("challenger", "previous") if random.random() < 0.3}


def _notes(random: Random, numbers: Sequence[int]) -> dict[int, str]:
    """What some versions say in a tag that nobody asks for."""
    return {v: random.choice((_OK, "MIT")) for v in numbers if random.random() < 0.4}


def _promoted(*versions: int) -> list[Entry]:
    return [("promote", version, "ana") for version in versions]
