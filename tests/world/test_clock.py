"""The clock that old SQLite lacks is given to it, and to no other."""

import sqlite3
from collections.abc import Iterator

import pytest
import sqlalchemy

from checks.world import clock


@pytest.fixture(autouse=True)
def taken_back() -> Iterator[None]:
    """Without the clock that another test gave to this process's SQLite, which gets it back."""
    had = _has_it()
    _take_it()
    yield
    _take_it()
    if had:
        sqlalchemy.event.listen(sqlalchemy.Engine, "connect", clock._give)


def _has_it() -> bool:
    return bool(sqlalchemy.event.contains(sqlalchemy.Engine, "connect", clock._give))


def _take_it() -> None:
    if _has_it():
        sqlalchemy.event.remove(sqlalchemy.Engine, "connect", clock._give)


@pytest.mark.parametrize(("version", "given"), [((3, 41, 2), True), ((3, 42, 0), False)])
def test_only_old_sqlite_is_given_a_clock(
    version: tuple[int, ...], given: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(clock.time, "time", lambda: 1234.5)
    clock.give_old_sqlite_its_clock()
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        told = connection.execute(sqlalchemy.text("SELECT unixepoch('subsec')")).scalar()
    assert (told == 1234.5) == given
