"""Mutants: right answers with one small thing broken, to see whether an exercise's situations notice it.

Called by `workbook notebooks` and the form "mend". A mutant that comes out like the reference in every
situation has survived: the exercise accepts a wrong answer, or the two mean the same, which its file says.
"""

import ast
import copy
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.catalogue import later
from checks.exercise import Situation, Step
from checks.judge.compare import same
from checks.judge.runners import Runners
from checks.judge.situations import made
from checks.judge.trials import sample, samples

_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.In),
    ast.NotEq: (ast.Eq, ast.NotIn),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
#: Exceptions that are mistaken for one another, and what catches more than was meant.
_EXCEPTIONS = ("ValueError", "LookupError", "TypeError", "PermissionError", "RuntimeError")
#: What a function begins to collect in.
_EMPTY = ("[]", "{}", "set()", "dict()", "list()")


@dataclass(frozen=True)
class Mutant:
    """A broken right answer: what was done to it, and both sources."""

    what: str
    source: str
    of: str

    @property
    def diff(self) -> str:
        """The lines that differ, one after the other."""
        before, after = self.of.splitlines(), self.source.splitlines()
        lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
        return " / ".join(line for line in lines if not line.startswith("@@"))


def mutants(source: str) -> tuple[Mutant, ...]:
    """Every way to break one thing in a source, each once."""
    tree = ast.parse(source)
    plain = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for what, text in _broken(tree):
        try:
            compile(text, "mutant", "exec")
        except (SyntaxError, ValueError):
            continue
        if text != plain:
            found.setdefault(text, Mutant(what, text, plain))
    return tuple(found.values())


def _broken(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The tree's text with one node after the other put out of order."""
    # What an exception says is free.
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc is not None]
    words = {each for node in raised for each in ast.walk(node)}
    for parent in list(ast.walk(tree)):
        for field, value in list(ast.iter_fields(parent)):
            if parent in words:
                continue
            if isinstance(value, ast.AST):
                for what, other in _instead_of(value):
                    setattr(parent, field, other)
                    yield what, ast.unparse(ast.fix_missing_locations(tree))
                setattr(parent, field, value)
            elif isinstance(value, list):
                for what, others in _in_list(parent, field, value):
                    setattr(parent, field, others)
                    yield what, ast.unparse(ast.fix_missing_locations(tree))
                setattr(parent, field, value)


def survivors(step: Step, runners: Runners) -> tuple[Mutant, ...]:
    """The mutants of a step's right answers that come out like the reference in every situation.

    Those that the exercise's file lists as equivalent, by what they change or by what was done to them, are
    left out, and those that are another right answer.
    """
    right = {ast.unparse(ast.parse(source)) for source in (step.reference, *step.alternatives)}
    listed = [each.change for each in step.equivalent]
    left = {
        mutant.source: mutant
        for source in (step.reference, *step.alternatives)
        for mutant in mutants(source)
        if not (mutant.source in right or mutant.diff in listed or mutant.what in listed)
        and all(form.found(ast.parse(mutant.source)) for form in step.asks_for)
    }
    # Most are found out by the first few situations.
    for situation in step.situations:
        (wanted,) = sample(step, step.reference, [situation], runners)
        came = samples(step, list(left), situation, runners)
        left = {
            source: mutant
            for (source, mutant), outcome in zip(left.items(), came, strict=True)
            if same(step, outcome, wanted)
        }
    return tuple(mutant for mutant in left.values() if _alike(step, mutant, made(step), runners))


def _alike(step: Step, mutant: Mutant, situations: Sequence[Situation], runners: Runners) -> bool:
    """Whether it does in all of these situations what the reference does."""
    if not situations:
        return True
    wanted, came = (sample(step, each, situations, runners) for each in (step.reference, mutant.source))
    return all(same(step, a, b) for a, b in zip(wanted, came, strict=True))


# ── what can be broken ────────────────────────────────────────────────────────────────────────────────


def _in_list(parent: ast.AST, field: str, nodes: list[ast.AST]) -> Iterator[tuple[str, list[ast.AST]]]:
    """A list of nodes with one of them out of order, dropped, or followed by none."""
    for place, node in enumerate(nodes):
        before, after = nodes[:place], nodes[place + 1 :]
        if isinstance(node, ast.AST):
            for what, other in _instead_of(node):
                yield what, [*before, other, *after]
        if isinstance(node, ast.stmt):
            if _does_something(node):
                yield later("a statement dropped"), [*before, *after] or [ast.Pass()]
            if isinstance(parent, ast.FunctionDef) and field == "body" and place:
                yield later("an early return"), [*before, ast.Return(ast.Constant(None)), node, *after]
        elif isinstance(parent, ast.BoolOp) and len(nodes) > 1:
            yield later("a part of a condition dropped"), [*before, *after]


def _instead_of(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may stand by mistake in place of a node."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                for turned in _TURNED.get(type(operator), ()):
                    ops = [*node.ops[:place], turned(), *node.ops[place + 1 :]]
                    yield (
                        later("a comparison turned or shifted"),
                        ast.Compare(node.left, ops, node.comparators),
                    )
            if len(node.ops) == 1:
                yield from _shifted(node.left, node.ops[0], node.comparators[0])
                yield from _loosened(node.left, node.ops[0], node.comparators[0])
        case ast.BoolOp():
            other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield later("and and or exchanged"), ast.BoolOp(other_op, node.values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield later("not dropped"), operand
        case ast.Constant(value=bool() as value):
            yield later("True and False exchanged"), ast.Constant(not value)
        case ast.Constant(value=int() | float() as number):
            yield later("a number one more"), ast.Constant(number + 1)
            yield later("a number one less"), ast.Constant(number - 1)
        case ast.Constant(value=str() as text) if text.strip():
            yield from ((later("a text spelled otherwise"), ast.Constant(each)) for each in _misspelt(text))
        case ast.Return(value=ast.expr()):
            yield later("nothing returned"), ast.Return(ast.Constant(None))
        case ast.Raise(exc=ast.expr() as raised):
            yield later("an exception returned"), ast.Return(raised)
            for name in _EXCEPTIONS:
                if name not in ast.unparse(raised):
                    yield later("another exception"), ast.Raise(_name(name), None)
        case ast.ExceptHandler(type=ast.Name()):
            for name in ("Exception", *_EXCEPTIONS):  # wider, and others
                yield later("another exception caught"), ast.ExceptHandler(_name(name), node.name, node.body)
        case ast.Call(func=ast.Name(id="list" | "dict" | "sorted" | "set" | "tuple"), args=[inner]):
            yield later("a copy left out"), inner
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            other = _name({"min": "max", "max": "min"}[name])
            yield later("min and max exchanged"), ast.Call(other, node.args, node.keywords)
        case ast.FunctionDef():
            yield from _kept(node)
        case ast.For():
            yield later("a loop one short"), _loop(node, ast.Slice(None, ast.Constant(-1), None))
            yield later("a loop that begins one late"), _loop(node, ast.Slice(ast.Constant(1), None, None))
        case ast.Continue():
            yield later("continue and break exchanged"), ast.Break()
        case ast.Break():
            yield later("continue and break exchanged"), ast.Continue()
    if isinstance(node, ast.Call) and node.keywords:
        for place in range(len(node.keywords)):
            kept = node.keywords[:place] + node.keywords[place + 1 :]
            yield later("a keyword left out"), ast.Call(node.func, node.args, kept)


def _shifted(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """An order between two values with the boundary elsewhere."""
    if isinstance(operator, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        for way in (ast.Add(), ast.Sub()):
            boundary = ast.BinOp(right, way, ast.Constant(1))
            yield later("a boundary shifted by one"), ast.Compare(left, [operator], [boundary])


def _loosened(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """A text compared by a part of it, in any case, or with blanks around it; a text in a list likewise."""
    told = ast.unparse(ast.Compare(left, [operator], [right]))
    negated = isinstance(operator, ast.NotEq | ast.NotIn)
    tests: list[ast.expr] = []
    if isinstance(operator, ast.Eq | ast.NotEq):
        known, other = (left, right) if _is_text(left) else (right, left)
        if _is_text(known):
            tests = [
                ast.Compare(known, [ast.In()], [other]),
                _method(other, "startswith", known),
                _method(other, "endswith", known),
                *(ast.Compare(_method(other, alike), [ast.Eq()], [known]) for alike in ("lower", "strip")),
            ]
    elif (
        isinstance(operator, ast.In | ast.NotIn)
        and isinstance(left, ast.Name)
        and isinstance(right, ast.Name)
    ):
        for alike in ("lower", "strip"):
            every = ast.Call(_name("map"), [ast.Attribute(_name("str"), alike), right], [])
            tests.append(ast.Compare(_method(left, alike), [ast.In()], [every]))
    for test in tests:
        yield f"{later('a text compared loosely')}: {told}", ast.UnaryOp(ast.Not(), test) if negated else test


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _method(of: ast.expr, name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(of, name), list(given), [])


def _kept(function: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """What is made anew in every call, made once and kept from call to call."""
    for place, statement in enumerate(function.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if ast.unparse(value) in _EMPTY:
                body = [*function.body[:place], ast.Pass(), *function.body[place + 1 :]]
                arguments = copy.copy(function.args)
                arguments.kwonlyargs = [*arguments.kwonlyargs, ast.arg(name)]
                arguments.kw_defaults = [*arguments.kw_defaults, value]
                changed = copy.copy(function)
                changed.args, changed.body = arguments, body
                yield later("kept from call to call"), changed


def _misspelt(text: str) -> set[str]:
    """The text in another case, and with something after it."""
    return {text.capitalize(), text.upper(), f"{text}_"} - {text}


def _loop(node: ast.For, part: ast.Slice) -> ast.For:
    over = ast.Subscript(ast.Call(_name("list"), [node.iter], []), part, ast.Load())
    return ast.For(node.target, over, node.body, node.orelse)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _does_something(statement: ast.stmt) -> bool:
    """Not so a docstring, an import, a `pass`, and a `print`."""
    if isinstance(statement, ast.Pass | ast.Import | ast.ImportFrom):
        return False
    match statement:
        case ast.Expr(ast.Constant()) | ast.Expr(ast.Call(func=ast.Name(id="print"))):
            return False
    return True
