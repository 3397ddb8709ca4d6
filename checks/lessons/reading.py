"""Reads an exercise's Markdown file into front matter and sections, each with the line on which it stands.

Called by the loader, which says what each section means. Prose may be wrapped as one likes: the lines of a
paragraph or of a list's entry are one line to whoever reads them.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_FENCE = re.compile(r"^\s*(`{3,})(\w*)\s*$")
_HEADING = re.compile(r"^## +(.+?)\s*$")
_ENTRY = re.compile(r"^(?:[-*]|\d+\.) +")
_OWN_LINE = re.compile(r"^(?:[-*] |\d+\. |\||#|>|\*\*(?:Try|Recognised by|Only where|Because):\*\*)")


class ContentError(ValueError):
    """A lesson's file that is not in order: says file, line, what is wrong and what to do about it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path, self.line, self.problem = path, line, problem
        super().__init__(f"{path.parent.name}/{path.name}, line {line}: {problem}")


@dataclass(frozen=True)
class Fields:
    """A mapping in YAML, such as a file's front matter; `line` is that of its first field."""

    path: Path
    values: Mapping[str, object]
    text: str
    line: int

    def error(self, problem: str, *place: str | int) -> ContentError:
        """What is wrong with a field, or with what stands in it: `place` are names and numbers, inwards."""
        node = yaml.compose(self.text, Loader=_LOADER)
        line = 0
        for part in place:
            if isinstance(node, yaml.MappingNode):
                found = [(key, value) for key, value in node.value if key.value == part]
                if not found:
                    break
                line, node = found[0][0].start_mark.line, found[0][1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
                line = node.start_mark.line
        return ContentError(self.path, self.line + line, problem)


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

    def line_of(self, beginning: str) -> int:
        """The line that begins with this; the heading's if none does."""
        return next(
            (number for number, line in enumerate(self.lines, self.line + 1) if line.startswith(beginning)),
            self.line,
        )

    def prose(self) -> str:
        """All of it, as Markdown."""
        return _unwrap(self.lines)

    def entries(self) -> tuple[tuple[str, int], ...]:
        """The entries of the list that it is, each with its line. ContentError for an empty one."""
        entries: list[list[str]] = []
        begins: list[int] = []
        for number, line in enumerate(self.lines, self.line + 1):
            if _ENTRY.match(f"{line} "):
                entries.append([_ENTRY.sub("", f"{line} ").rstrip()])
                begins.append(number)
            elif entries:
                entries[-1].append(line.strip())
            elif line.strip():
                raise self.error("write a list, each entry with `- ` or `1. ` before it.", number)
        if not entries:
            raise self.error("nothing stands here: write a list.")
        texts = tuple(_unwrap(entry) for entry in entries)
        for text, number in zip(texts, begins, strict=True):
            if not text.strip():
                raise self.error("this entry is empty: write it, or take it out.", number)
        return tuple(zip(texts, begins, strict=True))

    def blocks(self) -> tuple[Block, ...]:
        """The fenced blocks, in order. ContentError where text stands beside them."""
        said, blocks = self.said_and_blocks()
        if said.strip():
            raise self.error("only fenced blocks belong here; move the text elsewhere.")
        return blocks

    def block(self) -> Block:
        """Its one fenced block."""
        blocks = self.blocks()
        if len(blocks) != 1:
            raise self.error(f"one fenced block belongs here, and there are {len(blocks)}.")
        return blocks[0]

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


def text_of(path: Path) -> str:
    """A file's text. ContentError where it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "the file is not UTF-8: save it as such.") from None


def read(path: Path) -> tuple[Fields, tuple[Section, ...]]:
    """A file's front matter and sections. ContentError for what is no such file."""
    lines = text_of(path).splitlines()
    if not lines or lines[0].rstrip() != "---" or "---" not in [line.rstrip() for line in lines[1:]]:
        raise ContentError(path, 1, "the file begins with its front matter, between two lines `---`.")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    fields = read_yaml(path, "\n".join(lines[1:end]), 2)
    return fields, tuple(_sections(path, lines, end + 1))


def read_yaml(path: Path, text: str, first_line: int = 1) -> Fields:
    """A mapping in YAML, in which each key stands once. ContentError otherwise."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        for key in _repeated(node):
            problem = f"`{key.value}` stands here twice: remove one."
            raise ContentError(path, first_line + key.start_mark.line, problem)
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (min(mark.line, text.count("\n")) if mark else 0)
        problem = getattr(error, "problem", None) or str(error)
        raise ContentError(
            path, line, f"this is not YAML ({problem}). A value with `: ` or a quote in it needs quotes."
        ) from None
    finally:
        loader.dispose()
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise ContentError(path, first_line, "write fields here, one a line, such as `title: …`.")
    return Fields(path, data, text, first_line)


def _repeated(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The keys that stand in one mapping for a second time, at any depth."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        for number, (key, value) in enumerate(node.value):
            if key.value in keys[:number]:
                yield key
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _repeated(each)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _sections(path: Path, lines: list[str], start: int) -> Iterator[Section]:
    title, begin, fence, fenced_at = "", start, "", 0
    for number in range(start, len(lines)):
        line = lines[number]
        if fence:
            if line.strip() == fence:
                fence = ""
            elif (opened := _FENCE.match(line)) and opened[1] == fence:
                break  # another one begins within it
        elif opened := _FENCE.match(line):
            fence, fenced_at = opened[1], number + 1
        elif line.startswith("## ") and (heading := _HEADING.match(line)):
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
