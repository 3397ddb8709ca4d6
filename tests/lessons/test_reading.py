"""The form of a lesson's file: wrapped prose is one line, blocks stay as they are, all know their lines."""

from pathlib import Path

import pytest

from checks.lessons.reading import Block, ContentError, Section, read, read_yaml

TEXT = """\
---
id: t.1
nested:
  - one: 1
  - two: [a,
      b]
---

A task that
is wrapped.

- an entry
  that goes on
- another

| a | b |
| 1 | 2 |
## First

Said.

```python
x = 1

## no heading
```

  ````
  ```
  indented
  ````

## Second
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lesson" / "t.1.md"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_is_front_matter_and_sections_with_their_lines(path: Path) -> None:
    fields, sections = read(path)
    assert fields.values == {"id": "t.1", "nested": [{"one": 1}, {"two": ["a", "b"]}]}
    assert [(section.title, section.line) for section in sections] == [("", 7), ("First", 18), ("Second", 33)]
    task, first, _ = sections
    assert task.prose() == (
        "A task that is wrapped.\n\n- an entry that goes on\n- another\n\n| a | b |\n| 1 | 2 |"
    )
    assert first.said_and_blocks() == (
        "Said.",
        (Block("python", "x = 1\n\n## no heading", 22), Block("", "```\nindented", 28)),
    )


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 2),
        (("id",), 2),
        (("nested",), 3),
        (("nested", 0, "one"), 4),
        (("nested", 1, "two", 1), 6),
        (("nested", 1, "gone"), 5),
        (("gone",), 2),
        (("gone", "further"), 2),
    ],
)
def test_a_field_knows_its_line(path: Path, place: tuple[str | int, ...], line: int) -> None:
    error = read(path)[0].error("no.", *place)
    assert (error.line, str(error)) == (line, f"lesson/t.1.md, line {line}: no.")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("- a\n- b", [("a", 1), ("b", 2)]),
        ("\n1. a\n   goes on\n2. b\n", [("a goes on", 2), ("b", 4)]),
        ("* a\n\n  ```python\n  x\n  ```", [("a\n\n```python\nx\n```", 1)]),
    ],
)
def test_a_list_is_its_entries(text: str, entries: list[tuple[str, int]]) -> None:
    section = Section(Path("a/b.md"), "T", 0, tuple(text.split("\n")))
    assert list(section.entries()) == entries


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2", 11, "`a` stands here twice"),
        ("a:\n  - b: 1\n    b: 2", 12, "`b` stands here twice"),
        ("a: b: c", 10, "not YAML"),
        ("a: [", 10, "not YAML"),
        ("a: !!python/object:os.system 1", 10, "not YAML"),
        ("- a", 10, "write fields here"),
        ("1: a", 10, "write fields here"),
        ("", 10, "write fields here"),
        ("just text", 10, "write fields here"),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_yaml(Path("a/b.yaml"), text, 10)
    assert says in refused.value.problem
    assert refused.value.line == line
