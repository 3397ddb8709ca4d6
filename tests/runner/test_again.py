"""A job that was ended by others is run again, alone; and reading what it left waits for nobody."""

import os
import socket
import sqlite3
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from checks.runner import Given, Job, Observe, Runner, RunnerError
from checks.runner.client import _LARGE, _Turns
from checks.runner.wire import Reply
from checks.world import registry
from checks.world.registry import State
from tests.helpers.sandboxes import sandbox_works

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="jobs are forked on Linux only")


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


def job(path, code, seconds=20.0):
    """`tries` is how often the job was begun: a line in a file each."""
    begin = f"""
        import os, time
        with open({str(path)!r}, 'a') as file: file.write('begun\\n')
        tries = len(open({str(path)!r}).readlines())
    """
    return Job(textwrap.dedent(begin) + textwrap.dedent(code), observe=(Observe("tries"),), seconds=seconds)


def tries(outcome):
    return int(outcome.values["tries"][1])


KILLS = {
    "itself": "os.kill(os.getpid(), 9)",
    "its supervisor": "os.kill(os.getppid(), 9); time.sleep(10)",
    "its supervisor's group": "os.killpg(os.getpgid(os.getppid()), 9); time.sleep(10)",
}


@pytest.mark.parametrize("whom", KILLS)
def test_what_is_ended_once_is_run_again(runner, tmp_path, whom):
    found = runner.run(job(tmp_path / "f", f"if tries == 1: {KILLS[whom]}"))
    assert found.ended == "finished" and tries(found) == 2


@pytest.mark.parametrize("whom", KILLS)
def test_what_is_ended_alone_too_has_ended_itself(runner, tmp_path, whom):
    assert runner.run(job(tmp_path / "f", KILLS[whom])).ended == "exited"
    assert (tmp_path / "f").read_text() == "begun\n" * 2


def test_many_situations_are_run_again_too(runner, tmp_path):
    asked = job(tmp_path / "f", f"if n == 1 and tries == 2: {KILLS['itself']}")
    found = runner.run_many(asked, [Given({"n": n}) for n in range(3)])
    assert [tries(each) for each in found] == [3, 4, 5]


def test_where_the_server_ends_every_time_it_is_our_failure(runner, tmp_path):
    code = """
        supervisor = os.getppid()
        server = int(open(f'/proc/{supervisor}/stat').read().rpartition(')')[2].split()[1])
        os.kill(server, 9)
        os.kill(supervisor, 9)
        time.sleep(10)
    """
    with pytest.raises(RunnerError, match="again and again, with one job alone"):
        runner.run(job(tmp_path / "f", code))
    assert (tmp_path / "f").read_text() == "begun\n" * 3
    assert runner.run(Job("print(1)")).printed == "1\n"


def test_jobs_of_a_server_that_is_killed_are_run_again():
    if not sandbox_works():
        pytest.skip("bubblewrap does not work here")
    with Runner(sandboxed=True) as runner, ThreadPoolExecutor(4) as pool:
        runner.run(Job(""))
        asked = Job("import time; time.sleep(2); x = 1", observe=(Observe("x"),), seconds=60.0)
        under_way = [pool.submit(runner.run, asked) for _ in range(4)]
        time.sleep(1)
        runner._server.kill()
        for each in under_way:
            assert each.result().ended == "finished"


def test_closing_ends_a_job_that_runs_again(tmp_path):
    with Runner() as runner, ThreadPoolExecutor(1) as pool:
        asked = job(tmp_path / "f", f"if tries == 1: {KILLS['itself']}\ntime.sleep(60)", seconds=90.0)
        under_way = pool.submit(runner.run, asked)
        while not (tmp_path / "f").exists() or len((tmp_path / "f").read_text().split()) < 2:
            time.sleep(0.02)
        runner.close()
        with pytest.raises(RunnerError, match="closed"):
            under_way.result(20)


def test_one_runs_alone():
    turns, seen, most = _Turns(), [], []
    lock = threading.Lock()

    def work(kind):
        with getattr(turns, kind)():
            with lock:
                seen.append(kind)
                most.append((kind, len(seen)))
            time.sleep(0.02)
            with lock:
                if kind == "alone":
                    assert seen == ["alone"]
                seen.remove(kind)

    with ThreadPoolExecutor(12) as pool:
        for each in [pool.submit(work, kind) for kind in ("together", "together", "alone") * 12]:
            each.result(20)
    assert max(number for kind, number in most if kind == "together") > 1
    assert {number for kind, number in most if kind == "alone"} == {1}


# ── for want of memory ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("replies", "ended"),
    [
        (["starved", "left"], "exited"),  # as there is no result
        (["starved", "starved"], "out_of_memory"),
        (["lost", "starved"], "out_of_memory"),
        (["starved", "killed"], "exited"),
        (["starved", "timed_out"], "timed_out"),
    ],
)
def test_a_job_that_the_kernel_ended_for_memory(monkeypatch, replies, ended):
    waiting = [Reply(each, held=_LARGE) for each in replies]
    monkeypatch.setattr(Runner, "_attempt", lambda *_: waiting.pop(0))
    with Runner() as runner:
        assert runner.run(Job("")).ended == ended
    assert not waiting


def test_a_small_job_is_not_to_blame_for_a_full_machine(monkeypatch):
    monkeypatch.setattr(Runner, "_attempt", lambda *_: Reply("starved", held=_LARGE - 1))
    with Runner() as runner, pytest.raises(RunnerError, match="short of memory"):
        runner.run(Job(""))


# ── what is read afterwards ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path):
    return registry.create(tmp_path / "registry.db", {1: "Production"})


ODD = {
    "FIFO": lambda path: os.mkfifo(path),
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "folder": lambda path: path.mkdir(),
    "link": lambda path: path.symlink_to("/dev/null"),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_nothing_odd_is_opened(store, kind, suffix):
    path = store.with_name(store.name + suffix)
    path.unlink(missing_ok=True)
    ODD[kind](path)
    began = time.monotonic()
    assert registry.state(store) == State({})
    assert time.monotonic() - began < 5


def test_a_write_ahead_log_is_read(store):
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE model_versions SET current_stage = 'Archived'")
    assert store.with_name("registry.db-wal").stat().st_size
    assert registry.state(store) == State({1: "Archived"})
    writer.close()


def test_a_journal_that_names_a_further_file_opens_none(store, tmp_path):
    """SQLite ends undoing a broken-off write by opening the journal of several databases that it names."""
    further = tmp_path / "further"
    os.mkfifo(further)
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("PRAGMA cache_spill = 1")
    writer.execute("BEGIN")
    writer.execute("UPDATE model_versions SET current_stage = 'Archived'")
    writer.execute(
        "CREATE TABLE more AS SELECT randomblob(900) FROM (SELECT 1 FROM sqlite_master, sqlite_master)"
    )
    journal = store.with_name("registry.db-journal").read_bytes()
    broken_off = store.read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    name = os.fsencode(further)
    check = sum(byte - 256 * (byte > 127) for byte in name) & 0xFFFFFFFF
    end = (len(name)).to_bytes(4, "big") + check.to_bytes(4, "big") + bytes.fromhex("d9d505f920a163d7")
    page = int.from_bytes(broken_off[16:18], "big")
    store.write_bytes(broken_off)
    store.with_name("registry.db-journal").write_bytes(
        journal + ((1 << 30) // page + 1).to_bytes(4, "big") + name + end
    )
    found = []
    thread = threading.Thread(target=lambda: found.append(registry.state(store)), daemon=True)
    thread.start()
    thread.join(10)
    assert found == [State({})]


def test_reading_ends_in_time(store):
    with sqlite3.connect(store) as writer:
        writer.execute("ALTER TABLE model_versions RENAME TO before")
        # Few steps, each of them slow.
        writer.execute(
            "CREATE VIEW model_versions AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT 'MyModel' AS name, i AS version, 'a' AS current_stage FROM n WHERE"
            " instr(replace(hex(zeroblob(9000)), '0', 'a'), replace(hex(zeroblob(4000)), '0', 'a') || i)"
        )
    writer.close()
    began = time.monotonic()
    assert registry.state(store) == State({})
    assert time.monotonic() - began < 10


def test_an_answer_that_puts_a_fifo_beside_its_registry(runner):
    code = "import os; os.mkfifo('../0/registry.db-journal')"
    asked = Job(code, given=Given(registry={1: "None"}), seconds=60.0)
    began = time.monotonic()
    found = runner.run(asked)
    assert found.ended == "finished" and found.registry == State({})
    assert found.seconds < 60 and time.monotonic() - began < 60
    assert runner.run(replace(asked, code="x = 1")).registry == State({1: "None"})
