"""What is said of an answer whose misconception is not known is counted, and so true of it."""

from dataclasses import replace

from checks.judge import Runners, judge
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
    assert "It goes wrong only where there are other statuses than stable and unstable." in feedback


def test_the_named_cases_are_a_table_with_the_one_shown(runners: Runners) -> None:
    source = "def version_number(version):\n    return int(version[1:4])"
    feedback = judge(exercises()["order.1"], source, runners).feedback
    assert "**Cases:** 4 of these 5 are right." in feedback
    assert feedback.count("✓ right") == 4 and feedback.count("✗ **wrong**") == 1


def test_nothing_is_counted_where_nothing_is_right(runners: Runners) -> None:
    feedback = judge(exercises()["rollback.2"], "current_version = [print()]", runners).feedback
    assert "cases" not in feedback and "**Cases:**" not in feedback
