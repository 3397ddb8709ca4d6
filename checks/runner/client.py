"""The client's side of the runner: starts the warm process, hands it jobs, reads what comes back.

Called by the judge, from any thread.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from checks.runner import folder, fresh, sandbox
from checks.runner.frames import STARTED, receive, send
from checks.runner.job import Given, Job, Outcome, RunnerError
from checks.runner.wire import Reply, order_to_bytes, outcomes, reply_from_bytes
from checks.world import registry

if TYPE_CHECKING:
    from checks.runner.shared import Forked

#: Seconds that a job may wait for the server to be warm and for its turn, beside its own time.
PATIENCE = 120.0

#: Bytes that a job must have held for its end, when memory ran out, to be its own doing.
_LARGE = 256 << 20


class Runner:
    """Runs jobs, each in a process of its own. One warm server is shared by all calls of `run`.

    `mlflow` says whether the server loads MLflow ahead; without it a job with a registry takes seconds.
    Where processes cannot be forked, or with WORKBOOK_RUNNER=fresh, every job starts a process afresh.
    `sandboxed` puts the server inside bubblewrap and each job into namespaces of its own. `shared` has it
    forked from a process that all notebooks of this user share, so that together they hold MLflow once.
    """

    def __init__(self, mlflow: bool = False, sandboxed: bool = False, shared: bool = False) -> None:
        self._mlflow = mlflow
        self._shared = shared
        self._sandboxed = sandboxed
        self._fresh = not sandboxed and (os.environ.get("WORKBOOK_RUNNER") == "fresh" or not _can_fork())
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | Forked | None = None
        self._lifeline: socket.socket | None = None
        self._home: Path | None = None
        self._held: int | None = None
        self._under_way: set[socket.socket] = set()
        self._owner = os.getpid()
        self._closed = False
        self._turns = _Turns()
        self._apart: Runner | None = None

    def __enter__(self) -> "Runner":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the server, if it is not up, and return at once. Raises RunnerError if that is impossible."""
        with self._lock:
            self._start()

    def run(self, job: Job) -> Outcome:
        """Run one job and say how it ended. Raises RunnerError if the runner failed, not the answer.

        Raises TypeError or ValueError for an input that is not plain data or too large.
        """
        return self._run(job, [job.given])[0]

    def run_many(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """Run one job in some hundred situations, in place of its own; an outcome for each.

        All run in one process, one after the other, within the job's seconds. Each has new names, copies of
        what is given, an empty folder, the same random numbers; but what one leaves in a module, the next one
        finds, and they see each other's values and registries. So an outcome that makes the answer wrong is
        to be confirmed by `run`. If the process ends before its work is done, the situation in which it ended
        says how and the rest are `not_run`; so are those after one that was out of memory, and those for
        which there was no room left (4 MB of results, and of printed text, for all together).

        Raises as `run` does.
        """
        return self._run(job, situations) if situations else []

    def _run(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        payload = order_to_bytes(job, situations)
        # A second try: an earlier answer may have killed the server just as this job arrived.
        for _ in range(2):
            with self._turns.together():
                reply = self._attempt(payload, job.seconds)
            if reply is not None:
                break
        else:
            raise RunnerError(f"The runner's process ended before the job could start. {self._log()}".strip())
        if reply.ended in ("lost", "killed", "starved"):
            reply = self._run_alone(payload, job.seconds)
        return outcomes(reply, job, len(situations))

    def _run_alone(self, payload: bytes, seconds: float) -> Reply:
        """Run a job again, on a server of its own and with no other of ours beside it.

        For one that was ended, but not as we end jobs: another job may have ended its server or have taken
        up the memory, and then this answer must not be judged by it. If it ends so again, there was nobody
        else: an answer that ends its own process or its supervisor has `exited`, and one that was large when
        the kernel ended it is out of memory. Raises RunnerError where it is again not to blame.
        """
        with self._turns.alone():
            for _ in range(2):
                with Runner(self._mlflow, self._sandboxed) as self._apart:
                    self._apart._fresh = self._fresh
                    reply = self._apart._attempt(payload, seconds)
                    if reply is None or (reply.ended == "lost" and not self._apart._server_lives()):
                        log = self._apart._log()
                        continue
                if reply.ended != "starved":
                    return reply
                if reply.held < _LARGE:
                    raise RunnerError("The machine is short of memory: twice the system ended a small job.")
                return replace(reply, ended="out_of_memory")
        raise RunnerError(f"The runner's process ended again and again, with one job alone. {log}".strip())

    def _attempt(self, payload: bytes, seconds: float) -> Reply | None:
        """Run a job once; None if the server was lost before the job began."""
        if self._fresh:
            with self._lock:
                home = self._prepare()
            return fresh.run(payload, home, registry.template_path())
        connection = self._connect()
        try:
            reply = self._ask(connection, payload, seconds)
        finally:
            with self._lock:
                self._under_way.discard(connection)
            connection.close()
        if self._closed and (reply is None or reply.ended == "lost"):
            raise RunnerError("The runner was closed while a job was under way.")
        return reply

    def _server_lives(self) -> bool:
        """Whether the server goes on; its end may be noticed a moment after that of its jobs."""
        with self._lock:
            try:
                return self._server is not None and self._server.wait(1.0) is None
            except subprocess.TimeoutExpired:
                return True

    def close(self) -> None:
        """End the server and every job under way. The runner can be started again."""
        if os.getpid() != self._owner:
            return  # a fork of the client must not end its parent's server
        atexit.unregister(self.close)
        if self._apart is not None:
            self._apart.close()
        with self._lock:
            self._closed = True
            for connection in self._under_way:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._end_server()
            if self._home is not None:
                folder.remove(self._home)
                self._home = None
            if self._held is not None:
                os.close(self._held)
                self._held = None

    def _prepare(self) -> Path:
        """The private folder that holds all jobs' folders, in memory where there is such a place."""
        if self._home is None:
            self._closed = False
            place = folder.in_memory()
            folder.remove_orphans(place or Path(tempfile.gettempdir()))
            self._home, self._held = folder.make_home(place)
            atexit.register(self.close)
        return self._home

    def _start(self) -> None:
        home = self._prepare()
        if self._fresh or (self._server is not None and self._server.poll() is None):
            return
        # A fork server that did not come up: one of its own says why.
        self._shared = self._shared and (self._server is None or self._server.pid > 0)
        self._end_server()
        if self._shared:
            from checks.runner import shared  # which not every system can load

            with contextlib.suppress(OSError):  # then it is started alone
                self._lifeline, self._server = shared.server(home, self._mlflow)
                return
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                # Bubblewrap ends with the thread that started it; the caller's may be a short-lived one.
                self._server = _starter().submit(self._spawn, home, theirs).result()
        except BaseException as error:
            ours.close()
            if isinstance(error, OSError):
                raise RunnerError(f"The runner's process could not be started: {error}") from error
            raise
        self._lifeline = ours

    def _spawn(self, home: Path, lifeline: socket.socket) -> subprocess.Popen[bytes]:
        if self._sandboxed:
            options = ["--mlflow"] * self._mlflow + ["--isolated"]
            arguments = ["-m", "checks.runner.server", str(sandbox.HOME), str(sandbox.TEMPLATE), *options]
            command = sandbox.command(home, arguments)
        else:
            arguments = ["-m", "checks.runner.server", str(home), str(registry.template_path())]
            command = [sys.executable, "-s", "-P", *arguments, *["--mlflow"] * self._mlflow]
        with (home / "log").open("wb") as log:
            return subprocess.Popen(
                command,
                stdin=lifeline.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=home,
                env=fresh.environment(home),
                start_new_session=True,
            )

    def _end_server(self) -> None:
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None
        if self._server is not None:
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None

    def _connect(self) -> socket.socket:
        """A connection to a supervisor of its own, which the server forks when it gets the other end."""
        with self._lock:
            for last in (False, True):
                self._start()
                assert self._lifeline is not None
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        socket.send_fds(self._lifeline, [b"j"], [theirs.fileno()])
                    except OSError as error:
                        ours.close()
                        if last:
                            raise RunnerError(
                                f"The runner's process cannot be reached. {self._log()}"
                            ) from error
                        assert self._server is not None
                        self._server.kill()  # whatever became of it: it does not listen
                        self._server.wait()
                        continue
                self._under_way.add(ours)
                return ours
        raise AssertionError("unreachable")

    def _ask(self, connection: socket.socket, payload: bytes, seconds: float) -> Reply | None:
        """What the supervisor says of the job; None if the server was lost before the job began."""
        try:
            connection.settimeout(PATIENCE)
            send(connection, payload)
            first = receive(connection)
            if first is None:
                return None
            if first != STARTED:
                return reply_from_bytes(first)
            connection.settimeout(seconds + PATIENCE)
        except TimeoutError as error:
            raise self._given_up() from error
        except (BrokenPipeError, ConnectionError):
            return None
        except ValueError as error:
            raise RunnerError(f"The runner gave no proper answer: {error}") from error
        try:
            second = receive(connection)
            return Reply("lost") if second is None else reply_from_bytes(second)
        except TimeoutError as error:
            raise self._given_up() from error
        except ValueError:
            return Reply("exited")  # an answer has spoken for its supervisor

    def _given_up(self) -> RunnerError:
        with self._lock:
            if self._server is not None:
                self._server.kill()  # whatever it is caught in: the next job gets a new one
        return RunnerError(
            f"The runner did not answer for {PATIENCE:.0f} s: is the machine overloaded? {self._log()}"
        )

    def _log(self) -> str:
        """The end of what the server wrote to its log: why it could not start, where that is the case."""
        try:
            assert self._home is not None
            text = (self._home / "log").read_text(errors="replace").strip()
        except (OSError, AssertionError):
            return ""
        return (
            text.splitlines()[-1][:500]
            if text
            else "Set the course up once more: `make setup`, or install it anew."
        )


class _Turns:
    """Jobs run side by side, but for one that has to run alone; while one waits for that, none begins."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._under_way = 0
        self._waiting = 0

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting == 0)
            self._under_way += 1
        try:
            yield
        finally:
            self._change(under_way=-1)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        self._change(waiting=1)
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._under_way == 0)
                self._under_way += 1
            try:
                yield
            finally:
                self._change(under_way=-1)
        finally:
            self._change(waiting=-1)

    def _change(self, under_way: int = 0, waiting: int = 0) -> None:
        with self._changed:
            self._under_way += under_way
            self._waiting += waiting
            self._changed.notify_all()


@cache
def _starter() -> ThreadPoolExecutor:
    """The one thread that starts servers; it lasts as long as this process."""
    return ThreadPoolExecutor(1, thread_name_prefix="runner")


def _can_fork() -> bool:
    """Whether the warm server works here: Linux, with descriptors that tell of a process's end (5.3)."""
    if sys.platform != "linux" or not hasattr(os, "fork"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True
