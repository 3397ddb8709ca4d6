"""A job's folder: what is laid out before the answer runs and what is read after its process has ended.

Called by whoever supervises a job: the server's forks on Linux, the client itself elsewhere.
"""

import contextlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.runner.trace import SIZE
from checks.runner.wire import Order
from checks.world import registry

PRINTED = "printed"
RESULT = "result"
TRACE = "trace"
REGISTRY = "registry.db"
#: Where the answer runs, so that the files above are not in its way.
HERE = "here"
#: What leads to the folder of the situation at hand, where all registries are opened by one path.
NOW = "now"

#: Seconds. How long reading the registries may take in all, of this thread's own time: a busy machine is no
#: hostile file.
_READING = 2.0

_PREFIX = "workbook-"
_HELD = "held"


@dataclass(frozen=True)
class Left:
    """What a job left in its folder."""

    printed: bytes
    too_much: bool
    result: str | None
    trace: str | None
    registries: Sequence[registry.State | None]


def lay_out(base: Path, order: Order, template: Path) -> Path:
    """Make a folder for the job under `base`, with its situations' registries; it bears this process's id.

    `template` is an empty registry, as `checks.world.registry.template` makes one where it is missing.
    """
    seeds = {number: seed for number, seed in enumerate(order.registries) if seed is not None}
    if seeds:
        template = registry.template(template)
    folder = Path(tempfile.mkdtemp(prefix=f"job-{os.getpid()}-", dir=base))
    (folder / HERE).mkdir()
    for number, seed in seeds.items():
        store = registry_of(folder, number)
        store.parent.mkdir()
        registry.create(store, seed, template)
    return folder


def registry_of(folder: Path, number: int) -> Path:
    """Where the registry of the job's situation with this number is."""
    return folder / str(number) / REGISTRY


def turn_to(folder: Path, number: int) -> None:
    """Let `NOW` lead to this situation's folder. Raises OSError if that is impossible."""
    link = folder / "next"
    link.symlink_to(str(number))
    link.replace(folder / NOW)


def read(folder: Path, order: Order) -> Left:
    """Read what is there, after the job's processes have ended. Never fails on what an answer wrote."""
    printed = _read(folder / PRINTED, order.limit + 1) or b""
    result = _read(folder / RESULT, order.limit)
    noted = _read(folder / TRACE, SIZE) if order.job.traced else None
    until = time.thread_time() + _READING
    states = [
        None if seed is None else registry.state(registry_of(folder, number), until)
        for number, seed in enumerate(order.registries)
    ]
    return Left(
        printed[: order.limit],
        len(printed) > order.limit,
        None if result is None else result.decode("utf-8", "replace"),
        None if noted is None else noted.decode("utf-8", "replace"),
        states,
    )


def _read(path: Path, limit: int) -> bytes | None:
    """Up to `limit` bytes of a regular file; None for anything else that an answer may have put there."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = b""
        while len(content) < limit and (part := os.read(descriptor, limit - len(content))):
            content += part
        return content
    except OSError:
        return None
    finally:
        os.close(descriptor)


def left_by(base: Path, pid: int) -> list[Path]:
    """The folders of a supervisor that could not remove them itself."""
    return list(base.glob(f"job-{pid}-*"))


def in_memory() -> Path | None:
    """Where folders lie in memory; None where there is no such place."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK | os.X_OK) else None


def make_home(base: Path | None) -> tuple[Path, int | None]:
    """A client's private folder under `base` (None: the system's own place), and what says that it is in use.

    That is a locked file, which the client closes when it is done: a process id would not do, since in a
    process namespace of its own (a container, a sandbox) nobody else's client seems to be alive.
    """
    home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    try:
        import fcntl
    except ImportError:
        return home, None
    held = os.open(home / "new", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    (home / "new").rename(home / _HELD)  # locked before it has the name by which it is looked for
    return home, held


def remove_orphans(base: Path) -> None:
    """Remove the folders of this user's clients that were killed before they could do it themselves."""
    try:
        import fcntl
    except ImportError:
        return
    for home in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            held = os.open(home / _HELD, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: its client lives
                remove(home)
            finally:
                os.close(held)


def remove(folder: Path) -> None:
    """Remove the folder, as far as that goes; a tree nested too deep for Python goes with `rm`."""
    with contextlib.suppress(Exception):
        shutil.rmtree(folder)
        return
    with contextlib.suppress(Exception):
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, timeout=20, check=False)
