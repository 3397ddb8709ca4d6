"""What is said of an answer: the misconception's words, what really happened, what to try. Markdown.

Called by the judge, which has run and compared by then.
"""

from collections.abc import Iterable

from checks.exercise import (
    Compared,
    Misconception,
    PipelineRun,
    Printed,
    RegistryState,
    Runnable,
    Situation,
    Step,
    Variable,
    Verdict,
)
from checks.judge.compare import Difference, differences, tidy
from checks.markdown import code
from checks.runner import Outcome, State
from checks.runner.values import show


def wrong(says: str, *, happened: str = "", advice: str, misconception: str | None = None) -> Verdict:
    """A verdict in three short parts: what is wrong, what happened, what to try."""
    parts = [says, happened and f"**What happened:** {happened}", f"**Try:** {advice}"]
    return Verdict("wrong", "\n\n".join(filter(None, parts)), misconception)


def explain(exercise: Runnable, held: Misconception | None, difference: Difference) -> Verdict:
    """The verdict on a wrong answer, by the misconception that it holds, if it holds one."""
    happened = _happened(exercise, difference)
    if held:
        return wrong(
            held.says, happened=happened, advice=held.advice, misconception=f"{exercise.id}/{held.id}"
        )
    return wrong(
        _SAYS[difference.came.ended],
        happened=happened,
        advice=_ADVICE.get(
            difference.came.ended, f'Compare the two values, or ask for a nudge: `hint("{exercise.id}")`.'
        ),
    )


def timelines(runs: Iterable[PipelineRun], letter: str) -> str:
    """What becomes of each pipeline, run here and now: its timeline, or why it is refused.

    Those of the option `letter`, which was answered, are shown step by step, the others in a line each.
    """
    from checks.world import pipeline  # pydantic and YAML: only for the questions that show one

    parts, others = [], []
    for run in runs:
        own = run.shown_for in ("", letter)
        try:
            timeline = pipeline.run(pipeline.read(run.yaml), run.decisions, run.metrics)
            came = timeline.markdown() if own else timeline.line()
        except pipeline.PipelineError as error:
            came = f"Refused, nothing runs: {code(error.field)} is {code(repr(error.value))}. {error.mend}"
        if not own:
            others.append(f"- {run.caption}: {came}")
            continue
        if run.shows_yaml:
            parts.append(f"```yaml\n{run.yaml}```")
        parts.append(f"{run.caption}:\n\n{came}")
    if others:
        parts += ["**The other options:**", "\n".join(others)]
    return "\n\n".join(parts)


_SAYS = {
    "finished": "Your code runs, but it does not do what is asked yet.",
    "raised": "Your code stopped with an error.",
    "timed_out": "Your code does not come to an end.",
    "out_of_memory": "Your code asks for more memory than there is.",
    "too_much_output": "Your code prints far too much.",
    "exited": "Your code ends its own process, so nothing of it can be looked at.",
}
_ADVICE = {
    "raised": "Read the message from its end: it names what Python stumbled over.",
    "timed_out": "Look for a loop whose condition never changes.",
    "out_of_memory": "Keep to the values that the step gives you; none of them is large.",
    "too_much_output": "Look for a `print` inside a loop that runs too often.",
    "exited": "Leave out `exit()`, `sys.exit()` and `os._exit()`.",
}


def _happened(exercise: Runnable, difference: Difference) -> str:
    came, expected = difference.came, difference.expected
    given = f"With {difference.situation.given}, "
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
        raised = f"{came.raised.type}: {came.raised.message}".removesuffix(": ").removesuffix(".")
        if came.raised.type in ("SyntaxError", "IndentationError", "TabError"):
            return f"Python cannot read the code{line}: {code(raised)}."
        return f"{given}this was raised{line}: {code(raised)}."
    if expected.raised:
        return f"{given}{code(expected.raised.type)} should have been raised, and nothing was."
    return given + _contrast(difference.compared, came, expected)


def _contrast(compared: Compared | None, came: Outcome, expected: Outcome) -> str:
    if isinstance(compared, Printed):
        printed = code(tidy(came.printed)) if came.printed.strip() else "nothing"
        return f"your code should print {code(tidy(expected.printed))}; it printed {printed}."
    if isinstance(compared, RegistryState):
        found = differences(compared, came.registry, expected.registry)
        return f"the registry is not as it should be afterwards: {', and '.join(found[:2])}."
    assert isinstance(compared, Variable)
    if compared.shown:
        gave = code(_shown(came, compared))
        return f"{compared.shown} should be {code(_shown(expected, compared))}; it is {gave}."
    wanted = f"{code(compared.name)} should be {code(_shown(expected, compared))}"
    if compared.name not in came.values:
        return f"{wanted}; your code never set {code(compared.name)}."
    return f"{wanted}; your code made it {code(_shown(came, compared))}."


def _shown(outcome: Outcome, compared: Variable) -> str:
    if compared.name not in outcome.values:
        return "undefined"
    return show(outcome.values[compared.name], compared.attribute)


def _registry(compared: RegistryState, registry: State | None) -> str:
    """What the registry holds, of what is compared."""
    state = registry or State({})
    held = [
        f"version {number}" + (f" in {code(stage)}" if compared.stages else "")
        for number, stage in state.stages.items()
    ]
    if compared.aliases:
        held += [f"the alias {code(alias)} on version {number}" for alias, number in state.aliases.items()]
    held += [
        f"the tag {code(key)} of version {number}, {code(tags[key])}"
        for number, tags in state.tags.items()
        for key in compared.tags
        if key in tags
    ]
    return ", ".join(held) or "no version"


def right(exercise: Runnable, outcomes: list[Outcome], shown: Situation | None) -> str:
    """Why it is right; for a FillIn also what came of it in the first situation."""
    if shown is None:
        return exercise.right
    came, compared = outcomes[0], exercise.compares[0]
    if isinstance(compared, RegistryState):
        result = f"the registry now holds {_registry(compared, came.registry)}"
    elif isinstance(compared, Variable):
        result = f"{code(compared.name)} is {code(_shown(came, compared))}"
    else:
        result = f"this is printed: {code(tidy(came.printed))}"
    return f"{exercise.right}\n\n**What happened:** With {shown.given}, {result}."
