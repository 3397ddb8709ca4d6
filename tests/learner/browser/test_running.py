"""Run is check: one run of a step's answer cell to its verdict below; Check takes what stands there now."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.learner.work import fill_work
from checks.lessons import lesson_of
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook

LESSON = "01_rollback.ipynb"


@pytest.fixture(params=["lab", "classic"])
def opened(request: pytest.FixtureRequest) -> Callable[..., Notebook]:
    open: Open = request.getfixturevalue(request.param)
    return lambda write=None: open(LESSON, write, run=False)


def test_one_run_to_the_verdict_and_check_judges_and_runs_what_stands_in_the_cell_now(
    opened: Callable[..., Notebook],
) -> None:
    notebook = opened()  # nothing has run in this kernel, not even the first code cell
    card = notebook.answer("rollback.2", "current_version = 'v4'")
    card.wait_for_status("wrong")
    assert "your code made it 'v4'" in card.status.inner_text()
    assert notebook.cell("rollback-2-check").locator("[data-exercise]").count() == 1
    notebook.type("rollback-2-answer", "current_version = 'v3'; print(current_version * 2)")
    card.press("check")
    assert card.state() == "correct"
    assert notebook.outputs("rollback-2-answer") == ["v3v3\n"]
    assert f"1 of {len(lesson_of('rollback.1').exercises)} steps done" in card.root.inner_text()
    # It ran in the notebook too, and a mistake that raises is shown there and judged all the same.
    card = notebook.answer("rollback.4", "print(current_version + 1)")
    card.wait_for_status("wrong")
    [error] = notebook.outputs("rollback-4-answer")
    assert "TypeError" in error
    assert notebook.server.recorded("SELECT count(*) FROM events WHERE kind = 'attempt'") == [(3,)]


def test_the_kernel_is_restarted_in_the_middle_and_nothing_has_to_be_run_again(
    opened: Callable[..., Notebook],
) -> None:
    notebook = opened()
    for step, answer in (
        ("rollback.1", "model_versions = {'v1': 'stable'}"),
        ("rollback.2", "current_version = 'v3'"),
    ):
        notebook.answer(step, answer).settled()
    card = notebook.card("rollback.2")
    card.wait_for_status("correct")
    notebook.restart()
    card.button("check").click()  # on a card of the kernel that is gone
    notebook.page.locator('[data-exercise="rollback.2"][data-status="correct"][aria-busy="false"]').wait_for()
    later = notebook.answer("rollback.3", "rollback_version = min(model_versions)")
    later.wait_for_status("wrong")
    assert "model_versions (from step 1, the workbook's answer)" in notebook.outputs("rollback-3-answer")[0]
    notebook.open()  # and the page too: the kernel runs on
    later = notebook.answer("rollback.3", "rollback_version = max(model_versions)")
    later.wait_for_status("wrong")
    assert notebook.page.locator('[data-exercise="rollback.3"]').count() == 1


def test_all_cells_run_show_each_card_once(lab: Open) -> None:
    def write(path: Path) -> None:
        text = path.read_text("utf-8").replace('"# Write your answer here"', "\"current_version = 'v3'\"")
        path.write_text(text, "utf-8")

    notebook = lab(LESSON, write)
    for number in range(1, 5):
        card = notebook.card(f"rollback.{number}").root
        card.scroll_into_view_if_needed()  # what is out of sight may not be drawn
        assert card.count() == 1
    assert notebook.card("rollback.2").state() == "correct"
    assert notebook.card("rollback.1").state() == "wrong"


def test_a_page_closed_within_a_second_of_a_verdict_loses_nothing(
    opened: Callable[..., Notebook],
) -> None:
    notebook = opened()
    assert notebook.page.get_by_text("official Jupyter news").count() == 0
    notebook.answer("rollback.2", "current_version = 'v4'").wait_for_status("wrong")
    notebook.page.wait_for_timeout(900)
    notebook.page.goto("about:blank")
    assert notebook.saved()["rollback-2-answer"]["source"] == "current_version = 'v4'"
    [output] = notebook.saved()["rollback-2-check"]["outputs"]
    assert sorted(output["data"]) == ["text/html", "text/plain"]
    assert output["data"]["text/plain"] == ["rollback.2 Set the current model version: wrong"]
    notebook.open()
    notebook.page.get_by_text("your code made it").wait_for()
    notebook.answer("rollback.2", "current_version = 'v3'").wait_for_status("correct")
    notebook.page.wait_for_timeout(900)
    assert notebook.is_saved()


def test_a_lesson_that_is_opened_is_not_marked_as_changed(lab: Open) -> None:
    def fill(path: Path) -> None:
        for lesson in path.parent.glob("*.ipynb"):
            lesson.unlink()
        assert list(fill_work(work=path.parent)) == []  # as `workbook lab` does

    notebook = lab(LESSON, fill, run=False)
    notebook.page.wait_for_timeout(2000)
    assert notebook.is_saved()
