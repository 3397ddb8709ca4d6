"""Which language a learner reads: the environment's, else the one that they chose, else their folder's.

Called where a learner's side begins to speak: by the words, the course home and the commands. Nobody else
speaks another language than English, so that grading does not.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from checks.catalogue import ENGLISH, languages, use, use_named
from checks.learner.record import Record

#: Under this name the record keeps what was chosen.
_SETTING = "language"


def speak(record: Record | None) -> None:
    """Speak the learner's language from now on. ValueError, in a sentence, for one that there is not."""
    if use_named():
        return
    use(ENGLISH)
    if record is None:
        return
    with suppress(sqlite3.Error, ValueError):  # the record may be a later version's, with more languages
        use(record.setting(_SETTING) or _of_the_folder())


def _of_the_folder() -> str:
    """The language that the current folder is named after: the browser edition has a course in each."""
    name = Path.cwd().name
    return name if name in languages() else ENGLISH


def choose(record: Record, code: str) -> None:
    """Speak this language, and remember it. ValueError as `speak`; `sqlite3.Error` as the record."""
    use(code)
    record.set(_SETTING, code)
