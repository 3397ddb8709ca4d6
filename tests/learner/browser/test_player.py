"""See it in action: the player walks through the learner's own code, the board shows the registry."""

import pytest

from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Card, Notebook, Server
from tests.learner.browser.test_looks import accessible, fits, read

WRONG = """for version, status in model_versions.items():
    if status == 'stable':
        rollback_version = version"""
#: Makes the rejected champion too.
WHOEVER = """def set_champion(version):
    client.set_registered_model_alias("MyModel", "champion", version)"""


def answered(notebook: Notebook, exercise: str, text: str) -> Card:
    card = notebook.answer(exercise, text)
    card.wait_for_status("wrong")
    return card


def opened(card: Card) -> None:
    """The player, once it has something to show."""
    card.root.locator(".wb-player summary").click()
    card.root.get_by_text("Step 1 of 12").wait_for()


def says(card: Card) -> str:
    return card.root.locator(".wb-says").inner_text()


def test_a_wrong_answer_is_walked_through_by_mouse_and_by_keyboard(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb", run=False)
    card = answered(notebook, "rollback.3", WRONG)
    opened(card)
    assert "The code begins. Next is line 1." in says(card)
    card.root.get_by_role("button", name="Forward").click()
    assert "Line 1 has set version to 'v1' and status to 'stable'." in says(card)
    assert card.root.locator("[aria-current=step]").inner_text().strip().startswith("if status")
    at_hand = card.root.locator(".wb-at-hand")
    assert at_hand.inner_text() == "'v1' 'stable'← version"
    row = card.root.get_by_role("row", name="version 'v1' new", exact=True)
    assert row.count() == 1
    press = card.page.keyboard.press
    press("End")
    assert "The loop of line 1 is over. That was the last line." in says(card)
    assert card.root.locator(".wb-count").inner_text() == "Step 12 of 12"
    press("ArrowLeft")
    assert "Line 3 has set rollback_version to 'v4'." in says(card)
    press("Home")
    press("ArrowRight")
    assert card.root.locator(".wb-count").inner_text() == "Step 2 of 12"
    # A key that JupyterLab would take for "delete this cell" is nobody's here.
    press("x")
    assert "rollback-3-answer" in notebook.saved()
    card.root.get_by_label("Situation").select_option(index=1)
    card.root.get_by_text("Step 1 of").wait_for()
    # A new verdict is on another answer, and the walk through the one before is over.
    right = WRONG.replace("'stable':", "'stable' and version < current_version:")
    notebook.answer("rollback.3", right)
    card.wait_for_status("correct")
    assert card.root.locator(".wb-player").get_attribute("open") is None
    card.root.locator(".wb-player summary").focus()
    press("Enter")
    card.root.get_by_text("Step 1 of").wait_for()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_board_and_player_can_be_read(lab: Open, jupyterlab: Server, theme: str) -> None:
    jupyterlab.setting("apputils-extension:themes", theme=theme)
    notebook = lab("05_aliases.ipynb", run=False)
    card = answered(notebook, "alias.5", WHOEVER)
    board = card.root.locator(".wb-board-fold")
    assert not board.get_by_role("table").is_visible()
    board.locator("summary").click()
    assert [each.inner_text() for each in board.get_by_role("columnheader").all()] == [
        "Before",
        "Expected",
        "After your code",
    ]
    off = board.locator(".wb-off").all_inner_texts()
    assert any("@champion missing" in each for each in off)
    assert any("@champion should not be here" in each for each in off)
    card.root.locator(".wb-player summary").click()
    card.root.get_by_text("Step 3 of").wait_for()
    assert "set_champion(version=2) is called." in says(card)
    read(notebook.page)
    accessible(notebook.page)


def test_a_narrow_window_is_enough_for_both(classic: Open) -> None:
    notebook = classic("05_aliases.ipynb", run=False)
    notebook.page.set_viewport_size({"width": 400, "height": 900})
    card = answered(notebook, "alias.5", WHOEVER)
    for fold in card.root.locator(".wb-fold summary").all():
        fold.click()
    card.root.get_by_text("Step 3 of").wait_for()
    fits(card)
