"""The clock that DBOS asks SQLite for, where SQLite is too old to have it.

Called by whoever opens DBOS's records. From Python 3.12 on DBOS 3.4 stamps rows with `unixepoch('subsec')`,
which is NULL before SQLite 3.42 (https://sqlite.org/releaselog/3_42_0.html), and NULL is refused there.
"""

import sqlite3
import time

import sqlalchemy


def give_old_sqlite_its_clock() -> None:
    """See to it that every connection that SQLAlchemy makes in this process knows `unixepoch('subsec')`."""
    if sqlite3.sqlite_version_info < (3, 42):
        sqlalchemy.event.listen(sqlalchemy.Engine, "connect", _give)


def _give(connection: object, _: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("unixepoch", 1, lambda _: time.time())
