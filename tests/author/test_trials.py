"""What is broken in an exercise on purpose is named when it is tried."""

from dataclasses import replace

import pytest

from checks.author import trials
from checks.exercise import FillIn, Misconception, Step
from checks.judge import Runners
from checks.lessons import exercises


def _raises(seen: object) -> bool:
    raise KeyError("a slip")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"starter": "current_version = 'v3'"}, "is right already"),
        ({"reference": "current_version = 'v2'"}, "under `## Also right`: the right answer is refused"),
        ({"alternatives": ("current_version = 3",)}, "the right answer is refused: wrong: "),
        ({"misconceptions": ()}, None),
        (
            {"misconceptions": (Misconception("late", "a", "b", ("current_version = 'v3'",)),)},
            "the wrong answer of 'late' passes",
        ),
        (
            {
                "misconceptions": (
                    Misconception("any", "a", "b", ("current_version = 'v2'",), when=lambda seen: True),
                    Misconception("late", "a", "b", ("current_version = 'v4'",)),
                )
            },
            "the wrong answer of 'late' is told 'any', which comes first and fits",
        ),
        (
            {
                "misconceptions": (
                    Misconception("late", "a", "b", ("current_version = 'v4'",), when=lambda seen: False),
                )
            },
            "the wrong answer of 'late' is not told so",
        ),
        (
            {"misconceptions": (Misconception("late", "a", "b", ("current_version = 'v4'",), when=_raises),)},
            "`_raises` raises KeyError: 'a slip'",
        ),
        ({"makes": lambda random: 1 / 0, "many": 3}, "raises ZeroDivisionError"),
    ],
)
def test_a_broken_exercise_fails_on_trial(
    runners: Runners, changes: dict[str, object], says: str | None
) -> None:
    step = exercises()["rollback.2"]
    assert isinstance(step, Step)
    found = list(map(str, trials.on_trial(replace(step, **changes), runners)))  # type: ignore[arg-type]
    if says is None:
        assert found == []
    else:
        assert any(says in fault for fault in found), found


def test_a_card_with_a_second_right_answer_fails_on_trial(runners: Runners) -> None:
    card = exercises()["start.2"]
    assert isinstance(card, FillIn)
    (found,) = trials.on_trial(replace(card, options=(*card.options, "(model_name)")), runners)
    assert '["(model_name)"] is right too' in str(found)


def test_the_source_of_a_solution_is_judged(runners: Runners) -> None:
    step = exercises()["rollback.2"]
    assert isinstance(step, Step)
    assert trials.solution_on_trial(step, "current_version = 'v' + '3'", runners) == ""
    assert "wrong: " in trials.solution_on_trial(step, "current_version = 'v4'", runners)
