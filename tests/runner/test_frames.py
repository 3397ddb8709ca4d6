"""Frames come whole or not at all."""

import socket
import threading

import pytest

from checks.runner.frames import FRAME_LIMIT, receive, send


def test_a_frame_comes_whole_or_not_at_all() -> None:
    ours, theirs = socket.socketpair()
    large = b"x" * 3_000_000
    thread = threading.Thread(target=lambda: [send(theirs, each) for each in (b"", large, b"last")])
    thread.start()
    assert [receive(ours) for _ in range(3)] == [b"", large, b"last"]
    thread.join()
    theirs.sendall((10).to_bytes(4, "big") + b"only")
    theirs.close()
    assert receive(ours) is None, "the other side is gone in the middle"
    assert receive(ours) is None
    ours.close()


def test_a_frame_larger_than_any_of_ours_is_refused_unread() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall((FRAME_LIMIT + 1).to_bytes(4, "big"))
    with ours, theirs, pytest.raises(ValueError, match="67,108,865 bytes"):
        receive(ours)
