"""Which misconception an answer holds: told by what it does in all the situations, as a sample of it does.

Called by judging once an answer is known to be wrong. Words of the source decide alone only where nothing ran
(a cell that Python cannot read), and beside what the answer does where a misconception names a construct.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from checks.exercise import Misconception, Raised, Rich, Run, Seen, Situation, Step
from checks.judge.compare import Difference, agree, difference, same
from checks.judge.runners import Runners, at_once
from checks.judge.trials import Trial, sample, samples
from checks.runner import Outcome
from checks.runner.values import plain

T = TypeVar("T")

#: So many samples are looked at together: more would not be faster, as a machine has few processors.
_AT_ONCE = 4


@dataclass(frozen=True)
class Diagnosis:
    """A misconception that an answer holds, the situation that shows it, and if there is another fault."""

    misconception: Misconception
    shown: Difference
    another: bool = False


def diagnose(step: Step, seen: Seen, trial: Trial, runners: Runners) -> Diagnosis | None:
    """The first misconception that fits; None where none does."""
    assert trial.shown is not None
    # An answer that was stopped left nothing behind to read a misconception from; how it ended says it all.
    if any(came.ended not in ("finished", "raised") for came in trial.outcomes[: trial.named]):
        return None
    if _nothing_but_an_exception(step, trial):
        return None
    told = [one for one in step.misconceptions if one.only is None or holds(one.only, seen)]
    by_behaviour = _by_behaviour(step, told, trial, runners)
    # Recognisers see what came of the named situations: where all of them are right, there is nothing to see.
    seen_wrong = trial.failing[0] < trial.named
    for one in told:
        if one.when is not None:
            if seen_wrong and holds(one.when, seen):
                return Diagnosis(one, _where_it_shows(step, one, seen, trial) or trial.shown)
        elif one in by_behaviour:
            return Diagnosis(one, trial.shown)
    return _two_at_once(step, told, trial, runners)


def holds(recognised: Callable[[T], bool] | None, what: T, *, otherwise: bool = False) -> bool:
    """What a lesson's function says; `otherwise` where it raises: our slip is not the learner's mistake.

    Any answer may come to it, and values of any type; `workbook notebooks` tells the author what it raises.
    """
    try:
        return recognised is not None and bool(recognised(what))
    except Exception:
        return otherwise


def runs(situations: Sequence[Situation], outcomes: Sequence[Outcome]) -> tuple[Run, ...]:
    """Outcomes as recognisers see them: plain values."""
    return tuple(map(_run, situations, outcomes))


def _nothing_but_an_exception(step: Step, trial: Trial) -> bool:
    """What the answer set is right in every situation, and an exception came on top."""
    return all(
        agree(compared, came, expected)
        for came, expected in zip(trial.outcomes, trial.wanted, strict=True)
        for compared in step.compares
    )


def _by_behaviour(
    step: Step, told: Sequence[Misconception], trial: Trial, runners: Runners
) -> list[Misconception]:
    """The misconceptions of which some sample does what the answer does, in every situation."""
    asked = [(one, str(source)) for one in told if one.when is None for source in one.samples]
    # Most differ where the answer first goes wrong, and need not be run elsewhere.
    first = trial.failing[:1]
    left = _alike(step, asked, trial, first, runners)
    named = [place for place in range(trial.named) if place not in first]
    left = _alike(step, left, trial, named, runners)
    left = _alike(step, left, trial, list(range(trial.named, len(trial.outcomes))), runners)
    return [one for one, _ in left]


def _alike(
    step: Step,
    asked: list[tuple[Misconception, str]],
    trial: Trial,
    places: Sequence[int],
    runners: Runners,
) -> list[tuple[Misconception, str]]:
    """Those samples that come out like the answer in these situations."""
    if not asked or not places:
        return asked
    situations = [trial.situations[place] for place in places]
    mine = [trial.outcomes[place] for place in places]
    sources = [source for _, source in asked]
    if len(situations) == 1:
        came = [[outcome] for outcome in samples(step, sources, situations[0], runners)]
    else:
        came = at_once(lambda source: sample(step, source, situations, runners), sources, _AT_ONCE)

    def matches(outcomes: Sequence[Outcome]) -> bool:
        pairs = zip(mine, outcomes, strict=True)
        return all(same(step, a, b) for a, b in pairs if "not_run" not in (a.ended, b.ended))

    return [one for one, outcomes in zip(asked, came, strict=True) if matches(outcomes)]


def _two_at_once(
    step: Step, told: Sequence[Misconception], trial: Trial, runners: Runners
) -> Diagnosis | None:
    """Two misconceptions that explain together, situation by situation, all that the answer does.

    Where one of them shows, the answer does what that one's sample does; where neither does, it is right.
    Told is the one that shows in the smallest situation. Only for what is quickly run.
    """
    if step.mlflow:
        return None
    failing = set(trial.failing)

    def differ(some: Sequence[Outcome], others: Sequence[Outcome]) -> set[int]:
        return {n for n, pair in enumerate(zip(some, others, strict=True)) if not same(step, *pair)}

    faults = []
    for one in told:
        if one.when is None:
            for source in one.samples:
                came = sample(step, str(source), trial.situations, runners)
                shows = differ(came, trial.wanted)
                if shows <= failing and not shows <= (unlike := differ(came, trial.outcomes)):
                    faults.append((one, shows, unlike))
    for number, (one, shows, unlike) in enumerate(faults):
        for other, shows_too, unlike_too in faults[number + 1 :]:
            if one is other or shows | shows_too != failing or shows <= shows_too or shows_too <= shows:
                continue
            alone, alone_too = shows - shows_too, shows_too - shows
            if not alone & unlike and not alone_too & unlike_too:
                told_one, where = (one, alone) if min(alone) < min(alone_too) else (other, alone_too)
                return Diagnosis(told_one, _difference(step, trial, min(where)), another=True)
    return None


def _difference(step: Step, trial: Trial, place: int) -> Difference:
    found = difference(step, trial.situations[place], trial.outcomes[place], trial.wanted[place])
    assert found is not None
    return found


def _where_it_shows(step: Step, one: Misconception, seen: Seen, trial: Trial) -> Difference | None:
    """The first named situation that shows a misconception by itself, all others being right."""
    named = trial.situations[: trial.named]
    wanted = list(trial.wanted[: trial.named])
    for place, came in enumerate(trial.outcomes[: trial.named]):
        found = difference(step, named[place], came, wanted[place])
        alone = [*wanted[:place], came, *wanted[place + 1 :]]
        if found and holds(one.when, replace(seen, runs=runs(named, alone))):
            return found
    return None


def _run(situation: Situation, outcome: Outcome) -> Run:
    raised = outcome.raised
    return Run(
        situation,
        {name: plain(value, Rich) for name, value in outcome.values.items()},
        outcome.printed,
        Raised(raised.type, raised.message, raised.line) if raised else None,
        outcome.registry.stages if outcome.registry else None,
    )
