"""What a review asks in place of a question that was missed: the same matter, anew, from code that is run.

Called by the word `review`. The same question on the same day has the same variant, so that
a review's letters stay what they were.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache, partial

from checks.exercise import Choice
from checks.judge.forms import forms_of, make
from checks.learner import twin
from checks.learner.record import Attempt
from checks.lessons import exercises
from checks.runner import RunnerError

#: The forms that are answered by a letter.
_FORMS = ("predict", "why")


def instead(due: Iterable[Choice], given: Sequence[Attempt], day: date) -> tuple[Choice, ...]:
    """The questions due on `day`; of one that was missed when last asked before it a fresh variant."""
    midnight = datetime.combine(day, time.min, UTC)
    last = {each.exercise: each.status for each in given if each.at < midnight}
    return tuple(_variant(each, day) if last.get(each.id) == "wrong" else each for each in due)


@cache
def _variant(question: Choice, day: date) -> Choice:
    """An item on the exercise that the question leads back to, under the question's name; else itself."""
    exercise = exercises()[question.back_to]
    digest = hashlib.sha256(f"{day} {question.id}".encode()).digest()
    seed = int.from_bytes(digest[:3], "big")
    for form in sorted(
        set(_FORMS).intersection(forms_of(exercise)), key=lambda form: (digest[3] + len(form)) % 2
    ):
        try:
            item = twin.made(exercise.id, partial(make, form=form, seed=seed))
        except (ValueError, RunnerError):
            continue
        if isinstance(item, Choice) and item.letters == question.letters:
            return replace(
                item,
                id=question.id,
                difficulty=question.difficulty,
                lesson=question.lesson,
                back_to=question.back_to,
            )
    return question
