"""Jobs of a few lines, and what is waited for: a process that ends, a file that is written."""

import sys
import textwrap
import time
from pathlib import Path

import pytest

from checks.runner import Job, Observe

LINUX = sys.platform == "linux"


only_forked = pytest.mark.skipif(not LINUX, reason="jobs are forked on Linux only")


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
