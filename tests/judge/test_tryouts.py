"""Try-outs in an answer's own cell cost nothing and save nothing."""

import ast

import pytest

from checks.exercise import Step
from checks.judge import judge
from checks.judge.tryouts import without_tryouts
from checks.lessons import exercises

GATE = "def gate(accuracy):\n    return accuracy > LIMIT\n"


@pytest.mark.parametrize(
    ("tried", "left"),
    [
        ("gate(91)", ""),
        ("print('hello')  # there", ""),
        ("result = gate(\n    0.95,\n)", "\n\n"),
        ("try:\n    gate(91)\nexcept ValueError as error:\n    print(error)", "\n\n\n"),
        ("if __name__ == '__main__':\n    gate(0.5)", "\n"),
        # What a function needs stays, and what that needs; so does what cannot be taken out alone.
        ("LIMIT = 0.9", None),
        ("LIMIT = gate(0.9)", None),
        ("limit = gate(0.9)\nLIMIT = gate(limit)", None),
        ("gate = staticmethod(gate)", None),
        ("if gate(1):\n    def gate(accuracy): return True", None),
        ("gate(91); LIMIT = 0.9", None),
        ("import math", None),
        ("def another(): gate(1)", None),
        ("quick = lambda accuracy: gate(accuracy)", None),
    ],
)
def test_what_only_tries_a_function_is_left_out(tried: str, left: str | None) -> None:
    source = f"{GATE}{tried}\n"
    quiet = without_tryouts(source, ast.parse(source))
    assert quiet == (source if left is None else f"{GATE}{left}\n")


def test_a_cell_without_a_function_stays_as_it_is() -> None:
    assert without_tryouts("gate(91)", ast.parse("gate(91)")) == "gate(91)"


def test_lines_are_counted_as_python_counts_them() -> None:
    source = f"{GATE}text = '\u2028\x0c'\r\ngate(1)\r\nLIMIT = 1"
    assert without_tryouts(source, ast.parse(source)) == f"{GATE}text = '\u2028\x0c'\n\nLIMIT = 1"


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
