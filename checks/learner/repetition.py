"""When questions and exercises come back: spaced repetition (FSRS) over the attempts on record.

Called by the words `review` and `kata`, by the course home and by `workbook status`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from checks.exercise import Choice
from checks.learner.record import Attempt
from checks.lessons import bank_questions


@dataclass(frozen=True)
class Memory:
    """What was last answered, and the day (UTC) on which it is to be asked again."""

    due: date
    last: Attempt

    @property
    def fooled(self) -> bool:
        """Wrong, and sure of it: nothing is more worth asking again."""
        return self.last.status == "wrong" and self.last.sure == "quite"


def memories(attempts: Iterable[Attempt], about: Callable[[str], str]) -> dict[str, Memory]:
    """What is remembered by what the attempts are about, from their ids; "" is left out."""
    from fsrs.card import Card  # 30 ms that only reviews need
    from fsrs.rating import Rating
    from fsrs.scheduler import Scheduler

    # Without steps of minutes every interval is a day or more; without fuzz it is the same on every run.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    tried: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in sorted(attempts, key=lambda one: one.at):
        if subject := about(attempt.exercise):
            tried[subject].append(attempt)
    found = {}
    for subject, several in tried.items():
        card = Card(card_id=0)
        for attempt in several:
            right = Rating.Hard if attempt.sure == "little" else Rating.Good
            rating = right if attempt.status == "correct" else Rating.Again
            card, _ = scheduler.review_card(card, rating, attempt.at)
        found[subject] = Memory(card.due.date(), several[-1])
    return found


def of_all(attempts: Sequence[Attempt]) -> dict[str, Memory]:
    """What is remembered of exercises and of questions."""
    questions = memories(attempts, lambda id_: id_ if id_.startswith("bank.") else "")
    return {**of_exercises(attempts), **questions}


def of_exercises(attempts: Sequence[Attempt]) -> dict[str, Memory]:
    """What is remembered of the lessons' exercises: their first answers, and every form practised since."""
    counted = dict.fromkeys(each.exercise for each in attempts if ":" not in each.exercise)
    first = [next(each for each in attempts if each.exercise == id_) for id_ in counted]
    practised = [each for each in attempts if ":" in each.exercise]
    return memories(
        [*first, *practised], lambda id_: "" if id_.startswith("bank.") else id_.partition(":")[0]
    )


def by_need(exercises: Iterable[str], known: dict[str, Memory], day: date) -> list[str]:
    """The exercises as they need practice: those one was sure of and wrong, other wrong ones, those that are
    due, the most overdue first, those never tried, and then those that are not due yet.
    """

    def need(exercise: str) -> tuple[int, date]:
        memory = known.get(exercise)
        if memory is None:
            return 3, day
        if memory.last.status != "correct":
            return (0 if memory.fooled else 1), memory.due
        return (2 if memory.due <= day else 4), memory.due

    return sorted(exercises, key=need)


def due(attempts: Iterable[Attempt], day: date) -> tuple[Choice, ...]:
    """The questions due on `day` (UTC), the most overdue first, judging by the attempts made before it.

    A question that was never tried is not due. What was tried on the day itself comes back later, so that
    the questions of a day stay the same all through it and whenever its review is run again.
    """
    midnight = datetime.combine(day, time.min, UTC)
    known = memories(
        (attempt for attempt in attempts if attempt.at < midnight),
        lambda id_: id_ if id_.startswith("bank.") else "",
    )
    asked = [question for question in bank_questions() if question.id in known]
    found = [question for question in asked if known[question.id].due <= day]
    return tuple(sorted(found, key=lambda one: (not known[one.id].fooled, known[one.id].due, one.id)))


def waiting(attempts: Sequence[Attempt], day: date) -> tuple[Choice, ...]:
    """The questions due on `day` that have not been tried on it yet."""
    tried = {attempt.exercise for attempt in attempts if attempt.at.date() >= day}
    return tuple(question for question in due(attempts, day) if question.id not in tried)
