"""The browser edition in a browser: lessons are judged, an endless loop ends, nothing comes from elsewhere.

One test for all, since what costs time is to load it. It is skipped where the site was not built.
"""

import json
import time

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from checks.notebook import ROOT
from tests.learner.browser import house as desktop
from tests.site import house

SOLUTIONS = ROOT / "solutions"
LOOP = "while True:\n    pass"
HOSTILE = "import builtins\nbuiltins.len = builtins.print = lambda *a: 0\nopen('/lib/x.py', 'w')"


@pytest.fixture(scope="module")
def browser():
    if not house.SITE.exists():
        pytest.skip("no site: `make site` builds it")
    with sync_playwright() as playwright:
        if reason := desktop.no_browser(playwright):
            pytest.skip(reason)
        with desktop.chromium(playwright) as browser:
            yield browser


def test_lessons_in_a_browser_alone(browser: Browser) -> None:
    lesson_2 = {"02_approval.ipynb": house.stored(SOLUTIONS / "02_approval.ipynb")}
    context = browser.new_context(viewport={"width": 1200, "height": 1400})
    with house.serving(lesson_2) as address:
        elsewhere = house.from_elsewhere(context, "http://127.0.0.1")
        page = context.new_page()
        page.set_default_timeout(house.PATIENCE)

        # As stored: every answer of lesson 2 is right. And by click: a wrong one is not.
        approval = house.Lesson(address, page, "02_approval.ipynb")
        approval.open()
        approval.run_all()
        approval.wait_idle()
        assert set(approval.statuses().values()) == {"correct"}, approval.statuses()
        card = approval.card("approval.2")
        card.press("reset")
        card.fill("status")
        card.press("check")
        card.wait_for_status("wrong")
        assert '"status"' in approval.source("approval-2-ask")
        card.fill("current_stage")
        card.press("check")
        card.wait_for_status("correct")

        # By typing: a loop without an end is ended, and what is hostile changes nothing for the next.
        lesson = house.Lesson(address, page, "01_rollback.ipynb")
        lesson.open()
        right = {cell["id"]: cell["source"] for cell in _cells("01_rollback.ipynb")}
        for step in ("rollback.1", "rollback.2"):
            lesson.answer(step, right[f"{step.replace('.', '-')}-answer"]).wait_for_status("correct")
        for wrong in (f"if current_version == 'v3':\n    {LOOP.replace(chr(10), chr(10) + '    ')}", HOSTILE):
            began = time.monotonic()
            lesson.answer("rollback.3", wrong).wait_for_status("wrong")
            took = time.monotonic() - began
            assert took < 60, took
            lesson.answer("rollback.3", right["rollback-3-answer"]).wait_for_status("correct")

        # What was answered is there when the page is loaded again, and without network.
        page.keyboard.press("Control+s")
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
        while not page.evaluate(KEPT):
            page.wait_for_timeout(500)
    lesson.open()
    assert "rollback_version" in lesson.source("rollback-3-answer")
    lesson.run("rollback-3-check")
    lesson.card("rollback.3").wait_for_status("correct")
    assert elsewhere == []
    context.close()


#: The site's own note that it has all that it needs.
KEPT = "async () => (await fetch(new URL('../kept', location.href))).ok"


def _cells(name: str) -> list[dict[str, str]]:
    cells = json.loads((SOLUTIONS / name).read_text("utf-8"))["cells"]
    return [{"id": cell["id"], "source": "".join(cell["source"])} for cell in cells]
