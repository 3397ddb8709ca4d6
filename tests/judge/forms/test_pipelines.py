"""Predict, of a pipeline: the engine gives what is claimed, and none of the other options."""

import pytest

from checks.exercise import Choice
from checks.judge import judge
from checks.judge.forms import make
from checks.lessons import exercises
from checks.world import pipeline


def predicted(seed: int) -> Choice:
    item = make(exercises()["pipeline.5"], "predict", seed)
    assert isinstance(item, Choice)
    return item


@pytest.mark.parametrize("seed", range(25))
def test_the_engine_gives_what_is_claimed(seed: int) -> None:
    item = predicted(seed)
    (run,) = item.shows
    line = pipeline.run(pipeline.read(run.yaml), run.decisions, run.metrics).line()
    assert [line == each for each in item.options] == [letter == item.answer for letter in item.letters]
    assert 3 <= len(item.options) == len(set(item.options)) <= 4
    assert line not in item.task


def test_the_verdict_shows_it_step_by_step() -> None:
    item = predicted(3)
    wrong = next(letter for letter in item.letters if letter != item.answer)
    for letter in (item.answer, wrong):
        verdict = judge(item, (letter,))
        assert verdict.correct == (letter == item.answer)
        assert "**What the pipeline does:**" in verdict.feedback
    assert "That becomes of it with " in judge(item, (wrong,)).feedback
