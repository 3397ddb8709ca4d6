"""The situations of lesson 5: registries with stages, aliases and tags, and calls for a new champion."""

from collections.abc import Mapping, Sequence

from checks.exercise import Situation

_TAG = "validation_status"
_STATUS = {"Production": "approved", "Staging": "pending", "Archived": "retired"}


def _tags(statuses: Mapping[int, str]) -> dict[int, dict[str, str]]:
    return {number: {_TAG: status} for number, status in statuses.items()}


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
            tags=_tags({1: "approved", 2: "rejected", 3: "approved"}),
            aliases={"champion": 1},
        ),
        Situation(
            "versions 1 and 2 pending and 3 approved",
            registry={1: "None", 2: "Production", 3: "None"},
            tags=_tags({1: "pending", 2: "pending", 3: "approved"}),
            aliases={"champion": 2},
        ),
    )


#: Lesson 2's registry first, then what tells a right migration from one that fits only that.
_SEEDINGS: tuple[tuple[str, dict[int, str]], ...] = (
    ("version 1 in Production, 2 in Staging, and 3 in no stage", {1: "Production", 2: "Staging", 3: "None"}),
    (
        "version 1 in Archived, 2 and 4 in Production, 3 and 5 in Staging",
        {1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"},
    ),
    ("version 1 in no stage and 2 in Archived", {1: "None", 2: "Archived"}),
    (
        "12 versions, 2, 9 and 10 in Production, 1 and 11 in Staging, and the others in Archived",
        dict.fromkeys(range(1, 13), "Archived")
        | {2: "Production", 9: "Production", 10: "Production", 1: "Staging", 11: "Staging"},
    ),
    ("versions 1 and 3 in Staging and 2 in Archived", {1: "Staging", 2: "Archived", 3: "Staging"}),
)


def in_stages() -> tuple[Situation, ...]:
    return tuple(_seeded(given, stages, {}) for given, stages in _SEEDINGS)


def in_stages_and_tagged() -> tuple[Situation, ...]:
    return tuple(
        _seeded(
            given, stages, {number: _STATUS[stage] for number, stage in stages.items() if stage != "None"}
        )
        for given, stages in _SEEDINGS
    )


def _seeded(given: str, stages: dict[int, str], statuses: dict[int, str]) -> Situation:
    # Version 1 is touched last where it is not the highest: a search then gives it first.
    touched = [1] if len(stages) == 3 else []
    return Situation(given, {"_touched": touched}, registry=stages, tags=_tags(statuses))


def calls_for_a_champion() -> tuple[Situation, ...]:
    known = {1: "approved", 2: "rejected", 3: "approved"}
    return (
        _calls("version 1 champion and 3 approved, and a call for 3", known, [3], 1),
        _calls("version 1 champion and 2 rejected, and a call for 2", known, [2], 1),
        _calls("version 1 champion and 4 without this tag, and a call for 4", known, [4], 1),
        _calls("version 3 champion and 2 pending, and a call for 2", {2: "pending", 3: "approved"}, [2], 3),
        _calls(
            "2 and 4 approved, 1 rejected but in Production, no champion yet, and calls for 2, 1 and 3",
            {1: "rejected", 2: "approved", 4: "approved"},
            [2, 1, 3],
            None,
            first="Production",
        ),
    )


def _calls(
    given: str, statuses: dict[int, str], wanted: Sequence[int], champion: int | None, first: str = "None"
) -> Situation:
    """Four versions, the first in a stage; `set_champion` is called for those `wanted`."""
    return Situation(
        given,
        after={"wanted": list(wanted)},
        registry={1: first, 2: "None", 3: "None", 4: "None"},
        tags={4: {"license": "approved"}} | _tags(statuses),
        aliases={} if champion is None else {"champion": champion},
    )
