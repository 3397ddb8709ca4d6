"""Writes `checks/judge/known.jsonl`: what our own answers to steps with a registry leave behind.

Called by `workbook notebooks`. What the file holds already is not run again.
"""

from collections.abc import Iterator

from checks.exercise import FillIn, Step
from checks.judge import Runners, known
from checks.judge.forms.predict import as_step
from checks.judge.forms.wrongs import wrong_answers
from checks.judge.known import FILE, key, written
from checks.judge.situations import made
from checks.judge.trials import jobs
from checks.lessons import exercises
from checks.runner import Job


def asked() -> list[list[Job]]:
    """The jobs, situation by situation: the reference in all, our other answers in those with a name."""
    return [group for step in _steps() for group in _of(step)]


def _steps() -> Iterator[Step]:
    for exercise in exercises().values():
        if isinstance(exercise, Step | FillIn) and exercise.mlflow:
            yield as_step(exercise) if isinstance(exercise, FillIn) else exercise


def _of(step: Step) -> Iterator[list[Job]]:
    every = [step.reference, *step.alternatives, *(source for _, source in wrong_answers(step))]
    for situation in (*step.situations, *made(step)):
        sources = every if situation in step.situations else every[:1]
        yield [job for source in dict.fromkeys(sources) for job in jobs(step, source, [situation])]


def forget() -> None:
    """Have all of it run again in this process, as after a change to the runner or the world."""
    known.held().clear()


def write(runners: Runners) -> bool:
    """Run what is not known yet, and write the file; whether it has changed."""
    text = written(
        (key(job), came)
        for group in asked()
        for job, came in zip(group, runners.references_together(group), strict=True)
    )
    if FILE.exists() and FILE.read_text("utf-8") == text:
        return False
    FILE.write_text(text, encoding="utf-8")
    known.held.cache_clear()
    return True
