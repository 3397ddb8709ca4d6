"""The record where notebooks lie in a browser's storage, in which SQLite cannot work: on a copy in memory.

Used by `attempts` in the browser edition, which has no server either: so the course home is kept beside it.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from checks.learner import chosen, record

#: Where it is kept, in the folder of the lessons.
HOME = ".home.json"


class DriveRecord(record.Record):
    """Fetches its file before it writes, as another notebook may have written, and then brings it back."""

    def __init__(self, kept: Path) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="workbook-")) / kept.name)
        self._kept = kept
        self._fetch()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._fetch()
        with super()._open() as connection:
            yield connection
            has_changed = connection.total_changes > 0
        if has_changed:
            shutil.copyfile(self.path, self._kept)
            self.keep_home()

    def _fetch(self) -> None:
        with suppress(FileNotFoundError):
            shutil.copyfile(self._kept, self.path)

    def keep_home(self) -> None:
        """Write what a server would tell the course home in the page (`checks.learner.home.server`)."""
        from checks.learner.home.course import told

        folder = self._kept.parent
        home = told(self, datetime.now(UTC).date(), folder)
        (folder / HOME).write_text(json.dumps(home), "utf-8")


def open_record() -> record.Record:
    """The record of this kernel, kept where it would be on a desktop."""
    found = DriveRecord(record.open_record().path)
    with suppress(ValueError):  # cards say so
        chosen.speak(found)
    found.keep_home()  # what is due may be more than on another day
    return found
