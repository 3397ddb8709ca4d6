"""What situations say of themselves, in the language that applies: their Python says it in English.

Called by the loader. Another language has the sentences in its lesson.yaml, by their English; there `{}`
stands for values: versions, numbers, code, several with commas and `and` between them.
"""

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import Any

from checks.catalogue import ENGLISH, PSEUDO, accented, language
from checks.exercise import Situation, Variable
from checks.lessons.translation import lesson_translation

Say = Callable[[str], str]

_VALUES = r"((?:`+[^`]+`+|v?\d[\w.]*|, | and )+)"


def spoken(folder: Path, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Parts of a runnable exercise, by name, with what they say in the language that applies now."""
    if language() == ENGLISH:
        return dict(parts)
    say = sentences(folder, language())
    told = partial(_told, say)
    makes, smaller, possible = parts["makes"], parts["smaller"], parts["possible"]
    return {
        **parts,
        "situations": tuple(map(told, parts["situations"])),
        "compares": tuple(
            # What is called has a name, of which nothing is said in words.
            replace(each, shown=say(each.shown)) if isinstance(each, Variable) and not each.calls else each
            for each in parts["compares"]
        ),
        "makes": makes and _then(makes, told),
        "smaller": smaller and _then(smaller, partial(map, told)),
        "possible": possible and _then(possible, say),
    }


def sentences(folder: Path, code: str) -> Say:
    """What says a sentence of a lesson's situations in a language; one that is not there stays as it is."""
    if code == PSEUDO:
        return accented
    own = lesson_translation(folder, code)
    known = [(_pattern(one), said.split("{}")) for one, said in own.situations.items()] if own else []
    between = f" {own.between} " if own else ""

    def say(text: str) -> str:
        for pattern, said in known:
            if found := pattern.fullmatch(text):
                values = (each.replace(" and ", between) for each in found.groups())
                return "".join(itertools.chain(*zip(said, (*values, ""), strict=True)))
        return text

    return say


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_VALUES.join(map(re.escape, english.split("{}"))))


def _told(say: Say, situation: Situation) -> Situation:
    return replace(situation, given=say(situation.given), about=tuple(map(say, situation.about)))


def _then(first: Callable[..., Any], second: Callable[[Any], Any]) -> Callable[..., Any]:
    return wraps(first)(lambda *given: second(first(*given)))
