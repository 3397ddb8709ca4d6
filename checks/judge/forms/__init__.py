"""The forms in which a step can be practised: `make(step, "predict", seed=7)` gives an exercise.

Called by the learner's side, and by whoever judges what was practised. An item is an exercise like any other:
the judge judges it, a card draws it. The same step, form, seed and level always make the same item.

An item's id names all four: `order.3:predict:7`, or `order.3:fade:7:2` at level 2. No exercise of a lesson
has such an id, so attempts on record under it count for no mark and no progress. `Item.of(id)` reads it.
A verdict's misconception is the step's own, such as `order.3/text-order`.

- `predict`: what does this code give in this situation?
- `order`: the lines of a right answer, shuffled; at level 2 with lines of wrong ones among them
- `break`: a wrong answer, for which a situation is to be given in which it goes wrong
- `mend`: a right answer with one thing broken, to be mended
- `fade`: the step as a worked example (level 1), with few blanks (2), with many (3), and free (4)
- `why`: this answer is wrong; which mistake is it?
- `pipelines`: predict, of a pipeline
- `possible`: whether a situation that was typed can be one
- `wrongs`: the wrong answers that a step knows
- `tell`: a situation and what came of it, in words
"""

from dataclasses import dataclass
from random import Random

from checks.catalogue import tr
from checks.exercise import Choice, Exercise, FillIn, Step
from checks.judge.forms import breaking, fade, mend, order, pipelines, predict, why
from checks.judge.runners import Runners, default_runners

#: The forms, in the order in which they are offered.
FORMS = ("predict", "why", "order", "break", "mend", "fade")
#: The levels that a form has.
LEVELS = {"order": (1, 2), "fade": (1, 2, 3, 4)}
#: The level of a form where none is said.
_USUAL = {"order": 1, "fade": 2}


@dataclass(frozen=True)
class Item:
    """What an item's id says: which exercise, in which form, by which seed, and at which level, if any."""

    exercise: str
    form: str
    seed: int
    level: int | None = None

    @property
    def id(self) -> str:
        level = "" if self.level is None else f":{self.level}"
        return f"{self.exercise}:{self.form}:{self.seed}{level}"

    @classmethod
    def of(cls, id_: str) -> "Item | None":
        """The item of this id; None for an id of another kind."""
        match id_.split(":"):
            case [exercise, form, seed, *level] if form in FORMS and len(level) < 2:
                if all(each.isdecimal() for each in (seed, *level)):
                    return cls(exercise, form, int(seed), *map(int, level))
        return None


def forms_of(exercise: Exercise) -> tuple[str, ...]:
    """The forms that an exercise can be practised in: a step in all, blanks in two, a pipeline in one."""
    if isinstance(exercise, Step):
        return FORMS
    if isinstance(exercise, FillIn):
        return ("predict", "why")
    return ("predict",) if isinstance(exercise, Choice) and exercise.shows else ()


def make(
    exercise: Exercise, form: str, seed: int, level: int | None = None, runners: Runners | None = None
) -> Exercise:
    """The item. ValueError, with its reason, where it cannot be made; RunnerError where the runner fails."""
    if form not in FORMS:
        raise ValueError(
            tr("There is no form {form!r}; the forms are {forms}.", form=form, forms=", ".join(FORMS))
        )
    levels = LEVELS.get(form, ())
    if level is None and levels:
        level = _USUAL[form]
    if level is not None and level not in levels:
        if not levels:
            raise ValueError(
                tr("The form {form!r} has no level {level!r}: it has none.", form=form, level=level)
            )
        raise ValueError(
            tr(
                "The form {form!r} has no level {level!r}: it has {first} to {last}.",
                form=form,
                level=level,
                first=levels[0],
                last=levels[-1],
            )
        )
    if form not in (able := forms_of(exercise)):
        if not able:
            raise ValueError(tr("{id} has no form {form!r}: it runs nothing.", id=exercise.id, form=form))
        forms = ", ".join(able)
        raise ValueError(
            tr("{id} has no form {form!r}: its forms are {forms}.", id=exercise.id, form=form, forms=forms)
        )
    id_ = Item(exercise.id, form, seed, level).id
    random, runners = Random(id_), runners or default_runners()
    if isinstance(exercise, Choice):
        return pipelines.make(exercise, id_, random)
    step = predict.as_step(exercise) if isinstance(exercise, FillIn) else exercise
    assert isinstance(step, Step)
    match form, level:
        case "predict", _:
            return predict.make(step, id_, random, runners)
        case "why", _:
            return why.make(step, id_, random, runners)
        case "order", int(level):
            return order.make(step, id_, level, random)
        case "break", _:
            return breaking.make(step, id_, random, runners)
        case "mend", _:
            return mend.make(step, id_, random, runners)
        case "fade", 1:
            return fade.worked(step, id_)
        case "fade", 4:
            return mend.free(step, id_)
    return fade.blanked(step, id_, level or 2, random)
