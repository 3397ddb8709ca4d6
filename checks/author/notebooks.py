"""solutions → notebooks: from the text that authors write to the lessons as they are handed out.

Called by `workbook notebooks`.
"""

import copy
import os
import re

import nbformat
from nbformat import NotebookNode

from checks.author.prose import FILL_IN, exercise_below, heading
from checks.calls import call, only_words
from checks.catalogue import ENGLISH, VARIABLE
from checks.exercise import Choice, Exercise, FillIn, Lesson, Step
from checks.learner.card.card import Card, CardState
from checks.learner.card.incident import IncidentCard, IncidentState
from checks.learner.card.quiz import QuizCard
from checks.learner.sitting import face
from checks.lessons import exercises, incidents, lesson_of, paper
from checks.notebook import SOLUTIONS, named, tag, tagged_id
from checks.vocabulary import PROGRESS, TEMPORARY


def hand_out(solution: NotebookNode) -> NotebookNode:
    """The lesson as learners get it: answers taken out, outputs replaced by unanswered faces.

    What a lesson shows before its first answer cell stays, so that its pictures are seen on GitHub too; what
    comes after it may come of an answer. What is to be predicted is not shown either. A kata is drawn anew.
    """
    notebook = copy.deepcopy(solution)
    answered = ahead = False
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        said = tag(cell)
        answered = answered or bool(said and said["role"] == "answer")
        ahead = bool(said and said["role"] == "predict") or (ahead and not only_words(cell.source))
        cell.execution_count = None
        cell.outputs = (
            [] if said or answered or ahead or only_words(cell.source) else [*map(_unnumbered, cell.outputs)]
        )
        if not said:
            continue
        if said["role"] == "quiz":
            asked = paper_of(cell.source)
            cell.source = f"{asked.call})"
            cell.outputs = [_output(face(asked))]
            continue
        if said["role"] == "kata":
            cell.source = f'kata("{said["exercise"].partition(".")[2]}")'
            continue
        if said["role"] == "predict":
            incident = incidents()[said["exercise"]]
            cell.source = call(incident.id, (), "predict")
            cell.outputs = [_output(IncidentCard(IncidentState(incident, lesson_of(incident.id))))]
            continue
        exercise = exercises()[said["exercise"]]
        if said["role"] == "answer":
            assert isinstance(exercise, Step)
            cell.source = exercise.starter.rstrip("\n")
            cell.metadata["tags"] = ["raises-exception"]  # a mistake there does not stop Run All
        elif said["role"] == "ask":
            cell.source = call(exercise.id, ())
        if said["role"] in ("ask", "check"):
            cell.outputs = [_unanswered(exercise)]
    return notebook


def paper_of(cell: str) -> paper.Paper:
    """The test that a cell such as `quiz("approval", seed=7, answers="…")` asks. ValueError for another."""
    call = re.match(r"""quiz\((?:["'](\w+)["'], )?seed=(\d+)""", cell)
    if call is None:
        raise ValueError(f'a cell of role quiz must begin as in quiz("approval", seed=7, and is: {cell}')
    of = re.search(r"\bof=(\d+)", cell)
    return paper.quiz(call[1], int(call[2]), int(of[1]) if of else paper.FIRST)


def _unnumbered(output: NotebookNode) -> NotebookNode:
    return NotebookNode({**output, "execution_count": None}) if "execution_count" in output else output


def _unanswered(exercise: Exercise) -> NotebookNode:
    answer = "" if isinstance(exercise, Step) else ()
    return _output(Card(CardState(exercise, lesson_of(exercise.id), answer)))


def _output(card: Card | IncidentCard | QuizCard) -> NotebookNode:
    output: NotebookNode = nbformat.v4.new_output("execute_result", data=card._repr_mimebundle_())
    return output


def completed(lesson: Lesson, written: NotebookNode) -> NotebookNode:
    """The solution with what its exercises' files say already: tags, headings and answers that are missing.

    A cell of ours is known by its id or by its metadata, and gets the other. What differs from machine to
    machine goes.
    """
    solution = copy.deepcopy(written)
    known = {exercise.id: exercise for exercise in lesson.exercises}
    for cell in solution.cells:
        id_, role = named(cell.id)
        if tag(cell).get("exercise") in known and tag(cell).get("role") in ("answer", "check", "ask"):
            cell.id = tagged_id(cell)
        elif (
            cell.cell_type == "code"
            and id_ in (*known, lesson.incident and lesson.incident.id)
            and "workbook" not in cell.metadata
        ):
            cell.metadata["workbook"] = {"exercise": id_, "role": role}
        if cell.cell_type == "code" and (exercise := known.get(tag(cell).get("exercise", ""))):
            _answer(cell, exercise)
        elif cell.cell_type == "markdown":
            cell.source = _headed(lesson, cell)
    solution.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return solution


def _answer(cell: NotebookNode, exercise: Exercise) -> None:
    role = tag(cell)["role"]
    if role == "answer" and isinstance(exercise, Step) and not cell.source.strip():
        cell.source = exercise.reference
    elif role == "ask" and isinstance(exercise, FillIn | Choice) and cell.source == call(exercise.id, ()):
        cell.source = call(exercise.id, tuple(exercise.answer))


def _headed(lesson: Lesson, cell: NotebookNode) -> str:
    """The cell's text, with the heading that belongs there where `workbook new` left it open."""
    first, *rest = str(cell.source).split("\n")
    of = exercise_below(lesson, cell.id)
    if first == f"## {FILL_IN}" and of:
        first = heading(lesson, of)
    elif first == f"# {FILL_IN}":
        first = f"# {lesson.number} {lesson.title}"
    return "\n".join([first, *rest])


def execute(solution: NotebookNode) -> NotebookNode:
    """A solution, run from top to bottom, with its outputs. Raises nbclient's CellExecutionError.

    Output that comes in several pieces is put together: how many there are depends on how busy a machine is.
    """
    from nbclient import NotebookClient  # only authors need it

    executed = copy.deepcopy(solution)
    client = NotebookClient(
        executed,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # a kernel on this machine need not be warned of networks
        resources={"metadata": {"path": str(SOLUTIONS)}},
    )
    client.execute(env={**os.environ, PROGRESS: TEMPORARY, VARIABLE: ENGLISH})
    executed.metadata = copy.deepcopy(solution.metadata)
    return executed
