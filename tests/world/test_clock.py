"""The clock that old SQLite lacks is given to it, and to no other."""

import sqlite3

import pytest
import sqlalchemy

from checks.world import clock


@pytest.mark.parametrize(("version", "given"), [((3, 41, 2), True), ((3, 42, 0), False)])
def test_only_old_sqlite_is_given_a_clock(
    version: tuple[int, ...], given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Listened to here: where the machine's own SQLite is old, every engine of this process has the clock.
    heard: list[object] = []
    monkeypatch.setattr(sqlalchemy.event, "listen", lambda *arguments: heard.append(arguments))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    clock.give_old_sqlite_its_clock()
    assert bool(heard) == given


def test_the_clock_tells_the_time_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.time, "time", lambda: 1234.5)
    engine = sqlalchemy.create_engine("sqlite://")
    sqlalchemy.event.listen(engine, "connect", clock._give)
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT unixepoch('subsec')")).scalar() == 1234.5
