"""Whatever an answer does ends in an outcome, and nothing of it outlives the job or reaches the next one."""

import builtins
import json
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import checks.runner.client
from checks.runner import Error, Job, Observe, Outcome, Runner, RunnerError, State
from checks.runner.wire import Reply, outcome, reply_from_bytes, reply_to_bytes

LINUX = sys.platform == "linux"
only_forked = pytest.mark.skipif(not LINUX, reason="jobs are forked on Linux only")


@pytest.fixture(scope="module")
def forked():
    if not LINUX:
        pytest.skip("jobs are forked on Linux only")
    with Runner() as runner:
        assert not runner._fresh
        yield runner


@pytest.fixture(scope="module")
def fresh():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RUNNER", "fresh")
        runner = Runner()
    with runner:
        assert runner._fresh
        yield runner


@pytest.fixture(params=["forked", "fresh"])
def runner(request):
    return request.getfixturevalue(request.param)


def run(runner, code, *names, seconds=20.0, setup=""):
    code = textwrap.dedent(code)
    return runner.run(Job(code, setup, observe=tuple(map(Observe, names)), seconds=seconds))


def gone(pid, within=10.0):
    """Whether the process ends within so many seconds; a zombie that nobody buries counts as ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def wait_for(path, within=20.0):
    until = time.monotonic() + within
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text.split()
        time.sleep(0.02)
    raise AssertionError(f"{path.name} was not written in {within} s")


def test_values_and_printed_text_come_back(runner):
    found = run(runner, "x = start + 1\nprint('v1 “é”')\ny = [x, 'a']", "x", "y", "z", setup="start = 1")
    assert found.ended == "finished"
    assert found.values == {"x": ("int", "2"), "y": ("list", (("int", "2"), ("str", "a")))}
    assert found.printed == "v1 “é”\n"
    assert found.raised is None and found.registry is None
    assert 0 <= found.seconds < 20


def test_the_code_runs_as_main_in_one_namespace(runner):
    code = """
        class A: pass
        import pickle
        same = type(pickle.loads(pickle.dumps(A()))) is A
        name = __name__
        def f(): return [start for _ in "ab"]
        both = f()
    """
    found = run(runner, code, "same", "name", "both", setup="start = 1")
    assert found.values["same"] == ("bool", "True")
    assert found.values["name"] == ("str", "__main__")
    assert found.values["both"] == ("list", (("int", "1"), ("int", "1")))


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


def test_output_just_below_the_limit_is_fine(runner):
    found = run(runner, "print('x' * 10**6)")
    assert found.ended == "finished" and len(found.printed) == 10**6 + 1


def test_printed_text_that_is_no_text(runner):
    found = run(runner, r"import os; os.write(1, b'\xff' * 10**6)")
    assert found.ended == "finished" and found.printed == "\N{REPLACEMENT CHARACTER}" * 10**6
    found = run(runner, r"import os; os.write(1, b'\xff\xfe'); print('\ud800')")
    assert found.ended == "finished"
    assert found.printed == "��\\ud800\n"


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("x = 1\n1 / 0", Error("ZeroDivisionError", "division by zero", 2)),
        ("def f():\n    return {}['v']\n\nf()", Error("KeyError", "'v'", 2)),
        ("x = 1\nfor x in:\n  pass", Error("SyntaxError", "invalid syntax", 2)),
        ("\n\nimport json\njson.loads('{')", None),
        ("class E(Exception):\n def __str__(self): raise ValueError\nraise E", Error("E", "", 3)),
        ("class E(Exception):\n def __str__(self): return 'x' * 10**6\nraise E", Error("E", "x" * 2000, 3)),
        ("class E(Exception):\n def __str__(self): return '\\ud800'\nraise E", Error("E", "\\ud800", 3)),
        ("raise type('E' * 500, (Exception,), {})('m')", Error("E" * 200, "m", 1)),
        ("raise BaseException('m')", Error("BaseException", "m", 1)),
        ("exec('1/0')", Error("ZeroDivisionError", "division by zero", 1)),
        ("x = 1\x00", None),
        ("x = '\ud800'", None),
        ("await f()", None),
        ("return 1", Error("SyntaxError", "'return' outside function", 1)),
        ("  x = 1", Error("IndentationError", "unexpected indent", 1)),
    ],
)
def test_an_exception_says_what_and_where(runner, code, raised):
    found = runner.run(Job(code))
    assert found.ended == "raised"
    if raised is None:
        assert found.raised is not None
    else:
        assert found.raised == raised


def test_an_exception_leaves_the_values_of_before(runner):
    found = run(runner, "x = 1\nx / 0\nx = 2", "x")
    assert found.ended == "raised" and found.values == {"x": ("int", "1")}


def test_an_attribute_stands_for_an_object(runner):
    code = "class V:\n def __init__(self, n): self.version = n\nfound = [V(4), V(2)]"
    found = runner.run(Job(code, observe=(Observe("found", "version"),)))
    assert found.values["found"] == (
        "list",
        (("object", "V", ("int", "4")), ("object", "V", ("int", "2"))),
    )


def test_liars_are_seen_through(runner):
    code = """
        class T:
            def __eq__(self, other): return True
            __class__ = str
        x = T()
        class L(list):
            def __iter__(self): return iter([1])
        y = L([2])
    """
    found = run(runner, code, "x", "y")
    assert found.values == {"x": ("object", "T"), "y": ("list", (("int", "2"),))}


def test_patches_change_nothing_but_the_answers_own_process(runner):
    before = builtins.print, json.dumps, sys.stdout, open
    code = """
        import builtins, io, json, os, sys
        x = 'wrong'
        builtins.print = lambda *a, **k: None
        forged = '{"ended": "finished", "values": {"x": ["str", "right"]}, "raised": null}'
        json.dumps = lambda *a, **k: forged
        json.JSONEncoder.default = json.dumps
        os.write = os.open = os.close = os._exit = builtins.open = lambda *a, **k: 0
        sys.stdout = io.StringIO()
        sys.stdout.write('right')
    """
    found = run(runner, code, "x")
    assert found.ended == "finished" and found.values == {"x": ("str", "wrong")} and found.printed == ""
    assert (builtins.print, json.dumps, sys.stdout, open) == before
    assert run(runner, "print(1)").printed == "1\n"


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


@pytest.mark.parametrize(
    "payload", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, json.dumps({"ended": 1}).encode()], ids=range(6)
)
def test_a_forged_reply_is_refused(payload):
    with pytest.raises(ValueError):
        reply_from_bytes(payload)


STATE = State(
    {1: "Production", 2: "None"}, {"champion": 1}, {2: {"by": "ana"}}, {"a": "b"}, {1: "c"}, {2: "d"}
)


def test_a_reply_survives_the_way():
    reply = Reply("left", b"v1", False, "{", STATE, 0.5)
    assert reply_from_bytes(reply_to_bytes(reply)) == reply
    assert outcome(reply, Job("")) == Outcome("exited", {}, "v1", None, STATE, 0.5)


@pytest.mark.parametrize("setup", ["a = b", "import sys; sys.exit()", "import os; os._exit(0)", "x ="])
def test_a_failing_setup_is_our_failure(runner, setup):
    with pytest.raises(RunnerError, match="setup failed"):
        runner.run(Job("x = 1", setup))


def test_a_setup_without_end_is_our_failure(runner):
    with pytest.raises(RunnerError, match="longer than the job's seconds"):
        runner.run(Job("x = 1", "while True: pass", seconds=1.0))


def test_a_clean_environment(runner, monkeypatch):
    monkeypatch.setenv("HOME", "/home/learner")
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    monkeypatch.setenv("WORKBOOK_PROGRESS", "/home/learner/p.sqlite")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://example.com")
    with Runner() as another:
        for each in (runner, another):
            found = run(
                each, "import os; e = [*os.environ]; h = os.environ['HOME']; p = os.getcwd()", "e", "h", "p"
            )
            names = {name for _, name in found.values["e"][1]}
            hidden = [
                name for name in names if name.startswith(("PYTHON", "JPY", "MLFLOW_T", "WORKBOOK", "SSH"))
            ]
            assert set(hidden) <= {"PYTHONUTF8"}
            assert found.values["h"] == found.values["p"] != ("str", "/home/learner")


def test_a_job_finds_nothing_of_the_judge(runner):
    code = """
        import sys
        loaded = sorted(name for name in sys.modules if name.partition('.')[0] == 'checks')
        mlflow = 'mlflow' in sys.modules
    """
    found = run(runner, code, "loaded", "mlflow")
    loaded = {name for _, name in found.values["loaded"][1]}
    assert loaded
    for unwanted in ("lessons", "judge", "learner", "instructor", "author", "exercise", "notebook"):
        assert not {name for name in loaded if name.startswith(f"checks.{unwanted}")}
    assert found.values["mlflow"] == ("bool", "False")


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


@only_forked
def test_a_job_holds_no_file_but_its_own(forked):
    code = """
        import os
        def targets():
            for number in range(3, 4096):
                try: yield os.readlink(f'/proc/self/fd/{number}')
                except OSError: pass
        found = list(targets())
        standard = [os.readlink(f'/proc/self/fd/{n}') for n in range(3)]
    """
    found = run(forked, code, "found", "standard")
    ((_, own),) = found.values["found"][1]  # through which it opens its registry
    assert own.startswith(str(forked._home)) and own.count("/job-") == 1
    null, printed, errors = (path for _, path in found.values["standard"][1])
    assert null == errors == "/dev/null" and printed.endswith("/printed")


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


DAEMON = """
    import os, time
    if os.path.exists({path!r}): os.remove({path!r})  # this is the second try
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            with open({path!r}, 'w') as file: file.write(f'{{os.getpid()}}\\n')
            time.sleep(1_000)
        os._exit(0)
    while not os.path.exists({path!r}): time.sleep(0.01)
"""


@only_forked
@pytest.mark.parametrize(
    "after", ["", "os._exit(0)", "while True: pass", "os.kill(os.getppid(), 9)", "os.kill(os.getppid(), 19)"]
)
def test_a_daemon_ends_with_its_job(forked, tmp_path, after):
    path = tmp_path / "pid"
    run(forked, textwrap.dedent(DAEMON.format(path=str(path))) + after, seconds=3.0)
    (pid,) = wait_for(path)
    assert gone(int(pid))


@only_forked
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGINT])
def test_an_answer_that_attacks_its_supervisor(forked, tmp_path, signal_):
    path = tmp_path / "pid"
    code = f"""
        import os, time
        with open({str(path)!r}, 'w') as file: file.write(f'{{os.getpid()}}\\n')
        os.kill(os.getppid(), {int(signal_)})
        time.sleep(1_000)
    """
    assert run(forked, code, seconds=2.0).ended in ("exited", "timed_out")
    assert gone(int(wait_for(path)[0]))
    assert run(forked, "print(1)").printed == "1\n"


@only_forked
def test_an_answer_that_kills_its_supervisors_group_harms_no_other_job(forked):
    with ThreadPoolExecutor(2) as pool:
        innocent = pool.submit(run, forked, "import time; time.sleep(1); x = 1", "x")
        time.sleep(0.3)
        guilty = run(forked, "import os; os.killpg(os.getpgid(os.getppid()), 9)")
        assert guilty.ended == "exited"
        assert innocent.result().values == {"x": ("int", "1")}


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


CLIENT = """
import sys, threading, time
from checks.runner import Job, Runner
runner = Runner()
runner.start()
code = "import os, time; open({path!r}, 'w').write(f'{{os.getpid()}}\\\\n'); time.sleep(1_000)"
threading.Thread(target=runner.run, args=(Job(code, seconds=900.0),), daemon=True).start()
print(runner._server.pid, runner._home, flush=True)
{then}
"""


@only_forked
def test_the_server_and_its_jobs_end_with_a_killed_client(tmp_path):
    path = tmp_path / "pid"
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT.format(path=str(path), then="time.sleep(1_000)")],
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


@only_forked
def test_a_client_that_just_ends_leaves_nothing(tmp_path):
    path = tmp_path / "pid"
    then = f"while not __import__('os').path.exists({str(path)!r}): time.sleep(0.01)"
    code = CLIENT.format(path=str(path), then=then)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    server, home = found.stdout.split()
    assert found.returncode == 0
    assert gone(server) and gone(wait_for(path)[0])
    assert not Path(home).exists()


@only_forked
def test_an_interrupt_of_the_clients_group_does_not_reach_the_server(tmp_path):
    code = """
import os, signal
from checks.runner import Job, Runner
with Runner() as runner:
    runner.run(Job(""))
    server = runner._server.pid
    try:
        os.killpg(0, signal.SIGINT)
        signal.pause()
    except KeyboardInterrupt:
        pass
    print(runner.run(Job("print(1)")).printed, runner._server.pid == server, runner._server.poll())
"""
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, start_new_session=True, timeout=60
    )
    assert found.stdout.split() == ["1", "True", "None"], found.stderr


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


def test_where_processes_cannot_fork_each_job_has_a_fresh_one():
    code = """
import os, sys
del os.fork, os.setsid, os.pidfd_open
sys.platform = "darwin"
sys.modules["resource"] = sys.modules["ctypes"] = None
from checks.runner import Job, Runner
with Runner() as runner:
    print(runner.run(Job("print(1)")).printed, runner._fresh)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert found.stdout.split() == ["1", "True"], found.stderr


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
