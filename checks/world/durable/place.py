"""A run's folder: what the notebook and the worker's process tell each other, in files that outlive both.

Used by checks.world.durable.worker, by the worker's process, and by nothing that knows an answer.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: The mailbox that votes go to, and the version that is trained.
TOPIC = "votes"
VERSION = 7

#: What happened, a line each, written by whoever did it at the moment it did it: the worker's process …
BEGAN, WAITING, GOT, ENDED = "began", "waits", "got", "ended"
TRAIN, DEPLOY, FAIL = "train_model", "deploy_model", "fail_run"
#: … and the notebook, which also notes votes as `> alice: approve`.
KILLED, VOTE = "killed", ">"


def note(folder: Path, word: str) -> None:
    """Write down that something happened."""
    with (folder / "happened").open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


def happened(folder: Path) -> list[str]:
    """Everything that happened, in order; nothing if no process has begun."""
    try:
        return (folder / "happened").read_text("utf-8").split("\n")[:-1]
    except FileNotFoundError:
        return []


def keep(folder: Path, name: str, thing: Any) -> None:
    """Write a thing whole or not at all."""
    partial = folder / f"{name}.partial"
    partial.write_text(json.dumps(thing), encoding="utf-8")
    partial.replace(folder / name)


def kept(folder: Path, name: str, otherwise: Any) -> Any:
    """What was kept under the name; `otherwise` where nothing was."""
    try:
        return json.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        return otherwise


def settings(folder: Path) -> Mapping[str, Any]:
    """Id, approvers, quorum, seconds and database of the run."""
    found: Mapping[str, Any] = kept(folder, "settings", {})
    return found
