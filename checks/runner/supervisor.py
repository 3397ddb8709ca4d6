"""Supervises one job: lays out its folder, forks the process of the answer, ends it, reads what is left.

Called by the server in a fork of its own, on Linux only.
"""

import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
import time
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from checks.runner import child, folder, isolate
from checks.runner.frames import FRAME_LIMIT, STARTED, receive, send
from checks.runner.wire import Order, Reply, order_from_bytes, reply_to_bytes, setup_failed
from checks.world.registry import State

#: Seconds. How long a job's process may take before its setup begins; loading MLflow cold takes about 3.
START_LIMIT = 60.0

#: The descriptors of the answer's process, beside the standard ones: its notes, and its folder.
_READY = 3
_PLACE = 4

#: Seconds. How often an isolated job's memory is looked at: no limit of its own binds all its processes.
_TICK = 0.05

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None)


def supervise(connection: socket.socket, home: Path, template: Path, isolated: bool = False) -> None:
    """Read a job from the connection, run it and send the reply. Raises OSError if the client is gone.

    `isolated` puts the job into namespaces of its own.
    """
    os.setsid()  # an answer that kills its parent's process group reaches this supervisor only
    adopt_orphans()
    connection.settimeout(START_LIMIT)
    payload = receive(connection)
    if payload is None:
        return
    order = order_from_bytes(payload)
    try:
        reply = _run(order, connection, home, template, isolated)
    except Exception as error:
        reply = Reply(failed=f"The runner failed: {type(error).__name__}: {error}")
    if reply is not None:
        told = reply_to_bytes(reply)
        if len(told) > FRAME_LIMIT:  # such a registry is no registry
            told = reply_to_bytes(replace(reply, registries=[State({})] * len(reply.registries)))
        send(connection, told)


def _run(order: Order, connection: socket.socket, home: Path, template: Path, isolated: bool) -> Reply | None:
    """Run the job in a process of its own and say how it ended; None if nobody waits for it any more."""
    if isolated:
        isolate.enter(home)
    place = folder.lay_out(home, order, template)
    if isolated:
        place = place.rename(isolate.place(home))
    try:
        ready, theirs = os.pipe()
        send(connection, STARTED)
        pid = os.fork()
        if pid == 0:
            _become_child(order, place, theirs, registry_path(home, isolated), isolated)
        os.close(theirs)
        return _watch(pid, ready, order, connection, place, isolated)
    finally:
        if not isolated:  # there it goes with its namespace
            folder.remove(place)


def registry_path(home: Path, isolated: bool) -> Path:
    """The registry of a job's situation at hand, as the process that opens it finds it.

    The same path for every job, so that the warm process has opened it before. In the sandbox, where a job
    sees no /proc, all folders have one name, each in a file system of its own.
    """
    place = isolate.place(home) if isolated else Path(f"/proc/self/fd/{_PLACE}")
    return place / folder.NOW / folder.REGISTRY


def _become_child(order: Order, place: Path, ready: int, registry: Path, isolated: bool) -> NoReturn:
    try:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        if isolated:
            isolate.become_job()
        os.dup2(0, 2)
        os.dup2(ready, _READY)
        open_place(place)
        os.closerange(_PLACE + 1, 4096)
        child.run(order, place, _READY, registry)
    finally:
        os._exit(1)


def _watch(
    pid: int, ready: int, order: Order, connection: socket.socket, place: Path, isolated: bool
) -> Reply | None:
    process, starved = os.pidfd_open(pid), _starved()
    poll = select.poll()
    for descriptor in (process, ready, connection.fileno()):
        poll.register(descriptor, select.POLLIN)
    began, in_code, timed_out, too_large = time.monotonic(), False, False, False
    deadline = began + START_LIMIT
    abandoned = False
    running = True
    held = 0
    while running:
        left = deadline - time.monotonic()
        if left <= 0:
            timed_out = True
            break
        ready_now = poll.poll((min(left, _TICK) if isolated else left) * 1000)
        if not ready_now and isolated:
            held = max(held, isolate.memory(pid))
            if held > child.MEMORY:
                too_large = True
                break
        for descriptor, _ in ready_now:
            if descriptor == process:
                running = False
            elif descriptor == ready:
                notes = os.read(ready, 16)
                if child.BEGIN in notes:
                    began = time.monotonic()
                    deadline = began + order.job.seconds
                in_code = in_code or child.CODE in notes
                if not notes:
                    poll.unregister(ready)
            else:
                abandoned, running = True, False
    seconds = time.monotonic() - began
    status, usage = _end(pid)
    code = os.waitstatus_to_exitcode(status)
    if abandoned:
        return None
    # It may have told and ended in the same moment.
    os.set_blocking(ready, False)
    with contextlib.suppress(BlockingIOError):
        in_code = in_code or child.CODE in os.read(ready, 16)
    left_behind = folder.read(place, order)
    if not in_code:
        return setup_failed(left_behind.result, timed_out, code)
    held = max(held, usage.ru_maxrss * 1024)
    if timed_out or too_large:
        ended = "timed_out" if timed_out else "out_of_memory"
    else:
        ended = _ended(code, held, _starved() != starved)
    return Reply(
        ended,
        left_behind.printed,
        left_behind.too_much,
        left_behind.result,
        left_behind.registries,
        seconds,
        held=held,
        trace=left_behind.trace,
    )


def _ended(code: int, held: int, starved: bool) -> str:
    """How a process ended that nobody here ended; `starved` says whether the kernel ended any for memory."""
    if code == 0:
        return "left"
    if code == -signal.SIGXCPU:
        return "timed_out"
    if code < 0 and held > child.MEMORY * 3 // 4:
        return "out_of_memory"
    if code == -signal.SIGKILL:
        return "starved" if starved else "killed"
    return "exited"


def _starved() -> str:
    """How many processes the kernel has ended for want of memory, as it says."""
    with contextlib.suppress(OSError):
        return next((line for line in Path("/proc/vmstat").read_text().split("\n") if "oom_kill" in line), "")
    return ""


def _end(pid: int) -> tuple[int, resource.struct_rusage]:
    """End the job's process, its group and whatever else it started; returns its status and use."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    # As their subreaper this process is now the parent of all that survived, one generation after the other.
    until = time.monotonic() + 5
    while time.monotonic() < until:
        for orphan in children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(orphan, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    return status, usage


def open_place(place: Path) -> None:
    """Open a folder where the fixed path `REGISTRY` goes through it."""
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    os.dup2(descriptor, _PLACE)


def adopt_orphans() -> None:
    """Become the parent of all descendants whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def children() -> set[int]:
    """The ids of this process's children, the dead ones that nobody waited for among them."""
    me = os.getpid()
    return {int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()}


def _prctl(option: int, value: int) -> None:
    _libc.prctl(option, value, 0, 0, 0)
