"""Where processes cannot be forked each job has a fresh one; and what any runner's process starts with."""

import subprocess
import sys

from checks.runner import Runner
from tests.helpers.jobs import run


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


def test_the_client_loads_where_there_is_no_fcntl():
    """As on Windows, where nothing is forked."""
    code = "import sys; sys.modules['fcntl'] = None; import checks.runner"
    subprocess.run([sys.executable, "-c", code], check=True)
