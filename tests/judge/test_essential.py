"""What stands around an answer costs nothing and saves nothing: try-outs, prints, pasted data."""

import ast

import pytest

from checks.exercise import Step
from checks.judge import Runners, judge
from checks.judge.essential import essential, without_magic
from checks.lessons import exercises

GATE = "def gate(accuracy):\n    return accuracy > LIMIT\n"


def _essential(id_: str, source: str) -> str:
    step = exercises()[id_]
    assert isinstance(step, Step)
    return essential(step, source, ast.parse(source))


@pytest.mark.parametrize(
    ("tried", "left"),
    [
        ("gate(91)", ""),
        ("print('hello')  # there", ""),
        ("result = gate(\n    0.95,\n)", "\n\n"),
        ("found = gate(\n    0.95,\n)", "\n\n"),
        ("try:\n    gate(91)\nexcept ValueError as error:\n    print(error)", "\n\n\n"),
        ("if __name__ == '__main__':\n    gate(0.5)", "\n"),
        ("value = float(input())\ngate(value)", "\n"),
        ("assert gate(0.95)", ""),
        ("import math", ""),
        # What a function needs stays, and what that needs; so does what cannot be taken out alone.
        ("LIMIT = 0.9", None),
        ("LIMIT = gate(0.9)", None),
        ("limit = gate(0.9)\nLIMIT = gate(limit)", None),
        ("gate = staticmethod(gate)", None),
        ("if gate(1):\n    def gate(accuracy): return True", None),
        ("gate(91); LIMIT = 0.9", None),
        ("def another(): gate(1)\nLIMIT = another", None),
    ],
)
def test_what_only_tries_a_function_is_left_out(tried: str, left: str | None) -> None:
    source = f"{GATE}{tried}\n"
    assert _essential("gate.1", source) == (source if left is None else f"{GATE}{left}\n")


def test_lines_are_counted_as_python_counts_them() -> None:
    source = f"{GATE}text = '\u2028\x0c'\r\ngate(1)\r\nLIMIT = text"
    assert _essential("gate.1", source) == f"{GATE}text = '\u2028\x0c'\n\nLIMIT = text"


PASTED = "model_versions = {'v2': 'stable', 'v10': 'unstable', 'v1': 'stable', 'v9': 'stable'}\n"
IN_ORDER = "in_order = sorted(model_versions, key=version_number)\n"


@pytest.mark.parametrize(
    ("id_", "source"),
    [
        ("order.2", PASTED + IN_ORDER + "assert in_order == ['v1', 'v2', 'v9', 'v10']\nin_order"),
        ("order.2", IN_ORDER + "print(in_order[3], up_to_ten)"),
        (
            "order.2",
            "in_order = list(model_versions)\nin_order.sort(key=version_number)\n"
            "assert in_order[-1] == 'v10'",
        ),
        ("order.1", "%%time\ndef version_number(version):\n    return int(version[1:])\n"),
        (
            "order.1",
            "def version_number(version):\n    return int(version[1:])\n"
            "n = input('which? ')\nprint(version_number(n))",
        ),
        (
            "order.1",
            "!pip list\ndef version_number(version):\n    return int(version[1:])\n"
            "%time version_number('v9')",
        ),
        (
            "order.4",
            "before = rollback_target\ndef rollback_target(versions, current):\n    try:\n"
            "        return before(versions, current)\n    except ValueError:\n"
            "        raise LookupError(current)\n",
        ),
        (
            "alias.3",  # compares no variable; other registries have no version 5
            "status = {'Production': 'approved', 'Staging': 'pending', 'Archived': 'retired'}\n"
            "for mv in client.search_model_versions(\"name = 'MyModel'\"):\n"
            "    if mv.current_stage in status:\n"
            "        client.set_model_version_tag('MyModel', mv.version, 'validation_status', "
            "status[mv.current_stage])\n"
            "assert client.get_model_version('MyModel', 5).tags['validation_status'] == 'pending'\n",
        ),
    ],
)
def test_a_right_answer_is_right_whatever_stands_around_it(runners: Runners, id_: str, source: str) -> None:
    verdict = judge(exercises()[id_], source, runners)
    assert verdict.correct, verdict.feedback


@pytest.mark.parametrize(
    ("id_", "source"),
    [
        ("order.2", "model_versions = {'v2': 'stable', 'v3': 'stable'}\n" + IN_ORDER),
        ("rollback.4", "rollback_version = 'v1'\nprint(f'Rollback to model version: {rollback_version}')"),
        ("rollback.3", "rollback_version = 'v1'"),
        ("rollback.1", "print({'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'})"),
    ],
)
def test_what_is_taken_out_makes_no_wrong_answer_right(runners: Runners, id_: str, source: str) -> None:
    assert judge(exercises()[id_], source, runners).status == "wrong"


def test_magic_keeps_the_lines_and_the_statement_that_it_times() -> None:
    assert (
        without_magic("%%time\nx = 1\n  %time y = 2\n!ls\nx?\nz = x % 3\n")
        == "\nx = 1\n  y = 2\n\n\nz = x % 3\n"
    )


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("%matplotlib inline", "notebook command"),
        (">>> current_version = 'v3'", "prompt of a Python shell"),
        ("current_version = await get()", "`await`"),
    ],
)
def test_what_only_other_programs_read_is_named(runners: Runners, source: str, says: str) -> None:
    verdict = judge(exercises()["rollback.2"], source, runners)
    assert verdict.status == "wrong" and says in verdict.feedback


#: Steps whose answer changes or refuses something, each with calls that a learner tries.
TRIED = {
    "order.1": ["version_number('x')"],
    "order.4": ["rollback_target({'v1': 'stable'}, 'v1')"],
    "alias.5": [
        "set_champion(3)",
        "set_champion(99)",
        "client.delete_registered_model_alias('MyModel', 'champion')",
    ],
    "restore.3": ["promote(1, 'ann')", "promote(2, 'bo')\nprint(log)"],
    "restore.4": ["rollback('erin')", "for name in ('erin', 'fay'):\n    rollback(name)"],
    "gate.2": ["gate(91)", "assert gate(0.95) == 'approved'\ngate(float('nan'))\ngate(-1)"],
    "gate.3": ["decide('v2', 'approve', 'alice', 'alice')", "decisions.clear()"],
    "gate.4": ["result = decide('v7', 'approve', 'alice', ['alice'])"],
}


@pytest.mark.parametrize("id_", TRIED)
def test_a_right_function_is_right_whatever_was_tried_on_it(id_: str) -> None:
    step = exercises()[id_]
    assert isinstance(step, Step)
    for tried in TRIED[id_]:
        verdict = judge(step, f"{step.reference}\n{tried}\n")
        assert verdict.correct, (tried, verdict.feedback)


@pytest.mark.parametrize("id_", TRIED)
def test_a_wrong_function_is_told_what_is_wrong_with_it_and_not_with_the_try(id_: str) -> None:
    step = exercises()[id_]
    assert isinstance(step, Step)
    wrong = str(next(sample for held in step.misconceptions[4:] for sample in held.samples))
    plain = judge(step, wrong)
    assert plain.status == "wrong"
    for tried in TRIED[id_]:
        verdict = judge(step, f"{wrong}\n{tried}\n")
        assert (verdict.misconception, verdict.feedback) == (plain.misconception, plain.feedback), tried


def test_code_as_it_was_given_is_no_attempt_however_it_was_tried() -> None:
    step = exercises()["restore.2"]
    assert isinstance(step, Step)
    assert judge(step, f"{step.starter}\nloads(2)\n").status == "not_attempted"


def test_a_text_that_is_asked_for_is_never_left_out() -> None:
    step = exercises()["rollback.4"]
    assert isinstance(step, Step)
    assert judge(step, f"{step.reference}\nprint('and more')\n").status == "wrong"
