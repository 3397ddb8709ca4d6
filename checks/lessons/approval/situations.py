"""The situations of lesson 2: registries of MyModel with versions in all kinds of stages."""

from checks.exercise import Situation

#: Every stage but None, two of them twice, and not in order of version.
_FIVE = Situation(
    "version 1 in Archived, 2 and 4 in Production, 3 and 5 in Staging",
    registry={1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"},
)
_THREE = Situation(
    "version 1 in Production, 2 in Staging, and 3 not yet in any stage",
    registry={1: "Production", 2: "Staging", 3: "None"},
)


def to_approve() -> tuple[Situation, ...]:
    return (
        Situation("versions 1 and 2 not yet in any stage", registry={1: "None", 2: "None"}),
        Situation(
            "version 1 in Staging and version 2 in Production", registry={1: "Staging", 2: "Production"}
        ),
    )


def three_and_five() -> tuple[Situation, ...]:
    return _THREE, _FIVE


def to_reject() -> tuple[Situation, ...]:
    return (
        Situation(
            "version 1 in Production and version 2 in Staging", registry={1: "Production", 2: "Staging"}
        ),
        Situation(
            "version 1 not yet in any stage and version 2 in Production",
            registry={1: "None", 2: "Production"},
        ),
    )


def to_map() -> tuple[Situation, ...]:
    return (
        Situation(  # two versions share a stage: the map turned round loses one
            "versions 1 and 2 in Staging and version 3 in Production",
            registry={1: "Staging", 2: "Staging", 3: "Production"},
        ),
        _FIVE,
    )
