"""The notebook's side of a worker: started, killed and voted for, it says how things stand."""

import itertools
from collections.abc import Callable
from math import ceil

import pytest

from checks.world.durable import Worker
from checks.world.durable.worker import sources
from tests.helpers.approvals import counts, rules


def test_killed_again_and_again_it_still_trains_once(workers: Callable[..., Worker]) -> None:
    worker = workers()
    for _ in range(3):
        worker.start()
        worker.vote("mallory", "approve")
        worker.kill()
    worker.vote("alice", "approve")
    worker.vote("alice", "approve")
    assert worker.start().state == "waiting for a decision"
    assert worker.vote("bob", "approve").state == "ended: version 7 is deployed"
    assert counts(worker) == {"train_model": 1, "deploy_model": 1, "fail_run": 0}


def test_a_mistake_in_a_rule_is_told(workers: Callable[..., Worker]) -> None:
    broken = "def outcome(votes, approvers, quorum):\n    return nonsense\n"
    worker = workers(step_1=broken)
    worker.start()
    assert worker.vote("alice", "approve").state == "failed: NameError: name 'nonsense' is not defined"


def test_what_makes_no_sense_is_answered_with_a_sentence(workers: Callable[..., Worker]) -> None:
    worker = workers()
    assert "has not begun" in worker.vote("alice", "approve").headline
    assert "none to kill" in worker.kill().headline
    assert worker.pid is None
    worker.start()
    assert worker.pid
    assert "runs already" in worker.start().headline
    with pytest.raises(ValueError, match='"approve" or "reject"'):
        worker.vote("alice", "yes")
    worker.vote("bob", "reject")
    assert "the run has ended" in worker.vote("alice", "approve").headline
    assert "nothing left to do" in worker.start().headline
    with pytest.raises(TypeError, match="needs your deploy, outcome"):
        Worker(*rules(worker._folder)[1:2])


def test_the_picture_tells_what_happened_in_which_process(workers: Callable[..., Worker]) -> None:
    worker = workers()
    worker.start()
    worker.vote("alice", "approve")
    worker.kill()
    worker.vote("bob", "approve")
    worker.start()
    assert worker.picture().text.splitlines() == [
        "process 1: train_model, waits, alice: approve, killed",
        "no process: bob: approve",
        "process 2: waits, deploy_model, ended",
    ]


def helper(number: float) -> int:
    return ceil(number) + LIMIT


def uses(number: float) -> object:
    return itertools.repeat(helper(number), LIMIT)


LIMIT = 2


def test_a_function_is_taken_with_what_it_uses() -> None:
    text = "\n".join(sources((uses,)))
    names: dict[str, object] = {}
    exec(text, names)
    assert list(names["uses"](1.5)) == [4, 4]  # type: ignore[operator]
