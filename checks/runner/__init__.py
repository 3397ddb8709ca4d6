"""One interface to run an answer away from the process that decides: `Runner().run(Job(…)) -> Outcome`.

Called by the judge. Importing it is cheap: MLflow is only ever loaded in the runner's own process.
"""

import sys

from checks.runner.job import Error, Given, Job, Moment, NotHere, Observe, Outcome, RunnerError, Trace
from checks.world.registry import State

if sys.platform == "emscripten":
    from checks.runner.browser import Runner
else:
    from checks.runner.client import Runner

__all__ = [
    "Error",
    "Given",
    "Job",
    "Moment",
    "NotHere",
    "Observe",
    "Outcome",
    "Runner",
    "RunnerError",
    "State",
    "Trace",
]
