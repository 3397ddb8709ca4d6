"""What a learner does on one card: wrong, spent, anew; hints; taking out; clicking twice; keeping the focus.

Each test has a task of its own, so all of them share one page.
"""

from tests.learner.browser.house import Notebook


def test_wrong_three_times_then_right_then_anew(lesson_2: Notebook) -> None:
    notebook = lesson_2
    card = notebook.card("approval.2")
    assert card.state() == "unanswered"
    assert "Medium" in card.root.inner_text()
    assert "Lesson 2, task 2" in card.root.inner_text()
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

    card.button("reset").click()
    card.press("confirm-reset")
    assert card.state() == "unanswered"
    assert "3 attempts left" in card.root.inner_text()
    assert "Common mistakes" not in card.root.inner_text()
    assert card.blank(1).get_attribute("aria-label") == "Blank 1 of 1, empty"
    assert notebook.source("approval-2-ask") == 'ask("approval.2")'
    assert card.page.evaluate("document.activeElement.dataset.blank") == "1"


def test_hints_open_one_by_one_and_the_explanation_when_asked_for(lesson_2: Notebook) -> None:
    card = lesson_2.card("approval.4")
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
    assert card.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Explanation"
    assert card.state() == "unanswered"


def test_an_option_is_taken_out_again(lesson_2: Notebook) -> None:
    card = lesson_2.card("approval.5")

    def blanks() -> list[str]:
        return [card.blank(number).inner_text() for number in (1, 2, 3)]

    card.fill("version", "stage", '"Staging"')
    card.blank(2).click()
    card.root.get_by_role("button", name="Empty the blank").click()
    assert blanks() == ["version", "blank 2", '"Staging"']
    card.blank(3).focus()
    card.page.keyboard.press("Delete")
    assert blanks() == ["version", "blank 2", "blank 3"]
    # A filled blank is dragged to another, then out; another one is chosen and filled anew.
    card.blank(1).drag_to(card.blank(3))
    assert blanks() == ["blank 1", "blank 2", "version"]
    card.blank(3).drag_to(card.root.locator(".wb-question .wb-how"))
    assert blanks() == ["blank 1", "blank 2", "blank 3"]
    card.option("stage").click()
    card.page.keyboard.press("Escape")
    assert card.option("stage").get_attribute("aria-pressed") == "false"
    assert "Nothing is chosen" in card.root.locator(".wb-said").inner_text()
    card.fill("version", "stage")
    card.blank(2).click()
    card.option("current_stage").click()
    assert blanks() == ["version", "current_stage", "blank 3"]
    assert card.button("check").is_disabled()


def test_a_double_click_judges_once(lesson_2: Notebook) -> None:
    card = lesson_2.card("approval.1")
    card.fill("get_model_version")
    card.button("check").dblclick()
    card.wait_for_status("wrong")
    card.settled()
    attempts = "SELECT count(*) FROM events WHERE kind = 'attempt' AND exercise = 'approval.1'"
    assert lesson_2.server.recorded(attempts) == [(1,)]
    assert "2 attempts left" in card.root.inner_text()


def test_undo_does_not_take_the_answer_out_of_the_cell(lesson_2: Notebook) -> None:
    card = lesson_2.card("approval.5")
    card.fill("version", "current_stage", '"Staging"')
    card.press("check")
    written = lesson_2.source("approval-5-ask")
    assert written == 'ask("approval.5", "version", "current_stage", \'"Staging"\')'
    for key in ("Control+z", "Control+Shift+z", "Control+y", "Control+z", "Control+z"):
        lesson_2.page.keyboard.press(key)
    assert lesson_2.source("approval-5-ask") == written


def test_focus_can_be_seen_and_is_not_lost(lesson_2: Notebook) -> None:
    card, page = lesson_2.card("approval.3"), lesson_2.page
    card.fill("Archived")
    for action in ("check", "hint", "check"):
        card.button(action).focus()
        page.keyboard.press("Enter")
        card.settled()
        assert page.evaluate("document.activeElement.dataset.action") == action
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid" in outline
    assert "3px" in outline
