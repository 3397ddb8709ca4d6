"""The plain data that exercises are: what is worked out of their fields."""

import dataclasses

import pytest

from checks.exercise import Choice, FillIn, Situation, Step, Verdict
from checks.lessons import exercises


def one(kind: type) -> object:
    return next(each for each in exercises().values() if isinstance(each, kind))


@pytest.mark.parametrize(
    ("status", "correct"), [("correct", True), ("wrong", False), ("not_attempted", False), ("error", False)]
)
def test_only_correct_is_correct(status: str, correct: bool) -> None:
    assert Verdict(status, "").correct is correct  # type: ignore[arg-type]


def test_blanks_are_filled_by_number_wherever_they_stand() -> None:
    task = one(FillIn)
    assert isinstance(task, FillIn)
    made = dataclasses.replace(task, code="[2] = [1] + [1]", options=("a", "b"), answer=("a", "b"))
    assert made.blanks == 2
    assert made.fill(("a", "b")) == "b = a + a"
    assert made.solution == "b = a + a"
    assert made.fill(("[2]", "b")) == "b = [2] + [2]", "an option is put in as it is"


def test_letters_name_the_options_in_the_order_of_the_file() -> None:
    question = one(Choice)
    assert isinstance(question, Choice)
    assert question.letters == "abcdefgh"[: len(question.options)]
    assert question.answer in question.letters


def test_an_exercise_needs_mlflow_where_a_situation_has_a_registry() -> None:
    step = one(Step)
    assert isinstance(step, Step)
    for registry, needed in ((None, False), ({}, True), ({1: "None"}, True)):
        made = dataclasses.replace(step, situations=(Situation("a"), Situation("b", registry=registry)))
        assert made.mlflow is needed
