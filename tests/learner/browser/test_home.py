"""The course home and the line above a lesson: in JupyterLab, as far as Notebook 7 goes, and without them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from checks.learner.record import FILE
from tests.learner.browser import house
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Notebook
from tests.learner.browser.test_looks import accessible, read

LESSON = "01_rollback.ipynb"
RIGHT = "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}"
ATTACK = "<img src=x onerror='window.attacked=1'>"


def home(page: Page) -> Locator:
    return page.locator(".wb-home-panel")


def line(page: Page) -> Locator:
    """The line above the lesson in front."""
    return page.locator(".wb-above:visible")


def test_the_home_is_open_beside_the_first_notebook_and_follows_a_verdict(lab: Open) -> None:
    notebook = lab(LESSON, run=False)
    page = notebook.page
    page.get_by_role("region", name="Workbook").wait_for()
    assert line(page).get_by_role("status").inner_text() == "0 of 4 steps"
    notebook.answer("rollback.1", "model_versions = 1").wait_for_status("wrong")
    tried = home(page).locator('[data-state="tried"]')
    tried.wait_for(timeout=2000)
    assert tried.inner_text() == "✗\nCreate the model versions dictionary: tried, not solved yet"
    home(page).get_by_role("heading", name="Mistakes to practise").wait_for()
    notebook.answer("rollback.1", RIGHT).wait_for_status("correct")
    home(page).locator('[data-state="solved"]').wait_for(timeout=2000)
    assert line(page).get_by_role("status").inner_text() == "1 of 4 steps"
    assert "Lesson 1, step 2" in home(page).inner_text()
    assert home(page).get_by_role("heading", name="Mistakes to practise").count() == 0


def test_from_step_to_step_and_to_the_next_lesson_by_keyboard_alone(lab: Open) -> None:
    notebook = lab(LESSON, run=False)
    page = notebook.page
    line(page).wait_for()
    page.keyboard.press("Alt+.")
    page.locator(".cm-focused").wait_for()
    page.keyboard.insert_text(RIGHT)
    page.keyboard.press("Shift+Enter")
    notebook.card("rollback.1").wait_for_status("correct")
    line(page).get_by_text("1 of 4 steps").wait_for()
    page.keyboard.press("Alt+.")
    page.locator(".jp-Cell.jp-mod-active .cm-focused", has_text="Write your answer here").wait_for()
    assert page.evaluate("document.activeElement.closest('.jp-Cell').dataset.windowedListIndex") == "6"
    page.keyboard.press("Escape")
    line(page).get_by_role("button", name="Next lesson").focus()
    page.keyboard.press("Enter")
    line(page).get_by_text("0 of 5 tasks").wait_for()
    page.keyboard.press("Alt+.")
    page.locator(".jp-Cell.jp-mod-active", has_text='ask("approval.1"').wait_for()


def test_a_lesson_is_opened_and_the_way_goes_on_where_it_was_left(lab: Open) -> None:
    notebook = lab("00_start_here.ipynb", run=False)
    page = notebook.page
    home(page).get_by_role("button", name="4 Version order").click()
    page.locator(".jp-Notebook:visible", has_text="Version order").first.wait_for()
    line(page).get_by_text("0 of 5 steps").wait_for()
    home(page).get_by_role("button", name="Continue here").click()
    page.locator(".jp-Cell.jp-mod-active .cm-focused").wait_for()
    assert page.locator(".jp-Notebook:visible", has_text="Start here").count()
    home(page).get_by_role("button", name="Test on approval").click()
    page.locator(".jp-Cell.jp-mod-active:visible", has_text='quiz("approval"').wait_for()
    # The sidebar is put away, and comes back by the line's button with the focus in it.
    page.get_by_role("tab", name="Workbook").click()
    home(page).wait_for(state="hidden")
    line(page).get_by_role("button", name="All lessons").click()
    home(page).wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Continue here"


def test_notebook_7_has_the_line_and_the_home_on_request(classic: Open) -> None:
    notebook = classic(LESSON, run=False)
    page = notebook.page
    line(page).wait_for()
    assert not home(page).is_visible()
    page.keyboard.press("Alt+.")
    page.locator(".cm-focused").wait_for()
    page.keyboard.insert_text(RIGHT)
    page.keyboard.press("Shift+Enter")
    notebook.card("rollback.1").wait_for_status("correct")
    line(page).get_by_text("1 of 4 steps").wait_for(timeout=2000)
    line(page).get_by_role("button", name="All lessons").click()
    home(page).wait_for()
    with page.context.expect_page() as opened:
        home(page).get_by_role("button", name="5 Aliases and tags").click()
    assert opened.value.url.endswith("notebooks/05_aliases.ipynb")
    opened.value.close()


def test_check_runs_an_answer_as_the_notebook_does(lab: Open) -> None:
    """A cell that asks for something can be answered, which the cards alone cannot do."""
    notebook = lab(LESSON, run=False)
    card = notebook.answer("rollback.2", "current_version = 'v4'")
    card.wait_for_status("wrong")
    notebook.type("rollback-2-answer", "print(input() * 2); current_version = 'v3'")
    card.button("check").click()
    asked = notebook.page.locator(".jp-Stdin-input")
    asked.fill("v1")
    asked.press("Enter")
    card.settled()
    assert "v1v1" in "".join(notebook.outputs("rollback-2-answer"))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_home_can_be_read_by_everyone(lab: Open, jupyterlab: house.Server, theme: str) -> None:
    jupyterlab.setting("apputils-extension:themes", theme=theme)
    notebook = lab(LESSON, run=False)
    page = notebook.page
    notebook.answer("rollback.2", "current_version = 'v3'").wait_for_status("correct")
    notebook.answer("rollback.1", "model_versions = 1").wait_for_status("wrong")
    home(page).locator('[data-state="tried"]').wait_for()
    for part in (".wb-home-panel", ".wb-above"):
        assert len(read(page, part)) > 2
        accessible(page, part)


@pytest.mark.parametrize("width, zoom", [(400, 1), (640, 2)], ids=["400 pixels", "200 % zoom"])
def test_a_narrow_window_is_enough(classic: Open, width: int, zoom: int) -> None:
    notebook = classic(LESSON, run=False)
    page = notebook.page
    page.set_viewport_size({"width": width // zoom, "height": 800})
    for button in line(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width // zoom
    line(page).get_by_role("button", name="All lessons").click()
    home(page).wait_for()
    assert home(page).evaluate("home => home.scrollWidth <= home.clientWidth")


def test_what_comes_from_a_file_is_text(lab: Open, jupyterlab: house.Server) -> None:
    """A record that is none is named in the home; and what the home draws is never HTML."""
    notebook = lab(LESSON, lambda path: path.with_name(FILE).write_text("no record"), run=False)
    page = notebook.page
    home(page).get_by_role("alert").wait_for()
    drawn = page.evaluate(
        """async ([script, text]) => {
          const { drawHome } = await import(script);
          const place = { notebook: text, cell: text };
          const said = { title: text, where: text, place };
          const lesson = { ...said, notebook: text, minutes: text, done: text, of: text, unit: text };
          const root = document.querySelector(".wb-home-panel");
          const data = { folder: "", notice: text, next: said, mistakes: [said], due: { count: text, place },
            lessons: [{ ...lesson, marks: [{ ...said, state: "tried" }] }],
            tests: [{ ...said, score: [text, text] }],
            ways: [{ pattern: text, strength: text, ways: [{ ...said, say: text }] }],
            strengths: { means: text, topics: [{ title: text, strength: text, right: text, asked: text }] } };
          drawHome(root, { data }, () => {});
          return root.textContent;
        }""",
        [f"{jupyterlab.address}/lab/extensions/mlops-workbook/static/home.js", ATTACK],
    )
    assert drawn.count(ATTACK) > 10
    page.wait_for_timeout(300)
    assert page.evaluate("window.attacked") is None


def test_without_the_extension_a_lesson_works_as_it_did(context: BrowserContext, tmp_path: Path) -> None:
    config = tmp_path / "config/labconfig/page_config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps({"disabledExtensions": {"mlops-workbook": True}}))
    with house.serving("jupyterlab", tmp_path) as server:
        server.fresh()
        page = house.page(context)
        notebook = Notebook(server, page, LESSON)
        notebook.open()
        card = notebook.answer("rollback.2", "current_version = 'v4'")
        card.wait_for_status("wrong")
        notebook.type("rollback-2-answer", "current_version = 'v3'")
        card.press("check")
        assert card.state() == "correct"
        assert home(page).count() == page.locator(".wb-above").count() == 0
        page.close()
        server.end_kernels()
