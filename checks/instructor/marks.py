"""Marks: the judge's results, an instructor's own decisions, and the gradebook made of both.

Called by grading, which gets results from the judge, and by `workbook override`.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from checks.judge.kata import ITEMS
from checks.text import csv_cell, json_line

OVERRIDES = "overrides.jsonl"
GRADEBOOK = "gradebook.csv"
RESULTS = "results.jsonl"
TEST = "test.approval"
#: What has points outside the total, by what its id begins with, and how many there are.
BESIDE = {"test": 10, "kata": ITEMS}

#: The points outside the total: such as test.approval or kata.rollback → learner → points.
Points = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Result:
    """The judge's verdict on one learner's answer to one exercise. `seconds` is the wall-clock time."""

    learner: str
    exercise: str
    status: str
    feedback: str
    misconception: str | None = None
    seconds: float = 0.0

    @property
    def mark(self) -> int:
        return int(self.status == "correct")


@dataclass(frozen=True)
class Override:
    """An instructor's own decision; `at` is UTC in ISO 8601.

    `mark` is 1 or 0, for a test 0 to 10; None withdraws what was decided before.
    """

    learner: str
    exercise: str
    mark: int | None
    why: str
    at: str


Overrides = Mapping[tuple[str, str], Override]


def read_overrides(grades: Path) -> dict[tuple[str, str], Override]:
    """The decisions kept in GRADES, the last one on each learner and exercise, without what was withdrawn.

    Raises ValueError if a line is not one of ours: a decision must not get lost in silence.
    """
    path = grades / OVERRIDES
    found = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n") if path.exists() else (), 1):
        if not line.strip():
            continue
        try:
            one = Override(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"{path}, line {number}, is not a decision: {error}. Fix or delete the line."
            ) from error
        found[one.learner, one.exercise] = one
    return {about: one for about, one in found.items() if one.mark is not None}


def add_override(grades: Path, learner: str, exercise: str, mark: int | None, why: str) -> Override:
    """Keep a decision, beside all earlier ones; a mark of None withdraws them."""
    one = Override(learner, exercise, mark, why, datetime.now(UTC).isoformat(timespec="seconds"))
    with (grades / OVERRIDES).open("a", encoding="utf-8") as file:
        file.write(json_line(asdict(one)) + "\n")
    return one


def beside(exercise: str) -> int:
    """How many points there are for what stands outside the total, such as test.approval; 0 for all else."""
    return BESIDE.get(exercise.partition(".")[0], 0)


def mark(result: Result, overrides: Overrides) -> int:
    """1 or 0: the instructor's, where there is one."""
    decided = overrides.get((result.learner, result.exercise))
    return result.mark if decided is None or decided.mark is None else decided.mark


def gradebook(
    learners: Iterable[str],
    exercises: Iterable[str],
    results: Iterable[Result],
    overrides: Overrides,
    points: Points,
) -> str:
    """The gradebook as CSV: a row for every learner, a column for every exercise, `total` and `possible`.

    `points` stand outside `total`, each in a column that is there if anybody has some, or if the instructor
    gave somebody some.
    """
    exercises = tuple(exercises)
    marks = {(one.learner, one.exercise): mark(one, overrides) for one in results}
    columns = taken(overrides, points)
    table = io.StringIO()
    head = ["learner", *exercises, *columns, "total", "possible"]
    csv.writer(table, lineterminator="\n").writerow(head)
    for learner in learners:
        row = [marks.get((learner, exercise), 0) for exercise in exercises]
        own = [points_of(learner, id_, overrides, points) for id_ in columns]
        # Where `;` or a tab parts the columns, what stands after it would be a cell of its own.
        has_parts = bool(set(learner) & set(";\t|"))
        line = [csv_cell(learner), *row, *own, sum(row), len(exercises)]
        quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if has_parts else csv.QUOTE_MINIMAL
        csv.writer(table, lineterminator="\n", quoting=quoting).writerow(line)
    return table.getvalue()


def taken(overrides: Overrides, points: Points) -> list[str]:
    """The tests, and then the katas, of which somebody has points."""
    decided = {id_ for _, id_ in overrides if beside(id_)}
    found = {*decided, *(id_ for id_, own in points.items() if own)}
    return [id_ for kind in BESIDE for id_ in sorted(found) if id_.startswith(f"{kind}.")]


def points_of(learner: str, id_: str, overrides: Overrides, points: Points) -> int | str:
    """The points of a test or a kata, the instructor's where there are any; "" where nobody counted them."""
    if decided := overrides.get((learner, id_)):
        return "" if decided.mark is None else decided.mark
    return points[id_].get(learner, 0) if points.get(id_) else ""


def to_lines(results: Iterable[Result]) -> str:
    """The results as JSON, one to a line."""
    return "".join(json_line(asdict(one)) + "\n" for one in results)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all; half a surrogate pair, which no file can hold, as `\\ud800`."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    partial.replace(path)
