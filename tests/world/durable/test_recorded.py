"""Where there are no processes, a worker's cells show what they showed elsewhere, and say why."""

import json
from pathlib import Path
from types import SimpleNamespace

import IPython
import pytest

from checks.world.durable import recorded


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    outputs = tmp_path / "recorded.json"
    outputs.write_text(
        json.dumps(
            {
                "durable-picture": {"text/plain": "two processes", "text/html": "<svg/>"},
                "durable-production": {"text/plain": "{'champion': 4}"},
            }
        )
    )
    metadata: dict[str, str] = {}
    shell = SimpleNamespace(get_parent=lambda: {"metadata": metadata})
    monkeypatch.setattr(recorded, "_OUTPUTS", outputs)
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    return metadata


def test_a_cell_shows_its_own_output(running: dict[str, str]) -> None:
    worker = recorded.Worker(print, print, print, approvers=("bob",), quorum=1, seconds=4)
    running["cellId"] = "durable-picture"
    shown = worker.start().vote("alice", "approve").kill().picture()._repr_mimebundle_()
    assert shown["text/html"].endswith("<svg/>")
    assert "Steps 1, 2 and 4 are judged here" in shown["text/html"]
    running["cellId"] = "durable-production"
    assert "<pre>{'champion': 4}</pre>" in worker.production._repr_mimebundle_()["text/html"]


def test_a_cell_of_ones_own_says_why_nothing_happens(running: dict[str, str]) -> None:
    running["cellId"] = "0a1b"
    assert "a browser has none" in recorded.Worker()._repr_mimebundle_()["text/plain"]
