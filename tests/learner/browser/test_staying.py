"""What stays: answers over reload, restart and a kernel that is gone; the file; the keys of the front end."""

import json
from pathlib import Path

import pytest

from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook

LESSON = "02_approval.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"


def outputs(saved: dict) -> list[dict]:
    return [output for cell in saved.values() for output in cell.get("outputs", [])]


@pytest.mark.parametrize("front_end", ["lab", "classic"])
def test_an_answer_stays(front_end: str, request: pytest.FixtureRequest) -> None:
    open: Open = request.getfixturevalue(front_end)
    notebook = open(LESSON)
    card = notebook.card("approval.3")
    card.fill("Rejected")
    card.press("check")
    card.press("hint")
    assert card.state() == "wrong"
    feedback = card.status.inner_text()

    # Into the file goes the face of this state, and no view.
    saved = notebook.save()
    assert saved["approval-3-ask"]["source"] == 'ask("approval.3", "Rejected")'
    [output] = saved["approval-3-ask"]["outputs"]
    assert sorted(output["data"]) == ["text/html", "text/plain"]
    assert output["data"]["text/plain"] == ["approval.3 Fix the error: reject by archiving: wrong"]
    assert "2 attempts left" in "".join(output["data"]["text/html"])
    assert all(VIEW not in output.get("data", {}) for output in outputs(saved))
    assert all(not output.get("metadata") for output in outputs(saved))
    assert "widgets" not in json.loads(notebook.path.read_text("utf-8"))["metadata"]
    # The page stays live after saving.
    card.press("hint")
    assert card.root.locator(".wb-hints li").count() == 2

    def comes_back() -> None:
        notebook.run_all()
        card.root.scroll_into_view_if_needed()  # what is out of sight has no text
        assert card.state() == "wrong"
        assert card.status.inner_text() == feedback
        assert card.blank(1).inner_text() == "Rejected"
        assert "2 attempts left" in card.root.inner_text()
        assert card.root.locator(".wb-hints li").count() == 2

    notebook.restart()
    comes_back()
    notebook.open()  # the page is loaded again, its kernel still runs
    assert_static(notebook)
    comes_back()
    notebook.save()
    notebook.server.end_kernels()
    notebook.open()  # tomorrow, with another kernel
    assert_static(notebook)
    comes_back()
    notebook.save()
    notebook.server.end_kernels()
    whole = json.loads(notebook.path.read_text("utf-8"))
    whole["metadata"]["kernelspec"] = {"name": "gone", "display_name": "Gone", "language": "python"}
    notebook.path.write_text(json.dumps(whole), "utf-8")
    notebook.open(kernel=False)  # somewhere without any
    assert_static(notebook)


def assert_static(notebook: Notebook) -> None:
    """The static face, and how to go on; no live card, and no error in its place."""
    page = notebook.page
    page.get_by_text("2 attempts left").first.wait_for()
    assert page.locator("[data-exercise]").count() == 0
    assert page.get_by_text("To answer by clicking, run the card's cell").count()
    assert page.get_by_text("model not found").count() == 0


def test_a_click_after_the_kernel_was_restarted_is_answered_all_the_same(lab: Open) -> None:
    notebook = lab(LESSON)
    card = notebook.card("approval.1")
    card.fill("register_model")
    card.press("check")
    assert "Not yet" in card.status.inner_text()
    notebook.restart()
    card.fill("get_model_version")
    assert "press Check for a verdict on it" in card.root.inner_text()
    card.button("check").click()
    card.root.get_by_text("1 attempt left").wait_for()
    assert card.state() == "wrong" and card.blank(1).inner_text() == "get_model_version"
    assert notebook.source("approval-1-ask") == 'ask("approval.1", "get_model_version")'
    notebook.restart()
    card.button("hint").click()
    card.root.locator(".wb-hints li").wait_for()
    assert card.root.get_attribute("aria-busy") == "false"
    assert notebook.cell("approval-1-ask").locator(".jp-OutputArea-child").count() == 1


def test_a_click_while_the_kernel_is_busy_waits(lab: Open) -> None:
    notebook = lab(LESSON)
    card = notebook.card("approval.1")
    notebook.type("approval-5-ask", "import time; time.sleep(6)")
    notebook.page.keyboard.press("Control+Enter")
    card.fill("get_model_version")
    card.button("check").click()
    card.root.get_by_text("The kernel is busy with another cell").wait_for()
    assert card.root.get_attribute("aria-busy") == "true"
    card.wait_for_status("wrong")
    assert card.root.get_by_text("The kernel is busy").count() == 0


@pytest.mark.parametrize("front_end", ["lab", "classic"])
def test_keys_stay_with_the_card(front_end: str, request: pytest.FixtureRequest) -> None:
    open: Open = request.getfixturevalue(front_end)
    notebook = open(LESSON)
    card, press = notebook.card("approval.5"), notebook.page.keyboard.press
    before = [cell["source"] for cell in notebook.save().values()]
    card.fill("version")
    for place in (card.blank(1), card.option("stage"), card.button("hint")):
        for key in ("x", "b", "a", "d", "d", "m", "y", "z", "0", "0", "ArrowUp", "ArrowDown", "Shift+Enter"):
            place.focus()
            press(key)
            card.settled()
    # Nor is the cell run, and what is not checked lost with it.
    filled = card.blank(1).inner_text()
    card.button("hint").focus()
    press("Control+Enter")
    card.settled()
    assert card.blank(1).inner_text() == filled != "blank 1"
    card.blank(1).focus()
    press("ArrowRight")
    assert notebook.page.evaluate("document.activeElement.dataset.blank") == "2"
    assert [cell["source"] for cell in notebook.save().values()] == before
    assert notebook.page.locator(".jp-Dialog").count() == 0


def test_an_answer_cell_that_was_made_anew_is_the_one_that_is_judged(lab: Open) -> None:
    notebook = lab("01_rollback.ipynb")
    press = notebook.page.keyboard.press
    card = notebook.card("rollback.2")
    notebook.run("rollback-2-answer", "current_version = 'v1'")
    notebook.run("rollback-2-check")
    card.wait_for_status("wrong")
    notebook.cell("rollback-2-answer").locator(".cm-content").click()
    for key in ("Escape", "d", "d", "a", "Enter"):
        press(key)
    notebook.page.keyboard.insert_text("current_version = 'v3'")
    press("Shift+Enter")
    press("Control+Enter")  # the check below it
    card.wait_for_status("correct")


def test_other_code_in_the_cell_is_left_alone(lab: Open) -> None:
    source = (
        'note = "ask(\\"approval.1\\")"  # ask("approval.1")\n'
        'label = ask( "approval.1",  # a first try\n    "get_model_version" )\nlabel  # ends here'
    )

    def write(path: Path) -> None:
        notebook = json.loads(path.read_text("utf-8"))
        next(cell for cell in notebook["cells"] if cell["id"] == "approval-1-ask")["source"] = source
        path.write_text(json.dumps(notebook), "utf-8")

    notebook = lab(LESSON, write)
    card = notebook.card("approval.1")
    assert card.state() == "wrong"
    card.fill("transition_model_version_stage")
    card.press("check")
    assert notebook.save()["approval-1-ask"]["source"] == (
        'note = "ask(\\"approval.1\\")"  # ask("approval.1")\n'
        'label = ask("approval.1", "transition_model_version_stage")\nlabel  # ends here'
    )
    # Where it is not clear what to replace, nothing is; the card shows the line to type instead.
    notebook.type("approval-1-ask", 'name = "approval.1"; ask(name)')
    card.fill("register_model")
    card.press("check")
    assert notebook.source("approval-1-ask") == 'name = "approval.1"; ask(name)'
    assert 'ask("approval.1", "register_model")' in card.root.locator(".wb-line").inner_text()
    assert card.root.get_by_role("button", name="Copy").is_visible()
