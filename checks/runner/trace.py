"""The player's trace: which line of an answer ran when, and what its variables held then.

`Recorder` is called by the child for a job that is `traced`; `read` by wire, for what it has written. A trace
decides nothing: what an answer forges of its own trace, only its learner sees.
"""

import json
import os
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

from checks.runner.job import Error, Moment, Stopped, Trace
from checks.runner.values import Value, clean, decode, encode, type_name

#: How many moments are noted; then the run is ended. An endless loop has shown by then what it does.
STEPS = 300
#: How many names are noted of one moment, and how many items and characters of one value.
NAMES, ITEMS, CHARACTERS = 20, 200, 1_000
#: Bytes of all that is noted, and how many of what was printed go with a moment.
SIZE, PRINTED = 1 << 20, 2_000

#: What stands in a name and is no data.
_TOOLS = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
#: Goes on until its caller has enough of it: that it was left does not mean that it has ended.
_RESUMED = 0x20 | 0x80 | 0x200  # CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR
#: How a loop learns that there is nothing more.
_ENDINGS = (StopIteration, StopAsyncIteration, GeneratorExit)

_Traces = Callable[[types.FrameType, str, object], Any]

# An answer may patch these; what it patches is no longer looked up.
_open, _write, _close, _exit = os.open, os.write, os.close, os._exit
_settrace, _gettrace = sys.settrace, sys.gettrace
_dumps = json.JSONEncoder().encode
_mro = type.__dict__["__mro__"].__get__


class Recorder:
    """Notes the moments of the code named `<answer>` in a file, a line each, as they come.

    Whatever then ends the process, what came before is there. After `STEPS` of them it ends the process
    itself. `attribute` is read of objects that are not plain data; `printed` says how many bytes were printed
    so far.
    """

    def __init__(
        self, path: str, names: Mapping[str, object], attribute: str | None, printed: Callable[[], int]
    ) -> None:
        self._path = path
        self._attribute = attribute
        self._printed = printed
        # The workbook's words, the lesson's client, Python's own: there before, and nothing to look at.
        self._known = {name: value for name, value in names.items() if encode(value)[0] == "object"}
        self._steps = 0
        self._size = 0
        self._frames: dict[int, tuple[types.FrameType, int]] = {}
        self._count = 0
        self._raising: set[int] = set()
        self._ours = self._called

    def begin(self) -> None:
        """Trace what this thread runs from now on."""
        _settrace(self._ours)

    def end(self) -> None:
        """Trace no more, and note how it came to that."""
        is_ours = _gettrace() is self._ours
        _settrace(None)
        self._note(["end", "over" if is_ours else "replaced"])

    def _called(self, frame: types.FrameType, event: str, _: object) -> "_Traces | None":
        return self._happened if frame.f_code.co_filename == "<answer>" else None

    def _happened(self, frame: types.FrameType, event: str, what: object) -> "_Traces":
        try:
            self._moment(frame, event, what)
        except BaseException:  # such as no memory, or no depth left: then this moment is not shown
            return self._happened
        return self._happened

    def _moment(self, frame: types.FrameType, event: str, what: object) -> None:
        number, code = self._number(frame), frame.f_code
        is_whole = code.co_name == "<module>"
        told: object = None
        if event == "exception":
            assert isinstance(what, tuple)
            error = what[1] if isinstance(what[1], BaseException) else what[0]
            if isinstance(error, _ENDINGS):
                return
            self._raising.add(number)
            told = [type_name(error), _message(error)]
        elif event == "line":
            self._raising.discard(number)
        elif event == "return":
            if not code.co_flags & _RESUMED:
                self._frames.pop(id(frame), None)
            if number in self._raising:  # left by the exception that was noted
                return
            told = encode(what, self._attribute, ITEMS, CHARACTERS)
        else:
            return
        around = {} if is_whole else {n: frame.f_globals[n] for n in code.co_names if n in frame.f_globals}
        caller = frame.f_back
        self._note(
            [
                {"exception": "raise"}.get(event, event),
                frame.f_lineno,
                number,
                "" if is_whole else code.co_name,
                _takes(code),
                caller.f_lineno if caller and caller.f_code.co_filename == "<after>" else 0,
                self._values(_locals(frame)),
                self._values(around),
                told,
                self._printed(),
            ]
        )
        self._steps += 1
        if self._steps >= STEPS or self._size >= SIZE * 3 // 4:
            self._note(["end", "steps"])
            _exit(0)

    def _number(self, frame: types.FrameType) -> int:
        """The same for as long as this call of a function lasts; the frame is kept, or its id would go on."""
        if id(frame) not in self._frames:
            self._frames[id(frame)] = frame, self._count
            self._count += 1
        return self._frames[id(frame)][1]

    def _values(self, names: Mapping[str, object]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in names.items():
            if not name.isidentifier() or name.startswith("_") or self._known.get(name, self) is value:
                continue
            if any(base in _TOOLS for base in _mro(type(value))):
                continue
            found[name] = encode(value, self._attribute, ITEMS, CHARACTERS)
            if len(found) == NAMES:
                break
        return found

    def _note(self, note: list[object]) -> None:
        content = _dumps(note).encode("ascii") + b"\n"
        self._size += len(content)
        file = _open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            while content:
                content = content[_write(file, content) :]
        finally:
            _close(file)


def _locals(frame: types.FrameType) -> Mapping[str, object]:
    """The names of a frame; none where a class has its own kind of dictionary for them."""
    names = frame.f_locals
    return names if type(names) in (dict, _PROXY) else {}


def _message(error: object) -> str:
    """What an exception says, where that is a text: its own methods are not asked."""
    if not isinstance(error, BaseException):
        return ""
    said = BaseException.__dict__["args"].__get__(error)
    return clean(str.__str__(said[0])[:200]) if said and type(said[0]) is str else ""


def _takes(code: types.CodeType) -> list[str]:
    """The names of a function's arguments; of a comprehension's there are none to speak of."""
    count = code.co_argcount + code.co_kwonlyargcount
    return [name for name in code.co_varnames[:count] if name.isidentifier()]


def _proxy() -> type:
    return type(sys._getframe().f_locals)


#: What Python gives a function's names in: a dictionary, from 3.13 on a view of the frame.
_PROXY = _proxy()


# ── on the client's side ──────────────────────────────────────────────────────────────────────────────


def read(text: str, printed: bytes) -> Trace:
    """What a recorder noted, up to the first thing that it would not have noted so."""
    moments: list[Moment] = []
    for line in text.splitlines()[: STEPS + 1]:
        try:
            raw = json.loads(line)
            match raw:
                case ["end", "over" | "steps" | "replaced" as stopped]:
                    return Trace(tuple(moments), _STOPPED[stopped])
            moments.append(_read(raw, printed))
        except (ValueError, RecursionError):
            break
    return Trace(tuple(moments), "")


_STOPPED: Mapping[str, Stopped] = {"over": "over", "steps": "steps", "replaced": "replaced"}


def _read(raw: object, printed: bytes) -> Moment:
    match raw:
        case [
            "line" | "return" | "raise" as event,
            int(line),
            int(frame),
            str(function),
            list(takes),
            int(caller),
            dict(names),
            dict(around),
            told,
            int(size),
        ] if 0 <= line < 1_000_000 and len(names) <= NAMES and len(around) <= NAMES and size >= 0:
            return Moment(
                event,
                line,
                frame,
                clean(function)[:200],
                tuple(clean(str(name))[:200] for name in takes[:NAMES]),
                caller,
                {clean(name)[:200]: decode(value) for name, value in names.items()},
                {clean(name)[:200]: decode(value) for name, value in around.items()},
                decode(told) if event == "return" else None,
                _error(told, line) if event == "raise" else None,
                printed[: min(size, PRINTED)].decode("utf-8", "replace"),
            )
    raise ValueError("not a moment")


def _error(raw: object, line: int) -> Error:
    match raw:
        case [str(name), str(message)]:
            return Error(clean(name)[:200], clean(message)[:200], line)
    raise ValueError("not an exception")
