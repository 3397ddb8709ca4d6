"""What a wrong answer is told: sections that are not as they must be, and the words put into shared ones."""

import pytest

from checks.lessons.loader import load_lessons
from tests.helpers.small_course import C, F, Q, S, Slip, Write, assert_named, line_of

SLIPS: list[Slip] = [
    # ── of a step
    ({S: ("**Try:** Multiply.", "Multiply.")}, S, line_of(S, "## Wrong"), "`**Try:** …`"),
    ({S: ('`adds("Add")`', "adds")}, S, line_of(S, "**Recognised by"), "a function's name between backticks"),
    ({S: ("## Wrong: adds", "## Wrong: Adds two")}, S, line_of(S, "## Wrong"), "needs small letters"),
    (
        {S: ("## Wrong: adds", "## Wrong: nothing")},
        S,
        line_of(S, "## Shared"),
        "a misconception 'nothing' already",
    ),
    ({S: ("```python\ndoubled = n + 2\n```", "")}, S, line_of(S, "## Wrong"), "at least one answer"),
    (
        {S: ("**Recognised by:** `multiplies`", "")},
        S,
        line_of(S, "## Asks for"),
        "say which function looks for it",
    ),
    (
        {S: ("## Shared: all", "## Shared: al")},
        S,
        line_of(S, "## Shared"),
        "there is no al.md beside this file",
    ),
    ({"small/all.md": "---\nabout: x\n---\n"}, "small/all.md", 3, "`## Wrong: its-name`"),
    ({"small/all.md": "---\nabout: x\n---\n\n## Shared: all\n"}, "small/all.md", 5, "and no others"),
    ({"small/all.md": "## Wrong: x\n"}, "small/all.md", 1, "begins with its front matter"),
    (
        {"small/all.md": ("It is nothing.", "«NAME» is nothing.")},
        S,
        line_of(S, "## Shared"),
        "give this exercise `function",
    ),
    (
        {"small/all.md": ("It is nothing.", "«NOME» is nothing.")},
        S,
        line_of(S, "## Shared"),
        "nothing is put there",
    ),
    # ── of a fill-in
    (
        {F: ("- [print, len]", "- [print]")},
        F,
        line_of(F, "- [print, len]"),
        "fills 1 blanks, and the code has 2",
    ),
    ({F: ("- [print, len]", "- [print, m]")}, F, line_of(F, "- [print, len]"), "'m' is none of the options"),
    ({F: ("- [print, len]", "- print")}, F, line_of(F, "- [n"), "write each sample as a line"),
    # ── the options of a choice
    (
        {C: ("## Option b", "## Option c")},
        C,
        line_of(C, "## Option b"),
        "lettered a, b, c, … in order; this one is 'c'",
    ),
    (
        {C: ("## Option a: one", "## Option a")},
        C,
        line_of(C, "## Option a"),
        "the right option is b, so this one is wrong",
    ),
    ({C: ("## Option b", "## Option b: two")}, C, line_of(C, "## Option b"), "b is the right option"),
    ({C: ("Two\n\n## Why", "One\n\n## Why")}, C, line_of(C, "## Option b"), "another option says the same"),
    ({C: ("**Because:** It is not one.", "")}, C, line_of(C, "## Option a"), "say why it is wrong"),
    ({C: ("**Try:** Count.", "**Because:** Count.")}, C, line_of(C, "**Because"), "each once"),
    ({C: ("Two\n\n## Why", "\n## Why")}, C, line_of(C, "## Option b"), "write its text"),
    ({Q: ("## Option d: dd", "## Option d")}, Q, line_of(Q, "## Option d"), "the right option is c"),
    (
        {Q: ("## Option b: bb", "## Option b: aa")},
        Q,
        line_of(Q, "## Option b"),
        "a misconception 'aa' already",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_is_named_with_its_line(write: Write, slip: Slip) -> None:
    assert_named(write, slip)


def test_shared_words_are_put_in(write: Write) -> None:
    shared = ("It is nothing.", "«NAME»(«PARAMETERS») gives «EXAMPLE».")
    field = ("compares:", "function: twice(n, m)\nexample: n + m\ncompares:")
    step = load_lessons(write({"small/all.md": shared, S: field}))[0].exercises[1]
    assert step.misconceptions[1].says == "twice(n, m) gives n + m."
