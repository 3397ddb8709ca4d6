"""What a learner did, in SQLite: every attempt, hint, explanation and new start, one row each, never changed.

And what they chose for all lessons, such as the language, where the last choice counts.

Written by the notebook's words; read by them and by `workbook status`.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

from checks.exercise import Answer, Verdict
from checks.vocabulary import PROGRESS, TEMPORARY

#: Where progress is kept, unless the environment names another file.
FILE = ".progress.sqlite"

_TABLE = """
CREATE TABLE IF NOT EXISTS events (
    id            INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,    -- UTC, ISO 8601
    exercise      TEXT NOT NULL,
    kind          TEXT NOT NULL,    -- attempt, hint, explanation, reset, seen; asked (by a test or a review)
    answer        TEXT,             -- of an attempt: JSON, a string or a list of strings; asked: by which
    status        TEXT,             -- of an attempt: the verdict's; asked: how sure one was
    misconception TEXT,
    feedback      TEXT
)"""
_SETTINGS = "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
_INDEX = "CREATE INDEX IF NOT EXISTS events_by_exercise ON events (exercise, id)"

Kind = Literal["hint", "explanation", "reset", "seen"]

#: How sure one can be of an answer, from not to very; "" where nobody asked.
Sure = Literal["", "little", "fairly", "quite"]


@dataclass(frozen=True)
class Attempt:
    """One recorded attempt. `at` is UTC; `sure` is how sure the learner was, "" where that was not asked."""

    at: datetime
    exercise: str
    answer: Answer
    status: str
    misconception: str | None
    feedback: str
    sure: Sure = ""


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with one exercise since they last started it anew."""

    attempts: tuple[Attempt, ...] = ()
    hints: int = 0
    explained: bool = False

    @property
    def done(self) -> bool:
        return any(attempt.status == "correct" for attempt in self.attempts)

    @property
    def right(self) -> Answer | None:
        """The last right answer."""
        return next((one.answer for one in reversed(self.attempts) if one.status == "correct"), None)

    @property
    def wrong(self) -> int:
        """How many attempts were wrong."""
        return sum(attempt.status == "wrong" for attempt in self.attempts)


class Record:
    """The record in one SQLite file, made when first written to.

    Each write is a transaction of its own, and SQLite's locks keep two notebooks apart. Raises
    `sqlite3.Error` where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as connection:
            # Taken before anything is read: two notebooks that read first and then both want to write
            # would lock each other out.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
            connection.execute(_INDEX)
            connection.execute(_SETTINGS)
            with connection:
                yield connection

    def record_attempt(self, exercise: str, answer: Answer, verdict: Verdict) -> None:
        """Record an attempt, unless it only repeats the last one (Run All must not spend attempts)."""
        with self._open() as connection:
            rows = connection.execute(_SINCE_NEW_START, (exercise,)).fetchall()
            last = _standing(rows).attempts[-1:]
            if last and (last[0].answer, last[0].status) == (answer, verdict.status):
                return
            _insert(connection, exercise, answer, verdict)

    def record_asked(self, by: str, given: Iterable[tuple[str, Answer, Verdict]], sure: Sure = "") -> None:
        """Record answers to questions that a test, a review or a kata asked, each once.

        `by` names the test, such as "quiz approval 7". The first answer counts: the same test run again adds
        nothing, while the same answer in another one is an attempt of its own, as repetition needs it.
        """
        with self._open() as connection:
            for exercise, answer, verdict in given:
                asked = connection.execute(
                    "SELECT 1 FROM events WHERE exercise = ? AND kind = 'asked' AND answer = ?",
                    (exercise, by),
                )
                if asked.fetchone() is None:
                    connection.execute(
                        "INSERT INTO events (at, exercise, kind, answer, status)"
                        " VALUES (?, ?, 'asked', ?, ?)",
                        (_now(), exercise, by, sure),
                    )
                    _insert(connection, exercise, answer, verdict)

    def sat(self) -> dict[str, tuple[Attempt, ...]]:
        """What was answered in each test and review, by its name, such as "quiz approval 7"; oldest first."""
        given: dict[str, tuple[Attempt, ...]] = {}
        for by, *row in self._rows(_SAT):
            given[by] = (*given.get(by, ()), _attempt(tuple(row)))
        return given

    def record(self, exercise: str, kind: Kind) -> None:
        """Record that a hint or the explanation was opened, the exercise started anew, or that there was
        something to see: a worked example, an interview.
        """
        with self._open() as connection:
            connection.execute(
                "INSERT INTO events (at, exercise, kind) VALUES (?, ?, ?)", (_now(), exercise, kind)
            )

    def setting(self, name: str) -> str:
        """What the learner chose once for all lessons; "" where they did not."""
        return next((value for (value,) in self._rows("SELECT value FROM settings WHERE name = ?", name)), "")

    def set(self, name: str, value: str) -> None:
        """Keep what the learner chose."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    def standing(self, exercise: str) -> Standing:
        """Where the learner stands with `exercise`."""
        return _standing(self._rows(_SINCE_NEW_START, exercise))

    def done(self) -> frozenset[str]:
        """The ids of all exercises that were right since they were last started anew."""
        return frozenset(id_ for (id_,) in self._rows(_DONE))

    def standings(self) -> dict[str, Standing]:
        """Where the learner stands with each exercise that they ever tried."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for row in self._rows(_EVENTS):
            if row[0] == "reset":
                found.pop(row[2], None)
            else:
                found.setdefault(row[2], []).append(row)
        return {exercise: _standing(rows) for exercise, rows in found.items()}

    def seen(self) -> frozenset[str]:
        """The ids of the worked examples and the interviews that there were to see."""
        return frozenset(id_ for (id_,) in self._rows("SELECT exercise FROM events WHERE kind = 'seen'"))

    def attempts(self) -> list[Attempt]:
        """Every attempt ever recorded, oldest first, those before a new start too."""
        return [_attempt(row[1:]) for row in self._rows(_ATTEMPTS)]

    def _rows(self, sql: str, *parameters: str) -> list[tuple[str, ...]]:
        """What is found by reading alone, which need not wait for a turn to write."""
        if not self.path.exists():
            return []
        with closing(sqlite3.connect(self.path, timeout=30, isolation_level=None)) as connection:
            try:
                return connection.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):  # nothing was written yet
                    return []
                raise


#: What is asked stands in the row before its attempt, written in one go with it.
_SURE = "(SELECT q.status FROM events q WHERE q.id = events.id - 1 AND q.kind = 'asked')"
_COLUMNS = f"kind, at, exercise, answer, status, misconception, feedback, {_SURE}"
_ATTEMPTS = f"SELECT {_COLUMNS} FROM events WHERE kind = 'attempt' ORDER BY id"
_EVENTS = f"SELECT {_COLUMNS} FROM events ORDER BY id"
_SINCE_NEW_START = (
    f"SELECT {_COLUMNS} FROM events WHERE exercise = ?1 AND id > coalesce("
    "(SELECT max(id) FROM events WHERE exercise = ?1 AND kind = 'reset'), 0) ORDER BY id"
)
_SAT = (
    "SELECT q.answer, a.at, a.exercise, a.answer, a.status, a.misconception, a.feedback, q.status"
    " FROM events q JOIN events a ON a.id = q.id + 1 WHERE q.kind = 'asked' ORDER BY q.id"
)
_DONE = (
    "SELECT exercise FROM events GROUP BY exercise HAVING "
    "max(CASE WHEN kind = 'attempt' AND status = 'correct' THEN id END)"
    " > coalesce(max(CASE WHEN kind = 'reset' THEN id END), 0)"
)


def _insert(connection: sqlite3.Connection, exercise: str, answer: Answer, verdict: Verdict) -> None:
    connection.execute(
        "INSERT INTO events (at, exercise, kind, answer, status, misconception, feedback)"
        " VALUES (?, ?, 'attempt', ?, ?, ?, ?)",
        (_now(), exercise, json.dumps(answer), verdict.status, verdict.misconception, verdict.feedback),
    )


def _standing(rows: list[tuple[str, ...]]) -> Standing:
    kinds = [row[0] for row in rows]
    return Standing(
        tuple(_attempt(row[1:]) for row in rows if row[0] == "attempt"),
        kinds.count("hint"),
        "explanation" in kinds,
    )


def _attempt(row: tuple[str, ...]) -> Attempt:
    at, exercise, answer, status, misconception, feedback, sure = row
    loaded = json.loads(answer)
    return Attempt(
        datetime.fromisoformat(at),
        exercise,
        loaded if isinstance(loaded, str) else tuple(loaded),
        status,
        misconception,
        feedback,
        cast(Sure, sure or ""),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def open_record() -> Record:
    """The record of this process: the file that WORKBOOK_PROGRESS names, else one in the current folder."""
    named = os.environ.get(PROGRESS)
    if named == TEMPORARY:
        return Record(Path(tempfile.mkdtemp(prefix="workbook-")) / "progress.sqlite")
    return Record(Path(named) if named else Path.cwd() / FILE)
