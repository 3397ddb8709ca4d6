"""solutions → notebooks → work: from the text that authors write to the copy that a learner works in.

Called by `workbook notebooks` and `workbook lab`.
"""

import copy
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from checks import exam
from checks.card.card import Card, CardState
from checks.card.quiz import QuizCard
from checks.exercise import Exercise, Step
from checks.lessons import exercises, lesson_of
from checks.record import TEMPORARY, VARIABLE

ROOT = Path(__file__).parent.parent
SOLUTIONS, NOTEBOOKS, WORK = ROOT / "solutions", ROOT / "notebooks", ROOT / "work"


# ── solutions → notebooks ─────────────────────────────────────────────────────────────────────────────


def hand_out(solution: NotebookNode) -> NotebookNode:
    """The lesson as learners get it: answers taken out, outputs replaced by unanswered faces."""
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        tag = _tag(cell)
        if not tag:
            continue
        if tag["role"] == "quiz":
            paper = _paper(cell.source)
            cell.source = f"{paper.call})"
            cell.outputs = [_output(exam.face(paper))]
            continue
        exercise = exercises()[tag["exercise"]]
        if tag["role"] == "answer":
            assert isinstance(exercise, Step)
            cell.source = exercise.starter.rstrip("\n")
        elif tag["role"] == "ask":
            cell.source = f'ask("{exercise.id}")'
        if tag["role"] in ("ask", "check"):
            cell.outputs = [_unanswered(exercise)]
    return notebook


def _paper(cell: str) -> exam.Paper:
    """The test that a cell such as `quiz("approval", seed=7, answers="…")` asks."""
    call = re.match(r"""quiz\((?:["'](\w+)["'], )?seed=(\d+)""", cell)
    if call is None:
        raise ValueError(f'a cell of role quiz must begin as in quiz("approval", seed=7, and is: {cell}')
    return exam.quiz(call[1], int(call[2]))


def _unanswered(exercise: Exercise) -> NotebookNode:
    answer = "" if isinstance(exercise, Step) else ()
    return _output(Card(CardState(exercise, lesson_of(exercise.id), answer)))


def _output(card: Card | QuizCard) -> NotebookNode:
    output: NotebookNode = nbformat.v4.new_output("execute_result", data=card._repr_mimebundle_())
    return output


def execute(path: Path) -> None:
    """Run a solution from top to bottom and keep its outputs. Raises nbclient's CellExecutionError."""
    from nbclient import NotebookClient  # only authors need it

    notebook = read(path)
    for cell in notebook.cells:
        if _tag(cell):  # JupyterLab lets an author write metadata, but no id
            cell.id = _named(cell)
    env = {**os.environ, VARIABLE: TEMPORARY}
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env=env)
    # What differs from machine to machine stays out of the file.
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    write(path, notebook)


def read(path: Path) -> NotebookNode:
    """A notebook as nbformat reads it. Raises what nbformat raises on a broken file."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def write(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(to_text(notebook), encoding="utf-8")
    partial.replace(path)


def to_text(notebook: NotebookNode) -> str:
    """A notebook as it stands in a file."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


# ── notebooks → work ──────────────────────────────────────────────────────────────────────────────────


def fill_work(notebooks: Path = NOTEBOOKS, work: Path = WORK) -> Iterator[str]:
    """Give the learner what is missing, renew what changed upstream; yield a line on each renewed lesson.

    An answer is never overwritten: a renewed lesson takes the answers over by cell id, and the file it
    replaces is kept beside it.
    """
    work.mkdir(parents=True, exist_ok=True)
    for source in sorted(notebooks.glob("*.ipynb")):
        target = work / source.name
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        lesson = read(source)
        lesson.metadata["workbook"] = {"handed_out": digest}
        if not target.exists():
            write(target, lesson)
            continue
        old = _read(target)
        if old is not None and _tag(old).get("handed_out") == digest:
            continue
        kept = _beside(target)
        shutil.copy2(target, kept)
        carried = 0 if old is None else carry_over(old, lesson)
        write(target, lesson)
        reason = "could not be read" if old is None else "has changed"
        answers = "1 answer" if carried == 1 else f"{carried} answers"
        yield f"{target.name} {reason}: renewed with {answers} carried over; the old file is {kept.name}"


def carry_over(old: NotebookNode, new: NotebookNode) -> int:
    """Put the answers of `old` into `new`, by cell id; returns how many.

    Where a front end has dropped the ids, the cells' metadata still name the exercises.
    """
    code_cells = [cell for cell in old.cells if cell.cell_type == "code"]
    answered = {_named(cell): cell.source for cell in code_cells if _tag(cell)}
    answered |= {cell.get("id"): cell.source for cell in code_cells}
    carried = 0
    for cell in new.cells:
        role = _tag(cell).get("role")
        source = answered.get(cell.id, "")
        if role in ("answer", "ask", "quiz") and _is_answered(role, source) and source != cell.source:
            cell.source, cell.outputs, cell.execution_count = source, [], None
            carried += 1
    return carried


def _tag(node: NotebookNode) -> dict[str, str]:
    """What a cell's or a notebook's metadata say of the workbook; anything may stand in a learner's file."""
    tag = node.metadata.get("workbook")
    return tag if isinstance(tag, dict) else {}


def _named(cell: NotebookNode) -> str:
    """The id that a cell has by its metadata."""
    tag = _tag(cell)
    return f"{tag.get('exercise', '')}-{tag.get('role', '')}".replace(".", "-")


def _is_answered(role: str, source: str) -> bool:
    if role == "quiz":
        return bool(re.search(r"answers\s*=\s*['\"]\s*\w", source))
    if role == "ask":
        return not re.fullmatch(r"\s*ask\(\s*['\"][\w.]+['\"]\s*,?\s*\)\s*", source)
    return any(line.strip() and not line.strip().startswith("#") for line in source.splitlines())


def _read(path: Path) -> NotebookNode | None:
    try:
        return read(path)
    except Exception:  # nbformat raises what it likes on a broken file: KeyError, NotJSONError, …
        return None


def _beside(path: Path) -> Path:
    """A name beside `path` that is not taken: 01_rollback.old.ipynb, 01_rollback.old-2.ipynb, …"""
    kept, number = path.with_name(f"{path.stem}.old.ipynb"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.old-{number}.ipynb")
    return kept
