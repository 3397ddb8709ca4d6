"""Each task of lesson 2 by drag, by click and by keyboard; what is wrong, spent, begun anew."""

import pytest

from checks.exercise import FillIn
from checks.lessons import exercises
from tests.browser.conftest import Open
from tests.browser.house import Card

TASKS = [
    each for each in exercises().values() if isinstance(each, FillIn) and each.id.startswith("approval.")
]
LESSON = "02_approval.ipynb"


def by_click(card: Card, answer: tuple[str, ...]) -> None:
    """A blank and then its option; for the last, the option and then its blank."""
    *first, last = answer
    card.fill(*first)
    card.option(last).click()
    card.blank(len(answer)).click()
    card.button("check").click()


def by_drag(card: Card, answer: tuple[str, ...]) -> None:
    for number, option in enumerate(answer, 1):
        card.option(option).drag_to(card.blank(number))
    card.button("check").click()


def by_keyboard(card: Card, answer: tuple[str, ...]) -> None:
    """Nothing but Tab, Enter and Space from the first blank on."""
    press = card.page.keyboard.press

    def tab_to(name: str, value: str) -> None:
        for _ in range(40):
            there = card.page.evaluate("name => document.activeElement.dataset[name]", name)
            if there == value:
                return
            press("Tab")
        raise AssertionError(f"Tab never comes to {name} {value}")

    for number, option in enumerate(answer, 1):
        card.blank(number).focus()
        press("Enter")
        tab_to("option", option)
        press("Space")
    tab_to("action", "check")
    press("Enter")


@pytest.mark.parametrize("way", [by_drag, by_click, by_keyboard])
def test_every_task_of_lesson_2_is_solved(lab: Open, way) -> None:
    notebook = lab(LESSON)
    for done, task in enumerate(TASKS, 1):
        card = notebook.card(task.id)
        way(card, task.answer)
        card.settled()
        card.page.wait_for_function(
            "id => document.querySelector(`[data-exercise='${id}']`).dataset.status === 'correct'",
            arg=task.id,
        )
        assert "✓ Correct" in card.status.inner_text()
        assert f"{done} of 5 tasks done" in card.root.inner_text()
    saved = notebook.save()
    for task in TASKS:
        assert eval(saved[f"{task.id.replace('.', '-')}-ask"]["source"], {"ask": lambda *said: said}) == (
            task.id,
            *task.answer,
        )


def test_wrong_three_times_then_right_then_anew(lab: Open) -> None:
    notebook = lab(LESSON)
    card = notebook.card("approval.2")
    assert card.state() == "unanswered"
    assert "Medium" in card.root.inner_text()
    assert "Task 2 of 5" in card.root.inner_text()
    assert card.button("check").is_disabled()
    assert card.button("reset").is_disabled()
    assert card.button("hint").is_enabled()
    for left, option in ((2, "version"), (1, "run_id"), (0, "status")):
        assert card.state() in ("unanswered", "wrong")
        card.fill(option)
        card.press("check")
        assert f"{left} attempt" in card.root.inner_text()
        assert notebook.source("approval-2-ask") == f'ask("approval.2", "{option}")'
    assert "What happened:" in card.status.inner_text()
    assert "`" not in card.status.inner_text()
    assert card.state() == "spent"
    assert "Common mistakes" in card.root.inner_text()
    assert card.button("solution").is_disabled()

    card.fill("current_stage")
    assert "Changed since the last check" in card.root.inner_text()
    card.press("check")
    assert card.state() == "correct"

    card.press("reset")
    assert card.state() == "unanswered"
    assert "3 attempts left" in card.root.inner_text()
    assert "Common mistakes" not in card.root.inner_text()
    assert card.blank(1).get_attribute("aria-label") == "Blank 1 of 1, empty"
    assert notebook.source("approval-2-ask") == 'ask("approval.2")'
    assert card.page.evaluate("document.activeElement.dataset.blank") == "1"


def test_hints_open_one_by_one_and_the_explanation_when_asked_for(lab: Open) -> None:
    card = lab(LESSON).card("approval.4")
    card.blank(1).click()
    card.option("mv.id").click()
    for opened in (1, 2, 3):
        card.press("hint")
        assert card.root.locator(".wb-hints li").count() == opened
        assert card.page.evaluate("document.activeElement.dataset.action") == "hint"
    card.press("hint")
    assert "no more hints" in card.status.inner_text()
    assert card.button("hint").is_enabled()
    # What was chosen but not checked is still there.
    assert card.blank(1).get_attribute("aria-label") == "Blank 1 of 2, filled with mv.id"
    card.press("solution")
    assert "The number is unique" in card.root.inner_text()
    assert "The number is unique" in card.page.evaluate("document.activeElement.textContent")
    assert card.state() == "unanswered"


def test_an_option_is_taken_out_again(lab: Open) -> None:
    card = lab(LESSON).card("approval.5")

    def blanks() -> list[str]:
        return [card.blank(number).inner_text() for number in (1, 2, 3)]

    card.fill("version", "stage", '"Staging"')
    card.blank(2).click()
    card.root.get_by_role("button", name="Take out").click()
    assert blanks() == ["version", "blank 2", '"Staging"']
    card.blank(3).focus()
    card.page.keyboard.press("Delete")
    assert blanks() == ["version", "blank 2", "blank 3"]
    # A filled blank is dragged to another, then out; another one is chosen and filled anew.
    card.blank(1).drag_to(card.blank(3))
    assert blanks() == ["blank 1", "blank 2", "version"]
    card.blank(3).drag_to(card.root.locator(".wb-how"))
    assert blanks() == ["blank 1", "blank 2", "blank 3"]
    card.page.keyboard.press("Escape")
    card.fill("version", "stage")
    card.blank(2).click()
    card.option("current_stage").click()
    assert blanks() == ["version", "current_stage", "blank 3"]
    assert card.button("check").is_disabled()


def test_a_double_click_judges_once(lab: Open) -> None:
    notebook = lab(LESSON)
    card = notebook.card("approval.1")
    card.fill("get_model_version")
    card.button("check").dblclick()
    card.wait_for_status("wrong")
    card.settled()
    assert notebook.server.recorded("SELECT count(*) FROM events WHERE kind = 'attempt'") == [(1,)]
    assert "2 attempts left" in card.root.inner_text()


def test_a_step_is_checked_again_and_says_so_if_its_cell_was_edited(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb")
    card = notebook.card("rollback.2")
    assert card.button("check").is_enabled()
    notebook.run("rollback-2-answer", "current_version = 'v4'")
    card.press("check")
    assert card.state() == "wrong"
    notebook.run("rollback-2-answer", "current_version = 'v3'")
    notebook.type("rollback-2-answer", "current_version = 'v9'")  # typed, neither run nor saved
    card.press("check")
    assert card.state() == "correct"
    assert "Your cell has changed since it was last run" in card.status.inner_text()
    notebook.run("rollback-2-answer", "current_version = 'v3'")
    card.press("check")
    assert "Your cell has changed" not in card.status.inner_text()
    assert "1 of 4 steps done" in notebook.card("rollback.1").root.inner_text()


def test_the_start_page_shows_progress_as_it_is_made(lab: Open) -> None:
    notebook = lab("00_start_here.ipynb")
    bar = notebook.page.get_by_role("progressbar", name="0 Start here").last
    assert bar.get_attribute("aria-valuetext") == "0 of 2 exercises"
    card = notebook.card("start.2")
    card.fill("model_name")
    card.press("check")
    assert card.state() == "correct"
    notebook.page.locator('[role=progressbar][aria-valuetext="1 of 2 exercises"]').last.wait_for()
