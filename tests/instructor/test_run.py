"""Grading a class: the right marks, and points for the test on approval."""

import json
from pathlib import Path

import pytest

from checks.instructor import course, marks, run, submission
from checks.lessons import lessons
from checks.notebook import ROOT
from tests.helpers.graded import grade, rows


def test_solutions_get_full_marks_and_notebooks_none(tmp_path: Path) -> None:
    for folder, share in (("solutions", 1), ("notebooks", 0)):
        grade(ROOT / folder, tmp_path / folder)
        (row,) = rows(tmp_path / folder).values()
        assert row["learner"] == folder
        assert int(row["total"]) == share * int(row["possible"])
        assert int(row["possible"]) == len(course.exercises())


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ('quiz("approval", seed=7, answers="dacddcdccd")', 10),
        ('quiz("approval", seed=7, answers="dacdd")', 5),
        ('quiz("approval", seed=7, answers="dacddcdccddd")', 0),
        ('quiz("approval", seed=7, answers="d")\nquiz("approval", seed=7, answers="da")', 2),
        ('quiz("approval", seed=7, answers=open("x"))', None),
        ('quiz("approval", seed=7)', None),
        ('quiz("rollback", seed=3, answers="bacb")', None),
    ],
)
def test_the_test_on_approval_gives_points_outside_the_total(
    tmp_path: Path, source: str, points: int | None
) -> None:
    tag = {"workbook": {"exercise": "test.approval", "role": "quiz"}}
    cell = {"cell_type": "code", "id": "q", "metadata": tag, "source": source, "outputs": []}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "09_test.ipynb").write_text(json.dumps({"cells": [cell]}))
    (tmp_path / "bob").mkdir()
    class_ = submission.collect(tmp_path, lessons())
    tests = run.points(class_)
    assert tests.get("ann") == points
    header, ann, bob = marks.gradebook(class_.learners, [], [], {}, tests).splitlines()
    if points is None:
        assert header == "learner,total,possible"
    else:
        assert header == "learner,test.approval,total,possible"
        assert (ann, bob) == (f"ann,{points},0,0", "bob,0,0,0")
