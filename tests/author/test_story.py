"""A notebook's texts in another language: read in order, put in place, and what does not fit is named."""

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from checks.author import story
from checks.lessons.reading import ContentError
from checks.lessons.translation import letters

INTRO, TASK = "# A lesson", "## Step 1\n\nSee [it](a.ipynb):\n\n```python\nx = 1\n```"
NOTEBOOK = new_notebook(
    cells=[
        new_markdown_cell(INTRO, id="a-intro"),
        new_code_cell("x = 1", id="a-code"),
        new_markdown_cell(TASK, id="a-1-task"),
    ]
)
GERMAN = f"""\
<!-- a-intro {letters(INTRO)} -->

# Eine Lektion

<!-- a-1-task {letters(TASK)} -->

## Schritt 1

Sieh [hier](a.ipynb):

```python
x = 1
```
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "de" / "story.md"
    path.parent.mkdir()
    path.write_text(GERMAN, "utf-8")
    return path


def test_texts_take_the_place_of_the_english(path: Path) -> None:
    assert list(story.faults(path, NOTEBOOK)) == list(story.outdated(path, NOTEBOOK)) == []
    assert story.left(path, NOTEBOOK) == []
    intro, code, task = story.put(path, NOTEBOOK).cells
    assert (intro.source, code.source) == ("# Eine Lektion", "x = 1")
    assert task.source.startswith("## Schritt 1") and task.source.endswith("```")
    assert NOTEBOOK.cells[0].source == INTRO


def test_a_cell_that_is_not_there_stays_english_and_is_listed(path: Path) -> None:
    path.write_text(GERMAN.partition("<!-- a-1-task")[0], "utf-8")
    assert story.left(path, NOTEBOOK) == ["a-1-task"]
    assert story.put(path, NOTEBOOK).cells[2].source == TASK
    assert story.left(path.with_name("none.md"), NOTEBOOK) == ["a-intro", "a-1-task"]
    path.write_text(story.written(NOTEBOOK), "utf-8")
    assert story.left(path, NOTEBOOK) == ["a-intro", "a-1-task"]
    assert list(story.faults(path, NOTEBOOK)) == list(story.outdated(path, NOTEBOOK)) == []


def test_a_changed_english_text_is_told_with_file_and_cell(path: Path) -> None:
    changed = new_notebook(cells=[new_markdown_cell("# Another", id="a-intro"), NOTEBOOK.cells[2]])
    (told,) = story.outdated(path, changed)
    assert str(told) == (
        "de/story.md, line 1: the English of a-intro has changed. Look at it, and write "
        f"`<!-- a-intro {letters('# Another')} -->`."
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("a-1-task", "a-2-task", 5, "no text has the id 'a-2-task'. Is it 'a-1-task'?"),
        ("# Eine Lektion", "", 1, "nothing stands here"),
        ("x = 1", "x = 2", 5, "its code is not that of the English cell"),
        ("a.ipynb", "b.ipynb", 5, "its links lead elsewhere: keep a.ipynb."),
    ],
)
def test_what_does_not_fit_is_named(path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GERMAN
    path.write_text(GERMAN.replace(old, new, 1), "utf-8")
    (fault,) = story.faults(path, NOTEBOOK)
    assert says in fault.problem and (fault.path, fault.line) == (path, line)


def test_texts_stand_in_the_order_of_the_notebook(path: Path) -> None:
    intro, task = GERMAN.split("<!-- a-1-task")
    path.write_text(f"<!-- a-1-task{task}{intro}", "utf-8")
    assert [fault.problem for fault in story.faults(path, NOTEBOOK)] == [
        "a-intro stands too late: move it where the notebook has it."
    ]


def test_a_text_without_its_cell_is_named(path: Path) -> None:
    path.write_text(f"Eine Lektion\n{GERMAN}", "utf-8")
    with pytest.raises(ContentError, match=r"^de/story\.md, line 1: say of which cell this is"):
        story.read(path)
