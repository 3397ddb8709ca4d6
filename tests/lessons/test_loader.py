"""The lessons' files: a small course loads, and each typical slip is named with its file, line and mend."""

import pytest

from checks.exercise import Choice, FillIn, Situation, Step, Variable
from checks.lessons.loader import load_bank, load_lessons
from tests.helpers.small_course import FILES, STEP, C, F, L, Q, S, Slip, Write, assert_named, line_of


def test_a_small_course_loads(write: Write) -> None:
    folder = write()
    (lesson,) = load_lessons(folder)
    assert [exercise.id for exercise in lesson.exercises] == ["small.2", "small.7", "small.3"]
    task, step, choice = lesson.exercises
    assert isinstance(step, Step) and isinstance(task, FillIn) and isinstance(choice, Choice)
    assert step.task == "Set `doubled` to twice `n`."
    assert step.hints == ("Multiply.", "By two.")
    assert (step.reference, step.starter, step.before) == ("doubled = 2 * n", "doubled = ...", "half = 1")
    assert step.situations == (Situation("n = 2", {"n": 2}), Situation("n = 3", {"n": 3}))
    assert step.compares == (Variable("doubled", shown="the double"),)
    adds, nothing = step.misconceptions
    assert (adds.id, adds.says, adds.advice) == ("adds", "You add two.", "Multiply.")
    assert adds.when and adds.when("Add") and not adds.when("Mult")  # type: ignore[arg-type]
    assert (nothing.id, nothing.samples) == ("nothing", ("doubled = None",))
    assert [form.id for form in step.asks_for] == ["star"]
    assert task.answer == ("print", "n") and task.misconceptions[0].samples[0] == ("n", "*")
    assert choice.options == ("One", "Two") and choice.misconceptions[0].samples == (("a",),)
    assert choice.shows[0].shown_for == "b"
    (question,) = load_bank(folder / "questions", [lesson])
    assert question.reasons == {"a": "No a.", "b": "No b.", "c": "Yes c.", "d": "No d."}
    assert question.misconceptions[0].advice == "Go back to `small.7`."
    assert "back to `small.7`" in question.hints[0] and question.explanation.startswith("The answer is **c**")


SLIPS: list[Slip] = [
    # ── what is read
    ({S: ("title: Double it", "title: Double: it")}, S, 4, "this is not YAML"),
    ({S: ("difficulty: easy", "difficulty: easy\ndifficulty: hard")}, S, 6, "`difficulty` stands here twice"),
    ({S: ("    shown: the double", "    shown: a\n    shown: b")}, S, 10, "`shown` stands here twice"),
    ({S: ("kind: step", "kind: stage")}, S, 3, "`kind` is step, fill-in or choice, and here it is 'stage'"),
    ({S: ("id: small.7", "id: small.8")}, S, 2, "the file of small.8 is called small.8.md"),
    ({S: ("---\nid", "id")}, S, 1, "begins with its front matter"),
    ({S: ""}, S, 1, "begins with its front matter"),
    ({S: "---\n---\n"}, S, 2, "write fields here"),
    ({S: STEP.encode().replace(b"Multiply.\n2", b"Multipl\xff.\n2")}, S, 17, "not UTF-8"),
    ({S: ("doubled = n + n\n```\n\n## Why", "doubled = n + n\n\n## Why")}, S, 39, "never closed"),
    # ── sections
    ({S: ("1. Multiply.", "1.")}, S, 17, "this entry is empty"),
    ({S: ("1. Multiply.\n2. By\n   two.", "")}, S, 15, "nothing stands here: write a list"),
    ({S: ("1. Multiply.\n2. By\n   two.", "Multiply.")}, S, 17, "write a list, each entry with `- `"),
    ({S: ("## Hints", "## Hint")}, S, 15, "Is it `## Hints`?"),
    ({S: ("## Reference", "## Referenz")}, S, line_of(S, "## Reference"), "Is it `## Reference`?"),
    ({S: ("## Reference\n\n```python\ndoubled = 2 * n\n```", "")}, S, 1, "there is no `## Reference`: write"),
    ({S: ("## Starter", "## Reference")}, S, line_of(S, "## Reference"), "two sections of this name"),
    ({S: ("doubled = 2 * n\n```", "doubled = 2 * n")}, S, line_of(S, "doubled = 2 * n") - 1, "never closed"),
    ({S: ("See above.", "")}, S, line_of(S, "## Explanation"), "nothing stands here: write it"),
    ({S: ("Set `doubled` to\ntwice `n`.", "")}, S, 10, "the task is missing"),
    ({F: ("## Code", "## Starter")}, F, line_of(F, "## Code"), "Is it `## "),
    # ── a fill-in
    ({F: ("[1]([2])", "[1]([3])")}, F, line_of(F, "```python"), "here are [1], [3]"),
    ({F: ("[1]([2])", "print(n)")}, F, line_of(F, "```python"), "here are none"),
    ({F: ("answer: [print, n]", "answer: [print]")}, F, 10, "the code has 2 blanks, and `answer` fills 1"),
    ({F: ("answer: [print, n]", "answer: [print, m]")}, F, 10, "'m' is none of the `options`"),
    ({F: ("options: [print, len, n]", "options: [print, len, n, len]")}, F, 9, "'len' is listed twice"),
    # ── a choice
    ({C: ("answer: b", "answer: c")}, C, 6, "there is no option c"),
    ({C: ("shown_for: b", "shown_for: z")}, C, line_of(C, "shown_for"), "there is no option 'z'"),
    ({C: ("shown_for: b", "steps: [")}, C, line_of(C, "shown_for"), "not YAML"),
    # ── a lesson
    ({L: ("  - small.7\n", "  - small.7\n  - small.2\n")}, L, 10, "small.2 stands here twice"),
    ({L: ("  - small.7\n", "  - small.7\n  - small.9\n")}, L, 10, "there is no small.9.md"),
    ({L: ("  - small.7\n", "")}, L, 7, "small.7.md is not listed: add `- small.7`"),
    ({L: ("  - small.7\n", "  - other.7\n")}, L, 9, "the ids of this lesson begin with `small.`"),
    ({L: b"\xff"}, L, 1, "not UTF-8"),
    ({"two/lesson.yaml": FILES[L].split("exercises")[0]}, "two/lesson.yaml", 1, "small has this number too"),
    (
        {"two/lesson.yaml": FILES[L].split("exercises")[0].replace("number: 1", "number: 2")},
        "two/lesson.yaml",
        2,
        "small has this notebook too",
    ),
    # ── the bank
    ({Q: ("back_to: small.7", "back_to: small.8")}, Q, 8, "there is no 'small.8'"),
    ({Q: ("lesson: small", "lesson: cooking")}, Q, 6, "`lesson` is one of small; it is 'cooking'"),
    ({Q: ("## Option d: dd\n\nD\n\n**Because:** No d.\n", "")}, Q, 7, "options a to d, and not abc"),
    ({Q: ("id: bank.first", "id: small.first")}, Q, 2, "small.first.md"),
    ({Q: STEP.replace("small.7", "bank.first")}, Q, 6, "no function `numbers`"),
    ({"questions/order.txt": "first\nfirst\n"}, "questions/order.txt", 2, "first stands here twice"),
    ({"questions/order.txt": "first\nsecond\n"}, "questions/order.txt", 2, "there is no second.md"),
    ({"questions/order.txt": ""}, "questions/order.txt", 1, "first.md is not listed: add first as a line"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_is_named_with_its_line(write: Write, slip: Slip) -> None:
    assert_named(write, slip)


def test_steps_stand_in_the_order_of_the_list_whatever_their_ids(write: Write) -> None:
    folder = write({L: ("  - small.2\n  - small.7\n", "  - small.7\n  - small.2\n")})
    assert [exercise.id for exercise in load_lessons(folder)[0].exercises] == [
        "small.7",
        "small.2",
        "small.3",
    ]
