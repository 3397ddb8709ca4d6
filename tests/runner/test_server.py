"""The warm process: it keeps nothing of a job in its memory, and ends with its client and all its jobs."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from checks.runner import Job, Runner
from tests.helpers.jobs import gone, only_forked, run, wait_for

SEARCH = """
import re
def found_in_memory(pattern):
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
        for line in maps:
            start, end, mode = re.match('(\\w+)-(\\w+) (\\S+)', line).groups()
            if 'rw' in mode and '[v' not in line:
                try:
                    memory.seek(int(start, 16))
                    if pattern.search(memory.read(int(end, 16) - int(start, 16))): return True
                except OSError: pass
    return False
found = found_in_memory(re.compile(b'm[y]_secre[t]'))  # which does not find itself
"""


@only_forked
def test_a_job_is_not_found_in_the_memory_of_a_later_one(forked):
    """A fork sees its parent's memory: a reference that the server had decoded would be there."""
    assert run(forked, SEARCH + "# my_secret", "found").values["found"] == ("bool", "True")
    for _ in range(3):
        run(forked, "x = 'my_secret'", "x")
    assert run(forked, SEARCH, "found").values["found"] == ("bool", "False")


#: With a server of its own, or one that is forked from the process that clients share.
SHARED_OR_NOT = pytest.mark.parametrize("shared", [False, True])

CLIENT = """
import sys, threading, time
from checks.runner import Job, Runner
runner = Runner(shared={shared})
runner.start()
code = "import os, time; open({path!r}, 'w').write(f'{{os.getpid()}}\\\\n'); time.sleep(1_000)"
threading.Thread(target=runner.run, args=(Job(code, seconds=900.0),), daemon=True).start()
while not runner._server.pid: time.sleep(0.01)
print(runner._server.pid, runner._home, flush=True)
{then}
"""


@SHARED_OR_NOT
@only_forked
def test_the_server_and_its_jobs_end_with_a_killed_client(tmp_path, shared):
    path = tmp_path / "pid"
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT.format(path=str(path), shared=shared, then="time.sleep(1_000)")],
        stdout=subprocess.PIPE,
        text=True,
    )
    server, home = client.stdout.readline().split()
    (job,) = wait_for(path)
    assert Path(f"/proc/{server}").exists() and Path(home).exists()
    client.kill()
    client.communicate()
    assert gone(server) and gone(job)
    assert not Path(home).exists()


@SHARED_OR_NOT
@only_forked
def test_a_client_that_just_ends_leaves_nothing(tmp_path, shared):
    path = tmp_path / "pid"
    then = f"while not __import__('os').path.exists({str(path)!r}): time.sleep(0.01)"
    code = CLIENT.format(path=str(path), shared=shared, then=then)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    server, home = found.stdout.split()
    assert found.returncode == 0
    assert gone(server) and gone(wait_for(path)[0])
    assert not Path(home).exists()


@SHARED_OR_NOT
@only_forked
def test_an_interrupt_of_the_clients_group_does_not_reach_the_server(shared):
    code = """
import os, signal
from checks.runner import Job, Runner
with Runner(shared=SHARED) as runner:
    runner.run(Job(""))
    server = runner._server.pid
    try:
        os.killpg(0, signal.SIGINT)
        signal.pause()
    except KeyboardInterrupt:
        pass
    print(runner.run(Job("print(1)")).printed, runner._server.pid == server, runner._server.poll())
""".replace("SHARED", str(shared))
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, start_new_session=True, timeout=60
    )
    assert found.stdout.split() == ["1", "True", "None"], found.stderr


@only_forked
def test_a_server_that_nobody_asks_ends_and_leaves_the_clients_folder(tmp_path):
    code = "from checks.runner import server; server.IDLE = 0.1; server.main()"
    ours, theirs = socket.socketpair()
    with ours, theirs:
        command = [sys.executable, "-c", code, str(tmp_path), str(tmp_path / "template")]
        assert subprocess.run(command, stdin=theirs.fileno(), timeout=60).returncode == 0
    assert tmp_path.exists()
    with Runner() as runner:
        assert runner.run(Job("print(1)")).printed == "1\n"
        first = runner._server
        first.kill()  # which is how it looks to the client
        first.wait()
        assert runner.run(Job("print(2)")).printed == "2\n"
