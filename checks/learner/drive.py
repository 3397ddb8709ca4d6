"""The record where notebooks lie in a browser's storage, in which SQLite cannot work: on a copy in memory.

Used by `attempts` in the browser edition.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checks.learner import record


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
        shutil.copyfile(self.path, self._kept)

    def _fetch(self) -> None:
        with suppress(FileNotFoundError):
            shutil.copyfile(self._kept, self.path)


def open_record() -> record.Record:
    """The record of this kernel, kept where it would be on a desktop."""
    return DriveRecord(record.open_record().path)
