"""Runs that last: killed and started again, unchanged, mended, overruled, shared between machines."""

import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from checks.instructor import queue
from checks.runner.job import RunnerError
from tests.helpers.handed_in import all_right, hand_in, mixed, notebook

ROLLBACK = "01_rollback"
#: `make bench` and CI do all 30; a developer's quick run need not.
KILLS = int(os.environ.get("WORKBOOK_KILLS", "30"))


def command(submissions: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "checks.cli", "grade", str(submissions), "--out", str(out), *options]


def grade(submissions: Path, out: Path, *options: str, **environment: str) -> str:
    done = subprocess.run(
        command(submissions, out, *options),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def recorded(out: Path) -> list[tuple[str, str]]:
    """(id, status) of every run in the record."""
    if not (out / ".runs.sqlite").exists():
        return []
    with contextlib.closing(sqlite3.connect(out / ".runs.sqlite", timeout=30)) as database:
        try:
            return list(database.execute("SELECT workflow_uuid, status FROM workflow_status"))
        except sqlite3.OperationalError:
            return []


def done_so_far(out: Path) -> int:
    return sum(status == "SUCCESS" for _, status in recorded(out))


@pytest.fixture
def class_of_40(tmp_path: Path) -> tuple[Path, bytes]:
    """A class and the gradebook of a run that nobody disturbed."""
    marks = mixed(tmp_path / "in", 40, (ROLLBACK,))
    grade(tmp_path / "in", tmp_path / "undisturbed")
    gradebook = (tmp_path / "undisturbed" / "gradebook.csv").read_bytes()
    assert gradebook.count(b"\n") == 41
    assert sum(marks.values()) == sum(int(row.split(b",")[5]) for row in gradebook.splitlines()[1:])
    return tmp_path / "in", gradebook


def test_killed_at_any_moment(class_of_40: tuple[Path, bytes], tmp_path: Path) -> None:
    submissions, wanted = class_of_40
    out, chance = tmp_path / "out", random.Random(40)
    for kill in range(KILLS):
        process = subprocess.Popen(
            command(submissions, out, "--jobs", "2"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Every other one while it starts, the others within a moment of a notebook being done.
        before = done_so_far(out)
        until = time.monotonic() + (chance.uniform(0.0, 2.0) if kill % 2 else 60.0)
        while done_so_far(out) == before and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.05))
        assert process.poll() is None, "it was done before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert 0 < done_so_far(out) < 40
    grade(submissions, out)
    assert (out / "gradebook.csv").read_bytes() == wanted
    runs = recorded(out)
    assert len(runs) == 40
    assert {status for _, status in runs} == {"SUCCESS"}


def test_the_unchanged_is_not_graded_twice(tmp_path: Path) -> None:
    mixed(tmp_path / "in", 3, (ROLLBACK,))
    grade(tmp_path / "in", tmp_path / "out")
    before = (tmp_path / "out" / "results.jsonl").read_bytes()
    # Without the runner a new run could not judge anything.
    grade(tmp_path / "in", tmp_path / "out", PATH="/nowhere")
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == before  # seconds included
    hand_in(tmp_path / "in", "learner0001", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    grade(tmp_path / "in", tmp_path / "out")
    assert len(recorded(tmp_path / "out")) == 4
    assert "learner0001,1,1,1,1,4,4" in (tmp_path / "out" / "gradebook.csv").read_text()


def test_a_mended_lesson_grades_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.instructor import course, queue

    before = queue.identity("the same answers")
    assert queue.identity("the same answers") == before
    assert queue.identity("other answers") != before
    monkeypatch.setattr(course, "version", lambda: "mended")
    assert queue.identity("the same answers") != before


def test_an_instructors_decision_survives(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"}))
    out = tmp_path / "out"

    def override(*words: str) -> int:
        arguments = ["override", *words, "--out", str(out)]
        return subprocess.run([sys.executable, "-m", "checks.cli", *arguments], check=False).returncode

    assert override("anna", "rollback.2", "1", "--why", "too early") == 2
    grade(tmp_path / "in", out)
    assert "anna,0,0,0,0,0,4" in (out / "gradebook.csv").read_text()
    assert override("anna", "rollback.9", "1", "--why", "no such thing") == 2
    assert override("nobody", "rollback.2", "1", "--why", "no such learner") == 2
    assert override("anna", "rollback.2", "1", "--why", "<b>explained</b> it aloud") == 0
    assert "anna,0,1,0,0,1,4" in (out / "gradebook.csv").read_text()
    results = (out / "results.jsonl").read_text()
    grade(tmp_path / "in", out)
    assert "anna,0,1,0,0,1,4" in (out / "gradebook.csv").read_text()
    assert "&lt;b&gt;explained&lt;/b&gt; it aloud" in (out / "feedback" / "anna.html").read_text()
    assert (out / "results.jsonl").read_text() == results  # the judge's own word stays
    assert override("anna", "rollback.2", "0", "--why", "I was wrong") == 0
    assert "anna,0,0,0,0,0,4" in (out / "gradebook.csv").read_text()


def test_ctrl_c_is_clean(tmp_path: Path) -> None:
    mixed(tmp_path / "in", 30, (ROLLBACK,))
    process = subprocess.Popen(
        command(tmp_path / "in", tmp_path / "out"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while done_so_far(tmp_path / "out") < 3:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "goes on from here" in out
    assert "Traceback" not in err
    grade(tmp_path / "in", tmp_path / "out")
    assert (tmp_path / "out" / "gradebook.csv").read_text().count("\n") == 31


# ── Postgres ──────────────────────────────────────────────────────────────────────────────────────────


def _postgres_programs() -> Path | None:
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A database of its own: WORKBOOK_POSTGRES names a server, else one is started where it is installed."""
    if named := os.environ.get("WORKBOOK_POSTGRES"):
        yield named
        return
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("there is no Postgres here (Debian: apt-get install postgresql)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Not below pytest's own folder, which another user may not enter.
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        user: list[str] = []
        if os.getuid() == 0:  # Postgres refuses root
            shutil.chown(folder, "nobody")
            user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [*user, str(programs / program), *arguments],
                check=True,
                capture_output=True,
                cwd=folder,
                timeout=60,
            )

        data = f"{folder}/data"
        run("initdb", "-D", data, "-U", "workbook", "--auth=trust", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "workbook", "grading")
            yield f"postgresql+psycopg://workbook@127.0.0.1:{port}/grading"
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_two_workers_of_whom_one_dies(class_of_40: tuple[Path, bytes], postgres: str, tmp_path: Path) -> None:
    submissions, wanted = class_of_40
    worker = [sys.executable, "-m", "checks.cli", "worker", "--database-url", postgres, "--jobs", "1"]
    with (tmp_path / "log").open("w") as log:
        workers = [subprocess.Popen(worker, stdout=log, stderr=log, start_new_session=True) for _ in range(2)]
        grading = subprocess.Popen(
            command(submissions, tmp_path / "out", "--database-url", postgres, "--jobs", "1"),
            stdout=log,
            stderr=log,
        )
        try:
            victim = _wait_until_busy(postgres)
            assert victim
            os.killpg(workers[0].pid, signal.SIGKILL)
            assert grading.wait(60) == 0, (tmp_path / "log").read_text()[-3000:]
        finally:
            for one in (*workers, grading):
                with contextlib.suppress(ProcessLookupError):
                    one.kill()
                one.wait()
    assert (tmp_path / "out" / "gradebook.csv").read_bytes() == wanted


def _wait_until_busy(url: str) -> bool:
    """Wait until the work is half done by at least three processes."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    query = "SELECT count(*), count(DISTINCT executor_id) FROM dbos.workflow_status WHERE status = 'SUCCESS'"
    until = time.monotonic() + 90
    while time.monotonic() < until:
        with contextlib.suppress(sqlalchemy.exc.SQLAlchemyError), engine.connect() as connection:
            done, by = connection.execute(sqlalchemy.text(query)).one()
            if done >= 12 and by >= 2:
                return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "sqlite:////nowhere/at/all/.runs.sqlite",
            ".runs.sqlite, cannot be used: unable to open",
        ),
        ("postgresql+psycopg://x@127.0.0.1:1/none", "Is its server up"),
        ("postgresql+psycopg://x", "Is its server up"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_in_one_sentence(url: str, says: str) -> None:
    with pytest.raises(RunnerError) as raised, queue.runs(url, 1):
        pass
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_disk_that_is_full_while_it_grades_is_named(tmp_path: Path) -> None:
    full = sqlalchemy.exc.OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))
    url = queue.sqlite_url(tmp_path / "runs.sqlite")
    with pytest.raises(RunnerError, match=r"disk is full\. Make room"), queue.runs(url, 1):
        raise full
