"""Frames: pieces of bytes that come whole or not at all, over a socket.

Called by the client, the servers and their supervisors.
"""

import socket
import struct

#: Sent by a supervisor when its own part is done and the answer's process is about to start.
STARTED = b"started"

#: Bytes. JSON may need six for each one of what a batch printed and left.
FRAME_LIMIT = 64 << 20
_LENGTH = struct.Struct(">I")


def send(connection: socket.socket, payload: bytes) -> None:
    """Send one frame. Raises OSError if the other side is gone."""
    connection.sendall(_LENGTH.pack(len(payload)) + payload)


def receive(connection: socket.socket) -> bytes | None:
    """Receive one frame; None if the other side is gone.

    Raises TimeoutError as the socket's timeout says, and ValueError for a frame larger than any of ours.
    """
    try:
        head = _exactly(connection, _LENGTH.size)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > FRAME_LIMIT:
            raise ValueError(f"{length:,} bytes")
        return _exactly(connection, length)
    except ConnectionError:
        return None


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 16))
        if not part:
            return None
        parts += part
    return bytes(parts)
