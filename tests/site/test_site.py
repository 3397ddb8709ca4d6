"""The browser edition in a browser: judged by click, by typing and offline; nothing comes from elsewhere.

Few tests, since what costs time is to load it. They are skipped where the site was not built.
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


pytestmark = pytest.mark.skipif(not house.SITE.exists(), reason="no site: `make site` builds it")


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
        # The course home, in front on the first visit, and the line above the lesson know of it.
        page.locator(".wb-home-panel").get_by_text("Lesson 1, step 3").wait_for()
        page.locator(".wb-above").get_by_text("2 of 4 steps").wait_for()

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


def test_what_a_browser_has_not_is_said_and_never_called_wrong(browser: Browser) -> None:
    elsewhere: list[str] = []
    with house.serving({}) as address:
        lesson = house.Lesson(address, house.page(browser, elsewhere), "08_durable_approval.ipynb")
        lesson.open()
        # Processes: of the worker there is what it showed elsewhere, and a task that needs them says so.
        lesson.type("durable-3-ask", 'ask("durable.3", "DBOS.step()", "DBOS.recv")')
        lesson.page.keyboard.press("Control+Enter")
        card = lesson.card("durable.3")
        card.status.get_by_text("installed edition").wait_for()
        assert card.state() == "unanswered"
        lesson.type(
            "durable-lost-start", "from checks.world.durable import Worker\nWorker(durable=False).start()"
        )
        lesson.page.keyboard.press("Control+Enter")
        lesson.cell("durable-lost-start").get_by_text("The worker was started.").wait_for()
        # numpy, of which there is only a stand-in for MLflow.
        card = lesson.answer("durable.1", "import numpy as np\noutcome = np.array(['waiting'])[0]")
        card.wait_for_status("error")
        assert "numpy" in card.status.inner_text() and "cost you no attempt" in card.status.inner_text()
        # A notebook is downloaded as it stands.
        lesson.page.keyboard.press("Escape")
        lesson.page.keyboard.press("Control+s")
        with lesson.page.expect_download() as download:
            lesson.menu("File", "Download")
        cells = json.loads(download.value.path().read_text("utf-8"))["cells"]
        sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
        assert sources["durable-3-ask"] == 'ask("durable.3", "DBOS.step()", "DBOS.recv")'
        assert "np.array" in sources["durable-1-answer"]
    assert elsewhere == []
    lesson.page.context.close()


def test_german_is_chosen_for_cards_and_has_a_folder_of_its_own(browser: Browser) -> None:
    elsewhere: list[str] = []
    with house.serving({}) as address:
        page = house.page(browser, elsewhere)
        lesson = house.Lesson(address, page, "00_start_here.ipynb")
        lesson.open()
        lesson.type("start-progress-all", 'language("de")')
        page.keyboard.press("Control+Enter")
        lesson.cell("start-progress-all").get_by_text("im Ordner de").wait_for()
        card = lesson.answer("start.1", "city = 'Rome'")
        card.status.get_by_text("Noch nicht").wait_for()
        page.locator(".wb-home-panel").get_by_text("Lektion 0, Übung 1").first.wait_for()

        # In the folder everything is German from the beginning, as far as it is translated.
        page.context.close()
        page = house.page(browser, elsewhere)
        lesson = house.Lesson(address, page, "de/00_start_here.ipynb")
        lesson.open()
        page.get_by_role("heading", name="Los geht's").wait_for()
        lesson.answer("start.1", "city = 'Rome'").status.get_by_text("Noch nicht").wait_for()
        page.locator(".wb-above").get_by_text("0 von 2").wait_for()
    assert elsewhere == []
    page.context.close()


def _cells(name: str) -> list[dict[str, str]]:
    cells = json.loads((SOLUTIONS / name).read_text("utf-8"))["cells"]
    return [{"id": cell["id"], "source": "".join(cell["source"])} for cell in cells]
