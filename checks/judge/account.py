"""What can be said of a wrong answer whose misconception is not known: how often it is right, and where not.

Called by judging. Every sentence is counted from what the answer did, and so true of it.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt

from checks.catalogue import tr, trn
from checks.exercise import RegistryState, Variable
from checks.judge.compare import differences
from checks.judge.instead import instead
from checks.judge.trials import Trial, seed
from checks.markdown import code
from checks.runner.values import Value, show

#: From so many named situations on, they are shown as a table.
_TABLE_FROM = 3
#: How closely going wrong must go with something to be told (the correlation of two yes-or-no questions).
_CLOSE = 0.3
#: How unlikely it has to be that it goes so by chance: the chi-squared of one time in a hundred.
_CHANCE = 6.63
#: How much closer than either alone two things have to go with it together.
_CLOSER = 0.1
#: So many results that are right, and no more, are told by name.
_FEW = 4


def says(trial: Trial) -> str:
    """In how many situations it does what is asked, what those have in common where it does not, and what it
    does there instead.
    """
    failing = set(trial.failing)
    tried = [place for place, came in enumerate(trial.outcomes) if came.ended != "not_run"]
    right = len(tried) - len(failing)
    counted = tr("Your code does what is asked in {right} of {tried} cases.", right=right, tried=len(tried))
    if not right:
        counted = tr("Your code runs, but it does not do what is asked yet.")
    return " ".join(filter(None, (counted, _in_common(trial, failing, tried), _does(trial))))


def _does(trial: Trial) -> str:
    wrong = len(trial.failing)
    done, count = instead(trial) if wrong > 1 else ("", 0)
    if not done:
        return ""
    if count == wrong:
        return tr("Each time, {done}.", done=done)
    return tr("In {count} of the {wrong} wrong cases, {done}.", count=count, wrong=wrong, done=done)


def _in_common(trial: Trial, failing: set[int], tried: Sequence[int]) -> str:
    """The thing that tells the cases in which it goes wrong best from the others; "" where none does well."""
    if not 0 < len(failing) < len(tried):
        return ""
    where: dict[str, set[int]] = {}
    told = ((about, place) for place in tried for about in trial.situations[place].about)
    for about, place in (*told, *_asked(trial, tried)):
        where.setdefault(about, set()).add(place)
    close = {about: _correlation(there, failing, len(tried)) for about, there in where.items()}
    always = sorted(about for about in where if failing <= where[about])
    for one, other in combinations(always if len(failing) > 2 else (), 2):
        there = where[one] & where[other]
        if (closer := _correlation(there, failing, len(tried))) > max(close[one], close[other]) + _CLOSER:
            both = tr("{one} and {other}", one=one, other=other)
            where[both], close[both] = there, closer
    # Of two that go as closely with it, the shorter tells enough; and rather where it fails than where not.
    best = max(
        where, key=lambda about: (round(abs(close[about]), 2), close[about], -len(about), about), default=""
    )
    as_close = [about for about in where if abs(close[about]) == abs(close[best])] if best else []
    # Of one case, several things may be true that are not of the others: which of them it is, nobody knows.
    if not best or abs(close[best]) <= _CLOSE or len(tried) * close[best] ** 2 < _CHANCE:
        return ""
    if len(failing) == 1 < len(as_close):
        return ""
    wrong_there = len(where[best] & failing)
    right_there, right = len(where[best]) - wrong_there, len(tried) - len(failing)
    return _association(best, wrong_there, len(failing), right_there, right)


def _association(about: str, wrong_there: int, wrong: int, right_there: int, right: int) -> str:
    if wrong_there == wrong:
        if right_there:
            return tr("It goes wrong only where {about}.", about=about)
        return tr("It goes wrong only where {about}, and always there.", about=about)
    if wrong_there == 0:
        return tr("It never goes wrong where {about}.", about=about)
    if right_there == right:
        return tr("It comes out right only where {about}.", about=about)
    if right_there == 0:
        others = wrong - wrong_there
        return trn(
            "It goes wrong wherever {about}, and in {count} other case.",
            "It goes wrong wherever {about}, and in {count} other cases.",
            others,
            about=about,
        )
    right_elsewhere, wrong_elsewhere = right - right_there, wrong - wrong_there
    return tr(
        "Where {about}, it is right in {right} of {there} cases; elsewhere, in {right_elsewhere} of "
        "{elsewhere}.",
        about=about,
        right=right_there,
        there=right_there + wrong_there,
        right_elsewhere=right_elsewhere,
        elsewhere=right_elsewhere + wrong_elsewhere,
    )


def _correlation(there: set[int], failing: set[int], tried: int) -> float:
    """Of being there and of going wrong: from -1 to 1, 0 where either is always or never so."""
    both, one, other = len(there & failing), len(there), len(failing)
    whole = one * (tried - one) * other * (tried - other)
    return (both * tried - one * other) / sqrt(whole) if whole else 0.0


def _asked(trial: Trial, tried: Sequence[int]) -> Iterator[tuple[str, int]]:
    """What is asked for, as far as there are few such things in all, and each case in which it is."""
    for compared in trial.exercise.compares:
        if isinstance(compared, RegistryState):
            for place in tried:
                if not differences(compared, trial.wanted[place].registry, seed(trial.situations[place])):
                    yield tr("the registry should stay as it is"), place
        elif isinstance(compared, Variable) and not compared.calls:
            values = [wanted.values.get(compared.name) for wanted in trial.wanted]
            for place in tried if len({*values}) <= _FEW else ():
                if (value := values[place]) and (about := _should(compared, value)):
                    yield about, place


def _should(compared: Variable, value: Value) -> str:
    """That this value should come; "" for one that is no short word."""
    if compared.raises:
        error = code(compared.raises)
        if value == ("bool", "True"):
            return tr("a {error} should be raised", error=error)
        return tr("no {error} should be raised", error=error)
    if value[0] not in ("str", "bool", "none"):
        return ""
    return tr("{what} should be {value}", what=compared.shown or code(compared.name), value=code(show(value)))


def cases(trial: Trial) -> str:
    """The named situations, and the shown one, as a table; empty where there are too few to be worth it."""
    named = [place for place in range(trial.named) if trial.outcomes[place].ended != "not_run"]
    failing = set(trial.failing)
    rows = [(trial.situations[place].given, place not in failing) for place in named]
    if trial.shown and trial.shown.situation not in trial.situations[: trial.named]:
        rows.append((trial.shown.situation.given, False))
    passed = sum(right for _, right in rows)
    if len(rows) < _TABLE_FROM or not passed:
        return ""
    marks = {True: tr("✓ right"), False: tr("✗ **wrong**")}
    lines = [f"| {_cell(given)} | {marks[right]} |" for given, right in rows]
    head = trn(
        "**Cases with a name:** {count} of these {rows} is right.",
        "**Cases with a name:** {count} of these {rows} are right.",
        passed,
        rows=len(rows),
    )
    return "\n".join([head, "", f"| {tr('With …')} | {tr('Your code')} |", "| --- | --- |", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
