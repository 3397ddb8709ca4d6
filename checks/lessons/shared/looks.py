"""Ways to look at a wrong answer: small questions about its source, its syntax tree and its runs.

Named in the lessons' files, and what the lessons' own looks.py are written with.
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


def no_such_attribute(seen: Seen) -> bool:
    """Some run was ended because a string has no such attribute, cannot be called or has no keys."""
    return (
        raised(seen, "AttributeError", "'str' object")
        or raised(seen, "TypeError", "'str' object is not callable")
        or raised(seen, "TypeError", "string indices must be integers")
    )


def raising_lines(seen: Seen) -> set[int]:
    """The lines where a `raise` or an `assert` stands in the source."""
    return {
        line
        for node in nodes(seen)
        if isinstance(node, ast.Raise | ast.Assert)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def raised_on_purpose(seen: Seen) -> bool:
    """Some run was ended by a `raise` or an `assert` of the source."""
    lines = raising_lines(seen)
    return any(run.raised is not None and run.raised.line in lines for run in seen.runs)


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


def only_annotated(seen: Seen) -> bool:
    """`name: …` stands as a statement: a note of a type, and no value."""
    return any(isinstance(node, ast.AnnAssign) and node.value is None for node in nodes(seen))


def not_text(seen: Seen, name: str) -> bool:
    """The variable holds something after the first run, and no text."""
    return not isinstance(value(seen, name), str | Undefined)


def set_in_a_function(seen: Seen, name: str) -> bool:
    """The variable is set within a function and nowhere else, so that nothing is left of it."""
    return undefined(seen, name) and any(
        name_of(inner) == name and isinstance(inner.ctx, ast.Store)
        for function in nodes(seen)
        if isinstance(function, ast.FunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Name)
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


def any_unknown_name(seen: Seen) -> bool:
    """Some run was ended by a name that nothing has set."""
    return unknown_name(seen) is not None


# ── an answer that is a function, whatever it does ────────────────────────────────────────────────────


def another_name(seen: Seen, name: str) -> bool:
    """The cell gives this name to nothing."""
    return seen.tree is not None and name not in _bound(seen)


def not_a_function(seen: Seen, name: str) -> bool:
    """The name is there, and stands for something that cannot be called."""
    return any(
        run.raised
        and run.raised.line is None
        and "object is not callable" in run.raised.message
        and not _functions(seen, name)
        for run in seen.runs
    )


def parameters(seen: Seen, name: str) -> bool:
    """Some call of the function, by us, had arguments that it does not take."""
    return any(
        run.raised
        and run.raised.type == "TypeError"
        and run.raised.line is None
        and f"{name}() " in run.raised.message
        for run in seen.runs
    )


def prints(seen: Seen, name: str) -> bool:
    """The function prints and returns nothing, or what `print` returns, which is None."""
    handed_back = [found for found in _returns(seen, name) if not _is_print(found)]
    return bool(_functions(seen, name)) and not handed_back and any(map(_is_print, nodes(seen)))


def returns_nothing(seen: Seen, name: str) -> bool:
    """The function comes to its end without a `return` that has a value."""
    ends = not any(_returns(seen, name)) and not _only_raises(seen, name)
    return bool(_functions(seen, name)) and ends


def _bound(seen: Seen) -> set[str]:
    """The names that the cell sets, defines or imports."""
    bound = stores(seen)
    for node in nodes(seen):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
    return bound


def _functions(seen: Seen, name: str) -> list[ast.FunctionDef]:
    return [node for node in nodes(seen) if isinstance(node, ast.FunctionDef) and node.name == name]


def _returns(seen: Seen, name: str) -> Iterator[ast.expr]:
    """What the function of this name returns, in all places."""
    for inner in (each for function in _functions(seen, name) for each in ast.walk(function)):
        if isinstance(inner, ast.Return) and inner.value is not None:
            yield inner.value


def _only_raises(seen: Seen, name: str) -> bool:
    """The function's last statement raises, so it never comes to an end without a result."""
    return any(isinstance(function.body[-1], ast.Raise) for function in _functions(seen, name))


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "print"
