"""The situations that an answer is judged on beside those that its exercise names: many, made from seeds.

Called by trials and by whoever tries an exercise itself (mutants, the author's commands).
"""

from collections.abc import Callable
from functools import cache
from random import Random

from checks.exercise import Runnable, Situation


def made(exercise: Runnable) -> tuple[Situation, ...]:
    """The situations made from the seeds 0, 1, 2, …, from the smallest; the same everywhere."""
    return () if exercise.makes is None else _made(exercise.makes, exercise.many)


@cache
def _made(makes: Callable[[Random], Situation], many: int) -> tuple[Situation, ...]:
    return tuple(sorted((makes(Random(seed)) for seed in range(many)), key=size))


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
