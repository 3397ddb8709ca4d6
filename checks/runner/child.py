"""The process in which an answer runs: limits, a fresh namespace a situation, and notes of what it left.

Called in a fork by a supervisor; elsewhere as `python -m checks.runner.child FOLDER`.
"""

import builtins
import errno
import io
import json
import os
import random
import shutil
import sys
import tempfile
import types
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from checks.runner.folder import HERE, PRINTED, RESULT, TRACE, registry_of, turn_to
from checks.runner.job import Job
from checks.runner.trace import Recorder
from checks.runner.values import Value, clean, encode, plain, type_name
from checks.runner.wire import Order, order_from_bytes
from checks.vocabulary import WORDS

#: Written to the supervisor's pipe when `setup` begins and when `code` begins.
BEGIN = b"b"
CODE = b"c"

#: What lessons import besides, to look at things with.
SHOWN = ("decision_desk", "state_of", "take_in", "timeline")

#: Bytes of address space, and of any one file.
MEMORY = 2 << 30
FILE = 16 << 20

# An answer may patch these; what it patches is no longer looked up.
_open, _write, _close, _exit, _stat = os.open, os.write, os.close, os._exit, os.stat
_BINARY = getattr(os, "O_BINARY", 0)
_dumps = json.JSONEncoder().encode
_seed = random.seed

Names = dict[str, object]

#: What is told of a situation: `ended`, `values`, `raised`, and how many bytes had been `printed` at its end.
Note = dict[str, object]


def run(order: Order, folder: Path, ready: int, registry: Path | None = None) -> NoReturn:
    """Run the job in this process, in one situation after the other, and end the process.

    `ready` is the descriptor that tells how far it is. `registry` is the path by which the registry of the
    situation at hand is opened; None: each by its own. Every situation is told of as soon as it is over, as
    the next may end the process.

    Status 0: a result was written, be it of a failed setup. Everything else is the answer's doing.
    """
    job = order.job
    tell = _Result(str(folder / RESULT), order.limit)
    here, printed = str(folder / HERE), str(folder / PRINTED)
    python, depth = dict(vars(builtins)), sys.getrecursionlimit()
    stdin, stderr = _settle(here)
    compiled: tuple[types.CodeType, types.CodeType] | None = None
    for number, given in enumerate(order.situations):
        is_first = number == 0
        try:
            if not is_first:
                _put_back(here, python, depth)
            sys.stdin, sys.stderr = stdin, stderr
            stdout, main = _prepare(here, printed)
            names = main.__dict__
            if order.registries[number] is not None:
                names["mlflow"] = _mlflow(folder, number, registry)
            before, later = ({name: plain(value) for name, value in each.items()} for each in given)
            after = _After(names, dict(python), later)
            names.update(before)
            if is_first:
                _limit(job.seconds)
                _write(ready, BEGIN)
                setup = compile(job.setup, "<setup>", "exec", dont_inherit=True)
            exec(setup, names)
        except BaseException as error:
            if is_first:
                tell({"setup": f"{type_name(error)}: {_message(error)}"})
            else:  # what an earlier situation left may be to blame
                tell({"ended": "exited", "values": {}, "raised": None})
                tell(_NOT_RUN)
            _exit(0)
        if is_first:
            _write(ready, CODE)
            _close(ready)

        left, recorder = None, None
        try:
            if compiled is None:
                compiled = (
                    compile(job.code, "<answer>", "exec", dont_inherit=True),
                    compile(job.after, "<after>", "exec", dont_inherit=True),
                )
            if job.traced:
                recorder = _recorder(str(folder / TRACE), names, order, partial(_shown, stdout, printed))
                recorder.begin()
            exec(compiled[0], names)
            exec(compiled[1], after)
        except BaseException as error:
            left = error
        if recorder is not None:
            with suppress(BaseException):
                recorder.end()
        note = _note(left, job, {**names, **after}, stdout)
        note["printed"] = _size(printed)
        tell(note)
        if note["ended"] in ("out_of_memory", "too_much_output"):
            tell(_NOT_RUN)
            break
    _exit(0)


#: Told in place of the next situation, and of all after it.
_NOT_RUN: Note = {"ended": "not_run", "values": {}, "raised": None}


class _Result:
    """The file in which the situations are told of, a line each."""

    def __init__(self, path: str, limit: int) -> None:
        self._path = path
        self._left = limit
        self._flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY

    def __call__(self, note: Note) -> None:
        """Add a line; where there is no room for it, say so and end the process."""
        try:
            content = _dumps(note).encode("ascii") + b"\n"
            self._left -= len(content)
            is_full = self._left < 0 and not self._flags & os.O_TRUNC
            if is_full:
                content = _dumps(_NOT_RUN).encode("ascii")
            file = _open(self._path, self._flags, 0o600)
            while content:
                content = content[_write(file, content) :]
            _close(file)
            self._flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY
        except BaseException:
            _exit(1)
        if is_full:
            _exit(0)


class _After(dict[str, object]):
    """The names in which `after` runs: its own, Python's as they were at first, and those of the answer.

    An answer may well call a list `list`; what `after` then calls `list` is still Python's.
    """

    def __init__(self, answer: Names, python: Names, given: Names) -> None:
        self._answer = answer
        self._python = python
        super().__init__(given, __builtins__=python)

    def __missing__(self, name: str) -> object:
        if name in self._python:
            raise KeyError(name)  # Python then looks into __builtins__
        return self._answer[name]


def _settle(here: str) -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
    """Give this process a home, and what it reads from and complains to, as far as it is always the same."""
    os.environ.update(dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP"), here))
    stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", errors="backslashreplace")
    sys.__stdin__, sys.__stderr__ = stdin, stderr  # type: ignore[misc]
    return stdin, stderr


def _prepare(here: str, printed: str) -> tuple[io.TextIOWrapper, types.ModuleType]:
    """Make this process look new: what it prints to, its place, its random numbers, its `__main__`."""
    file = _open(printed, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
    if file != 1:  # it is, where an earlier situation closed it
        os.dup2(file, 1)
        _close(file)
    stdout = io.TextIOWrapper(
        io.FileIO(1, "w", closefd=False),
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=True,
    )
    sys.stdout = sys.__stdout__ = stdout  # type: ignore[misc]
    os.chdir(here)
    tempfile.tempdir = None
    _seed(0)
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    # A cell may also ask for a hint or show something. Here that means nothing, and loads no lesson.
    words = dict.fromkeys(WORDS, _nothing)
    vars(sys.modules["checks"]).update(words)
    main.__dict__.update(words, display=_display, **dict.fromkeys(SHOWN, _nothing))
    sys.modules["__main__"] = main
    sys.argv = [""]
    return stdout, main


def _put_back(here: str, python: dict[str, object], depth: int) -> None:
    """Undo what an earlier situation commonly leaves. What else it did to modules, the next one finds."""
    names = vars(builtins)
    if names != python:
        for name in names.keys() - python.keys():
            del names[name]
        names.update(python)
    sys.setrecursionlimit(depth)
    _allow_memory(MEMORY)
    with os.scandir(here) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry)
            else:
                Path(entry).unlink()


def _nothing(*_: object, **__: object) -> None:
    """Stands for the workbook's words."""


def _display(*things: object, **_: object) -> None:
    """Stands for IPython's."""
    for thing in things:
        print(repr(thing))


def _mlflow(folder: Path, number: int, path: Path | None) -> types.ModuleType:
    """MLflow on this situation's registry."""
    import mlflow

    from checks.world.registry import point_mlflow_at

    if path is not None:
        turn_to(folder, number)
    point_mlflow_at(path or registry_of(folder, number))
    return mlflow


def _note(
    left: BaseException | None, job: Job, namespace: dict[str, object], stdout: io.TextIOWrapper
) -> Note:
    """What the answer left. Its methods run in here: anything may go wrong, also for want of memory."""
    try:
        # What was kept, so that an answer that used up its memory can still be told about.
        _allow_memory(None)
        ended: str = "finished"
        raised: list[object] | None = None
        if left is not None:
            ended, raised = _ending(left)
        for stream in (sys.stdout, stdout):
            try:
                stream.flush()
            except BaseException as error:
                if isinstance(error, OSError) and error.errno == errno.EFBIG:
                    ended = "too_much_output"
        values: dict[str, Value] = {}
        for variable in job.observe:
            if variable.name in namespace:
                values[variable.name] = encode(namespace[variable.name], variable.attribute)
        return {"ended": ended, "values": values, "raised": raised}
    except MemoryError:
        return {"ended": "out_of_memory", "values": {}, "raised": None}
    except BaseException:
        return {"ended": "exited", "values": {}, "raised": None}


def _recorder(path: str, names: Names, order: Order, printed: Callable[[], int]) -> Recorder:
    """Of MLflow's model versions the number is shown."""
    return Recorder(path, names, "version" if order.registries[0] is not None else None, printed)


def _shown(stdout: io.TextIOWrapper, printed: str) -> int:
    """How many bytes have been printed, with what waits for the end of its line."""
    stdout.flush()
    return _size(printed)


def _size(printed: str) -> int:
    """How many bytes have been printed; 0 if the answer removed what it prints to."""
    try:
        return _stat(printed).st_size
    except OSError:
        return 0


def _ending(left: BaseException) -> tuple[str, list[object]]:
    bases = type.__dict__["__mro__"].__get__(type(left))
    raised: list[object] = [type_name(left), _message(left), *_where(left)]
    if SystemExit in bases:
        return "exited", raised
    if MemoryError in bases:
        return "out_of_memory", raised
    if OSError in bases and OSError.__dict__["errno"].__get__(left) == errno.EFBIG:
        return "too_much_output", raised
    return "raised", raised


def _message(error: BaseException) -> str:
    """What the exception says, at most 2000 characters; empty if it cannot even say that."""
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return clean(str.__str__(text)[:2000])
    except BaseException:
        return ""


def _where(error: BaseException) -> tuple[int | None, str]:
    """The innermost line of the answer that the exception passed, and the function of `setup` that it called.

    Or the line that does not parse.
    """
    line, within = None, ""
    try:
        if isinstance(error, SyntaxError) and error.filename == "<answer>":
            return error.lineno, ""
        trace = BaseException.__dict__["__traceback__"].__get__(error)
        while trace is not None:
            code, trace_line, trace = trace.tb_frame.f_code, trace.tb_lineno, trace.tb_next
            if code.co_filename == "<answer>":
                line, within = trace_line, ""
            elif code.co_filename == "<setup>" and line:
                within = within or code.co_name
    except BaseException:
        return None, ""
    return line, within


def _limit(seconds: float) -> None:
    """Bound what the process may use, where the system can. Processor time only backs up the clock."""
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(spent.ru_utime + spent.ru_stime + seconds) + 2
    for what, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY + (MEMORY >> 3)),
        (resource.RLIMIT_FSIZE, FILE, FILE),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, processor, processor + 1),
        (resource.RLIMIT_NOFILE, 256, 256),
    ):
        try:
            resource.setrlimit(what, (soft, hard))
        except (OSError, ValueError):
            continue  # a stricter limit holds already, or the system knows no such limit


def _allow_memory(size: int | None) -> None:
    """Set how much memory the process may use, in bytes; None: as much as there is."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard if size is None else size, hard))
    except (ImportError, OSError, ValueError):
        return


def main() -> NoReturn:
    """Run the one job that stands on the standard input; the standard output is the supervisor's pipe."""
    order = order_from_bytes(sys.stdin.buffer.read())
    os.environ.pop("PYTHONHASHSEED", None)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    ready = os.dup(1)
    folder = Path(sys.argv[1])
    run(order, folder, ready)


if __name__ == "__main__":
    main()
