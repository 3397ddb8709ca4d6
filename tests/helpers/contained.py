"""Walls for the tests that run hostile code: a process namespace and a limit on processes, proved first.

As root, `kill(-1, 9)` or a fork bomb that got out of the grader's own sandbox would take the machine down.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Processes and threads that everything behind the walls may have together.
LIMIT = 400

_PROBE = """
import os, subprocess, sys
seen = [name for name in os.listdir("/proc") if name.isdigit()]
started = []
try:
    while len(started) < int(sys.argv[1]) + 50:
        started.append(subprocess.Popen(["sleep", "20"]))
except OSError:
    pass
for one in started:
    one.kill()
for one in started:
    one.wait()
print(len(seen), len(started))
"""


@dataclass(frozen=True)
class Walls:
    """The command that goes before another one to run it behind the walls."""

    prefix: tuple[str, ...]

    def run(
        self, command: list[str], seconds: float = 300, **more: object
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.prefix, *command], capture_output=True, text=True, timeout=seconds, check=False, **more
        )  # type: ignore[call-overload,no-any-return]


@contextlib.contextmanager
def walls() -> Iterator[Walls | str]:
    """The walls, tried with harmless processes; or why there are none here."""
    if sys.platform != "linux" or not shutil.which("unshare") or not shutil.which("prlimit"):
        yield "there are no `unshare` and `prlimit` here"
        return
    namespace = ("--pid", "--fork", "--mount-proc", "--kill-child")
    with contextlib.ExitStack() as stack:
        if os.getuid() == 0:
            group = stack.enter_context(_pids_cgroup())
            if group is None:
                yield "root is not bound by RLIMIT_NPROC, and there is no pids cgroup to be had"
                return
            enter = ("sh", "-c", f'echo $$ > "{group}/cgroup.procs" && exec "$@"', "sh")
            prefix = (*enter, "unshare", *namespace)
        else:
            prefix = ("prlimit", f"--nproc={LIMIT}", "unshare", "--user", "--map-current-user", *namespace)
        made = Walls(prefix)
        tried = made.run([sys.executable, "-c", _PROBE, str(LIMIT)], seconds=60)
        if tried.returncode:
            yield f"`unshare` does not work here: {tried.stderr.strip()[-200:]}"
            return
        seen, started = map(int, tried.stdout.split())
        if seen > 5 or started >= LIMIT:
            yield f"the walls do not hold: {seen} processes seen from inside, {started} started"
            return
        yield made


@contextlib.contextmanager
def _pids_cgroup() -> Iterator[Path | None]:
    """A control group that limits processes, of whichever version the system has."""
    for root in (Path("/sys/fs/cgroup/pids"), Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup")):
        if not (root / "cgroup.procs").exists():
            continue
        group = Path(tempfile.mktemp(prefix="workbook-tests-", dir=root))
        try:
            group.mkdir()
            (group / "pids.max").write_text(str(LIMIT))
        except OSError:
            with contextlib.suppress(OSError):
                group.rmdir()
            continue
        try:
            yield group
        finally:
            with contextlib.suppress(OSError):
                for pid in (group / "cgroup.procs").read_text().split():
                    os.kill(int(pid), 9)
                group.rmdir()
        return
    yield None
