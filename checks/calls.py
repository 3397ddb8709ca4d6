"""What a code cell says, as far as it is the workbook's business: its calls of our words, read within bounds.

Called by `answers`. Cells are untrusted text: they are parsed, and nothing of them is run.
"""

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.text import whole
from checks.vocabulary import WORDS

#: Of one cell.
_MOST_CHECKS = 20
#: As in the word `quiz`: more digits are no seed.
SEEDS = 10**9
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
_DIGITS = re.compile(r"\d[\d_]{20,}")
#: A cell that asks or checks has a few lines; parsing a longer one would only cost time.
LONGEST_CALL = 20_000


@dataclass(frozen=True)
class Quiz:
    """A call of `quiz` with answers. `seed` and `of` are -1 where they are none that the word takes.

    `of` is None where the call does not say it.
    """

    test: str
    seed: int
    letters: str
    of: int | None = None

    @property
    def call(self) -> str:
        """The line as it stands in a cell."""
        of = "" if self.of is None else f", of={self.of}"
        letters = json.dumps(self.letters, ensure_ascii=False)
        return f'quiz("{self.test}", seed={self.seed}{of}, answers={letters})'


@dataclass(frozen=True)
class Kata:
    """A call of `kata` with answers, each a list of texts; nothing of it is looked at closer here."""

    pattern: str
    seed: int
    answers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Said:
    """What a code cell says, as far as it is the workbook's business."""

    only_words: bool = False
    unread: bool = False
    checks: tuple[tuple[str, str | None], ...] = ()
    asks: tuple[tuple[str, tuple[str, ...] | None], ...] = ()
    quizzes: tuple[Quiz, ...] = ()
    katas: tuple[Kata, ...] = ()


def only_words(source: str) -> bool:
    """Whether a cell only calls the workbook's words or imports."""
    return mentions(source) and len(source) <= LONGEST_CALL and said(source).only_words


def has_calls(text: str) -> bool:
    """Whether a text seems to ask, check or test; a cheap look before it is parsed."""
    return any(f"{word}(" in text for word in ("ask", "check", "quiz", "kata"))


def mentions(source: str) -> bool:
    return "import" in source or "checks" in source or any(word in source for word in WORDS)


def said(source: str) -> Said:
    trees, is_whole = _parse(source)
    checks: dict[str, str | None] = {}
    asks: list[tuple[str, tuple[str, ...] | None]] = []
    quizzes: list[Quiz] = []
    katas: list[Kata] = []
    for tree in trees:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            word = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if word == "quiz":
                quizzes += _quiz(call)
                continue
            if word == "kata":
                katas += _kata(call)
                continue
            if word not in ("ask", "check") or not call.args:
                continue
            values = [_text(argument) for argument in call.args]
            if values[0] is None:
                continue
            if word == "check":
                if values[0] not in checks and len(checks) < _MOST_CHECKS:
                    checks[values[0]] = _before(source, tree, call) if is_whole else None
            elif call.keywords or None in values:
                asks.append((values[0], None))
            else:
                asks.append((values[0], tuple(value for value in values[1:] if value is not None)))
    body = trees[0].body if is_whole else []
    return Said(
        bool(body) and all(map(_is_ours, body)),
        checks=tuple(checks.items()),
        asks=tuple(asks),
        quizzes=tuple(quizzes),
        katas=tuple(katas),
    )


def _before(source: str, tree: ast.Module, call: ast.Call) -> str | None:
    """What a cell says before a check that is a statement of its own; None where that is only words."""
    for number, statement in enumerate(tree.body):
        if isinstance(statement, ast.Expr) and statement.value is call:
            if all(map(_is_ours, tree.body[:number])):
                return None
            lines = source.encode().split(b"\n")[: statement.lineno]
            lines[-1] = lines[-1][: statement.col_offset]
            return b"\n".join(lines).decode("utf-8", "replace")
    return None


def _quiz(call: ast.Call) -> Iterator[Quiz]:
    """A call of `quiz`, bound as Python binds it, if test and answers are written out."""
    given: dict[str | None, ast.expr] = dict(zip(("test", "seed", "answers", "of"), call.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in call.keywords}
    test, letters = (_text(given[name]) if name in given else None for name in ("test", "answers"))
    if test is not None and letters is not None and "seed" in given:
        yield Quiz(test, _number(given["seed"]), letters, _number(given["of"]) if "of" in given else None)


def _kata(call: ast.Call) -> Iterator[Kata]:
    """A call of `kata`, bound as Python binds it, if all of it is written out."""
    given: dict[str | None, ast.expr] = dict(zip(("pattern", "seed", "answers"), call.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in call.keywords}
    answers = getattr(given.get("answers"), "elts", None)
    pattern = _text(given["pattern"]) if "pattern" in given else None
    if pattern is not None and answers and "seed" in given:
        parts = [tuple(map(_text, getattr(each, "elts", ()))) for each in answers]
        known = tuple(tuple(part for part in each if part is not None) for each in parts)
        if known == tuple(parts):
            yield Kata(pattern, _number(given["seed"]), known)


def _number(node: ast.expr) -> int:
    """A number that is written out and no larger than a seed; -1 for whatever else it is."""
    value = getattr(node, "value", None)
    return value if type(value) is int and 0 <= value < SEEDS else -1


def _text(node: ast.expr) -> str | None:
    """The text that is written out, fit to be written anywhere."""
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _parse(source: str) -> tuple[list[ast.Module], bool]:
    """The cell's tree, magics taken for comments; if it does not parse, those of its lines that call us."""
    for text in (source, _MAGIC.sub("#", source)):
        try:
            return [ast.parse(text)], True
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    trees = []
    for line in source.split("\n"):
        if has_calls(line):
            try:
                # Python refuses a number of more than 4,300 digits, and with it the line.
                trees.append(ast.parse(_DIGITS.sub("9" * 20, line.strip())))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
    return trees, False


def _is_ours(statement: ast.stmt) -> bool:
    """Whether a statement cannot be an answer: an import, or a call of one of the workbook's words."""
    if isinstance(statement, ast.ImportFrom | ast.Import):
        return True
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    function = statement.value.func
    if isinstance(function, ast.Attribute):
        return (
            isinstance(function.value, ast.Name) and function.value.id == "checks" and function.attr in WORDS
        )
    return isinstance(function, ast.Name) and function.id in WORDS


def binds(source: str) -> frozenset[str]:
    """The names that a cell sets or defines at its outermost level."""
    if len(source) > LONGEST_CALL:
        return frozenset()
    found = set()
    for tree in _parse(source)[0]:
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(statement.name)
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    found.add(node.id)
    return frozenset(found)


def call(exercise: str, answer: Sequence[str], word: str = "ask") -> str:
    """The call of a card with its answer, as it stands in a cell."""
    return f"{word}({', '.join(json.dumps(part, ensure_ascii=False) for part in (exercise, *answer))})"
