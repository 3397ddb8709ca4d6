"""A small course in files, and what stands in it: for slips that have to be named with their line."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

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

FILES: Mapping[str, str] = {
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

#: The files in which most slips are made: the step, the fill-in, the choice, the question, the lesson.
S, F, C, Q, L = (
    "small/small.7.md",
    "small/small.2.md",
    "small/small.3.md",
    "questions/first.md",
    "small/lesson.yaml",
)
PY = "small/situations.py"


def line_of(name: str, text: str) -> int:
    """The line of the unchanged file that begins with this."""
    return next(n for n, line in enumerate(FILES[name].splitlines(), 1) if line.startswith(text))


#: The change, then the file, its line, and what the sentence says.
Slip = tuple[Mapping[str, object], str, int, str]

#: Writes the small course with changes: a file → (what stands in it, what shall stand there), or all of it.
Write = Callable[..., Path]


def assert_named(write: Write, slip: Slip) -> None:
    """The slip is refused, at its line, in these words."""
    changes, name, line, says = slip
    folder = write(changes)
    with pytest.raises(ContentError) as refused:
        load_bank(folder / "questions", load_lessons(folder))
    error = refused.value
    assert says in error.problem
    assert (error.path, error.line) == (folder / name, line), str(error)
    assert str(error).startswith(f"{name}, line {line}: ")
