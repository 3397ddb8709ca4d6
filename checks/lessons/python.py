"""What of a lesson is Python: the functions that its files name, the situations made by them, code in blocks.

Called by the loader.
"""

import ast
import functools
import importlib
import importlib.util
import inspect
import re
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from checks.exercise import Situation
from checks.lessons.reading import Block, ContentError, Fields, Section

LESSONS = Path(__file__).parent
SHARED = LESSONS / "shared"


@functools.cache
def named(path: Path, module: str, name: str) -> Callable[..., Any] | None:
    """The function of this name in `situations` or `looks`, for an exercise's file.

    Looked up in the exercise's own (`looks_3.py` for rollback.3), the lesson's, and what all lessons share.
    """
    own = f"{module}_{path.stem.rpartition('.')[2]}.py"
    for file in (path.with_name(own), path.with_name(f"{module}.py"), SHARED / f"{module}.py"):
        function = getattr(_module(file), name, None)
        if inspect.isfunction(function):
            return function
    return None


def maker(fields: Fields, field: str) -> Callable[..., Any] | None:
    """The function of situations.py that a field names; None where the field is not there."""
    name, path = fields.values.get(field), fields.path
    if not name:
        return None
    function = named(path, "situations", str(name))
    if function is None:
        problem = (
            f"there is no function `{name}` in {path.parent.name}/situations.py: write it, or fix the name."
        )
        raise fields.error(problem, field)
    return function


def situations(fields: Fields) -> tuple[Situation, ...]:
    """The situations that an exercise names. ContentError for what cannot be run."""
    function = maker(fields, "situations")
    if function is None:
        raise fields.error("name the function that gives the situations.", "situations")
    name = function.__name__
    try:
        made = function()
        found = tuple(made) if isinstance(made, Iterable) else ()
    except Exception as error:
        raise _raised(Path(inspect.getfile(function)), error, f"`{name}`") from error
    if not found or not all(isinstance(each, Situation) for each in found):
        raise fields.error(f"`{name}` gives no tuple of Situations: return at least one.", "situations")
    for situation in found:
        problem = _wrong_with(situation)
        if len(found) > 1 and not situation.given.strip():
            problem = "its `given` is empty, so that nobody can tell it from the others"
        if problem:
            raise fields.error(f"`{name}` gives a situation that cannot be: {problem}.", "situations")
    return found


def _wrong_with(situation: Situation) -> str:
    versions = situation.registry
    if any(number < 1 for number in versions or ()):
        listed = ", ".join(map(str, versions or ()))
        return f"with {situation.given}, the versions are {listed}; number them from 1"
    kept = {
        "an alias": tuple(situation.aliases.values()),
        "a tag": tuple(situation.tags),
        "a description": tuple(situation.descriptions),
        "a source": tuple(situation.sources),
        "a change": situation.touched,
    }
    for what, numbers in kept.items():
        for number in numbers:
            if number not in (versions or {}):
                return f"with {situation.given}, {what} is on version {number}, which is not in `registry`"
    return ""


def recogniser(section: Section, exercise: Path, call: str, line: int) -> Callable[..., bool]:
    """The function that `name` or `name("argument")` names, with its arguments behind the answer."""
    name, _, arguments = call.partition("(")
    function = named(exercise, "looks", name)
    if function is None:
        problem = (
            f"there is no function `{name}` in {exercise.parent.name}/looks.py: write it, or fix the name."
        )
        raise section.error(problem, line)
    if not arguments:
        return function
    try:
        given = ast.literal_eval(f"({arguments.removesuffix(')')},)")
    except (SyntaxError, ValueError):
        raise section.error(f"`{call}` is not a name with plain values in parentheses.", line) from None
    return functools.partial(_called, function, given)


def _called(function: Callable[..., bool], given: tuple[object, ...], seen: object) -> bool:
    return function(seen, *given)


def demand_python(section: Section, block: Block) -> str:
    """A block's text. ContentError, with the line that Python names, where it is no Python."""
    try:
        ast.parse(block.text)
    except (SyntaxError, ValueError) as error:
        line = block.line + (getattr(error, "lineno", None) or 0)
        raise section.error(f"this is not Python ({getattr(error, 'msg', error)}): fix it.", line) from None
    return block.text


@functools.cache
def _module(file: Path) -> ModuleType | None:
    """The module in a file, None if there is no such file. ContentError if it cannot be imported."""
    if not file.exists():
        return None
    try:
        if file.parent.parent == LESSONS:
            return importlib.import_module(f"checks.lessons.{file.parent.name}.{file.stem}")
        spec = importlib.util.spec_from_file_location(re.sub(r"\W", "_", str(file.with_suffix(""))), file)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as error:
        raise _raised(file, error, "importing it") from error
    return module


def _raised(file: Path, error: Exception, what: str) -> ContentError:
    """An exception of a lesson's own Python, with the line of that file."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename) == file and frame.lineno]
    if isinstance(error, SyntaxError) and error.filename == str(file):
        lines.append(error.lineno or 1)
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    problem = f"{what} raises {type(error).__name__}{f': {said}' if said else ''}. Fix that line."
    return ContentError(file, lines[-1] if lines else 1, problem)
