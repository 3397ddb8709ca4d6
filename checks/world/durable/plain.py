"""The same approval with nothing recorded: all it knows is in the memory of its process.

Imported by the worker's process (`python -m checks.world.durable FOLDER --plain`), for the lesson's opening.
"""

import sys
from pathlib import Path

from checks.world.durable import place


def work(folder: Path) -> None:
    """Train, wait for `quorum` approvals on the standard input, deploy."""
    place.note(folder, place.TRAIN)
    settings = place.settings(folder)
    approved: set[str] = set()
    while len(approved) < settings["quorum"]:
        place.note(folder, place.WAITING)
        line = sys.stdin.readline()
        if not line:
            return
        place.note(folder, place.GOT)
        name, vote = line.split()
        if name in settings["approvers"] and vote == "approve":
            approved.add(name)
        elif name in settings["approvers"]:
            place.note(folder, place.FAIL)
            return
    place.note(folder, place.DEPLOY)
