"""What an interviewer asks, from interviews.yaml beside this file: by pattern, in order.

Called by checks.lessons. In another language it is asked from a file beside that, such as interviews.de.yaml.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from checks.catalogue import PSEUDO, accented, language
from checks.exercise import Interview
from checks.lessons.fields import InterviewFields, checked
from checks.lessons.reading import Fields, read_yaml, text_of
from checks.lessons.translation import letters

Asked = dict[str, tuple[Interview, ...]]

#: The field that says of which English a translation is one.
_OF = "english"


def load_interviews(path: Path) -> Asked:
    """The questions of a file, by pattern, in the language that applies. ContentError for the first fault."""
    english = _asked(read_yaml(path, text_of(path)))
    own = translation(path, language())
    if language() == PSEUDO:
        return {pattern: tuple(map(_accented, asked)) for pattern, asked in english.items()}
    if own is None:
        return english
    asked = _asked(replace(own, values={key: value for key, value in own.values.items() if key != _OF}))
    if _shape(asked) != _shape(english):
        raise own.error(
            f"its patterns, questions and `listen` are not those of {path.name}: keep their number."
        )
    return asked


def translation(path: Path, code: str) -> Fields | None:
    """The fields of a file's translation, None where there is none. ContentError where it is no YAML."""
    own = path.with_name(f"{path.stem}.{code}{path.suffix}")
    return read_yaml(own, text_of(own)) if own.exists() else None


def changed(path: Path, own: Fields) -> str:
    """The letters that a translation should name as its English, where that has changed; else ""."""
    now = letters(text_of(path))
    return "" if own.values.get(_OF) == now else now


def _asked(fields: Fields) -> Asked:
    found: Asked = {}
    for pattern, entries in fields.values.items():
        if not isinstance(entries, list) or not entries:
            raise fields.error(f"`{pattern}` is a list of questions: write one.", pattern)
        said = [checked(InterviewFields, replace(fields, values=each)) for each in entries]
        found[pattern] = tuple(Interview(each.asks, each.says, each.listen) for each in said)
    return found


def _shape(asked: Asked) -> Mapping[str, list[int]]:
    return {pattern: [len(each.listen) for each in several] for pattern, several in asked.items()}


def _accented(said: Interview) -> Interview:
    return Interview(accented(said.asks), accented(said.says), tuple(map(accented, said.listen)))
