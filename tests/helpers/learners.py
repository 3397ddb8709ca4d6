"""Learners who are made up, and katas that they do a week apart with the clock set.

Used by the test that strength and schedule tell them apart; `python -m tests.helpers.learners` prints what
came of each.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean
from unittest.mock import patch

from checks.exercise import Exercise, Verdict
from checks.judge import kata as katas
from checks.learner import attempts, kata, record, ways
from checks.learner.record import Attempt, Record
from checks.learner.repetition import of_exercises
from tests.helpers import answering

FIRST = date(2026, 3, 2)
#: What is asked about: lessons 1 and 4, whose last exercises were answered right.
BEGUN = ("rollback.4", "order.5")

#: Whether somebody knows the answer, and how sure they are: the exercise, the days since it was last right
#: (None: never), and chance.
Knows = Callable[[str, int | None, Random], tuple[bool, str]]


def perfect(exercise: str, days: int | None, random: Random) -> tuple[bool, str]:
    return True, "quite"


def forgetful(exercise: str, days: int | None, random: Random) -> tuple[bool, str]:
    """Knows for some days what was right, and then mostly no more."""
    return random.random() < (0.85 if days is not None and days < 4 else 0.4), "fairly"


def guessing(exercise: str, days: int | None, random: Random) -> tuple[bool, str]:
    return random.random() < 0.25, random.choice(["little", "fairly"])


def one_misconception(exercise: str, days: int | None, random: Random) -> tuple[bool, str]:
    """Takes versions for texts, without a doubt; knows all else."""
    return not exercise.startswith(("order.1", "order.3")), "quite"


LEARNERS: dict[str, Knows] = {
    "perfect": perfect,
    "forgetful": forgetful,
    "guessing": guessing,
    "one misconception": one_misconception,
}


@dataclass(frozen=True)
class Came:
    """What the sessions left: right answers in each, all that was asked, strength, days until each is due.

    `first` is what the last of them asked first.
    """

    right: tuple[int, ...]
    asked: tuple[tuple[str, ...], ...]
    strength: str
    days: dict[str, int]
    first: str


def three_sessions(knows: Knows, seed: int, sessions: int = 3) -> Came:
    """Three katas on rollback, a week apart."""
    random = Random(seed)
    right, shown, first = [], [], ""
    with tempfile.TemporaryDirectory() as folder:
        own = Record(Path(folder) / "progress.sqlite")
        with patch.object(attempts, "_record", own):
            for number in range(sessions):
                day = FIRST + timedelta(weeks=number)
                now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat()
                with (
                    patch.object(record, "_now", lambda now=now: now),
                    patch.object(kata, "_today", lambda day=day: day),
                ):
                    if not number:
                        for id_ in BEGUN:
                            own.record_attempt(id_, "x", Verdict("correct", ""))
                    session = kata.Session(katas.Kata("rollback", seed * 10 + number))
                    state = session.next()
                    first = state.asks
                    while state.now:
                        item, asks = state.now.exercise, state.asks.partition(":")[0]
                        known, sure = knows(asks, _days(own.attempts(), asks, day), random)
                        state = session.clicked(state, {"action": sure, "answer": list(_answer(item, known))})
                        if not state.told:  # what is no answer at all is asked again, and then known
                            answer = list(answering.right(item))
                            state = session.clicked(state, {"action": sure, "answer": answer})
                        state = session.clicked(state, {"action": "check"})
                    right.append(state.right)
                    shown += [kata._shown(given.item) for given in session.kata.given]
            known_of = of_exercises(own.attempts())
            days = {id_: (memory.due - day).days for id_, memory in known_of.items()}
            return Came(
                tuple(right),
                tuple(each or () for each in shown),
                ways.of("rollback", own.attempts()).strength,
                days,
                first,
            )


def _days(given: list[Attempt], exercise: str, day: date) -> int | None:
    found = [
        one.at.date()
        for one in given
        if one.exercise.partition(":")[0] == exercise and one.status == "correct"
    ]
    return (day - max(found)).days if found else None


def _answer(item: Exercise, known: bool) -> tuple[str, ...]:
    return answering.right(item) if known else answering.wrong(item)


def main() -> None:
    for name, knows in LEARNERS.items():
        for seed in (1, 2, 3):
            came = three_sessions(knows, seed)
            repeated = len(came.asked) - len(set(came.asked))
            back = mean(came.days.values())
            print(f"{name:18} right {came.right}, {came.strength}, back in {back:.1f} days on average")
            print(f"  first asked {came.first}, asked twice {repeated}; {came.days}")


if __name__ == "__main__":
    main()
