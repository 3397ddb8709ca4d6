"""A fresh process for every job, where processes cannot be forked: slower, and works on every system.

Called by the client, which here supervises the job itself.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from checks.runner import child, folder
from checks.runner.wire import Order, Reply, order_from_bytes, setup_failed

#: Seconds. How long a process may take before the job's setup begins; loading MLflow takes about 3.
START_LIMIT = 60.0


def environment(home: Path) -> dict[str, str]:
    """The variables that a runner's process starts with: none of the learner's or of Jupyter's.

    The hash seed is fixed, so that a printed set reads the same in every process.
    """
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC") if name in os.environ}
    return kept | {
        "PATH": os.defpath,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "TMPDIR": str(home),
        "TEMP": str(home),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # Full MLflow, which [ui] installs, loads pyarrow, whose allocator would start a thread.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
    }


def run(payload: bytes, home: Path, template: Path) -> Reply:
    """Run one job, an Order in bytes, in a process of its own, which ends with the job."""
    order = order_from_bytes(payload)
    try:
        place = folder.lay_out(home, order, template)
    except Exception as error:
        return Reply(failed=f"The runner failed: {type(error).__name__}: {error}")
    try:
        return _run(payload, order, place)
    finally:
        folder.remove(place)


def _run(payload: bytes, order: Order, place: Path) -> Reply:
    try:
        process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "checks.runner.child", str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=place,
            env=environment(place),
            start_new_session=True,
        )
    except OSError as error:
        return Reply(failed=f"The runner's process could not be started: {error}")
    notes = _Notes(process)
    timed_out = False
    try:
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin as stdin:
            stdin.write(payload)
        notes.begun.wait(START_LIMIT)
        began = time.monotonic()
        try:
            process.wait(order.job.seconds)
        except subprocess.TimeoutExpired:
            timed_out = True
        seconds = time.monotonic() - began
    finally:
        _end(process)
    notes.reader.join(5)
    left = folder.read(place, order)
    if not notes.in_code:
        return setup_failed(left.result, timed_out, process.returncode)
    if timed_out or process.returncode == -getattr(signal, "SIGXCPU", 0):
        ended = "timed_out"
    elif hasattr(signal, "SIGKILL") and process.returncode == -signal.SIGKILL:
        ended = "killed"
    else:
        ended = "left" if process.returncode == 0 else "exited"
    return Reply(ended, left.printed, left.too_much, left.result, left.registries, seconds, trace=left.trace)


class _Notes:
    """What the child tells through its pipe, read in a thread: not every system can wait for a pipe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.begun = threading.Event()
        self.in_code = False
        self._process = process
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            while note := pipe.read(1):
                self.begun.set()
                self.in_code = self.in_code or note == child.CODE
        self.begun.set()


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
