"""The warm process: forks a supervisor for every job, which forks the process in which the answer runs.

Started by the client as `python -m checks.runner.server HOME TEMPLATE [--mlflow] [--isolated]`, on Linux
only; `--isolated` in the sandbox, where each job gets namespaces of its own. Its standard input is a socket
over which the client hands it one connection per job; it never reads a job itself, since a fork would find it
in its memory.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checks.runner import folder, isolate
from checks.runner.supervisor import adopt_orphans, children, open_place, registry_path, supervise
from checks.world import registry

#: Seconds. How long the supervisors may take to end their jobs when the client is gone.
_LAST_ORDERS = 5.0


def main() -> None:
    home, template = Path(sys.argv[1]), Path(sys.argv[2])
    isolated = "--isolated" in sys.argv
    if isolated:
        isolate.give_up_root()
    # It has done its work; answers should find a plain environment.
    os.environ.pop("PYTHONHASHSEED", None)
    if "--mlflow" in sys.argv:
        template = registry.template(template)
        place = isolate.place(home) if isolated else home
        place.mkdir(exist_ok=True)
        example = folder.registry_of(place, 0)
        example.parent.mkdir()
        registry.create(example, {1: "None", 2: "Staging"}, template)
        folder.turn_to(place, 0)
        open_place(place)
        registry.warm_up(registry_path(home, isolated))
        folder.remove(example.parent)
        (place / folder.NOW).unlink()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        sys.exit(f"The warm process has {threads} threads and cannot fork safely. Set WORKBOOK_RUNNER=fresh.")
    lifeline = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    adopt_orphans()
    gc.collect()
    gc.freeze()
    _Server(lifeline, home, template, isolated).serve()


class _Server:
    """The loop, and the supervisors that are at work."""

    def __init__(self, lifeline: socket.socket, home: Path, template: Path, isolated: bool) -> None:
        self._lifeline = lifeline
        self._home = home
        self._template = template
        self._isolated = isolated
        self._at_work: set[int] = set()

    def serve(self) -> None:
        """Fork for every connection that arrives, until the client is gone; then leave nothing behind."""
        parent = os.getppid()
        while True:
            readable, _, _ = select.select([self._lifeline], [], [], 1.0)
            self._reap()
            # A process forked by the client may hold the other end of the lifeline open.
            if os.getppid() != parent or (readable and not self._accept()):
                break
        until = time.monotonic() + _LAST_ORDERS
        self._reap()
        while (self._at_work or children()) and time.monotonic() < until:
            time.sleep(0.01)
            self._reap()
        for pid in self._at_work:
            os.kill(pid, signal.SIGKILL)
        folder.remove(self._home)

    def _accept(self) -> bool:
        """Fork a supervisor for the connection that arrived; False if the client is gone."""
        try:
            message, descriptors, _, _ = socket.recv_fds(self._lifeline, 1, 1)
        except ConnectionError:
            return False
        for descriptor in descriptors:
            with socket.socket(fileno=descriptor) as connection:
                self._fork(partial(supervise, connection, self._home, self._template, self._isolated))
        return bool(message)

    def _fork(self, work: Callable[[], None]) -> None:
        """Do the work in a fork, which ends with it and does not hold the lifeline."""
        pid = os.fork()
        if pid:
            self._at_work.add(pid)
            return
        try:
            self._lifeline.close()
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)

    def _reap(self) -> None:
        """Bury the dead, and end what answers leave behind that killed or stopped their supervisor."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
                if not pid:
                    break
                if os.WIFSTOPPED(status):
                    os.kill(pid, signal.SIGKILL)
                    continue
                self._at_work.discard(pid)
                for left in folder.left_by(self._home, pid) if status else ():
                    self._fork(partial(folder.remove, left))
        for orphan in children() - self._at_work:
            with contextlib.suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)


if __name__ == "__main__":
    main()
