"""Lesson 3: the letters of the syllabus, and the pipeline that is run after an answer."""

import re

import pytest

from checks.exercise import Choice
from checks.judge import judge
from checks.learner.card.card import Card, CardState
from checks.lessons import exercises, lesson_of

QUESTIONS = [exercises()[f"pipeline.{number}"] for number in range(1, 6)]


def question(number: int) -> Choice:
    found = QUESTIONS[number - 1]
    assert isinstance(found, Choice)
    return found


def feedback(number: int, letter: str) -> str:
    return judge(question(number), (letter,)).feedback


def test_levels_and_right_letters() -> None:
    assert [(q.difficulty, q.answer) for q in map(question, range(1, 6))] == [
        ("easy", "d"),
        ("easy", "b"),
        ("medium", "c"),
        ("medium", "a"),
        ("hard", "a"),
    ]


@pytest.mark.parametrize("number", range(1, 6))
def test_each_has_all_that_a_question_needs(number: int) -> None:
    found = question(number)
    assert len(found.options) == 4 and len(found.misconceptions) == 3
    assert re.match(r"1\. .+\n2\. .+\n3\. ", found.explanation) and f"**{found.answer}**" in found.explanation
    assert "\n" not in found.quick_check and found.quick_check in feedback(number, found.answer)
    assert found.hints and len(found.common_mistakes) == 3
    told = {feedback(number, letter) for letter in "abcd"}
    assert len(told) == 4


def test_question_1_runs_nothing() -> None:
    assert all("pipeline does" not in feedback(1, letter) for letter in "abcd")


def test_question_2_refuses_the_three_wrong_options_with_the_field_named() -> None:
    fields = {"a": "steps[0].approval_step", "c": "steps[0].manual_approval", "d": "steps[0].type"}
    for letter, field in fields.items():
        told = feedback(2, letter)
        assert f"Refused, nothing runs: `{field}`" in told
        assert told.count("Refused") == 1 and "waiting" not in told, "only its own option is run"
    assert feedback(2, "b").count("Refused") == 3
    assert "| `manual_approval` | waiting | for team_lead |" in feedback(2, "b")


@pytest.mark.parametrize("letter", "abcd")
def test_question_3_shows_the_rejection(letter: str) -> None:
    told = feedback(3, letter)
    assert "| `train_model` | ran |" in told
    assert "| `approve_model` | rejected | by alice" in told
    assert "| `deploy_model` | skipped |" in told
    assert "The pipeline: **failed**." in told


def test_question_4_is_refused_and_once_mended_waits() -> None:
    for letter in "abcd":
        assert "Refused, nothing runs: `steps[0].inputs.approvers` is `'bob'`." in feedback(4, letter)
    assert "| `approve_model` | waiting | for bob |" in feedback(4, "a")
    assert "'b' in 'bob'" in feedback(4, "a")


def test_question_5_runs_each_design_at_both_accuracies() -> None:
    results = {letter: re.findall(r"The pipeline: \*\*(\w+)\*\*", feedback(5, letter)) for letter in "abcd"}
    assert results == {
        "a": ["succeeded", "waiting", "waiting", "waiting", "succeeded", "failed", "waiting", "waiting"],
        "b": ["waiting", "waiting"],
        "c": ["succeeded", "failed"],
        "d": ["waiting", "waiting"],
    }
    assert feedback(5, "d").count("| `deploy_model` | ran |") == 2


@pytest.mark.parametrize("answer", [("e",), ("b", "c"), ("bc",), ("",)])
def test_what_is_no_letter_of_it_is_not_an_attempt(answer: tuple[str, ...]) -> None:
    verdict = judge(question(2), answer)
    assert verdict.status == "not_attempted"
    assert "a, b, c, d" in verdict.feedback or verdict.feedback == "No option is chosen yet."


def test_the_static_face_has_the_timeline_as_a_table() -> None:
    found = question(3)
    state = CardState(found, lesson_of(found.id), ("c",), judge(found, ("c",)))
    face = Card(state)._repr_mimebundle_()
    assert face["text/plain"] == "pipeline.3 Predict what a rejection does: correct"
    assert "<td><code>deploy_model</code></td>\n<td>skipped</td>" in face["text/html"]
