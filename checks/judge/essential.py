"""A cell reduced to what answers the exercise: without what tries it, shows it, or is there anyway.

Called by judging, for a cell that is wrong as it stands: who writes a function tries it, often in the same
cell, prints, asserts, or pastes the notebook's data once more; none of that is part of the answer.
"""

import ast
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from checks.exercise import Printed, RegistryState, Step, Variable

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_CELL_MAGIC = re.compile(r"^\s*%%(?:time|timeit|capture|prun)\b.*$")
_TIMED = re.compile(r"^(\s*)%time(?:it)?\s+(?=\S)")
_LINE_MAGIC = re.compile(r"^\s*(?:[%!].*|\w[\w.]*\?{1,2}\s*|\?{1,2}\w.*)$")


def essential(step: Step, source: str, tree: ast.Module) -> str:
    """`source`, parsed as `tree`, with all else blanked; every line keeps its number.

    Kept is what the compared names depend on, and, where printing or the registry is compared, whatever may
    print or call MLflow. Left out is a given that is set to the value which the notebook shows.
    """
    on_line = Counter(line for node in tree.body for line in _lines(node))
    # A method of what the cell did not make itself, such as `client`, changes nothing of the answer.
    own = {name for node in tree.body for name in _set_by(node, methods=False)}
    needed, blank = _wanted(step), set[int]()
    before: set[str] | None = None
    while needed != before:  # a function reads its names when it is called: what sets them may stand below
        before, blank = set(needed), set()
        for node in reversed(tree.body):
            keep = not _is_given(step, node) and (_sets(node, needed, own) or _acts(step, node))
            if keep or any(on_line[line] > 1 for line in _lines(node)):
                needed.update(_read_by(node))
            else:
                blank.update(_lines(node))
    return _blanked(source, blank)


def without_magic(source: str) -> str:
    """The cell without what only a notebook understands: timing, shell commands, help."""
    lines = []
    for line in io.StringIO(source, newline=None):
        timed = _TIMED.sub(r"\1", line)
        drop = _CELL_MAGIC.match(line) or (timed == line and _LINE_MAGIC.match(line.rstrip("\n")))
        lines.append("\n" if drop else timed)
    return "".join(lines)


def _wanted(step: Step) -> set[str]:
    """The names that are compared, and those that the exercise's own code calls."""
    compared = {each.name for each in step.compares if isinstance(each, Variable)}
    if not step.after:
        return compared
    code = ast.parse(step.after).body
    return {name for node in code for name in _read_by(node)} - {
        each.id
        for node in code
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _is_given(step: Step, node: ast.stmt) -> bool:
    """A name of the situation's set to the very value that the notebook shows."""
    shown: Mapping[str, object] = step.shown or step.situations[0].before
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in shown:
            try:
                return bool(ast.literal_eval(value) == shown[name])
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                return False
    return False


def _sets(node: ast.stmt, names: set[str], own: set[str]) -> bool:
    """It gives one of these names a value, defines it, or changes what it holds."""
    if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
        return True
    made, changed = set(_set_by(node, methods=False)), set(_set_by(node))
    return not names.isdisjoint(made | (changed & own))


def _acts(step: Step, node: ast.stmt) -> bool:
    """It may do outside of its names what is compared: print, or call MLflow."""
    used = set(_read_by(node))
    for compared in step.compares:
        if isinstance(compared, Printed) and not isinstance(node, ast.Assert) and used & {"print", "sys"}:
            return True
        if isinstance(compared, RegistryState) and not step.after and not isinstance(node, ast.Assert):
            return bool(used & {"client", "mlflow", "MlflowClient"})
    return False


def _set_by(node: ast.stmt, methods: bool = True) -> Iterator[str]:
    """The names that a statement sets, defines, imports, or changes by an index, an attribute or a method."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
        return
    for each in ast.walk(node):
        match each:
            case ast.Name(ctx=ast.Store() | ast.Del()):
                yield each.id
            case ast.Attribute() | ast.Subscript() if methods and isinstance(each.ctx, ast.Store | ast.Del):
                yield from _root(each)
            case ast.Call(func=ast.Attribute() as method) if methods:
                yield from _root(method)
            case ast.alias():
                yield (each.asname or each.name).partition(".")[0]
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield each.name


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _read_by(node: ast.stmt) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            yield each.id
        elif isinstance(each, ast.Global | ast.Nonlocal):
            yield from each.names


def _lines(node: ast.stmt) -> Sequence[int]:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    return range(first, (node.end_lineno or node.lineno) + 1)


def _blanked(source: str, blank: set[int]) -> str:
    lines = io.StringIO(source, newline=None).readlines()  # what ends a line for Python, and nothing else
    return "".join("\n" if number in blank else line for number, line in enumerate(lines, 1))
