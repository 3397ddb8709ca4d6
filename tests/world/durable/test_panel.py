"""The worker's buttons do what the functions of their names do, and show what came of it."""

import ipywidgets as widgets  # type: ignore[import-untyped]
from ipywidgets.widgets.widget import _instances  # type: ignore[import-untyped]

from checks.world.durable import panel
from checks.world.durable.report import Report
from checks.world.picture import Picture, processes


class Recorded:
    """A worker that only notes what it is told to do."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []

    def _note(self, *what: str) -> Report:
        self.told.append(what)
        return self.report(f"told to {' '.join(what)}")

    def start(self) -> Report:
        return self._note("start")

    def kill(self) -> Report:
        raise OSError("no such process")

    def vote(self, name: str, vote: str) -> Report:
        return self._note("vote", name, vote)

    def report(self, headline: str = "") -> Report:
        return Report(headline, "waiting", 1, 0, ())

    def picture(self) -> Picture:
        return processes([])


def drawn() -> tuple[Recorded, dict[str, widgets.Button], widgets.HTML]:
    """A worker, its buttons by what stands on them, and what is shown below."""
    worker = Recorded()
    data, _ = panel.view(worker, ["alice"], 1)
    box = _instances[data["application/vnd.jupyter.widget-view+json"]["model_id"]]
    _, *rows, shown = box.children
    return worker, {button.description: button for row in rows for button in row.children}, shown


def test_a_panel_carries_the_report_and_a_mark_that_keeps_it_out_of_the_file() -> None:
    worker = Recorded()
    data, metadata = panel.view(worker, ["alice"], 1)
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == str(worker.report())
    assert metadata["workbook"] is True


def test_there_is_a_button_for_all_that_can_be_done() -> None:
    _, buttons, _ = drawn()
    votes = [f"{name}: {vote}" for name in ("alice", "mallory") for vote in ("approve", "reject")]
    assert list(buttons) == ["Start the worker", "Kill it", *votes]


def test_a_click_does_it_and_shows_what_came() -> None:
    worker, buttons, shown = drawn()
    for name in ("Start the worker", "mallory: reject"):
        buttons[name].click()
        assert not buttons[name].disabled
        assert buttons[name].description == name
    assert worker.told == [("start",), ("vote", "mallory", "reject")]
    assert "told to vote mallory reject" in shown.value


def test_what_fails_is_said_and_the_button_can_be_pressed_again() -> None:
    _, buttons, shown = drawn()
    buttons["Kill it"].click()
    assert shown.value == "<p>Something failed on our side: OSError: no such process</p>"
    assert not buttons["Kill it"].disabled
