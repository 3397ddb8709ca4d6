"""For everyone: contrast, names, narrow windows, zoom, reduced motion. Light and dark, by a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Card, Notebook, Server
from tests.learner.browser.test_made_up import write

#: Below WCAG's 4.5:1 a text is hard to read for many.
ENOUGH = 4.5

#: Every text in parts of the page with the contrast of its colour to what is behind it, as browsers do.
CONTRASTS = """part => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const rgba = colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [...[r, g, b].map((v, i) => v * a + below[i] * (1 - a)), 1];
  const around = element => element ? [element, ...around(element.parentElement)] : [];
  const behind = element => {
    const layers = around(element).map(each => rgba(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const card of document.querySelectorAll(part)) {
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent.trim();
      const element = texts.currentNode.parentElement;
      if (!text || !element.checkVisibility({visibilityProperty: true})) continue;
      const back = behind(element);
      const opacity = around(element).reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1);
      const ink = rgba(getComputedStyle(element).color);
      const [light, dark] = [luminance(over([...ink.slice(0, 3), ink[3] * opacity], back)), luminance(back)]
        .sort((a, b) => b - a);
      found.push([(light + 0.05) / (dark + 0.05), text, element.className]);
    }
  }
  return found;
}"""


def in_every_state(notebook: Notebook) -> None:
    """Cards of lesson 2 in every state that a learner sees: right, wrong, spent, chosen, untouched."""
    right, wrong, spent, chosen = (notebook.card(f"approval.{number}") for number in (1, 2, 3, 4))
    right.fill("transition_model_version_stage")
    right.press("check")
    wrong.fill("status")
    wrong.press("check")
    wrong.press("hint")
    for option in ("Archived", "Rejected", '"Rejected"'):
        spent.fill(option)
        spent.press("check")
    chosen.option("mv.version").click()
    assert [card.state() for card in (right, wrong, spent, chosen)] == [
        "correct",
        "wrong",
        "spent",
        "unanswered",
    ]


def read(page: Page, part: str = ".wb-card") -> list[list[object]]:
    """Every text that can be seen has contrast enough."""
    contrasts = sorted(page.evaluate(CONTRASTS, part))
    assert contrasts
    assert contrasts[0][0] >= ENOUGH, contrasts[:5]
    return contrasts


def accessible(page: Page, part: str = ".wb-card") -> None:
    """axe-core finds nothing in our part of the page; JupyterLab's own parts are not ours to judge."""
    results = Axe().run(page, context={"include": [[part]]})
    assert results.response["passes"], "axe looked at nothing"
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_cards_can_be_read_in_every_state(lab: Open, jupyterlab: Server, theme: str) -> None:
    jupyterlab.setting("apputils-extension:themes", theme=theme)
    notebook = lab("02_approval.ipynb")
    light = notebook.page.evaluate("document.body.dataset.jpThemeLight")
    assert light == str(theme == "JupyterLab Light").lower()
    in_every_state(notebook)
    contrasts = read(notebook.page)
    assert len(contrasts) > 100
    accessible(notebook.page)


def test_a_choice_and_the_overview_can_be_read_and_keep_still(lab: Open) -> None:
    notebook = lab("made_up.ipynb", write)
    notebook.card("made.1").option("a").click()
    read(notebook.page)
    accessible(notebook.page)
    notebook = lab("00_start_here.ipynb")
    read(notebook.page)
    accessible(notebook.page)
    nothing_moves_where_that_is_asked_for(notebook.page)


def nothing_moves_where_that_is_asked_for(page: Page) -> None:
    moving = """() => [...document.querySelectorAll(".wb-card, .wb-card *")]
      .filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"""
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


def fits(card: Card) -> None:
    """Neither the page nor the card scrolls sideways; code may, in a box of its own."""
    page = card.page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert card.root.evaluate("card => card.scrollWidth <= card.clientWidth")
    left, right = card.root.evaluate(
        "card => [card.getBoundingClientRect().left, card.getBoundingClientRect().right]"
    )
    assert left >= 0
    assert right <= page.viewport_size["width"]
    for each in card.root.locator("button").all():
        box = each.bounding_box()
        if box and not each.evaluate("each => each.closest('pre')"):
            assert box["x"] >= left
            assert box["x"] + box["width"] <= right


def test_code_is_never_broken_in_a_narrow_window(classic: Open) -> None:
    """In YAML the place of a word is what it means."""
    notebook = classic("03_pipeline.ipynb")
    notebook.page.set_viewport_size({"width": 320, "height": 900})
    card = notebook.card("pipeline.2")
    card.option("b").click()
    card.press("check")
    fits(card)
    tall = """code => code.getBoundingClientRect().height
      / code.textContent.trimEnd().split("\\n").length / parseFloat(getComputedStyle(code).lineHeight)"""
    for code in card.root.locator("pre code").all():
        assert code.evaluate(tall) < 1.3


@pytest.mark.parametrize("width, zoom", [(320, 1), (640, 2)], ids=["320 pixels", "200 % zoom"])
def test_a_narrow_window_is_enough(classic: Open, width: int, zoom: int) -> None:
    """A window of 640 pixels at 200 % has room for 320: a browser's zoom makes each pixel twice as large."""
    notebook = classic("02_approval.ipynb")
    notebook.page.set_viewport_size({"width": width // zoom, "height": 900})
    for number in (1, 5):
        card = notebook.card(f"approval.{number}")
        card.root.scroll_into_view_if_needed()
        fits(card)
    card = notebook.card("approval.1")
    card.fill("get_model_version")
    card.press("check")
    assert card.state() == "wrong"
    fits(card)
