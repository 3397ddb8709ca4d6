"""The approval on DBOS: killed while it waits, it trains once and comes to the right end."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.lessons import exercises
from checks.world.durable import Worker
from tests.helpers.approvals import STEPS, counts


def test_killed_twenty_times_at_the_pause_it_trains_once_and_ends_right(
    workers: Callable[..., Worker],
) -> None:
    """SIGKILL reaches the worker's own process only; ten are to be approved, ten rejected."""
    cases = [(workers(), vote) for vote in ("approve", "reject") for _ in range(10)]

    def run(case: tuple[Worker, str]) -> tuple[str, str, dict[str, int], object]:
        worker, vote = case
        worker.start()
        worker.vote("alice", "approve")
        worker.kill()
        worker.vote("bob", vote)
        worker.start()
        return vote, worker.report().state, counts(worker), worker.production["log"]

    with ThreadPoolExecutor(4) as threads:
        for vote, state, ran, log in threads.map(run, cases):
            approved = vote == "approve"
            assert state == "ended: version 7 is deployed" if approved else state.startswith("failed: ")
            assert ran == {"train_model": 1, "deploy_model": int(approved), "fail_run": int(not approved)}
            assert log == ([("approval-1", "deployed", 7)] if approved else [])


@pytest.mark.parametrize(
    "fill", list(itertools.product(("functools.cache", "DBOS.step()"), ("inbox.get", "DBOS.recv")))
)
def test_only_what_is_in_the_database_survives(runners: Runners, fill: tuple[str, str]) -> None:
    task = exercises()["durable.3"]
    verdict = judge(task, fill, runners)
    assert verdict.correct == (fill == ("DBOS.step()", "DBOS.recv")), verdict.feedback
    assert "'trained', 'waits', 'killed'" in verdict.feedback


def test_silence_until_the_deadline_is_a_rejection(workers: Callable[..., Worker]) -> None:
    worker = workers(seconds=1.5)
    worker.start()
    until = time.monotonic() + 30
    while worker.report().state == "waiting for a decision" and time.monotonic() < until:
        time.sleep(0.1)
    assert worker.report().state == "failed: version 7 was not approved"


def test_dbos_hands_over_a_late_vote_so_the_clock_has_to_be_asked_again(
    workers: Callable[..., Worker],
) -> None:
    careless = STEPS[2]
    assert isinstance(careless, Step)
    late = careless.reference.replace("vote is None or clock() > deadline", "vote is None")
    for step, state in ((careless.reference, "failed: version 7 was not approved"), (late, "ended: ")):
        worker = workers(seconds=3, quorum=1, step_2=step)
        worker.start()
        worker.kill()
        time.sleep(3)
        worker.vote("bob", "approve")
        assert worker.start().state.startswith(state)
