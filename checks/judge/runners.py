"""The runners of one judge: answers and references never share a process, and what a reference gave is kept.

Called by judging, and by whoever judges many answers and wants them warm, sandboxed or closed.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from checks.judge import known
from checks.runner import Given, Job, Outcome, Runner
from checks.runner.probe import probe

S = TypeVar("S")
T = TypeVar("T")
#: A job, and situations to run it in, one after the other in one process.
Part = tuple[Job, Sequence[Given]]

#: Among how many processes situations with a registry are dealt out: two halve what a learner waits for.
_HANDS = 2

#: Runs what stands in `_source` as if it stood here itself; so many sources at a time, with more time in all.
_GIVEN_SOURCE = "exec(compile(_source, '<answer>', 'exec', dont_inherit=True), globals())"
_LONGER, _TOGETHER = 2, 40


class Runners:
    """The runners of one judge: answers and references never share a process.

    Each is started when first needed, or by `warm`; the ones with MLflow only for lessons that use it.
    `sandboxed` puts answers into the sandbox; references are ours. `shared` has them forked from a process
    that all notebooks of a learner share, and which has met neither an answer nor a reference.
    """

    def __init__(self, sandboxed: bool = False, shared: bool = False) -> None:
        self._sandboxed = sandboxed
        self._shared = shared
        self._runners: dict[tuple[str, bool], Runner] = {}
        self._outcomes: dict[tuple[str, str], Outcome] = {}

    def _runner(self, whose: str, mlflow: bool) -> Runner:
        sandboxed = self._sandboxed and whose == "answers"
        if (whose, mlflow) not in self._runners:
            runner = Runner(mlflow=mlflow, sandboxed=sandboxed, shared=self._shared)
            self._runners.setdefault((whose, mlflow), runner)
        return self._runners[whose, mlflow]

    def probe(self, hidden: Iterable[Path], mlflow: bool = False) -> None:
        """Try whether the answers' sandbox holds. Raises SandboxError; see `checks.runner.probe`."""
        probe(self._runner("answers", mlflow), hidden)

    @property
    def is_warm(self) -> bool:
        """Whether any runner was started: a lesson's first cell tells which one is needed."""
        return bool(self._runners)

    def warm(self, mlflow: bool) -> None:
        """Start both runners in the background."""
        for whose in ("answers", "references"):
            self._runner(whose, mlflow).start()

    def answers(self, jobs: list[Job]) -> list[Outcome]:
        """Run the jobs at the same time."""
        return self._run("answers", jobs)

    def fills(self, jobs: list[Job]) -> list[Outcome]:
        """The same for filled-in code, of which nothing is a learner's own: what came of it is remembered."""
        return self._remembered("answers", jobs, partial(self._run, "answers"))

    def references(self, jobs: list[Job]) -> list[Outcome]:
        """The same for references and sample answers, which never meet an answer and are remembered too."""
        return self._remembered("references", jobs, partial(self._run, "references"))

    def answers_in_one(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """Run a job in many situations, in place of its own, all in one process."""
        return self._together("answers", job, situations)

    def references_in_one(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """The same for references and sample answers; remembered."""

        def run(missing: list[Job]) -> list[Outcome]:
            return self._together("references", job, [each.given for each in missing])

        return self._remembered("references", [replace(job, given=given) for given in situations], run)

    def references_together(self, jobs: list[Job]) -> list[Outcome]:
        """The same for jobs that differ in their code alone, many in one process, as that is quick."""
        return self._remembered("references", jobs, self._several)

    def _several(self, jobs: list[Job]) -> list[Outcome]:
        found: list[Outcome] = []
        while left := jobs[len(found) :]:
            some = left[:_TOGETHER]
            given = [replace(each.given, before={**each.given.before, "_source": each.code}) for each in some]
            seconds = _LONGER * max(each.seconds for each in some)
            came = self._together("references", replace(some[0], code=_GIVEN_SOURCE, seconds=seconds), given)
            for job, outcome in zip(some, came, strict=True):
                if outcome.ended == "not_run":
                    break
                if outcome.ended not in ("finished", "raised"):  # it may have had less time than others
                    (outcome,) = self._run("references", [job])
                found.append(outcome)
        return found

    def seconds_now(self, job: Job, situations: Sequence[Given]) -> float:
        """How long a reference takes at this moment: run again, whatever is remembered of it."""
        return max(outcome.seconds for outcome in self._together("references", job, situations))

    def _runner_for(self, whose: str, given: Given) -> Runner:
        return self._runner(whose, given.registry is not None)

    def _run(self, whose: str, jobs: list[Job]) -> list[Outcome]:
        runner = self._runner_for(whose, jobs[0].given)
        return [outcome for (outcome,) in _parts(runner, [(job, [job.given]) for job in jobs])]

    def _together(self, whose: str, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """In one process, or dealt out to two where MLflow makes for work enough."""
        runner = self._runner_for(whose, situations[0])
        hands = 1 if situations[0].registry is None else min(_HANDS, len(situations))
        dealt = [situations[hand::hands] for hand in range(hands)]
        found = _parts(runner, [(job, part) for part in dealt])
        return [found[place % hands][place // hands] for place in range(len(situations))]

    def _remembered(
        self, whose: str, jobs: list[Job], run: Callable[[list[Job]], list[Outcome]]
    ) -> list[Outcome]:
        """A job says all that its outcome depends on but MLflow's version, which is one per process.

        What our own answers leave in a registry may be known from when the lessons were made. What was
        stopped is not remembered: a machine that was busy once would refuse an answer for ever.
        """
        keys = [(whose, known.key(job)) for job in jobs]
        asked = dict(zip(keys, jobs, strict=True))
        found = {key: self._outcomes.get(key) or _known(key, job) for key, job in asked.items()}
        if missing := {key: job for key, job in asked.items() if found[key] is None}:
            for key, outcome in zip(missing, run(list(missing.values())), strict=True):
                found[key] = outcome
                if outcome.ended in ("finished", "raised"):
                    self._outcomes[key] = outcome
        return [each for key in keys if (each := found[key])]

    def close(self) -> None:
        for runner in self._runners.values():
            runner.close()
        self._runners.clear()


def _known(key: tuple[str, str], job: Job) -> Outcome | None:
    whose, name = key
    return known.outcome(name) if whose == "references" and job.given.registry is not None else None


@cache
def default_runners() -> Runners:
    """The runners of this process, made when first asked for."""
    return Runners(shared=True)


def _parts(runner: Runner, parts: Sequence[Part]) -> list[list[Outcome]]:
    """What comes of each part, all run at the same time."""
    if sys.platform == "emscripten":
        return in_turn(runner.run_many, parts)
    return at_once(lambda part: runner.run_many(*part), parts)


def in_turn(
    run_many: Callable[[Job, Sequence[Given]], list[Outcome]], parts: Sequence[Part]
) -> list[list[Outcome]]:
    """The same one after the other; after one that ran out of time the rest, which would too, is left out."""
    found: list[list[Outcome]] = []
    for job, situations in parts:
        is_over = any(outcome.ended == "timed_out" for came in found for outcome in came)
        found.append([Outcome("not_run")] * len(situations) if is_over else run_many(job, situations))
    return found


def at_once(run: Callable[[S], T], several: Sequence[S], most: int | None = None) -> list[T]:
    """What comes of each, run at the same time; of `most` at a time."""
    if len(several) == 1 or sys.platform == "emscripten":  # which has no threads
        return [run(each) for each in several]
    with ThreadPoolExecutor(most or len(several)) as threads:
        return list(threads.map(run, several))
