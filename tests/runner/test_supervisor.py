"""Who watches a job: whatever the answer does to it, all that the job started ends, and no other job does."""

import signal
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from checks.runner.supervisor import _ended
from tests.helpers.jobs import gone, only_forked, run, wait_for


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


def test_how_a_process_ended_that_was_not_ended_by_us():
    assert _ended(0, 0, True) == "left"
    assert _ended(-9, 0, False) == "killed" and _ended(-9, 1 << 30, True) == "starved"
    assert _ended(-9, 2 << 30, True) == _ended(-9, 2 << 30, False) == "out_of_memory"
    assert _ended(-11, 0, True) == _ended(1, 0, True) == "exited"
