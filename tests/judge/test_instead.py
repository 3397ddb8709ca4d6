"""What a wrong answer does in every case in which it goes wrong, told only where it is so."""

from dataclasses import replace

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.lessons import exercises

GATE = "def gate(accuracy):\n    return 'approved' if accuracy > 0.9 else 'pending'\n"
TARGET = (
    "def rollback_target(model_versions, current_version):\n"
    "    older = [v for v, s in model_versions.items() if s == 'stable'"
    " and version_number(v) < version_number(current_version)]\n"
    "    return max(older, key=version_number)\n"
)
OUTCOME = (
    "def outcome(votes, approvers, quorum):\n    first = {}\n    for name, word in votes:\n"
    "        if name in approvers:\n            first.setdefault(name, word)\n"
    "    if 'reject' in first.values():\n        return 'rejected'\n"
    "    return 'approved' if list(first.values()).count('approve') >= quorum else 'waiting'\n"
)
EMPTIES = f"{OUTCOME}\nreal = outcome\noutcome = lambda votes, *rest: (real(votes, *rest), votes.clear())[0]"
SET_CHAMPION = (
    "def set_champion(version):\n    held = client.get_model_version('MyModel', version)\n"
    "    if held.tags.get('validation_status') == 'approved':\n"
    "        client.set_registered_model_alias('MyModel', 'champion', version)\n"
)


def says(id_: str, source: str, runners: Runners) -> str:
    """What is said of a source whose misconceptions nobody wrote down."""
    step = exercises()[id_]
    assert isinstance(step, Step)
    verdict = judge(replace(step, misconceptions=()), source, runners)
    assert verdict.status == "wrong"
    return verdict.feedback.split("\n\n")[0]


@pytest.mark.parametrize(
    ("id_", "source", "told"),
    [
        ("order.1", "version_number = lambda version: version[1:]", "is text, where a whole number is right"),
        ("order.1", "version_number = lambda version: int(version[1:]) + 1", "is one too high"),
        ("order.1", "version_number = lambda version: None", "what `version_number` returns is `None`"),
        ("order.2", "in_order = sorted(model_versions)", "holds the right things, but in another order"),
        ("order.2", "in_order = [*model_versions][:1]", "`in_order` lacks something that belongs in it"),
        ("order.2", "in_order = model_versions", "`in_order` is a dictionary, where a list is right"),
        ("order.3", TARGET.replace("max", "min"), "is too low"),
        (
            "order.4",
            TARGET.replace("max(older", "max(older or ['v0']"),
            "`LookupError` should be raised and is not",
        ),
        ("gate.1", GATE.replace("'pending'", "'Pending'"), "is `'Pending'`, where `'pending'` is right"),
        (
            "gate.1",
            GATE.replace("'pending'", "str(accuracy)"),
            "is something else, where `'pending'` is right",
        ),
        ("durable.1", EMPTIES, "`votes` afterwards is `[]`"),
        ("alias.5", SET_CHAMPION, "a call of `set_champion` that should raise `ValueError` goes through"),
        ("alias.3", "print('nothing')", "the registry stays as it was"),
    ],
)
def test_what_all_failing_cases_share_is_told(id_: str, source: str, told: str, runners: Runners) -> None:
    said = says(id_, source, runners)
    assert "Each time, " in said
    assert said.endswith(f"{told}."), said


def test_what_most_share_is_told_with_how_many(runners: Runners) -> None:
    late = OUTCOME.replace("first.setdefault(name, word)", "first[name] = word")
    said = says("durable.1", late.replace("'waiting'\n", "'pending'\n"), runners)
    assert "wrong cases, what `outcome` returns is `'pending'`, where `'waiting'` is right." in said
    assert "Each time" not in said


def test_nothing_is_told_of_a_single_case(runners: Runners) -> None:
    once = (
        "def gate(accuracy):\n    return 'approved' if accuracy > 0.9 or accuracy == 0.00001 else 'pending'\n"
    )
    said = says("gate.1", once, runners)
    assert said == "Your code does what is asked in 308 of 309 cases."
