"""Exercises on trial: the unsolved must fail, right answers must pass, every wrong one be told its own words.

Called by `workbook notebooks` for what has changed, and by the tests for all.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from checks.author import places
from checks.author.faults import all_fills
from checks.exercise import Choice, Exercise, FillIn, Form, Misconception, Step, Verdict
from checks.judge import Runners, fits, judge
from checks.lessons.reading import ContentError
from checks.markdown import to_text


def on_trial(exercise: Exercise, runners: Runners) -> Iterator[ContentError]:
    """Faults that show when answers are judged, each at the answer; and what a lesson's functions raise."""
    raised: dict[str, Exception] = {}
    try:
        exercise = watched(exercise, raised)
        if isinstance(exercise, Step):
            yield from _step(exercise, runners)
        elif isinstance(exercise, FillIn):
            yield from _fill_in(exercise, runners)
        elif isinstance(exercise, Choice):
            yield from _choice(exercise)
    except ContentError as fault:
        yield fault
    except Exception as error:  # of a function that makes situations: no answer runs in this process
        yield places.raised(exercise.id, error, "a function of the lesson")
    for what, caught in raised.items():
        yield places.raised(exercise.id, caught, what)


def solution_on_trial(step: Step, source: str, runners: Runners) -> str:
    """Why the source of a solution's cell is not right, "" if it is."""
    verdict = judge(step, source, runners)
    return "" if verdict.correct else _said(verdict)


def _step(step: Step, runners: Runners) -> Iterator[ContentError]:
    if judge(replace(step, starter=""), step.starter, runners).correct:
        problem = "the cell as it is handed out is right already: leave something to be done."
        yield places.in_section(step.id, problem, "Starter")
    elif (verdict := judge(step, step.starter, runners)).status != "not_attempted":
        problem = f"the cell as it is handed out should count as not attempted, and is {_said(verdict)}"
        yield places.in_section(step.id, problem, "Starter")
    for title, answers in (("Reference", (step.reference,)), ("Also right", step.alternatives)):
        for answer in answers:
            if not (verdict := judge(step, answer, runners)).correct:
                problem = f"the right answer is refused: {_said(verdict)} Fix it, or the situations."
                yield places.in_section(step.id, problem, title, code=answer)
    every: list[Misconception | Form] = [*step.misconceptions, *step.asks_for]
    for told in every:
        for sample in told.samples:
            verdict = judge(step, str(sample), runners)
            if fault := _untrue(step, told, verdict):
                titles = (f"Wrong: {told.id}", f"Asks for: {told.id}", "Shared: ")
                yield places.in_section(step.id, fault, *titles, code=str(sample))


def _untrue(exercise: Exercise, told: Misconception | Form, verdict: Verdict) -> str:
    """What is wrong with a verdict on a sample, "" if nothing is."""
    wanted = f"{exercise.id}/{told.id}"
    if verdict.status == "wrong" and verdict.misconception == wanted:
        return ""
    if verdict.correct:
        return (
            f"the wrong answer of {told.id!r} passes: add a situation in which it goes wrong, or move it "
            "to `## Also right`."
        )
    if verdict.status != "wrong":
        return f"the wrong answer of {told.id!r} is {_said(verdict)}"
    if verdict.misconception is None:
        return (
            f"the wrong answer of {told.id!r} is not told so: its `**Recognised by:**` or `**Only where:**` "
            f"does not fit it. It is told: {_said(verdict)}"
        )
    other = verdict.misconception.partition("/")[2]
    return (
        f"the wrong answer of {told.id!r} is told {other!r}, which comes first and fits: change their order, "
        f"or narrow {other!r} with `**Only where:**`."
    )


def _fill_in(task: FillIn, runners: Runners) -> Iterator[ContentError]:
    if not (verdict := judge(task, task.answer, runners)).correct:
        problem = f"the right answer is refused: {_said(verdict)} Fix it, or the situations."
        yield places.in_field(task.id, problem, "answer")
    told = {}
    for answer in all_fills(task):
        verdict = judge(task, answer, runners)
        told[answer] = verdict.misconception
        if verdict.correct and answer != task.answer:
            said = json.dumps(list(answer), ensure_ascii=False)
            problem = f"{said} is right too, and one answer is: change an option, the code or the situations."
            yield places.in_field(task.id, problem, "answer")
            return
    for one in task.misconceptions:
        for sample in one.samples:
            full = f"{task.id}/{one.id}"
            if not any(fits(answer, sample) and found == full for answer, found in told.items()):
                problem = f"no answer that fits {list(sample)} is told {one.id!r}: it stands above already."
                yield places.in_section(task.id, problem, f"Wrong: {one.id}", "Shared: ")


def _choice(question: Choice) -> Iterator[ContentError]:
    if not judge(question, (question.answer,)).correct:
        yield places.in_field(question.id, "the right option is refused.", "answer")
    for one in question.misconceptions:
        for sample in one.samples:
            if fault := _untrue(question, one, judge(question, tuple(sample))):
                yield places.in_section(question.id, fault, f"Option {sample[0]}")


def _said(verdict: Verdict) -> str:
    status = {"error": "an error of ours", "not_attempted": "not attempted"}.get(
        verdict.status, verdict.status
    )
    return f"{status}: {to_text(verdict.feedback)}"


# ── a lesson's functions, watched ─────────────────────────────────────────────────────────────────────


def watched(exercise: Exercise, raised: dict[str, Exception]) -> Exercise:
    """The same, noting what its functions raise, which for a learner only means that they do not hold."""

    def watch(function: Callable[..., Any] | None) -> Callable[..., Any] | None:
        return function and partial(_noting, raised, function)

    misconceptions = tuple(
        replace(one, when=watch(one.when), only=watch(one.only)) for one in exercise.misconceptions
    )
    exercise = replace(exercise, misconceptions=misconceptions)
    if isinstance(exercise, Step):
        forms = tuple(replace(one, found=partial(_noting, raised, one.found)) for one in exercise.asks_for)
        exercise = replace(exercise, asks_for=forms)
    return exercise


def _noting(raised: dict[str, Exception], function: Callable[..., Any], *given: object) -> Any:
    try:
        return function(*given)
    except Exception as error:
        name = getattr(function, "__name__", "") or getattr(
            getattr(function, "args", [""])[0], "__name__", ""
        )
        raised.setdefault(f"`{name}`", error)
        raise
