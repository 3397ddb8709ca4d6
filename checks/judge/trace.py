"""The player's trace: an answer run once more, line by line, in the situation in which it goes wrong.

Called by the learner's side when the player is opened. It decides nothing: the verdict is given by then.
"""

import ast
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from checks.catalogue import later, tr
from checks.exercise import Situation, Step
from checks.judge.judging import LONGEST_SOURCE, parsed, weighed
from checks.judge.runners import Runners, default_runners
from checks.judge.trials import jobs
from checks.markdown import code
from checks.player import Entry, Held, Moment, Player
from checks.runner import Moment as Noted
from checks.runner import Outcome, Trace
from checks.runner.values import Value, show

#: Characters of a value that are shown, and of a call's argument; entries of a history.
_SHOWN, _ARGUMENT, _ENTRIES = 120, 40, 12
#: Lines after which one of two others comes.
_FORKS = (ast.If, ast.While, ast.For)

#: What Python calls the frames of code without a name of its own.
_NAMELESS: Mapping[str, str] = {
    "<listcomp>": later("the list comprehension"),
    "<setcomp>": later("the set comprehension"),
    "<dictcomp>": later("the dict comprehension"),
    "<genexpr>": later("the generator expression"),
    "<lambda>": later("the lambda"),
}
_SCALARS = ("str", "int")


def can_play(step: Step) -> bool:
    """Whether there is something to see: the step asks for a loop or a function."""
    return any(
        isinstance(node, ast.For | ast.While | ast.comprehension | ast.FunctionDef | ast.Lambda)
        for node in ast.walk(ast.parse(step.reference))
    )


def play(
    step: Step, answer: str, given: str = "", case: int | None = None, runners: Runners | None = None
) -> Player | None:
    """The answer's run in the situation that its verdict tells of, named by what is `given`, or in a `case`.

    Cases are the named situations, counted from 0, and after them that of the verdict, where it is none of
    them. None for a cell that is empty or that Python cannot read, and where nothing could be noted. Raises
    RunnerError where the runner fails, IndexError for a case that there is not.
    """
    runners = runners or default_runners()
    source, tree, _ = parsed(answer) if len(answer) <= LONGEST_SOURCE else (answer, None, None)
    if tree is None or not tree.body:
        return None
    source, tried = weighed(step, source, tree, runners)
    cases = list(step.situations)
    shown = [tried.shown.situation] if tried.shown else []
    where_told = (each for each in (*cases, *shown, *tried.situations) if each.given == given)
    told = next(where_told, [*shown, *cases][0])
    if told not in cases:
        cases.append(told)
    case = cases.index(told) if case is None else case
    if not 0 <= case < len(cases):
        raise IndexError(case)
    telling = _Telling(step, source, _run(step, source, cases[case], runners))
    moments = tuple(telling.moments())
    if not moments:
        return None
    lines = [line.rstrip("\n") for line in io.StringIO(source, newline=None)]  # as Python counts them
    return Player(tuple(lines), tuple(each.given for each in cases), case, moments, telling.start)


def _run(step: Step, source: str, situation: Situation, runners: Runners) -> Outcome:
    (job,) = jobs(step, source, [situation])
    (outcome,) = runners.answers([replace(job, traced=True)])
    return outcome


class _Telling:
    """Tells what was noted, one moment after the other."""

    def __init__(self, step: Step, source: str, outcome: Outcome) -> None:
        self._outcome = outcome
        self._trace = outcome.trace or Trace()
        tree = ast.parse(source)
        self._loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)]
        self._at_hand = {name for loop in self._loops for name in _names_in(loop.target)}
        self._gone_through = {name for loop in self._loops for name in _names_in(loop.iter)}
        self._forks = {node.lineno: node for node in ast.walk(tree) if isinstance(node, _FORKS)}
        self._aside = _aside(step.after)
        self._seconds = step.seconds
        self._last: dict[int, Noted] = {}
        self._calls: dict[int, str] = {}
        self._around: dict[str, Value] = {}
        self._outside: Mapping[str, Value] = {}
        self._raised: Noted | None = None
        self.start = 0

    def moments(self) -> Iterator[Moment]:
        noted = self._trace.moments
        for number, each in enumerate(noted):
            if not self.start and each.caller and each.frame not in self._last:
                self.start = 0 if each.caller in self._aside else number
            held = tuple(self._held(each))
            says = self._says(each, held)
            if number == len(noted) - 1:
                says = " ".join(filter(None, (says, self._end(each))))
            of, history = self._history(each)
            yield Moment(each.line, says, self._calls[each.frame], held, of, history, each.printed)
            self._last[each.frame] = each
            self._around.update(each.around if each.function else each.names)
            if each.function not in _NAMELESS:
                self._outside = each.names
            self._raised = each if each.event == "raise" else None

    def _held(self, now: Noted) -> Iterator[Held]:
        before = self._last.get(now.frame)
        for name, value in now.names.items():
            change: Literal["", "new", "changed"] = ""
            if before is not None and before.names.get(name) != value:
                change = "changed" if name in before.names else "new"
            yield Held(name, _text(value), change)
        for name, value in now.around.items():
            if name not in now.names:
                is_same = self._around.get(name, value) == value
                yield Held(name, _text(value), "" if is_same else "changed")

    def _says(self, now: Noted, held: tuple[Held, ...]) -> str:
        before = self._last.get(now.frame)
        if before is None:
            self._calls[now.frame] = _call(now)
        done = self._begins(now) if before is None else _did(before, held) or self._forked(before, now)
        if now.event == "line":
            return f"{done} {tr('Next is line {line}.', line=now.line)}"
        if now.event == "raise":
            return self._raises(now)
        if not now.function:
            return f"{done} {tr('That was the last line.')}"
        if now.function == "<genexpr>" and now.returned == ("none",):
            return tr("The generator expression is over.")
        value = code(_text(now.returned or ("none",)))
        if now.function in _NAMELESS:
            return tr("{who} gives {value}.", who=_who(now.function), value=value)
        return tr("Line {line} gives back {value}.", line=now.line, value=value)

    def _forked(self, before: Noted, now: Noted) -> str:
        """What a line has decided that set nothing: whether a condition holds, whether a loop goes on."""
        fork = self._forks.get(before.line)
        asked = fork.iter if isinstance(fork, ast.For) else fork.test if fork else None
        if fork is None or asked is None or before.line != asked.end_lineno == fork.body[0].lineno - 1:
            return tr("Line {line} has run.", line=before.line)
        inside = now.line == fork.body[0].lineno and now.event == "line"
        if isinstance(fork, ast.For):
            if inside:
                return tr("Line {line} has run.", line=before.line)
            return tr("The loop of line {line} is over.", line=before.line)
        return tr("The condition in line {line} is {truth}.", line=before.line, truth=inside)

    def _begins(self, now: Noted) -> str:
        if not now.function:
            return tr("The code begins.")
        if now.function in _NAMELESS:
            return tr("{who} begins.", who=_who(now.function))
        said = tr("{call} is called.", call=code(self._calls[now.frame]))
        if now.caller in self._aside:
            aside = tr("It is a first call, about something else: nothing of it may be left for the next.")
            return f"{said} {aside}"
        return said

    def _raises(self, now: Noted) -> str:
        assert now.raised is not None
        error = code(f"{now.raised.type}: {now.raised.message}".removesuffix(": "))
        from_within = self._raised and self._raised.frame != now.frame and self._raised.raised
        if from_within and from_within.type == now.raised.type:
            return tr("{error} goes on to line {line}, which had made the call.", error=error, line=now.line)
        return tr("Line {line} raises {error}.", line=now.line, error=error)

    def _end(self, last: Noted) -> str:
        """What ended the trace, where that is not the end of the code."""
        count = len(self._trace.moments)
        if self._trace.stopped == "steps":
            return tr(
                "The player shows the first {count} steps; the code goes on. If it is in a loop, look for "
                "what should end that.",
                count=count,
            )
        if self._trace.stopped == "replaced":
            return tr("The code has called `sys.settrace`, so nothing more could be noted.")
        if self._trace.stopped == "over":
            is_left = self._outcome.raised is not None and last.event == "raise"
            return tr("Nobody handles it: the code ends here.") if is_left else ""
        if self._outcome.ended == "timed_out":
            return tr(
                "Line {line} was still running after {seconds:g} seconds, and was stopped.",
                line=last.line,
                seconds=self._seconds,
            )
        return tr("In line {line} the code leaves Python: nothing more could be noted.", line=last.line)

    def _history(self, now: Noted) -> tuple[str, tuple[Entry, ...]]:
        """What the code goes through, with the variables that hold one of its keys."""
        outside = self._outside if now.function in _NAMELESS else {}
        values = {**now.around, **outside, **now.names}
        for name, value in values.items():
            if name in self._gone_through and (pairs := _pairs(value)):
                return name, tuple(self._entry(key, held, values) for key, held in pairs)
        return "", ()

    def _entry(self, key: Value, held: Value | None, values: Mapping[str, Value]) -> Entry:
        names = tuple(name for name, value in values.items() if value == key)
        shown = "" if held is None else _text(held)
        return Entry(_text(key), shown, names, not self._at_hand.isdisjoint(names))


def _did(before: Noted, held: tuple[Held, ...]) -> str:
    """What the line before did to the variables."""
    changes = [
        tr("{name} to {value}", name=code(each.name), value=code(each.value)) for each in held if each.change
    ]
    if not changes:
        return ""
    *others, last = changes
    told = tr("{several} and {last}", several=", ".join(others), last=last) if others else last
    return tr("Line {line} has set {changes}.", line=before.line, changes=told)


def _who(function: str) -> str:
    """Code without a name of its own, at the beginning of a sentence."""
    who = tr(_NAMELESS[function])
    return who[0].upper() + who[1:]


def _call(now: Noted) -> str:
    """The call that a frame stands for, such as "gate(accuracy=0.95)"; "" for the code itself."""
    if now.function in _NAMELESS or not now.function:
        return tr(_NAMELESS[now.function]) if now.function else ""
    given = (f"{name}={_text(now.names[name], _ARGUMENT)}" for name in now.takes if name in now.names)
    return f"{now.function}({', '.join(given)})"


def _text(value: Value, most: int = _SHOWN) -> str:
    text = show(value, "version")
    return text if len(text) <= most else text[: most - 1] + "…"


def _pairs(value: Value) -> list[tuple[Value, Value | None]]:
    """The entries of a dictionary or a list, where all of them are short words and few."""
    match value:
        case ("dict", tuple(pairs)):
            found = [(key, held) for key, held in pairs]
        case ("list" | "tuple", tuple(items)):
            found = [(item, None) for item in items]
        case _:
            found = []
    is_plain = all(key[0] in _SCALARS for key, _ in found)
    return found if is_plain and len(found) <= _ENTRIES else []


def _names_in(tree: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _aside(after: str) -> range:
    """The lines of a first call that is made only to see what it leaves behind: a `try` that passes."""
    match ast.parse(after).body:
        case [ast.Try(handlers=[ast.ExceptHandler(body=[ast.Pass()])]) as first, *_]:
            return range(first.lineno, (first.end_lineno or first.lineno) + 1)
    return range(0)
