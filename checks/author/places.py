"""Where in the course's files a thing stands, so that a fault is named with its file and line.

Called by the checks on authors and by what makes new files.
"""

import json
import linecache
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.exercise import Choice, Exercise
from checks.lessons.reading import Block, ContentError, Section, read
from checks.notebook import ROOT


@dataclass(frozen=True)
class House:
    """The folders of a course."""

    root: Path = ROOT

    @property
    def content(self) -> Path:
        return self.root / "checks" / "lessons"

    @property
    def questions(self) -> Path:
        return self.content / "questions"

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    def file(self, id_: str) -> Path:
        """The file of an exercise or of a question of the bank."""
        folder, _, name = id_.partition(".")
        return self.questions / f"{name}.md" if folder == "bank" else self.content / folder / f"{id_}.md"

    def place(self, path: Path, line: int = 0) -> str:
        """Such as `checks/lessons/order/order.3.md, line 88`."""
        shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        return f"{shown}, line {line}" if line else str(shown)

    def refusal(self, refused: ContentError) -> str:
        """What a loader refuses, with its place."""
        return f"{self.place(refused.path, refused.line)}: {refused.problem}"

    def failure(self, error: BaseException) -> str:
        """An exception out of a lesson's own Python, with the last of our content's lines that it left."""
        kind = type(error).__name__
        if isinstance(error, SyntaxError) and error.filename:
            return f"{self.place(Path(error.filename), error.lineno or 1)}: this is not Python: {error.msg}."
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            path = Path(frame.filename)
            if path.is_relative_to(self.content) and path.name in ("situations.py", "looks.py"):
                code = linecache.getline(frame.filename, frame.lineno or 0).strip()
                return f"{self.place(path, frame.lineno or 1)}: `{code}` raises {kind}: {error}."
        return f"{self.place(self.content)}: {kind}: {error}."


HOUSE = House()


def heading(id_: str, *titles: str) -> str:
    """The place of the first of these sections in an exercise's file; of the file where it has none."""
    path = HOUSE.file(id_)
    for title in titles:
        for section in _sections(path):
            if section.title == title:
                return HOUSE.place(path, section.line)
    return HOUSE.place(path)


def block(id_: str, title: str, number: int = 0) -> str:
    """The place of a fenced block under a heading, counted from 0."""
    path = HOUSE.file(id_)
    for section in _sections(path):
        if section.title == title:
            blocks = section.said_and_blocks()[1]
            return HOUSE.place(path, blocks[number].line if number < len(blocks) else section.line)
    return HOUSE.place(path)


def field(id_: str, name: str) -> str:
    """The place of a field of the front matter."""
    path = HOUSE.file(id_)
    if path.exists():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith(f"{name}:"):
                return HOUSE.place(path, number)
    return HOUSE.place(path)


def sample(exercise: Exercise, told: str, number: int = 0) -> str:
    """The place of a misconception's sample, counted from 0; it may stand in a file that several share."""
    path = HOUSE.file(exercise.id)
    for section in _sections(path):
        if isinstance(exercise, Choice):
            if section.title.startswith("Option ") and section.title.endswith(f": {told}"):
                return HOUSE.place(path, section.line)
        elif section.title in (f"Wrong: {told}", f"Asks for: {told}"):
            return _nth(path, section, _samples(section), number)
        elif section.title.startswith("Shared: "):
            shared = _shared(path, section)
            there = [each for each in _sections(shared) if each.title.startswith("Wrong: ")]
            for each in there:
                if each.title == f"Wrong: {told}":
                    samples = _samples(each)
                    if number >= len(samples) and each is there[-1]:  # what the exercise adds to it
                        return _nth(path, section, _samples(section), number - len(samples))
                    return _nth(shared, each, samples, number)
    return HOUSE.place(path)


def _nth(path: Path, section: Section, lines: list[int], number: int) -> str:
    return HOUSE.place(path, lines[number] if number < len(lines) else section.line)


def _samples(section: Section) -> list[int]:
    """The line of each sample: of a block, or in a block of YAML of each entry."""
    lines: list[int] = []
    for each in section.said_and_blocks()[1]:
        lines += _entries(each) if each.language == "yaml" else [each.line]
    return lines


def _entries(each: Block) -> Iterator[int]:
    for number, line in enumerate(each.text.splitlines(), each.line + 1):
        if line.startswith("- "):
            yield number


def _shared(path: Path, section: Section) -> Path:
    name = section.title.removeprefix("Shared: ")
    beside = path.with_name(f"{name}.md")
    return beside if beside.exists() else HOUSE.content / "shared" / f"{name}.md"


def _sections(path: Path) -> tuple[Section, ...]:
    try:
        return read(path)[1]
    except (ContentError, OSError):
        return ()


def cells(path: Path) -> list[dict[str, object]]:
    """A notebook's cells as they stand in its file: nbformat would give a doubled id a new name."""
    found = json.loads(path.read_text("utf-8"))["cells"]
    assert isinstance(found, list)
    return found
