"""The process that all notebooks of a user share: warm, and forked into a server for each client that asks.

Started by the first client as `python -m checks.runner.forkserver TEMPLATE [--mlflow]`, on Linux only; its
standard input is the socket at which it hears them. It never reads a job, and neither do its forks: what is
in their memory was there before any answer and any reference. It ends when nobody has needed it for a while;
its forks end with their clients.
"""

import os
import select
import socket
import struct
import sys
import time
from pathlib import Path

from checks.runner import folder
from checks.runner.frames import receive
from checks.runner.server import Server, begin, stdin_as_socket
from checks.runner.shared import PID
from checks.runner.supervisor import children

#: Seconds. So long it stays when the last server has ended: a kernel that is restarted finds it warm.
_LINGER = 60.0

#: Seconds. How long a client may take to say where its folder is.
_PATIENCE = 10.0

#: What the system says of who connected: struct ucred of <sys/socket.h>.
_PEER = struct.Struct("=iII")


def main() -> None:
    template = Path(sys.argv[1])
    home, _held = folder.make_home(folder.in_memory())
    try:
        template = begin(home, template, "--mlflow" in sys.argv)
        serve(stdin_as_socket(), template)
    finally:
        folder.remove(home)


def serve(listener: socket.socket, template: Path) -> None:
    """Fork a server for each client, until there has been none for a while."""
    used = time.monotonic()
    while children() or time.monotonic() - used < _LINGER:
        readable, _, _ = select.select([listener], [], [], 1.0)
        if children():
            used = time.monotonic()
        _bury()
        if readable:
            connection, _ = listener.accept()
            with connection:
                _fork(connection, listener, template)


def _fork(connection: socket.socket, listener: socket.socket, template: Path) -> None:
    """Serve a client in a fork, if it is of this user."""
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    pid, user, _ = _PEER.unpack(peer)
    if user != os.getuid() or os.fork():
        return
    try:
        listener.close()
        _become_server(connection, pid, template)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _become_server(connection: socket.socket, client: int, template: Path) -> None:
    """What a server is that was started for this client alone: a session, a folder and a log of its own."""
    os.setsid()
    process = os.pidfd_open(client)
    connection.settimeout(_PATIENCE)
    told = receive(connection)
    if told is None:
        return
    connection.settimeout(None)
    home = Path(os.fsdecode(told))
    os.chdir(home)
    with Path("log").open("wb") as log:
        os.dup2(log.fileno(), 2)
    connection.sendall(PID.pack(os.getpid()))
    Server(connection, home, template, client=process).serve()


def _bury() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    main()
