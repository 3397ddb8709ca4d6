"""What a wrong answer does in every case in which it goes wrong: the same value, one too few, nothing at all.

Called by account. Each description is asked of all the failing cases and told only where it is true of each.
"""

from collections.abc import Callable, Sequence

from checks.catalogue import later, tr
from checks.exercise import Compared, Printed, RegistryState, Situation, Step, Variable
from checks.judge.compare import Difference, agree, difference, differences, ends, ought, tidy, wrong_calls
from checks.judge.relations import items, relation
from checks.judge.trials import Trial, seed
from checks.markdown import code
from checks.runner.values import Value, encode, show

_KINDS = {
    "str": later("text"),
    "int": later("a whole number"),
    "float": later("a number with a point"),
    "bool": later("`True` or `False`"),
    "none": later("`None`"),
    "list": later("a list"),
    "tuple": later("a tuple"),
    "set": later("a set"),
    "dict": later("a dictionary"),
}


def instead(trial: Trial) -> tuple[str, int]:
    """Such as "what `gate` returns is `None`", and in how many failing cases it does so: all, most or 0."""
    step = trial.exercise
    if not isinstance(step, Step) or any(trial.outcomes[at].ended not in _ENDED for at in trial.failing):
        return "", 0
    found = (
        difference(step, trial.situations[at], trial.outcomes[at], trial.wanted[at]) for at in trial.failing
    )
    cases = [each for each in found if each]
    for group in (_all, _what_differs, _what_came, _what_is_right):
        groups: dict[object, list[Difference]] = {}
        for case in cases:
            groups.setdefault(group(case), []).append(case)
        most = max(groups.values(), key=len)
        if len(most) > 1 and 2 * len(most) >= len(cases) and (told := _told(step, most)):
            return told, len(most)
    return "", 0


_ENDED = ("finished", "raised")


def _all(case: Difference) -> object:
    return None


def _what_differs(case: Difference) -> object:
    return case.compared or (case.came.raised and case.came.raised.type)


def _what_came(case: Difference) -> object:
    value = isinstance(case.compared, Variable) and case.came.values.get(case.compared.name)
    return _what_is_right(case), value


def _what_is_right(case: Difference) -> object:
    if not isinstance(case.compared, Variable):
        return case.compared
    if case.compared.calls:
        return case.compared, next(iter(_calls_wrong(case.compared, [case])), None)
    return case.compared, case.expected.values.get(case.compared.name)


def _told(step: Step, cases: Sequence[Difference]) -> str:
    """What is true of each of these cases."""
    raised = {case.came.raised.type if case.came.raised else "" for case in cases}
    if len(raised) == 1 and "" not in raised:
        return tr("your code stops with {error}", error=code(*raised))
    for compared in step.compares:
        # What is told of one thing explains all only where that thing is wrong in each case.
        if not any(agree(compared, case.came, case.expected) for case in cases) and (
            told := _differs(step, compared, cases)
        ):
            return told
    return ""


def _differs(step: Step, compared: Compared, cases: Sequence[Difference]) -> str:
    match compared:
        case RegistryState():
            return _registry(compared, cases)
        case Printed():
            return _printed(cases)
        case Variable(raises=name) if name:
            return _raising(compared, cases)
        case Variable(calls=name) if name:
            return _calls(compared, cases)
    return _variable(step, compared, cases)


def _raising(compared: Variable, cases: Sequence[Difference]) -> str:
    wanted = {case.expected.values.get(compared.name) for case in cases}
    if wanted == {("bool", "True")}:
        return tr("{error} should be raised and is not", error=code(compared.raises))
    if wanted == {("bool", "False")}:
        return tr("{error} is raised and should not be", error=code(compared.raises))
    return ""


def _printed(cases: Sequence[Difference]) -> str:
    printed = {tidy(case.came.printed) for case in cases}
    if printed == {""}:
        return tr("nothing is printed")
    return tr("the same is printed, {text}", text=code(*printed)) if len(printed) == 1 else ""


# ── values ────────────────────────────────────────────────────────────────────────────────────────────


def _variable(step: Step, compared: Variable, cases: Sequence[Difference]) -> str:
    what = compared.shown or code(compared.name)
    pairs = [
        (case.came.values[compared.name], case.expected.values[compared.name])
        for case in cases
        if compared.name in case.came.values and compared.name in case.expected.values
    ]
    if len(pairs) < len(cases):
        return "" if pairs else tr("{name} is not set", name=what)
    given = [_known(step, case.situation) for case in cases]
    told = _values(pairs) or _from_what_is_given(given, [one for one, _ in pairs])
    return told and f"{what} {told}"


def _values(pairs: Sequence[tuple[Value, Value]]) -> str:
    """How what came differs from what should have come, the same way each time; completes "the result …"."""
    came = {one for one, _ in pairs}
    wanted = {other for _, other in pairs}
    if len(came) == 1:
        value, right = (code(show(next(iter(each)))) for each in (came, wanted))
        if len(wanted) == 1:
            return tr("is {value}, where {right} is right", value=value, right=right)
        return tr("is {value}", value=value)
    kinds = {(str(one[0]), str(other[0])) for one, other in pairs}
    if len(kinds) == 1:
        ((kind, right),) = kinds
        if kind != right and kind in _KINDS and right in _KINDS:
            return tr("is {value}, where {right} is right", value=tr(_KINDS[kind]), right=tr(_KINDS[right]))
    if {kind for kind, _ in kinds} == {"object"}:
        return tr("is an object of another type, such as {value}", value=code(show(pairs[0][0])))
    if len(wanted) == 1:
        return tr("is something else, where {right} is right", right=code(show(next(iter(wanted)))))
    return relation(pairs)


def _from_what_is_given(given: Sequence[dict[str, Value]], came: Sequence[Value]) -> str:
    """That it is one of the givens each time, or the first or last thing in one."""
    for name in sorted(set.intersection(*map(set, given))):
        for words, pick in _PICKS:
            if all(pick(each[name]) == one for each, one in zip(given, came, strict=True)):
                return tr(words, name=code(name))
    return ""


def _known(step: Step, situation: Situation) -> dict[str, Value]:
    """What the answer is given, by the names that its task tells."""
    return {
        name: encode(value)
        for name, value in {**situation.before, **situation.after}.items()
        if not name.startswith("_") and (name in situation.before or code(name) in step.task)
    }


_PICKS: tuple[tuple[str, Callable[[Value], object]], ...] = (
    (later("is {name} itself"), lambda value: value),
    (later("is the first in {name}"), lambda value: next(iter(items(value)), None)),
    (later("is the last in {name}"), lambda value: next(iter(items(value)[::-1]), None)),
)


# ── calls ─────────────────────────────────────────────────────────────────────────────────────────────


def _calls(compared: Variable, cases: Sequence[Difference]) -> str:
    """How the calls end that end otherwise than they should."""
    pairs = _calls_wrong(compared, cases)
    ended, should = {one for one, _ in pairs}, {other for _, other in pairs}
    name = code(compared.shown)
    if len(should) == 1 == len(ended):
        one, other = should.pop(), ended.pop()
        return tr("a call of {function} that should {should} {ends}", function=name, should=one, ends=other)
    if len(should) == 1:
        return tr("a call of {function} that should {should} does not", function=name, should=should.pop())
    if len(ended) == 1:
        return tr("a call of {function} that should end otherwise {ends}", function=name, ends=ended.pop())
    return ""


def _calls_wrong(compared: Variable, cases: Sequence[Difference]) -> list[tuple[str, str]]:
    """Of each call that ended otherwise than it should, how it ended and how it should have."""
    return [
        (ends(one), ought(other))
        for case in cases
        for _, one, other in wrong_calls(compared, case.came, case.expected)
    ]


# ── registries ────────────────────────────────────────────────────────────────────────────────────────


def _registry(compared: RegistryState, cases: Sequence[Difference]) -> str:
    if not any(differences(compared, case.came.registry, seed(case.situation)) for case in cases):
        return tr("the registry stays as it was")
    kinds = [
        {each.kind for each in differences(compared, case.came.registry, case.expected.registry)}
        for case in cases
    ]
    return min(sorted(set.intersection(*kinds)), key=len, default="")
