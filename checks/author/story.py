"""A lesson's story in another language: `de/story.md`, the text of the notebook's cells in their order.

Called by `translations`. Above each text stands in a comment, which GitHub does not show, which cell it is of
and six letters of the English: `<!-- rollback-1-task dkjbma -->`. A cell that is not there stays English.
"""

import copy
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from checks.lessons.reading import ContentError, Section, text_of
from checks.lessons.translation import is_left, letters

NAME = "story.md"

_CELL = re.compile(r"<!-- ([a-z0-9-]+) (\w*) *-->\s*")
_LINK = re.compile(r"\]\(([^()]*)\)")


@dataclass(frozen=True)
class Told:
    """The text of a cell; `of` are the letters of its English, and `line` is where it begins."""

    id: str
    of: str
    text: str
    line: int


def read(path: Path) -> tuple[Told, ...]:
    """The texts in a file, in order. ContentError where something stands above the first."""
    parts: list[tuple[str, str, list[str], int]] = []
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if found := _CELL.fullmatch(line):
            parts.append((found[1], found[2], [], number))
        elif parts:
            parts[-1][2].append(line)
        elif line.strip():
            problem = "say of which cell this is, in a line above: `<!-- the-cells-id abcdef -->`."
            raise ContentError(path, number, problem)
    return tuple(Told(id_, of, "\n".join(lines).strip(), line) for id_, of, lines, line in parts)


def english(solution: NotebookNode) -> dict[str, str]:
    """The texts of a notebook, by the ids of their cells, in order."""
    return {str(cell.id): str(cell.source) for cell in solution.cells if cell.cell_type == "markdown"}


def faults(path: Path, solution: NotebookNode) -> Iterator[ContentError]:
    """What does not fit the notebook that the story is of."""
    there = english(solution)
    order, last = list(there), -1
    for told in read(path):
        if told.id not in there:
            near = difflib.get_close_matches(told.id, order, n=1, cutoff=0.0)
            yield ContentError(path, told.line, f"no text has the id {told.id!r}. Is it {near[0]!r}?")
            continue
        if order.index(told.id) <= last:
            yield ContentError(
                path, told.line, f"{told.id} stands too late: move it where the notebook has it."
            )
        last = max(last, order.index(told.id))
        if not told.text:
            yield ContentError(path, told.line, "nothing stands here: write it, or take this line out.")
        elif _blocks(told.text) != _blocks(there[told.id]):
            problem = "its code is not that of the English cell: copy the blocks from there, in their order."
            yield ContentError(path, told.line, problem)
        elif _LINK.findall(told.text) != (links := _LINK.findall(there[told.id])):
            yield ContentError(
                path, told.line, f"its links lead elsewhere: keep {', '.join(links) or 'none'}."
            )


def _blocks(text: str) -> list[str]:
    section = Section(Path(), "", 0, tuple(text.split("\n")))
    return [block.text for block in section.said_and_blocks()[1]]


def left(path: Path, solution: NotebookNode) -> list[str]:
    """The cells whose text a language has not, or still in English."""
    said = _by_id(path)
    return [id_ for id_, text in english(solution).items() if is_left(text, said.get(id_))]


def outdated(path: Path, solution: NotebookNode) -> Iterator[ContentError]:
    """The texts whose English has changed since, each with what to do about it."""
    there = english(solution)
    for told in read(path):
        now = letters(there[told.id])
        if told.of != now:
            problem = (
                f"the English of {told.id} has changed. Look at it, and write `<!-- {told.id} {now} -->`."
            )
            yield ContentError(path, told.line, problem)


def put(path: Path, solution: NotebookNode) -> NotebookNode:
    """The notebook with the texts of the story in place of its own."""
    said: Mapping[str, str] = _by_id(path)
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = said.get(cell.id, cell.source)
    return notebook


def _by_id(path: Path) -> dict[str, str]:
    return {told.id: told.text for told in read(path)} if path.exists() else {}


def written(solution: NotebookNode) -> str:
    """A story that is still in English, to be translated."""
    texts = english(solution).items()
    return "\n\n".join(f"<!-- {id_} {letters(text)} -->\n\n{text}" for id_, text in texts) + "\n"
