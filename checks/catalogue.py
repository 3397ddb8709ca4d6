"""The language that a learner reads: `tr("English sentence")` is that sentence in it.

Called wherever code says something to a learner. English stands in the code; every other language is a file
of gettext's, such as `languages/de.po`, read as it is: that needs no build and no package. What is not
translated stays English. The language is English until the learner's side of a process says otherwise, so
grading is never in another one. Instructors and authors read English.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import TypeVar

#: The language that shows what was not translated: every letter is changed, every message stands in brackets.
PSEUDO = "pseudo"
ENGLISH = "en"
#: The variable of the environment that names the language, before what the learner chose.
VARIABLE = "WORKBOOK_LANGUAGE"

_FOLDER = Path(__file__).parent / "languages"
_FIELD = re.compile(r'^(msg\w+)(?:\[(\d)\])? ((?:".*"\s*)+)', re.MULTILINE)
_PLURAL = re.compile(r"^Plural-Forms:.*?plural=(.+);$", re.MULTILINE)

#: What is no word for a reader: code, a placeholder, a tag, a character's name, an address.
_KEPT = re.compile(
    r"(```.*?```|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)|\{[^{}]*\}|</?[a-z][^<>]*>|&#?\w+;|\]\([^()]*\)|https?://\S+)",
    re.DOTALL,
)
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒğĥíĵķĺḿńóṕɋŕśťúṽŵẋýźÁƁĆĐÉƑĞĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼŴẊÝŹ",
)

M = TypeVar("M", bound=str)

_now = ENGLISH
#: What is spoken for a while in place of that, by one thread: items of a kata are made in several at once.
_meanwhile: ContextVar[str] = ContextVar("_meanwhile", default="")


def language() -> str:
    """The language that learners are spoken to in now: "en", one that has a file ("de"), or "pseudo"."""
    return _meanwhile.get() or _now


def tag() -> str:
    """The language as HTML names it, in `lang`."""
    return ENGLISH if language() == PSEUDO else language()


def languages() -> tuple[str, ...]:
    """All that there are: English, those that have a file, and the pseudo-language."""
    return (ENGLISH, *sorted(file.stem for file in _FOLDER.glob("*.po")), PSEUDO)


def use(code: str) -> None:
    """From now on speak this one. ValueError, in a sentence, where there is no such language."""
    global _now
    _now = _known(code)


def _known(code: str) -> str:
    if code not in languages():
        known = ", ".join(languages())
        raise ValueError(tr("There is no language {code!r}; there are {known}.", code=code, known=known))
    return code


def use_named() -> bool:
    """Speak the language that the environment names, if it names one; says so. ValueError as `use`."""
    if code := os.environ.get(VARIABLE):
        try:
            use(code)
        except ValueError as problem:
            raise ValueError(f"{VARIABLE}: {problem}") from None
    return bool(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language for a while, in this thread alone. ValueError as `use`."""
    before = _meanwhile.set(_known(code))
    try:
        yield
    finally:
        _meanwhile.reset(before)


def tr(message: str, /, **values: object) -> str:
    """The message in the learner's language, with each `{name}` replaced by the value of that name.

    The message stands in the call as it is, so that the catalogue can be made of the source; one without
    values keeps its braces.
    """
    return _filled(_translated(message)[0], values)


def trn(one: str, several: str, /, count: int, **values: object) -> str:
    """The same of something counted: English has `one` or `several`, with `{count}` among the values."""
    forms = _translated(one, several)
    which = 0 if count == 1 else 1
    if len(forms) > 1 and language() not in (ENGLISH, PSEUDO):
        which = _plural_form(language(), count)
    return _filled(forms[which], {"count": count, **values})


def later(message: M) -> M:
    """The message as it is, for a table: the catalogue has it, and `tr` translates it when it is shown."""
    return message


def accented(text: str) -> str:
    """The text as the pseudo-language has it: every letter another one, code, tags and placeholders kept."""
    parts = re.split(_KEPT, text)
    # The second group of the pattern, the fence of a code span, stands in every third place: it is no part.
    return "".join(
        part if place % 3 == 1 else part.translate(_ACCENTS)
        for place, part in enumerate(parts)
        if place % 3 != 2
    )


def _filled(message: str, values: dict[str, object]) -> str:
    return message.format(**values) if values else message


def _translated(*english: str) -> tuple[str, ...]:
    """The forms of a message in the language of now."""
    if language() == ENGLISH or not english[0]:  # "" is what a file says of itself
        return english
    if language() == PSEUDO:
        return tuple(f"⟦{accented(form)}⟧" for form in english)
    return catalogue(language()).get(english[0], english)


@cache
def catalogue(code: str) -> dict[str, tuple[str, ...]]:
    """What the file of a language says, by its English; neither what is missing there nor what is doubtful.

    "" stands for what the file says of itself.
    """
    found = {}
    for entry in (_FOLDER / f"{code}.po").read_text("utf-8").split("\n\n"):
        fields = {
            (name, number): "".join(json.loads(line) for line in lines.splitlines() if line)
            for name, number, lines in _FIELD.findall(entry)
        }
        forms = tuple(text for (name, _), text in fields.items() if name == "msgstr")
        if all(forms) and ("msgid", "") in fields and not re.search("^#,.*fuzzy", entry, re.MULTILINE):
            found[fields["msgid", ""]] = forms
    return found


def _plural_form(code: str, count: int) -> int:
    """Which form of a message says so many in a language."""
    rule = _PLURAL.search(catalogue(code)[""][0])
    return int(c2py(rule[1])(count)) if rule else int(count != 1)
