"""What a kernel does by itself with a lesson's cells, in a real one that a front end asks to run them."""

import os
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from checks.exercise import Verdict
from checks.learner import environment
from checks.learner.record import Record
from checks.lessons import exercises
from checks.vocabulary import PROGRESS


class Page:
    """A front end that names its cells, as JupyterLab does; `views` are those of the widgets it was sent."""

    def __init__(self, progress: Path) -> None:
        self._manager = KernelManager()
        self._manager.start_kernel(env={**os.environ, PROGRESS: str(progress)}, cwd=str(progress.parent))
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=60)
        self.views: list[dict[str, Any]] = []
        self.results: list[str] = []

    def close(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def run(self, source: str, cell_id: str | None = None) -> str:
        """Run a cell; gives what it printed and what it raised."""
        session = self._client.session
        content = {"code": source, "silent": False, "store_history": True, "stop_on_error": False}
        metadata = {"cellId": cell_id} if cell_id else {}
        sent = session.send(self._client.shell_channel.socket, "execute_request", content, metadata=metadata)
        said, shown = "", self.views
        while True:
            try:
                message = self._client.get_iopub_msg(timeout=60)
            except Empty:
                raise AssertionError(f"{source} does not end") from None
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "status" if content["execution_state"] == "idle":
                    return said
                case "stream":
                    said += content["text"]
                case "error":
                    said += f"{content['ename']}: {content['evalue']}"
                case "execute_result":
                    self.results.append(content["data"]["text/plain"])
                case "comm_msg" if view := content["data"].get("state", {}).get("view"):
                    shown.append(view)

    @property
    def card(self) -> dict[str, Any]:
        return self.views[-1]


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    environment.install()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    opened = Page(tmp_path / "progress.sqlite")
    yield opened
    opened.close()


def test_an_answer_is_judged_when_it_is_run_and_its_names_and_the_words_are_there(
    page: Page, tmp_path: Path
) -> None:
    assert page.run("current_version = 'v4'", "rollback-2-answer") == ""
    assert (page.card["id"], page.card["status"], page.card["place"]) == ("rollback.2", "wrong", True)
    assert page.card["judged"] == 1
    page.run("current_version = 'v3'", "rollback-2-answer")
    assert (page.card["status"], page.card["judged"]) == ("correct", 2)
    # A check that runs next finds the verdict, and draws the card that the page may be putting there.
    models = {view["model"] for view in page.views}
    assert page.run('check("rollback.2")', "rollback-2-check") == ""
    assert page.card["status"] == "correct" and {view["model"] for view in page.views} == models
    assert page.run("print(current_version)") == "v3\n"
    statuses = [one.status for one in Record(tmp_path / "progress.sqlite").attempts()]
    assert statuses == ["wrong", "correct"]


def test_an_answer_that_raises_is_judged_and_brings_in_what_earlier_steps_define(
    page: Page, tmp_path: Path
) -> None:
    first = exercises()["rollback.1"].reference + "\nnote = 'mine'"
    Record(tmp_path / "progress.sqlite").record_attempt("rollback.1", first, Verdict("correct", ""))
    said = page.run("rollback_version = model_versions[current_version.upper()]", "rollback-3-answer")
    assert said == (
        "Brought in, as this kernel has not run it: model_versions (from step 1, your answer); "
        "current_version (from step 2, the workbook's answer).\nKeyError: V3"
    ).replace("V3", "'V3'")
    assert page.card["status"] == "wrong"
    assert page.run("print(note, current_version)") == "mine v3\n"
    assert "Brought" not in page.run("rollback_version = current_version", "rollback-3-answer")


def test_a_story_that_is_not_true_yet_is_not_told(page: Page) -> None:
    assert page.run("rollback_target", "order-again").startswith("This needs step 1 and step 4 ")
    page.run("def rollback_target(history, current): ...", "order-4-answer")
    told = page.run("print(rollback_target({}, 'v2')); told = True", "order-again")
    assert told == "This needs step 4 above: solve it first, then run this cell.\n"
    assert page.run("told").startswith("NameError")
    page.run(exercises()["order.4"].reference, "order-4-answer")
    assert page.run("print(rollback_target({'v1': 'stable'}, 'v2'))", "order-again") == "v1\n"


def test_the_words_load_by_themselves_and_a_name_of_ones_own_stays(page: Page) -> None:
    page.run("def check(thing): print('mine', thing)")
    assert page.run("check('this')") == "mine this\n"
    assert page.run("'hint' in globals()") == ""
    assert page.run("progress()", "start-progress-all") == ""
    assert page.run("check('rollback.2'); print(hint.__name__)") == "mine rollback.2\nhint\n"


def test_where_cells_have_no_names_everything_is_as_before(page: Page) -> None:
    page.run("current_version = 'v3'")
    assert page.views == []
    assert page.run("print(check('rollback.2')._repr_mimebundle_()['text/plain'])") == (
        "rollback.2 Set the current model version: correct\n"
    )


@pytest.mark.parametrize("names", [None, "vscode-notebook-cell:/home/anna/01_rollback.ipynb#W{}sZmlsZQ=="])
def test_the_typed_way_needs_no_cell_that_has_a_name_of_ours(page: Page, names: str | None) -> None:
    """VS Code gives its cells addresses of its own, and other front ends give none."""
    number = iter(range(100))

    def run(source: str) -> str:
        return page.run(source, names and names.format(next(number)))

    assert run("from checks import ask, check, hint") == ""
    for version, status in (("v4", "wrong"), ("v3", "correct")):
        assert run(f"current_version = '{version}'") == ""
        assert run('check("rollback.2")') == ""
        assert status in page.results[-1]
    assert run('ask("approval.2", "status")') == ""
    assert "approval.2" in page.results[-1] and "wrong" in page.results[-1]
    assert run('ask("approval.2", "current_stage")') == ""
    assert "correct" in page.results[-1]
