"""Whether it was the machine that made an answer look wrong: then nobody is to be blamed for it.

Called by judging before it says that an answer is wrong. What is found here becomes a verdict of status
`error`, which costs nothing, and of which the answer is judged again the next time.
"""

import difflib
import re
import sys

from checks.catalogue import tr
from checks.exercise import Runnable
from checks.judge.runners import Runners
from checks.judge.trials import Trial, imported, references_again
from checks.runner import Job, RunnerError

#: A machine is too busy if the reference takes this share of the time that an answer has; a quiet one needs
#: a hundredth.
_BUSY = 0.5
_MISSING = re.compile(r"No module named '(\w+)")


def acquit(exercise: Runnable, source: str, tried: Trial, runners: Runners) -> None:
    """RunnerError where what is wrong came of the machine: too busy, or without a package."""
    if any(came.ended == "timed_out" for came in tried.outcomes):
        took = references_again(exercise, tried.situations, runners)
        if took > _BUSY * exercise.seconds:
            raise RunnerError(
                tr(
                    "the machine is too busy: our own answer to {id} takes {took:.1f} of the {seconds:g} "
                    "seconds at the moment.",
                    id=exercise.id,
                    took=took,
                    seconds=exercise.seconds,
                )
            )
    module = _not_found(tried)
    if module in imported(source) and not _misspelt(module) and _is_missing(module, runners):
        raise RunnerError(
            tr(
                "the answer imports `{module}`, which is not installed where answers are run. "
                "Answer without it, or have it installed there (the browser edition has few).",
                module=module,
            )
        )


def _not_found(tried: Trial) -> str:
    """The module that was not found where the answer goes wrong; "" for none."""
    raised = tried.shown.came.raised if tried.shown else None
    found = _MISSING.match(raised.message) if raised and raised.type == "ModuleNotFoundError" else None
    return found[1] if found else ""


def _misspelt(module: str) -> bool:
    """Whether it looks like one of Python's own modules, and is none."""
    own = sys.stdlib_module_names
    return module not in own and bool(difflib.get_close_matches(module, own, n=1, cutoff=0.8))


def _is_missing(module: str, runners: Runners) -> bool:
    """Tried by a job of ours: an answer may raise anything."""
    (outcome,) = runners.answers([Job(f"import {module}")])
    return outcome.raised is not None and outcome.raised.type == "ModuleNotFoundError"
