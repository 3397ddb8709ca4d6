"""What is said of an answer: the misconception's words, what really happened, what to try. Markdown.

Called by the judge, which has run and compared by then.
"""

from collections.abc import Iterable, Sequence

from checks.exercise import (
    PipelineRun,
    Printed,
    RegistryState,
    Runnable,
    Step,
    Variable,
    Verdict,
)
from checks.judge.account import cases, says
from checks.judge.compare import Difference, alike, counted, differences, tidy
from checks.judge.diagnosis import Diagnosis
from checks.judge.trials import Trial
from checks.markdown import code
from checks.runner import Error, Outcome, State
from checks.runner.values import Value, show


def wrong(
    says: str, *, happened: str = "", advice: str, misconception: str | None = None, cases: str = ""
) -> Verdict:
    """A verdict in three short parts: what is wrong, what happened, what to try; perhaps a table of cases."""
    parts = [says, happened and f"**What happened:** {happened}", f"**Try:** {advice}", cases]
    return Verdict("wrong", "\n\n".join(filter(None, parts)), misconception)


def explain(exercise: Runnable, found: Diagnosis | None, tried: Trial) -> Verdict:
    """The verdict on a wrong answer: by the misconception that it holds, else by what is known of it."""
    assert tried.shown is not None
    shown = found.shown if found else tried.shown
    happened = _happened(exercise, shown)
    table = cases(tried) if isinstance(exercise, Step) else ""
    if found:
        held = found.misconception
        also = "\n\nThere is another mistake beside it; it shows once this one is fixed."
        return wrong(
            held.says,
            happened=happened,
            advice=held.advice + also * found.another,
            misconception=f"{exercise.id}/{held.id}",
            cases=table,
        )
    ended = shown.came.ended
    return wrong(
        _SAYS.get(ended) or says(tried),
        happened=happened,
        advice=_ADVICE.get(ended, f'Compare the two, or ask for a nudge: `hint("{exercise.id}")`.'),
        cases=table,
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


#: Stands in the feedback of every answer that ran out of time; grading tries such a one again.
STILL_RUNNING = "code was still running after"

_SAYS = {
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
    if came.raised and came.raised.type in _UNREADABLE:
        return f"Python cannot read the code{_line(exercise, came)}: {code(_words(came.raised))}."
    given = difference.situation.given
    told = _ended(exercise, difference) or _contrast(exercise, difference, expected)
    return f"With {given}, {told}" if given else told[0].upper() + told[1:]


_UNREADABLE = ("SyntaxError", "IndentationError", "TabError")


def _ended(exercise: Runnable, difference: Difference) -> str:
    """How the answer ended, where it should have ended in another way."""
    came, expected = difference.came, difference.expected
    match came.ended:
        case "timed_out":
            return f"your {STILL_RUNNING} {exercise.seconds:g} seconds and was stopped."
        case "out_of_memory":
            return "your code asked for more than 2 GB of memory and was stopped."
        case "too_much_output":
            return "your code printed more than 1 MB and was stopped."
        case "exited":
            return "your code left Python before its end."
    if came.raised:
        raised = code(_words(came.raised))
        wanted = _exception(exercise, expected)
        if wanted:
            return f"{code(wanted)} should have been raised; this was{_line(exercise, came)}: {raised}."
        return f"this was raised{_line(exercise, came)}: {raised}."
    if expected.raised:
        return f"{code(expected.raised.type)} should have been raised, and nothing was."
    return ""


def _line(exercise: Runnable, outcome: Outcome) -> str:
    """Where an exception was raised: in a line of the answer, or in what that called of ours."""
    raised = outcome.raised
    if raised is None or not raised.line or not isinstance(exercise, Step):
        return ""
    if raised.within:
        return f" in {code(raised.within)}, which line {raised.line} called"
    return f" in line {raised.line}"


def _words(raised: Error) -> str:
    return f"{raised.type}: {raised.message}".removesuffix(": ").removesuffix(".")


def _exception(exercise: Runnable, expected: Outcome) -> str:
    """The exception that should have been raised; "" where none should."""
    for compared in exercise.compares:
        raises = compared.raises if isinstance(compared, Variable) else ""
        if raises and expected.values.get(compared.name) == ("bool", "True"):  # type: ignore[union-attr]
            return raises
    return ""


def _contrast(exercise: Runnable, difference: Difference, expected: Outcome) -> str:
    compared, came = difference.compared, difference.came
    if isinstance(compared, Printed):
        printed = code(tidy(came.printed)) if came.printed.strip() else "nothing"
        return f"your code should print {code(tidy(expected.printed))}; it printed {printed}."
    if isinstance(compared, RegistryState):
        found = [each.says for each in differences(compared, came.registry, expected.registry)]
        return f"the registry is not as it should be afterwards: {', and '.join(found[:2])}."
    assert isinstance(compared, Variable)
    if compared.raises:
        return _raising(exercise, compared, came, expected)
    if compared.calls and (told := _call(compared, difference)):
        return told
    if compared.shown:
        gave = code(_shown(came, compared))
        return f"{compared.shown} should be {code(_shown(expected, compared))}; it is {gave}."
    wanted = f"{code(compared.name)} should be {code(_shown(expected, compared))}"
    if compared.name not in came.values:
        return f"{wanted}; your code never set {code(compared.name)}."
    return f"{wanted}; your code made it {code(_shown(came, compared))}."


def _raising(exercise: Runnable, compared: Variable, came: Outcome, expected: Outcome) -> str:
    if expected.values.get(compared.name) != ("bool", "True"):
        return f"no {code(compared.raises)} should have been raised, and one was."
    others = (each for each in exercise.compares if isinstance(each, Variable) and not each.raises)
    gave = next((each for each in others if each.name in came.values and each.shown), None)
    instead = f"; {gave.shown} is {code(_shown(came, gave))}" if gave else ", and nothing was"
    return f"{code(compared.raises)} should have been raised{instead}."


def _call(compared: Variable, difference: Difference) -> str:
    """The first of several calls that ended otherwise than it should."""
    came, expected = (_endings(each.values.get(compared.name)) for each in _both(difference))
    calls = difference.situation.after.get(compared.calls)
    if not isinstance(calls, list):
        return ""
    for number, (call, one, other) in enumerate(zip(calls, came, expected, strict=False), 1):
        if not alike(one, other):
            which = f" (call {number} of {len(calls)})" if len(calls) > 1 else ""
            made = f"{compared.shown}({', '.join(map(repr, call))})"
            return f"{code(made)}{which} should {_ends(other, '')}; it {_ends(one, 's')}."
    return ""


def _endings(calls: Value | None) -> Sequence[Value]:
    match calls:
        case ("list", tuple(items)):
            return items
    return ()


def _ends(ending: Value, s: str) -> str:
    """How a call ended, such as "returns `1`" or "raises `ValueError` in line 2: `too large`"."""
    match ending:
        case ("tuple", (("str", "returns"), tuple(value))):
            return f"return{s} {code(show(value))}"
        case ("tuple", (("str", "raises"), ("str", str(kind)), tuple(line), tuple(message))):
            return f"raise{s} {code(kind)}" + (_told(line, message) if s else "")
    return f"go{'es' if s else ''} through"


def _told(line: Value, message: Value) -> str:
    """The line and the message of an exception, as far as there are any."""
    where = f" in line {line[1]}" if line[0] == "int" and len(str(line[1])) < 7 else ""
    return where + (f": {code(str(message[1]))}" if len(message) > 1 and message[1] else "")


def _both(difference: Difference) -> tuple[Outcome, Outcome]:
    return difference.came, difference.expected


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
        f"the tag {code(key)} of version {number}, {code(value)}"
        for number, tags in state.tags.items()
        for key, value in counted(compared.tags, tags)
    ]
    return ", ".join(held) or "no version"


def right(exercise: Runnable, tried: Trial) -> str:
    """Why it is right, and what came of it in the first situation."""
    shown, came, compared = tried.situations[0], tried.outcomes[0], exercise.compares[0]
    if isinstance(compared, RegistryState):
        result = f"the registry now holds {_registry(compared, came.registry)}"
    elif isinstance(compared, Variable):
        result = f"{code(compared.name)} is {code(_shown(came, compared))}"
    else:
        result = f"this is printed: {code(tidy(came.printed))}"
    return f"{exercise.right}\n\n**What happened:** With {shown.given}, {result}."
