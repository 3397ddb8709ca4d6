"""Durable runs: each piece of work is a DBOS workflow, so a killed run goes on and nothing is judged twice.

Called by grading and by `workbook worker`. SQLite in GRADES, or Postgres for several machines.
"""

import contextlib
import hashlib
import json
import logging
import os
import platform
import sqlite3
import threading
import time
import uuid
from collections.abc import Collection, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy
from dbos import DBOS, DBOSConfig, Serializer, SetWorkflowID, WorkflowStatus, error
from sqlalchemy.exc import SQLAlchemyError

from checks.instructor import course, work
from checks.runner.job import RunnerError
from checks.world.clock import give_old_sqlite_its_clock

_QUEUE = "grading"
#: Runs that a process takes from the queue at a time, beside those that it does.
_TAKEN = 4
#: Seconds between two looks at the queue, and between two roll calls.
_POLL, _ROLL_CALL = 0.1, 2.0


class _Json(Serializer):
    """What is stored is JSON: DBOS's own choice is pickle, which runs what a database holds."""

    def serialize(self, data: object) -> str:
        return json.dumps(data, default=str)

    def deserialize(self, serialized_data: str) -> object:
        return json.loads(serialized_data)

    def name(self) -> str:
        return "workbook_json"


#: How many runs this process does at a time, whatever the queue hands it.
_places = threading.BoundedSemaphore(os.cpu_count() or 1)


@DBOS.workflow(name="judge")
def _judge(text: str) -> str:
    with _places:
        return work.do(text)


def identity(text: str) -> str:
    """The run's id: learner, lesson and answers are in the text, the course's version is added."""
    return hashlib.sha256(f"{course.version()}\n{text}".encode()).hexdigest()[:40]


@contextmanager
def runs(url: str, jobs: int) -> Iterator[None]:
    """DBOS at work in this process, on `jobs` runs at a time.

    With SQLite, which one process has to itself, what an earlier process left under way goes on at once.
    Raises RunnerError where the database cannot be used, also by what is done in here.
    """
    try:
        with _launched(url, jobs):
            yield
    except (SQLAlchemyError, error.DBOSException, ImportError) as why:
        raise RunnerError(_about(url, why)) from why


def _about(url: str, error: Exception) -> str:
    """Why a database cannot be used, and what to do."""
    why = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    if is_local(url):
        return (
            f"The record of what is graded, {url.removeprefix('sqlite:///')}, cannot be used: {why}. Make "
            "room there and see to it that you may write, or name another folder with --out. The same "
            "command then goes on from here."
        )
    return (
        f"The database cannot be used: {why}. Is its server up, and --database-url right, such as "
        "postgresql+psycopg://grader@db.example/grades? The same command then goes on from here."
    )


@contextmanager
def _launched(url: str, jobs: int) -> Iterator[None]:
    global _places
    _places = threading.BoundedSemaphore(jobs)
    executor = "here" if is_local(url) else f"{platform.node()}-{uuid.uuid4().hex[:8]}"
    logging.getLogger("dbos").setLevel(logging.CRITICAL)  # what goes wrong is raised, and told once
    config: DBOSConfig = {
        "name": "workbook",
        "system_database_url": url,
        "application_version": course.version(),
        "executor_id": executor,
        "serializer": _Json(),
        "log_level": "CRITICAL",
        "enable_otlp": False,
        "notification_listener_polling_interval_sec": 0.2,
    }
    give_old_sqlite_its_clock()
    DBOS(config=config)
    if is_local(url):
        DBOS.listen_queues([])
    try:
        DBOS.launch()
        with contextlib.ExitStack() as stack:
            if not is_local(url):
                DBOS.register_queue(_QUEUE, worker_concurrency=_TAKEN, polling_interval_sec=_POLL)
                stack.enter_context(_answering_roll_calls(url, executor))
            yield
    finally:
        DBOS.destroy()


def is_local(url: str) -> bool:
    """Whether one process has the database to itself."""
    return url.startswith("sqlite")


def sqlite_url(path: Path) -> str:
    """A database in a file, made ready for many small writes."""
    with suppress(sqlite3.Error):  # where the file system has no shared memory it stays as it is
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    return f"sqlite:///{path.resolve().as_posix()}"


def do_here(texts: list[str], jobs: int, again: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Do the work in this process, `jobs` pieces at a time; yields each with what came of it.

    What is done already is taken from the record, what was under way when an earlier run was killed goes on.
    """
    left = yield from _recorded(texts, again)
    if not left:
        return
    work.bench.runners()
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="grading")
    try:
        pending: dict[Future[str], str] = {}
        queue = iter(left.items())
        while True:
            while len(pending) < jobs and (following := next(queue, None)):
                text, id_ = following
                pending[pool.submit(_run, id_, text)] = text
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield pending.pop(future), future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def do_shared(url: str, texts: list[str], again: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Do the work together with everyone who listens at the database; yields each with what came of it.

    What a worker had under way that does not answer any more goes back into the queue.
    """
    left = yield from _recorded(texts, again)
    ids = {id_: text for text, id_ in left.items()}
    for id_, text in ids.items():
        with SetWorkflowID(id_):
            DBOS.enqueue_workflow(_QUEUE, _judge, text)
    called = time.monotonic()
    while ids:
        time.sleep(_POLL)
        for one in _look_up(list(ids), ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]):
            if one.status != "SUCCESS":
                raise RunnerError(f"A run ended as {one.status}: {one.error}. Start the same command again.")
            yield ids.pop(one.workflow_id), str(one.output)
        if time.monotonic() - called > _ROLL_CALL:
            called = time.monotonic()
            under_way = list(_look_up(list(ids), ["PENDING"]))
            dead = {name for name in {one.executor_id for one in under_way} if not _answers(url, str(name))}
            for one in under_way:
                if one.executor_id in dead:
                    DBOS.resume_workflow(one.workflow_id, queue_name=_QUEUE)


def _look_up(ids: list[str], status: list[str] | None = None) -> Iterator[WorkflowStatus]:
    for start in range(0, len(ids), 500):
        yield from DBOS.list_workflows(workflow_ids=ids[start : start + 500], status=status)


@contextmanager
def _answering_roll_calls(url: str, executor: str) -> Iterator[None]:
    """Hold a lock that Postgres gives back when this process is gone, however it went."""
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            sqlalchemy.text("SELECT pg_advisory_lock(hashtextextended(:name, 0))"), {"name": executor}
        )
        yield
    engine.dispose()


def _answers(url: str, executor: str) -> bool:
    """Whether the process of this name is there: then its lock cannot be had."""
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # closing it gives the lock back
        free = connection.execute(
            sqlalchemy.text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"), {"name": executor}
        ).scalar()
    engine.dispose()
    return not free


def _run(id_: str, text: str) -> str:
    with SetWorkflowID(id_):
        return _judge(text)


def _recorded(texts: list[str], again: Collection[str]) -> Generator[tuple[str, str], None, dict[str, str]]:
    """Yields what is done already; returns the rest with the ids under which to run them.

    What failed on our side is tried once more, as is what is to be done `again`: under its id with a number.
    """
    tries: dict[str, list[WorkflowStatus]] = {text: [] for text in texts}
    looked_at, number = list(texts), 1
    while looked_at:
        ids = {_numbered(text, number): text for text in looked_at}
        found = list(_look_up(list(ids)))
        for one in found:
            tries[ids[one.workflow_id]].append(one)
        looked_at, number = [ids[one.workflow_id] for one in found], number + 1
    left = {}
    for text, past in tries.items():
        last = past[-1] if past else None
        if last is not None and last.status in ("PENDING", "ENQUEUED", "DELAYED"):
            left[text] = last.workflow_id
        elif (
            last is not None
            and last.status == "SUCCESS"
            and text not in again
            and work.is_final(str(last.output), len(past))
        ):
            yield text, str(last.output)
        else:
            left[text] = _numbered(text, len(past) + 1)
    return left


def _numbered(text: str, number: int) -> str:
    return identity(text) if number == 1 else f"{identity(text)}-{number}"
