"""What is said of an answer: the misconception's words, what really happened, what to try. Markdown.

Called by the judge, which has run and compared by then.
"""

from collections.abc import Iterable

from checks.catalogue import later, tr
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
from checks.judge.compare import Difference, counted, differences, ends, ought, tidy, wrong_calls
from checks.judge.diagnosis import Diagnosis
from checks.judge.trials import Trial
from checks.markdown import code
from checks.runner import Error, Outcome, State
from checks.runner.values import Value, show


def wrong(
    says: str, *, happened: str = "", advice: str, misconception: str | None = None, cases: str = ""
) -> Verdict:
    """A verdict in three short parts: what is wrong, what happened, what to try; perhaps a table of cases."""
    parts = [
        says,
        happened and tr("**What happened:** {happened}", happened=happened),
        tr("**Try:** {advice}", advice=advice),
        cases,
    ]
    return Verdict("wrong", "\n\n".join(filter(None, parts)), misconception)


def free(problem: str) -> str:
    """Why an answer cannot be judged, and that it cost nothing."""
    return f"{problem} {tr('It cost you no attempt.')}"


def explain(exercise: Runnable, found: Diagnosis | None, tried: Trial) -> Verdict:
    """The verdict on a wrong answer: by the misconception that it holds, else by what is known of it."""
    assert tried.shown is not None
    shown = found.shown if found else tried.shown
    happened = _happened(exercise, shown)
    table = cases(tried) if isinstance(exercise, Step) else ""
    if found:
        held = found.misconception
        also = tr("There is another mistake beside it; it shows once this one is fixed.")
        return wrong(
            held.says,
            happened=happened,
            advice=f"{held.advice}\n\n{also}" if found.another else held.advice,
            misconception=f"{exercise.id}/{held.id}",
            cases=table,
        )
    ended = shown.came.ended
    return wrong(
        tr(_SAYS[ended]) if ended in _SAYS else says(tried),
        happened=happened,
        advice=tr(_ADVICE[ended])
        if ended in _ADVICE
        else tr(
            'Compare what came with what should have come, or ask for a hint: `hint("{id}")`.', id=exercise.id
        ),
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
            came = tr(
                "Refused, nothing runs: {field} is {value}. {mend}",
                field=code(error.field),
                value=code(repr(error.value)),
                mend=error.mend,
            )
        if not own:
            others.append(f"- {run.caption}: {came}")
            continue
        if run.shows_yaml:
            parts.append(f"```yaml\n{run.yaml}```")
        parts.append(f"{run.caption}:\n\n{came}")
    if others:
        parts += [tr("**The other options:**"), "\n".join(others)]
    return "\n\n".join(parts)


#: Stands in the feedback of every answer that ran out of time; grading tries such a one again.
STILL_RUNNING = "code was still running after"

_SAYS = {
    "raised": later("Your code stopped with an error."),
    "timed_out": later("Your code does not come to an end."),
    "out_of_memory": later("Your code asks for more memory than there is."),
    "too_much_output": later("Your code prints far too much."),
    "exited": later("Your code ends its own process, so nothing of it can be looked at."),
}
_ADVICE = {
    "raised": later("Read the message from its end: it names what Python stumbled over."),
    "timed_out": later("Look for a loop whose condition never changes."),
    "out_of_memory": later("Keep to the values that the step gives you; none of them is large."),
    "too_much_output": later("Look for a `print` inside a loop that runs too often."),
    "exited": later("Leave out `exit()`, `sys.exit()` and `os._exit()`."),
}


def _happened(exercise: Runnable, difference: Difference) -> str:
    came, expected = difference.came, difference.expected
    if came.raised and came.raised.type in _UNREADABLE:
        where, raised = _line(exercise, came), code(_words(came.raised))
        return tr("Python cannot read the code{where}: {raised}.", where=where, raised=raised)
    given = difference.situation.given
    told = _ended(exercise, difference) or _contrast(exercise, difference, expected)
    return tr("With {given}, {told}", given=given, told=told) if given else told[0].upper() + told[1:]


_UNREADABLE = ("SyntaxError", "IndentationError", "TabError")


def _ended(exercise: Runnable, difference: Difference) -> str:
    """How the answer ended, where it should have ended in another way."""
    came, expected = difference.came, difference.expected
    match came.ended:
        case "timed_out":
            return tr(
                "your code was still running after {seconds:g} seconds and was stopped.",
                seconds=exercise.seconds,
            )
        case "out_of_memory":
            return tr("your code asked for more than 2 GB of memory and was stopped.")
        case "too_much_output":
            return tr("your code printed more than 1 MB and was stopped.")
        case "exited":
            return tr("your code left Python before its end.")
    if came.raised:
        raised = code(_words(came.raised))
        wanted = _exception(exercise, expected)
        where = _line(exercise, came)
        if wanted:
            return tr(
                "{wanted} should have been raised; this was{where}: {raised}.",
                wanted=code(wanted),
                where=where,
                raised=raised,
            )
        return tr("this was raised{where}: {raised}.", where=where, raised=raised)
    if expected.raised:
        return tr("{wanted} should have been raised, and nothing was.", wanted=code(expected.raised.type))
    return ""


def _line(exercise: Runnable, outcome: Outcome) -> str:
    """Where an exception was raised: in a line of the answer, or in what that called of ours."""
    raised = outcome.raised
    if raised is None or not raised.line or not isinstance(exercise, Step):
        return ""
    if raised.within:
        return tr(" in {name}, which line {line} called", name=code(raised.within), line=raised.line)
    return tr(" in line {line}", line=raised.line)


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
        wanted = code(tidy(expected.printed))
        if not came.printed.strip():
            return tr("your code should print {wanted}; it printed nothing.", wanted=wanted)
        printed = code(tidy(came.printed))
        return tr("your code should print {wanted}; it printed {printed}.", wanted=wanted, printed=printed)
    if isinstance(compared, RegistryState):
        found = [each.says for each in differences(compared, came.registry, expected.registry)]
        if len(found) == 1:
            return tr("the registry is not as it should be afterwards: {one}.", one=found[0])
        return tr(
            "the registry is not as it should be afterwards: {one}, and {other}.",
            one=found[0],
            other=found[1],
        )
    assert isinstance(compared, Variable)
    if compared.raises:
        return _raising(exercise, compared, came, expected)
    if compared.calls and (told := _call(compared, difference)):
        return told
    if compared.shown:
        gave = code(_shown(came, compared))
        should = code(_shown(expected, compared))
        return tr("{what} should be {should}; it is {gave}.", what=compared.shown, should=should, gave=gave)
    name, should = code(compared.name), code(_shown(expected, compared))
    if compared.name not in came.values:
        return tr("{name} should be {should}; your code never set {name}.", name=name, should=should)
    gave = code(_shown(came, compared))
    return tr("{name} should be {should}; your code made it {gave}.", name=name, should=should, gave=gave)


def _raising(exercise: Runnable, compared: Variable, came: Outcome, expected: Outcome) -> str:
    if expected.values.get(compared.name) != ("bool", "True"):
        return tr("no {error} should have been raised, and one was.", error=code(compared.raises))
    others = (each for each in exercise.compares if isinstance(each, Variable) and not each.raises)
    gave = next((each for each in others if each.name in came.values and each.shown), None)
    wanted = code(compared.raises)
    if gave is None:
        return tr("{wanted} should have been raised, and nothing was.", wanted=wanted)
    value = code(_shown(came, gave))
    return tr(
        "{wanted} should have been raised; {what} is {gave}.", wanted=wanted, what=gave.shown, gave=value
    )


def _call(compared: Variable, difference: Difference) -> str:
    """The first of several calls that ended otherwise than it should."""
    calls = difference.situation.after.get(compared.calls)
    wrong_ones = wrong_calls(compared, difference.came, difference.expected)
    if not isinstance(calls, list) or not wrong_ones:
        return ""
    place, one, other = wrong_ones[0]
    made = code(f"{compared.shown}({', '.join(map(repr, calls[place]))})")
    should, ended = ought(other), ends(one) + _raised_in(one)
    if len(calls) == 1:
        return tr("{call} should {should}; it {ended}.", call=made, should=should, ended=ended)
    return tr(
        "{call} (call {number} of {count}) should {should}; it {ended}.",
        call=made,
        number=place + 1,
        count=len(calls),
        should=should,
        ended=ended,
    )


def _raised_in(ending: Value) -> str:
    """The line and the message of an exception, as far as there are any; "" for another ending."""
    match ending:
        case ("tuple", (("str", "raises"), _, tuple(line), tuple(message))):
            is_line = line[0] == "int" and len(str(line[1])) < 7
            where = tr(" in line {line}", line=line[1]) if is_line else ""
            return where + (f": {code(str(message[1]))}" if len(message) > 1 and message[1] else "")
    return ""


def _shown(outcome: Outcome, compared: Variable) -> str:
    if compared.name not in outcome.values:
        return tr("undefined")
    return show(outcome.values[compared.name], compared.attribute)


def _registry(compared: RegistryState, registry: State | None) -> str:
    """What the registry holds, of what is compared."""
    state = registry or State({})
    held = [
        tr("version {number} in {stage}", number=number, stage=code(stage))
        if compared.stages
        else tr("version {number}", number=number)
        for number, stage in state.stages.items()
    ]
    if compared.aliases:
        held += [
            tr("the alias {alias} on version {number}", alias=code(alias), number=number)
            for alias, number in state.aliases.items()
        ]
    held += [
        tr("the tag {key} of version {number}, {value}", key=code(key), number=number, value=code(value))
        for number, tags in state.tags.items()
        for key, value in counted(compared.tags, tags)
    ]
    return ", ".join(held) or tr("no version")


def right(exercise: Runnable, tried: Trial) -> str:
    """Why it is right, and what came of it in the first situation."""
    shown, came, compared = tried.situations[0], tried.outcomes[0], exercise.compares[0]
    if isinstance(compared, RegistryState):
        result = tr("the registry now holds {content}", content=_registry(compared, came.registry))
    elif isinstance(compared, Variable):
        result = tr("{name} is {value}", name=code(compared.name), value=code(_shown(came, compared)))
    else:
        result = tr("this is printed: {printed}", printed=code(tidy(came.printed)))
    happened = tr("**What happened:** With {given}, {result}.", given=shown.given, result=result)
    return f"{exercise.right}\n\n{happened}"
