"""When a question of the bank comes back: spaced repetition (FSRS) over the attempts on record.

Called by the word `review` and by `workbook status`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from checks.exercise import Choice
from checks.learner.record import Attempt
from checks.lessons import bank_questions


def due(attempts: Iterable[Attempt], day: date) -> tuple[Choice, ...]:
    """The questions due on `day` (UTC), the most overdue first, judging by the attempts made before it.

    A question that was never tried is not due. What was tried on the day itself comes back later, so that
    the questions of a day stay the same all through it and whenever its review is run again.
    """
    from fsrs.card import Card  # 30 ms that only reviews need
    from fsrs.rating import Rating
    from fsrs.scheduler import Scheduler

    # Without steps of minutes every interval is a day or more; without fuzz it is the same on every run.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    tried: dict[str, list[Attempt]] = defaultdict(list)
    midnight = datetime.combine(day, time.min, UTC)
    for attempt in attempts:
        if attempt.exercise.startswith("bank.") and attempt.at < midnight:
            tried[attempt.exercise].append(attempt)
    found: list[tuple[datetime, Choice]] = []
    for question in bank_questions():
        if question.id not in tried:
            continue
        card = Card(card_id=0)
        for attempt in sorted(tried[question.id], key=lambda one: one.at):
            rating = Rating.Good if attempt.status == "correct" else Rating.Again
            card, _ = scheduler.review_card(card, rating, attempt.at)
        if card.due.date() <= day:
            found.append((card.due, question))
    found.sort(key=lambda one: (one[0], one[1].id))
    return tuple(question for _, question in found)


def waiting(attempts: Sequence[Attempt], day: date) -> tuple[Choice, ...]:
    """The questions due on `day` that have not been tried on it yet."""
    tried = {attempt.exercise for attempt in attempts if attempt.at.date() >= day}
    return tuple(question for question in due(attempts, day) if question.id not in tried)
