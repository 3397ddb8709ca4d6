"""The gradebook and an instructor's own decisions."""

import csv
from pathlib import Path

import pytest

from checks.instructor import marks
from checks.instructor.marks import Override, Result


def test_the_gradebook_has_a_row_for_everyone() -> None:
    results = [
        Result("a", "x.1", "correct", ""),
        Result("a", "x.2", "wrong", ""),
        Result("b", "x.1", "error", ""),
    ]
    overrides = {
        ("a", "x.2"): Override("a", "x.2", 1, "why", "then"),
        ("b", "x.1"): Override("b", "x.1", 0, "", ""),
    }
    table = marks.gradebook(["a", "b"], ["x.1", "x.2"], results, overrides, {})
    assert table == "learner,x.1,x.2,total,possible\na,1,1,2,2\nb,0,0,0,2\n"


@pytest.mark.parametrize("name", ["x;=cmd|' /C calc'!A0", "x;=1", "x\t=1", 'x";=1', "a,b;=1", "x|=1"])
def test_what_parts_columns_elsewhere_parts_none_here(name: str) -> None:
    line = marks.gradebook([name], [], [], {}, {}).splitlines()[1]
    for separator in ",;\t|":
        (row,) = csv.reader([line], delimiter=separator)
        assert not any(cell.lstrip()[:1] in "=+-@" for cell in row if cell)
    assert next(csv.reader([line]))[1:] == ["0", "0"]


def test_a_decision_that_cannot_be_read_stops_everything(tmp_path: Path) -> None:
    (tmp_path / marks.OVERRIDES).write_text('{"learner": "anna"}\n')
    with pytest.raises(ValueError, match="line 1"):
        marks.read_overrides(tmp_path)


def test_tests_and_katas_stand_outside_the_total_and_the_instructor_decides_on_both() -> None:
    points = {"test.approval": {}, "kata.rollback": {"a": 6}}
    overrides = {("b", "kata.rollback"): Override("b", "kata.rollback", 8, "aloud", "")}
    table = marks.gradebook(["a", "b", "c"], [], [], overrides, points)
    assert table == "learner,kata.rollback,total,possible\na,6,0,0\nb,8,0,0\nc,0,0,0\n"
    overrides[("b", "test.rollback")] = Override("b", "test.rollback", 9, "aloud", "")
    head, a, b, _ = marks.gradebook(["a", "b", "c"], [], [], overrides, points).splitlines()
    assert head.split(",")[1:3] == ["test.rollback", "kata.rollback"]
    assert (a, b) == ("a,,6,0,0", "b,9,8,0,0")
