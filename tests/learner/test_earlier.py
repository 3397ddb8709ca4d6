"""What a lesson's cell finds from the cells above it, in a kernel that has not run them."""

import ast
import json

import pytest

from checks.exercise import Step
from checks.learner import earlier
from checks.lessons import exercises, lessons
from checks.notebook import NOTEBOOKS, SOLUTIONS


def mine(step: Step) -> str | None:
    """A learner who has solved lesson 1's first two steps, in words of their own."""
    return {
        "rollback.1": "model_versions = dict(v1='stable')",
        "rollback.2": "mine = 'v3'; current_version = mine",
    }.get(step.id)


def lacks(cell: str, source: str, there: tuple[str, ...] = ()) -> list[str]:
    return [str(piece) for piece in earlier.missing(cell, source, there, mine).pieces]


def test_an_answer_finds_the_learners_own_right_answers_else_the_workbooks() -> None:
    read = "print(rollback_version, len(model_versions))"
    found = earlier.missing("rollback-4-answer", read, (), mine)
    assert [str(piece) for piece in found.pieces] == [
        "model_versions (from step 1, your answer)",
        "current_version (from step 2, your answer)",  # step 3's answer reads it
        "rollback_version (from step 3, the workbook's answer)",
    ]
    assert found.pieces[0].source == "model_versions = dict(v1='stable')"
    names: dict[str, object] = {}
    for piece in found.pieces:
        exec(piece.source, names)
    assert "rollback_version" in names and names["mine"] == "v3"


def test_what_is_there_or_set_by_the_cell_or_named_by_nobody_above_is_left_alone() -> None:
    assert lacks("rollback-4-answer", "print(model_versions)", ("model_versions",)) == []
    assert lacks("rollback-4-answer", "model_versions = {}; print(model_versions)") == []
    assert lacks("rollback-1-answer", "print(model_versions)") == [], "its own step is not above it"
    assert lacks("rollback-4-answer", "print(rolback_version)") == [], "a slip is the learner's"
    assert lacks("rollback-4-answer", "print(") == []
    assert lacks("elsewhere", "print(model_versions)") == []


def test_a_loops_variable_is_left_alone() -> None:
    slip = "sorted(model_versions, key=version_number(version))"
    assert not any("version " in piece or "version," in piece for piece in lacks("order-2-answer", slip))


def test_what_only_shows_something_is_not_run_again() -> None:
    [_, given] = earlier.missing("alias-3-answer", "client.search_model_versions('')", (), mine).pieces
    assert str(given) == "client (from the lesson)"
    assert "practice(" in given.source and "timeline(" not in given.source
    [imported] = earlier.missing("durable-lost-start", "Worker()", (), mine).pieces
    assert not imported.names and "progress(" not in imported.source


def test_a_cell_that_tells_a_story_needs_the_steps_solved_even_if_names_of_theirs_are_there() -> None:
    needs = earlier.missing("restore-refused", "promote(3, 'bo')", ("promote", "loads"), mine).unsolved
    assert [step.id for step in needs] == ["restore.3"]
    needs = earlier.missing("restore-refused", "promote(3, 'bo')", (), mine).unsolved
    assert [step.id for step in needs] == ["restore.2", "restore.3"]
    assert earlier.missing("rollback-3-answer", "model_versions", (), mine).unsolved == ()


@pytest.mark.parametrize("lesson", [each for each in lessons() if each.number], ids=lambda each: each.slug)
def test_with_everything_solved_a_cell_finds_all_that_it_reads(lesson: object) -> None:
    """Of every cell of the solutions: what it reads and nobody above sets is nobody's."""
    solution = json.loads((SOLUTIONS / f"{lesson.notebook}.ipynb").read_text("utf-8"))
    above: set[str] = set()
    for cell in solution["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        found = earlier.missing(cell["id"], source, (), lambda step: step.reference)
        assert not found.unsolved
        tree = ast.parse(source)
        brought = {name for piece in found.pieces for name in earlier._set(ast.parse(piece.source))}
        assert above & earlier._read(tree) <= brought, cell["id"]
        above |= earlier._set(tree)


def test_the_cells_are_those_that_are_handed_out() -> None:
    assert set(earlier._cells("01_rollback")) == {
        cell["id"]
        for cell in json.loads((NOTEBOOKS / "01_rollback.ipynb").read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    }
    assert "rollback.3" in exercises()
