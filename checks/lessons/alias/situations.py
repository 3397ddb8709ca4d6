"""The situations of lesson 5: registries with stages, aliases and tags, and calls for a new champion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from checks.exercise import Model, Situation
from checks.lessons.alias.registries import (
    STAGES,
    STATUSES,
    TAG,
    described,
    said_before,
    tagged_as,
    with_tags,
    without_tags,
)
from checks.lessons.shared.made import BESIDE, OTHERS, some_numbers
from checks.lessons.shared.words import listed, retagged, that_hold, versions


def champions() -> tuple[Situation, ...]:
    return (
        Situation(
            "the alias `champion` on version 2 and `challenger` on 3",
            registry={1: "None", 2: "None", 3: "None"},
            aliases={"champion": 2, "challenger": 3},
        ),
        Situation(
            "the alias `champion` on version 1 of 4",
            registry=dict.fromkeys((1, 2, 3, 4), "None"),
            aliases={"champion": 1, "challenger": 4},
        ),
    )


def tagged() -> tuple[Situation, ...]:
    return (
        Situation(
            "versions 1 and 3 approved, 2 rejected and 4 without a tag",
            registry={1: "None", 2: "Production", 3: "Archived", 4: "Production"},
            tags=tagged_as({1: "approved", 2: "rejected", 3: "approved"}),
            aliases={"champion": 1},
        ),
        Situation(
            "versions 1 and 2 pending and 3 approved",
            registry={1: "None", 2: "Production", 3: "None"},
            tags=tagged_as({1: "pending", 2: "pending", 3: "approved"}),
            aliases={"champion": 2},
        ),
    )


# ── steps 3 and 4: a registry with stages ─────────────────────────────────────────────────────────────

#: Lesson 2's registry first, then what tells a right migration from one that fits only that.
_SEEDINGS = (
    {1: "Production", 2: "Staging", 3: "None"},
    {1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"},
    {1: "None", 2: "Archived"},
    {2: "Production", 9: "Staging", 10: "Production", 11: "Staging", 12: "Archived"},
    {1: "Staging", 2: "Archived", 3: "Staging"},
)


def in_stages() -> tuple[Situation, ...]:
    # Version 1 is touched last where it is not the highest: a search then gives it first.
    return tuple(described(stages, (1,) if len(stages) == 3 else ()) for stages in _SEEDINGS)


def in_stages_and_tagged() -> tuple[Situation, ...]:
    return tuple(map(with_tags, in_stages()))


def a_registry_with_stages(random: Random) -> Situation:
    """Versions of which now and then one says in the tag what is not true any more."""
    situation = _some_registry(random)
    return said_before(situation, _some_said(random, situation))


def a_registry_with_stages_and_tags(random: Random) -> Situation:
    """The same as step 3 leaves it: what a version in no stage says in the tag still stands there."""
    situation = _some_registry(random)
    stages = situation.registry or {}
    said = _some_said(random, situation, often=0.6).items()
    return with_tags(
        said_before(situation, {each: status for each, status in said if stages[each] == "None"})
    )


def _some_said(random: Random, situation: Situation, often: float = 0.2) -> dict[int, str]:
    """What the tag of each version said before, where there was one, which is so `often`."""
    return {
        number: random.choice(STATUSES[:4]) for number in situation.registry or {} if random.random() < often
    }


def _some_registry(random: Random) -> Situation:
    """Versions with gaps where some were deleted, changed in any order; now and then another model."""
    numbers = some_numbers(random, random.choice((1, 2, 3, 4, 5, 5, 6, 11)))
    if random.random() < 0.25:  # a history of years, of which little is left
        numbers[-1] += random.choice((90, 150, 300))
    stages = {number: random.choice(STAGES) for number in numbers}
    touched = random.sample(numbers, random.randint(0, min(len(numbers), 6)))
    situation = described(stages, touched, beside=random.random() < 0.5)
    # Tags of another key and aliases of another name were there before, and stay.
    key = random.choice(("team", "license"))
    tags = {number: {key: "approved"} for number in numbers if random.random() < 0.3}
    aliases = {"previous": random.choice(numbers)} if random.random() < 0.3 else {}
    given = situation.given
    for alias, stage in (("champion", "Production"), ("challenger", "Staging")):
        if stage in stages.values() and random.random() < 0.2:
            aliases[alias] = random.choice(numbers)
            given += f", the alias `{alias}` on version {aliases[alias]}"
    about = {"one of the two aliases is set already": bool({"champion", "challenger"} & {*aliases})}
    about_all = (*situation.about, *that_hold(about))
    return replace(situation, given=given, tags=tags, aliases=aliases, about=about_all)


def smaller_registries(situation: Situation) -> Iterator[Situation]:
    """The same with MyModel, its stages and what is said in the tag alone, and with one version less."""
    stages = dict(situation.registry or {})
    said = {number: held[TAG] for number, held in situation.tags.items() if TAG in held}
    alone = described(stages, situation.touched)
    yield from (simpler for simpler in (alone, said_before(alone, said)) if simpler != situation)
    for dropped in stages if len(stages) > 1 else ():
        fewer = {number: stage for number, stage in stages.items() if number != dropped}
        touched = [number for number in situation.touched if number != dropped]
        kept = {number: status for number, status in said.items() if number != dropped}
        yield said_before(described(fewer, touched, beside=bool(situation.others)), kept)


def smaller_registries_with_tags(situation: Situation) -> Iterator[Situation]:
    yield from map(with_tags, smaller_registries(without_tags(situation)))


# ── step 5: calls for a champion ──────────────────────────────────────────────────────────────────────


def calls_for_a_champion() -> tuple[Situation, ...]:
    known = {1: "approved", 2: "rejected", 3: "approved"}
    return (
        _calls({**known, 4: None}, [3], 1),
        _calls({**known, 4: None}, [2], 1),
        _calls({**known, 4: None}, [4], 1),
        _calls({1: None, 2: "pending", 3: "approved"}, [2], 3),
        _calls({1: "approved", 2: "retired"}, [2], 1),
        _calls({1: "approved", 2: "revoked"}, [2], 1),
        _calls(
            {1: "rejected", 2: "approved", 3: None, 4: "approved"}, [2, 1, 3], None, stages={1: "Production"}
        ),
    )


def some_calls(random: Random) -> Situation:
    """Versions with any tag or none, and calls for some of them, now and then for one of them twice.

    Now and then somebody gives one of them another tag after the cell was run, or between two calls.
    """
    numbers = some_numbers(random, random.randint(1, 5))
    approved = ["approved"] * 6
    statuses = {number: random.choice((*STATUSES, None, *approved)) for number in numbers}
    wanted = random.choices(numbers, k=random.choice((2, 2, 3)))
    statuses[wanted[0]] = random.choice((*STATUSES[3:], None, *approved[:5]))
    stages = {number: random.choice(STAGES) for number in numbers if random.random() < 0.5}
    champion = random.choice((None, numbers[-1], *numbers))
    aliases = {alias: random.choice(numbers) for alias in ("challenger", "previous") if random.random() < 0.5}
    since = None
    if random.random() < 0.5:
        place = random.randrange(len(wanted))
        other = "revoked" if statuses[wanted[place]] == "approved" else "approved"
        since = (place, wanted[place], other)
    return _calls(
        statuses,
        wanted,
        champion,
        stages=stages,
        beside=random.random() < 0.4,
        aliases=aliases,
        note=random.choice(("approved", "MIT")),
        since=since,
    )


def fewer_calls(situation: Situation) -> Iterator[Situation]:
    """The same with one call, with one version less, and with no other model."""
    numbers = list(situation.registry or {})
    statuses = {number: situation.tags.get(number, {}).get(TAG) for number in numbers}
    calls = situation.after["calls"]
    assert isinstance(calls, list)
    wanted = [version for (version,) in calls]
    champion = situation.aliases.get("champion")
    since = situation.after.get("since")
    assert since is None or isinstance(since, tuple)
    if situation.others:
        yield _calls(statuses, wanted, champion, since=since)
    for version in wanted if len(wanted) > 1 else ():
        yield _calls(statuses, [version], champion, beside=bool(situation.others))
    for dropped in numbers:
        if dropped not in (*wanted, champion):
            fewer = {number: status for number, status in statuses.items() if number != dropped}
            yield _calls(fewer, wanted, champion, beside=bool(situation.others), since=since)


def _calls(
    statuses: Mapping[int, str | None],
    wanted: Sequence[int],
    champion: int | None,
    stages: Mapping[int, str] | None = None,
    beside: bool = False,
    aliases: Mapping[str, int] | None = None,
    note: str = "approved",
    since: tuple[int, int, str] | None = None,
) -> Situation:
    """Versions with these tags, of which one is champion; `set_champion` is called for those `wanted`.

    `aliases` are the others, `note` what stands in a tag that nobody asks for. `since` says that before the
    call of this number (from 0) a version is given another tag.
    """
    words = {None: "without the tag", "": "with an empty tag"}
    parts = [
        f"{versions([v for v, held in statuses.items() if held == status])} "
        f"{words.get(status) or f'tagged `{status}`'}"
        for status in dict.fromkeys(statuses.values())
    ]
    stages = dict.fromkeys(statuses, "None") | dict(stages or {})
    staged = [number for number, stage in stages.items() if stage != "None"]
    given = listed(parts)
    given += "".join(f", {number} in {stages[number]}" for number in staged)
    given += f", {'no champion yet' if champion is None else f'{champion} the champion'}"
    given += f", {BESIDE}" if beside else ""
    given += f", and {'a call' if len(wanted) == 1 else 'calls'} for {listed([*map(str, wanted)])}"
    given += retagged(since, len(wanted))
    asked = [statuses[version] for version in wanted]
    about = {
        "a version without the tag is asked for": None in asked,
        "a pending version is asked for": "pending" in asked,
        "a rejected version is asked for": "rejected" in asked,
        "the tag is another word than the four of this lesson": bool({*asked} - {*STATUSES[:4], None}),
        "an approved version is asked for": "approved" in asked,
        "there is no champion yet": champion is None,
        "the registry holds another model too": beside,
        "the function is called more than once": len(wanted) > 1,
        "a version has a stage": bool(staged),
        "a version is given another tag after the cell was run": since is not None,
    }
    tags = {number: {"license": note} for number in statuses if number % 2 == 0}
    for number, status in statuses.items():
        if status is not None:
            tags.setdefault(number, {})[TAG] = status
    # Every version of the other models is approved: whose tag it is has to be looked at.
    other = Model(
        dict.fromkeys(statuses, "None"),
        {"champion": min(statuses)},
        tagged_as(dict.fromkeys(statuses, "approved")),
    )
    return Situation(
        given,
        after={"calls": [[version] for version in wanted]} | ({"since": since} if since else {}),
        registry=stages,
        tags=tags,
        aliases=dict({"challenger": min(statuses)} if aliases is None else aliases)
        | ({} if champion is None else {"champion": champion}),
        others=dict.fromkeys(OTHERS, other) if beside else {},
        about=that_hold(about),
    )
