"""Reads an exercise's Markdown file into front matter and sections, each with the line on which it stands.

Called by the loader, which says what each section means. Prose may be wrapped as one likes: the lines of a
paragraph or of a list's entry are one line to whoever reads them.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_FENCE = re.compile(r"^\s*(`{3,})(\w*)\s*$")
_HEADING = re.compile(r"^## +(.+?)\s*$")
_ENTRY = re.compile(r"^(?:[-*]|\d+\.) +")
_OWN_LINE = re.compile(r"^(?:[-*] |\d+\. |\||#|>|\*\*(?:Try|Recognised by|Because):\*\*)")


class ContentError(ValueError):
    """A lesson's file that is not in order: says file, line, what is wrong and what to do about it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path.parent.name}/{path.name}, line {line}: {problem}")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text without the fences, and the line of its first fence."""

    language: str
    text: str
    line: int


@dataclass(frozen=True)
class Section:
    """What stands under one heading; the first section has none. `lines` are as in the file."""

    path: Path
    title: str
    line: int
    lines: tuple[str, ...]

    def error(self, problem: str, line: int | None = None) -> ContentError:
        """What is wrong in this section."""
        where = f"under `## {self.title}`: " if self.title else ""
        return ContentError(self.path, line or self.line, where + problem)

    def prose(self) -> str:
        """All of it, as Markdown."""
        return _unwrap(self.lines)

    def entries(self) -> tuple[str, ...]:
        """The entries of the list that it is. ContentError where it is something else."""
        entries: list[list[str]] = []
        for line in self.lines:
            if _ENTRY.match(line):
                entries.append([_ENTRY.sub("", line)])
            elif entries:
                entries[-1].append(line.strip())
            elif line.strip():
                raise self.error("write a list, each entry with `- ` or `1. ` before it.")
        return tuple(_unwrap(entry) for entry in entries)

    def blocks(self) -> tuple[Block, ...]:
        """The fenced blocks, in order. ContentError where text stands beside them."""
        said, blocks = self.said_and_blocks()
        if said.strip():
            raise self.error("only fenced blocks belong here; move the text elsewhere.")
        return blocks

    def block(self) -> str:
        """The text of its one fenced block."""
        blocks = self.blocks()
        if len(blocks) != 1:
            raise self.error(f"one fenced block belongs here, and there are {len(blocks)}.")
        return blocks[0].text

    def said_and_blocks(self) -> tuple[str, tuple[Block, ...]]:
        """The prose, and the fenced blocks after it."""
        said: list[str] = []
        blocks: list[Block] = []
        lines = iter(enumerate(self.lines, self.line + 1))
        for number, line in lines:
            fence = _FENCE.match(line)
            if fence is None:
                said.append(line)
                continue
            inside: list[str] = []
            for _, inner in lines:
                if inner.strip() == fence[1]:
                    break
                inside.append(inner)
            text = textwrap.dedent("\n".join(inside)) if line[0] in " \t" else "\n".join(inside)
            blocks.append(Block(fence[2], text, number))
        return _unwrap(said), tuple(blocks)


def read(path: Path) -> tuple[dict[str, object], tuple[Section, ...]]:
    """A file's front matter and sections. ContentError for what is no such file."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise ContentError(path, 1, "the file is not UTF-8: save it as such.") from None
    if not lines or lines[0].rstrip() != "---" or "---" not in [line.rstrip() for line in lines[1:]]:
        raise ContentError(path, 1, "the file begins with its front matter, between two lines `---`.")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    fields = read_yaml(path, "\n".join(lines[1:end]), 2)
    return fields, tuple(_sections(path, lines, end + 1))


def read_yaml(path: Path, text: str, first_line: int = 1) -> dict[str, object]:
    """A mapping in YAML, in which each key stands once. ContentError otherwise."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            for key, _ in node.value:
                if keys.count(key.value) > 1:
                    line = first_line + key.start_mark.line
                    raise ContentError(path, line, f"`{key.value}` stands here twice: remove one.")
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or str(error)
        raise ContentError(
            path, line, f"this is not YAML ({problem}). A value with `: ` or a quote in it needs quotes."
        ) from None
    if not isinstance(data, dict):
        raise ContentError(path, first_line, "write fields here, one a line, such as `title: …`.")
    return data


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _sections(path: Path, lines: list[str], start: int) -> Iterator[Section]:
    title, begin, fence, fenced_at = "", start, "", 0
    for number in range(start, len(lines)):
        line = lines[number]
        opened = _FENCE.match(line)
        if fence:
            if line.strip() == fence:
                fence = ""
        elif opened:
            fence, fenced_at = opened[1], number + 1
        elif heading := _HEADING.match(line):
            yield Section(path, title, begin, tuple(lines[begin:number]))
            title, begin = heading[1], number + 1
    if fence:
        raise ContentError(
            path, fenced_at, f"the block that begins here is never closed: end it with `{fence}`."
        )
    yield Section(path, title, begin, tuple(lines[begin:]))


def _unwrap(lines: tuple[str, ...] | list[str]) -> str:
    """Lines as Markdown with a line for each paragraph and each entry of a list; blocks stay as they are."""
    joined: list[str] = []
    fence, free = "", False  # free: the next line may continue the last one
    for line in lines:
        opened = _FENCE.match(line)
        if fence or opened:
            joined.append(line)
            fence = ("" if line.strip() == fence else fence) if fence else (opened[1] if opened else "")
            free = False
        elif not line.strip():
            joined.append("")
            free = False
        elif free and not _OWN_LINE.match(line):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line.rstrip())
            free = not line.startswith(("|", "#"))
    return "\n".join(joined).strip("\n")
