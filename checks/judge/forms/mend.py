"""Mend: a right answer with one small thing broken, and a situation that shows it; also the free answer.

Called by `forms.make`, and by the judge for how much was changed.
"""

import difflib
from dataclasses import replace
from functools import cache
from random import Random

from checks.catalogue import tr, trn
from checks.exercise import Situation, Step, Verdict
from checks.judge.compare import same
from checks.judge.forms import tell
from checks.judge.mutants import Mutant, mutants
from checks.judge.runners import Runners
from checks.judge.situations import at_a_glance, varies
from checks.judge.trials import sample, samples
from checks.markdown import fenced
from checks.practice import Writing, texts
from checks.runner import Outcome

#: Mutants that are tried in a situation, and situations, before another right answer is broken.
_AT_ONCE, _AT_ONCE_MLFLOW, _TRIES = 8, 2, 6
#: A mutant that does not end by then is none to mend: only some loops do not.
_SECONDS = 1.0
#: What is broken by these is seen at a glance, or makes a loop endless.
_LEFT_OUT = ("an early return", "kept from call to call")


def make(step: Step, id_: str, random: Random, runners: Runners) -> Writing:
    """The item. ValueError where nothing that can be broken is noticed, or the task says the answer."""
    rights = [step.reference, *step.alternatives] if varies(step) else []
    for _ in range(_TRIES if rights else 0):
        able = _able(random.choice(rights))
        given = random.choice(step.situations if random.random() < 0.5 else at_a_glance(step))
        most = _AT_ONCE_MLFLOW if step.mlflow else _AT_ONCE
        tried = random.sample(able, min(most, len(able)))
        found = _noticed(step, tried, given, runners)
        if found:
            return _item(step, id_, *found, given)
    raise ValueError(tr("{id} gave nothing to fix by this seed: take another one.", id=step.id))


@cache
def _able(source: str) -> list[Mutant]:
    """The mutants of a right answer that are worth to be mended: a bare `pass` would point at the place."""
    return [
        each
        for each in mutants(source)
        if each.what not in _LEFT_OUT and each.source.count("pass") <= each.of.count("pass")
    ]


def _noticed(
    step: Step, tried: list[Mutant], given: Situation, runners: Runners
) -> tuple[Mutant, Outcome, Outcome] | None:
    """The first of these that goes wrong there, what it gives and what it should."""
    (wanted,) = sample(step, step.reference, [given], runners)
    quick = replace(step, seconds=min(step.seconds, _SECONDS))
    outcomes = samples(quick, [each.source for each in tried], given, runners)
    for mutant, came in zip(tried, outcomes, strict=True):
        if came.ended in ("finished", "raised") and not same(step, came, wanted):
            return mutant, came, wanted
    return None


def _item(step: Step, id_: str, mutant: Mutant, came: Outcome, wanted: Outcome, given: Situation) -> Writing:
    told = tell.parts(step, [came, wanted], given)
    gives, should = (tell.gives(step, each, told, given) for each in (came, wanted))
    task = [
        step.task,
        tr("The code below goes wrong. Change it until it is right, in as few changed lines as you can."),
        tell.situation(step, given),
        tr("What should come of it: {should}. What comes of it: {gives}.", should=should, gives=gives),
    ]
    broken = tr("One thing was broken: {what}.", what=_told(mutant.what))
    explanation = f"{broken}\n\n{fenced(mutant.of)}\n\n{step.explanation}"
    said = texts(step, id_, tr("Fix"), task="\n\n".join(filter(None, task)), explanation=explanation)
    return Writing(**said, of=step, start=mutant.source, fewest=changed(mutant.of, mutant.source))


def _told(what: str) -> str:
    """What was broken, for a learner; code that stands behind a colon as it is."""
    kind, colon, shown = what.partition(": ")
    return f"{tr(kind)}{colon}{shown}"


def free(step: Step, id_: str) -> Writing:
    """The step itself, to be written on the card: level 4 of fading."""
    return Writing(**texts(step, id_, ""), of=step, start=step.starter)


def changed(before: str, after: str) -> int:
    """How many lines were changed, put in or taken out; spaces at their ends and empty lines are free."""
    one, other = ([line.rstrip() for line in text.splitlines() if line.strip()] for text in (before, after))
    codes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")


def told(item: Writing, source: str, verdict: Verdict) -> Verdict:
    """The verdict on a mended answer, with how many lines were changed for it, and how few do."""
    if not (item.fewest and verdict.correct):
        return verdict
    count = changed(item.start, source)
    if item.fewest < count:
        said = trn(
            "**Changed:** {count} line; {fewest} is enough.",
            "**Changed:** {count} lines; {fewest} is enough.",
            count,
            fewest=item.fewest,
        )
    else:
        said = trn(
            "**Changed:** {count} line; and fewer are not needed.",
            "**Changed:** {count} lines; and fewer are not needed.",
            count,
        )
    return replace(verdict, feedback=f"{verdict.feedback}\n\n{said}")
