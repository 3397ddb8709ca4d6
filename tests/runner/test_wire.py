"""How jobs and replies travel: as they were, and what is no reply is refused."""

import json

import pytest

from checks.runner import Given, Job, Observe
from checks.runner.values import encode, plain
from checks.runner.wire import (
    READ_LIMIT,
    Reply,
    order_from_bytes,
    order_to_bytes,
    outcomes,
    reply_from_bytes,
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
