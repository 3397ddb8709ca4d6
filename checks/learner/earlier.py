"""What a lesson's cell finds from the cells above it, in a kernel that has not run them.

Called by `kernel` before a cell of a lesson runs. It looks at the lesson as it was handed out, and there
at names alone: which of them a cell reads, and which cell above sets them.
"""

import ast
import builtins
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from checks.catalogue import tr
from checks.exercise import Exercise, Lesson, Step
from checks.lessons import exercises, lessons
from checks.notebook import NOTEBOOKS, named


@dataclass(frozen=True)
class Piece:
    """Code that sets missing names, and whose it is; `step` is None for what the lesson itself says."""

    names: tuple[str, ...]
    source: str
    step: Step | None = None
    own: bool = False

    def __str__(self) -> str:
        names = ", ".join(self.names)
        if self.step is None:
            return tr("{names} (from the lesson)", names=names)
        if self.own:
            return tr("{names} (from {step}, your answer)", names=names, step=place(self.step))
        return tr("{names} (from {step}, the workbook's answer)", names=names, step=place(self.step))


@dataclass(frozen=True)
class Missing:
    """What a cell lacks: the pieces that set it, in their order, and the steps that nobody has solved yet."""

    pieces: tuple[Piece, ...] = ()
    unsolved: tuple[Step, ...] = ()


def missing(
    cell_id: str, source: str, there: Collection[str], right: Callable[[Step], str | None]
) -> Missing:
    """What the cell of this id, holding `source`, lacks where the names `there` are set.

    `right` gives a learner's own right answer to a step, or None while it is not solved.
    """
    lesson = _lesson_with(cell_id)
    if lesson is None:
        return Missing()
    cells = _cells(lesson.notebook)
    order = list(cells)
    found: dict[str, tuple[set[str], ast.Module, bool]] = {}
    unsolved: dict[str, Step] = {}

    def look(tree: ast.Module, at: int) -> None:
        for name in sorted(_read(tree)):
            above = next((id_ for id_ in reversed(order[:at]) if name in _set(cells[id_])), None)
            if above is None or (name in there and not _step(above)):
                continue
            step = _step(above)
            own = right(step) if step else None
            if step and own is None:
                unsolved[step.id] = step
            if name in there:
                continue
            if above not in found:
                text = _parsed(own or "") if step else cells[above]
                if step and name not in _set(text):
                    own, text = None, cells[above]
                found[above] = set(), text, own is not None
                look(text, order.index(above))
            found[above][0].add(name)

    look(_parsed(source), order.index(cell_id))
    pieces = []
    for id_ in sorted(found, key=order.index):
        names, tree, own = found[id_]
        step = _step(id_)
        pieces.append(Piece(tuple(sorted(names - _imported(tree))), _that_sets(tree, step), step, own))
    return Missing(tuple(pieces), tuple(unsolved[id_] for id_ in exercises() if id_ in unsolved))


def _lesson_with(cell_id: str) -> Lesson | None:
    """The lesson that holds a cell of this id, as it is handed out."""
    return next((one for one in lessons() if cell_id in _handed_out(one.notebook)), None)


def place(step: Exercise) -> str:
    """Such as "step 2"."""
    lesson = next(one for one in lessons() if step in one.exercises)
    return lesson.place(step)


@cache
def _handed_out(notebook: str) -> Mapping[str, str]:
    """The code cells of a lesson as it is handed out, by id."""
    path = NOTEBOOKS / f"{notebook}.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"] if path.exists() else ()
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}


@cache
def _cells(notebook: str) -> Mapping[str, ast.Module]:
    """The same as Python reads them; an answer's cell as the reference has it."""
    found = {}
    for id_, source in _handed_out(notebook).items():
        step = _step(id_)
        found[id_] = _parsed(step.reference if step else source)
    return found


def _step(cell_id: str) -> Step | None:
    """The step whose answer the cell holds."""
    exercise, role = named(cell_id)
    step = exercises().get(exercise) if role == "answer" else None
    return step if isinstance(step, Step) else None


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _read(tree: ast.Module) -> set[str]:
    """The names that a cell reads and does not set itself."""
    loaded = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    inner = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return loaded - set(_bound(tree)) - inner - set(vars(builtins))


def _set(tree: ast.Module) -> set[str]:
    """The names that a cell sets for later ones: neither a function's own nor a loop's variables."""
    return {name for node in tree.body for name in _bound(node, inside=False)}


def _bound(tree: ast.AST, inside: bool = True) -> Iterator[str]:
    match tree:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield tree.name
            if not inside:
                return
        case ast.For(body=body, orelse=orelse) if not inside:
            for each in body + orelse:
                yield from _bound(each, inside)
            return
        case ast.comprehension() if not inside:
            return
        case ast.alias():
            yield (tree.asname or tree.name).partition(".")[0]
        case ast.Name(ctx=ast.Store()):
            yield tree.id
    for node in ast.iter_child_nodes(tree):
        yield from _bound(node, inside)


def _imported(tree: ast.Module) -> set[str]:
    """The names that a cell imports, of which nobody need be told."""
    return {
        name for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom) for name in _bound(node)
    }


def _that_sets(tree: ast.Module, step: Step | None) -> str:
    """The code to run: all of an answer; of the lesson's own cells nothing that only shows something."""
    body = [node for node in tree.body if step or not isinstance(node, ast.Expr)]
    return ast.unparse(ast.Module(body, []))
