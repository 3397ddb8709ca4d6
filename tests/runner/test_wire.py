"""How jobs and replies travel: as they were, and what is no reply is refused."""

import json
import socket
import threading

import pytest

from checks.runner import Given, Job, Observe
from checks.runner.values import encode, plain
from checks.runner.wire import (
    FRAME_LIMIT,
    READ_LIMIT,
    Reply,
    order_from_bytes,
    order_to_bytes,
    outcomes,
    receive,
    reply_from_bytes,
    send,
)


@pytest.mark.parametrize(
    "payload", [b"", b"\xff", b"[]", b"{}", b"[" * 100_000, json.dumps({"ended": 1}).encode()], ids=range(6)
)
def test_a_forged_reply_is_refused(payload):
    with pytest.raises(ValueError):
        reply_from_bytes(payload)


def test_an_order_survives_the_way() -> None:
    job = Job("x = n", "y = 'é'", observe=(Observe("x", "version"), Observe("y")), seconds=2.5, after="z = x")
    order = order_from_bytes(order_to_bytes(job, [Given({"n": [1, "a"]}), Given({}, {"m": None})]))
    assert order.job == job
    given = [
        [{name: plain(value) for name, value in each.items()} for each in one] for one in order.situations
    ]
    assert given == [[{"n": [1, "a"]}, {}], [{}, {"m": None}]]
    assert order.limit == 2 * READ_LIMIT


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


def test_what_reads_alike_is_read_once_and_what_is_too_large_is_not() -> None:
    endless: list[object] = []
    endless.append(endless)
    short, large = ({"ended": "finished", "values": {"x": encode(x)}, "raised": None} for x in ([1], endless))

    def read(*notes: object) -> list[object]:
        told = Reply(result="\n".join(map(json.dumps, notes)))
        return [each.values["x"] for each in outcomes(told, Job("", observe=(Observe("x"),)), len(notes))]

    first, second = read(short, short)
    assert first is second is read(short, large)[0]
    one, other = read(large, large)
    assert one == other == ("too_large",) and one is not other
