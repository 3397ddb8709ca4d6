"""Registries with stages, for the situations of lesson 5: their numbers, their words, and what stands beside.

Called by situations.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checks.exercise import Model, Situation
from checks.lessons.shared.made import BESIDE, OTHERS
from checks.lessons.shared.words import listed, that_hold, versions

TAG = "validation_status"
_STATUS = {"Production": "approved", "Staging": "pending", "Archived": "retired"}
STAGES = (*_STATUS, "None")
_STAGED = ("Production", "Staging")
#: What stands in the tag here and there: the four words of the lesson, and others.
STATUSES = (
    "approved",
    "pending",
    "rejected",
    "retired",
    "revoked",
    "Approved",
    "unapproved",
    "approved ",
    "APPROVED",
    " approved",
    "approve",
    "approved-by-ana",
    "",
)


def tagged_as(statuses: Mapping[int, str]) -> dict[int, dict[str, str]]:
    return {number: {TAG: status} for number, status in statuses.items()}


def described(stages: dict[int, str], touched: Sequence[int] = (), beside: bool = False) -> Situation:
    held = {stage: [number for number in stages if stages[number] == stage] for stage in STAGES}
    parts = [
        f"{versions(numbers)} in {'no stage' if stage == 'None' else stage}"
        for stage, numbers in held.items()
        if numbers
    ]
    newest = max(stages)
    last = touched[-1] if touched else newest
    given = listed(parts)
    given += f", version {last} changed last" if last != newest else ""
    given += f", and {BESIDE}" if beside else ""
    about = {
        "a version was deleted, so that the numbers have a gap": len(stages) < newest,
        "the numbers sort otherwise as text": sorted(stages) != sorted(stages, key=str),
        "another version than the newest was changed last": last != newest,
        "the registry holds another model too": beside,
        **{f"no version is in {stage}": not held[stage] for stage in _STAGED},
        **{f"several versions are in {stage}": len(held[stage]) > 1 for stage in _STAGED},
        "a version is archived": bool(held["Archived"]),
        "a version is in no stage": bool(held["None"]),
    }
    return Situation(
        given,
        registry=stages,
        touched=tuple(touched),
        others=dict.fromkeys(OTHERS, _another(stages)) if beside else {},
        about=that_hold(about),
    )


def _another(stages: Mapping[int, str]) -> Model:
    """A model with the same numbers in other stages, one version more, and an alias and a tag of its own."""
    turned = {number: STAGES[STAGES.index(stage) - 1] for number, stage in stages.items()}
    newest = max(stages) + 1
    return Model(turned | {newest: "Production"}, {"champion": min(stages)}, tagged_as({newest: "pending"}))


def said_before(situation: Situation, said: Mapping[int, str]) -> Situation:
    """Where these versions say in the tag what once was so."""
    if not said:
        return situation
    stages = situation.registry or {}
    about = {
        "a version has the tag already": True,
        "a version in no stage has the tag": any(stages[number] == "None" for number in said),
    }
    words = listed([f"`{status}` on version {number}" for number, status in said.items()])
    return replace(
        situation,
        given=f"{situation.given}, and an old tag {words}",
        tags={number: {**situation.tags.get(number, {}), **held} for number, held in tagged_as(said).items()}
        | {number: held for number, held in situation.tags.items() if number not in said},
        about=(*situation.about, *that_hold(about)),
    )


def without_tags(situation: Situation) -> Situation:
    """As it was before the step before: what versions in no stage say in the tag alone."""
    stages = situation.registry or {}
    kept = {
        number: {key: value for key, value in tags.items() if key != TAG or stages[number] == "None"}
        for number, tags in situation.tags.items()
    }
    return replace(situation, tags={number: tags for number, tags in kept.items() if tags})


def with_tags(situation: Situation) -> Situation:
    """As the step before leaves it: each stage said once more by a tag."""
    both = {number: dict(tags) for number, tags in situation.tags.items()}
    for number, stage in (situation.registry or {}).items():
        if stage in _STATUS:
            both.setdefault(number, {})[TAG] = _STATUS[stage]
    return replace(situation, tags=both)
