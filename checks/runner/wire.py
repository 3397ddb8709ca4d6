"""How jobs and replies travel: frames of JSON, and the strict reading of what a job left behind.

Called by the client, the server's supervisors and the child. A reply may hold anything that an answer wrote.
"""

import json
import socket
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from checks.runner.job import Ended, Error, Job, Observe, Outcome, RunnerError
from checks.runner.values import Value, clean, decode
from checks.world.registry import Seed, State

K = TypeVar("K")
V = TypeVar("V")

#: Sent by a supervisor when its own part is done and the answer's process is about to start.
STARTED = b"started"

#: Bytes. A job's printed text and its result are each read up to this.
READ_LIMIT = 1 << 20
_FRAME_LIMIT = 32 << 20
_LENGTH = struct.Struct(">I")

_BY_CHILD: Mapping[str, Ended] = {
    "finished": "finished",
    "raised": "raised",
    "out_of_memory": "out_of_memory",
    "too_much_output": "too_much_output",
    "exited": "exited",
}
_BY_SUPERVISOR: Mapping[str, Ended] = {
    "timed_out": "timed_out",
    "out_of_memory": "out_of_memory",
    "exited": "exited",
}


@dataclass(frozen=True)
class Reply:
    """What a supervisor saw of a job's process and found in its folder, unread.

    `ended` is `left` where the process ended with status 0; what it says of itself is in `result` (JSON).
    `failed` says what went wrong on our side, before the answer began.
    """

    ended: str = "left"
    printed: str = ""
    too_much: bool = False
    result: str | None = None
    registry: State | None = None
    seconds: float = 0.0
    failed: str | None = None


def job_to_bytes(job: Job) -> bytes:
    return _dump(
        {
            "code": job.code,
            "setup": job.setup,
            "after": job.after,
            "registry": _pack(job.registry),
            "observe": [[variable.name, variable.attribute] for variable in job.observe],
            "seconds": job.seconds,
        }
    )


def job_from_bytes(payload: bytes) -> Job:
    raw = json.loads(payload)
    return Job(
        code=raw["code"],
        setup=raw["setup"],
        after=raw["after"],
        registry=_unpack(raw["registry"]),
        observe=tuple(Observe(name, attribute) for name, attribute in raw["observe"]),
        seconds=raw["seconds"],
    )


def reply_to_bytes(reply: Reply) -> bytes:
    raw = dict(vars(reply))
    raw["registry"] = _pack(reply.registry)
    return _dump(raw)


def reply_from_bytes(payload: bytes) -> Reply:
    """Read a supervisor's reply. Raises ValueError if it is not one."""
    try:
        raw = json.loads(payload)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    match raw:
        case {
            "ended": str(ended),
            "printed": str(printed),
            "too_much": bool(too_much),
            "result": str() | None as result,
            "registry": dict() | None as registry,
            "seconds": float() | int() as seconds,
            "failed": str() | None as failed,
        }:
            return Reply(ended, printed, too_much, result, _unpack(registry), float(seconds), failed)
    raise ValueError("not a reply")


def _pack(seed: Seed | None) -> object:
    """A registry's content for JSON, whose keys are texts: dictionaries by version become pairs."""
    if seed is None:
        return None
    state = seed if isinstance(seed, State) else State(seed)
    return {
        "stages": list(state.stages.items()),
        "aliases": dict(state.aliases),
        "tags": [[number, dict(tags)] for number, tags in state.tags.items()],
        "model_tags": dict(state.model_tags),
        "descriptions": list(state.descriptions.items()),
        "sources": list(state.sources.items()),
    }


def _unpack(raw: dict[str, object] | None) -> State | None:
    match raw:
        case None:
            return None
        case {
            "stages": list(stages),
            "aliases": dict(aliases),
            "tags": list(tags),
            "model_tags": dict(model_tags),
            "descriptions": list(descriptions),
            "sources": list(sources),
        }:
            return State(
                _mapping(stages, int, str),
                _mapping(aliases.items(), str, int),
                {
                    number: _mapping(each.items(), str, str)
                    for number, each in _mapping(tags, int, dict).items()
                },
                _mapping(model_tags.items(), str, str),
                _mapping(descriptions, int, str),
                _mapping(sources, int, str),
            )
    raise ValueError("not a registry's content")


def _mapping(pairs: Iterable[object], key: type[K], value: type[V]) -> dict[K, V]:
    found = {}
    for pair in pairs:
        match pair:
            case (one, other) if isinstance(one, key) and isinstance(other, value):
                found[one] = other
            case _:
                raise ValueError("not a registry's content")
    return found


def outcome(reply: Reply, job: Job) -> Outcome:
    """What the judge gets. Whatever an answer wrote, the worst it can bring about is `exited`.

    Raises RunnerError if the job failed before its answer began.
    """
    if reply.failed is not None:
        raise RunnerError(reply.failed)
    ended: Ended
    values: dict[str, Value] = {}
    raised: Error | None = None
    if reply.too_much:
        ended = "too_much_output"
    elif reply.ended == "left":
        try:
            ended, values, raised = _result(reply.result, {variable.name for variable in job.observe})
        except (ValueError, RecursionError):
            ended = "exited"
    else:
        ended = _BY_SUPERVISOR.get(reply.ended, "exited")
    return Outcome(ended, values, clean(reply.printed), raised, reply.registry, reply.seconds)


def _result(text: str | None, wanted: set[str]) -> tuple[Ended, dict[str, Value], Error | None]:
    raw = json.loads(text or "")
    match raw:
        case {"ended": str(ended), "values": dict(values), "raised": list() | None as raised} if (
            ended in _BY_CHILD
        ):
            decoded = {name: decode(value) for name, value in values.items() if name in wanted}
            error = _error(raised) if ended == "raised" else None
            return _BY_CHILD[ended], decoded, error
    raise ValueError("not a result")


def _error(raw: list[object] | None) -> Error:
    match raw:
        case [str(name), str(message), int() | None as line] if not isinstance(line, bool):
            return Error(clean(name)[:200], clean(message)[:2000], line if line and line > 0 else None)
    raise ValueError("not an exception")


def setup_failed(result: str | None, timed_out: bool, status: int) -> Reply:
    """The reply for a job whose answer never began, which is nobody's fault but ours."""
    if timed_out:
        why = "it took longer than the job's seconds."
    else:
        try:
            why = json.loads(result or "")["setup"]
        except (ValueError, TypeError, KeyError):
            why = f"its process ended with status {status} before the answer began."
    return Reply(failed=f"The scenario's setup failed: {why}")


def send(connection: socket.socket, payload: bytes) -> None:
    """Send one frame. Raises OSError if the other side is gone."""
    connection.sendall(_LENGTH.pack(len(payload)) + payload)


def receive(connection: socket.socket) -> bytes | None:
    """Receive one frame; None if the other side is gone. Raises TimeoutError as the socket's timeout says."""
    try:
        head = _exactly(connection, _LENGTH.size)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        return _exactly(connection, length) if length <= _FRAME_LIMIT else None
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


def _dump(raw: object) -> bytes:
    return json.dumps(raw).encode("ascii")
