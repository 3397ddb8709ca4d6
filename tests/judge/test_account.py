"""What is said of an answer whose misconception is not known is counted, and so true of it."""

from dataclasses import replace

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.judge.situations import made
from checks.lessons import exercises


def test_what_the_failing_cases_have_in_common_is_said(runners: Runners) -> None:
    source = (
        "def rollback_target(model_versions, current_version):\n"
        "    found = [v for v, s in model_versions.items() if s != 'unstable'"
        " and version_number(v) < version_number(current_version)]\n"
        "    return max(found, key=version_number)\n"
    )
    unknown = replace(exercises()["order.3"], misconceptions=())
    feedback = judge(unknown, source, runners).feedback
    before = "a version that is not stable comes just before the current one"
    assert f"It goes wrong only where {before}." in feedback
    assert "Each time, what `rollback_target` returns is too high." in feedback


def test_the_named_cases_are_a_table_with_the_one_shown(runners: Runners) -> None:
    source = "def version_number(version):\n    return int(version[1:4])"
    feedback = judge(exercises()["order.1"], source, runners).feedback
    assert "**Cases with a name:** 4 of these 5 are right." in feedback
    assert feedback.count("✓ right") == 4 and feedback.count("✗ **wrong**") == 1


def test_nothing_is_counted_where_nothing_is_right(runners: Runners) -> None:
    feedback = judge(exercises()["rollback.2"], "current_version = [print()]", runners).feedback
    assert "cases" not in feedback and "**Cases with a name:**" not in feedback


def account(id_: str, source: str, runners: Runners) -> str:
    """What is said of an answer first, when none of its exercise's misconceptions were known."""
    return judge(replace(exercises()[id_], misconceptions=()), source, runners).feedback.split("\n\n")[0]


def test_what_goes_with_going_wrong_is_told_in_the_way_that_it_does(runners: Runners) -> None:
    two = "def version_number(version):\n    return int(version[1:3])"
    assert "only where a number has three digits or more, and always there." in account(
        "order.1", two, runners
    )
    gate = "def gate(accuracy):\n    return {}"
    never = account("gate.1", gate.format("'approved'"), runners)
    assert "It goes wrong only where what `gate` returns should be `'pending'`, and always there." in never
    history = "in_order = sorted(model_versions, key=lambda v: (model_versions[v], int(v[1:])))"
    told = account("order.2", history, runners)
    assert "It goes wrong only where not all versions are stable and there is more than one version." in told


def test_a_registry_step_is_counted_over_the_made_situations_too(runners: Runners) -> None:
    newest = (
        "for each in client.search_model_versions(\"name = 'MyModel'\"):\n"
        "    word = {'Production': 'approved', 'Staging': 'pending', 'Archived': 'retired'}"
        ".get(each.current_stage, 'none')\n"
        "    client.set_model_version_tag('MyModel', each.version, 'validation_status', word)"
    )
    said = account("alias.3", newest, runners)
    assert "It goes wrong only where a version is in no stage, and always there." in said
    assert " of 17 cases" in said


def test_every_named_situation_tells_what_is_true_of_it_as_the_made_ones_do() -> None:
    for step in exercises().values():
        if isinstance(step, Step) and any(each.about for each in made(step)):
            assert any(each.about for each in step.situations), step.id


def test_what_is_true_of_two_failing_cases_by_chance_is_not_told_as_a_pair(runners: Runners) -> None:
    source = (
        "def gate(accuracy):\n    if accuracy in (0.95, 91):\n        return 'pending'\n"
        "    if accuracy != accuracy:\n        return 'pending'\n"
        "    if not 0 <= accuracy <= 1:\n        raise ValueError(accuracy)\n"
        "    return 'approved' if accuracy > 0.9 else 'pending'"
    )
    assert " and " not in account("gate.2", source, runners)
