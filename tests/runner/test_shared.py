"""Servers that clients share the warm process of: each has its own, and whatever ends is replaced."""

import os
import signal
import subprocess
import time
from pathlib import Path

from checks.runner import Given, Job, Observe, Runner, folder, shared
from checks.runner.shared import Forked
from tests.helpers.jobs import only_forked

pytestmark = only_forked

#: The server, which is two generations above an answer, and what it was forked from.
FAMILY = """
def above(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
import os
server = above(os.getppid())
origin = above(server)
"""


def family(runner: Runner) -> tuple[int, int]:
    found = runner.run(Job(FAMILY, observe=(Observe("server"), Observe("origin")))).values
    return int(found["server"][1]), int(found["origin"][1])


def test_each_client_has_a_server_of_its_own_and_all_come_from_one_process():
    with Runner(shared=True) as one, Runner(shared=True) as other, Runner() as alone:
        assert isinstance(one._server or one.start() or one._server, Forked)
        (first, origin), (second, same) = family(one), family(other)
        assert first != second and origin == same
        assert family(alone)[1] == os.getpid()


def test_mlflow_is_held_once():
    runners = [Runner(mlflow=True, shared=True) for _ in range(3)]
    try:
        asked = Job("x = 1", observe=(Observe("x"),), given=Given(registry={1: "None"}))
        assert all(runner.run(asked).registry for runner in runners)
        found = [family(runner) for runner in runners]
        processes = {pid for pair in found for pid in pair}
        assert len(processes) == 4
        assert sum(map(_share, processes)) < 260, "megabytes: one alone holds some 150"
    finally:
        for runner in runners:
            runner.close()


def _share(pid: int) -> float:
    """The proportional set size of a process, in MB."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rolled.partition("\nPss:")[2].split()[0]) / 1024


def test_when_the_shared_process_is_killed_nothing_is_lost():
    with Runner(shared=True) as one:
        server, origin = family(one)
        os.kill(origin, signal.SIGKILL)
        assert one.run(Job("print(1)")).printed == "1\n"
        with Runner(shared=True) as other:
            assert family(other)[1] != origin
        os.kill(server, signal.SIGKILL)
        assert one.run(Job("print(2)")).printed == "2\n"


def test_a_server_ends_when_its_client_closes_and_the_next_finds_the_process_warm():
    with Runner(shared=True) as one:
        server, origin = family(one)
    until = time.monotonic() + 10
    while Path(f"/proc/{server}").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{server}").exists()
    with Runner(shared=True) as other:
        assert family(other)[1] == origin


def test_where_somebody_else_has_the_folder_a_server_is_started_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "in_memory", lambda: tmp_path)
    (tmp_path / f"mlops-workbook-{os.getuid()}").mkdir()
    (tmp_path / f"mlops-workbook-{os.getuid()}").chmod(0o755)
    with Runner(shared=True) as runner:
        assert runner.run(Job("print(1)")).printed == "1\n"
        assert not isinstance(runner._server, Forked)


def test_only_the_same_code_is_shared_and_only_behind_the_same_walls(tmp_path, monkeypatch):
    name = shared._name(mlflow=False)
    assert shared._name(mlflow=True) == f"{name}-mlflow"
    monkeypatch.setattr(shared, "_HERE", tmp_path)
    (tmp_path / "client.py").touch()
    other = shared._name(mlflow=False)
    os.utime(tmp_path / "client.py", (0, 0))
    assert len({name, other, shared._name(mlflow=False)}) == 3
    assert "/proc/self/ns" in Path(shared.__file__).read_text("utf-8")


def test_where_the_fork_server_does_not_come_up_a_server_is_started_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "in_memory", lambda: tmp_path)
    started = subprocess.Popen

    def broken(command, **options):
        return started(["false"] if "checks.runner.forkserver" in command else command, **options)

    monkeypatch.setattr(subprocess, "Popen", broken)
    with Runner(shared=True) as runner:
        assert runner.run(Job("print(1)")).printed == "1\n"
        assert not isinstance(runner._server, Forked)
