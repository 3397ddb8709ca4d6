"""A job's folder: what is laid out before the answer runs and what is read after its process has ended.

Called by whoever supervises a job: the server's forks on Linux, the client itself elsewhere.
"""

import contextlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from checks import registry
from checks.runner.job import Job
from checks.runner.wire import READ_LIMIT

PRINTED = "printed"
RESULT = "result"
REGISTRY = "registry.db"
#: Where the answer runs, so that the files above are not in its way.
HERE = "here"


@dataclass(frozen=True)
class Left:
    """What a job left in its folder."""

    printed: str
    too_much: bool
    result: str | None
    registry: registry.State | None


def lay_out(base: Path, job: Job, template: Path) -> Path:
    """Make a folder for the job under `base`, with its registry if it has one; it bears this process's id."""
    folder = Path(tempfile.mkdtemp(prefix=f"job-{os.getpid()}-", dir=base))
    (folder / HERE).mkdir()
    if job.registry is not None:
        registry.create(folder / REGISTRY, job.registry, template)
    return folder


def read(folder: Path, job: Job) -> Left:
    """Read what is there, after the job's processes have ended. Never fails on what an answer wrote."""
    printed = _read(folder / PRINTED, READ_LIMIT + 1) or b""
    result = _read(folder / RESULT, READ_LIMIT + 1)
    state = None if job.registry is None else registry.state(folder / REGISTRY)
    return Left(
        printed[:READ_LIMIT].decode("utf-8", "replace"),
        len(printed) > READ_LIMIT,
        None if result is None or len(result) > READ_LIMIT else result.decode("utf-8", "replace"),
        state,
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


def prefix() -> str:
    """How a client's folder begins: with the client's id, by which its orphans are known."""
    return f"workbook-{os.getpid()}-"


def remove_orphans(base: Path) -> None:
    """Remove the folders of this user's clients that were killed before they could do it themselves."""
    for orphan in base.glob("workbook-*-*"):
        client = orphan.name.split("-")[1]
        with contextlib.suppress(OSError):
            if client.isdigit() and orphan.lstat().st_uid == os.getuid() and not _alive(int(client)):
                remove(orphan)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def remove(folder: Path) -> None:
    """Remove the folder, as far as that goes; a tree nested too deep for Python goes with `rm`."""
    with contextlib.suppress(Exception):
        shutil.rmtree(folder)
        return
    with contextlib.suppress(Exception):
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, timeout=20, check=False)
