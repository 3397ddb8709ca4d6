"""Grading a class: the right marks, and points for the test on approval."""

import json
from pathlib import Path

import pytest

from checks.instructor import course, kept, marks, run, submission, work
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


def taken(tmp_path: Path, source: str) -> submission.Class:
    """A class of two, of whom ann has this in the cell of the test on approval."""
    tag = {"workbook": {"exercise": "test.approval", "role": "quiz"}}
    cell = {"cell_type": "code", "id": "q", "metadata": tag, "source": source, "outputs": []}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "09_test.ipynb").write_text(json.dumps({"cells": [cell]}))
    (tmp_path / "bob").mkdir()
    return submission.collect(tmp_path, lessons())


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ('quiz("approval", seed=7, answers="dacddcdccd")', 10),
        ('quiz("approval", seed=7, answers="dacdd")', 5),
        ('quiz("approval", seed=7, answers="dacddcdccddd")', 0),
        ('quiz("approval", seed=7, answers="d")\nquiz("approval", seed=7, answers="da")', 2),
        ('quiz("approval", seed=7, answers=open("x"))', None),
        ('quiz("approval", 7, "dacddcdccd")', 10),
        ('checks.quiz("approval", 7, answers="dacddcdccd", of=51)', 10),
        ('quiz("approval", seed=7)', None),
        ('quiz("rollback", seed=3, answers="bacb")', None),
    ],
)
def test_the_test_on_approval_gives_points_outside_the_total(
    tmp_path: Path, source: str, points: int | None
) -> None:
    class_ = taken(tmp_path, source)
    beside = run.points(class_)
    assert beside["test.approval"].get("ann") == points
    header, ann, bob = marks.gradebook(class_.learners, [], [], {}, beside).splitlines()
    if points is None:
        assert header == "learner,total,possible"
    else:
        assert header == "learner,test.approval,total,possible"
        assert (ann, bob) == (f"ann,{points},0,0", "bob,0,0,0")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ('quiz("approval", seed=7, answers="dacddcdccd", of=0)', "`of` says how many"),
        ('quiz("approval", seed=7, answers="dacddcdccd", of="51")', "`of` says how many"),
        ('quiz("approval", seed=7, answers="dacddcdccd", of=True)', "`of` says how many"),
        ('quiz("approval", seed=7, answers="dacddcdccd", of=-51)', "`of` says how many"),
        ('quiz("approval", seed=7, answers="dacddcdccd", of=len("x"))', "`of` says how many"),
        ('quiz("approval", seed=7, answers="dacddcdccd", of=99999)', "`of` says how many"),
        (f'quiz("approval", seed=7, answers="dacddcdccd", of=0x{"f" * 5000})', "`of` says how many"),
        (f'quiz("approval", seed=0x{"f" * 5000}, answers="dacddcdccd")', "A seed is a whole number"),
        ('quiz("approval", seed=True, answers="dacddcdccd")', "A seed is a whole number"),
        ('quiz("approval", seed=7, answers="dacddcdccddd")', "10 questions and 12 answers"),
    ],
)
def test_a_test_that_nobody_was_given_has_no_points_and_is_named(
    tmp_path: Path, call: str, says: str
) -> None:
    class_ = taken(tmp_path, call)
    assert run.points(class_) == {"test.approval": {"ann": 0}}
    assert any("ann: 09_test.ipynb gets no points for test.approval" in one for one in class_.notices)
    assert any(says in notice for notice in class_.notices)
    kept.write_class(tmp_path, class_, [])
    assert kept.read_class(tmp_path)[0] == class_


def test_a_number_that_python_itself_does_not_read_is_named(tmp_path: Path) -> None:
    class_ = taken(tmp_path, f'quiz("approval", seed=7, of={"5" * 5000}, answers="dacddcdccd")')
    assert run.points(class_) == {"test.approval": {"ann": 0}}
    assert any("test.approval" in notice for notice in class_.notices)


def test_what_was_graded_before_tests_said_of_is_read_again(tmp_path: Path) -> None:
    class_ = taken(tmp_path, 'quiz("approval", seed=7, answers="dacddcdccd")')
    kept.write_class(tmp_path, class_, [])
    file = tmp_path / kept.CLASS
    file.write_text(file.read_text().replace(", 51]", "]"))
    assert run.points(kept.read_class(tmp_path)[0]) == {"test.approval": {"ann": 10}}


def kata(tmp_path: Path, source: str) -> submission.Class:
    """A class of one, who has this in the cell of the kata on rollback."""
    tag = {"workbook": {"exercise": "kata.rollback", "role": "kata"}}
    cell = {"cell_type": "code", "id": "kata-rollback-kata", "metadata": tag, "source": source, "outputs": []}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "09_test.ipynb").write_text(json.dumps({"cells": [cell]}))
    return submission.collect(tmp_path, lessons())


def solved() -> str:
    """The solution's kata, of which six answers are right."""
    cells = json.loads((ROOT / "solutions" / "09_test.ipynb").read_text("utf-8"))["cells"]
    return "".join(next(cell["source"] for cell in cells if cell["id"] == "kata-rollback-kata"))


def test_a_kata_is_marked_from_its_call_outside_the_total(tmp_path: Path) -> None:
    """A copy elsewhere does not count before its own cell; nothing is known but the call."""
    class_ = kata(tmp_path, solved())
    points = work.points_of_katas(class_.katas)
    assert points == {"rollback": {"ann": 6}}
    header, ann = marks.gradebook(
        class_.learners, [], [], {}, {"kata.rollback": points["rollback"]}
    ).splitlines()
    assert (header, ann) == ("learner,kata.rollback,total,possible", "ann,6,0,0")
    again = kept.together(kept.Kept({"folder": class_}))
    kept.write_class(tmp_path, again, [])
    assert kept.read_class(tmp_path)[0].katas == class_.katas


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ('kata("rollback")', {}),
        ('kata("rollback", seed=1, answers=[])', {}),
        ('kata("rollback", seed=1, answers=open("x"))', {}),
        ('kata("rollback", seed=1, answers=[["rollback.3:why", "quite", f"{1}"]])', {}),
        ('kata("nonsense", seed=1, answers=[["rollback.3:why", "quite", "a"]])', {}),
        (
            'kata("rollback", seed=1, answers=[["rollback.3:why", "quite", "zebra"]])',
            {"rollback": {"ann": 0}},
        ),
        ('kata("rollback", seed=-1, answers=[["rollback.3:why", "quite", "a"]])', {"rollback": {"ann": 0}}),
        ('kata("rollback", 1, [["rollback.3:why", "sure", "a"]])', {"rollback": {"ann": 0}}),
        ('kata("rollback", 1, [["pipeline.1:why", "quite", "a"]])', {"rollback": {"ann": 0}}),
    ],
)
def test_what_is_no_kata_has_no_points(
    tmp_path: Path, source: str, points: dict[str, dict[str, int]]
) -> None:
    assert work.points_of_katas(kata(tmp_path, source).katas) == points
