"""Items of practice as questions to export: predictions and reasons, made from every step by a few seeds.

Called by `workbook export --practice`. What they claim was run when they were made. The forms that are not
answered by a choice need a judge that runs code, which no other place has.
"""

from collections.abc import Iterator
from dataclasses import fields

from checks.author.export.pictures import Pictured
from checks.catalogue import tr
from checks.exercise import Choice, Exercise, Lesson
from checks.judge import default_runners
from checks.judge.forms import forms_of, make
from checks.judge.trials import samples, seed
from checks.lessons import lessons
from checks.practice import Prediction, Reason
from checks.runner import State
from checks.world.picture import Picture, timeline

_FORMS = ("predict", "why")


def items(seeds: int) -> tuple[Choice, ...]:
    """Up to so many items of each step in each form, none of them twice."""
    found = {each.task: each for lesson in lessons() if lesson.counts for each in _of(lesson, seeds)}
    return tuple(found.values())


def _of(lesson: Lesson, seeds: int) -> Iterator[Choice]:
    for exercise in lesson.exercises:
        for form in sorted(set(_FORMS).intersection(forms_of(exercise))):
            for number in range(1, seeds + 1):
                try:
                    item = make(exercise, form, number)
                except ValueError:  # there is nothing of this kind to ask
                    continue
                if isinstance(item, Choice):
                    yield _plain(item, lesson, exercise)


def _plain(item: Choice, lesson: Lesson, exercise: Exercise) -> Choice:
    """The item as a question like those of the bank, under a name that every format takes."""
    plain = {each.name: getattr(item, each.name) for each in fields(Choice)}
    named = {"id": item.id.replace(":", "-"), "lesson": lesson.slug, "back_to": exercise.id}
    texts = {**plain, **named, "quick_check": item.quick_check or exercise.right}
    drawn = _pictures(item) if isinstance(item, Prediction | Reason) else None
    return Pictured(**texts, before=drawn[0], after=drawn[1]) if drawn else Choice(**texts)


def _pictures(item: Prediction | Reason) -> tuple[Picture, Picture | None] | None:
    """The registry of the situation, and what becomes of it by the code and should; None without one."""
    (given,) = item.of.situations
    before = seed(given)
    if before is None:
        return None
    outcomes = samples(item.of, [item.code, item.of.reference], given, default_runners())  # remembered
    came, wanted = (each.registry or State({}) for each in outcomes)
    moments = {tr("before"): before, tr("as it should be"): wanted, tr("after this code"): came}
    if _held(wanted) == _held(came):
        del moments[tr("as it should be")]
    changes = any(_held(each) != _held(before) for each in moments.values())
    return timeline(before), timeline(*moments.values(), titles=list(moments)) if changes else None


def _held(state: State) -> tuple[object, ...]:
    return state.stages, state.aliases, state.tags
