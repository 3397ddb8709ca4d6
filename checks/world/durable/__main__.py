"""The worker's process: `python -m checks.world.durable FOLDER [--plain]`, started by `worker`.

It ends when its run has ended, or when whoever started it is gone.
"""

import importlib.util
import os
import sys
import threading
from pathlib import Path
from types import ModuleType

from checks.world.durable import place


def main() -> None:
    folder = Path(sys.argv[1])
    place.note(folder, place.BEGAN)
    if "--plain" in sys.argv:
        from checks.world.durable import plain

        plain.work(folder)
    else:
        threading.Thread(target=_end_with_parent, daemon=True).start()
        rules = _rules(folder / "rules.py")
        from checks.world.durable import workflow

        workflow.work(folder, rules)
    place.note(folder, place.ENDED)
    os._exit(0)  # the run is over; DBOS's threads need not be waited for


def _rules(path: Path) -> ModuleType:
    """What the learner wrote, as a module."""
    spec = importlib.util.spec_from_file_location("rules", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
