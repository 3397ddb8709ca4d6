"""A choice, and texts that try to be more than text: exercises that no lesson has."""

from pathlib import Path

import nbformat

from tests.learner.browser.conftest import Open
from tests.learner.browser.made_up import ATTACK, LESSON, QUOTES


def write(path: Path) -> None:
    """The notebook of the made-up lesson."""
    cell = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("import made_up\nfrom checks import ask", id="made-import"),
            cell('ask("made.1")', id="made-1-ask"),
            cell('ask("made.2")', id="made-2-ask"),
        ]
    )
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)


def test_a_choice_is_answered_by_click_and_by_keyboard(lab: Open) -> None:
    notebook = lab("made_up.ipynb", write)
    card, press = notebook.card("made.1"), notebook.page.keyboard.press
    assert card.button("check").is_disabled()
    card.option("a").click()
    assert card.option("a").get_attribute("aria-checked") == "true"
    card.press("check")
    assert card.state() == "wrong"
    assert "Approval deletes nothing." in card.status.inner_text()
    assert notebook.source("made-1-ask") == 'ask("made.1", "a")'
    card.option("a").focus()
    press("ArrowUp")  # from the first to the last
    assert card.option("d").get_attribute("aria-checked") == "true"
    card.button("check").focus()
    press("Enter")
    card.wait_for_status("correct")
    assert notebook.save()["made-1-ask"]["source"] == 'ask("made.1", "d")'
    card.button("reset").click()
    card.press("confirm-reset")
    assert card.state() == "unanswered"
    assert card.root.locator('[aria-checked="true"]').count() == 0


def test_text_stays_text(lab: Open) -> None:
    notebook = lab("made_up.ipynb", write)
    choice, fill = notebook.card("made.1"), notebook.card("made.2")
    choice.option("c").click()
    choice.press("check")
    assert ATTACK in choice.status.inner_text()
    made_up = LESSON.exercises[1]
    for option in (*made_up.options, "'right'"):  # three wrong ones spend it, then the right one, twice
        fill.blank(1).click()
        fill.root.get_by_role("button", name=f"Option {option}", exact=True).click()
        assert fill.blank(1).inner_text() == option
        assert fill.blank(1).get_attribute("aria-label") == f"Blank 1 of 1, filled with {option}"
        fill.press("check")
        source = notebook.save()["made-2-ask"]["source"]
        assert eval(source, {"ask": lambda *said: said}) == ("made.2", option)
        if option == QUOTES:
            assert fill.state() == "wrong"
    assert fill.state() == "correct"
    fill.press("hint")
    assert "Explanation" in fill.root.inner_text()  # once open, a right answer does not close it
    assert ATTACK in fill.root.inner_text()
    for card in (choice, fill):
        assert card.root.locator("img, script, b").count() == 0
    assert notebook.page.evaluate("window.attacked") is None
    # Nor when the static face is what is shown.
    notebook.open()
    notebook.page.get_by_text("Text that stays text").wait_for()
    assert notebook.page.locator(".jp-OutputArea img").count() == 0
    assert notebook.page.evaluate("window.attacked") is None
