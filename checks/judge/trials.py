"""Trials: a source run on an exercise's situations, beside what the reference gave there.

Called by judging, and by authors who try samples and mutants.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from checks.catalogue import tr
from checks.exercise import Runnable, Situation, Step, Variable
from checks.judge.compare import Difference, difference, same
from checks.judge.runners import Runners
from checks.judge.situations import made
from checks.runner import Error, Given, Job, Observe, Outcome, RunnerError, State
from checks.runner.identity import once_for_each

#: How many smaller situations are tried at a time, and how often, before the smallest so far is shown.
_SMALLER, _SMALLER_MLFLOW, _ROUNDS = 60, 12, 12
#: How many of the made situations in which a source goes wrong are run once more, alone, before it is right.
_CONFIRMED = 5
#: How many seconds more an answer has that imports a package which is not Python's own: some take three of
#: them on a quiet machine.
_LOADING = 15.0
_IMPORTED = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Trial:
    """What came of an exercise's source, situation by situation, and what the reference gave.

    The named situations come first, in their order; the made ones follow, from the smallest, if they were
    run. `shown` is the smallest difference, None where there is none.
    """

    exercise: Runnable
    situations: tuple[Situation, ...]
    outcomes: tuple[Outcome, ...]
    wanted: tuple[Outcome, ...]
    named: int
    shown: Difference | None

    @cached_property
    def failing(self) -> tuple[int, ...]:
        """The places of the situations in which it goes wrong."""
        return tuple(
            place
            for place, (came, expected) in enumerate(zip(self.outcomes, self.wanted, strict=True))
            if came.ended != "not_run" and not same(self.exercise, came, expected)
        )


def unread(exercise: Runnable, error: Error, runners: Runners) -> Trial:
    """The trial of a source that Python cannot read."""
    outcomes = [Outcome(ended="raised", raised=error)] * len(exercise.situations)
    wanted = _references(exercise, exercise.situations, runners)
    return _named(exercise, outcomes, wanted)


def trial(exercise: Runnable, source: str, runners: Runners) -> Trial:
    """Run a learner's source in the named situations and in the made ones, many in one process.

    What makes it wrong is confirmed in a process of its own, where nothing is left of other situations. If it
    is wrong in a named one, what it does in the made ones tells which misconception it holds; where MLflow
    takes its time, the named ones have to do for that. RunnerError where the reference fails.
    """
    named, more = exercise.situations, made(exercise)
    wanted = _references(exercise, named, runners)
    together = _batch(exercise, source, named if exercise.mlflow else [*named, *more], runners)
    tried = _named(exercise, together[: len(named)], wanted)
    place = named.index(tried.shown.situation) if tried.shown else 0
    # The first had all the time there is.
    if tried.shown and (place or tried.shown.came.ended != "timed_out"):
        (alone,) = runners.answers(jobs(exercise, source, [named[place]]))
        if not same(exercise, alone, together[place]):
            tried = _named(exercise, runners.answers(jobs(exercise, source, named)), wanted)
    if not more or _stopped(tried.outcomes) or (tried.shown and exercise.mlflow):
        return tried
    if exercise.mlflow:
        together += _batch(exercise, source, more, runners)
    both = _with(tried, more, together[len(named) :], runners)
    if tried.shown:
        return both
    both = replace(both, shown=_smallest(exercise, source, both, runners))
    return both if both.shown else _rest(exercise, source, both, runners)


def further(exercise: Runnable, source: str, tried: Trial, runners: Runners) -> Trial:
    """The trial with what came of the made situations too, where those with MLflow were spared."""
    more = made(exercise)[len(tried.outcomes) - tried.named :]
    if not exercise.mlflow or not more or _stopped(tried.outcomes):
        return tried
    return _with(tried, more, _batch(exercise, source, more, runners), runners)


def _with(tried: Trial, more: Sequence[Situation], came: Sequence[Outcome], runners: Runners) -> Trial:
    """The trial with these situations too, and what came of them."""
    return replace(
        tried,
        situations=(*tried.situations, *more),
        outcomes=(*tried.outcomes, *came),
        wanted=(*tried.wanted, *_references(tried.exercise, more, runners)),
    )


def _rest(exercise: Runnable, source: str, tried: Trial, runners: Runners) -> Trial:
    """The trial of a source that is right as far as it came, with what it came to no more.

    An answer might take up all the time before it gets to what it cannot do: so the largest come first.
    """
    left = [place for place, came in enumerate(tried.outcomes) if came.ended == "not_run"][::-1]
    if not left:
        return tried
    came = dict(enumerate(tried.outcomes))
    found = _batch(exercise, source, [tried.situations[place] for place in left], runners)
    came.update(zip(left, found, strict=True))
    tried = replace(tried, outcomes=tuple(came.values()))
    return replace(tried, shown=_smallest(exercise, source, tried, runners))


def filled(exercise: Runnable, source: str, runners: Runners) -> Trial:
    """The trial of filled-in code, of which nothing is a learner's own: what came of it is remembered."""
    situations = (*exercise.situations, *made(exercise))
    outcomes = runners.fills(jobs(exercise, source, situations))
    return _of(exercise, situations, outcomes, _references(exercise, situations, runners))


def jobs(exercise: Runnable, source: str, situations: Iterable[Situation]) -> list[Job]:
    """A job for each situation."""
    observe = tuple(
        Observe(compared.name, compared.attribute)
        for compared in exercise.compares
        if isinstance(compared, Variable)
    )
    seconds = exercise.seconds + _LOADING * _loads_packages(source)
    return [
        Job(
            source,
            exercise.before,
            observe,
            seconds,
            exercise.after,
            _given(situation),
        )
        for situation in situations
    ]


def _loads_packages(source: str) -> bool:
    """Whether it imports anything that is not Python's own."""
    return not imported(source) <= sys.stdlib_module_names


def imported(source: str) -> set[str]:
    """The modules that a source imports, by the first part of their names."""
    return set(_IMPORTED.findall(source))


def seed(situation: Situation) -> State | None:
    """What a situation's registry holds before the answer; None where it has none."""
    if situation.registry is None:
        return None
    return State(
        situation.registry,
        situation.aliases,
        situation.tags,
        situation.model_tags,
        situation.descriptions,
        situation.sources,
        situation.touched,
        {name: State(each.stages, each.aliases, each.tags) for name, each in situation.others.items()},
    )


def _named(exercise: Runnable, outcomes: Sequence[Outcome], wanted: Sequence[Outcome]) -> Trial:
    return _of(exercise, exercise.situations, outcomes, wanted)


def _of(
    exercise: Runnable,
    situations: tuple[Situation, ...],
    outcomes: Sequence[Outcome],
    wanted: Sequence[Outcome],
) -> Trial:
    shown = next(filter(None, _differences(exercise, situations, outcomes, wanted)), None)
    return Trial(exercise, situations, tuple(outcomes), tuple(wanted), len(exercise.situations), shown)


def _differences(
    exercise: Runnable,
    situations: Sequence[Situation],
    outcomes: Sequence[Outcome],
    wanted: Sequence[Outcome],
) -> Iterator[Difference | None]:
    """Situation by situation, in what an outcome differs from the one that is wanted."""
    for situation, came, expected in zip(situations, outcomes, wanted, strict=True):
        yield difference(exercise, situation, came, expected)


def _stopped(outcomes: Iterable[Outcome]) -> bool:
    return any(outcome.ended not in ("finished", "raised") for outcome in outcomes)


# ── the made situations ───────────────────────────────────────────────────────────────────────────────


def _batch(
    exercise: Runnable, source: str, situations: Sequence[Situation], runners: Runners
) -> list[Outcome]:
    """A learner's source in all these situations, in one process."""
    job, *_ = jobs(exercise, source, situations[:1])
    return runners.answers_in_one(job, [_given(situation) for situation in situations])


def sample(
    exercise: Runnable, source: str, situations: Sequence[Situation], runners: Runners
) -> list[Outcome]:
    """What a reference, a sample or a mutant gives in these situations; remembered."""
    # What is filled in may start processes and write files: each situation has a process of its own.
    if not isinstance(exercise, Step):
        return runners.references(jobs(exercise, source, situations))
    job, *_ = jobs(exercise, source, situations[:1])
    return runners.references_in_one(job, [_given(situation) for situation in situations])


def samples(exercise: Step, sources: Sequence[str], situation: Situation, runners: Runners) -> list[Outcome]:
    """What each of several sources of ours gives in this situation: many in one process, as that is quick."""
    several = list(dict.fromkeys(sources))
    asked = [job for source in several for job in jobs(exercise, source, [situation])]
    found = dict(zip(several, runners.references_together(asked), strict=True))
    return [found[source] for source in sources]


@once_for_each
def _given(situation: Situation) -> Given:
    return Given(situation.before, situation.after, seed(situation))


def _references(exercise: Runnable, situations: Sequence[Situation], runners: Runners) -> list[Outcome]:
    """What the reference gives. RunnerError where it fails: every answer would look wrong."""
    wanted = sample(exercise, exercise.solution, situations, runners)
    for situation, outcome in zip(situations, wanted, strict=True):
        if outcome.ended not in ("finished", "raised"):
            raise RunnerError(
                f"the reference of {exercise.id} {outcome.ended.replace('_', ' ')} with {situation.given}."
            )
        if outcome.raised and outcome.raised.type == "ModuleNotFoundError":
            raise RunnerError(
                tr(
                    "{id} needs a package that is missing here ({message}). "
                    "A browser has not all of them; the installed workbook has.",
                    id=exercise.id,
                    message=outcome.raised.message,
                )
            )
        if outcome.raised and outcome.raised.line is None and exercise.after:
            raise RunnerError(
                f"what runs after the reference of {exercise.id} raised {outcome.raised.type}: "
                f"{outcome.raised.message}, with {situation.given}."
            )
    return wanted


def references_again(exercise: Runnable, situations: Sequence[Situation], runners: Runners) -> float:
    """How many seconds the reference takes at this moment, in the situations in which an answer was run."""
    first, *rest = jobs(exercise, exercise.solution, situations)
    several = rest if isinstance(exercise, Step) else []
    return runners.seconds_now(first, [job.given for job in (first, *several)])


def _smallest(exercise: Runnable, source: str, tried: Trial, runners: Runners) -> Difference | None:
    """The smallest situation in which the source goes wrong, confirmed in a process of its own."""
    for place in tried.failing[:_CONFIRMED]:
        found = _alone(exercise, source, tried.situations[place], runners)
        if found is not None:
            return _shrunk(exercise, source, found, runners)
    return None


def _alone(exercise: Runnable, source: str, situation: Situation, runners: Runners) -> Difference | None:
    (came,) = runners.answers(jobs(exercise, source, [situation]))
    (expected,) = _references(exercise, [situation], runners)
    return difference(exercise, situation, came, expected)


def _shrunk(exercise: Runnable, source: str, found: Difference, runners: Runners) -> Difference:
    """A smaller situation in which it still goes wrong, as far as the lesson knows smaller ones."""
    slow = _loads_packages(source)  # and would load them in every round
    if exercise.smaller is None or slow or found.came.ended not in ("finished", "raised"):
        return found
    for _ in range(_ROUNDS):
        smaller = list(
            islice(exercise.smaller(found.situation), _SMALLER_MLFLOW if exercise.mlflow else _SMALLER)
        )
        if not smaller:
            break
        came = _batch(exercise, source, smaller, runners)
        wanted = _references(exercise, smaller, runners)
        differences = _differences(exercise, smaller, came, wanted)
        still = next((each for each in differences if each and each.came.ended != "not_run"), None)
        confirmed = still and _alone(exercise, source, still.situation, runners)
        if not confirmed:
            break
        found = confirmed
    return found
