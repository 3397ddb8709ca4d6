"""What of a lesson is Python: code that is none, functions that are not there, situations that cannot be."""

import pytest

from tests.helpers.small_course import PY, F, Q, S, Slip, Write, assert_named, line_of

SLIPS: list[Slip] = [
    ({S: ("doubled = 2 * n", "x = 1\ndoubled = 2 *")}, S, line_of(S, "doubled = 2 * n") + 1, "is not Python"),
    (
        {S: ("doubled = n + n\n```\n\n## Why", "doubled = (\n```\n\n## Why")},
        S,
        line_of(S, "doubled = n + n"),
        "Python",
    ),
    ({S: ("half = 1", "half =")}, S, line_of(S, "half = 1"), "is not Python"),
    (
        {S: ('`adds("Add")`', "`ads`")},
        S,
        line_of(S, "**Recognised by"),
        "no function `ads` in small/looks",
    ),
    (
        {S: ('`adds("Add")`', "`adds(Add)`")},
        S,
        line_of(S, "**Recognised by"),
        "is not a name with plain values",
    ),
    ({S: ("situations: numbers", "situations: numbrs")}, S, 6, "no function `numbrs` in small/situations.py"),
    ({S: ("situations: numbers", "situations: numbers\nmade_by: one")}, S, 7, "no function `one`"),
    ({PY: ("    return (", "    1 / 0\n    return (")}, PY, 5, "`numbers` raises ZeroDivisionError"),
    ({PY: ("    return (", "    yield 1 / 0\n    return (")}, PY, 5, "`numbers` raises ZeroDivisionError"),
    ({PY: ("    return (", "    (")}, F, 6, "`numbers` gives no tuple of Situations"),
    ({PY: ("return (Situation", "return () and (Situation")}, F, 6, "return at least one"),
    ({PY: ("Situation('n = 3', {'n': 3})", "3")}, F, 6, "gives no tuple of Situations"),
    ({PY: ("'n = 3'", "''")}, F, 6, "its `given` is empty"),
    (
        {PY: ("{'n': 3}", "registry={0: 'None', 3: 'None'}")},
        F,
        6,
        "the versions are 0, 3; number them from 1",
    ),
    ({PY: ("{'n': 3}", "registry={1: 'None'}, aliases={'a': 2}")}, F, 6, "an alias is on version 2"),
    ({PY: ("{'n': 3}", "registry={1: 'None'}, tags={4: {}}")}, F, 6, "a tag is on version 4"),
    ({PY: ("{'n': 3}", "descriptions={1: ''}")}, F, 6, "a description is on version 1"),
    ({PY: ("{'n': 3}", "registry={1: 'None'}, touched=(2,)")}, F, 6, "a change is on version 2"),
    ({PY: ("{'n': 3}", "sources={1: ''}")}, F, 6, "a source is on version 1"),
    (
        {PY: ("from checks", "1 / 0\nfrom checks")},
        PY,
        1,
        "importing it raises ZeroDivisionError: division by zero",
    ),
    ({PY: ("def numbers():", "def numbers(:")}, PY, 4, "importing it raises SyntaxError"),
    (
        {PY: ("from checks.exercise", "from checks.exercises")},
        PY,
        1,
        "importing it raises ModuleNotFoundError",
    ),
    ({Q: ("assert 1 + 1 == 2", "assert 1 +")}, Q, line_of(Q, "assert"), "is not Python"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_is_named_with_its_line(write: Write, slip: Slip) -> None:
    assert_named(write, slip)
