"""A step's cell that has run: its card is brought up to date, or made for the page to put below."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.exercise import Step
from checks.learner import alive, attempts, cells, words
from checks.learner.card.live import LiveCard
from checks.learner.record import Record


@dataclass
class Info:
    raw_cell: str
    cell_id: str


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel with a front end that names its cells."""
    monkeypatch.setattr(cells, "_log", cells._Log(kernel=True))
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")
    monkeypatch.setattr(alive, "_alive", {})


def run(answer: str) -> None:
    cells.note(Info(answer, "rollback-2-answer"))
    step = words.exercises()["rollback.2"]
    assert isinstance(step, Step)
    alive.run(step)


def shown() -> tuple[int, list[LiveCard]]:
    return alive._alive["rollback-2-check"]


def test_a_card_is_made_for_the_page_to_place_and_the_check_shows_that_very_one() -> None:
    run("current_version = 'v4'")
    placed, [card] = shown()
    assert (card.view["status"], card.view["place"], card.view["judged"]) == ("wrong", True, 1)
    card._clicked(card, {"action": "placed"}, [])
    assert not card.view["place"]
    cells.note(Info('check("rollback.2")', "rollback-2-check"))
    words.check("rollback.2")._repr_mimebundle_()
    drawn, [same] = shown()
    assert same is card and drawn != placed
    run("current_version = 'v3'")
    _, [same] = shown()
    assert same is card and card.view["status"] == "correct" and card.view["judged"] == 2
    # From here on it is a card like any other: the check that runs again draws a new one.
    cells.note(Info('check("rollback.2")', "rollback-2-check"))
    words.check("rollback.2")._repr_mimebundle_()
    assert card.comm is None and shown()[1] != [card]
