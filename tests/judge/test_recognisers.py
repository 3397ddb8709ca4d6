"""A recogniser that raises is our slip: the learner is judged all the same."""

import ast
from dataclasses import replace

import pytest

from checks.exercise import Form, Misconception, Seen, Step
from checks.judge import Runners, judge
from checks.lessons import exercises


def _raises(_: Seen | ast.Module) -> bool:
    raise AttributeError("'int' object has no attribute 'get'")


def _step() -> Step:
    step = exercises()["rollback.2"]
    assert isinstance(step, Step)
    return step


def test_what_a_cell_sets_beside_its_answer_does_not_stop_the_judge(runners: Runners) -> None:
    source = "ended = 'done'; seen = [1]\ndef promote(version, by):\n    raise KeyError(version)\n"
    verdict = judge(exercises()["restore.3"], source, runners)
    assert verdict.status == "wrong" and "KeyError" in verdict.feedback


@pytest.mark.parametrize("source", ["current_version = 'v4'", "current_version = 3"])
def test_a_misconception_whose_recogniser_raises_is_not_held(runners: Runners, source: str) -> None:
    raising = Misconception("odd", "a", "b", ("x",), _raises)
    step = _step()
    wanted = judge(step, source, runners)
    changed = replace(step, misconceptions=(raising, *step.misconceptions))
    assert judge(changed, source, runners) == wanted and wanted.misconception


def test_a_right_answer_stays_right_where_the_look_at_its_form_raises(runners: Runners) -> None:
    changed = replace(_step(), asks_for=(Form("odd", "a", "b", _raises, ("x",)),))
    assert judge(changed, "current_version = 'v3'", runners).correct
