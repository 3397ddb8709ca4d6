"""What a kernel does by itself with a lesson's cells: it notes them, loads the words, and judges what is run.

An IPython extension. `environment` has every kernel load it when it starts; where that was not done, the
notebook's `from checks import …` does. It loads nothing that is slow before a cell of a lesson runs.
"""

import ast
import re
from collections.abc import Callable
from typing import Any, Protocol

from checks.catalogue import tr
from checks.learner import cells
from checks.notebook import named
from checks.vocabulary import WORDS

#: A call of a word, as lessons and learners write it.
_CALL = re.compile(rf"\b(?:{'|'.join(WORDS)})\(\s*[\"')]")

#: A cell of a lesson by its id, such as order-again. (A front end's own ids have no words in them.)
_OF_A_LESSON = re.compile(r"[a-z]+-[a-z0-9-]+")


class _Shell(Protocol):
    user_ns: dict[str, Any]
    ast_transformers: list[Any]

    @property
    def events(self) -> "_Events": ...

    def run_cell(self, source: str, store_history: bool, silent: bool) -> Any: ...


class _Events(Protocol):
    def register(self, event: str, function: Callable[..., None]) -> None: ...


class _Info(Protocol):
    raw_cell: str
    cell_id: str | None


class _Result(Protocol):
    info: _Info


class _Instead:
    """What IPython asks for the code that it is to run: of a cell that must not run yet there is none."""

    visit_nothing = False

    def visit(self, tree: ast.Module) -> ast.Module:
        return ast.Module([], []) if self.visit_nothing else tree


_instead = _Instead()
_watched: list[_Shell] = []


def load_ipython_extension(shell: _Shell) -> None:
    """Watch the cells that IPython runs from now on; once for each shell."""
    if shell in _watched:
        return
    _watched.append(shell)
    cells.in_kernel(shell)
    shell.events.register("pre_run_cell", before)
    shell.events.register("post_run_cell", after)
    shell.ast_transformers.append(_instead)


def before(info: _Info) -> None:
    """A cell is going to run: note it, and see that it finds the words and what the cells above it set."""
    cells.note(info)
    shell, name = _watched[-1], getattr(info, "cell_id", None)
    _instead.visit_nothing = False
    lesson_cell = name if name and _OF_A_LESSON.fullmatch(name) else None
    if lesson_cell or _CALL.search(info.raw_cell):
        _load_words(shell.user_ns)
    if lesson_cell and cells.running():
        _bring_in(shell, lesson_cell, info.raw_cell)


def _bring_in(shell: _Shell, cell_id: str, source: str) -> None:
    """Set what the cell lacks, and say so; or keep it from telling a story that is not true yet."""
    from checks.learner import attempts, earlier

    lacks = earlier.missing(cell_id, source, shell.user_ns, attempts.right_answer)
    if lacks.unsolved and named(cell_id)[1] != "answer":
        *others, last = map(earlier.place, lacks.unsolved)
        if others:
            several = tr("{several} and {last}", several=", ".join(others), last=last)
            print(tr("This needs {steps} above: solve them first, then run this cell.", steps=several))
        else:
            print(tr("This needs {step} above: solve it first, then run this cell.", step=last))
        _instead.visit_nothing = True
        return
    brought = [str(piece) for piece in lacks.pieces if _runs(shell, piece.source) and piece.names]
    if brought:
        print(tr("Brought in, as this kernel has not run it: {what}.", what="; ".join(brought)))


def _runs(shell: _Shell, source: str) -> bool:
    """Run code without a word about it. Returns whether it ended well."""
    from IPython.utils.capture import capture_output

    with capture_output():
        return bool(shell.run_cell(source, store_history=False, silent=True).success)


def _load_words(names: dict[str, Any]) -> None:
    """Give the notebook the words that it has not imported; a name of the learner's own stays."""
    from checks.learner import words

    for word in WORDS:
        names.setdefault(word, getattr(words, word))


def after(result: _Result) -> None:
    """A cell has run: if it is the answer to a step, it is judged and its card is brought up to date."""
    exercise, role = named(getattr(result.info, "cell_id", None))
    if role != "answer" or not cells.running():
        return
    from checks.exercise import Step
    from checks.learner import alive
    from checks.lessons import exercises

    step = exercises().get(exercise)
    if isinstance(step, Step):
        alive.run(step)
