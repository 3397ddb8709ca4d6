"""What the player shows is plain data that holds together: lines, cases and history are those of the code."""

from dataclasses import FrozenInstanceError, asdict

import pytest

from checks.exercise import Step
from checks.judge.trace import play
from checks.lessons import exercises
from checks.player import Moment

LOOP = """\
for version, status in model_versions.items():
    if status == "stable" and version < current_version:
        rollback_version = version
"""


def test_a_moment_of_no_function_needs_a_line_and_a_word_alone() -> None:
    moment = Moment(3, "It begins.")
    assert asdict(moment) == {
        "line": 3,
        "says": "It begins.",
        "where": "",
        "held": (),
        "of": "",
        "history": (),
        "printed": "",
    }
    with pytest.raises(FrozenInstanceError):
        moment.line = 4  # type: ignore[misc]


def test_a_run_holds_together() -> None:
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    player = play(step, LOOP)
    assert player is not None
    assert player.code == tuple(LOOP.splitlines())
    assert 0 <= player.chosen < len(player.cases)
    assert 0 <= player.start < len(player.moments)
    assert {moment.line for moment in player.moments} <= set(range(1, len(player.code) + 1))
    entries = [
        entry for moment in player.moments if moment.of == "model_versions" for entry in moment.history
    ]
    assert any(entry.at_hand for entry in entries)
    assert all(entry.names for entry in entries if entry.at_hand)
    changes = [(held.name, held.change) for moment in player.moments for held in moment.held if held.change]
    assert ("version", "new") in changes
    assert ("version", "changed") in changes
