"""A misconception is what an answer does: told where it comes out like a sample, and nowhere else."""

from dataclasses import replace

import pytest

from checks.exercise import Misconception, Step
from checks.judge import Runners, judge
from checks.lessons import exercises

HEAD = "def rollback_target(model_versions, current_version):\n"
FOUND = (
    HEAD + "    found = [v for v, s in model_versions.items() if {condition}]\n"
    "    if not found:\n        raise LookupError\n    return {choose}\n"
)


def _answer(
    condition: str = "s == 'stable' and version_number(v) < version_number(current_version)",
    choose: str = "max(found, key=version_number)",
) -> str:
    return FOUND.format(condition=condition, choose=choose)


def _told(runners: Runners, source: str, step: Step | None = None) -> tuple[str | None, str]:
    asked = step or exercises()["order.4"]
    verdict = judge(asked, source, runners)
    return verdict.misconception, verdict.feedback


def test_another_spelling_of_the_same_mistake_is_told_the_same(runners: Runners) -> None:
    source = _answer("not s != 'stable' and not version_number(v) > version_number(current_version)")
    assert _told(runners, source)[0] == "order.4/itself"


def _with(step: Step, *misconceptions: Misconception) -> Step:
    return replace(step, misconceptions=misconceptions)


@pytest.mark.parametrize(
    ("only", "told"), [(lambda _: True, True), (lambda _: False, False), (lambda _: 1 / 0, False)]
)
def test_words_that_name_a_construct_are_said_only_where_it_is(
    runners: Runners, only: object, told: bool
) -> None:
    step = exercises()["order.4"]
    assert isinstance(step, Step)
    one = Misconception(
        "itself",
        "a",
        "b",
        (_answer("s == 'stable' and version_number(v) <= version_number(current_version)"),),
        None,
        only,
    )  # type: ignore[arg-type]
    source = _answer("s == 'stable' and not version_number(v) > version_number(current_version)")
    assert (_told(runners, source, _with(step, one))[0] == "order.4/itself") is told


def test_what_looks_at_the_source_has_no_say_where_every_named_situation_is_right(runners: Runners) -> None:
    step = exercises()["order.1"]
    assert isinstance(step, Step)
    one = Misconception("odd", "a", "b", ("x",), lambda _: True)
    source = "def version_number(version):\n    return int(version[1:4])"
    assert _told(runners, source, _with(step, one))[0] is None


def test_two_faults_that_explain_all_are_told_as_two(runners: Runners) -> None:
    step = exercises()["order.1"]
    assert isinstance(step, Step)
    head = "def version_number(version):\n    number = int(version[1:])\n    return "
    small = Misconception("small", "Small ones are wrong.", "b", (f"{head}0 if number < 10 else number",))
    large = Misconception("large", "Large ones are wrong.", "b", (f"{head}1 if number > 100 else number",))
    both = f"{head}0 if number < 10 else 1 if number > 100 else number"
    misconception, feedback = _told(runners, both, _with(step, large, small))
    assert misconception == "order.1/small" and "another mistake" in feedback
