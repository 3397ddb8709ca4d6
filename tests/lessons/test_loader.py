"""The lessons' files: a small course loads, and each typical slip is named with its file, line and mend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.exercise import Choice, FillIn, Situation, Step, Variable
from checks.lessons.loader import load_bank, load_lessons
from checks.lessons.reading import ContentError

STEP = """\
---
id: small.7
kind: step
title: Double it
difficulty: easy
situations: numbers
compares:
  - variable: doubled
    shown: the double
---

Set `doubled` to
twice `n`.

## Hints

1. Multiply.
2. By
   two.

## Common mistakes

- Adding two.

## Starter

```python
doubled = ...
```

## Reference

```python
doubled = 2 * n
```

## Also right

```python
doubled = n + n
```

## Why it is right

Twice is times two.

## Explanation

See above.

## Runs before

```python
half = 1
```

## Wrong: adds

You add two.

**Try:** Multiply.

**Recognised by:** `adds("Add")`

```python
doubled = n + 2
```

## Shared: all

```python
doubled = None
```

## Asks for: star

Use `*`.

**Try:** Write `*`.

**Recognised by:** `multiplies`

```python
doubled = n + n
```
"""

FILL_IN = """\
---
id: small.2
kind: fill-in
title: Fill it
difficulty: medium
situations: numbers
compares:
  - printed: true
options: [print, len, n]
answer: [print, n]
---

Print it.

## Hints

- Look.

## Common mistakes

- None.

## Code

```python
[1]([2])
```

## Why it is right

It prints.

## Explanation

It prints.

## Wrong: wrong-way

That is the wrong way round.

**Try:** Turn it.

```yaml
- [n, "*"]
- [len, "*"]
- [print, print]
- [print, len]
```
"""

CHOICE = """\
---
id: small.3
kind: choice
title: Choose
difficulty: hard
answer: b
---

Which?

## Hints

- Think.

## Common mistakes

- None.

## Option a: one

One

**Because:** It is not one.

**Try:** Count.

## Option b

Two

## Why it is right

It is two.

## Explanation

Count.

## Quick check

Two.

## Pipelines

```yaml
caption: A run
pipeline: |
  steps: []
shown_for: b
```
"""

QUESTION = """\
---
id: bank.first
kind: choice
title: First
difficulty: easy
lesson: small
answer: c
back_to: small.7
---

Which is true?

## Option a: aa

A

**Because:** No a.

## Option b: bb

B

**Because:** No b.

## Option c

C

**Because:** Yes c.

## Option d: dd

D

**Because:** No d.

## Quick check

C.

## Proof

```python
assert 1 + 1 == 2
```
"""

FILES = {
    "small/lesson.yaml": "number: 1\nnotebook: 01_small\ntitle: Small\nminutes: 5\nunit: steps\ntest: small\n"
    "exercises:\n  - small.2\n  - small.7\n  - small.3\n",
    "small/small.7.md": STEP,
    "small/small.2.md": FILL_IN,
    "small/small.3.md": CHOICE,
    "small/all.md": "---\nabout: what all steps share\n---\n\n## Wrong: nothing\n\nIt is nothing.\n\n"
    "**Try:** Set it.\n",
    "small/situations.py": "from checks.exercise import Situation\n\n\ndef numbers():\n"
    "    return (Situation('n = 2', {'n': 2}), Situation('n = 3', {'n': 3}))\n",
    "small/looks.py": "def adds(seen, kind):\n    return kind in seen\n\n\n"
    "def multiplies(tree):\n    return True\n",
    "questions/order.txt": "first\n",
    "questions/first.md": QUESTION,
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the small course with changes: a file → (what stands in it, what shall stand there)."""

    def write(changes: dict[str, tuple[str, str] | str | bytes | None] | None = None) -> Path:
        changed: dict[str, str | bytes | None] = dict(FILES)
        for name, change in (changes or {}).items():
            if isinstance(change, tuple):
                old, new = change
                assert FILES[name].count(old) == 1, (name, old)
                changed[name] = FILES[name].replace(old, new)
            else:
                changed[name] = change
        for name, text in changed.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            if text is not None:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


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


S, F, C, Q, L = (
    "small/small.7.md",
    "small/small.2.md",
    "small/small.3.md",
    "questions/first.md",
    "small/lesson.yaml",
)
PY = "small/situations.py"


def _line(name: str, text: str) -> int:
    """The line of the unchanged file that begins with this."""
    return next(n for n, line in enumerate(FILES[name].splitlines(), 1) if line.startswith(text))


#: The change, then the file, its line, and what the sentence says.
SLIPS: list[tuple[dict[str, object], str, int, str]] = [
    # ── fields
    ({S: ("title: Double it", "title: Double: it")}, S, 4, "this is not YAML"),
    ({S: ("title: Double it", "titel: Double it")}, S, 4, "no field `titel`: is it `title`? The fields are"),
    ({S: ("title: Double it\n", "")}, S, 1 + 1, "`title` is missing: write it. The fields are"),
    (
        {S: ("compares:", "tries: 3\ncompares:")},
        S,
        7,
        "no field `tries`",
    ),
    ({S: ("difficulty: easy", "difficulty: simple")}, S, 5, "it is 'simple'"),
    ({S: ("difficulty: easy", "difficulty: easy\ndifficulty: hard")}, S, 6, "`difficulty` stands here twice"),
    ({S: ("    shown: the double", "    shown: a\n    shown: b")}, S, 10, "`shown` stands here twice"),
    ({S: ("    shown: the double", "    shwon: the double")}, S, 9, "no field `compares.0.shwon`"),
    ({S: ("  - variable: doubled", "  - varible: doubled")}, S, 8, "an entry is `variable: …`"),
    ({S: ("kind: step", "kind: stage")}, S, 3, "`kind` is step, fill-in or choice, and here it is 'stage'"),
    ({S: ("id: small.7", "id: small.8")}, S, 2, "the file of small.8 is called small.8.md"),
    ({S: ("id: small.7", "id: Small 7")}, S, 2, "it is 'Small 7'"),
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
    ({S: ("## Reference", "## Referenz")}, S, _line(S, "## Reference"), "Is it `## Reference`?"),
    ({S: ("## Reference\n\n```python\ndoubled = 2 * n\n```", "")}, S, 1, "there is no `## Reference`: write"),
    ({S: ("## Starter", "## Reference")}, S, _line(S, "## Reference"), "two sections of this name"),
    ({S: ("doubled = 2 * n\n```", "doubled = 2 * n")}, S, _line(S, "doubled = 2 * n") - 1, "never closed"),
    ({S: ("doubled = 2 * n", "x = 1\ndoubled = 2 *")}, S, _line(S, "doubled = 2 * n") + 1, "is not Python"),
    (
        {S: ("doubled = n + n\n```\n\n## Why", "doubled = (\n```\n\n## Why")},
        S,
        _line(S, "doubled = n + n"),
        "Python",
    ),
    ({S: ("half = 1", "half =")}, S, _line(S, "half = 1"), "is not Python"),
    ({S: ("See above.", "")}, S, _line(S, "## Explanation"), "nothing stands here: write it"),
    ({S: ("Set `doubled` to\ntwice `n`.", "")}, S, 10, "the task is missing"),
    ({F: ("## Code", "## Starter")}, F, _line(F, "## Code"), "Is it `## "),
    # ── wrong answers
    ({S: ("**Try:** Multiply.", "Multiply.")}, S, _line(S, "## Wrong"), "`**Try:** …`"),
    ({S: ('`adds("Add")`', "`ads`")}, S, _line(S, "**Recognised by"), "no function `ads` in small/looks.py"),
    (
        {S: ('`adds("Add")`', "`adds(Add)`")},
        S,
        _line(S, "**Recognised by"),
        "is not a name with plain values",
    ),
    ({S: ('`adds("Add")`', "adds")}, S, _line(S, "**Recognised by"), "a function's name between backticks"),
    ({S: ("## Wrong: adds", "## Wrong: Adds two")}, S, _line(S, "## Wrong"), "needs small letters"),
    (
        {S: ("## Wrong: adds", "## Wrong: nothing")},
        S,
        _line(S, "## Shared"),
        "a misconception 'nothing' already",
    ),
    ({S: ("```python\ndoubled = n + 2\n```", "")}, S, _line(S, "## Wrong"), "at least one answer"),
    (
        {S: ("**Recognised by:** `multiplies`", "")},
        S,
        _line(S, "## Asks for"),
        "say which function looks for it",
    ),
    (
        {S: ("## Shared: all", "## Shared: al")},
        S,
        _line(S, "## Shared"),
        "there is no al.md beside this file",
    ),
    ({"small/all.md": "---\nabout: x\n---\n"}, "small/all.md", 3, "`## Wrong: its-name`"),
    ({"small/all.md": "---\nabout: x\n---\n\n## Shared: all\n"}, "small/all.md", 5, "and no others"),
    ({"small/all.md": "## Wrong: x\n"}, "small/all.md", 1, "begins with its front matter"),
    ({"small/all.md": "---\nabot: x\n---\n"}, "small/all.md", 2, "no field `abot`: is it `about`?"),
    (
        {"small/all.md": ("It is nothing.", "«NAME» is nothing.")},
        S,
        _line(S, "## Shared"),
        "give this exercise `function",
    ),
    (
        {"small/all.md": ("It is nothing.", "«NOME» is nothing.")},
        S,
        _line(S, "## Shared"),
        "nothing is put there",
    ),
    # ── situations
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
    # ── a fill-in
    ({F: ("[1]([2])", "[1]([3])")}, F, _line(F, "```python"), "here are [1], [3]"),
    ({F: ("[1]([2])", "print(n)")}, F, _line(F, "```python"), "here are none"),
    ({F: ("answer: [print, n]", "answer: [print]")}, F, 10, "the code has 2 blanks, and `answer` fills 1"),
    ({F: ("answer: [print, n]", "answer: [print, m]")}, F, 10, "'m' is none of the `options`"),
    ({F: ("options: [print, len, n]", "options: [print, len, n, len]")}, F, 9, "'len' is listed twice"),
    (
        {F: ("- [print, len]", "- [print]")},
        F,
        _line(F, "- [print, len]"),
        "fills 1 blanks, and the code has 2",
    ),
    ({F: ("- [print, len]", "- [print, m]")}, F, _line(F, "- [print, len]"), "'m' is none of the options"),
    ({F: ("- [print, len]", "- print")}, F, _line(F, "- [n"), "write each sample as a line"),
    # ── a choice
    ({C: ("answer: b", "answer: c")}, C, 6, "there is no option c"),
    (
        {C: ("## Option b", "## Option c")},
        C,
        _line(C, "## Option b"),
        "lettered a, b, c, … in order; this one is 'c'",
    ),
    (
        {C: ("## Option a: one", "## Option a")},
        C,
        _line(C, "## Option a"),
        "the right option is b, so this one is wrong",
    ),
    ({C: ("## Option b", "## Option b: two")}, C, _line(C, "## Option b"), "b is the right option"),
    ({C: ("Two\n\n## Why", "One\n\n## Why")}, C, _line(C, "## Option b"), "another option says the same"),
    ({C: ("**Because:** It is not one.", "")}, C, _line(C, "## Option a"), "say why it is wrong"),
    ({C: ("**Try:** Count.", "**Because:** Count.")}, C, _line(C, "**Because"), "each once"),
    ({C: ("Two\n\n## Why", "\n## Why")}, C, _line(C, "## Option b"), "write its text"),
    ({C: ("shown_for: b", "shown_for: z")}, C, _line(C, "shown_for"), "there is no option 'z'"),
    ({C: ("caption: A run", "captoin: A run")}, C, _line(C, "caption"), "no field `captoin`"),
    ({C: ("shown_for: b", "steps: [")}, C, _line(C, "shown_for"), "not YAML"),
    # ── a lesson
    ({L: ("  - small.7\n", "  - small.7\n  - small.2\n")}, L, 10, "small.2 stands here twice"),
    ({L: ("  - small.7\n", "  - small.7\n  - small.9\n")}, L, 10, "there is no small.9.md"),
    ({L: ("  - small.7\n", "")}, L, 7, "small.7.md is not listed: add `- small.7`"),
    ({L: ("  - small.7\n", "  - other.7\n")}, L, 9, "the ids of this lesson begin with `small.`"),
    ({L: ("minutes: 5", "minutes: five")}, L, 4, "it is 'five'"),
    ({L: ("unit: steps\n", "")}, L, 1, "`unit` is missing"),
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
    ({Q: ("assert 1 + 1 == 2", "assert 1 +")}, Q, _line(Q, "assert"), "is not Python"),
    ({Q: ("## Option d: dd\n\nD\n\n**Because:** No d.\n", "")}, Q, 7, "options a to d, and not abc"),
    ({Q: ("## Option d: dd", "## Option d")}, Q, _line(Q, "## Option d"), "the right option is c"),
    ({Q: ("## Option b: bb", "## Option b: aa")}, Q, _line(Q, "## Option b"), "a misconception 'aa' already"),
    ({Q: ("id: bank.first", "id: small.first")}, Q, 2, "small.first.md"),
    ({Q: STEP.replace("small.7", "bank.first")}, Q, 6, "no function `numbers`"),
    ({"questions/order.txt": "first\nfirst\n"}, "questions/order.txt", 2, "first stands here twice"),
    ({"questions/order.txt": "first\nsecond\n"}, "questions/order.txt", 2, "there is no second.md"),
    ({"questions/order.txt": ""}, "questions/order.txt", 1, "first.md is not listed: add first as a line"),
]


@pytest.mark.parametrize(("changes", "name", "line", "says"), SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_is_named_with_its_line(
    write: Write, changes: dict[str, object], name: str, line: int, says: str
) -> None:
    folder = write(changes)
    with pytest.raises(ContentError) as refused:
        load_bank(folder / "questions", load_lessons(folder))
    error = refused.value
    assert says in error.problem
    assert (error.path, error.line) == (folder / name, line), str(error)
    assert str(error).startswith(f"{name}, line {line}: ")


def test_steps_stand_in_the_order_of_the_list_whatever_their_ids(write: Write) -> None:
    folder = write({L: ("  - small.2\n  - small.7\n", "  - small.7\n  - small.2\n")})
    assert [exercise.id for exercise in load_lessons(folder)[0].exercises] == [
        "small.7",
        "small.2",
        "small.3",
    ]


def test_shared_words_are_put_in(write: Write) -> None:
    shared = ("It is nothing.", "«NAME»(«PARAMETERS») gives «EXAMPLE».")
    field = ("compares:", "function: twice(n, m)\nexample: n + m\ncompares:")
    step = load_lessons(write({"small/all.md": shared, S: field}))[0].exercises[1]
    assert step.misconceptions[1].says == "twice(n, m) gives n + m."
