"""Fields of front matter, of lesson.yaml and of pipelines: what is no such field, or not as it must be."""

import pytest

from tests.helpers.small_course import C, L, S, Slip, Write, assert_named, line_of

SLIPS: list[Slip] = [
    ({S: ("title: Double it", "titel: Double it")}, S, 4, "no field `titel`: is it `title`? The fields are"),
    ({S: ("title: Double it\n", "")}, S, 1 + 1, "`title` is missing: write it. The fields are"),
    (
        {S: ("compares:", "tries: 3\ncompares:")},
        S,
        7,
        "no field `tries`",
    ),
    ({S: ("difficulty: easy", "difficulty: simple")}, S, 5, "it is 'simple'"),
    ({S: ("    shown: the double", "    shwon: the double")}, S, 9, "no field `compares.0.shwon`"),
    ({S: ("  - variable: doubled", "  - varible: doubled")}, S, 8, "an entry is `variable: …`"),
    ({S: ("id: small.7", "id: Small 7")}, S, 2, "it is 'Small 7'"),
    ({C: ("caption: A run", "captoin: A run")}, C, line_of(C, "caption"), "no field `captoin`"),
    ({L: ("minutes: 5", "minutes: five")}, L, 4, "it is 'five'"),
    ({L: ("unit: steps\n", "")}, L, 1, "`unit` is missing"),
    ({"small/all.md": "---\nabot: x\n---\n"}, "small/all.md", 2, "no field `abot`: is it `about`?"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_is_named_with_its_line(write: Write, slip: Slip) -> None:
    assert_named(write, slip)
