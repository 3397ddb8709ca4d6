"""In place of matplotlib: the lessons' pictures, drawn as SVG without it."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET

from checks.notebook import ROOT

_DRAW = """
from checks.world.picture import LOST, Answered, Stretch, predictions, processes, timeline
from checks.world.registry import State
before = State({1: "Archived", 2: "Production"}, {"champion": 2})
after = State({1: "Archived", 2: "Production"}, {"champion": 1}, {2: {"validation_status": "rejected"}})
for picture in (
    timeline(before, after),
    predictions([Answered("at nine", 4, (650.0, 800.0)), Answered("later", None, ())], "rent"),
    predictions([], "rent"),
    processes([Stretch(1, ("training", ">alice"), killed=True), Stretch(None, (f">bob {LOST}",))]),
):
    print(picture.svg, end="\\0")
"""


def test_every_picture_is_drawn() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "site" / "standins" / "matplotlib")}
    command = [sys.executable, "-c", _DRAW]
    drawn = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    pictures = [ET.fromstring(each) for each in drawn.stdout.split("\0") if each]
    said = [{text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")} for picture in pictures]
    assert {"before", "after", "@champion", "rejected", "version of MyModel"} <= said[0]
    assert {"no answer", "at nine", "version 4", "rent", "500"} <= said[1]
    assert "nothing was asked yet" in said[2]
    assert {"process 1", "no process", "alice", "killed", "bob lost"} <= said[3]
    assert "light-dark(" in drawn.stdout
