"""The process in which an answer runs: limits, a fresh namespace, and a note of what it left.

Called in a fork by a supervisor; elsewhere as `python -m checks.runner.child FOLDER`.
"""

import builtins
import errno
import io
import json
import os
import sys
import tempfile
import types
from pathlib import Path
from typing import NoReturn

from checks.runner.folder import HERE, PRINTED, REGISTRY, RESULT
from checks.runner.job import Job
from checks.runner.values import Value, clean, encode, type_name
from checks.runner.wire import job_from_bytes
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
_open, _write, _close, _exit = os.open, os.write, os.close, os._exit
_BINARY = getattr(os, "O_BINARY", 0)
_dumps = json.JSONEncoder().encode


def run(job: Job, folder: Path, ready: int, registry: Path) -> NoReturn:
    """Run the job in this process and end it. `ready` is the descriptor that tells how far it is,
    `registry` the path by which the job's registry is opened, if it has one.

    Status 0: a result was written, be it of a failed setup. Everything else is the answer's doing.
    """
    result = folder / RESULT
    stdout, main = _prepare(folder)
    after = _After(main.__dict__)
    try:
        if job.registry is not None:
            main.__dict__["mlflow"] = _mlflow(registry)
        _limit(job.seconds)
        _write(ready, BEGIN)
        exec(compile(job.setup, "<setup>", "exec", dont_inherit=True), main.__dict__)
    except BaseException as error:
        _leave(result, {"setup": f"{type_name(error)}: {_message(error)}"})
    _write(ready, CODE)
    _close(ready)

    left = None
    try:
        exec(compile(job.code, "<answer>", "exec", dont_inherit=True), main.__dict__)
        exec(compile(job.after, "<after>", "exec", dont_inherit=True), after)
    except BaseException as error:
        left = error
    _leave(result, _note(left, job, {**main.__dict__, **after}, stdout))


class _After(dict[str, object]):
    """The names in which `after` runs: its own, Python's as they were at first, and those of the answer.

    An answer may well call a list `list`; what `after` then calls `list` is still Python's.
    """

    def __init__(self, answer: dict[str, object]) -> None:
        self._answer = answer
        self._python = dict(vars(builtins))
        super().__init__(__builtins__=self._python)

    def __missing__(self, name: str) -> object:
        if name in self._python:
            raise KeyError(name)  # Python then looks into __builtins__
        return self._answer[name]


def _prepare(folder: Path) -> tuple[io.TextIOWrapper, types.ModuleType]:
    """Make this process look new: its streams, its place, its `__main__`."""
    printed = _open(folder / PRINTED, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
    os.dup2(printed, 1)
    _close(printed)
    stdout = io.TextIOWrapper(
        io.FileIO(1, "w", closefd=False),
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=True,
    )
    stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", errors="backslashreplace")
    stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    sys.stdin, sys.stdout, sys.stderr = stdin, stdout, stderr
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = stdin, stdout, stderr  # type: ignore[misc]
    here = str(folder / HERE)
    os.chdir(here)
    os.environ.update(dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP"), here))
    tempfile.tempdir = None
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    # A cell may also ask for a hint or show something. Here that means nothing, and loads no lesson.
    words = dict.fromkeys(WORDS, _nothing)
    vars(sys.modules["checks"]).update(words)
    main.__dict__.update(words, display=_display, **dict.fromkeys(SHOWN, _nothing))
    sys.modules["__main__"] = main
    sys.argv = [""]
    return stdout, main


def _nothing(*_: object, **__: object) -> None:
    """Stands for the workbook's words."""


def _display(*things: object, **_: object) -> None:
    """Stands for IPython's."""
    for thing in things:
        print(repr(thing))


def _mlflow(registry: Path) -> types.ModuleType:
    import mlflow

    from checks.world.registry import point_mlflow_at

    point_mlflow_at(registry)
    return mlflow


def _note(
    left: BaseException | None, job: Job, namespace: dict[str, object], stdout: io.TextIOWrapper
) -> object:
    """What the answer left. Its methods run in here: anything may go wrong, also for want of memory."""
    try:
        _allow_more_memory()
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


def _ending(left: BaseException) -> tuple[str, list[object]]:
    bases = type.__dict__["__mro__"].__get__(type(left))
    raised: list[object] = [type_name(left), _message(left), _line(left)]
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


def _line(error: BaseException) -> int | None:
    """The innermost line of the answer that the exception passed, or that does not parse."""
    try:
        if isinstance(error, SyntaxError) and error.filename == "<answer>":
            return error.lineno
        line = None
        trace = BaseException.__dict__["__traceback__"].__get__(error)
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<answer>":
                line = trace.tb_lineno
            trace = trace.tb_next
        return line
    except BaseException:
        return None


def _leave(result: Path, note: object) -> NoReturn:
    try:
        file = _open(result, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        content = _dumps(note).encode("ascii")
        while content:
            content = content[_write(file, content) :]
    except BaseException:
        _exit(1)
    _exit(0)


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


def _allow_more_memory() -> None:
    """Give back what was kept, so that an answer that used up its memory can still be told about."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    except (ImportError, OSError, ValueError):
        return


def main() -> NoReturn:
    """Run the one job that stands on the standard input; the standard output is the supervisor's pipe."""
    job = job_from_bytes(sys.stdin.buffer.read())
    os.environ.pop("PYTHONHASHSEED", None)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    ready = os.dup(1)
    folder = Path(sys.argv[1])
    run(job, folder, ready, folder / REGISTRY)


if __name__ == "__main__":
    main()
