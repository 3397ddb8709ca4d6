"""How jobs and replies travel: as JSON, and the strict reading of what a job left behind.

Called by the client, the server's supervisors and the child. A reply may hold anything that an answer wrote.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from checks.runner import trace
from checks.runner.frames import FRAME_LIMIT
from checks.runner.identity import once_for_each
from checks.runner.job import Ended, Error, Given, Job, Observe, Outcome, RunnerError
from checks.runner.values import Value, clean, decode, encode_input
from checks.world.registry import Seed, State

K = TypeVar("K")
V = TypeVar("V")

#: Bytes. What a situation printed and what it left are each read up to this; those of many up to four times
#: as much together.
READ_LIMIT = 1 << 20
#: Rows of a registry's table that are taken for its content; the state that is read has at most 1,000.
_ROWS = 10_000
#: Characters of what a situation left that are remembered with what they say, and of how many such.
_SHORT, _KEPT = 20_000, 1024

_BY_CHILD: Mapping[str, Ended] = {
    "finished": "finished",
    "raised": "raised",
    "out_of_memory": "out_of_memory",
    "too_much_output": "too_much_output",
    "exited": "exited",
    "not_run": "not_run",
}
_BY_SUPERVISOR: Mapping[str, Ended] = {
    "timed_out": "timed_out",
    "out_of_memory": "out_of_memory",
    "exited": "exited",
}


@dataclass(frozen=True)
class Order:
    """A job and the situations to run it in, one after the other: in each, encoded, what it starts with.

    `job.given` is among them, and empty here. `registries` are the situations' seeds, in the same order.
    """

    job: Job
    situations: Sequence[tuple[Mapping[str, Value], Mapping[str, Value]]]
    registries: Sequence[State | None]

    @property
    def limit(self) -> int:
        """Bytes that are read of what the job printed, and of what it left."""
        return READ_LIMIT * min(len(self.situations), 4)


@dataclass(frozen=True)
class Reply:
    """What a supervisor saw of a job's process and found in its folder, unread.

    `ended` is `left` where the process ended with status 0; what it says of itself is in `result`, a line of
    JSON for each situation that it came to the end of. Three ends may be nobody's doing in the job, which is
    then run again: `lost` (this supervisor or its server ended, says the client), `killed` (SIGKILL, and not
    from us) and, of those, `starved` (when the kernel ended something for want of memory). `held` is the
    most memory that the job was seen to hold, in bytes. `failed` says what went wrong on our side, before
    the answer began. `registries` has what each situation's holds; None where it has none. `trace` is what
    was noted of a traced job.
    """

    ended: str = "left"
    printed: bytes = b""
    too_much: bool = False
    result: str | None = None
    registries: Sequence[State | None] = ()
    seconds: float = 0.0
    failed: str | None = None
    held: int = 0
    trace: str | None = None


def order_to_bytes(job: Job, situations: Sequence[Given]) -> bytes:
    """Raises TypeError or ValueError, which name it, where an input is not plain data or too large."""
    head = _dump(
        {
            "code": job.code,
            "setup": job.setup,
            "after": job.after,
            "observe": [[variable.name, variable.attribute] for variable in job.observe],
            "seconds": job.seconds,
            "traced": job.traced,
        }
    )
    payload = b'%s, "situations": [%s]}' % (head.removesuffix(b"}"), b", ".join(map(_situation, situations)))
    if len(payload) > FRAME_LIMIT:
        raise ValueError(
            f"The job has {len(payload):,} bytes with its {len(situations)} situations; the limit is "
            f"{FRAME_LIMIT:,}. Give them in several parts."
        )
    return payload


@once_for_each
def _situation(given: Given) -> bytes:
    return _dump([_names(given.before), _names(given.after), pack(given.registry)])


def _names(given: Mapping[str, object]) -> dict[str, Value]:
    return {_name(name): encode_input(value, f"the input {name!r}") for name, value in given.items()}


def _name(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"An input's name is a str, not {name!r}.")
    if not name.isidentifier() or name.startswith("__"):
        raise ValueError(
            f"{name!r} cannot be an input's name: it is one that an answer could give a variable."
        )
    return name


def order_from_bytes(payload: bytes) -> Order:
    raw = json.loads(payload)
    job = Job(
        code=raw["code"],
        setup=raw["setup"],
        after=raw["after"],
        observe=tuple(Observe(name, attribute) for name, attribute in raw["observe"]),
        seconds=raw["seconds"],
        traced=raw["traced"],
    )
    # Values have lists in place of tuples, which read the same.
    situations = [(before, after) for before, after, _ in raw["situations"]]
    return Order(job, situations, [unpack(registry) for _, _, registry in raw["situations"]])


def reply_to_bytes(reply: Reply) -> bytes:
    raw = dict(vars(reply))
    raw["printed"] = reply.printed.decode("latin-1")
    raw["registries"] = [pack(each) for each in reply.registries]
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
            "registries": list(registries),
            "seconds": float() | int() as seconds,
            "failed": str() | None as failed,
            "held": int(held),
            "trace": str() | None as traced,
        }:
            return Reply(
                ended,
                printed.encode("latin-1", "replace"),
                too_much,
                result,
                [unpack(each) for each in registries],
                float(seconds),
                failed,
                held,
                traced,
            )
    raise ValueError("not a reply")


def pack(seed: Seed | None) -> object:
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
        "touched": list(state.touched),
        "others": {name: pack(other) for name, other in state.others.items()},
    }


def unpack(raw: object) -> State | None:
    """What `pack` packed. Raises ValueError for anything else."""
    return None if raw is None else _model(raw)


def _model(raw: object, *, alone: bool = False) -> State:
    """What is held of a model; one that stands `alone` has no others beside it."""
    match raw:
        case {
            "stages": list(stages),
            "aliases": dict(aliases),
            "tags": list(tags),
            "model_tags": dict(model_tags),
            "descriptions": list(descriptions),
            "sources": list(sources),
            "touched": list(touched),
            "others": dict(others),
        } if not (alone and others):
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
                tuple(_mapping(enumerate(touched), int, int).values()),
                {
                    name: _model(other, alone=True)
                    for name, other in _mapping(others.items(), str, dict).items()
                },
            )
    raise ValueError("not a registry's content")


def _mapping(pairs: Iterable[object], key: type[K], value: type[V]) -> dict[K, V]:
    """Raises ValueError for what is none, and for more or larger numbers than a registry holds.

    Of those that SQLite can hold at most nine have the same hash.
    """
    found: dict[K, V] = {}
    for pair in pairs:
        match pair:
            case (one, other) if isinstance(one, key) and isinstance(other, value) and len(found) < _ROWS:
                if isinstance(one, int) and one.bit_length() > 63:
                    raise ValueError("not a registry's content")
                found[one] = other
            case _:
                raise ValueError("not a registry's content")
    return found


def outcomes(reply: Reply, job: Job, count: int) -> list[Outcome]:
    """What the judge gets of a job's `count` situations, in their order.

    Whatever an answer wrote, the worst it can bring about is `exited`, or `not_run` for one of many.
    Raises RunnerError if the job failed before its answer began.
    """
    if reply.failed is not None:
        raise RunnerError(reply.failed)
    wanted = frozenset(variable.name for variable in job.observe)
    lines: list[str] = []
    if reply.ended == "left" or count > 1:
        lines = reply.result.removesuffix("\n").split("\n", count)[:count] if reply.result else []
    found: list[Outcome] = []
    start = 0
    for number in range(count):
        ended = _BY_SUPERVISOR.get(reply.ended, "exited")
        values: Mapping[str, Value] = {}
        raised, end = None, start
        if number < len(lines):
            try:
                ended, values, raised, end = _read(lines[number], wanted)
            except (ValueError, RecursionError):
                ended = "exited"
        if ended == "not_run":
            if number:
                break
            ended = "exited"
        is_last = number == len(lines) or count == 1
        end = len(reply.printed) + reply.too_much if is_last else max(start, end)
        if end - start > READ_LIMIT:
            ended, values, raised = "too_much_output", {}, None
        elif end > len(reply.printed) and number:
            break  # it is the others that took up the room
        text = reply.printed[start:end]
        printed = clean(text[:READ_LIMIT].decode("utf-8", "replace"))
        registry = reply.registries[number] if number < len(reply.registries) else None
        seen = trace.read(reply.trace or "", reply.printed) if job.traced and count == 1 else None
        found.append(Outcome(ended, values, printed, raised, registry, reply.seconds, seen))
        start = end
        if number == len(lines):
            break
    return found + [Outcome("not_run")] * (count - len(found))


def outcome(reply: Reply, job: Job) -> Outcome:
    """The same of a job in one situation."""
    return outcomes(reply, job, 1)[0]


_Told = tuple[Ended, Mapping[str, Value], Error | None, int]


def _read(text: str, wanted: frozenset[str]) -> _Told:
    """As `_result`; what is short is read once, as most answers give what the reference gave."""
    if len(text) > _SHORT or "too_large" in text:  # which is to equal nothing, itself included
        return _result(text, wanted)
    return _known(text, wanted)


def _result(text: str, wanted: frozenset[str]) -> _Told:
    """What is told of a situation, and how much had been printed at its end, in bytes from the beginning."""
    raw = json.loads(text)
    match raw:
        case {"ended": str(ended), "values": dict(values), "raised": list() | None as raised} if (
            ended in _BY_CHILD
        ):
            decoded = {name: decode(value) for name, value in values.items() if name in wanted}
            error = _error(raised) if ended == "raised" else None
            printed = raw.get("printed")
            return _BY_CHILD[ended], decoded, error, printed if isinstance(printed, int) else 0
    raise ValueError("not a result")


_known = lru_cache(maxsize=_KEPT)(_result)


def _error(raw: list[object] | None) -> Error:
    match raw:
        case [str(name), str(message), int() | None as line, str(within)] if not isinstance(line, bool):
            number = line if line is not None and 0 < line < 1_000_000 else None
            return Error(clean(name)[:200], clean(message)[:2000], number, clean(within)[:200])
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


def _dump(raw: object) -> bytes:
    return json.dumps(raw).encode("ascii")
