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

#: Seconds. A server that nobody has asked for so long ends; the client starts another when it needs one.
IDLE = 900.0

#: Seconds. How long the supervisors may take to end their jobs when the client is gone.
_LAST_ORDERS = 5.0


def main() -> None:
    home, template = Path(sys.argv[1]), Path(sys.argv[2])
    isolated = "--isolated" in sys.argv
    if isolated:
        isolate.give_up_root()
    template = begin(home, template, "--mlflow" in sys.argv, isolated)
    Server(stdin_as_socket(), home, template, isolated).serve()


def begin(home: Path, template: Path, mlflow: bool, isolated: bool = False) -> Path:
    """Load what jobs need, so that a fork has it. Returns where the empty registry is."""
    # It has done its work; answers should find a plain environment.
    os.environ.pop("PYTHONHASHSEED", None)
    if mlflow:
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
    gc.collect()
    gc.freeze()
    return template


def stdin_as_socket() -> socket.socket:
    """The socket that this process was started with; nobody else finds it on the standard input."""
    found = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return found


class Server:
    """The loop, and the supervisors that are at work.

    `client` is a descriptor of the client's process where that is not this one's parent.
    """

    def __init__(
        self,
        lifeline: socket.socket,
        home: Path,
        template: Path,
        isolated: bool = False,
        client: int | None = None,
    ) -> None:
        self._lifeline = lifeline
        self._home = home
        self._template = template
        self._isolated = isolated
        self._client = client
        self._at_work: set[int] = set()

    def serve(self) -> None:
        """Fork for every connection that arrives, until the client is gone; then leave nothing behind."""
        adopt_orphans()
        parent, used = os.getppid(), time.monotonic()
        lifeline, client = self._lifeline.fileno(), self._client
        watched = [lifeline] if client is None else [lifeline, client]
        while True:
            readable, _, _ = select.select(watched, [], [], 1.0)
            self._reap()
            # A process forked by the client may hold the other end of the lifeline open.
            gone = os.getppid() != parent if client is None else client in readable
            if gone or (lifeline in readable and not self._accept()):
                break
            if readable or self._at_work:
                used = time.monotonic()
            elif time.monotonic() - used > IDLE:
                return  # the client is there, and so is its folder
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
