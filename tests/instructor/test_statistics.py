"""The numbers on the class's page."""

import pytest

from checks.instructor import statistics
from checks.instructor.marks import Result


def test_statistics() -> None:
    def row(learner: str, *statuses: str) -> list[Result]:
        return [
            Result(learner, f"x.{n}", s, "", f"x.{n}/m" if s == "wrong" else None)
            for n, s in enumerate(statuses)
        ]

    results = [
        *row("a", "correct", "correct", "correct"),
        *row("b", "correct", "wrong", "correct"),
        *row("c", "not_attempted", "wrong", "correct"),
        *row("d", "wrong", "wrong", "correct"),
    ]
    first, second, third = statistics.items(sorted(results, key=lambda r: r.exercise), {})
    assert (first.right, first.wrong, first.missing, first.difficulty) == (2, 1, 1, 0.5)
    assert second.difficulty == 0.25
    assert first.discrimination == pytest.approx(0.5773, abs=1e-3)
    assert third.discrimination is None
    assert [(h.misconception, h.learners) for h in statistics.misconceptions(results)] == [
        ("x.1/m", ("b", "c", "d")),
        ("x.0/m", ("d",)),
    ]
