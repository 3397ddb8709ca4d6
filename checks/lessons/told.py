"""What a wrong answer is told: the sections `Wrong`, `Shared`, `Asks for` and `Option`.

Called by the loader.
"""

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from checks.catalogue import language
from checks.exercise import ANY, Form, Misconception
from checks.lessons import translation
from checks.lessons.fields import SharedFront, checked
from checks.lessons.python import SHARED, recogniser
from checks.lessons.reading import Block, Section, read_yaml

#: The wrong answers that a block holds.
Samples = Callable[[Section, Block], Iterable[str | tuple[str, ...]]]


def source(section: Section, block: Block) -> Iterable[str]:
    """A Step's sample: the block itself."""
    return [block.text]


def fills(options: tuple[str, ...], blanks: int, section: Section, block: Block) -> Iterable[tuple[str, ...]]:
    """A FillIn's samples: a line of YAML each, such as `- [sum, "*"]`."""
    read = read_yaml(section.path, f"samples:\n{block.text}", block.line)
    samples = read.values["samples"]
    if not isinstance(samples, list) or not all(isinstance(each, list) for each in samples):
        raise section.error("write each sample as a line such as `- [option, option]`.", block.line + 1)
    found = [tuple(map(str, each)) for each in samples]
    for number, sample in enumerate(found):
        if len(sample) != blanks:
            problem = f"this sample fills {len(sample)} blanks, and the code has {blanks}."
            raise read.error(f"under `## {section.title}`: {problem}", "samples", number)
        for part in sample:
            if part not in (ANY, *options):
                problem = f'{part!r} is none of the options: write one of them, or "*" for any.'
                raise read.error(f"under `## {section.title}`: {problem}", "samples", number)
    return found


def misconceptions(
    sections: Iterable[Section], words: dict[str, str], samples: Samples
) -> tuple[Misconception, ...]:
    """What `Wrong` and `Shared` sections say, in order; `words` are put into what is shared."""
    found: list[Misconception] = []
    for section in sections:
        kind, _, name = section.title.partition(": ")
        if kind == "Wrong":
            new = [_misconception(section, section.path, samples)]
        else:
            *new, last = _shared(section, name, words)
            own = tuple(each for block in section.blocks() for each in samples(section, block))
            new.append(replace(last, samples=(*last.samples, *own)))
        for one in new:
            if not one.samples:
                raise section.error(f"give at least one answer that holds {one.id!r}, in a fenced block.")
            if one.id in [other.id for other in found]:
                raise section.error(f"there is a misconception {one.id!r} already: rename one.")
            found.append(one)
    return tuple(found)


def _misconception(section: Section, exercise: Path, samples: Samples) -> Misconception:
    told = _told(section, exercise)
    found = tuple(sample for block in told.blocks for sample in samples(section, block))
    name = section.title.removeprefix("Wrong: ")
    return Misconception(_slug(section, name), told.says, told.advice, found, told.when, told.only)


def form(section: Section) -> Form:
    """What an `Asks for` section says."""
    told = _told(section, section.path)
    if told.when is None:
        raise section.error("say which function looks for it: `**Recognised by:** `name`.")
    name = _slug(section, section.title.removeprefix("Asks for: "))
    return Form(name, told.says, told.advice, told.when, tuple(block.text for block in told.blocks))


@dataclass(frozen=True)
class _Told:
    """What stands in such a section: the words, the functions that are named, the samples."""

    says: str
    advice: str
    when: Callable[..., bool] | None
    only: Callable[..., bool] | None
    blocks: tuple[Block, ...]


_TOLD = re.compile(
    r"(?P<says>.*?)\n*\*\*Try:\*\* (?P<advice>.*?)"
    r"(?:\n+\*\*(?P<how>Recognised by|Only where):\*\* `(?P<by>.*)`)?\s*",
    re.DOTALL,
)


def _told(section: Section, exercise: Path) -> _Told:
    said, blocks = section.said_and_blocks()
    parts = _TOLD.fullmatch(said)
    if parts is None or not parts["says"].strip() or not parts["advice"].strip():
        raise section.error("say what is wrong, and then what to try: `**Try:** …`.")
    for word in ("**Recognised by:**", "**Only where:**"):
        if word in parts["says"] + parts["advice"]:
            problem = f"`{word}` comes last and once, with a function's name between backticks."
            raise section.error(problem, section.line_of(word))
    when = only = None
    if parts["by"] is not None:
        named = recogniser(section, exercise, parts["by"], section.line_of(f"**{parts['how']}:**"))
        when, only = (named, None) if parts["how"] == "Recognised by" else (None, named)
    return _Told(parts["says"].strip(), parts["advice"].strip(), when, only, blocks)


def _shared(section: Section, name: str, words: dict[str, str]) -> tuple[Misconception, ...]:
    """The misconceptions of a file in shared/, or beside the exercise, with its own words put in."""
    folder = section.path.parent
    path = next((place / f"{name}.md" for place in (folder, SHARED) if (place / f"{name}.md").exists()), None)
    if path is None:
        known = ", ".join(sorted(each.stem for each in SHARED.glob("*.md")))
        raise section.error(f"there is no {name}.md beside this file, nor in shared/, which has {known}.")
    found = []
    for each in _sections(path, language()):
        lines = tuple(functools.reduce(_put, words.items(), line) for line in each.lines)
        for number, line in enumerate(lines, each.line + 1):
            if word := re.search(r"«(\w*)»", line):
                problem = f"{path.name}, line {number}, has {word[0]}: "
                mend = "give this exercise `function: name(parameters)` and `example: …`"
                raise section.error(f"{problem}{mend if word[1] in _WORDS else 'nothing is put there'}.")
        found.append(_misconception(replace(each, lines=lines), section.path, source))
    return tuple(found)


_WORDS = ("NAME", "PARAMETERS", "EXAMPLE")


def words(function: str, example: str) -> dict[str, str]:
    """What stands in shared texts for an exercise's own function."""
    name, _, parameters = function.removesuffix(")").partition("(")
    return dict(zip(_WORDS, (name, parameters, example), strict=True)) if function else {}


def _put(line: str, word: tuple[str, str]) -> str:
    return line.replace(f"«{word[0]}»", word[1])


@functools.cache
def _sections(path: Path, code: str) -> tuple[Section, ...]:
    fields, (begin, *sections) = translation.read_in(path, code)
    checked(SharedFront, fields)
    for section in sections:
        if not section.title.startswith("Wrong: "):
            raise section.error("a shared file has sections `## Wrong: its-name` and no others.")
    if not sections or begin.prose():
        raise begin.error("a shared file has sections `## Wrong: its-name` after its front matter.")
    return tuple(sections)


_SLUG = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)*")


def _slug(section: Section, name: str) -> str:
    if not _SLUG.fullmatch(name):
        raise section.error(f"the name {name!r} needs small letters, digits and single hyphens alone.")
    return name


# ── the options of a choice ───────────────────────────────────────────────────────────────────────────

_OPTION = re.compile(
    r"(?P<text>.*?)(?:\n+\*\*Because:\*\* (?P<because>.*?))?(?:\n+\*\*Try:\*\* (?P<advice>.*))?", re.DOTALL
)


@dataclass(frozen=True)
class Options:
    """A choice's options, why the right one is right, and the misconceptions of the others."""

    texts: tuple[str, ...]
    right: str
    wrong: tuple[Misconception, ...]


def letters(sections: Iterable[Section]) -> str:
    """The letters of `Option` sections. ContentError where they are not a, b, c, … in order."""
    found = ""
    for section in sections:
        letter = _letter(section)
        if letter != "abcdefghijklmnopqrstuvwxyz"[len(found)]:
            raise section.error(f"the options are lettered a, b, c, … in order; this one is {letter!r}.")
        found += letter
    return found


def _letter(section: Section) -> str:
    return section.title.removeprefix("Option ").partition(":")[0].strip()


def options(sections: Iterable[Section], answer: str, otherwise: str) -> Options:
    """What `Option` sections say; `otherwise` is the advice where one has no `Try`."""
    texts: list[str] = []
    wrong: list[Misconception] = []
    right = ""
    for section in sections:
        letter, held = _letter(section), section.title.partition(":")[2].strip()
        text, because, advice = _option(section)
        if text in texts:
            raise section.error("another option says the same: change one.")
        texts.append(text)
        if letter == answer:
            if held or advice:
                raise section.error(f"{letter} is the right option, so it has no misconception and no `Try`.")
            right = because
            continue
        if not held:
            problem = f"the right option is {answer}, so this one is wrong. Give its misconception a name"
            raise section.error(f"{problem}: `## Option {letter}: its-name`.")
        if not because:
            raise section.error("say why it is wrong: `**Because:** …`.")
        if _slug(section, held) in [one.id for one in wrong]:
            raise section.error(f"there is a misconception {held!r} already: rename one.")
        wrong.append(Misconception(held, because, advice or otherwise, ((letter,),)))
    return Options(tuple(texts), right, tuple(wrong))


def _option(section: Section) -> tuple[str, str, str]:
    parts = _OPTION.fullmatch(section.prose().strip())
    if parts is None or not parts["text"].strip():
        raise section.error("an option says something: write its text.")
    text, because, advice = (
        (parts[name] or "").strip("\n" if name == "text" else None) for name in ("text", "because", "advice")
    )
    for word in ("**Because:**", "**Try:**"):
        if word in text + because + advice:
            problem = "after the option's text comes `**Because:** …`, then perhaps `**Try:** …`, each once."
            raise section.error(problem, section.line_of(word))
    return text, because, advice
