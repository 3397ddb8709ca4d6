"""solutions → notebooks: from the text that authors write to the lessons as they are handed out.

Called by `workbook notebooks`.
"""

import copy
import os
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from checks.exercise import Exercise, Step
from checks.learner.card.card import Card, CardState
from checks.learner.card.quiz import QuizCard
from checks.learner.sitting import face
from checks.lessons import exercises, lesson_of, paper
from checks.notebook import read, tag, tagged_id, write
from checks.vocabulary import PROGRESS, TEMPORARY


def hand_out(solution: NotebookNode) -> NotebookNode:
    """The lesson as learners get it: answers taken out, outputs replaced by unanswered faces."""
    notebook = copy.deepcopy(solution)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        said = tag(cell)
        if not said:
            continue
        if said["role"] == "quiz":
            asked = _paper(cell.source)
            cell.source = f"{asked.call})"
            cell.outputs = [_output(face(asked))]
            continue
        exercise = exercises()[said["exercise"]]
        if said["role"] == "answer":
            assert isinstance(exercise, Step)
            cell.source = exercise.starter.rstrip("\n")
        elif said["role"] == "ask":
            cell.source = f'ask("{exercise.id}")'
        if said["role"] in ("ask", "check"):
            cell.outputs = [_unanswered(exercise)]
    return notebook


def _paper(cell: str) -> paper.Paper:
    """The test that a cell such as `quiz("approval", seed=7, answers="…")` asks."""
    call = re.match(r"""quiz\((?:["'](\w+)["'], )?seed=(\d+)""", cell)
    if call is None:
        raise ValueError(f'a cell of role quiz must begin as in quiz("approval", seed=7, and is: {cell}')
    of = re.search(r"\bof=(\d+)", cell)
    return paper.quiz(call[1], int(call[2]), int(of[1]) if of else paper.FIRST)


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
        if tag(cell):  # JupyterLab lets an author write metadata, but no id
            cell.id = tagged_id(cell)
    env = {**os.environ, PROGRESS: TEMPORARY}
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
