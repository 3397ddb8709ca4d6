"""judge(exercise, answer) -> Verdict: run the answer and the reference, compare, explain the difference.

Called by the notebook's words and by grading. Nothing of an answer runs in this process.
"""

import ast
import re
from dataclasses import replace

from checks.exercise import (
    ANY,
    Answer,
    Choice,
    Exercise,
    FillIn,
    Printed,
    Seen,
    Step,
    Verdict,
)
from checks.judge.diagnosis import Diagnosis, diagnose, runs
from checks.judge.feedback import explain, right, timelines, wrong
from checks.judge.runners import Runners, default_runners
from checks.judge.trials import filled, trial, unread
from checks.judge.tryouts import without_tryouts
from checks.markdown import code
from checks.runner import Error, RunnerError

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
    tried = trial(step, source, runners) if unparsed is None else unread(step, unparsed, runners)
    if tried.shown is None:
        assert tree is not None
        for form in step.asks_for:
            if not form.found(tree):
                return wrong(form.says, advice=form.advice, misconception=f"{step.id}/{form.id}")
        return Verdict("correct", step.right)
    if tree is not None and _asks_for_functions(step):
        quiet = without_tryouts(source, tree)
        if quiet != source:
            return _judge_step(step, quiet, runners)
    named = tried.outcomes[: tried.named]
    seen = Seen(source, tree, runs(step.situations, named))
    found = diagnose(step, seen, tried, runners)
    return explain(step, found, tried)


def _asks_for_functions(step: Step) -> bool:
    """Whether it is we who call what the answer defines, so that calls in the cell itself are try-outs."""
    printed = any(isinstance(compared, Printed) for compared in step.compares)
    return not printed and bool(step.after)


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


# ── a FillIn and a Choice ─────────────────────────────────────────────────────────────────────────────


def _judge_fill_in(task: FillIn, answer: tuple[str, ...], runners: Runners) -> Verdict:
    answer = tuple(option.strip() for option in answer)
    if not any(answer):
        return Verdict("not_attempted", "No blank is filled yet.")
    if problem := unfit(task, answer):
        return Verdict("not_attempted", problem)
    source = task.fill(answer)
    tried = filled(task, source, runners)
    if tried.shown is None:
        return Verdict("correct", right(task, tried))
    held = next((m for m in task.misconceptions if any(fits(answer, sample) for sample in m.samples)), None)
    return explain(task, Diagnosis(held, tried.shown) if held else None, tried)


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
