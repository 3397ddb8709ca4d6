"""Items of practice in the learner's language: each is that of English with the same seed, or English itself.

Called by practice, katas and reviews. An item is made from what an exercise says, and its letters are graded
as those of the English one; where a translation would lead to another item the English one is shown.
"""

from collections.abc import Callable

from checks.catalogue import ENGLISH, language, speaking
from checks.exercise import Exercise, FillIn
from checks.lessons import exercises

#: What of an item is code, or a choice that was made for it: the same in every language.
_MADE = ("code", "lines", "givens", "typed", "gives", "fewest", "answer")


def made(exercise: str, make: Callable[[Exercise], Exercise]) -> Exercise:
    """What is made of the exercise with this id. Raises what `make` raises."""
    if language() == ENGLISH:
        return make(exercises()[exercise])
    try:
        with speaking(ENGLISH):
            graded = make(exercises()[exercise])
    except ValueError:
        make(exercises()[exercise])  # which says why in the learner's language
        raise
    try:
        own = make(exercises()[exercise])
    except ValueError:
        return graded
    return own if _of(own) == _of(graded) else graded


def _of(item: Exercise) -> list[object]:
    """What two items have to have in common to be one in two languages."""
    options = getattr(item, "options", ())
    parts = [getattr(item, part, None) for part in _MADE]
    kinds = [(each.id, each.samples) for each in item.misconceptions]
    return [type(item), item.id, options if isinstance(item, FillIn) else len(options), kinds, *parts]
