"""The runners of one judge: answers and references never share a process, and what a reference gave is kept.

Called by judging, and by whoever judges many answers and wants them warm, sandboxed or closed.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from checks.runner import Given, Job, Outcome, Runner
from checks.runner.probe import probe


class Runners:
    """The runners of one judge: answers and references never share a process.

    Each is started when first needed, or by `warm`; the ones with MLflow only for lessons that use it.
    `sandboxed` puts answers into the sandbox; references are ours.
    """

    def __init__(self, sandboxed: bool = False) -> None:
        self._sandboxed = sandboxed
        self._runners: dict[tuple[str, bool], Runner] = {}
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._many: dict[str, list[Outcome]] = {}

    def _runner(self, whose: str, mlflow: bool) -> Runner:
        sandboxed = self._sandboxed and whose == "answers"
        if (whose, mlflow) not in self._runners:
            self._runners.setdefault((whose, mlflow), Runner(mlflow=mlflow, sandboxed=sandboxed))
        return self._runners[whose, mlflow]

    def probe(self, hidden: Iterable[Path], mlflow: bool = False) -> None:
        """Try whether the answers' sandbox holds. Raises SandboxError; see `checks.runner.probe`."""
        probe(self._runner("answers", mlflow), hidden)

    def warm(self, mlflow: bool) -> None:
        """Start both runners in the background."""
        for whose in ("answers", "references"):
            self._runner(whose, mlflow).start()

    def answers(self, jobs: list[Job]) -> list[Outcome]:
        """Run the jobs at the same time."""
        return self._run("answers", jobs)

    def fills(self, jobs: list[Job]) -> list[Outcome]:
        """The same for filled-in code, of which nothing is a learner's own: what came of it is remembered."""
        return self._remembered("answers", jobs)

    def references(self, jobs: list[Job]) -> list[Outcome]:
        """The same for references and sample answers, which never meet an answer and are remembered too."""
        return self._remembered("references", jobs)

    def answers_in_one(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """Run a job without a registry in many situations, all in one process."""
        return self._runner("answers", mlflow=False).run_many(job, situations)

    def references_in_one(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """The same for references and sample answers; remembered."""
        key = repr((job, situations))
        if key not in self._many:
            found = self._runner("references", mlflow=False).run_many(job, situations)
            if any(outcome.ended not in ("finished", "raised") for outcome in found):
                return found
            self._many[key] = found
        return self._many[key]

    def seconds_now(self, job: Job, situations: Sequence[Given]) -> float:
        """How long a reference takes at this moment: run again, whatever is remembered of it."""
        runner = self._runner("references", job.registry is not None)
        if job.registry is not None:
            return runner.run(job).seconds
        return runner.run_many(job, situations)[0].seconds

    def _run(self, whose: str, jobs: list[Job]) -> list[Outcome]:
        return _all(self._runner(whose, jobs[0].registry is not None).run, jobs)

    def _remembered(self, whose: str, jobs: list[Job]) -> list[Outcome]:
        """A job says all that its outcome depends on but MLflow's version, which is one per process.

        What was stopped is not remembered: a machine that was busy once would refuse an answer for ever.
        """
        found = {repr(job): self._outcomes.get((whose, repr(job))) for job in jobs}
        if missing := [job for job in jobs if found[repr(job)] is None]:
            for job, outcome in zip(missing, self._run(whose, missing), strict=True):
                found[repr(job)] = outcome
                if outcome.ended in ("finished", "raised"):
                    self._outcomes[whose, repr(job)] = outcome
        return [each for job in jobs if (each := found[repr(job)])]

    def close(self) -> None:
        for runner in self._runners.values():
            runner.close()
        self._runners.clear()


@cache
def default_runners() -> Runners:
    """The runners of this process, made when first asked for."""
    return Runners()


def _all(run: Callable[[Job], Outcome], jobs: list[Job]) -> list[Outcome]:
    if len(jobs) == 1:
        return [run(jobs[0])]
    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))
