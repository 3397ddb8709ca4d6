"""judge(exercise, answer) -> Verdict: run the answer and the reference, compare, explain the difference.

Called by the notebook's words and by grading. Nothing of an answer runs in this process.
"""

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import cast

from checks.exercise import (
    ANY,
    Answer,
    Choice,
    Compared,
    Exercise,
    FillIn,
    Misconception,
    Printed,
    Raised,
    RegistryState,
    Rich,
    Run,
    Scenario,
    Seen,
    Step,
    Variable,
    Verdict,
)
from checks.markdown import code
from checks.runner import Error, Job, Observe, Outcome, Runner, RunnerError
from checks.runner.values import Value, same, show

#: A cell longer than this is no answer to any of our exercises; parsing it would only cost time.
LONGEST_SOURCE = 100_000

_MAGIC = re.compile(r"^\s*(?:[%!]|\w+\s*=\s*[%!]|[\w.]+\?{1,2}\s*$|\?)")

Runnable = Step | FillIn


class Runners:
    """The runners of one judge: answers and references never share a process.

    Each is started when first needed, or by `warm`; the ones with MLflow only for lessons that use it.
    """

    def __init__(self) -> None:
        self._runners: dict[tuple[str, bool], Runner] = {}
        self._references: dict[str, Outcome] = {}

    def _runner(self, whose: str, mlflow: bool) -> Runner:
        return self._runners.setdefault((whose, mlflow), Runner(mlflow=mlflow))

    def warm(self, mlflow: bool) -> None:
        """Start both runners in the background."""
        for whose in ("answers", "references"):
            self._runner(whose, mlflow).start()

    def answers(self, jobs: list[Job]) -> list[Outcome]:
        """Run the jobs at the same time."""
        return _all(self._runner("answers", jobs[0].registry is not None).run, jobs)

    def references(self, jobs: list[Job]) -> list[Outcome]:
        """The same for references and sample answers, whose outcomes are remembered.

        A job says everything that its outcome depends on but MLflow's version, which is one per process.
        """
        missing = [job for job in jobs if repr(job) not in self._references]
        if missing:
            run = self._runner("references", jobs[0].registry is not None).run
            for job, outcome in zip(missing, _all(run, missing), strict=True):
                self._references[repr(job)] = outcome
        return [self._references[repr(job)] for job in jobs]

    def close(self) -> None:
        for runner in self._runners.values():
            runner.close()
        self._runners.clear()


@cache
def default_runners() -> Runners:
    """The runners of this process, made when first asked for."""
    return Runners()


def judge(exercise: Exercise, answer: Answer, runners: Runners | None = None) -> Verdict:
    """Say whether `answer` is right, by what it does.

    `answer` is the cell's source (`str`) for a Step, the options blank by blank for a FillIn and one
    letter for a Choice (`tuple[str, ...]`). A failure of our own is a Verdict of status `error`.
    Raises TypeError where the answer is not of the exercise's kind.
    """
    wanted = str if isinstance(exercise, Step) else tuple
    if not isinstance(answer, wanted):
        raise TypeError(
            f"the answer to {exercise.id} is a {wanted.__name__}, not {type(answer).__name__}: {answer!r}"
        )
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
        return _wrong(
            f"This cell has {len(source):,} characters; an answer may have {LONGEST_SOURCE:,}.",
            advice="Keep only the lines that answer the step.",
        )
    tree, unparsed = _parse(source)
    if tree is not None and not _attempted(step, source, tree):
        return Verdict("not_attempted", "There is no answer here yet. Write it in the cell above and run it.")
    if tree is None and (line := is_magic(source)):
        return _wrong(
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
    difference = _first_difference(step, outcomes, wanted)
    if difference is None:
        assert tree is not None
        for form in step.asks_for:
            if not form.found(tree):
                return _wrong(form.says, advice=form.advice, misconception=f"{step.id}/{form.id}")
        return Verdict("correct", _right(step, outcomes, None))
    seen = Seen(source, tree, tuple(map(_run, step.scenarios, outcomes)))
    held = next((m for m in step.misconceptions if _holds(step, m, seen, outcomes, runners)), None)
    return _explain(step, held, difference)


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
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in tree.body
    )


def _holds(
    step: Step, misconception: Misconception, seen: Seen, outcomes: list[Outcome], runners: Runners
) -> bool:
    if misconception.when is not None:
        return misconception.when(seen)
    return any(
        _end_alike(step, outcomes, runners.references(_jobs(step, str(sample))))
        for sample in misconception.samples
    )


def _end_alike(step: Step, outcomes: list[Outcome], others: list[Outcome]) -> bool:
    """Whether two answers came out the same way in every scenario, errors included."""
    return all(
        one.ended == other.ended
        and (one.raised and one.raised.type) == (other.raised and other.raised.type)
        and all(_agree(compared, one, other) for compared in step.compares)
        for one, other in zip(outcomes, others, strict=True)
    )


# ── a FillIn and a Choice ─────────────────────────────────────────────────────────────────────────────


def _judge_fill_in(task: FillIn, answer: tuple[str, ...], runners: Runners) -> Verdict:
    if not any(answer):
        return Verdict("not_attempted", "No blank is filled yet.")
    if problem := unfit(task, answer):
        return Verdict("not_attempted", problem)
    outcomes = runners.answers(_jobs(task, task.fill(answer)))
    wanted = runners.references(_jobs(task, task.fill(task.answer)))
    _demand_a_reference(task, wanted)
    difference = _first_difference(task, outcomes, wanted)
    if difference is None:
        return Verdict("correct", _right(task, outcomes, task.scenarios[0]))
    held = next((m for m in task.misconceptions if any(fits(answer, sample) for sample in m.samples)), None)
    return _explain(task, held, difference)


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
    if not any(answer):
        return Verdict("not_attempted", "No option is chosen yet.")
    if problem := unfit(question, answer):
        return Verdict("not_attempted", problem)
    if answer == (question.answer,):
        return Verdict("correct", question.right)
    held = next(m for m in question.misconceptions if answer in m.samples)
    return _wrong(held.says, advice=held.advice, misconception=f"{question.id}/{held.id}")


# ── running and comparing ─────────────────────────────────────────────────────────────────────────────


def _jobs(exercise: Runnable, source: str) -> list[Job]:
    observe = tuple(
        Observe(compared.name, compared.attribute)
        for compared in exercise.compares
        if isinstance(compared, Variable)
    )
    return [
        Job(source, scenario.setup, scenario.registry, observe, exercise.seconds)
        for scenario in exercise.scenarios
    ]


def _all(run: Callable[[Job], Outcome], jobs: list[Job]) -> list[Outcome]:
    if len(jobs) == 1:
        return [run(jobs[0])]
    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def _demand_a_reference(exercise: Runnable, wanted: list[Outcome]) -> None:
    """A reference that crashes our runner would make every answer look wrong: say that it is our failure."""
    for scenario, outcome in zip(exercise.scenarios, wanted, strict=True):
        if outcome.ended not in ("finished", "raised"):
            raise RunnerError(
                f"the reference of {exercise.id} {outcome.ended.replace('_', ' ')} with {scenario.given}."
            )


@dataclass(frozen=True)
class _Difference:
    """The first scenario on which an answer and the reference differ, and in what."""

    scenario: Scenario
    came: Outcome
    expected: Outcome
    compared: Compared | None  # None: they ended differently


def _first_difference(
    exercise: Runnable, outcomes: list[Outcome], wanted: list[Outcome]
) -> _Difference | None:
    """Scenarios are listed from the smallest, so the first difference is the smallest counterexample."""
    for scenario, came, expected in zip(exercise.scenarios, outcomes, wanted, strict=True):
        ended = (came.ended, came.raised and came.raised.type)
        if ended != (expected.ended, expected.raised and expected.raised.type):
            return _Difference(scenario, came, expected, None)
        for compared in exercise.compares:
            if not _agree(compared, came, expected):
                return _Difference(scenario, came, expected, compared)
    return None


def _agree(compared: Compared, one: Outcome, other: Outcome) -> bool:
    if isinstance(compared, Printed):
        return _tidy(one.printed) == _tidy(other.printed)
    if isinstance(compared, RegistryState):
        return one.registry == other.registry
    a, b = one.values.get(compared.name), other.values.get(compared.name)
    if a is None or b is None:
        return a is b
    return same(a, b, ordered=compared.ordered)


def _tidy(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


# ── explaining ────────────────────────────────────────────────────────────────────────────────────────


def _wrong(says: str, *, happened: str = "", advice: str, misconception: str | None = None) -> Verdict:
    parts = [says, happened and f"**What happened:** {happened}", f"**Try:** {advice}"]
    return Verdict("wrong", "\n\n".join(filter(None, parts)), misconception)


def _explain(exercise: Runnable, held: Misconception | None, difference: _Difference) -> Verdict:
    happened = _happened(exercise, difference)
    if held:
        return _wrong(
            held.says, happened=happened, advice=held.advice, misconception=f"{exercise.id}/{held.id}"
        )
    return _wrong(
        _SAYS[difference.came.ended],
        happened=happened,
        advice=_ADVICE.get(
            difference.came.ended, f'compare the two values, or ask for a nudge: `hint("{exercise.id}")`.'
        ),
    )


_SAYS = {
    "finished": "Your code runs, but it does not do what is asked yet.",
    "raised": "Your code stopped with an error.",
    "timed_out": "Your code does not come to an end.",
    "out_of_memory": "Your code asks for more memory than there is.",
    "too_much_output": "Your code prints far too much.",
    "exited": "Your code ends its own process, so nothing of it can be looked at.",
}
_ADVICE = {
    "raised": "read the message from its end: it names what Python stumbled over.",
    "timed_out": "look for a loop whose condition never changes.",
    "out_of_memory": "keep to the values that the step gives you; none of them is large.",
    "too_much_output": "look for a `print` inside a loop that runs too often.",
    "exited": "leave out `exit()`, `sys.exit()` and `os._exit()`.",
}


def _happened(exercise: Runnable, difference: _Difference) -> str:
    came, expected = difference.came, difference.expected
    given = f"With {difference.scenario.given}, "
    if came.ended == "timed_out":
        return f"{given}your code was still running after {exercise.seconds:g} seconds and was stopped."
    if came.ended == "out_of_memory":
        return f"{given}your code asked for more than 2 GB of memory and was stopped."
    if came.ended == "too_much_output":
        return f"{given}your code printed more than 1 MB and was stopped."
    if came.ended == "exited":
        return f"{given}your code left Python before its end."
    if came.raised:
        line = f" in line {came.raised.line}" if came.raised.line and isinstance(exercise, Step) else ""
        raised = f"{came.raised.type}: {came.raised.message}".removesuffix(": ")
        if came.raised.type in ("SyntaxError", "IndentationError", "TabError"):
            return f"Python cannot read the code{line}: {code(raised)}."
        return f"{given}this was raised{line}: {code(raised)}."
    if expected.raised:
        return f"{given}{code(expected.raised.type)} should have been raised, and nothing was."
    return given + _contrast(difference.compared, came, expected)


def _contrast(compared: Compared | None, came: Outcome, expected: Outcome) -> str:
    if isinstance(compared, Printed):
        printed = code(_tidy(came.printed)) if came.printed.strip() else "nothing"
        return f"your code should print {code(_tidy(expected.printed))}; it printed {printed}."
    if isinstance(compared, RegistryState):
        return (
            f"the registry should hold {_registry(expected.registry)} afterwards; "
            f"it holds {_registry(came.registry)}."
        )
    assert isinstance(compared, Variable)
    wanted = f"{code(compared.name)} should be {code(_shown(expected, compared))}"
    if compared.name not in came.values:
        return f"{wanted}; your code never set {code(compared.name)}."
    return f"{wanted}; your code made it {code(_shown(came, compared))}."


def _shown(outcome: Outcome, compared: Variable) -> str:
    return show(outcome.values[compared.name]) if compared.name in outcome.values else "undefined"


def _registry(registry: Mapping[int, str] | None) -> str:
    if not registry:
        return "no version"
    return ", ".join(f"version {version} in {code(stage)}" for version, stage in registry.items())


def _right(exercise: Runnable, outcomes: list[Outcome], shown: Scenario | None) -> str:
    """Why it is right; for a FillIn also what came of it in the first scenario."""
    if shown is None:
        return exercise.right
    came, compared = outcomes[0], exercise.compares[0]
    if isinstance(compared, RegistryState):
        result = f"the registry now holds {_registry(came.registry)}"
    elif isinstance(compared, Variable):
        result = f"{code(compared.name)} is {code(_shown(came, compared))}"
    else:
        result = f"this is printed: {code(_tidy(came.printed))}"
    return f"{exercise.right}\n\n**What happened:** With {shown.given}, {result}."


def _run(scenario: Scenario, outcome: Outcome) -> Run:
    return Run(
        scenario,
        {name: plain(value) for name, value in outcome.values.items()},
        outcome.printed,
        outcome.raised and Raised(outcome.raised.type, outcome.raised.message, outcome.raised.line),
        outcome.registry,
    )


def plain(value: Value) -> object:
    """An encoded value as a Python object; what is not plain data becomes a `Rich`."""
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
