"""What a situation is, and what code gave in it, in words that stand in a task or an option. Markdown.

Called by the forms.
"""

import ast
import pprint
from collections.abc import Iterable, Sequence

from checks.exercise import Compared, Printed, RegistryState, Runnable, Situation, Variable
from checks.judge.compare import counted, tidy
from checks.judge.trials import seed
from checks.markdown import code, fenced
from checks.runner import Outcome, State
from checks.runner.values import Value, show

#: Lines of what earlier steps define that are shown beside code which calls it.
_DEFINED = 12
#: Characters of a value in a line.
_WIDE = 60


def situation(exercise: Runnable, given: Situation) -> str:
    """All that code finds there: in words, the registry as a table, and the values as Python."""
    head = f"With {given.given}:" if given.given else ""
    start = seed(given)
    parts = [head, _registry(start) if start else "", _values(exercise, given)]
    return "\n\n".join(filter(None, parts))


def _values(exercise: Runnable, given: Situation) -> str:
    names = {**given.before, **given.after}
    calls = next((each for each in exercise.compares if isinstance(each, Variable) and each.calls), None)
    made = names.pop(calls.calls, []) if calls else []
    lines = [_assigned(name, value) for name, value in names.items() if not name.startswith("_")]
    if calls and isinstance(made, list):
        lines += [f"{calls.shown}({', '.join(map(repr, call))})" for call in made]
    elif call := _called(exercise):
        lines.append(call)
    return fenced("\n".join(lines)) if lines else ""


def _assigned(name: str, value: object) -> str:
    """The value in lines that need no scrolling; the order of a dictionary stays."""
    text = pprint.pformat(value, width=_WIDE, sort_dicts=False, compact=True)
    return f"{name} = {text}".replace("\n", "\n" + " " * len(f"{name} = "))


def _called(exercise: Runnable) -> str:
    """How what the exercise runs afterwards calls the answer's function: the last such call."""
    defined = {each.name for each in ast.parse(exercise.solution).body if isinstance(each, ast.FunctionDef)}
    found = [
        each
        for each in ast.walk(ast.parse(exercise.after))
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in defined
    ]
    last = max(found, key=lambda each: each.lineno, default=None)
    return ast.unparse(last) if last else ""


def defined(exercise: Runnable, source: str) -> str:
    """The functions of earlier steps that a source calls, where they are short."""
    called = {each.id for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Name)}
    shown = [
        ast.unparse(each)
        for each in ast.parse(exercise.before).body
        if isinstance(each, ast.FunctionDef) and each.name in called
    ]
    text = "\n\n".join(shown)
    return text if len(text.splitlines()) <= _DEFINED else ""


def _registry(state: State) -> str:
    rows = [
        f"| {number} | {stage} | {', '.join(_aliases(state, number))} | {_tags(state, number)} |"
        for number, stage in state.stages.items()
    ]
    heads = ["Version", "Stage", "Aliases", "Tags"]
    return "\n".join([f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|", *rows])


def _aliases(state: State, number: int) -> list[str]:
    return [alias for alias, version in state.aliases.items() if version == number]


def _tags(state: State, number: int) -> str:
    return ", ".join(f"{key}: {value}" for key, value in state.tags.get(number, {}).items())


# ── what came of it ───────────────────────────────────────────────────────────────────────────────────


def parts(exercise: Runnable, outcomes: Sequence[Outcome], before: State | None) -> tuple[Compared, ...]:
    """As few of the things compared as tell these outcomes apart, the first among them."""
    kept: list[Compared] = []
    known = -1
    for compared in exercise.compares:
        if isinstance(compared, Variable) and compared.raises:
            continue
        found = len({gives(exercise, each, (*kept, compared), before) for each in outcomes})
        if found > known:
            kept, known = [*kept, compared], found
    return tuple(kept)


def gives(exercise: Runnable, outcome: Outcome, told: Sequence[Compared], before: State | None) -> str:
    """What came of code, of what is `told`: such as "`'v1'`", or "`LookupError` is raised"."""
    if raised := exception(exercise, outcome):
        return f"{code(raised)} is raised"
    said = [_part(each, outcome, before, named=len(told) > 1) for each in told]
    return "; ".join(said)


def exception(exercise: Runnable, outcome: Outcome) -> str:
    """The name of the exception that left the code, "" for none."""
    if outcome.raised:
        return outcome.raised.type
    said = (each for each in exercise.compares if isinstance(each, Variable) and each.raises)
    return next((each.raises for each in said if outcome.values.get(each.name) == ("bool", "True")), "")


def asks(told: Sequence[Compared]) -> str:
    """The question that `gives` answers."""
    if len(told) > 1:
        return "What comes of it?"
    (only,) = told
    if isinstance(only, Printed):
        return "What is printed?"
    if isinstance(only, RegistryState):
        return "What changes in the registry?"
    if only.calls:
        return "How does each call end?"
    if only.shown.startswith("what "):
        return f"Say {only.shown}."
    return f"What is {only.shown or code(only.name) + ' afterwards'}?"


def _part(compared: Compared, outcome: Outcome, before: State | None, *, named: bool) -> str:
    if isinstance(compared, Printed):
        text = tidy(outcome.printed)
        return (f"it prints {code(text)}" if named else code(text)) if text else "nothing is printed"
    if isinstance(compared, RegistryState):
        return _changes(compared, before or State({}), outcome.registry or State({}))
    value = outcome.values.get(compared.name)
    if value is None:
        return f"{code(compared.name)} is not set"
    if compared.calls:
        return _endings(value)
    text = code(show(value, compared.attribute))
    if not named:
        return text
    return f"{compared.shown or code(compared.name)} is {text}"


def _endings(calls: Value) -> str:
    match calls:
        case ("list", tuple(items)):
            return ", ".join(map(_ending, items)) or "nothing is called"
    return code(show(calls))


def _ending(call: Value) -> str:
    match call:
        case ("tuple", (("str", "returns"), tuple(value))):
            return f"returns {code(show(value))}"
        case ("tuple", (("str", "raises"), ("str", str(kind)), *_)):
            return f"raises {code(kind)}"
    return "goes through"


def _changes(compared: RegistryState, before: State, after: State) -> str:
    """What has become of the registry, and of its other models."""
    found = list(_changed(compared, before, after, ""))
    for name in sorted({*before.others, *after.others}):
        one, other = before.others.get(name, State({})), after.others.get(name, State({}))
        found += _changed(compared, one, other, f" of {code(name)}")
    return ", ".join(found) or "nothing changes in the registry"


def _changed(compared: RegistryState, before: State, after: State, of: str) -> Iterable[str]:
    for number in sorted({*before.stages, *after.stages}):
        version = f"version {number}{of}"
        was, is_ = before.stages.get(number), after.stages.get(number)
        if was is None or is_ is None:
            yield f"{version} is {'new' if was is None else 'gone'}"
            continue
        if compared.stages and was != is_:
            yield f"{version} goes to {code(is_)}"
        old = dict(counted(compared.tags, before.tags.get(number, {})))
        new = dict(counted(compared.tags, after.tags.get(number, {})))
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield f"{version} {_tag(key, new.get(key))}"
        if compared.descriptions and before.descriptions.get(number) != after.descriptions.get(number):
            yield f"{version} is described by {code(str(after.descriptions.get(number)))}"
    for alias in sorted({*before.aliases, *after.aliases}) if compared.aliases else ():
        goes = after.aliases.get(alias)
        if goes != before.aliases.get(alias):
            where = f"goes to version {goes}" if goes else "is taken away"
            yield f"the alias {code(alias)}{of} {where}"
    old, new = (dict(counted(compared.model_tags, each.model_tags)) for each in (before, after))
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield f"the model {_tag(key, new.get(key))}"


def _tag(key: str, value: str | None) -> str:
    if value is None:
        return f"loses its tag {code(key)}"
    return f"gets the tag {code(key)} with {code(value)}"
