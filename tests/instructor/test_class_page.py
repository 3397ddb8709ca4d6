"""The page on the class: its marks, its plots with their tables, and what is folded away."""

import re
from pathlib import Path

from checks.instructor import report
from checks.instructor.class_page import class_page
from checks.instructor.marks import Override, Result
from checks.instructor.submission import Class
from checks.lessons import lessons
from tests.helpers.graded import grade
from tests.helpers.handed_in import mixed

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_the_class_page_has_plots_with_tables(tmp_path: Path) -> None:
    mixed(tmp_path / "in", 8, (ROLLBACK,))
    out = grade(tmp_path / "in", tmp_path / "out")
    assert "8 learners, 8 notebooks (0 unreadable)" in out
    page = (tmp_path / "out" / "class.html").read_text("utf-8")
    assert page.count("<svg") == 3
    assert page.count("<table") == 4
    assert "<code>" in page
    assert "`" not in page, "the course's sentences are Markdown"
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert len(list((tmp_path / "out" / "feedback").iterdir())) == 8
    assert not list((tmp_path / "out").glob("*.partial"))


def test_the_table_of_marks_tells_wrong_from_not_attempted_and_has_sums_and_tests(tmp_path: Path) -> None:
    every = [lesson for lesson in lessons() if lesson.notebook in (ROLLBACK, APPROVAL)]
    said = {"rollback.1": "correct", "rollback.2": "wrong", "rollback.3": "error", "approval.1": "correct"}
    results = [
        Result("ann", exercise.id, said.get(exercise.id, "not_attempted"), "")  # type: ignore[arg-type]
        for lesson in every
        for exercise in lesson.exercises
    ]
    overrides = {("ann", "rollback.4"): Override("ann", "rollback.4", 1, "shown in class", "2026-11-28")}
    points = {"test.approval": {"ann": 7}, "kata.rollback": {"ann": 6}}
    report.write(tmp_path, Class(("ann",), (), (), {}), every, results, overrides, points)
    page = (tmp_path / report.CLASS_PAGE).read_text("utf-8")
    table = page[page.index('class="marks"') :]
    row = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table[table.index("<tbody>") :])
    assert row[1:] == [
        "1",
        "0",
        "!",
        "1*",
        "<b>2</b>",
        "1",
        "–",
        "–",
        "–",
        "–",
        "<b>1</b>",
        "<b>3</b>",
        "7",
        "6",
    ]
    kinds = re.findall(r'<td class="(\w+)"', table)
    assert kinds == ["correct", "wrong", "error", "correct", "correct", *["not_attempted"] * 4]


def test_what_is_long_on_the_page_of_a_large_class_is_folded() -> None:
    first = [lesson for lesson in lessons() if lesson.counts][:1]
    exercises = first[0].exercises
    learners = tuple(f"learner {number:04}" for number in range(1000))
    held = f"{exercises[0].id}/{exercises[0].misconceptions[0].id}"
    results = [Result(who, one.id, "wrong", "", held) for who in learners for one in exercises]
    notices = tuple(f"{who}: notes.txt is no notebook" for who in learners)
    files = report.file_names(learners)
    page = class_page(Class(learners, (), notices), first, results, {}, files, {})
    assert "<details><summary>1000 notices" in page
    assert page.count("<details><summary>show them") == 1
    assert len(page) < 1_000_000
