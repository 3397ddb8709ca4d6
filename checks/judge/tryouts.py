"""A cell that defines functions, without the calls that try them out.

Called by the judge: who writes a function tries it, often in the same cell, and what that leaves behind (an
alias moved, an entry in a log, an error that was looked for) is no part of the answer.
"""

import ast
import io
from collections import Counter
from collections.abc import Iterator

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def without_tryouts(source: str, tree: ast.Module) -> str:
    """`source`, parsed as `tree`, with its try-outs blanked; every other line keeps its number.

    A try-out is a statement at the top level that stands for itself, such as a call, or that uses a function
    defined in the cell; unless it sets a name that the rest needs, or shares a line with another statement.
    """
    defined = {name for node in tree.body if _defines(node) for name in _set_by(node)}
    if not defined:
        return source
    on_line = Counter(line for node in tree.body for line in _lines(node))
    doubtful, needed = [], set(defined)
    for node in tree.body:
        alone = all(on_line[line] == 1 for line in _lines(node))
        tried = isinstance(node, ast.Expr) or not defined.isdisjoint(_read_by(node))
        if alone and tried and not _defines(node):
            doubtful.append(node)
        else:
            needed.update(_read_by(node))
    blank: set[int] = set()
    for node in reversed(doubtful):
        if needed.isdisjoint(_set_by(node)):
            blank.update(_lines(node))
        else:
            needed.update(_read_by(node))
    lines = io.StringIO(source, newline=None).readlines()  # what ends a line for Python, and nothing else
    return "".join("\n" if number in blank else line for number, line in enumerate(lines, 1))


def _defines(node: ast.stmt) -> bool:
    imports = isinstance(node, ast.Import | ast.ImportFrom)
    named_lambda = isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
    return isinstance(node, _DEFINITIONS) or imports or named_lambda


def _set_by(node: ast.stmt) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
            yield each.id
        elif isinstance(each, _DEFINITIONS):
            yield each.name
        elif isinstance(each, ast.alias):
            yield (each.asname or each.name).partition(".")[0]


def _read_by(node: ast.stmt) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
            yield each.id


def _lines(node: ast.stmt) -> range:
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    return range(first, (node.end_lineno or node.lineno) + 1)
