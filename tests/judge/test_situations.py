"""Situations made from seeds: the same everywhere, as many as the exercise says, the smallest first."""

import re
import subprocess
import sys

import pytest

from checks.exercise import Runnable, Step
from checks.judge.situations import at_a_glance, made, size
from checks.lessons import exercises

MADE = {id_: each for id_, each in exercises().items() if isinstance(each, Runnable) and each.makes}


@pytest.mark.parametrize("id_", MADE)
def test_there_are_as_many_as_it_says_from_the_smallest(id_: str) -> None:
    situations = made(MADE[id_])
    assert len(situations) == MADE[id_].many > 0
    assert list(map(size, situations)) == sorted(map(size, situations))
    assert all(each.given.strip() for each in situations)


def test_what_is_read_at_a_glance_is_small_and_has_friendly_numbers() -> None:
    for id_ in ("order.1", "order.4", "gate.2"):
        step = MADE[id_]
        assert isinstance(step, Step)
        several = at_a_glance(step)
        assert several[: len(step.situations)] == step.situations
        assert 20 < len(several) < len(step.situations) + step.many
        for each in several[len(step.situations) :]:
            assert size(each) <= 220 and not re.search(r"\d{3}", repr((each.before, each.after)))


def test_another_process_makes_the_same() -> None:
    say = (
        "from checks.lessons import exercises; from checks.judge.situations import made; import hashlib; "
        "print(hashlib.sha256(repr([made(e) for e in exercises().values() if getattr(e, 'makes', None)])"
        ".encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", say],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


@pytest.mark.parametrize("id_", [id_ for id_ in MADE if MADE[id_].smaller])
def test_a_smaller_one_is_smaller(id_: str) -> None:
    exercise = MADE[id_]
    assert exercise.smaller is not None
    some = False
    for situation in made(exercise)[-5:]:
        for smaller in exercise.smaller(situation):
            assert size(smaller) <= size(situation)
            some = True
    assert some
