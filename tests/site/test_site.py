"""The browser edition in a browser: judged by click, by typing and offline; nothing comes from elsewhere.

One test for all, since what costs time is to load it. It is skipped where the site was not built.
"""

import json

import pytest
from playwright.sync_api import Browser

from checks.notebook import ROOT
from tests.site import house

SOLUTIONS = ROOT / "solutions"

#: Whether the browser has kept all that the site needs; told by `site/offline.js`.
_ALL_KEPT = """async () => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some(each => each.url.endsWith("/kept"))) return true;
  }
}"""


@pytest.mark.skipif(not house.SITE.exists(), reason="no site: `make site` builds it")
def test_lessons_in_a_browser_alone(browser: Browser) -> None:
    lesson_2 = {"02_approval.ipynb": house.stored(SOLUTIONS / "02_approval.ipynb")}
    elsewhere: list[str] = []
    with house.serving(lesson_2) as address:
        # As stored: every answer of lesson 2 is right. And by click: a wrong one is not.
        approval = house.Lesson(address, house.page(browser, elsewhere), "02_approval.ipynb")
        approval.open()
        approval.run_all()
        approval.wait_idle()
        assert set(approval.statuses().values()) <= {"correct", "predicted"}, approval.statuses()
        card = approval.card("approval.2")
        card.press("reset")
        card.fill("status")
        card.press("check")
        card.wait_for_status("wrong")
        assert '"status"' in approval.source("approval-2-ask")
        card.fill("current_stage")
        card.press("check")
        card.wait_for_status("correct")

        # By typing.
        approval.page.context.close()
        page = house.page(browser, elsewhere)
        lesson = house.Lesson(address, page, "01_rollback.ipynb")
        lesson.open()
        right = {cell["id"]: cell["source"] for cell in _cells("01_rollback.ipynb")}
        for step in ("rollback.1", "rollback.2"):
            lesson.answer(step, right[f"{step.replace('.', '-')}-answer"]).wait_for_status("correct")

        # What does not come to an end is ended, and the lesson goes on.
        card = lesson.answer("rollback.3", "while True: pass")
        card.wait_for_status("wrong")
        assert "does not come to an end" in card.status.inner_text()
        lesson.answer("rollback.3", right["rollback-3-answer"]).wait_for_status("correct")
        page.keyboard.press("Control+s")
        page.wait_for_function(_ALL_KEPT)

    # The server is gone: what was answered is there, and answers are judged.
    page.context.set_offline(True)
    lesson.open()
    assert lesson.source("rollback-3-answer") == right["rollback-3-answer"]
    lesson.answer("rollback.2", "current_version = 'v2'").wait_for_status("wrong")
    assert elsewhere == []
    page.context.close()


def _cells(name: str) -> list[dict[str, str]]:
    cells = json.loads((SOLUTIONS / name).read_text("utf-8"))["cells"]
    return [{"id": cell["id"], "source": "".join(cell["source"])} for cell in cells]
