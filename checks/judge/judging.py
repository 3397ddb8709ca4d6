"""judge(exercise, answer) -> Verdict: run the answer and the reference, compare, explain the difference.

Called by the notebook's words and by grading. Nothing of an answer runs in this process.
"""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar, cast

from checks.exercise import (
    ANY,
    Answer,
    Choice,
    Exercise,
    FillIn,
    Misconception,
    Printed,
    Raised,
    Rich,
    Run,
    Runnable,
    Seen,
    Situation,
    Step,
    Variable,
    Verdict,
)
from checks.judge.compare import Difference, agree, end_alike, first_difference
from checks.judge.feedback import explain, right, timelines, wrong
from checks.judge.runners import Runners, default_runners
from checks.judge.tryouts import without_tryouts
from checks.markdown import code
from checks.runner import Error, Given, Job, Observe, Outcome, RunnerError, State
from checks.runner.values import Value

T = TypeVar("T")

#: A cell longer than this is no answer to any of our exercises; parsing it would only cost time.
LONGEST_SOURCE = 100_000

_MAGIC = re.compile(r"^\s*(?:[%!]|\w+\s*=\s*[%!]|[\w.]+\?{1,2}\s*$|\?)")

_EMPTY = "There is no answer here yet. Write it in the cell above and run it."
_UNTOUCHED = "The code is still as it was given to you. Change it in the cell above and run it."


def judge(exercise: Exercise, answer: Answer, runners: Runners | None = None) -> Verdict:
    """Say whether `answer` is right, by what it does.

    `answer` is the cell's source (`str`) for a Step, the options blank by blank for a FillIn and one
    letter for a Choice (`tuple[str, ...]`). A failure of our own is a Verdict of status `error`.
    Raises TypeError where the answer is not of the exercise's kind.
    """
    wanted = "a str" if isinstance(exercise, Step) else "a tuple of str"
    fits_kind = isinstance(answer, str) == isinstance(exercise, Step) and all(
        isinstance(part, str) for part in answer
    )
    if not fits_kind:
        raise TypeError(f"the answer to {exercise.id} is {wanted}, not {answer!r}")
    try:
        if isinstance(exercise, Step):
            return _judge_step(exercise, str(answer), runners or default_runners())
        if isinstance(exercise, FillIn):
            return _judge_fill_in(exercise, tuple(answer), runners or default_runners())
        assert isinstance(exercise, Choice)
        return _judge_choice(exercise, tuple(answer))
    except RunnerError as failure:
        return Verdict(
            "error",
            f"Something failed on our side, not on yours: {failure} "
            "This cost you no attempt. Please run the cell again.",
        )


def is_magic(source: str) -> int | None:
    """The number (from 1) of the first line that only IPython understands, or None."""
    for number, line in enumerate(source.splitlines(), 1):
        if _MAGIC.match(line):
            return number
    return None


# ── a Step ────────────────────────────────────────────────────────────────────────────────────────────


def _judge_step(step: Step, source: str, runners: Runners) -> Verdict:
    if len(source) > LONGEST_SOURCE:
        return wrong(
            f"This cell has {len(source):,} characters; an answer may have {LONGEST_SOURCE:,}.",
            advice="Keep only the lines that answer the step.",
        )
    tree, unparsed = _parse(source)
    if tree is not None and not _attempted(step, source, tree):
        given = any(line.strip() and not line.strip().startswith("#") for line in step.starter.splitlines())
        return Verdict("not_attempted", _UNTOUCHED if given and source.strip() else _EMPTY)
    if tree is None and (line := is_magic(source)):
        return wrong(
            f"Line {line} is a notebook command (`%`, `!` or `?`), which is not Python.",
            advice="Move that line to a cell of its own and run the answer's cell again.",
        )
    jobs = _jobs(step, source)
    if unparsed is None:
        outcomes = runners.answers(jobs)
    else:
        outcomes = [Outcome(ended="raised", raised=unparsed)] * len(jobs)
    wanted = runners.references(_jobs(step, step.reference))
    _demand_a_reference(step, wanted)
    difference = first_difference(step, outcomes, wanted)
    if difference is None:
        assert tree is not None
        for form in step.asks_for:
            if not _says(form.found, tree, otherwise=True):
                return wrong(form.says, advice=form.advice, misconception=f"{step.id}/{form.id}")
        return Verdict("correct", right(step, outcomes, None))
    if tree is not None and _asks_for_functions(step):
        quiet = without_tryouts(source, tree)
        if quiet != source:
            return _judge_step(step, quiet, runners)
    seen = Seen(source, tree, tuple(map(_run, step.situations, outcomes)))
    # An answer that was stopped left nothing behind to read a misconception from; how it ended says it all.
    stopped = any(outcome.ended not in ("finished", "raised") for outcome in outcomes)
    # Nor is what it set to blame if that is right, and an exception came on top.
    stopped = stopped or all(
        agree(compared, came, expected)
        for came, expected in zip(outcomes, wanted, strict=True)
        for compared in step.compares
    )
    told = () if stopped else step.misconceptions
    held = next((m for m in told if _holds(step, m, seen, outcomes, runners)), None)
    if held and held.when:
        difference = _where_it_shows(step, held.when, seen, outcomes, wanted) or difference
    return explain(step, held, difference)


def _asks_for_functions(step: Step) -> bool:
    """Whether it is we who call what the answer defines, so that calls in the cell itself are try-outs."""
    printed = any(isinstance(compared, Printed) for compared in step.compares)
    return not printed and bool(step.after)


def _where_it_shows(
    step: Step, when: Callable[[Seen], bool], seen: Seen, outcomes: list[Outcome], wanted: list[Outcome]
) -> Difference | None:
    """The first situation that shows a misconception by itself, all others being right; None if none does."""
    for number, outcome in enumerate(outcomes):
        alone = [*wanted[:number], outcome, *wanted[number + 1 :]]
        difference = first_difference(step, alone, wanted)
        if difference and _says(when, replace(seen, runs=tuple(map(_run, step.situations, alone)))):
            return difference
    return None


def _parse(source: str) -> tuple[ast.Module | None, Error | None]:
    try:
        return ast.parse(source), None
    except SyntaxError as error:
        return None, Error(type(error).__name__, error.msg, error.lineno)
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, nesting without end
        return None, Error("SyntaxError", str(error) or "the code is nested too deeply")


def _attempted(step: Step, source: str, tree: ast.Module) -> bool:
    """Whether there is code beyond comments, `pass`, `...` and what the cell held when handed out."""
    if source.strip() == step.starter.strip():
        return False
    return any(
        not isinstance(node, ast.Pass)
        and not (isinstance(node, ast.Expr) and getattr(node.value, "value", None) is ...)
        for node in tree.body
    )


def _holds(
    step: Step, misconception: Misconception, seen: Seen, outcomes: list[Outcome], runners: Runners
) -> bool:
    if misconception.when is not None:
        return _says(misconception.when, seen)
    # One situation after the other: most samples differ in the first, and need not be run on the rest.
    return any(
        all(
            end_alike(step.compares, [outcome], runners.references([job]))
            for outcome, job in zip(outcomes, _jobs(step, str(sample)), strict=True)
        )
        for sample in misconception.samples
    )


def _says(recognised: Callable[[T], bool], what: T, otherwise: bool = False) -> bool:
    """What a lesson's function says; `otherwise` where it raises: our slip is not the learner's mistake.

    Any answer may come to it, and values of any type; `workbook notebooks` tells the author what it raises.
    """
    try:
        return bool(recognised(what))
    except Exception:
        return otherwise


# ── a FillIn and a Choice ─────────────────────────────────────────────────────────────────────────────


def _judge_fill_in(task: FillIn, answer: tuple[str, ...], runners: Runners) -> Verdict:
    answer = tuple(option.strip() for option in answer)
    if not any(answer):
        return Verdict("not_attempted", "No blank is filled yet.")
    if problem := unfit(task, answer):
        return Verdict("not_attempted", problem)
    outcomes = runners.fills(_jobs(task, task.fill(answer)))
    wanted = runners.references(_jobs(task, task.fill(task.answer)))
    _demand_a_reference(task, wanted)
    difference = first_difference(task, outcomes, wanted)
    if difference is None:
        return Verdict("correct", right(task, outcomes, task.situations[0]))
    held = next((m for m in task.misconceptions if any(fits(answer, sample) for sample in m.samples)), None)
    return explain(task, held, difference)


def unfit(exercise: FillIn | Choice, answer: tuple[str, ...]) -> str | None:
    """Why an answer cannot be judged (blanks left over, an option not offered), with the mend; else None."""
    if isinstance(exercise, Choice):
        letters = ", ".join(exercise.letters)
        if len(answer) != 1 or answer[0] not in tuple(exercise.letters):
            given = ", ".join(map(code, answer))
            return f"The answer is one of the letters {letters}; you gave {given}. It cost you no attempt."
        return None
    blanks = exercise.blanks
    offered = ", ".join(map(code, exercise.options))
    for number, option in enumerate(answer[:blanks], 1):
        if option and option not in exercise.options:
            return (
                f"{code(option)} in blank {number} is not one of the options: {offered}. "
                "Type an option exactly as it is listed. It cost you no attempt."
            )
    filled = sum(map(bool, answer))
    if filled != blanks or len(answer) != blanks:
        count = "1 blank" if blanks == 1 else f"{blanks} blanks"
        return (
            f"This task has {count} and you filled {filled}. Give one option for each, in order. "
            "It cost you no attempt."
        )
    return None


def fits(answer: tuple[str, ...], sample: Answer) -> bool:
    """Whether a FillIn's answer is a misconception's sample, in which ANY fits every option."""
    return all(want in (ANY, option) for option, want in zip(answer, sample, strict=True))


def _judge_choice(question: Choice, answer: tuple[str, ...]) -> Verdict:
    answer = tuple(letter.strip().lower() for letter in answer)
    if not any(answer):
        return Verdict("not_attempted", "No option is chosen yet.")
    if problem := unfit(question, answer):
        return Verdict("not_attempted", problem)
    runs = timelines(question.runs(answer[0]), answer[0])
    if answer == (question.answer,):
        verdict = Verdict("correct", f"{question.right}\n\n**Quick check:** {question.quick_check}")
    else:
        held = next(m for m in question.misconceptions if answer in m.samples)
        verdict = wrong(held.says, advice=held.advice, misconception=f"{question.id}/{held.id}")
    if not runs:
        return verdict
    return replace(verdict, feedback=f"{verdict.feedback}\n\n**What the pipeline does:**\n\n{runs}")


# ── running and comparing ─────────────────────────────────────────────────────────────────────────────


def _jobs(exercise: Runnable, source: str) -> list[Job]:
    observe = tuple(
        Observe(compared.name, compared.attribute)
        for compared in exercise.compares
        if isinstance(compared, Variable)
    )
    return [
        Job(
            source,
            exercise.before,
            _seed(situation),
            observe,
            exercise.seconds,
            exercise.after,
            Given(situation.before, situation.after),
        )
        for situation in exercise.situations
    ]


def _seed(situation: Situation) -> State | None:
    if situation.registry is None:
        return None
    return State(
        situation.registry,
        situation.aliases,
        situation.tags,
        situation.model_tags,
        situation.descriptions,
        situation.sources,
    )


def _demand_a_reference(exercise: Runnable, wanted: list[Outcome]) -> None:
    """A reference that crashes our runner would make every answer look wrong: say that it is our failure."""
    for situation, outcome in zip(exercise.situations, wanted, strict=True):
        if outcome.ended not in ("finished", "raised"):
            raise RunnerError(
                f"the reference of {exercise.id} {outcome.ended.replace('_', ' ')} with {situation.given}."
            )
        if outcome.raised and outcome.raised.line is None and exercise.after:
            raise RunnerError(
                f"what runs after the reference of {exercise.id} raised {outcome.raised.type}: "
                f"{outcome.raised.message}, with {situation.given}."
            )


def _run(situation: Situation, outcome: Outcome) -> Run:
    raised = outcome.raised
    return Run(
        situation,
        {name: plain(value) for name, value in outcome.values.items()},
        outcome.printed,
        Raised(raised.type, raised.message, raised.line) if raised else None,
        outcome.registry.stages if outcome.registry else None,
    )


def plain(value: Value) -> object:
    """An encoded value as a Python object; what is not plain data becomes a `Rich`."""
    try:
        return _plain(value)
    except TypeError:  # a key or an element that only a subclass made hashable
        return Rich(str(value[0]))


def _plain(value: Value) -> object:
    kind, *rest = value
    match kind:
        case "none":
            return None
        case "bool":
            return rest[0] == "True"
        case "int":
            return int(str(rest[0]))
        case "float":
            return float(str(rest[0]))
        case "str":
            return rest[0]
        case "list" | "tuple" | "set" | "frozenset" as name:
            make = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[name]
            return make(map(plain, cast(Iterable[Value], rest[0])))
        case "dict":
            pairs = cast(Iterable[tuple[Value, Value]], rest[0])
            return {plain(key): plain(item) for key, item in pairs}
        case "object":
            return Rich(str(rest[0]), plain(cast(Value, rest[1])) if len(rest) > 1 else None)
        case _:
            return Rich(str(kind))
