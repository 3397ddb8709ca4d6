"""Why: here is a wrong answer, and a situation in which it goes wrong. Which mistake is it?

Called by `forms.make`. The options are what the step says of its misconceptions. Right is the one that the
judge tells of this answer. The others belong to answers that do something else wherever this one is wrong.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from checks.catalogue import tr
from checks.exercise import ANY, Answer, Choice, FillIn, Misconception, Runnable, Situation, Step
from checks.judge.compare import what_counts
from checks.judge.forms import tell
from checks.judge.runners import Runners
from checks.judge.trials import sample, samples, seed
from checks.markdown import fenced
from checks.runner import Outcome

#: Options of an item, and as few as there may be.
_OPTIONS, _FEWEST = 4, 3
#: Wrong answers that are tried before it is said that there is nothing to ask.
_TRIES = 8
#: Other mistakes that are looked at for an item; fewer where each has a registry made for it.
_OTHERS, _OTHERS_MLFLOW = 10, 6
#: Situations in which another mistake must do something else.
_SITUATIONS, _SITUATIONS_MLFLOW = 3, 1
#: A reason is read in one breath.
_LONGEST = 220
#: Two reasons read alike that share so much of the shorter one's words.
_ALIKE = 0.6


@dataclass(frozen=True)
class _Wrong:
    """A wrong answer, and the mistake that is told of it."""

    source: str
    held: Misconception


@dataclass(frozen=True)
class _Shown:
    """Where an answer goes wrong: the situation, what comes of it, and what should."""

    given: Situation
    came: Outcome
    wanted: Outcome


def make(exercise: Runnable, id_: str, random: Random, runners: Runners) -> Choice:
    """The item. ValueError where the mistakes that are known of the step are too few or too alike."""
    wrong = list(_wrong(exercise))
    for one in random.sample(wrong, min(len(wrong), _TRIES)):
        shown = _goes_wrong(exercise, one, runners)
        apart = _others(exercise, one, wrong, shown, random, runners) if shown else []
        others = _unlike(one, apart)[: _OPTIONS - 1]
        if len(others) < _FEWEST - 1 or _gives_away(one, others):
            continue
        if item := _item(exercise, id_, one, shown[0], others, random):
            return item
    raise ValueError(tr("{id} has too few mistakes that are told apart by what they do.", id=exercise.id))


def _wrong(exercise: Runnable) -> Iterator[_Wrong]:
    for held in exercise.misconceptions:
        if len(held.says) <= _LONGEST:
            for answer in held.samples:
                source = _source(exercise, answer)
                if source and _is_python(source):
                    yield _Wrong(source, held)


def _source(exercise: Runnable, answer: Answer) -> str:
    """A sample as it is run; "" for one that stands for many."""
    if isinstance(answer, str):
        return answer.strip("\n")
    return exercise.fill(answer) if isinstance(exercise, FillIn) and ANY not in answer else ""


def _is_python(source: str) -> bool:
    try:
        return bool(ast.parse(source).body)
    except (SyntaxError, ValueError):
        return False


def _goes_wrong(exercise: Runnable, one: _Wrong, runners: Runners) -> list[_Shown]:
    """The first named situations in which the answer is wrong, the smallest first."""
    named = exercise.situations
    came = sample(exercise, one.source, named, runners)
    wanted = sample(exercise, exercise.solution, named, runners)
    found = [
        _Shown(*each)
        for each in zip(named, came, wanted, strict=True)
        if what_counts(exercise, each[1]) != what_counts(exercise, each[2])
        and each[1].ended in ("finished", "raised")
    ]
    return found[: _SITUATIONS_MLFLOW if exercise.mlflow else _SITUATIONS]


def _others(
    exercise: Runnable,
    one: _Wrong,
    wrong: Sequence[_Wrong],
    shown: Sequence[_Shown],
    random: Random,
    runners: Runners,
) -> list[tuple[_Wrong, Outcome]]:
    """Other mistakes, and what comes of each in the first situation; none that could explain it."""
    first = {each.held.id: each for each in reversed(wrong) if each.held.says != one.held.says}
    most = _OTHERS_MLFLOW if exercise.mlflow else _OTHERS
    tried = random.sample(list(first.values()), min(len(first), most))
    came = [_together(exercise, [other.source for other in tried], each.given, runners) for each in shown]
    apart = [
        (other, came[0][number])
        for number, other in enumerate(tried)
        if all(
            what_counts(exercise, came[place][number]) != what_counts(exercise, each.came)
            for place, each in enumerate(shown)
        )
    ]
    exception = tell.exception(exercise, shown[0].came)
    right = what_counts(exercise, shown[0].wanted)
    # Where no exception came, nobody believes in a mistake that raises one; nor that one which does no harm
    # here is meant.
    return sorted(
        apart,
        key=lambda each: (
            bool(tell.exception(exercise, each[1])) != bool(exception),
            what_counts(exercise, each[1]) == right,
        ),
    )


def _unlike(one: _Wrong, others: Sequence[tuple[_Wrong, Outcome]]) -> list[tuple[_Wrong, Outcome]]:
    """Those whose reasons read neither like the right one nor like one another."""
    kept: list[tuple[_Wrong, Outcome]] = []
    for other, came in others:
        if not any(_alike(other.held.says, each.held.says) for each in (one, *(known for known, _ in kept))):
            kept.append((other, came))
    return kept


def _alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(words & others) >= _ALIKE * min(len(words), len(others))


def _together(
    exercise: Runnable, sources: Sequence[str], given: Situation, runners: Runners
) -> list[Outcome]:
    """What each gives in a situation: many steps' answers in one process, as that is quick."""
    if isinstance(exercise, Step):
        return samples(exercise, sources, given, runners)
    return [sample(exercise, source, [given], runners)[0] for source in sources]


def _gives_away(one: _Wrong, others: Sequence[tuple[_Wrong, Outcome]]) -> bool:
    """Whether what a reason quotes stands in the code for the right one alone."""

    def stands(held: Misconception) -> bool:
        return any(quoted in one.source for quoted in re.findall(r"`([^`]+)`", held.says))

    return stands(one.held) and not any(stands(other.held) for other, _ in others)


def _item(
    exercise: Runnable,
    id_: str,
    one: _Wrong,
    shown: _Shown,
    others: Sequence[tuple[_Wrong, Outcome]],
    random: Random,
) -> Choice | None:
    """The item; None where what comes of the other mistakes is told in the same words for too many."""
    before = seed(shown.given)
    # What tells this answer from the other mistakes is said too: it is what a learner decides by.
    told = tell.parts(exercise, [shown.wanted, shown.came, *(came for _, came in others)], before)

    def gives(outcome: Outcome) -> str:
        return tell.gives(exercise, outcome, told, before)

    others = [each for each in others if gives(each[1]) != gives(shown.came)]
    if len(others) < _FEWEST - 1:
        return None
    options: list[tuple[_Wrong, Outcome]] = [(one, shown.came), *others]
    random.shuffle(options)
    letters = "abcd"[: len(options)]
    held = one.held
    earlier = tell.defined(exercise, one.source)
    return Choice(
        id=id_,
        title=f"{tr('Why')}: {exercise.title}",
        difficulty=exercise.difficulty,
        task="\n\n".join(
            [
                tr("This answer to **{title}** is wrong:", title=exercise.title),
                fenced(one.source),
                *([f"{tr('It uses this, from an earlier step:')}\n\n{fenced(earlier)}"] if earlier else []),
                tell.situation(exercise, shown.given),
                tr("What comes of it: {gives}.", gives=gives(shown.came)),
                tr("What should come of it: {should}.", should=gives(shown.wanted)),
                tr("**What is the mistake?**"),
            ]
        ),
        hints=(tr("Walk through the code with these values, and see where it leaves the right way."),),
        common_mistakes=(tr("Naming a mistake that one knows, in place of the one that stands there."),),
        explanation=f"{held.says} {held.advice}\n\n{tell.right(exercise.solution)}",
        right=held.says,
        misconceptions=tuple(
            Misconception(
                each.held.id,
                tr("With that mistake this would come of it: {gives}.", gives=gives(outcome)),
                tr("Walk through the code with these values, line by line."),
                ((letter,),),
            )
            for letter, (each, outcome) in zip(letters, options, strict=True)
            if each != one
        ),
        options=tuple(each.held.says for each, _ in options),
        answer=letters[[each for each, _ in options].index(one)],
        quick_check=held.advice,
    )
