"""One piece of work: judged from its text, and tried again where the machine was at fault."""

import contextlib
import json
from dataclasses import replace

import pytest

from checks.instructor import course, marks, work
from checks.instructor.handed import Handed
from checks.instructor.marks import Result
from checks.judge import Runners
from checks.judge.feedback import STILL_RUNNING
from checks.runner.sandbox import SandboxError


@pytest.mark.parametrize(
    ("result", "tries", "final"),
    [
        (Result("a", "rollback.1", "correct", "Right."), 1, True),
        (Result("a", "rollback.1", "wrong", "Your code adds the wrong way round."), 1, True),
        (Result("a", "rollback.1", "error", "Something failed on our side."), 1, False),
        (Result("a", "rollback.1", "error", "Something failed on our side."), 5, False),
        (Result("a", "rollback.1", "wrong", f"Your {STILL_RUNNING} 5 seconds and was stopped."), 1, False),
        (Result("a", "rollback.1", "wrong", f"Your {STILL_RUNNING} 5 seconds and was stopped."), 2, True),
    ],
)
def test_what_came_of_the_machine_is_tried_again(result: Result, tries: int, final: bool) -> None:
    done = json.dumps([marks.asdict(result)])
    assert work.is_final(done, tries) == final


def test_an_answer_without_end_is_known_by_its_feedback() -> None:
    step = replace(course.exercises()["rollback.2"], seconds=0.5)
    with contextlib.closing(Runners(sandboxed=False)) as runners:
        verdict = work.judge_one(step, "while True:\n    pass", runners)
    assert verdict.status == "wrong"
    assert STILL_RUNNING in verdict.feedback


def test_work_is_text_and_its_results_come_in_the_order_of_the_course(
    runners: Runners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "bench", work.Bench(sandboxed=False, _runners=runners))
    answers = {"rollback.2": "current_version = 'v3'", "rollback.1": "model_versions = 1"}
    text = work.to_text(Handed("anna", "01_rollback", "a.ipynb", answers))
    assert text == work.to_text(Handed("anna", "01_rollback", "b.ipynb", dict(reversed(answers.items()))))
    done = work.results(work.do(text))
    (lesson,) = (one for one in course.lessons() if one.notebook == "01_rollback")
    assert [one.exercise for one in done] == [exercise.id for exercise in lesson.exercises]
    assert {one.learner for one in done} == {"anna"}
    status = {one.exercise: one.status for one in done}
    assert (status.pop("rollback.1"), status.pop("rollback.2")) == ("wrong", "correct")
    assert set(status.values()) == {"not_attempted"}


def test_a_judge_that_fails_on_one_answer_costs_that_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("a slip of ours")

    monkeypatch.setattr(work, "judge", fails)
    verdict = work.judge_one(course.exercises()["rollback.2"], "x = 1", None)  # type: ignore[arg-type]
    assert verdict.status == "error"
    assert "`KeyError: 'a slip of ours'`" in verdict.feedback


def test_a_bench_without_its_sandbox_is_not_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    class Failing(Runners):
        def probe(self, hidden: object) -> None:
            raise SandboxError("There is no sandbox here.")

        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(work, "Runners", Failing)
    bench = work.Bench()
    bench._try()  # in the background nothing is raised
    with pytest.raises(SandboxError, match="no sandbox here"):
        bench.runners()
    assert closed == [True, True]
