"""What came of the machine is never the learner's: status `error`, and nothing is remembered of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.lessons import exercises
from checks.runner import Given, Job

LOOP = "while True:\n    pass\n"


def _step(seconds: float = 1.0) -> Step:
    step = exercises()["rollback.2"]
    assert isinstance(step, Step)
    return replace(step, seconds=seconds)


@pytest.mark.parametrize(("took", "status"), [(0.9, "error"), (0.01, "wrong")])
def test_a_time_out_is_the_learners_only_where_the_reference_is_quick(
    runners: Runners, monkeypatch: pytest.MonkeyPatch, took: float, status: str
) -> None:
    monkeypatch.setattr(runners, "seconds_now", lambda *_: took)
    verdict = judge(_step(), LOOP, runners)
    assert verdict.status == status
    assert ("the machine is too busy" in verdict.feedback) is (status == "error")


def test_the_reference_is_run_anew_to_see_how_busy_the_machine_is(
    runners: Runners, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []
    runner = runners._runner("references", mlflow=False)
    run_many = runner.run_many

    def counted(job: Job, situations: Sequence[Given]) -> object:
        ran.append(len(situations))
        return run_many(job, situations)

    monkeypatch.setattr(runner, "run_many", counted)
    for _ in range(2):
        judge(_step(), LOOP, runners)
    assert len(ran) >= 2


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("import a_package_that_nobody_has\ncurrent_version = a_package_that_nobody_has.v3", "error"),
        ("import maths\ncurrent_version = maths.v3", "wrong"),
        ("import decimal\nraise ModuleNotFoundError(\"No module named 'decimal'\")", "wrong"),
        ("current_version = __import__('a_package_that_nobody_has')", "wrong"),
    ],
)
def test_a_package_that_is_not_installed_is_ours(runners: Runners, source: str, status: str) -> None:
    verdict = judge(_step(5.0), source, runners)
    assert verdict.status == status, verdict.feedback
    if status == "error":
        assert "imports `a_package_that_nobody_has`" in verdict.feedback


def test_a_right_answer_that_need_not_import_it_is_right(runners: Runners) -> None:
    assert judge(_step(5.0), "import a_package_that_nobody_has\ncurrent_version = 'v3'", runners).correct
