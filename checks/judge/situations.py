"""The situations that an answer is judged on beside those that its exercise names: many, made from seeds.

Called by trials, by the forms of practice, and by whoever tries an exercise itself (mutants, the author's
commands).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

from checks.exercise import Runnable, Situation, Step

#: What is read at a glance has so many characters at most, and no number of three digits or more.
_GLANCE, _LARGE = 220, re.compile(r"\d{3}")


def made(exercise: Runnable) -> tuple[Situation, ...]:
    """The situations made from the seeds 0, 1, 2, …, from the smallest; the same everywhere."""
    return () if exercise.makes is None else _made(exercise.makes, exercise.many)


@cache
def _made(makes: Callable[[Random], Situation], many: int) -> tuple[Situation, ...]:
    return tuple(sorted((makes(Random(seed)) for seed in range(many)), key=size))


def varies(step: Step) -> bool:
    """Whether there is more than one situation; else the answer is a value, which stands in the task."""
    return len(step.situations) + step.many > 1


def at_hand(step: Step) -> tuple[Situation, ...]:
    """The situations that practice takes one of: the named and the made ones, or the named alone where each
    has a registry, as what the reference gives there is remembered.
    """
    return step.situations if step.mlflow else (*step.situations, *made(step))


def at_a_glance(step: Step) -> tuple[Situation, ...]:
    """Those of them that are read at a glance: the named ones, and the made ones that are small."""
    made_ones = () if step.mlflow or step.makes is None else _small(step.makes, step.many)
    return (*step.situations, *made_ones)


@cache
def _small(makes: Callable[[Random], Situation], many: int) -> tuple[Situation, ...]:
    return tuple(
        each
        for each in _made(makes, many)
        if size(each) <= _GLANCE and not _LARGE.search(repr((each.before, each.after)))
    )


def only(step: Step, situation: Situation) -> Step:
    """The step with this situation alone."""
    return replace(step, situations=(situation,), makes=None, many=0, smaller=None)


def size(situation: Situation) -> int:
    """How much there is to read in a situation, in characters: a small one explains best."""
    return len(
        repr(
            (
                situation.before,
                situation.after,
                situation.registry,
                situation.aliases,
                situation.tags,
                situation.others,
            )
        )
    )
