"""Makes submissions for the tests of grading: a learner's notebook with the answers one wants."""

import copy
import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checks.exercise import Answer, Exercise, Step
from checks.instructor import course
from checks.notebook import NOTEBOOKS


@cache
def _handed_out(lesson: str) -> str:
    return (NOTEBOOKS / f"{lesson}.ipynb").read_text("utf-8")


def notebook(lesson: str, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The lesson as handed out, with these answers, by exercise id; what is not among them stays open."""
    made = json.loads(_handed_out(lesson))
    cells = {cell.get("id"): cell for cell in made["cells"]}
    for id_, answer in answers.items():
        name = id_.replace(".", "-")
        if isinstance(answer, str):
            cells[f"{name}-answer"]["source"] = answer
        else:
            arguments = ", ".join(map(json.dumps, (id_, *answer)))
            cells[f"{name}-ask"]["source"] = f"ask({arguments})"
    return copy.deepcopy(made)


def saved_by_vscode(made: dict[str, Any], tags: bool) -> dict[str, Any]:
    """The notebook as VS Code saves one of a format that knows no cell ids, with `metadata.vscode`.

    Without `tags` the ids that an earlier front end left in the metadata are all that tells cells apart.
    """
    saved = copy.deepcopy(made)
    saved["nbformat_minor"] = 2
    saved["metadata"] |= {"orig_nbformat": 4, "vscode": {"interpreter": {"hash": "31f2aee4e71d21fb"}}}
    for cell in saved["cells"]:
        id_ = cell.pop("id")
        if not tags:
            cell["metadata"] = {"id": id_}
        if cell["cell_type"] == "code":
            cell["metadata"]["vscode"] = {"languageId": "python"}
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return saved


def right(exercise: Exercise) -> Answer:
    """The exercise's right answer."""
    return exercise.reference if isinstance(exercise, Step) else tuple(exercise.answer)  # type: ignore[attr-defined]


def all_right(lesson: str) -> dict[str, Answer]:
    """Right answers to all of a lesson."""
    (found,) = (one for one in course.lessons() if one.notebook == lesson)
    return {exercise.id: right(exercise) for exercise in found.exercises}


def hand_in(folder: Path, learner: str, lesson: str, content: object, name: str = "") -> Path:
    """Write a notebook, or raw text or bytes, as a learner's file."""
    path = folder / learner / (name or f"{lesson}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def mixed(folder: Path, learners: int, lessons: tuple[str, ...], seed: int = 1) -> dict[tuple[str, str], int]:
    """A class with right, wrong and missing answers; returns the marks that it has to get.

    Wrong answers are samples of the course's misconceptions; right ones include the listed alternatives.
    """
    chance = random.Random(seed)
    marks = {}
    for number in range(learners):
        learner = f"learner{number:04}"
        for lesson in course.lessons():
            if lesson.notebook not in lessons:
                continue
            answers: dict[str, Answer] = {}
            for exercise in lesson.exercises:
                kind = chance.choices(("right", "wrong", "missing"), (6, 3, 1))[0]
                marks[learner, exercise.id] = int(kind == "right")
                if kind == "right":
                    answers[exercise.id] = chance.choice(
                        [right(exercise), *getattr(exercise, "alternatives", ())]
                    )
                elif kind == "wrong":
                    samples = [s for m in exercise.misconceptions for s in m.samples if "*" not in s]
                    answers[exercise.id] = chance.choice(samples)
            hand_in(folder, learner, lesson.notebook, notebook(lesson.notebook, answers))
    return marks
