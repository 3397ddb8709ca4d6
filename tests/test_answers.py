"""One finder of answers: what is graded is what the check in the page judged, or a notice says why not."""

import json
import time
from dataclasses import dataclass, replace

import pytest

from checks import answers
from checks.answers import Cell, Reading, cells_of
from checks.exercise import Step
from checks.learner import cells as page
from checks.lessons import exercises
from checks.notebook import NOTEBOOKS, given

START = "# Write your answer here"
ID, TAGGED = "rollback-2-answer", ("rollback.2", "answer")
STARTERS = {f"rollback.{number}": START for number in (1, 2, 3, 4)}
MINE = "current_version = 'mine'"
CHECK = Cell('check("rollback.2")', "rollback-2-check", "rollback.2", "check")
HEADING = Cell("## Step 3", "rollback-3-task", kind="markdown")


def answer(source: str = START, id_: str = ID, kind: str = "code", tagged: bool = True) -> Cell:
    exercise, role = TAGGED if tagged else ("", "")
    return Cell(source, id_, exercise, role, kind)


@dataclass(frozen=True)
class Info:
    raw_cell: str
    cell_id: str


def in_the_page(cells: list[Cell], monkeypatch: pytest.MonkeyPatch) -> str | None:
    """What the check judges after Run All, and, of a cell below it, after that cell and then the check."""
    monkeypatch.setattr(page, "_log", page._Log())
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    code = [cell for cell in cells if cell.kind == "code"]
    for cell in (*code, *(cell for cell in code if "check(" in cell.source)):
        page.note(Info(cell.source, cell.id))
    found = page.answer_to("rollback.2", START)
    return found.source if found and answers.is_written(found.source, START) else None


#: A notebook → what counts, and what a notice says (None: nothing is unusual).
FOUND: dict[str, tuple[list[Cell], str | None, str | None]] = {
    "in its own cell": ([answer(MINE), CHECK], MINE, None),
    "in its own cell, untagged": ([answer(MINE, tagged=False), CHECK], MINE, None),
    "in its own cell, of which the id is lost": ([answer(MINE, "a1b2c3d4"), CHECK], MINE, None),
    "nothing": ([answer(), CHECK], None, None),
    "nothing, and the check is below another step's answer": (
        [Cell("x = 1", "rollback-1-answer"), answer(), CHECK],
        None,
        None,
    ),
    "in a cell of one's own above": ([Cell(MINE, "own"), answer(), CHECK], MINE, "a cell of your own above"),
    "in a cell of one's own between": ([answer(), Cell(MINE, "own"), CHECK], MINE, "of your own above"),
    "in a cell of one's own below": ([answer(), CHECK, Cell(MINE, "own")], MINE, "a cell of your own below"),
    "in a cell of one's own below, under prose": (
        [answer(), CHECK, Cell("Mine:", "p", kind="markdown"), Cell(MINE, "own"), HEADING],
        MINE,
        "a cell of your own below",
    ),
    "above the check in its cell": (
        [answer(), Cell(f'{MINE}\ncheck("rollback.2")', "rollback-2-check", "rollback.2", "check")],
        f"{MINE}\n",
        "what stands above the check",
    ),
    "in a copy": ([answer(), answer(MINE, "copy"), CHECK], MINE, None),
    "in its own cell and in a later copy": (
        [answer(MINE), answer("current_version = 'copy'", "copy"), CHECK],
        MINE,
        "“current_version = 'mine'” counts, not “current_version = 'copy'”",
    ),
    "in two copies": (
        [answer(), answer("current_version = 'first'", "one"), answer(MINE, "two"), CHECK],
        MINE,
        "counts, not “current_version = 'first'”",
    ),
    "in its own cell, and otherwise in one's own": (
        [answer(MINE), Cell("current_version = 'later'", "own"), CHECK],
        MINE,
        "says “current_version = 'later'”",
    ),
    "nowhere, but its cell is Markdown": (
        [answer(MINE, kind="markdown"), CHECK],
        None,
        "the answer cell is Markdown, which nothing runs, and does not count: “current_version = 'mine'”",
    ),
    "nowhere, but its cell is raw": ([answer(MINE, kind="raw"), CHECK], None, "is raw text"),
    "in a cell of one's own beside the Markdown one": (
        [answer("current_version = 'told'", kind="markdown"), Cell(MINE, "own"), CHECK],
        MINE,
        "is Markdown",
    ),
    "nowhere, but every line is a comment": ([answer(f"# {MINE}"), CHECK], None, "is a comment"),
    "renamed and untagged, as Colab leaves it": (
        [Cell(MINE, "x1"), Cell('check("rollback.2")', "x2")],
        MINE,
        None,
    ),
    "without a check": ([answer(MINE)], MINE, None),
}


@pytest.mark.parametrize("where", FOUND)
def test_where_an_answer_stands(where: str) -> None:
    cells, counts, says = FOUND[where]
    found = Reading(cells, STARTERS).step("rollback.2")
    assert found.source == counts
    if says is None:
        assert not found.notices
    else:
        assert any(says in notice for notice in found.notices), found.notices


@pytest.mark.parametrize("where", FOUND)
def test_the_check_in_the_page_judges_what_counts(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cells, counts, _ = FOUND[where]
    assert in_the_page(cells, monkeypatch) == counts


def raw(source: str, role: str, kind: str = "code") -> dict[str, object]:
    tag = {"workbook": {"exercise": "approval.2", "role": role}}
    return {"cell_type": kind, "source": [source], "metadata": tag, "id": f"approval-2-{role}"}


def test_cards_and_tests_turned_to_markdown_are_told() -> None:
    cells = cells_of({"cells": [raw('ask("approval.2", "status")', "ask", "markdown")]})
    given, (notice,) = Reading(cells, {}).card("approval.2")
    assert given is None
    assert "approval.2: the cell is Markdown" in notice
    quiz = 'quiz("approval", seed=7, answers="bd")'
    cells = [Cell(quiz, "test-approval-quiz", "test.approval", "quiz", "raw")]
    sat, (notice,) = Reading(cells, {}).quiz("approval")
    assert sat is None
    assert "test.approval: the cell is raw text" in notice


def test_a_tests_own_cell_counts_before_a_later_call() -> None:
    own = Cell('quiz("approval", seed=7, answers="b")', "test-approval-quiz", "test.approval", "quiz")
    later = Cell('quiz("approval", seed=8, answers="d")')
    sat, (notice,) = Reading([own, later], {}).quiz("approval")
    assert sat is not None
    assert sat.seed == 7
    assert "seed=7" in notice
    assert "seed=8" in notice
    assert Reading([later, Cell('quiz("approval", seed=9)')], {}).quiz("approval")[0] is not None


@pytest.mark.parametrize(
    "cell", ['check("rollback.2")\n' * 100_000, "x = [" * 50_000, 'ask("approval.2", ' * 20_000, "\0" * 10**6]
)
def test_cells_made_to_take_long_take_no_time_and_are_named(cell: str) -> None:
    cells = [Cell(cell[:19_000], f"c{number}") for number in range(500)] + [Cell(cell, "long")]
    starters = {id_: START for id_ in exercises() if not id_.startswith("bank.")}
    began = time.process_time()
    reading = Reading(cells, starters)
    for exercise in starters:
        reading.step(exercise)
        reading.card(exercise)
    assert time.process_time() - began < 20
    assert json.dumps(reading.notices)
    if "check(" in cell or "ask(" in cell:
        assert reading.notices


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("lesson", sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")))
def test_a_lesson_as_handed_out_has_no_answer_in_it(
    lesson: str, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a lesson shows is nobody's answer, neither in grading nor to a check after Run All."""
    cells = cells_of(json.loads((NOTEBOOKS / f"{lesson}.ipynb").read_text("utf-8")))
    if not named:
        cells = [replace(cell, id=f"a{number}", exercise="", role="") for number, cell in enumerate(cells)]
    steps = {id_: step.starter for id_, step in exercises().items() if isinstance(step, Step)}
    reading = Reading(cells, steps, given=given())
    found = {id_: reading.step(id_) for id_ in steps}
    assert [id_ for id_, one in found.items() if one.source or one.notices] == []
    monkeypatch.setattr(page, "_log", page._Log())
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    for cell in cells:
        if cell.kind == "code":
            page.note(Info(cell.source, cell.id))
            for id_, starter in steps.items():
                if f'check("{id_}")' in cell.source:
                    ran = page.answer_to(id_, starter)
                    assert ran is None or not answers.is_written(ran.source, starter), id_
