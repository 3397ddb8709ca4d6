"""What a class understood: pass rates, difficulty and discrimination, and the misconceptions it holds.

Called by the class's page. All numbers are of the judge's verdicts, with an instructor's decisions applied.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from checks.instructor.marks import Overrides, Result, mark


@dataclass(frozen=True)
class Item:
    """One exercise. `difficulty` is the share of the class that has it right (the p-value of test theory).

    `discrimination` is the point-biserial correlation of its mark with the rest of the total, from -1 to 1:
    above 0.3 it tells strong from weak, near or below 0 it does not. None where everyone has the same mark.
    """

    exercise: str
    right: int
    wrong: int
    missing: int
    learners: int
    discrimination: float | None

    @property
    def difficulty(self) -> float:
        return self.right / self.learners if self.learners else 0.0


@dataclass(frozen=True)
class Held:
    """A misconception and who holds it, in order of name."""

    misconception: str
    learners: tuple[str, ...]


def items(results: Iterable[Result], overrides: Overrides) -> list[Item]:
    """One for every exercise, in the order of the results."""
    by_exercise: dict[str, list[Result]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for result in results:
        by_exercise[result.exercise].append(result)
        totals[result.learner] += mark(result, overrides)
    found = []
    for exercise, its in by_exercise.items():
        own = [mark(result, overrides) for result in its]
        rest = [totals[result.learner] - mine for result, mine in zip(its, own, strict=True)]
        missing = sum(
            result.status == "not_attempted" and not mine for result, mine in zip(its, own, strict=True)
        )
        right = sum(own)
        found.append(
            Item(exercise, right, len(its) - right - missing, missing, len(its), correlation(own, rest))
        )
    return found


def correlation(first: list[int], second: list[int]) -> float | None:
    """Pearson's r, which for marks of 0 and 1 is the point-biserial; None where either does not vary."""
    count = len(first)
    if not count:
        return None
    mean_1, mean_2 = sum(first) / count, sum(second) / count
    both = sum((a - mean_1) * (b - mean_2) for a, b in zip(first, second, strict=True))
    spread = sqrt(sum((a - mean_1) ** 2 for a in first) * sum((b - mean_2) ** 2 for b in second))
    return both / spread if spread else None


def misconceptions(results: Iterable[Result]) -> list[Held]:
    """Every misconception that somebody holds, the most frequent first."""
    held: dict[str, set[str]] = defaultdict(set)
    for result in results:
        if result.misconception:
            held[result.misconception].add(result.learner)
    ranked = sorted(held.items(), key=lambda one: (-len(one[1]), one[0]))
    return [Held(misconception, tuple(sorted(learners))) for misconception, learners in ranked]
