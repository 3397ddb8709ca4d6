"""What a card does about what was solved: the next step, a new start that asks first, an answer put back."""

from checks.exercise import Step
from checks.lessons import exercises
from tests.learner.browser.conftest import Open
from tests.learner.browser.test_looks import accessible, read


def reference(id_: str) -> str:
    step = exercises()[id_]
    assert isinstance(step, Step)
    return step.reference


def test_a_solved_step_leads_to_the_next_one_by_a_key_and_a_lesson_to_the_next_lesson(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb")
    page, focused = notebook.page, "document.activeElement.closest('[data-windowed-list-index]')"
    for number in (1, 2, 3, 4):
        card = notebook.answer(f"rollback.{number}", reference(f"rollback.{number}"))
        card.wait_for_status("correct")
    assert "Lesson 1 is done. You can now" in card.status.inner_text()
    assert "Another right way to write step" in card.status.inner_text()
    read(page)
    accessible(page)

    first = notebook.card("rollback.1")
    first.button("check").focus()
    page.keyboard.press("n")
    at = list(notebook.saved()).index("rollback-2-answer")
    page.wait_for_function(f"{focused}?.dataset.windowedListIndex === '{at}'")
    assert notebook.source("rollback-2-answer") == "current_version = 'v3'", "the key is not typed there"

    card.root.get_by_role("link", name="Next: lesson 2, Approval with stages").click()
    page.locator(".lm-TabBar-tabLabel", has_text="02_approval.ipynb").wait_for()


def test_starting_over_asks_before_it_unsolves_and_can_give_the_first_code_back(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb")
    card, press = notebook.answer("rollback.2", "current_version = 'v3'"), notebook.page.keyboard.press
    card.wait_for_status("correct")
    card.button("reset").focus()
    for keys, status in ((("Enter", "Enter"), "correct"), (("Enter", "Tab", "Enter"), "unanswered")):
        for key in keys:
            press(key)
        card.wait_for_status(status)
    assert notebook.source("rollback-2-answer") == "current_version = 'v3'"
    card.button("starter").click()
    assert notebook.source("rollback-2-answer") == "# Write your answer here"
    assert card.button("starter").count() == 0

    # What is not solved is started over at once.
    notebook.answer("rollback.2", "current_version = 'v4'").wait_for_status("wrong")
    card.press("reset")
    assert card.state() == "unanswered"


def test_an_answer_that_a_cell_has_lost_is_put_back(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb")
    card = notebook.answer("rollback.2", "current_version = 'v3'")
    card.wait_for_status("correct")
    notebook.run("rollback-2-answer", "# Write your answer here")
    card.button("put-back").click()
    card.wait_for_status("correct")
    assert notebook.source("rollback-2-answer") == "current_version = 'v3'"
    assert card.button("put-back").count() == 0


def test_a_card_that_has_lost_its_answer_is_filled_again(lab: Open) -> None:
    notebook = lab("02_approval.ipynb")
    notebook.run("approval-2-ask", 'ask("approval.2", "current_stage")')
    notebook.run("approval-2-ask", 'ask("approval.2")')
    card = notebook.card("approval.2")
    assert "attempt" not in card.root.locator(".wb-facts").inner_text()
    card.button("put-back").click()
    card.wait_for_status("correct")
    assert notebook.source("approval-2-ask") == 'ask("approval.2", "current_stage")'


def test_an_option_is_marked_once_it_is_checked(lab: Open) -> None:
    notebook = lab("03_pipeline.ipynb")
    card = notebook.card("pipeline.1")
    assert card.root.locator(".wb-letter").all_text_contents() == ["A", "B", "C", "D"]
    for letter, mark in (("a", "✗ not this one"), ("d", "✓ right")):
        card.option(letter).click()
        card.press("check")
        assert card.option(letter).locator(".wb-mark").text_content() == mark
        assert card.root.locator(".wb-mark:not(:empty)").count() == 1


def test_hints_do_not_push_the_verdict_away(lab: Open) -> None:
    card = lab("01_rollback.ipynb").answer("rollback.2", "current_version = 'v4'")
    card.wait_for_status("wrong")
    before = card.root.locator(".wb-verdict").bounding_box()
    card.press("hint")
    after = card.root.locator(".wb-verdict").bounding_box()
    assert before and after and before["y"] == after["y"]
