"""The learner's record: nothing is lost, a repeated answer costs nothing, a new start is a new start."""

import multiprocessing
import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from checks.exercise import Verdict
from checks.learner.record import Record, open_record
from checks.vocabulary import PROGRESS, TEMPORARY

WRONG, RIGHT = Verdict("wrong", "No.", "t.1/why"), Verdict("correct", "Yes.")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "progress.sqlite")


def test_an_attempt_is_kept_whole(record: Record) -> None:
    record.record_attempt("t.1", ("a", "b"), WRONG)
    record.record_attempt("t.2", "x = 1", RIGHT)
    first, second = record.attempts()
    assert (first.exercise, first.answer, first.status) == ("t.1", ("a", "b"), "wrong")
    assert (first.misconception, first.feedback) == ("t.1/why", "No.")
    assert first.at.utcoffset() is not None
    assert second.answer == "x = 1"


def test_repeating_the_last_answer_costs_nothing_but_going_back_to_it_does(record: Record) -> None:
    for answer in ("a", "a", "b", "a", "a"):
        record.record_attempt("t.1", (answer,), WRONG)
    assert record.standing("t.1").wrong == 3


def test_a_verdict_that_changed_is_recorded(record: Record) -> None:
    record.record_attempt("t.1", "x", WRONG)
    record.record_attempt("t.1", "x", RIGHT)
    assert record.standing("t.1").done


def test_what_is_done_is_found_in_one_query_and_agrees_with_where_each_stands(record: Record) -> None:
    assert record.done() == frozenset()
    record.record_attempt("t.1", "x", RIGHT)
    record.record_attempt("t.1", "y", WRONG)
    record.record_attempt("t.2", "x", WRONG)
    record.record_attempt("t.3", "x", RIGHT)
    record.record("t.3", "reset")
    record.record_attempt("t.4", "x", RIGHT)
    record.record("t.4", "reset")
    record.record_attempt("t.4", "x", RIGHT)
    record.record("t.5", "hint")
    assert record.done() == {"t.1", "t.4"}
    assert record.done() == {f"t.{n}" for n in range(1, 6) if record.standing(f"t.{n}").done}


def test_a_reset_starts_again_and_forgets_nothing(record: Record) -> None:
    record.record_attempt("t.1", ("a",), RIGHT)
    record.record("t.1", "hint")
    record.record("t.1", "explanation")
    assert record.standing("t.1").hints == 1 and record.standing("t.1").explained
    record.record("t.1", "reset")
    standing = record.standing("t.1")
    assert (standing.attempts, standing.hints, standing.explained, standing.done) == ((), 0, False, False)
    assert len(record.attempts()) == 1
    record.record_attempt("t.1", ("a",), WRONG)
    assert record.standing("t.1").wrong == 1


def test_nothing_is_written_before_there_is_something_to_write(record: Record) -> None:
    assert record.standing("t.1").attempts == () and record.attempts() == []
    assert not record.path.exists()


def test_reading_waits_for_nobody_who_writes(record: Record) -> None:
    record.record_attempt("t.1", ("a",), WRONG)
    with closing(sqlite3.connect(record.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM events")
        assert record.standing("t.1").wrong == len(record.attempts()) == 1
        other.execute("ROLLBACK")


def test_a_file_that_nothing_was_written_to_yet_holds_nothing(record: Record) -> None:
    record.path.touch()
    assert record.standing("t.1").attempts == () and record.attempts() == []


def _write_many(path: Path, name: str, count: int) -> None:
    record = Record(path)
    for number in range(count):
        record.record_attempt(name, (str(number),), WRONG)


def test_two_notebooks_at_once_lose_nothing(record: Record) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_many, args=(record.path, name, 40)) for name in ("t.1", "t.2")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(record.attempts()) == 80


def test_a_kernel_killed_while_it_writes_loses_nothing_that_was_written(record: Record) -> None:
    spawn = multiprocessing.get_context("spawn")
    for _ in range(3):
        before = len(record.attempts())
        writer = spawn.Process(target=_write_many, args=(record.path, f"t.{before}", 100_000))
        writer.start()
        deadline = time.monotonic() + 60
        while len(record.attempts()) < before + 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert writer.pid
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        with sqlite3.connect(record.path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        numbers = [a.answer for a in record.attempts() if a.exercise == f"t.{before}"]
        assert numbers == [(str(n),) for n in range(len(numbers))] and len(numbers) >= 5
        record.record_attempt("after", (str(before),), RIGHT)


def test_where_the_record_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(PROGRESS, raising=False)
    assert open_record().path == tmp_path / ".progress.sqlite"
    monkeypatch.setenv(PROGRESS, str(tmp_path / "elsewhere.sqlite"))
    assert open_record().path == tmp_path / "elsewhere.sqlite"
    monkeypatch.setenv(PROGRESS, TEMPORARY)
    assert open_record().path != open_record().path
