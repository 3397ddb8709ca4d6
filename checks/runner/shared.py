"""Servers that are forked from one warm process, which all notebooks of a user share: MLflow is held once.

Called by the client, on Linux only. The first one starts that process, `checks.runner.forkserver`.
"""

import contextlib
import fcntl
import hashlib
import os
import select
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checks.runner import folder, fresh
from checks.runner.frames import send
from checks.world import registry

#: What a server tells first: its process id.
PID = struct.Struct("=i")

_HERE = Path(__file__).parent

#: The fork servers that this process has started, so that they are buried when they have ended.
_started: list[subprocess.Popen[bytes]] = []


class Forked:
    """A server that was forked: as much of `subprocess.Popen` as the client needs.

    It is the other end of `lifeline`. While the fork server is still warming up there is no process yet.
    """

    def __init__(self, lifeline: socket.socket) -> None:
        self._lifeline = lifeline
        self._process: int | None = None
        self._ended = False
        self._pid = 0

    @property
    def pid(self) -> int:
        """Its process id; 0 while there is no process yet."""
        self.poll()
        return self._pid

    def poll(self) -> int | None:
        """None while it lives or is about to; else 0."""
        if not self._ended and self._process is None:
            self._learn()
        if self._process is not None and select.select([self._process], [], [], 0)[0]:
            self._bury()
        return 0 if self._ended else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, which comes when the lifeline is closed. Raises subprocess.TimeoutExpired."""
        if self.poll() is None and self._process is not None:
            if not select.select([self._process], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("the forked server", timeout or 0)
            self._bury()
        return 0

    def kill(self) -> None:
        if self.poll() is None and self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def _learn(self) -> None:
        """Hear its process id, if it is there by now."""
        try:
            told = self._lifeline.recv(PID.size, socket.MSG_DONTWAIT)
            if told:
                (self._pid,) = PID.unpack(told)
                self._process = os.pidfd_open(self._pid)
        except BlockingIOError:
            return
        except OSError:  # it ended, or the lifeline was closed
            told = b""
        self._ended = not told

    def _bury(self) -> None:
        assert self._process is not None
        os.close(self._process)
        self._process, self._ended = None, True


def server(home: Path, mlflow: bool) -> tuple[socket.socket, Forked]:
    """A server for the client whose private folder is `home`, and the lifeline to it.

    Returns at once, while the fork server may still be warming up. Raises OSError where there is none.
    """
    lifeline = socket.socket(socket.AF_UNIX)
    try:
        with _locked(_place()) as place:
            path = place / _name(mlflow)
            try:
                lifeline.connect(str(path))
            except (FileNotFoundError, ConnectionRefusedError):
                _start(path, mlflow)
                lifeline.connect(str(path))
        send(lifeline, os.fsencode(home))
    except BaseException:
        lifeline.close()
        raise
    return lifeline, Forked(lifeline)


def _place() -> Path:
    """A folder that only this user can enter. Raises OSError where somebody else has taken its name."""
    place = (folder.in_memory() or Path(tempfile.gettempdir())) / f"mlops-workbook-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{place} is not this user's own")
    return place


@contextlib.contextmanager
def _locked(place: Path) -> Iterator[Path]:
    """The folder, while no other client looks for a fork server in it: one of them starts it."""
    held = os.open(place / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield place
    finally:
        os.close(held)


def _name(mlflow: bool) -> str:
    """What only clients share that run the same code, from the same place, behind the same walls.

    A container may see its host's folder, and its processes must not run outside.
    """
    told = [sys.executable, str(registry.template_path()), Path("/proc/self/cgroup").read_text()]
    told += [str(space.readlink()) for space in sorted(Path("/proc/self/ns").iterdir())]
    for file in sorted([*_HERE.glob("*.py"), *_HERE.parent.glob("world/**/*.py")]):
        told.append(f"{file} {file.stat().st_mtime_ns}")
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    return f"{digest}-mlflow" if mlflow else digest


def _start(path: Path, mlflow: bool) -> None:
    """Start the fork server. It is handed the socket at which clients are heard, so that none has to wait."""
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener, path.with_suffix(".log").open("wb") as log:
        listener.bind(str(path))
        listener.listen(64)
        _started[:] = [process for process in _started if process.poll() is None]
        _started.append(
            subprocess.Popen(
                [
                    *(sys.executable, "-s", "-P", "-m", "checks.runner.forkserver"),
                    *(str(registry.template_path()), *["--mlflow"] * mlflow),
                ],
                stdin=listener.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=path.parent,
                env=fresh.environment(path.parent),
                start_new_session=True,
            )
        )
