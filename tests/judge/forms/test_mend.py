"""Mend: what is handed out goes wrong, what it was made of is right, and changed lines are counted."""

import ast

import pytest

from checks.judge import judge
from checks.judge.forms import make
from checks.judge.forms.mend import changed
from checks.lessons import exercises
from checks.practice import Writing


def mending(id_: str, seed: int) -> Writing:
    item = make(exercises()[id_], "mend", seed)
    assert isinstance(item, Writing)
    return item


@pytest.mark.parametrize("id_", ["rollback.4", "rollback.3", "order.2", "order.4", "gate.2", "durable.2"])
def test_what_is_handed_out_goes_wrong_and_can_be_mended(id_: str) -> None:
    for seed in range(3):
        item = mending(id_, seed)
        assert judge(item.of, item.start).status == "wrong"
        rights = [ast.unparse(ast.parse(each)) for each in (item.of.reference, *item.of.alternatives)]
        of = min(rights, key=lambda each: changed(item.start, each))
        assert changed(item.start, of) == item.fewest >= 1
        verdict = judge(item, tuple(of.splitlines()))
        assert verdict.correct
        assert f"**Changed:** {item.fewest} line" in verdict.feedback
        assert "fewer are not needed" in verdict.feedback


def test_a_bare_pass_does_not_point_at_the_place() -> None:
    for id_ in ("rollback.4", "order.1", "order.2"):
        for seed in range(12):
            lines = [line.strip() for line in mending(id_, seed).start.splitlines()]
            assert "pass" not in lines


def test_what_the_task_says_is_not_asked_for() -> None:
    for id_ in ("rollback.1", "rollback.2", "start.1"):
        with pytest.raises(ValueError, match="nothing to fix"):
            make(exercises()[id_], "mend", 1)


def test_more_changed_lines_than_needed_are_right_and_told() -> None:
    item = mending("rollback.3", 3)
    other = "for version, status in list(model_versions.items()):\n    if status == 'stable':\n"
    other += "        if version < current_version:\n            rollback_version = version"
    verdict = judge(item, tuple(other.splitlines()))
    assert verdict.correct
    assert "lines; 1 is enough." in verdict.feedback


def test_what_was_not_changed_is_not_attempted() -> None:
    item = mending("rollback.3", 3)
    assert judge(item, tuple(item.start.splitlines())).status == "not_attempted"
    assert judge(item, ("",)).status == "not_attempted"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc", "a\nb\nc\n\n", 0),
        ("a\nb\nc", "a\nx\nc", 1),
        ("a\nb\nc", "a\nx\ny\nc", 2),
        ("a\nb\nc", "a\nc", 1),
        ("a", "    a", 1),
    ],
)
def test_changed_lines_are_counted(before: str, after: str, lines: int) -> None:
    assert changed(before, after) == lines


def test_the_free_level_is_the_step_itself() -> None:
    item = make(exercises()["rollback.3"], "fade", 1, 4)
    assert isinstance(item, Writing)
    step = exercises()["rollback.3"]
    assert item.task == step.task
    verdict = judge(item, tuple(item.of.reference.splitlines()))
    assert verdict.correct
    assert "Changed:" not in verdict.feedback
    assert judge(item, (item.of.starter,)).status == "not_attempted"
