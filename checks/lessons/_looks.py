"""Ways to look at a wrong answer: small questions about its source, its syntax tree and its runs.

The lessons' misconceptions are written with them.
"""

import ast
import re
from collections.abc import Iterator

from checks.exercise import Seen


class Undefined:
    """Stands for a variable that a run did not define."""


UNDEFINED = Undefined()


def values(seen: Seen, name: str) -> tuple[object, ...]:
    """What the variable holds after each run, scenario by scenario; `UNDEFINED` where there is none."""
    return tuple(run.values.get(name, UNDEFINED) for run in seen.runs)


def value(seen: Seen, name: str) -> object:
    """What the variable holds after the first run."""
    return next(iter(values(seen, name)), UNDEFINED)


def undefined(seen: Seen, name: str) -> bool:
    """No run defined the variable, and none was ended by an exception."""
    return all(found is UNDEFINED for found in values(seen, name)) and not any(
        run.raised for run in seen.runs
    )


def printed(seen: Seen) -> tuple[str, ...]:
    """The text of each run, without white space at its ends."""
    return tuple(run.printed.strip() for run in seen.runs)


def raised(seen: Seen, kind: str, about: str = "") -> bool:
    """Some run was ended by an exception of this type whose message contains `about`."""
    return any(run.raised and run.raised.type == kind and about in run.raised.message for run in seen.runs)


def unknown_name(seen: Seen) -> str | None:
    """The name of a NameError, of the first run that was ended by one."""
    for run in seen.runs:
        if run.raised and run.raised.type in ("NameError", "UnboundLocalError"):
            quoted = re.search(r"'(\w+)'", run.raised.message)
            return quoted[1] if quoted else ""
    return None


def syntax_error(seen: Seen) -> SyntaxError | None:
    """Why the source has no tree; None if it has one."""
    if seen.tree is not None:
        return None
    try:
        ast.parse(seen.source)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):  # as judge._parse
        pass
    return SyntaxError("invalid syntax")


def unreadable(seen: Seen) -> bool:
    """Python refuses the source: it has no tree, or has one and a `return` outside a function."""
    return seen.tree is None or raised(seen, "SyntaxError")


def source_has(seen: Seen, pattern: str) -> bool:
    """The regular expression is found somewhere in the source."""
    return re.search(pattern, seen.source) is not None


def nodes(seen: Seen) -> Iterator[ast.AST]:
    """All nodes of the tree."""
    return ast.walk(seen.tree) if seen.tree is not None else iter(())


def stores(seen: Seen) -> set[str]:
    """The names that the source gives a value."""
    return {n.id for n in nodes(seen) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def loads(seen: Seen) -> set[str]:
    """The names whose value the source uses."""
    return {n.id for n in nodes(seen) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def name_of(node: ast.AST | None) -> str | None:
    """The name, if the node is one."""
    return node.id if isinstance(node, ast.Name) else None


def text_of(node: ast.AST | None) -> str | None:
    """The text, if the node is a string constant."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def comparisons(seen: Seen) -> Iterator[tuple[ast.expr, ast.cmpop, ast.expr]]:
    """Every comparison as left side, operator, right side; `a < b < c` is two of them."""
    for node in nodes(seen):
        if isinstance(node, ast.Compare):
            yield from zip([node.left, *node.comparators], node.ops, node.comparators, strict=False)


def compared_texts(seen: Seen) -> set[str]:
    """The string constants that something is compared with."""
    sides = (side for left, _, right in comparisons(seen) for side in (left, right))
    return {text for side in sides if (text := text_of(side)) is not None}


def assigned_values(seen: Seen, name: str) -> Iterator[ast.expr]:
    """The expressions that are assigned to the variable."""
    for node in nodes(seen):
        if isinstance(node, ast.Assign) and any(name_of(target) == name for target in node.targets):
            yield node.value


def assigned_texts(seen: Seen, name: str) -> set[str]:
    """The string constants that are assigned to the variable."""
    return {text for given in assigned_values(seen, name) if (text := text_of(given)) is not None}


def assigns_something(seen: Seen) -> bool:
    """There is an assignment, to whatever name; a loop's own variables are none."""
    return any(isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) for node in nodes(seen))


def compared_not_assigned(seen: Seen, name: str) -> bool:
    """`name == …` stands as a statement, where an assignment was meant."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Compare)
        and name_of(node.value.left) == name
        and isinstance(node.value.ops[0], ast.Eq)
        for node in nodes(seen)
    )


def loops(seen: Seen) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Target and iterable of every `for`, in a statement or in a comprehension."""
    for node in nodes(seen):
        if isinstance(node, ast.For | ast.comprehension):
            yield node.target, node.iter


def target_names(target: ast.expr) -> tuple[str | None, ...]:
    """The names of a loop's target, from left to right."""
    return (
        tuple(map(name_of, target.elts)) if isinstance(target, ast.Tuple | ast.List) else (name_of(target),)
    )
