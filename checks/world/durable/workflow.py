"""The approval as a durable workflow on DBOS: train, wait for a decision, then deploy or fail.

Imported by the worker's process (`python -m checks.world.durable FOLDER`), and only there.
"""

import time
from pathlib import Path
from types import ModuleType

from dbos import DBOS, DBOSConfig, SetWorkflowID

from checks.world.clock import give_old_sqlite_its_clock
from checks.world.durable import place


class Rejected(Exception):
    """The run fails: it was rejected, or nobody decided in time."""


_folder = Path()
_rules = ModuleType("rules")


@DBOS.step()
def train_model() -> int:
    """Hours of work, in real life. Returns the version that it made."""
    place.note(_folder, place.TRAIN)
    return place.VERSION


@DBOS.step()
def clock() -> float:
    """The time, recorded: a run that is resumed is told the same time again."""
    return time.time()


@DBOS.step()
def deploy_model(run: str, version: int) -> None:
    """Carry out the learner's `deploy` on what production holds."""
    place.note(_folder, place.DEPLOY)
    production = place.kept(_folder, "production", {"aliases": {}, "log": []})
    log = [tuple(entry) for entry in production["log"]]
    _rules.deploy(run, version, production["aliases"], log)
    place.keep(_folder, "production", {"aliases": production["aliases"], "log": log})


@DBOS.step()
def fail_run() -> None:
    """Say that nothing is deployed."""
    place.note(_folder, place.FAIL)


def receive(seconds: float) -> tuple[str, str] | None:
    """The next vote, or None if none comes within the seconds. Here the run pauses."""
    place.note(_folder, place.WAITING)
    vote = DBOS.recv(place.TOPIC, max(seconds, 0.0))
    if vote is None:
        return None
    place.note(_folder, place.GOT)
    return vote[0], vote[1]


@DBOS.workflow()
def approval(run: str, approvers: list[str], quorum: int, seconds: float) -> str:
    """One run, from training to the end. What is recorded is not done again when it is resumed."""
    version = train_model()
    decision = _rules.wait_for_decision(receive, clock, seconds, approvers, quorum)
    if decision != "approved":
        fail_run()
        raise Rejected(f"version {version} was not approved")
    deploy_model(run, version)
    return f"version {version} is deployed"


def work(folder: Path, rules: ModuleType) -> None:
    """Resume the folder's run, or begin it if it has none; returns when it has ended."""
    global _folder, _rules
    _folder, _rules = folder, rules
    settings = place.settings(folder)
    config: DBOSConfig = {
        "name": "approval",
        "system_database_url": settings["database"],
        # The same name and version every time: DBOS resumes the runs of its own executor and version only.
        "executor_id": "worker",
        "application_version": "1",
        "notification_listener_polling_interval_sec": 0.05,
        "log_level": "CRITICAL",
    }
    give_old_sqlite_its_clock()
    DBOS(config=config)
    DBOS.launch()
    rules_of_it = (settings["approvers"], settings["quorum"], settings["seconds"])
    with SetWorkflowID(settings["run"]):  # a run of this id that exists already is joined, not begun again
        run = DBOS.start_workflow(approval, settings["run"], *rules_of_it)
    try:
        place.keep(folder, "result", f"ended: {run.get_result(polling_interval_sec=0.05)}")
    except Rejected as rejected:
        place.keep(folder, "result", f"failed: {rejected}")
    except Exception as error:  # of the learner's functions
        place.keep(folder, "result", f"failed: {type(error).__name__}: {error}")
