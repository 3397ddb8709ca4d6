"""An approval in a process of its own, to be killed while it waits.

Used by the notebook 08_durable_approval: `from checks.world.durable import Worker`. Importing it loads
neither DBOS nor a widget.

- `worker`: the notebook's side: start the process, kill it, send it a vote
- `report`, `panel`: how the run stands, and the buttons beside it
- `place`: the run's folder, through which both sides speak
- `__main__`, `workflow`, `plain`: the process, with DBOS and with nothing recorded
- `recorded`: in place of all this where there are no processes
"""

import sys

if sys.platform == "emscripten":
    from checks.world.durable.recorded import Worker
else:
    from checks.world.durable.worker import Worker

__all__ = ["Worker"]
