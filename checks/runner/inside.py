"""Inside the browser's worker: what is made ready once, and what then runs one job.

Called by site/worker.js, in a Python whose memory is put back after each job as `prepare` left it.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

from checks.runner import child, folder
from checks.runner.wire import order_from_bytes
from checks.world import registry

#: Where jobs run, one after the other: the only folder that can then be written to.
PLACE = Path("/job")
#: In it, what the page lays out: the job itself, and what tells how far it is.
ORDER, READY = "order", "ready"

#: By these an answer could reach the page's own machinery.
_WAYS_OUT = ("js", "pyodide_js", "_pyodide_core", "_pyodide", "pyodide", "micropip")


def prepare(mlflow: bool) -> None:
    """Load what jobs need and close the ways out."""
    os.environ.pop("PYTHONHASHSEED", None)
    PLACE.mkdir()
    if mlflow:
        example = folder.registry_of(PLACE, 0)
        example.parent.mkdir()
        registry.create(example, {1: "None", 2: "Staging"})
        folder.turn_to(PLACE, 0)
        registry.warm_up(_now())
        folder.remove(example.parent)
        (PLACE / folder.NOW).unlink()
    for name in list(sys.modules):
        if name.split(".")[0] in _WAYS_OUT:
            sys.modules[name] = None  # type: ignore[assignment]
    sys.meta_path[:] = [
        each for each in sys.meta_path if type(each).__module__.split(".")[0] not in _WAYS_OUT
    ]


def run() -> NoReturn:
    """Run the job that lies there; ends this Python, as a process would end."""
    order = order_from_bytes((PLACE / ORDER).read_bytes())
    ready = os.open(PLACE / READY, os.O_WRONLY)
    child.run(order, PLACE, ready, _now())


def _now() -> Path:
    return PLACE / folder.NOW / folder.REGISTRY
