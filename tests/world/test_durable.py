"""Lesson 8's worker: killed while it waits, it trains once and comes to the right end."""

import importlib.util
import itertools
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from pathlib import Path
from types import ModuleType

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.lessons import exercises
from checks.world.durable import Worker, panel
from checks.world.durable.worker import sources

#: A step's solution as code.
STEPS = {number: exercises()[f"durable.{number}"] for number in (1, 2, 4)}


def rules(folder: Path, **instead: str) -> list[Callable[..., object]]:
    """The functions of the lesson's solutions, or of what stands in for one of them."""
    text = "\n".join(
        instead.get(f"step_{number}", step.reference)
        for number, step in STEPS.items()
        if isinstance(step, Step)
    )
    path = folder / "solutions_of_8.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("solutions_of_8", path)
    assert spec is not None and spec.loader is not None
    module = ModuleType("solutions_of_8")
    module.__spec__, module.__file__ = spec, str(path)
    sys.modules["solutions_of_8"] = module
    exec(compile(text, path, "exec"), module.__dict__)
    return [module.outcome, module.wait_for_decision, module.deploy]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(**options: object) -> Worker:
        instead = {key: str(options.pop(key)) for key in list(options) if key.startswith("step_")}
        made.append(Worker(*rules(tmp_path, **instead), **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for worker in made:
        worker.close()


def counts(worker: Worker) -> dict[str, int]:
    return {name: ran for name, ran, _ in worker.report().rows}


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


def test_without_a_record_votes_and_training_are_lost() -> None:
    worker = Worker(durable=False)
    try:
        worker.start()
        assert worker.vote("alice", "approve").votes == 1
        worker.kill()
        assert "nobody takes it" in worker.vote("bob", "approve").headline
        again = worker.start()
        assert (again.votes, counts(worker)["train_model"]) == (0, 2)
        assert worker.vote("bob", "approve").state == "waiting for a decision"
        assert worker.vote("alice", "approve").state == "ended: deployed"
    finally:
        worker.close()


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


def test_the_picture_and_the_buttons_tell_the_same(workers: Callable[..., Worker]) -> None:
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
    data, metadata = panel.view(worker, ["alice", "bob"])
    assert metadata["workbook"] is True and "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == str(worker.report())


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
