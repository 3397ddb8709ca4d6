"""The kernel of a submission under pytest: in the sandbox, and bounded in time and in what it says.

Called by `items`, which gives it to nbval.
"""

import os
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from queue import Empty

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from nbval.kernel import RunningKernel

from checks.runner import fresh, sandbox
from checks.runner.limits import NOBODY

#: Bytes. What all cells of a notebook may print and show, and what one message may have.
OUTPUT, MESSAGE = 16 << 20, 8 << 20
#: Messages that wait to be read; further ones wait with the kernel.
_WAITING = 16
#: Seconds. How long a cell that was interrupted may take to say how it ended.
_LAST_WORDS = 10.0

#: The types of messages that nbval knows. It would print the type of any other, whatever that says.
_KNOWN = ("status", "execute_input", "execute_result", "display_data", "stream", "error")


class TooMuch(Exception):
    """A notebook's cells have said more than is read. Their kernel has been ended."""


class Kernel(RunningKernel):  # type: ignore[misc]
    """nbval's kernel, inside the sandbox: it is spoken to through sockets in a folder that both sides see.

    A cell has one deadline, `cell_seconds` from where it begins, however much the kernel says meanwhile.
    """

    def __init__(self, sandboxed: bool, cell_seconds: float, startup_timeout: float) -> None:
        self._cell_seconds = cell_seconds
        self._deadlines: dict[str, float] = {}
        self._left = OUTPUT
        self._said: deque[Mapping[str, object]] = deque()
        self._context = zmq.Context()
        # Short: a socket's path has at most 107 characters.
        self._shared = Path(tempfile.mkdtemp(prefix="wb-", dir="/tmp"))
        self._stage = Path(tempfile.mkdtemp(prefix="workbook-kernel-"))
        connection_file = str(self._shared / "kernel.json")
        self.km = KernelManager(transport="ipc", connection_file=connection_file)
        try:
            self._start(sandboxed, connection_file, startup_timeout)
        except BaseException:
            self.stop()
            raise

    def _start(self, sandboxed: bool, connection_file: str, startup_timeout: float) -> None:
        environment = dict(os.environ)
        if sandboxed:
            self.km._kernel_spec = KernelSpec(
                argv=sandbox.kernel_command(self._stage, self._shared, connection_file),
                display_name="sandbox",
                language="python",
            )
            environment = fresh.environment(sandbox.HOME)
        self.km.write_connection_file()
        if sandboxed and os.getuid() == 0:
            for path in (self._shared, Path(connection_file)):
                os.chown(path, NOBODY, NOBODY)
        with Path(os.devnull).open("r+b") as nothing:  # else it writes to pytest's own output
            self.km.start_kernel(
                env=environment, cwd=str(self._stage), stdin=nothing, stdout=nothing, stderr=nothing
            )
        self._context.rcvhwm, self._context.maxmsgsize = _WAITING, MESSAGE
        self.kc = self.km.client(context=self._context)
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=startup_timeout)
        self._ensure_iopub_up()

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> str:
        """Have a cell run; from here on its time counts."""
        end = time.monotonic() + self._cell_seconds
        self._deadlines = {"shell": end, "iopub": end + _LAST_WORDS}
        return str(super().execute_cell_input(cell_input, allow_stdin))

    def get_message(self, stream: str, timeout: float | None = None) -> Mapping[str, object]:
        """The next message. Raises Empty if none comes in time, or none can come; TooMuch.

        What the cell says is read all along, so that it need not wait for the reply.
        """
        until = self._deadlines.get(stream, float("inf"))
        if timeout is not None:
            until = min(until, time.monotonic() + timeout)
        while True:
            if stream == "iopub" and self._said:
                return self._said.popleft()
            left = until - time.monotonic()
            if left <= 0:
                raise Empty
            for channel in self._ready(min(left, 1.0)):
                message = self._read(channel)
                if channel == "shell" == stream and message:
                    return message
                if channel == "iopub" and message.get("msg_type") in _KNOWN:
                    self._said.append(message)
                if time.monotonic() > until:
                    raise Empty
            if not (self._said or self.is_alive()):
                raise Empty

    def _ready(self, seconds: float) -> list[str]:
        """The channels on which something has come."""
        sockets = {"iopub": self.kc.iopub_channel.socket, "shell": self.kc.shell_channel.socket}
        poller = zmq.Poller()
        for socket in sockets.values():
            poller.register(socket, zmq.POLLIN)
        ready = dict(poller.poll(int(seconds * 1000)))
        return [name for name, socket in sockets.items() if socket in ready]

    def _read(self, stream: str) -> Mapping[str, object]:
        """A message; an empty one in place of what is none. Raises TooMuch."""
        channel = self.kc.iopub_channel if stream == "iopub" else self.kc.shell_channel
        parts = channel.socket.recv_multipart()
        self._left -= sum(map(len, parts))
        if self._left < 0:
            self.stop()
            raise TooMuch(f"The cells of this notebook say more than {OUTPUT >> 20} MB; no more is read.")
        try:
            message: dict[str, object] = channel.session.deserialize(
                channel.session.feed_identities(parts)[1]
            )
        except Exception:  # a cell may send what it likes
            return {}
        is_proper = all(
            isinstance(message.get(part), dict) for part in ("header", "parent_header", "content")
        )
        return message if is_proper else {}

    def is_alive(self) -> bool:
        return bool(self.km.has_kernel and self.km.is_alive())

    def stop(self) -> None:
        """End the kernel, at once; nothing of it stays. May be called again."""
        if hasattr(self, "kc"):
            self.kc.stop_channels()
        if self.km.has_kernel:
            self.km.shutdown_kernel(now=True)
        self._context.destroy(linger=0)
        for folder in (self._shared, self._stage):
            shutil.rmtree(folder, ignore_errors=True)
