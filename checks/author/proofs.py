"""Runs the proofs of the question bank, each in a process of its own on a private MLflow registry.

Called by the tests and by `workbook notebooks`; never in a learner's kernel.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from checks.exercise import Choice
from checks.runner import Given, Job, Outcome, Runner

_SETUP = "import mlflow\nclient = mlflow.MlflowClient()"
_GIVEN = Given(registry=dict.fromkeys(range(1, 5), "None"))


def refuted(questions: Iterable[Choice]) -> dict[str, str]:
    """The ids of the questions whose proof fails, with the error. RunnerError if they cannot be run."""
    jobs = {
        question.id: Job(question.proof, _SETUP, given=_GIVEN, seconds=20.0)
        for question in questions
        if question.proof
    }
    if not jobs:
        return {}
    runner = Runner(mlflow=True)
    try:
        with ThreadPoolExecutor(4) as threads:
            outcomes = dict(zip(jobs, threads.map(runner.run, jobs.values()), strict=True))
    finally:
        runner.close()
    return {id_: _failure(outcome) for id_, outcome in outcomes.items() if outcome.ended != "finished"}


def _failure(outcome: Outcome) -> str:
    if outcome.raised is None:
        return outcome.ended.replace("_", " ")
    error = outcome.raised
    where = f" in line {error.line}" if error.line else ""
    return f"{error.type}{where}{f': {error.message}' if error.message else ''}"
