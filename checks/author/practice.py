"""Items of practice as questions to export: predictions and reasons, made from every step by a few seeds.

Called by `workbook export --practice`. What they claim was run when they were made. The forms that are not
answered by a choice need a judge that runs code, which no other place has.
"""

from collections.abc import Iterator
from dataclasses import fields

from checks.exercise import Choice, Exercise, Lesson
from checks.judge.forms import forms_of, make
from checks.lessons import lessons

_FORMS = ("predict", "why")
#: As the questions of the bank have, which the formats are made for.
_LETTERS = "abcd"


def items(seeds: int) -> tuple[Choice, ...]:
    """Up to so many items of each step in each form, none of them twice."""
    found = {each.task: each for lesson in lessons() if lesson.counts for each in _of(lesson, seeds)}
    return tuple(found.values())


def _of(lesson: Lesson, seeds: int) -> Iterator[Choice]:
    for exercise in lesson.exercises:
        for form in sorted(set(_FORMS).intersection(forms_of(exercise))):
            for seed in range(1, seeds + 1):
                try:
                    item = make(exercise, form, seed)
                except ValueError:  # there is nothing of this kind to ask
                    continue
                if isinstance(item, Choice) and item.letters == _LETTERS:
                    yield _plain(item, lesson, exercise)


def _plain(item: Choice, lesson: Lesson, exercise: Exercise) -> Choice:
    """The item as a question like those of the bank, under a name that every format takes."""
    plain = {each.name: getattr(item, each.name) for each in fields(Choice)}
    named = {"id": item.id.replace(":", "-"), "lesson": lesson.slug, "back_to": exercise.id}
    return Choice(**{**plain, **named, "quick_check": item.quick_check or exercise.right})
