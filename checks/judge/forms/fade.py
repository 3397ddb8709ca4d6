"""Fade: a step as a worked example (level 1), with few blanks (2), with many (3), and free (4).

Called by `forms.make`. Blanks are what one has to think of: comparisons, constants, methods, names. What is
offered for them stands in the step's right and wrong answers.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from checks.catalogue import tr
from checks.exercise import Step
from checks.judge.forms import tell
from checks.practice import Faded, Worked, texts

#: Blanks, and options, of the levels that have them.
_BLANKS = {2: (2, 6), 3: (5, 10)}
#: So many options fit no blank, where there are as many; blanks are chosen anew so often for them.
_WRONG, _TRIES = 2, 12
#: What looks like a blank and is none.
_INDEX = re.compile(r"\[(\d+)\]")

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.And: "and",
    ast.Or: "or",
}
#: What is mistaken for one another, beside what wrong answers have.
_ALIKE = (
    ("<", "<=", ">", ">=", "==", "!="),
    ("in", "not in"),
    ("is", "is not"),
    ("and", "or"),
    ("min", "max"),
    ("True", "False"),
)


@dataclass(frozen=True)
class _Token:
    """A piece of a line that can be a blank: where it stands, its text, and the kind that it is one of."""

    line: int
    start: int
    end: int
    text: str
    kind: str


def worked(step: Step, id_: str) -> Worked:
    """Level 1."""
    task = f"{step.task}\n\n{tell.right(step.reference)}"
    return Worked(**texts(step, id_, tr("Worked example"), task=task, hints=()), of=step)


def blanked(step: Step, id_: str, level: int, random: Random) -> Faded:
    """Levels 2 and 3. ValueError where the step's answer has too little in it for blanks."""
    source = _INDEX.sub(r"[ \1 ]", step.reference.strip("\n"))
    count, most = _BLANKS[level]
    tokens = list(_tokens(source))
    wrong = _counted(tuple(str(sample) for held in step.misconceptions for sample in held.samples))
    offers = {token: _offered(token, tokens, wrong) for token in tokens}
    able = [token for token in tokens if offers[token]]
    if len(able) < 2:
        raise ValueError(
            tr("{id} has nothing to leave blank: its answer is a value. Answer it as a step.", id=step.id)
        )
    for _ in range(_TRIES):
        places = random.sample(range(len(able)), min(count, len(able)))
        chosen = sorted((able[place] for place in places), key=lambda token: (token.line, token.start))
        answer = tuple(token.text for token in chosen)
        options = _options(answer, [offers[token] for token in chosen], most)
        if len(options) >= len(set(answer)) + _WRONG:
            break
    random.shuffle(options)
    return Faded(
        **texts(step, id_, tr("Fill in")),
        situations=step.situations,
        compares=step.compares,
        before=step.before,
        after=step.after,
        seconds=step.seconds,
        code=_with_blanks(source, chosen),
        options=tuple(options),
        answer=answer,
        of=step,
    )


def _options(answer: tuple[str, ...], offers: Sequence[Sequence[str]], most: int) -> list[str]:
    """The right ones and others, for each blank in turn, so that each has something beside its own."""
    options = sorted(set(answer))
    for rank in range(most):
        for offered in (each[rank] for each in offers if rank < len(each)):
            if offered not in options and len(options) < max(most, len(set(answer)) + _WRONG):
                options.append(offered)
    return sorted(options)


@cache
def _counted(samples: tuple[str, ...]) -> Counter[tuple[str, str]]:
    """How often each kind of piece and its text stand in wrong answers."""
    return Counter((token.kind, token.text) for sample in samples for token in _tokens(sample))


def _with_blanks(source: str, chosen: list[_Token]) -> str:
    lines = source.splitlines()
    for number, token in reversed(list(enumerate(chosen, 1))):
        line = lines[token.line - 1]
        lines[token.line - 1] = f"{line[: token.start]}[{number}]{line[token.end :]}"
    return "\n".join(lines)


def _offered(token: _Token, own: list[_Token], wrong: Counter[tuple[str, str]]) -> list[str]:
    """What may be taken for the right one: what wrong answers have there, the most frequent first."""
    alike = next((group for group in _ALIKE if token.text in group), ())
    mine = Counter(each.text for each in own if each.kind == token.kind)
    theirs = [
        text for (kind, text), _ in wrong.most_common() if kind == token.kind and (not alike or text in alike)
    ]
    found = dict.fromkeys([*theirs, *alike, *mine] if token.kind != "name" else [*mine, *theirs])
    return [text for text in found if text != token.text]


def _tokens(source: str) -> Iterator[_Token]:
    """The pieces of a source that can be blanks; none of one that Python cannot read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    lines = source.splitlines()
    inside = {
        id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in ast.walk(node)
    }
    raised = {id(each) for node in ast.walk(tree) if isinstance(node, ast.Raise) for each in _words(node)}
    for node in ast.walk(tree):
        if id(node) in inside or id(node) in raised:
            continue
        yield from (token for token in _of(node, lines) if lines[token.line - 1].isascii())


def _words(node: ast.Raise) -> Iterator[ast.AST]:
    """What an exception says, which is free."""
    if isinstance(node.exc, ast.Call):
        for argument in node.exc.args:
            yield from ast.walk(argument)


def _of(node: ast.AST, lines: list[str]) -> Iterator[_Token]:
    match node:
        case ast.Compare(ops=[operator], left=left, comparators=[right]):
            yield from _between(left, right, _OPERATORS[type(operator)], "comparison", lines)
        case ast.BoolOp(op=operator, values=[first, second, *_]):
            yield from _between(first, second, _OPERATORS[type(operator)], "junction", lines)
        case ast.Constant(value=str() | bool() | int() | float()) if node.lineno == node.end_lineno:
            kind = "text" if isinstance(node.value, str) else "number"
            kind = "truth" if isinstance(node.value, bool) else kind
            yield _token(node, lines, kind)
        case ast.Name(ctx=ast.Load()):
            yield _token(node, lines, "name")
        case ast.Attribute(ctx=ast.Load(), attr=name) if node.end_lineno and node.end_col_offset:
            end = node.end_col_offset
            yield _Token(node.end_lineno, end - len(name), end, name, "attribute")


def _token(node: ast.expr, lines: list[str], kind: str) -> _Token:
    start, end = node.col_offset, node.end_col_offset or 0
    return _Token(node.lineno, start, end, lines[node.lineno - 1][start:end], kind)


def _between(one: ast.expr, other: ast.expr, text: str, kind: str, lines: list[str]) -> Iterator[_Token]:
    """An operator stands between its sides, which the tree does not say."""
    if one.end_lineno == other.lineno and one.end_col_offset is not None:
        found = re.search(
            rf"(?<!\w){re.escape(text)}(?!\w)", lines[other.lineno - 1][one.end_col_offset : other.col_offset]
        )
        if found:
            start = one.end_col_offset + found.start()
            yield _Token(other.lineno, start, start + len(text), text, kind)
