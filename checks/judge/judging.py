"""judge(exercise, answer) -> Verdict: run the answer and the reference, compare, explain the difference.

Called by the notebook's words and by grading. Nothing of an answer runs in this process.
"""

import ast
import re
import sys
from dataclasses import replace

from checks.catalogue import later, tr, trn
from checks.exercise import (
    ANY,
    Answer,
    Choice,
    Exercise,
    FillIn,
    RegistryState,
    Runnable,
    Seen,
    Step,
    Verdict,
)
from checks.judge.board import registries
from checks.judge.compare import Difference
from checks.judge.diagnosis import Diagnosis, diagnose, holds, runs
from checks.judge.essential import essential, without_magic
from checks.judge.feedback import explain, free, right, timelines, wrong
from checks.judge.forms import breaking, mend, order, predict
from checks.judge.machine import acquit
from checks.judge.runners import Runners, default_runners
from checks.judge.trials import Trial, filled, further, samples, trial, unread
from checks.markdown import code
from checks.practice import Assembled, Breaking, Faded, Ordering, Prediction, Worked, Writing
from checks.runner import Error, NotHere, RunnerError

#: A cell longer than this is no answer to any of our exercises; parsing it would only cost time.
LONGEST_SOURCE = 100_000

_MAGIC = re.compile(r"^\s*(?:[%!]|\w+\s*=\s*[%!]|[\w.]+\?{1,2}\s*$|\?)")

#: An f-string with its own kind of quotes inside the braces, which Python reads from 3.12 on.
_SAME_QUOTES = re.compile(r"""f(["'])[^"'{}\n]*\{[^{}"'\n]*\1[^"'{}\n]*\1[^{}"'\n]*\}""")

_EMPTY = later("There is no answer here yet. Write it in the cell above and run it.")
_UNTOUCHED = later("The code is still as it was given to you. Change it in the cell above and run it.")


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
        if isinstance(exercise, Worked):
            said = tr("This is an example to read: there is nothing to answer.")
            return Verdict("not_attempted", said)
        if isinstance(exercise, Assembled):
            return _judge_assembled(exercise, tuple(answer), runners or default_runners())
        if isinstance(exercise, Prediction):
            return _predicted(exercise, " ".join(answer), runners or default_runners())
        if isinstance(exercise, Breaking):
            return breaking.verdict(exercise, tuple(answer), runners or default_runners())
        if isinstance(exercise, FillIn):
            return _judge_fill_in(exercise, tuple(answer), runners or default_runners())
        assert isinstance(exercise, Choice)
        return _judge_choice(exercise, tuple(answer))
    except NotHere as reason:
        return Verdict(
            "not_attempted",
            tr(
                "This cannot be judged in a browser: it runs with `{package}`, which needs processes of its "
                "own, and a browser has none. Answer it in the installed edition; a notebook that you "
                "download from here opens there. It cost you no attempt.",
                package=reason.package,
            ),
        )
    except RunnerError as failure:
        return Verdict(
            "error",
            tr(
                "Something failed on our side, not on yours: {failure} "
                "This cost you no attempt. Please run the cell again.",
                failure=failure,
            ),
        )


def unreadable(source: str) -> tuple[str, str] | None:
    """What is wrong and what to try, for a cell that other programs read and this Python does not."""
    for number, line in enumerate(source.splitlines(), 1):
        if _MAGIC.match(line):
            return (
                tr(
                    "Line {number} is a notebook command (`%`, `!` or `?`), which is not Python.",
                    number=number,
                ),
                tr("Move that line to a cell of its own and run the answer's cell again."),
            )
        if line.lstrip().startswith((">>> ", "... ")):
            return (
                tr(
                    "Line {number} begins with the prompt of a Python shell, which is not Python itself.",
                    number=number,
                ),
                tr(
                    "Take `>>>` and `...` away at the beginning of each line, and the printed results as "
                    "well."
                ),
            )
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
        return None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    try:
        compile(source, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        if sys.version_info < (3, 12) and _SAME_QUOTES.search(source):
            return (
                tr(
                    "Python {version} cannot read the f-string in line {line}; Python 3.12 and later may.",
                    version=f"{sys.version_info[0]}.{sys.version_info[1]}",
                    line=error.lineno,
                ),
                tr("Use other quotes inside the braces than around the f-string."),
            )
    except (ValueError, RecursionError, MemoryError):
        return None
    else:
        return (
            tr(
                "`await` or `async` stands outside of a function, which a notebook allows and Python "
                "does not."
            ),
            tr("Answer without it: nothing here has to be waited for."),
        )
    return None


# ── a Step ────────────────────────────────────────────────────────────────────────────────────────────


def _judge_step(step: Step, source: str, runners: Runners) -> Verdict:
    if len(source) > LONGEST_SOURCE:
        return wrong(
            tr(
                "This cell has {count:,} characters; an answer may have {most:,}.",
                count=len(source),
                most=LONGEST_SOURCE,
            ),
            advice=tr("Keep only the lines that answer the step."),
        )
    source, tree, unparsed = parsed(source)
    if tree is not None and not _attempted(step, source, tree):
        given = any(line.strip() and not line.strip().startswith("#") for line in step.starter.splitlines())
        return Verdict("not_attempted", tr(_UNTOUCHED if given and source.strip() else _EMPTY))
    if (tree is None or "await" in source or "async" in source) and (told := unreadable(source)):
        return wrong(told[0], advice=told[1])
    if tree is None:
        assert unparsed is not None
        return _told(step, source, None, unread(step, unparsed, runners), runners)
    source, tried = weighed(step, source, tree, runners)
    tree = ast.parse(source)
    if not _attempted(step, source, tree):
        return Verdict("not_attempted", tr(_UNTOUCHED))
    if tried.shown is None:
        return _seen(step, _right(step, tree), _first(tried))
    return _told(step, source, tree, tried, runners)


def weighed(step: Step, source: str, tree: ast.Module, runners: Runners) -> tuple[str, Trial]:
    """The source whose trial decides: the cell, or what of it answers the step; and that trial.

    A cell may be wrong only by what stands around the answer. Where it is wrong by the answer too, what is
    said is said of the answer alone.
    """
    tried = trial(step, source, runners)
    if tried.shown is None:
        return source, tried
    reduced = essential(step, source, tree)
    left = ast.parse(reduced)
    if reduced == source or not left.body:
        return source, tried
    if not _attempted(step, reduced, left):
        return reduced, tried
    again = trial(step, reduced, runners)
    return (reduced, again) if again.shown is None or step.after else (source, tried)


def _right(step: Step, tree: ast.Module) -> Verdict:
    """The verdict on a cell that works: right, unless it lacks what the step asks for by name."""
    for form in step.asks_for:
        if not holds(form.found, tree, otherwise=True):
            return wrong(form.says, advice=form.advice, misconception=f"{step.id}/{form.id}")
    return Verdict("correct", step.right)


def _told(step: Step, source: str, tree: ast.Module | None, tried: Trial, runners: Runners) -> Verdict:
    acquit(step, source, tried, runners)
    seen = Seen(source, tree, runs(step.situations, tried.outcomes[: tried.named]))
    found = diagnose(step, seen, tried, runners)
    if tree is None:  # Python could not read it: nothing was run
        return explain(step, found, tried)
    if found is None:
        tried = further(step, source, tried, runners)
    return _seen(step, explain(step, found, tried), found.shown if found else tried.shown)


def _seen(exercise: Runnable, verdict: Verdict, shown: Difference | None) -> Verdict:
    """The verdict, with the situation that it tells of."""
    assert shown is not None
    return replace(verdict, given=shown.situation.given, registries=registries(exercise, shown))


def _first(tried: Trial) -> Difference:
    """What came in the first situation, where nothing differs."""
    return Difference(tried.situations[0], tried.outcomes[0], tried.wanted[0], None)


def parsed(source: str) -> tuple[str, ast.Module | None, Error | None]:
    """A cell as Python, without what only a notebook understands where it is none as it stands."""
    tree, unparsed = _parse(source)
    if tree is None and (plain := without_magic(source)) != source and plain.strip():
        return plain, *_parse(plain)
    return source, tree, unparsed


def _parse(source: str) -> tuple[ast.Module | None, Error | None]:
    try:
        return ast.parse(source), None
    except SyntaxError as error:
        return None, Error(type(error).__name__, error.msg, error.lineno)
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, nesting without end
        return None, Error("SyntaxError", str(error) or tr("the code is nested too deeply"))


def _attempted(step: Step, source: str, tree: ast.Module) -> bool:
    """Whether there is code beyond comments, `pass`, `...` and what the cell held when handed out."""
    if source.strip() == step.starter.strip():
        return False
    return any(
        not isinstance(node, ast.Pass)
        and not (isinstance(node, ast.Expr) and getattr(node.value, "value", None) is ...)
        for node in tree.body
    )


# ── what makes a step's answer, and a FillIn and a Choice ───────────────────────────────────────────


def _judge_assembled(item: Assembled, answer: tuple[str, ...], runners: Runners) -> Verdict:
    """As the step is judged whose answer it makes."""
    if isinstance(item, Faded):
        answer = tuple(option.strip() for option in answer)
    if not any(part.strip() for part in answer):
        return Verdict("not_attempted", tr(_NOTHING[type(item)]))
    if problem := _unfit(item, answer):
        return Verdict("not_attempted", free(problem))
    source = item.source(answer)
    verdict = _judge_step(item.of, source, runners)
    return mend.told(item, source, verdict) if isinstance(item, Writing) else verdict


def _unfit(item: Assembled, answer: tuple[str, ...]) -> str | None:
    """Why an answer cannot be judged; else None."""
    match item:
        case Faded():
            return unfit(item, answer)
        case Ordering():
            return order.unfit(item, answer)
    untouched = item.source(answer).strip() == item.start.strip()
    return tr("The code is still as it was given to you.") if untouched else None


_NOTHING = {
    Faded: later("No blank is filled yet."),
    Ordering: later("No line is put in order yet."),
    Writing: later("There is no code here yet."),
}


def _judge_fill_in(task: FillIn, answer: tuple[str, ...], runners: Runners) -> Verdict:
    answer = tuple(option.strip() for option in answer)
    if not any(answer):
        return Verdict("not_attempted", tr("No blank is filled yet."))
    if problem := unfit(task, answer):
        return Verdict("not_attempted", free(problem))
    source = task.fill(answer)
    tried = filled(task, source, runners)
    if tried.shown is None:
        return _seen(task, Verdict("correct", right(task, tried)), _first(tried))
    acquit(task, source, tried, runners)
    held = next((m for m in task.misconceptions if any(fits(answer, sample) for sample in m.samples)), None)
    found = Diagnosis(held, tried.shown) if held else None
    return _seen(task, explain(task, found, tried), tried.shown)


def unfit(exercise: FillIn | Choice, answer: tuple[str, ...]) -> str | None:
    """Why an answer cannot be judged (blanks left over, an option not offered), with the mend; else None.

    What is told of it, `free` completes.
    """
    if isinstance(exercise, Choice):
        letters = ", ".join(exercise.letters)
        if len(answer) != 1 or answer[0] not in tuple(exercise.letters):
            given = ", ".join(map(code, answer))
            return tr(
                "The answer is one of the letters {letters}; you gave {given}.", letters=letters, given=given
            )
        return None
    blanks = exercise.blanks
    offered = ", ".join(map(code, exercise.options))
    for number, option in enumerate(answer[:blanks], 1):
        if option and option not in exercise.options:
            if meant := next((each for each in exercise.options if _bare(each) == _bare(option)), None):
                return tr(
                    "{option} in blank {number} is not one of the options, but {meant} is. "
                    "In the call, it is written {typed}.",
                    option=code(option),
                    number=number,
                    meant=code(meant),
                    typed=code(repr(meant)),
                )
            return tr(
                "{option} in blank {number} is not one of the options: {offered}. "
                "Type an option exactly as it is listed.",
                option=code(option),
                number=number,
                offered=offered,
            )
    filled = sum(map(bool, answer))
    if filled != blanks or len(answer) != blanks:
        return trn(
            "This task has {count} blank and you filled {filled}. Give one option for each, in order.",
            "This task has {count} blanks and you filled {filled}. Give one option for each, in order.",
            blanks,
            filled=filled,
        )
    return None


def _bare(option: str) -> str:
    """An option without quotes of its own."""
    return option.strip("\"'")


def fits(answer: tuple[str, ...], sample: Answer) -> bool:
    """Whether a FillIn's answer is a misconception's sample, in which ANY fits every option."""
    return all(want in (ANY, option) for option, want in zip(answer, sample, strict=True))


def _predicted(item: Prediction, answer: str, runners: Runners) -> Verdict:
    """The verdict on a prediction, with the registry as the code leaves it, where that is what counts."""
    verdict = predict.verdict(item, answer)
    if verdict.status == "not_attempted" or not any(
        isinstance(each, RegistryState) for each in item.of.compares
    ):
        return verdict
    (given,) = item.of.situations
    came, expected = samples(item.of, [item.code, item.of.reference], given, runners)  # remembered
    return _seen(item.of, verdict, Difference(given, came, expected, None))


def _judge_choice(question: Choice, answer: tuple[str, ...]) -> Verdict:
    answer = tuple(letter.strip().lower() for letter in answer)
    if not any(answer):
        return Verdict("not_attempted", tr("No option is chosen yet."))
    if problem := unfit(question, answer):
        return Verdict("not_attempted", free(problem))
    runs = timelines(question.runs(answer[0]), answer[0])
    if answer == (question.answer,):
        check = tr("**Quick check:** {question}", question=question.quick_check)
        verdict = Verdict("correct", f"{question.right}\n\n{check}")
    else:
        held = next(m for m in question.misconceptions if answer in m.samples)
        verdict = wrong(held.says, advice=held.advice, misconception=f"{question.id}/{held.id}")
    if not runs:
        return verdict
    head = tr("**What the pipeline does:**")
    return replace(verdict, feedback=f"{verdict.feedback}\n\n{head}\n\n{runs}")
