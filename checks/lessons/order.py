"""Lesson 4: the order of versions, and a rollback target that is right for v10, any order and none left.

Listed in checks.lessons; read by the notebook 04_version_order.
"""

import checks.lessons._looks as look
from checks.exercise import ANY, FillIn, Lesson, Misconception, Rich, Scenario, Step, Variable
from checks.lessons._functions import about, unknown_name

Statuses = dict[str, str]

_NUMBER = "def version_number(version):\n    return int(version.removeprefix('v'))\n"
#: What step 1 defines, for the steps after it.
_GIVEN = _NUMBER

# ── 1 Turn a version's name into a number ─────────────────────────────────────────────────────────────


def _named(version: str) -> Scenario:
    return Scenario(f"the version `{version!r}`", after=f"number = version_number({version!r})")


def _numbered(value: str) -> str:
    return f"def version_number(version):\n    return {value}"


_VERSION_NUMBER = Step(
    id="order.1",
    title="Turn a version's name into a number",
    difficulty="easy",
    task=(
        "Write `version_number(version)`, which returns the number in a version's name as an `int`: 9 for "
        "`'v9'`, 10 for `'v10'`, 123 for `'v123'`."
    ),
    starter="def version_number(version):\n    ...\n",
    hints=(
        "A name is a `v` and then digits. Get rid of the `v`, and turn the rest into a number.",
        "A slice takes a part of a string: `'drink'[2:]` is `'ink'`. `int('42')` is the number 42.",
        "`return int(…)`, and in it everything of `version` from its second character on.",
    ),
    common_mistakes=(
        "Reading one digit only: that is right up to `v9`, and makes `v10` the same as `v1`.",
        "Leaving the rest as text: `'10' < '9'` is as true as `'v10' < 'v9'`.",
        "Printing the number instead of returning it.",
    ),
    explanation=(
        "```python\ndef version_number(version):\n    return int(version[1:])\n```\n"
        "`version[1:]` is everything after the `v`, however many digits there are, and `int` makes a "
        "number of "
        "it. `version.removeprefix('v')` does the same and says what it means. Numbers compare as one "
        "expects: "
        "`9 < 10`."
    ),
    right=(
        "A name is text and a number is a number; now versions can be compared by what they mean. In "
        "MLflow's registry you need no such function: there `version` is an `int` already."
    ),
    reference=_NUMBER,
    alternatives=(
        _numbered("int(version[1:])"),
        _numbered("int(version.lstrip('v'))"),
        "version_number = lambda version: int(version.split('v')[1])",
        "import re\n\ndef version_number(version: str) -> int:\n"
        "    return int(re.search(r'\\d+', version).group())",
    ),
    scenarios=(_named("v9"), _named("v10"), _named("v123"), _named("v101")),
    compares=(Variable("number", shown="what `version_number` returns"),),
    misconceptions=(
        *about("version_number", "version", "int(version[1:])"),
        Misconception(
            id="first-digit",
            says="Only the first digit is read, so `v10` counts as 1.",
            advice="Take everything after the `v`: `version[1:]`, with a colon.",
            samples=(_numbered("int(version[1])"),),
        ),
        Misconception(
            id="last-digit",
            says="Only the last digit is read, so `v10` counts as 0.",
            advice="Take everything after the `v`, however long it is.",
            samples=(_numbered("int(version[-1])"),),
        ),
        Misconception(
            id="two-digits",
            says="This reads two digits at most; sooner or later there is a version 100.",
            advice="Leave the end of the slice open: `version[1:]`.",
            samples=(_numbered("int(version[1:3])"), _numbered("int(version[-2:].lstrip('v'))")),
        ),
        Misconception(
            id="still-text",
            says="The result is still text, and text compares letter by letter: `'10' < '9'`.",
            advice="Put `int(…)` around it.",
            samples=(_numbered("version[1:]"),),
        ),
        Misconception(
            id="v-left",
            says="`int` is given more than digits, and cannot read it.",
            advice="Take the `v` away first.",
            samples=(_numbered("int(version)"),),
            when=lambda seen: look.raised(seen, "ValueError", "invalid literal"),
        ),
        Misconception(
            id="float",
            says="This is a number with decimals; a version's number is whole.",
            advice="Use `int` in place of `float`.",
            samples=(_numbered("float(version[1:])"),),
        ),
        Misconception(
            id="length",
            says="This counts characters, which says how long a name is and not which number stands in it.",
            advice="Cut the `v` off and turn what is left into an `int`.",
            samples=(_numbered("len(version)"), _numbered("len(version) - 1")),
        ),
        Misconception(
            id="fixed",
            says="The number is written down, so it is the same for every version.",
            advice="Work it out from `version`.",
            samples=(_numbered("9"), _numbered("10")),
        ),
        Misconception(
            id="calls-itself",
            says="The function calls itself, and that call does the same, without end.",
            advice="Use `int` and a slice of `version`.",
            samples=(_numbered("version_number(version[1:])"),),
            when=lambda seen: look.raised(seen, "RecursionError"),
        ),
        unknown_name(_numbered("int(versions[1:])")),
    ),
)

# ── 2 Put the versions in order ───────────────────────────────────────────────────────────────────────


def _history(given: str, statuses: Statuses) -> Scenario:
    return Scenario(given, setup=f"{_GIVEN}model_versions = {statuses!r}\n")


_IN_ORDER = Step(
    id="order.2",
    title="Put the versions in order",
    difficulty="medium",
    task=(
        "Make `in_order` the list of all versions in `model_versions`, from the lowest number to the "
        "highest. Use your `version_number`."
    ),
    hints=(
        "`sorted(…)` gives a new list in order. What it goes by can be changed.",
        "`key=` takes a function, which `sorted` calls on each item; the items are put in the order of what "
        "it returns.",
        "`sorted(model_versions, key=…)` with the function of step 1, by its name and without parentheses.",
    ),
    common_mistakes=(
        "`sorted(model_versions)` without `key`: the names are compared as text, and `v10` comes before "
        "`v2`.",
        "`list(model_versions)`: that is the order in which somebody wrote them down.",
        "`key=version_number(…)`: the function is called at once, instead of being handed over.",
    ),
    explanation=(
        "```python\nin_order = sorted(model_versions, key=version_number)\n```\n"
        "Going over a dictionary gives its keys. `sorted` calls `version_number` on each, compares the "
        "numbers, "
        "and returns the names in that order. The dictionary stays as it was."
    ),
    right=(
        "The list holds the names, and goes by their numbers. `min` and `max` take a `key` too: that is "
        "what you need next."
    ),
    reference="in_order = sorted(model_versions, key=version_number)",
    alternatives=(
        "in_order = list(model_versions)\nin_order.sort(key=version_number)",
        "in_order = sorted(model_versions.keys(), key=lambda name: version_number(name))",
        "numbers = sorted(version_number(version) for version in model_versions)\n"
        "in_order = [f'v{number}' for number in numbers]",
        "in_order = [name for _, name in sorted((version_number(name), name) for name in model_versions)]",
    ),
    scenarios=(
        _history("v1, v2 and v10 in the history", {"v1": "unstable", "v2": "stable", "v10": "stable"}),
        _history(
            "v3, v1, v12 and v4 in the history, in that order",
            {"v3": "stable", "v1": "stable", "v12": "stable", "v4": "unstable"},
        ),
        _history("v7 alone in the history", {"v7": "stable"}),
    ),
    compares=(Variable("in_order"),),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says="Python cannot read this cell.",
            advice="Look for a bracket without its partner, and for a comma missing before `key`.",
            samples=("in_order = sorted(model_versions, key=version_number",),
            when=look.unreadable,
        ),
        Misconception(
            id="not-set",
            says="Nothing called `in_order` is left after your cell.",
            advice="Begin with `in_order =`.",
            samples=("sorted(model_versions, key=version_number)",),
            when=lambda seen: look.undefined(seen, "in_order"),
        ),
        Misconception(
            id="sort-returns-none",
            says="`.sort()` puts a list in order where it stands, and returns `None`.",
            advice="Use `sorted(…)`, which returns a new list.",
            samples=("in_order = list(model_versions).sort(key=version_number)",),
        ),
        Misconception(
            id="no-list",
            says="A dictionary has no method `sort`.",
            advice="Hand the dictionary to `sorted(…)`.",
            samples=("in_order = model_versions.sort(key=version_number)",),
            when=lambda seen: look.raised(seen, "AttributeError", "sort"),
        ),
        Misconception(
            id="text-order",
            says="The names are put in order as text, and as text `v10` comes before `v2`.",
            advice="Tell `sorted` what to go by: `key=version_number`.",
            samples=("in_order = sorted(model_versions)",),
        ),
        Misconception(
            id="written-order",
            says="This is the order in which the versions were written down, which may be any.",
            advice="Put them in order with `sorted(…)`.",
            samples=("in_order = list(model_versions)",),
        ),
        Misconception(
            id="turned-round",
            says="The order is right, but from the highest to the lowest.",
            advice="Leave out what turns it round.",
            samples=("in_order = sorted(model_versions, key=version_number, reverse=True)",),
        ),
        Misconception(
            id="numbers",
            says="The numbers are in order; asked for are the versions, by their names.",
            advice="Let `sorted` go over the names, and hand it `version_number` as `key`.",
            samples=("in_order = sorted(map(version_number, model_versions))",),
        ),
        Misconception(
            id="pairs",
            says="The list holds more than the names of the versions.",
            advice="Go over `model_versions` itself, without `.items()`: that gives the names alone.",
            samples=("in_order = sorted(model_versions.items(), key=lambda pair: version_number(pair[0]))",),
        ),
        Misconception(
            id="key-of-a-pair",
            says="`.items()` gives pairs, and `version_number` knows what to do with a name only.",
            advice="Go over `model_versions` itself: that gives the names.",
            samples=("in_order = sorted(model_versions.items(), key=version_number)",),
            when=lambda seen: look.raised(seen, "AttributeError", "'tuple'"),
        ),
        Misconception(
            id="key-called",
            says="`key` wants the function itself; with parentheses the function is called at once.",
            advice="Write `key=version_number`, without parentheses.",
            samples=(
                "in_order = sorted(model_versions, key=version_number())",
                "in_order = sorted(model_versions, key=version_number(model_versions))",
            ),
            when=lambda seen: (
                look.raised(seen, "TypeError", "missing") or look.raised(seen, "AttributeError", "'dict'")
            ),
        ),
        Misconception(
            id="key-unnamed",
            says="`sorted` takes what it goes by only under its name.",
            advice="Write `key=` before the function: `key=version_number`.",
            samples=("in_order = sorted(model_versions, version_number)",),
            when=lambda seen: look.raised(seen, "TypeError", "expected 1 argument"),
        ),
        Misconception(
            id="by-length",
            says="The length of a name tells `v9` from `v10`, but not `v3` from `v1`.",
            advice="Go by the number: `key=version_number`.",
            samples=("in_order = sorted(model_versions, key=len)",),
        ),
        Misconception(
            id="by-status",
            says="The versions are put in order by their status.",
            advice="Go by the number: `key=version_number`.",
            samples=("in_order = sorted(model_versions, key=model_versions.get)",),
        ),
        Misconception(
            id="statuses",
            says="The list holds statuses; asked for are the versions, by their names.",
            advice="Go over `model_versions` itself: that gives its keys.",
            samples=("in_order = sorted(model_versions.values())",),
        ),
        Misconception(
            id="not-a-list",
            says="What you made is not a list.",
            advice="`sorted(…)` gives a list already; leave it one.",
            samples=("in_order = tuple(sorted(model_versions, key=version_number))",),
            when=lambda seen: isinstance(
                look.value(seen, "in_order"), dict | tuple | set | frozenset | str | Rich
            ),
        ),
        Misconception(
            id="fixed",
            says="The versions are written down, so the list is the same for every history.",
            advice="Make it from `model_versions`.",
            samples=("in_order = ['v1', 'v2', 'v10']",),
            when=lambda seen: (
                len({str(found) for found in look.values(seen, "in_order")}) == 1
                and bool(look.value(seen, "in_order"))
                and look.unknown_name(seen) is None
            ),
        ),
        Misconception(
            id="stable-only",
            says="Some versions are missing: the list is to hold all of them, stable or not.",
            advice="Leave the condition out.",
            samples=(
                "in_order = sorted((v for v in model_versions if model_versions[v] == 'stable'), "
                "key=version_number)",
            ),
        ),
        unknown_name("in_order = sorted(versions, key=version_number)"),
    ),
)

# ── 3 and 4 The target of a rollback ──────────────────────────────────────────────────────────────────

_HEAD = "def rollback_target(model_versions, current_version):\n"
_EARLIER = (
    "    current = version_number(current_version)\n"
    "    earlier = [\n"
    "        version for version, status in model_versions.items()\n"
    "        if status == 'stable' and version_number(version) < current\n"
    "    ]\n"
)
_FOUND = "    return max(earlier, key=version_number)\n"
_NONE = "    if not earlier:\n        raise LookupError(f'no stable version before {current_version}')\n"


def _target(
    condition: str = "status == 'stable' and version_number(version) < version_number(current_version)",
    choose: str = "max(found, key=version_number)",
    before: str = "",
) -> str:
    """The usual function with this condition and choice: what most samples are."""
    return (
        f"{_HEAD}    found = [version for version, status in model_versions.items() if {condition}]\n"
        f"{before}    return {choose}\n"
    )


def _looped(condition: str, end: str = "    return target\n") -> str:
    return (
        f"{_HEAD}    target = None\n    for version, status in model_versions.items():\n        if "
        f"{condition}:\n"
        f"            target = version\n{end}"
    )


def _rollback(given: str, statuses: Statuses, current: str, guarded: bool = False) -> Scenario:
    call = f"rollback_target(history, {current!r})"
    after = f"history = {statuses!r}\n" + (
        f"target, raised = None, False\ntry:\n    target = {call}\nexcept LookupError:\n    raised = True\n"
        if guarded
        else f"target = {call}\n"
    )
    return Scenario(given, setup=_GIVEN, after=f"{after}written = list(history)\n")


_ALL = "v1, v2 and v3 stable, and v3 current"
_ALL_STABLE = {"v1": "stable", "v2": "stable", "v3": "stable"}
_TEN = "v1 to v9 stable, v10 unstable and current"
_TO_TEN = dict.fromkeys((f"v{number}" for number in range(1, 10)), "stable") | {"v10": "unstable"}
_SHUFFLED = "v3 and v1 stable, v4 and v2 unstable, written in that order, and v4 current"
_MIXED = {"v3": "stable", "v1": "stable", "v4": "unstable", "v2": "unstable"}
_NEWER = "v12, v10, v9 and v2 stable, v11 unstable and current"
_WITH_NEWER = {"v12": "stable", "v10": "stable", "v9": "stable", "v11": "unstable", "v2": "stable"}

_RIGHT = "status == 'stable' and version_number(version) < version_number(current_version)"
#: What a function may do where nothing is left: leave it to `max`, return `None`, or raise as it should.
_EMPTY = ("", "    if not found:\n        return None\n", "    if not found:\n        raise LookupError\n")


def _targets(*parts: tuple[str, str]) -> tuple[str, ...]:
    """Samples with these conditions and choices, each with every way to meet an empty list."""
    return tuple(_target(condition, choose, empty) for condition, choose in parts for empty in _EMPTY)


_HIGHEST = "max(found, key=version_number)"

_WRONG_TARGETS = (
    Misconception(
        id="text-order",
        says="The names are compared as text somewhere, and as text `v10` comes before `v9`.",
        advice="Compare `version_number(version)` with `version_number(current_version)`.",
        samples=_targets(
            ("status == 'stable' and version < current_version", "found[-1]"),
            ("status == 'stable' and version < current_version", "max(found)"),
            ("status == 'stable' and version < current_version", _HIGHEST),
        ),
    ),
    Misconception(
        id="text-highest",
        says="The right versions are found, but the highest of them is chosen as text.",
        advice="Tell `max` what to go by: `max(…, key=version_number)`.",
        samples=_targets((_RIGHT, "max(found)"), (_RIGHT, "sorted(found)[-1]")),
    ),
    Misconception(
        id="written-order",
        says=(
            "The last that fits in the order of the dictionary is taken, and nobody promised that it is "
            "in order."
        ),
        advice="Of all that fit, take the one with the highest number: `max(…, key=version_number)`.",
        samples=_targets((_RIGHT, "found[-1]")),
    ),
    Misconception(
        id="stops-at-current",
        says="What stands before the current version in the dictionary need not be older.",
        advice="Compare numbers, and look at all of the dictionary.",
        samples=(
            f"{_HEAD}    target = None\n    for version, status in model_versions.items():\n"
            "        if version == current_version:\n            break\n"
            "        if status == 'stable':\n            target = version\n    return target",
        ),
    ),
    Misconception(
        id="forward",
        says="A version newer than the current one is chosen: that is a step forward, into the untried.",
        advice="Keep only versions whose number is less than the current one's.",
        samples=_targets(
            ("status == 'stable'", _HIGHEST),
            ("status == 'stable' and version != current_version", _HIGHEST),
            ("True", _HIGHEST),
            ("status == 'stable'", "found[-1]"),
            (_RIGHT.replace("<", ">"), _HIGHEST),
            (_RIGHT.replace("<", ">"), "found[-1]"),
        ),
    ),
    Misconception(
        id="itself",
        says="The current version may be chosen itself: that is no rollback.",
        advice="Write `<`, not `<=`.",
        samples=_targets((_RIGHT.replace("<", "<="), _HIGHEST)),
    ),
    Misconception(
        id="lowest",
        says="This goes back further than need be, to the oldest version that fits.",
        advice="Of all that fit, take the one with the highest number.",
        samples=_targets((_RIGHT, "min(found, key=version_number)"), (_RIGHT, "found[0]")),
    ),
    Misconception(
        id="status-ignored",
        says="The version directly before the current one is taken, whatever its status.",
        advice="Keep only versions whose status is `'stable'`.",
        samples=_targets(("version_number(version) < version_number(current_version)", _HIGHEST)),
    ),
    Misconception(
        id="unstable",
        says="This looks for unstable versions.",
        advice="Compare with `'stable'`.",
        samples=_targets((_RIGHT.replace("stable", "unstable"), _HIGHEST)),
    ),
    Misconception(
        id="status-spelling",
        says="Capitals count: no status in the history is equal to `'Stable'`.",
        advice="Compare with `'stable'`, in small letters.",
        samples=_targets((_RIGHT.replace("'stable'", "'Stable'"), _HIGHEST)),
        when=lambda seen: look.source_has(seen, r"['\"](Stable|STABLE)['\"]"),
    ),
    Misconception(
        id="number",
        says="The number is returned; asked for is the version, by its name.",
        advice="Let `max` go over the names, with `key=version_number`.",
        samples=_targets((_RIGHT, "max(map(version_number, found))")),
    ),
    Misconception(
        id="all-of-them",
        says="All versions that fit are returned; asked for is one.",
        advice="Take the one with the highest number.",
        samples=_targets(
            (_RIGHT, "found"),
            (_RIGHT, "sorted(found, key=version_number)"),
            (_RIGHT, "[max(found, key=version_number)]"),
        ),
    ),
    Misconception(
        id="changes-history",
        says="The history that the function was given is changed, and whoever gave it does not expect that.",
        advice="Work on a new list or dictionary: `sorted(…)` and comprehensions leave the old one alone.",
        samples=(
            f"{_HEAD}    for version in list(model_versions):\n"
            "        if model_versions[version] != 'stable' or "
            "version_number(version) >= version_number(current_version):\n"
            "            del model_versions[version]\n    return max(model_versions, key=version_number)",
            _target(before="    model_versions[current_version] = 'rolled back'\n"),
        ),
        when=lambda seen: (
            seen.tree is not None
            and len({str(history) for history in look.values(seen, "history")}) > 0
            and any(
                str(run.values.get("history")) not in run.scenario.after
                for run in seen.runs
                if run.raised is None
            )
        ),
    ),
    Misconception(
        id="fixed",
        says="The version is written down, so it is the same for every history.",
        advice="Work it out from the two arguments.",
        samples=(_HEAD + "    return 'v9'", _HEAD + "    return 'v1'"),
    ),
)

_ROLLBACK_TARGET = Step(
    id="order.3",
    title="Find the target of a rollback, in any history",
    difficulty="hard",
    task=(
        "Write `rollback_target(model_versions, current_version)`, which returns the name of the last "
        "stable version before the current one: by number, in whatever order the dictionary is. Leave "
        "`model_versions` as it is. (That there is such a version you may take for granted here; step 4 "
        "looks at the rest.)"
    ),
    starter="def rollback_target(model_versions, current_version):\n    ...\n",
    hints=(
        "First collect all versions that fit, then choose one of them.",
        "A version fits if its status is `'stable'` and its number is less than the current version's "
        "number. Compare with `version_number(…)` on both sides.",
        "Of those that fit, `max(…, key=version_number)` is the one with the highest number.",
    ),
    common_mistakes=(
        "Comparing the names: `'v9' < 'v10'` is False.",
        "Taking the last that fits in the order of the dictionary.",
        "`max(…)` without `key`: it compares text again.",
    ),
    explanation=(
        f"```python\n{_HEAD}{_EARLIER}{_FOUND}```\n"
        "The comprehension keeps the stable versions before the current one. `max` with "
        "`key=version_number` picks the name with the highest number, whatever the order they come in."
    ),
    right=(
        "Your function compares numbers and does not count on any order, so v10 and a shuffled dictionary "
        "are no trouble."
    ),
    reference=_HEAD + _EARLIER + _FOUND,
    alternatives=(
        _target(),
        _looped(
            "status == 'stable' and version_number(version) < version_number(current_version)"
            " and (target is None or version_number(version) > version_number(target))"
        ),
        f"{_HEAD}    target = None\n    for version in sorted(model_versions, key=version_number):\n"
        "        if version == current_version:\n            return target\n"
        "        if model_versions[version] == 'stable':\n            target = version",
        f"{_HEAD}    for number in range(version_number(current_version) - 1, 0, -1):\n"
        "        if model_versions.get(f'v{number}') == 'stable':\n            return f'v{number}'",
    ),
    scenarios=(
        _rollback(
            "v1 and v4 stable, v2 and v3 unstable, and v3 current",
            {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"},
            "v3",
        ),
        _rollback(_ALL, _ALL_STABLE, "v3"),
        _rollback(_SHUFFLED, _MIXED, "v4"),
        _rollback(_TEN, _TO_TEN, "v10"),
        _rollback(_NEWER, _WITH_NEWER, "v11"),
    ),
    compares=(
        Variable("target", shown="what `rollback_target` returns"),
        Variable("history", shown="`model_versions` afterwards"),
        Variable("written", shown="the order of `model_versions` afterwards"),
    ),
    misconceptions=(
        *about(
            "rollback_target", "model_versions, current_version", "max(model_versions, key=version_number)"
        ),
        *_WRONG_TARGETS,
        unknown_name(_target("state == 'stable'")),
    ),
)


def _without(empty: str) -> str:
    """A right function but for what it does when nothing is left."""
    return f"{_HEAD}{_EARLIER}    if not earlier:\n        {empty}\n{_FOUND}"


_NOTHING_LEFT = Step(
    id="order.4",
    title="Say so when there is nothing left to roll back to",
    difficulty="hard",
    task=(
        "Write `rollback_target` once more, beginning with your own of step 3: where no stable version "
        "comes before the current one, it raises a `LookupError`. Everything else stays."
    ),
    starter="def rollback_target(model_versions, current_version):\n    ...\n",
    hints=(
        "Between collecting what fits and choosing from it, ask whether anything fits at all.",
        "An empty list counts as false: `if not earlier:`.",
        "`raise LookupError('no stable version to go back to')`, and do so before `max` is called: of "
        "nothing it makes a `ValueError`.",
    ),
    common_mistakes=(
        "Returning `None` or a text: the caller takes it for a version and goes on with it.",
        "Returning the error instead of raising it.",
        "Leaving it to `max`: it raises a `ValueError`, which whoever waits for a `LookupError` does not "
        "catch.",
    ),
    explanation=(
        f"```python\n{_HEAD}{_EARLIER}{_NONE}{_FOUND}```\n"
        "`LookupError` is Python's word for something that was looked for and is not there; `KeyError` and "
        "`IndexError` are kinds of it. Raised, it cannot be overlooked: nothing after it runs unless "
        "somebody catches it and decides what to do."
    ),
    right=(
        "Where nothing is left, your function says so at once, and loudly. In production that is the moment "
        "to wake somebody, not to serve just anything. (`KeyError` and `IndexError` are kinds of "
        "`LookupError`, so they would count too, but their messages help nobody.)"
    ),
    reference=_HEAD + _EARLIER + _NONE + _FOUND,
    alternatives=(
        _looped(
            "status == 'stable' and version_number(version) < version_number(current_version)"
            " and (target is None or version_number(version) > version_number(target))",
            end="    if target is None:\n        raise LookupError\n    return target\n",
        ),
        f"{_HEAD}{_EARLIER}    try:\n        return max(earlier, key=version_number)\n"
        "    except ValueError as error:\n        raise LookupError('nothing left') from error\n",
        "class NothingLeft(LookupError):\n    pass\n\n" + _without("raise NothingLeft(current_version)"),
        f"{_HEAD}{_EARLIER}    return sorted(earlier, key=version_number)[-1]\n",
    ),
    scenarios=(
        _rollback(_ALL, _ALL_STABLE, "v3", guarded=True),
        _rollback(_TEN, _TO_TEN, "v10", guarded=True),
        _rollback(_SHUFFLED, _MIXED, "v4", guarded=True),
        _rollback(
            "v1 and v2 unstable, and v2 current", {"v1": "unstable", "v2": "unstable"}, "v2", guarded=True
        ),
        _rollback("v1 alone, stable and current", {"v1": "stable"}, "v1", guarded=True),
        _rollback(
            "v1 and v2 unstable, v3 stable, and v2 current",
            {"v1": "unstable", "v2": "unstable", "v3": "stable"},
            "v2",
            guarded=True,
        ),
        _rollback(_NEWER, _WITH_NEWER, "v11", guarded=True),
        _rollback(
            "v4 and v3 stable, v2 and v1 unstable, and v3 current",
            {"v4": "stable", "v2": "unstable", "v3": "stable", "v1": "unstable"},
            "v3",
            guarded=True,
        ),
    ),
    compares=(
        Variable("raised", shown="whether a `LookupError` is raised"),
        Variable("target", shown="what `rollback_target` returns"),
        Variable("history", shown="`model_versions` afterwards"),
        Variable("written", shown="the order of `model_versions` afterwards"),
    ),
    misconceptions=(
        *about(
            "rollback_target", "model_versions, current_version", "max(model_versions, key=version_number)"
        ),
        Misconception(
            id="returns-error",
            says="The error is returned like a value, so nothing stops.",
            advice="Write `raise` in place of `return`.",
            samples=(_without("return LookupError('nothing left')"), _without("return LookupError")),
            when=lambda seen: look.source_has(seen, r"return \w*Error"),
        ),
        Misconception(
            id="raises-text",
            says="Only an exception can be raised, and this is something else.",
            advice="Write `raise LookupError('…')`.",
            samples=(_without("raise 'nothing left'"),),
            when=lambda seen: look.raised(seen, "TypeError", "exceptions must derive"),
        ),
        *_WRONG_TARGETS,
        Misconception(
            id="too-early",
            says="The error is raised too early, before all versions have been looked at.",
            advice="Raise it after the loop, and only if nothing was found.",
            samples=(
                f"{_HEAD}    for version, status in model_versions.items():\n"
                "        if status != 'stable':\n            raise LookupError\n    return version",
                _looped(
                    "status == 'stable' and version_number(version) < version_number(current_version)",
                    end="        else:\n            raise LookupError\n    return target\n",
                ),
            ),
            when=lambda seen: any(run.values.get("raised") is True for run in seen.runs[:3]),
        ),
        Misconception(
            id="none",
            says="Where nothing is left, a value comes back all the same, and the caller may go on with it.",
            advice="Write `raise LookupError(…)` there.",
            samples=(_without("return None"), _without("return False")),
            when=lambda seen: any(
                run.values.get("raised") is False and run.values.get("target", "") in (None, False, [], 0)
                for run in seen.runs
                if not run.raised
            ),
        ),
        Misconception(
            id="a-text",
            says="Where nothing is left, a text comes back that looks like a version to whoever called.",
            advice="Write `raise LookupError(…)` with the text in parentheses.",
            samples=(
                _without("return 'no stable version'"),
                _without("return ''"),
                _without("return 'LookupError'"),
            ),
            when=lambda seen: any(
                isinstance(found := run.values.get("target"), str) and not found.startswith("v")
                for run in seen.runs
            ),
        ),
        Misconception(
            id="stays",
            says="Where nothing is left, the current version comes back: the one to get away from.",
            advice="Write `raise LookupError(…)` there.",
            samples=(_without("return current_version"),),
        ),
        Misconception(
            id="oldest-after-all",
            says="Where nothing is left, an unstable version comes back.",
            advice="Write `raise LookupError(…)` there: no answer is better than a bad version.",
            samples=(_without("return min(model_versions, key=version_number)"),),
        ),
        Misconception(
            id="left-to-max",
            says="`max` of an empty list raises a `ValueError`; asked for is a `LookupError`.",
            advice="Ask `if not earlier:` before, and raise a `LookupError` there.",
            samples=(_target(),),
            when=lambda seen: look.raised(seen, "ValueError", "empty"),
        ),
        unknown_name(_without("raise LookUpError('nothing left')")),
        Misconception(
            id="another-error",
            says="An error is raised, but not one that is caught as a `LookupError`.",
            advice="Write `raise LookupError(…)`.",
            samples=(
                _without("raise ValueError('nothing left')"),
                _without("raise RuntimeError('nothing left')"),
                _without("raise Exception('nothing left')"),
                _without("assert False"),
            ),
            when=lambda seen: (
                look.source_has(seen, r"\b(raise|assert)\b") and any(run.raised for run in seen.runs)
            ),
        ),
    ),
)

# ── 5 Semantic versions ───────────────────────────────────────────────────────────────────────────────


def _packages(given: str, *versions: str) -> Scenario:
    return Scenario(given, setup=f"versions = {list(versions)!r}\n")


_SEMANTIC = FillIn(
    id="order.5",
    title="Find the newest of 1.9.0 and 1.10.0",
    difficulty="medium",
    task=(
        "Packages and many models carry versions such as `1.10.0`. Complete the key, so that `newest` is "
        "the highest of the list `versions`."
    ),
    code="newest = max(versions, key=lambda version: [1](int(part) for part in version.split([2])))",
    options=("sum", '"."', "tuple", "max", '","'),
    answer=("tuple", '"."'),
    hints=(
        "From right to left: the version is split into its parts, and each part becomes a number. Then the "
        "numbers have to be kept side by side.",
        "Tuples compare item by item from the left, as one compares versions: `(1, 9, 0) < (1, 10, 0)`.",
        'The parts are separated by `"."`, and what keeps them in order is `tuple`.',
    ),
    common_mistakes=(
        "Adding the parts up: 1.99.99 then beats 2.0.0.",
        "Splitting at a sign that is not in the text: then there is one part only, and `int` cannot read it.",
    ),
    explanation=(
        "```python\nnewest = max(versions, key=lambda version: tuple(int(part) for part in "
        "version.split('.')))\n"
        "```\n`'1.10.0'.split('.')` is `['1', '10', '0']`, and the tuple is `(1, 10, 0)`. Tuples compare "
        "by their "
        "first items, and by the next ones only where those are equal."
    ),
    right=(
        "A tuple of numbers compares the way versions do. Real versions may end in `rc1` or `.dev0`; there "
        "the package `packaging` knows all the rules: `packaging.version.Version`."
    ),
    scenarios=(
        _packages("1.9.0 and 1.10.0", "1.9.0", "1.10.0"),
        _packages("2.0.0 and 1.99.99", "2.0.0", "1.99.99"),
    ),
    compares=(Variable("newest"),),
    misconceptions=(
        Misconception(
            id="text-called",
            says="Text in quotes is not a function: it cannot be called.",
            advice="Choose for the first blank what makes one thing of several numbers.",
            samples=(('"."', ANY), ('","', ANY)),
        ),
        Misconception(
            id="split-at-function",
            says="`split` wants to know at which sign to cut, as text.",
            advice="Choose for the second blank the sign that stands between the parts, in quotes.",
            samples=((ANY, "sum"), (ANY, "tuple"), (ANY, "max")),
        ),
        Misconception(
            id="comma",
            says="There is no comma in `1.10.0`, so it stays in one piece, and `int` cannot read that.",
            advice="Cut at the dot.",
            samples=((ANY, '","'),),
        ),
        Misconception(
            id="sum",
            says="Added up, the parts of 1.99.99 are more than those of 2.0.0.",
            advice="Keep the numbers side by side instead of adding them.",
            samples=(("sum", '"."'),),
        ),
        Misconception(
            id="largest-part",
            says="The largest part says little: in 1.99.99 it is 99, in 2.0.0 it is 2.",
            advice="Keep all the numbers, in their order.",
            samples=(("max", '"."'),),
        ),
    ),
)

LESSON = Lesson(
    slug="order",
    number=4,
    notebook="04_version_order",
    title="Version order",
    minutes=15,
    unit="steps",
    exercises=(_VERSION_NUMBER, _IN_ORDER, _ROLLBACK_TARGET, _NOTHING_LEFT, _SEMANTIC),
)
