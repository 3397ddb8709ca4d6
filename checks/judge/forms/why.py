"""Why: here is a wrong answer, and a situation in which it goes wrong. Which mistake is it?

Called by `forms.make`. The options are what the step says of its misconceptions. Right is the one that the
judge tells of this answer. The others belong to answers that do something else wherever this one is wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from checks.catalogue import tr
from checks.exercise import Misconception, Situation, Step
from checks.judge.compare import same
from checks.judge.forms import tell
from checks.judge.forms.wrongs import wrong_answers
from checks.judge.runners import Runners
from checks.judge.situations import only
from checks.judge.trials import samples
from checks.markdown import fenced
from checks.practice import Reason, texts
from checks.runner import Outcome

#: Options of an item, and as few as there may be.
_OPTIONS, _FEWEST = 4, 3
#: Mistakes that are tried at a time, fewer where each has a registry made for it; and how often.
_TRIED, _TRIED_MLFLOW, _TRIES = 11, 7, 8
#: Situations in which another mistake must do something else.
_SITUATIONS, _SITUATIONS_MLFLOW = 3, 1
#: A reason is read in one breath.
_LONGEST = 220
#: Two reasons read alike that share so much of the shorter one's words.
_ALIKE = 0.6


@dataclass(frozen=True)
class _Tried:
    """A wrong answer, the mistake that is told of it, and what comes of it, situation by situation."""

    source: str
    held: Misconception
    came: tuple[Outcome, ...]


def make(step: Step, id_: str, random: Random, runners: Runners) -> Reason:
    """The item. ValueError where the mistakes that are known of the step are too few or too alike."""
    known: dict[str, list[tuple[Misconception, str]]] = {}
    for held, source in wrong_answers(step):
        if len(held.says) <= _LONGEST:
            known.setdefault(held.id, []).append((held, source))
    most, situations = (_TRIED_MLFLOW, _SITUATIONS_MLFLOW) if step.mlflow else (_TRIED, _SITUATIONS)
    for _ in range(_TRIES if len(known) >= _FEWEST else 0):
        wrong = [random.choice(known[id_]) for id_ in random.sample(list(known), min(len(known), most))]
        named = random.sample(step.situations, min(len(step.situations), situations))
        sources = [step.reference, *(source for _, source in wrong)]
        # Each situation has all of them in one process, as that is quick.
        wanted, *came = zip(*(samples(step, sources, given, runners) for given in named), strict=True)
        tried = [_Tried(source, held, came) for (held, source), came in zip(wrong, came, strict=True)]
        for one in tried:
            places = [
                place for place, should in enumerate(wanted) if _goes_wrong(step, one.came[place], should)
            ]
            others = _others(step, one, tried, places, wanted[places[0]])[: _OPTIONS - 1] if places else []
            if len(others) < _FEWEST - 1 or _gives_away(one, others):
                continue
            if item := _item(step, id_, one, others, places[0], named[places[0]], wanted[places[0]], random):
                return item
    raise ValueError(tr("{id} has too few mistakes that are told apart by what they do.", id=step.id))


def _goes_wrong(step: Step, came: Outcome, wanted: Outcome) -> bool:
    return came.ended in ("finished", "raised") and not same(step, came, wanted)


def _others(
    step: Step, one: _Tried, tried: Sequence[_Tried], places: Sequence[int], wanted: Outcome
) -> list[_Tried]:
    """Other mistakes, the most credible first: none that could explain what came, none that reads alike."""

    def credible(other: _Tried) -> tuple[bool, bool]:
        # Where no exception came, nobody believes in a mistake that raises one; nor that one which does no
        # harm here is meant.
        raises, raised = (bool(tell.exception(step, each.came[places[0]])) for each in (other, one))
        return raises != raised, same(step, other.came[places[0]], wanted)

    kept: list[_Tried] = []
    for other in sorted(tried, key=credible):
        does_so = any(same(step, other.came[at], one.came[at]) for at in places)
        if not does_so and not any(_alike(other.held.says, each.held.says) for each in (one, *kept)):
            kept.append(other)
    return kept


def _alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(words & others) >= _ALIKE * min(len(words), len(others))


def _gives_away(one: _Tried, others: Sequence[_Tried]) -> bool:
    """Whether what a reason quotes stands in the code for the right one alone."""

    def stands(held: Misconception) -> bool:
        return any(quoted in one.source for quoted in re.findall(r"`([^`]+)`", held.says))

    return stands(one.held) and not any(stands(other.held) for other in others)


def _item(
    step: Step,
    id_: str,
    one: _Tried,
    others: Sequence[_Tried],
    place: int,
    given: Situation,
    wanted: Outcome,
    random: Random,
) -> Reason | None:
    """The item; None where what comes of the other mistakes is told in the same words for too many."""
    # What tells this answer from the other mistakes is said too: it is what a learner decides by.
    told = tell.parts(step, [wanted, *(each.came[place] for each in (one, *others))], given)

    def gives(outcome: Outcome) -> str:
        return tell.gives(step, outcome, told, given)

    came = gives(one.came[place])
    others = [each for each in others if gives(each.came[place]) != came]
    if len(others) < _FEWEST - 1:
        return None
    options = [one, *others]
    random.shuffle(options)
    letters = "abcd"[: len(options)]
    held = one.held
    earlier = tell.defined(step, one.source)
    task = [
        tr("This answer to **{title}** is wrong:", title=step.title),
        fenced(one.source),
        *([f"{tr('It uses this, from an earlier step:')}\n\n{fenced(earlier)}"] if earlier else []),
        tell.situation(step, given),
        tr("What comes of it: {gives}.", gives=came),
        tr("What should come of it: {should}.", should=gives(wanted)),
        tr("**What is the mistake?**"),
    ]
    said = texts(
        step,
        id_,
        tr("Why"),
        task="\n\n".join(filter(None, task)),
        hints=(tr("Walk through the code with these values, and see where it leaves the right way."),),
        common_mistakes=(tr("Naming a mistake that one knows, in place of the one that stands there."),),
        explanation=f"{held.says} {held.advice}\n\n{tell.right(step.reference)}",
        right=held.says,
    )
    return Reason(
        **said,
        misconceptions=tuple(
            Misconception(
                each.held.id,
                tr("With that mistake this would come of it: {gives}.", gives=gives(each.came[place])),
                tr("Walk through the code with these values, line by line."),
                ((letter,),),
            )
            for letter, each in zip(letters, options, strict=True)
            if each is not one
        ),
        options=tuple(each.held.says for each in options),
        answer=letters[options.index(one)],
        quick_check=held.advice,
        of=only(step, given),
        code=one.source,
    )
