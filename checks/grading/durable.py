"""Durable runs: each piece of work is a DBOS workflow, so a killed run goes on and nothing is judged twice.

Called by grading and by `workbook worker`. SQLite in GRADES, or Postgres for several machines.
"""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

from dbos import DBOS, DBOSConfig, Serializer, SetWorkflowID

from checks.grading import course, work

STATE = ".runs.sqlite"


class _Json(Serializer):
    """What is stored is JSON: DBOS's own choice is pickle, which runs what a database holds."""

    def serialize(self, data: object) -> str:
        return json.dumps(data, default=str)

    def deserialize(self, serialized_data: str) -> object:
        return json.loads(serialized_data)

    def name(self) -> str:
        return "workbook_json"


@DBOS.workflow(name="judge")
def _judge(text: str) -> str:
    return work.do(text)


def identity(text: str) -> str:
    """The run's id: learner, lesson and answers are in the text, the course's version is added."""
    return hashlib.sha256(f"{course.version()}\n{text}".encode()).hexdigest()[:40]


@contextmanager
def runs(url: str, executor: str) -> Iterator[None]:
    """DBOS at work in this process. `executor` names the process; runs left under that name go on."""
    logging.getLogger("dbos").setLevel(logging.ERROR)
    config: DBOSConfig = {
        "name": "workbook",
        "system_database_url": url,
        "application_version": course.version(),
        "executor_id": executor,
        "serializer": _Json(),
        "log_level": "ERROR",
        "enable_otlp": False,
        "notification_listener_polling_interval_sec": 0.2,
    }
    DBOS(config=config)
    DBOS.launch()
    try:
        yield
    finally:
        DBOS.destroy()


def sqlite_url(grades: Path) -> str:
    """The database in GRADES, made ready for many small writes."""
    path = grades / STATE
    with suppress(sqlite3.Error):  # where the file system has no shared memory it stays as it is
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    return f"sqlite:///{path.resolve().as_posix()}"


def do_here(texts: list[str], jobs: int) -> Iterator[tuple[str, str]]:
    """Do the work in this process, `jobs` pieces at a time; yields each with what came of it.

    What is done already is taken from the record, what was under way when an earlier run was killed goes on.
    """
    left = yield from _recorded(texts)
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


def _run(id_: str, text: str) -> str:
    with SetWorkflowID(id_):
        return _judge(text)


def _recorded(texts: list[str]) -> Generator[tuple[str, str], None, dict[str, str]]:
    """Yields what is done already; returns the rest with the ids under which to run them.

    A run that failed on our side is tried again, under its id with a number.
    """
    left = {text: identity(text) for text in texts}
    for attempt in range(2, 1000):
        ids = {id_: text for text, id_ in left.items()}
        found = {}
        for start in range(0, len(ids), 500):
            some = list(ids)[start : start + 500]
            found.update({one.workflow_id: one for one in DBOS.list_workflows(workflow_ids=some)})
        again = {}
        for id_, status in found.items():
            text = ids[id_]
            if status.status == "SUCCESS" and not _failed(str(status.output)):
                del left[text]
                yield text, str(status.output)
            elif status.status not in ("PENDING", "ENQUEUED", "DELAYED"):
                again[text] = f"{identity(text)}-{attempt}"
        left.update(again)
        if not again:
            break
    return left


def _failed(output: str) -> bool:
    return any(result.status == "error" for result in work.results(output))
