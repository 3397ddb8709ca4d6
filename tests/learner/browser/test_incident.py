"""A prediction before a demonstration, by mouse and keyboard: it stands in its cell, and nothing is told."""

from tests.learner.browser.conftest import Open
from tests.learner.browser.test_looks import accessible

CELL = "gate-incident-predict"


def test_a_prediction_is_clicked_kept_and_told_of_at_the_end(lab: Open) -> None:
    notebook = lab("07_gate.ipynb")
    card = notebook.page.locator('[data-exercise="gate.incident"]')
    card.locator('[data-option="a"]').click()
    card.get_by_role("button", name="Predict").click()
    card.get_by_text("Your prediction is kept").wait_for()
    assert notebook.source(CELL) == 'predict("gate.incident", "a")'
    assert card.get_attribute("data-status") == "predicted"
    accessible(notebook.page, '[data-exercise="gate.incident"]')

    card.locator('[data-option="a"]').focus()
    notebook.page.keyboard.press("ArrowDown")
    notebook.page.keyboard.press("Tab")
    notebook.page.keyboard.press("Enter")
    card.locator('[data-option="b"]').get_by_text("your prediction").wait_for()
    assert notebook.source(CELL) == 'predict("gate.incident", "b")'
    notebook.run_all()
    notebook.page.get_by_text("As you predicted").first.wait_for()
