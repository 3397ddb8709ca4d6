"""What an interviewer asks, from interviews.yaml beside this file: by pattern, in order.

Called by checks.lessons.
"""

from dataclasses import replace
from pathlib import Path

from checks.catalogue import PSEUDO, accented, language
from checks.exercise import Interview
from checks.lessons.fields import InterviewFields, checked
from checks.lessons.reading import read_yaml, text_of


def load_interviews(path: Path) -> dict[str, tuple[Interview, ...]]:
    """The questions of a file, by pattern. ContentError for the first that is not in order."""
    fields = read_yaml(path, text_of(path))
    found: dict[str, tuple[Interview, ...]] = {}
    for pattern, entries in fields.values.items():
        if not isinstance(entries, list) or not entries:
            raise fields.error(f"`{pattern}` is a list of questions: write one.", pattern)
        said = [checked(InterviewFields, replace(fields, values=each)) for each in entries]
        found[pattern] = tuple(_interview(each) for each in said)
    return found


def _interview(said: InterviewFields) -> Interview:
    if language() == PSEUDO:
        return Interview(accented(said.asks), accented(said.says), tuple(map(accented, said.listen)))
    return Interview(said.asks, said.says, said.listen)
