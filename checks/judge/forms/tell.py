"""What a situation is, and what code gave in it, in words that stand in a task or an option. Markdown.

Called by the forms.
"""

import ast
import pprint
from collections.abc import Iterable, Sequence

from checks.catalogue import tr
from checks.exercise import Compared, Printed, RegistryState, Runnable, Situation, Variable
from checks.judge.compare import counted, ends, tidy
from checks.judge.trials import seed
from checks.markdown import code, fenced
from checks.runner import Outcome, State
from checks.runner.values import Value, encode, show

#: Lines of what earlier steps define that are shown beside code which calls it.
_DEFINED = 12
#: Characters of a value in a line.
_WIDE = 60


def situation(exercise: Runnable, given: Situation) -> str:
    """All that code finds there: in words, the registry as a table, and the values as Python."""
    head = tr("With {given}:", given=given.given) if given.given else ""
    start = seed(given)
    parts = [head, _registry(start) if start else "", _values(exercise, given)]
    return "\n\n".join(filter(None, parts))


def _values(exercise: Runnable, given: Situation) -> str:
    names = {**given.before, **given.after}
    calls = next((each for each in exercise.compares if isinstance(each, Variable) and each.calls), None)
    made = names.pop(calls.calls, []) if calls else []
    used = {each.id for each in ast.walk(ast.parse(_all_of(exercise))) if isinstance(each, ast.Name)}
    lines = [
        _assigned(name, value) for name, value in names.items() if name in used and not name.startswith("_")
    ]
    if calls and isinstance(made, list):
        lines += [f"{calls.shown}({', '.join(map(repr, call))})" for call in made]
    elif call := _called(exercise):
        lines.append(call)
    return fenced("\n".join(lines)) if lines else ""


def _all_of(exercise: Runnable) -> str:
    """All that is run; what is given and stands nowhere in it is another exercise's."""
    return "\n".join((exercise.before, exercise.solution, exercise.after))


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
    heads = [tr("Version"), tr("Stage"), tr("Aliases"), tr("Tags")]
    return "\n".join([f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|", *rows])


def _aliases(state: State, number: int) -> list[str]:
    return [alias for alias, version in state.aliases.items() if version == number]


def _tags(state: State, number: int) -> str:
    return ", ".join(f"{key}: {value}" for key, value in state.tags.get(number, {}).items())


def from_earlier(earlier: str) -> list[str]:
    """That code of earlier steps, before the answer; nothing where there is none."""
    if not earlier:
        return []
    return [f"{tr('Defined in an earlier step:')}\n\n{fenced(earlier)}\n\n{tr('The answer:')}"]


def right(source: str) -> str:
    """A right answer, shown as one."""
    return f"{tr('A right answer:')}\n\n{fenced(source)}"


# ── what came of it ───────────────────────────────────────────────────────────────────────────────────


def parts(exercise: Runnable, outcomes: Sequence[Outcome], given: Situation) -> tuple[Compared, ...]:
    """As few of the things compared as tell these outcomes apart, the first among them."""
    kept: list[Compared] = []
    known = -1
    for compared in exercise.compares:
        if isinstance(compared, Variable) and compared.raises:
            continue
        found = len({gives(exercise, each, (*kept, compared), given) for each in outcomes})
        if found > known:
            kept, known = [*kept, compared], found
    return tuple(kept)


def gives(exercise: Runnable, outcome: Outcome, told: Sequence[Compared], given: Situation) -> str:
    """What came of code there, of what is `told`: such as "`'v1'`", or "`LookupError` is raised"."""
    if raised := exception(exercise, outcome):
        return tr("{error} is raised", error=code(raised))
    said = [_part(each, outcome, given, named=len(told) > 1) for each in told]
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
        return tr("What comes of it?")
    (only,) = told
    if isinstance(only, Printed):
        return tr("What is printed?")
    if isinstance(only, RegistryState):
        return tr("What changes in the registry?")
    if only.calls:
        return tr("How does each call end?")
    if only.shown.startswith("what "):
        return tr("Say {what}.", what=only.shown)
    if only.shown:
        return tr("What is {what}?", what=only.shown)
    return tr("What is {name} afterwards?", name=code(only.name))


def _part(compared: Compared, outcome: Outcome, given: Situation, *, named: bool) -> str:
    if isinstance(compared, Printed):
        text = tidy(outcome.printed)
        if not text:
            return tr("nothing is printed")
        return tr("it prints {text}", text=code(text)) if named else code(text)
    if isinstance(compared, RegistryState):
        return _changes(compared, seed(given) or State({}), outcome.registry or State({}))
    value = outcome.values.get(compared.name)
    if value is None:
        return tr("{name} is not set", name=code(compared.name))
    if compared.calls:
        return _endings(value)
    text = code(show(value, compared.attribute))
    if not named:
        return text
    name = compared.shown or code(compared.name)
    match value, _before(compared, given):
        case (_, before) if value == before:
            return tr("{name} is as before", name=name)
        case ("list", tuple(now)), ("list", tuple(then)) if then and now[: len(then)] == then:
            new = ", ".join(code(show(each)) for each in now[len(then) :])
            return tr("{name} is as before, with {value} at its end", name=name, value=new)
    return tr("{name} is {value}", name=name, value=text)


def _before(compared: Variable, given: Situation) -> Value | None:
    """What is compared as it was given to the code; None where that does not come of its names."""
    names = {**given.before, **given.after}
    found = (each for name, each in names.items() if name == compared.name or code(name) in compared.shown)
    return next(map(encode, found), None)


def _endings(calls: Value) -> str:
    match calls:
        case ("list", tuple(items)):
            return ", ".join(map(ends, items)) or tr("nothing is called")
    return code(show(calls))


def _changes(compared: RegistryState, before: State, after: State) -> str:
    """What has become of the registry, and of its other models."""
    found = list(_changed(compared, before, after))
    for name in sorted({*before.others, *after.others}):
        one, other = before.others.get(name, State({})), after.others.get(name, State({}))
        found += _changed(compared, one, other, code(name))
    return ", ".join(found) or tr("nothing changes in the registry")


def _changed(compared: RegistryState, before: State, after: State, of: str = "") -> Iterable[str]:
    """What has become of a model; `of` names it, where it is another one."""
    for number in sorted({*before.stages, *after.stages}):
        version = (
            tr("version {number} of {model}", number=number, model=of)
            if of
            else tr("version {number}", number=number)
        )
        was, is_ = before.stages.get(number), after.stages.get(number)
        if was is None or is_ is None:
            is_new = was is None
            yield tr("{what} is new", what=version) if is_new else tr("{what} is gone", what=version)
            continue
        if compared.stages and was != is_:
            yield tr("{what} goes to {stage}", what=version, stage=code(is_))
        old = dict(counted(compared.tags, before.tags.get(number, {})))
        new = dict(counted(compared.tags, after.tags.get(number, {})))
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield _tag(version, key, new.get(key))
        if compared.descriptions and before.descriptions.get(number) != after.descriptions.get(number):
            said = code(str(after.descriptions.get(number)))
            yield tr("{what} is described by {text}", what=version, text=said)
    for alias in sorted({*before.aliases, *after.aliases}) if compared.aliases else ():
        goes = after.aliases.get(alias)
        if goes != before.aliases.get(alias):
            what = (
                tr("the alias {alias} of {model}", alias=code(alias), model=of)
                if of
                else tr("the alias {alias}", alias=code(alias))
            )
            yield (
                tr("{what} goes to version {number}", what=what, number=goes)
                if goes
                else tr("{what} is taken away", what=what)
            )
    old, new = (dict(counted(compared.model_tags, each.model_tags)) for each in (before, after))
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield _tag(tr("the model"), key, new.get(key))


def _tag(what: str, key: str, value: str | None) -> str:
    if value is None:
        return tr("{what} loses its tag {key}", what=what, key=code(key))
    return tr("{what} gets the tag {key} with {value}", what=what, key=code(key), value=code(value))
