"""Lessons in other languages: a translation stands beside each file, and its prose takes the other's place.

Called by the loader, and by authors for what is missing. The translation of rollback/rollback.2.md into
German is rollback/de/rollback.2.md: the same headings, and under them prose; code, ids, samples and which
option is right stand in the English file alone. What is not translated stays English. Each piece names, by
six letters, the English that it says in other words, so that it is seen when that has changed.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks.catalogue import ENGLISH, PSEUDO, accented, language
from checks.lessons.fields import LessonTranslation, TranslationFront, checked
from checks.lessons.reading import ContentError, Fields, Section, read_yaml, text_of
from checks.lessons.reading import read as read_english

Read = tuple[Fields, tuple[Section, ...]]

#: A folder of translations is called by the code of its language.
_CODE = re.compile(r"[a-z]{2}")
#: The letters of the English stand behind a heading, where GitHub does not show them.
_OF = re.compile(r"(?P<title>.*?)\s*<!-- *(?P<english>\w*) *-->")

_LISTS = ("Hints", "Common mistakes")
_PROSE = (*_LISTS, "Why it is right", "Explanation", "Quick check")
_TOLD = ("Wrong: ", "Asks for: ")
_CAPTION = re.compile(r"^caption: .*$", re.MULTILINE)
#: Where the prose of what is told ends: what comes then is for the program.
_PROGRAM = re.compile(r"\*\*(?:Recognised by|Only where):\*\*|\s*`{3,}")
#: What begins a line and is not said.
_MARK = re.compile(r"\s*(?:[-*] +|\d+\. +)?(?:\*\*(?:Try|Because):\*\* )?")


def beside(path: Path, code: str) -> Path:
    """Where a file's translation into a language stands."""
    return path.parent / code / path.name


def is_translation(path: Path) -> bool:
    """Whether a file of the lessons is a translation."""
    return bool(_CODE.fullmatch(path.parent.name) or _CODE.fullmatch(Path(path.stem).suffix[1:]))


def letters(english: str) -> str:
    """Six letters that stand for a text, whatever its line breaks."""
    found = hashlib.sha256(" ".join(english.split()).encode()).hexdigest()[:6]
    return "".join("abcdefghijklmnop"[int(digit, 16)] for digit in found)


def read(path: Path) -> Read:
    """A file's front matter and sections, in the language that applies. ContentError as `reading.read`."""
    return read_in(path, language())


def read_in(path: Path, code: str) -> Read:
    """The same in a language of one's choice."""
    fields, sections = read_english(path)
    if code == PSEUDO:
        return _titled(fields, accented(str(fields.values.get("title", "")))), tuple(map(_accented, sections))
    own = translation(path, code)
    if own is None:
        return fields, sections
    said = (own.sections.get(each.title) for each in sections)
    put = (_put(english, one) if one else english for english, one in zip(sections, said, strict=True))
    return _titled(fields, own.title), tuple(put)


def _titled(fields: Fields, title: str) -> Fields:
    return replace(fields, values={**fields.values, "title": title}) if "title" in fields.values else fields


# ── a translation ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Translation:
    """What stands in a translation, by the English heading, and of which English each piece is one.

    The piece "" are the title and the task.
    """

    path: Path
    title: str
    sections: Mapping[str, Section]
    of: Mapping[str, str] = field(default_factory=dict)


def translation(path: Path, code: str) -> Translation | None:
    """The translation of a file; None where there is none. ContentError for what does not fit the file."""
    own = beside(path, code)
    if code == ENGLISH or not own.exists():
        return None
    of_english, english_sections = read_english(path)
    english = {section.title: section for section in english_sections}
    fields, sections = read_english(own)
    front = checked(TranslationFront, fields)
    if "title" in of_english.values and not front.title:
        raise fields.error("`title` is missing: write it.")
    found, of = {}, {"": front.english}
    for section in sections:
        marked = _OF.fullmatch(section.title)
        title = marked["title"] if marked else section.title
        if title not in english or prose(english[title]) is None:
            known = [each for each, one in english.items() if each and prose(one) is not None]
            near = difflib.get_close_matches(title, known, n=1, cutoff=0.0)
            problem = f"{path.name} has no prose under such a heading."
            raise section.error(f"{problem} Is it `## {near[0]}`?" if near else f"{problem} Take it out.")
        if title in found:
            raise section.error("there are two sections of this name: make one of them.")
        if not title and "title" not in of_english.values:
            continue  # a shared file has no task
        found[title] = replace(section, title=title)
        of.setdefault(title, marked["english"] if marked else "")
        _fits(english[title], found[title])
    _all_options(english, found)
    return Translation(own, front.title, found, of)


def prose(section: Section) -> str | None:
    """What of an English section is translated; None where there is nothing to."""
    if section.title.startswith(_TOLD):
        return replace(section, lines=section.lines[: _program(section)]).prose()
    if section.title == "Pipelines":
        return "\n".join(_captions(section))
    return section.prose() if _is_prose(section.title) else None


def _is_prose(title: str) -> bool:
    return title in ("", *_PROSE) or title.startswith("Option ")


def _program(section: Section) -> int:
    """The place of the first line that is for the program."""
    return next(
        (place for place, line in enumerate(section.lines) if _PROGRAM.match(line)), len(section.lines)
    )


def _captions(section: Section) -> list[str]:
    blocks = (read_yaml(section.path, block.text, block.line + 1) for block in section.blocks())
    return [str(block.values.get("caption", "")) for block in blocks]


def _fits(english: Section, own: Section) -> None:
    """ContentError where a piece says less, or more, than the English one has a place for."""
    said, blocks = own.said_and_blocks()
    if not own.prose().strip():
        mend = "or take the heading out, and English is shown" if own.title else "after the front matter"
        raise own.error(f"nothing stands here: write it, {mend}.")
    if english.title.startswith(_TOLD):
        if _program(own) < len(own.lines):
            raise own.error("code and `**Recognised by:**` stand in the English file alone: take them out.")
        if not re.search(r"\S\s*^\*\*Try:\*\* \S", said, re.MULTILINE):
            raise own.error("say what is wrong, and then what to try: `**Try:** …`.")
        return
    there = () if english.title == "Pipelines" else english.said_and_blocks()[1]
    if [block.text for block in blocks] != [block.text for block in there]:
        raise own.error(
            "its code is not that of the English file: copy the blocks from there, in their order."
        )
    if english.title in (*_LISTS, "Pipelines"):
        wanted = len(_captions(english)) if english.title == "Pipelines" else len(english.entries())
        if wanted != (number := len(own.entries())):
            raise own.error(f"the English list has {wanted} entries, and this one {number}.")
    for word in ("**Because:**", "**Try:**"):
        if (f"\n{word} " in english.prose()) != (f"\n{word} " in own.prose()):
            mend = "write it here too" if word in english.prose() else "take it out"
            raise own.error(f"the English option has {'a' if mend[0] == 'w' else 'no'} `{word}`: {mend}.")


def _all_options(english: Mapping[str, Section], own: Mapping[str, Section]) -> None:
    """Options are read side by side, so they are in one language."""
    wanted = [title for title in english if title.startswith("Option ")]
    last = next((own[title] for title in reversed(wanted) if title in own), None)
    missing = [title for title in wanted if title not in own]
    if last and missing:
        raise last.error(f"`## {missing[0]}` is missing: translate all options, or none.")


def _put(english: Section, own: Section) -> Section:
    """The section with the prose of its translation."""
    if english.title.startswith(_TOLD):
        return replace(english, lines=(*own.lines, "", *english.lines[_program(english) :]))
    if english.title == "Pipelines":
        return _captioned(english, [text for text, _ in own.entries()])
    return own


def _captioned(section: Section, captions: list[str]) -> Section:
    new = iter(captions)
    text = _CAPTION.sub(
        lambda _: f"caption: {json.dumps(next(new), ensure_ascii=False)}", "\n".join(section.lines)
    )
    return replace(section, lines=tuple(text.split("\n")))


# ── what is left to do ────────────────────────────────────────────────────────────────────────────────


def pieces(path: Path) -> dict[str, str]:
    """The pieces of an English file, by their headings; "" are the title and the task."""
    fields, sections = read_english(path)
    said = {section.title: prose(section) for section in sections}
    if "title" in fields.values:
        said[""] = f"{fields.values['title']}\n\n{said['']}"
    return {title: text for title, text in said.items() if text}


def as_written(section: Section) -> str:
    """What of an English section is translated, with its own line breaks."""
    if section.title == "Pipelines":
        return "\n".join(f"{number}. {caption}" for number, caption in enumerate(_captions(section), 1))
    end = _program(section) if section.title.startswith(_TOLD) else None
    return "\n".join(section.lines[:end]).strip("\n")


def left(path: Path, code: str) -> list[str]:
    """The headings of a file that a language has not, or still in English, in the order of the file."""
    own = translation(path, code)
    said = {title: section.prose() for title, section in own.sections.items()} if own else {}
    if own and "" in said:
        said[""] = f"{own.title}\n\n{said['']}"
    return [title for title, english in pieces(path).items() if is_left(english, said.get(title))]


def is_left(english: str, said: str | None) -> bool:
    """Whether a text is still to be translated: it is missing, or the same, and not code alone."""
    return said is None or (letters(said) == letters(english) and accented(english) != english)


def outdated(path: Path, code: str) -> Iterator[ContentError]:
    """The pieces whose English has changed since, each with what to do about it."""
    own, english = translation(path, code), pieces(path)
    for title, section in own.sections.items() if own else ():
        now = letters(english[title])
        if own and own.of[title] != now:
            where = f"`## {title} <!-- {now} -->`" if title else f"`english: {now}` in front"
            what = "the English has changed" if own.of[title] else "nothing says of which English this is"
            yield section.error(f"{what}. Look at {path.name}, and write {where}.", max(section.line, 1))


# ── lesson.yaml ──────────────────────────────────────────────────────────────


def lesson_yaml(fields: Fields) -> Fields:
    """The fields of lesson.yaml with its titles in the language that applies now."""
    if language() == PSEUDO:
        said = {name: str(fields.values.get(name, "")) for name in ("title", "can", "unit")}
        said["one"] = said["unit"].removesuffix("s")
        said = {name: accented(text) for name, text in said.items()}
    elif own := lesson_translation(fields.path.parent, language()):
        said = {"title": own.title, "can": own.can, "unit": own.unit, "one": own.one}
    else:
        return fields
    return replace(fields, values={**fields.values, **{name: text for name, text in said.items() if text}})


def lesson_translation(folder: Path, code: str) -> LessonTranslation | None:
    """What a lesson's folder of a language has in lesson.yaml. ContentError as `translation`."""
    path = folder / code / "lesson.yaml"
    if not path.exists():
        return None
    fields = read_yaml(path, text_of(path))
    found = checked(LessonTranslation, fields)
    for english, said in found.situations.items():
        if english.count("{}") != said.count("{}"):
            raise fields.error(
                "write as many `{}` as the English has, in the same order.", "situations", english
            )
    return found


def lesson_pieces(folder: Path) -> str:
    """What of a lesson.yaml is translated."""
    fields = read_yaml(folder / "lesson.yaml", text_of(folder / "lesson.yaml"))
    return "\n".join(str(fields.values.get(name, "")) for name in ("title", "can", "unit"))


# ── the pseudo-language ───────────────────────────────────────────────────────────────────────────────


def _accented(section: Section) -> Section:
    said = prose(section)
    if said is None:
        return section
    if section.title == "Pipelines":
        return _captioned(section, list(map(accented, _captions(section))))
    lines, fence = [], ""
    for line in said.split("\n"):
        mark = _MARK.match(line)
        opened = re.match(r"\s*(`{3,})", line)
        assert mark is not None
        lines.append(line if fence or opened else mark[0] + accented(line[mark.end() :]))
        fence = ("" if line.strip() == fence else fence) if fence else (opened[1] if opened else "")
    rest = section.lines[_program(section) :] if section.title.startswith(_TOLD) else ()
    return replace(section, lines=(*lines, "", *rest))
