"""Whatever an answer does ends in an outcome, and nothing of it outlives the job or reaches the next one."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import checks.runner.client
from checks.runner import Job, Outcome, Runner, RunnerError, State
from checks.runner.wire import Reply, outcome, reply_from_bytes, reply_to_bytes
from tests.helpers.jobs import gone, only_forked, run, wait_for


def test_values_and_printed_text_come_back(runner):
    found = run(runner, "x = start + 1\nprint('v1 “é”')\ny = [x, 'a']", "x", "y", "z", setup="start = 1")
    assert found.ended == "finished"
    assert found.values == {"x": ("int", "2"), "y": ("list", (("int", "2"), ("str", "a")))}
    assert found.printed == "v1 “é”\n"
    assert found.raised is None and found.registry is None
    assert 0 <= found.seconds < 20


ENDINGS = {
    "endless loop": ("while True: pass", "timed_out"),
    "loop that swallows interrupts": (
        """
        while True:
            try:
                while True: pass
            except BaseException: pass
        """,
        "timed_out",
    ),
    "sleep": ("import time\ntime.sleep(100)", "timed_out"),
    "signals ignored": (
        "import signal\nfor s in (1, 2, 3, 15, 24): signal.signal(s, signal.SIG_IGN)\nwhile True: pass",
        "timed_out",
    ),
    "sys.exit": ("import sys\nsys.exit()", "exited"),
    "exit": ("raise SystemExit('bye')", "exited"),
    "os._exit(0)": ("import os\nos._exit(0)", "exited"),
    "os._exit(1)": ("import os\nos._exit(1)", "exited"),
    "kills itself": ("import os\nos.kill(os.getpid(), 9)", "exited"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "exited"),
    "abort": ("import os\nos.abort()", "exited"),
    "bytearray": ("bytearray(10**10)", "out_of_memory"),
    "list": ("[0] * 10**10", "out_of_memory"),
    "memory in small pieces": ("x = []\nwhile True: x.append(bytearray(10**7))", "out_of_memory"),
    "much output": ("print('x' * 10**8)", "too_much_output"),
    "many lines": ("while True: print('x' * 9_999)", "too_much_output"),
    "much output past print": (
        "import os\nfor _ in range(200): os.write(1, b'x' * 10**4)",
        "too_much_output",
    ),
    "a large file": ("open('f', 'wb').write(b'x' * 10**8)", "too_much_output"),
    "deep recursion": ("def f(): return f()\nf()", "raised"),
    "input": ("input()", "raised"),
    "interrupts itself": ("raise KeyboardInterrupt", "raised"),
    "memory is caught": ("try: bytearray(10**10)\nexcept MemoryError: x = 1", "finished"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_how_it_ended(runner, name):
    code, ended = ENDINGS[name]
    seconds = 1.0 if ended == "timed_out" else 30.0
    began = time.monotonic()
    found = run(runner, code, seconds=seconds)
    assert found.ended == ended
    assert time.monotonic() - began < 30
    if ended == "timed_out":
        assert 1.0 <= found.seconds < 8


def test_what_was_printed_before_the_end_is_kept(runner):
    assert run(runner, "print('v1')\nwhile True: pass", seconds=1.0).printed == "v1\n"
    assert run(runner, "print('v1')\nimport sys; sys.exit(1)").printed == "v1\n"
    assert run(runner, "print('v1')\nimport os; os._exit(0)").printed == "v1\n"


@pytest.mark.parametrize(
    "breakage",
    [
        "sys.stdout = None",
        "sys.stdout = 1",
        "sys.stdout.close()",
        "del sys.stdout",
        "os.close(1)",
        "sys.modules.clear()",
        "os.chdir('/')",
        "sys.setrecursionlimit(60)",
        "import threading; threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()",
    ],
)
def test_a_broken_process_still_has_an_outcome(runner, breakage):
    found = run(runner, f"import os, sys\nx = 1\n{breakage}", "x")
    assert found.ended in ("finished", "exited")
    if found.ended == "finished":
        assert found.values == {"x": ("int", "1")}


FORGED = {
    "garbage": r"b'\xff\x00garbage'",
    "nothing": "b''",
    "no object": "b'[]'",
    "half": 'b\'{"ended": "finished"}\'',
    "unknown ending": "json.dumps({'ended': 'timed_out', 'values': {}, 'raised': None}).encode()",
    "ending of no type": "json.dumps({'ended': ['finished'], 'values': {}, 'raised': None}).encode()",
    "values of no type": "json.dumps({'ended': 'finished', 'values': [], 'raised': None}).encode()",
    "no value": "json.dumps({'ended': 'finished', 'values': {'x': ['int', 'x']}, 'raised': None}).encode()",
    "raised nothing": "json.dumps({'ended': 'raised', 'values': {}, 'raised': None}).encode()",
    "raised no line": "json.dumps({'ended': 'raised', 'values': {}, 'raised': ['E', 'm', 'x']}).encode()",
    "nested too deep": "b'[' * 900_000",
    "nested value": 'b\'{"ended": "finished", "raised": null, "values": {"x": \''
    " + b'[\"list\", [' * 50_000 + b']]' * 50_000 + b'}}'",
    "too large": "b' ' * 5_000_000",
    "a setup that failed": "json.dumps({'setup': 'our own failure'}).encode()",
    "a long number": "b'{\"ended\": ' + b'1' * 100_000 + b'}'",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_result_is_no_result(runner, name):
    code = f"import json, os\nopen('../result', 'wb').write({FORGED[name]})\nos._exit(0)"
    assert run(runner, code, "x").ended == "exited"


@pytest.mark.parametrize(
    "trick",
    [
        "os.mkfifo('../result')",
        "os.mkdir('../result')",
        "os.symlink('/etc/passwd', '../result')",
        "os.remove('../printed'); os.mkfifo('../printed')",
        "os.remove('../printed'); os.symlink('/etc/passwd', '../printed')",
        "import shutil; shutil.rmtree(os.path.dirname(os.getcwd()))",
        "os.rename(os.path.dirname(os.getcwd()), '../../moved')",
        "[(os.mkdir('d'), os.chdir('d')) for _ in range(3_000)]",
    ],
)
def test_tricks_with_files_end_in_an_outcome(runner, trick):
    found = run(runner, f"import os\nprint(1)\n{trick}\nos._exit(0)")
    assert found.ended in ("exited", "raised") and found.printed in ("", "1\n")
    assert run(runner, "print(2)").printed == "2\n"


def test_forged_values_that_nobody_asked_for_are_dropped(runner):
    code = """
        import json, os
        note = {'ended': 'finished', 'values': {'x': ['int', '1'], 'y': ['int', '1']}, 'raised': None}
        open('../result', 'w').write(json.dumps(note))
        os._exit(0)
    """
    found = run(runner, code, "x")
    assert found.values == {"x": ("int", "1")}


STATE = State(
    {1: "Production", 2: "None"}, {"champion": 1}, {2: {"by": "ana"}}, {"a": "b"}, {1: "c"}, {2: "d"}
)


def test_a_reply_survives_the_way():
    reply = Reply("left", b"v1", False, "{", [STATE, None], 0.5)
    assert reply_from_bytes(reply_to_bytes(reply)) == reply
    assert outcome(reply, Job("")) == Outcome("exited", {}, "v1", None, STATE, 0.5)


@pytest.mark.parametrize("setup", ["a = b", "import sys; sys.exit()", "import os; os._exit(0)", "x ="])
def test_a_failing_setup_is_our_failure(runner, setup):
    with pytest.raises(RunnerError, match="setup failed"):
        runner.run(Job("x = 1", setup))


def test_a_setup_without_end_is_our_failure(runner):
    with pytest.raises(RunnerError, match="longer than the job's seconds"):
        runner.run(Job("x = 1", "while True: pass", seconds=1.0))


def test_one_job_leaves_nothing_to_the_next(runner):
    run(runner, "import builtins, json\nleak = builtins.leak = json.leak = 1\nopen('leak', 'w').close()")
    code = """
        import builtins, json, os
        found = [hasattr(builtins, 'leak'), hasattr(json, 'leak'), 'leak' in globals()]
        found += [os.path.exists('leak')]
    """
    assert run(runner, code, "found").values["found"] == ("list", (("bool", "False"),) * 4)


def test_a_printed_set_reads_the_same_in_every_process(runner, forked):
    code = "print({f'v{n}' for n in range(20)})"
    assert run(runner, code).printed == run(forked, code).printed


def test_many_jobs_at_once(runner):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: run(runner, f"x = {n}; print({n})", "x"), range(24)))
    for number, each in enumerate(found):
        assert each.values == {"x": ("int", str(number))} and each.printed == f"{number}\n"


def test_jobs_run_side_by_side(runner):
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: run(runner, "import time; time.sleep(2)"), range(8)))
    assert {each.ended for each in found} == {"finished"}
    assert time.monotonic() - began < 12  # one after the other: 16


@only_forked
def test_a_killed_server_is_replaced(tmp_path):
    with Runner() as runner:
        assert run(runner, "print(1)").printed == "1\n"
        first = runner._server
        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(run, runner, "import time; time.sleep(1); print(2)")
            time.sleep(0.3)
            first.kill()
            assert run(runner, "print(3)").printed == "3\n"
            assert under_way.result().printed == "2\n"
        assert runner._server.pid != first.pid
        runner._server.kill()
        runner._server.wait()
        assert run(runner, "print(4)").printed == "4\n"


@only_forked
def test_an_answer_that_kills_the_server(tmp_path):
    with Runner() as runner:
        runner.start()
        server = runner._server.pid
        found = run(runner, f"import os; os.kill({server}, 9); print(1)")
        assert found.ended == "finished" and found.printed == "1\n"
        assert run(runner, "print(2)").printed == "2\n"


@only_forked
def test_a_server_that_cannot_start_says_so(monkeypatch):
    monkeypatch.setattr(checks.runner.client.sys, "executable", "/nonexistent/python")
    with Runner() as runner, pytest.raises(RunnerError, match="could not be started"):
        runner.run(Job(""))


@only_forked
def test_a_server_that_ends_at_once_says_why(monkeypatch, tmp_path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'No module named checks' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(checks.runner.client.sys, "executable", str(python))
    with Runner() as runner, pytest.raises(RunnerError, match="No module named checks"):
        runner.run(Job(""))


def test_an_interrupted_run_ends_its_job(runner, tmp_path):
    """As when a learner presses "interrupt" while the judge waits."""
    path = tmp_path / "pid"
    code = f"import os, time; open({str(path)!r}, 'w').write(f'{{os.getpid()}}\\n'); time.sleep(1_000)"

    def interrupt():
        wait_for(path)
        signal.pthread_kill(main, signal.SIGINT)

    main = threading.get_ident()
    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        run(runner, code, seconds=60.0)
    thread.join()
    assert gone(wait_for(path)[0])
    assert run(runner, "print(1)").printed == "1\n"


def test_close_ends_a_job_under_way_and_can_be_repeated():
    runner = Runner()
    runner.close()
    runner.start()
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(run, runner, "import time; time.sleep(100)", seconds=100.0)
        time.sleep(1)
        runner.close()
        runner.close()
        with pytest.raises(RunnerError, match="closed"):
            under_way.result(20)
    assert run(runner, "print(1)").printed == "1\n"
    runner.close()


def test_importing_the_runner_is_cheap():
    code = "import sys, checks.runner; print({'mlflow', 'sqlalchemy', 'IPython'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_no_folder_is_left(runner):
    run(runner, "print(1)")
    until = time.monotonic() + 10  # what a killed supervisor left is removed a little later
    while (left := list(runner._home.glob("job-*"))) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def test_a_folder_goes_when_its_client_was_killed_and_not_before(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from checks.runner import folder\n"
        "print(folder.make_home(Path(sys.argv[1]))[0], flush=True); time.sleep(60)"
    )
    # Seen from a process namespace of its own, where there is one, no other client seems to be alive.
    sweep = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from checks.runner import folder\n"
        "folder.remove_orphans(Path(sys.argv[1]))",
        str(tmp_path),
    ]
    apart = ["unshare", "--pid", "--fork", *sweep]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as it:
        assert it.stdout
        home = Path(it.stdout.readline().strip())
        if shutil.which("unshare"):
            subprocess.run(apart, check=False, capture_output=True)
        subprocess.run(sweep, check=True)
        assert home.is_dir()
        it.kill()
    subprocess.run(sweep, check=True)
    assert not home.exists()
