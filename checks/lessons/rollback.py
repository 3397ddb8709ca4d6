"""Lesson 1: a history of model versions, and the code that finds the one to roll back to.

Listed in checks.lessons; read by the notebook 01_rollback.
"""

import ast
import re
from collections.abc import Callable

import checks.lessons._looks as look
from checks.exercise import Form, Lesson, Misconception, Printed, Scenario, Seen, Step, Variable

_STATUSES = {"v1": "stable", "v2": "unstable", "v3": "unstable", "v4": "stable"}
_UNREADABLE = "Python cannot read this cell."


def _setup(statuses: dict[str, str], current: str | None = None) -> str:
    """What steps 1 and 2 define, as Python; without `current`, only step 1."""
    dictionary = f"model_versions = {statuses!r}\n"
    return dictionary + f"current_version = {current!r}\n" if current else dictionary


# ── 1 Create the model versions dictionary ────────────────────────────────────────────────────────────


def _versions(seen: Seen) -> object:
    return look.value(seen, "model_versions")


def _keys(seen: Seen) -> set[object]:
    """The keys of the learner's dictionary; nothing if it is none."""
    found = _versions(seen)
    return set(found) if isinstance(found, dict) else set()


def _statuses(seen: Seen) -> list[object]:
    """The values of the learner's dictionary; nothing if it is none."""
    found = _versions(seen)
    return list(found.values()) if isinstance(found, dict) else []


def _key_twice(seen: Seen) -> bool:
    written = [
        [key.value for key in node.keys if isinstance(key, ast.Constant)]
        for node in look.nodes(seen)
        if isinstance(node, ast.Dict)
    ]
    return any(len(set(keys)) < len(keys) for keys in written)


_DICTIONARY = Step(
    id="rollback.1",
    title="Create the model versions dictionary",
    difficulty="easy",
    task=(
        "Create a dictionary called `model_versions` with the version as key and its status as value, both "
        "strings: `v1` is stable, `v2` unstable, `v3` unstable, `v4` stable."
    ),
    hints=(
        "A dictionary looks something up by its key. Here you look up a version to learn its status.",
        "Each entry is `key: value`, and the entries are separated by commas. All eight words are strings, "
        "in quotes.",
        "Curly braces around everything, and in them key and value with a colon between: `{'v1': 'stable', "
        "…}`, and three more entries like it.",
    ),
    common_mistakes=(
        "Leaving out quotes: `v1` without them is the name of a variable that does not exist.",
        "Square brackets or commas instead of braces and colons: that makes a list or a set, not a "
        "dictionary.",
        "The status as the key: several versions share a status, and a key can be there only once.",
    ),
    explanation=(
        "```python\nmodel_versions = {\n    'v1': 'stable',\n"
        "    'v2': 'unstable',\n    'v3': 'unstable',\n    'v4': 'stable',\n"
        "}\n```\nThe version is the key because it is what tells the entries apart. The status is the value: "
        "`model_versions['v2']` gives `'unstable'`. A comma after the last entry is allowed, and handy when "
        "you add a version."
    ),
    right=(
        "All four versions are there with their status. This little history is what makes a rollback "
        "possible: one can only go back to what one has kept."
    ),
    reference=_setup(_STATUSES),
    alternatives=(
        "model_versions = dict(v1='stable', v2='unstable', v3='unstable', v4='stable')",
        "model_versions = {}\nfor version in ['v1', 'v2', 'v3', 'v4']:\n"
        "    model_versions[version] = 'stable' if version in ('v1', 'v4') else 'unstable'",
        "names = ['v1', 'v2', 'v3', 'v4']\nstatuses = ['stable', 'unstable', 'unstable', 'stable']\n"
        "model_versions = dict(zip(names, statuses))\nprint(model_versions)",
    ),
    scenarios=(Scenario(given="nothing set before"),),
    compares=(Variable("model_versions"),),
    misconceptions=(
        Misconception(
            id="equals-in-braces",
            says="Inside curly braces an entry is written with a colon, not with `=`.",
            advice="Write `'v1': 'stable'`, and the other three the same way.",
            samples=("model_versions = {'v1'='stable', 'v2'='unstable', 'v3'='unstable', 'v4'='stable'}",),
            when=lambda seen: (
                look.unreadable(seen) and look.source_has(seen, r"\{\s*['\"]?\w+['\"]?\s*=[^=]")
            ),
        ),
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=(
                "Look for a brace or a quote without its partner, and for a comma missing between two "
                "entries."
            ),
            samples=(
                "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'",
                "model_versions = {'v1': 'stable' 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
            ),
            when=look.unreadable,
        ),
        Misconception(
            id="double-equals",
            says="`==` asks whether two things are equal; it does not set anything.",
            advice="Use a single `=` after `model_versions`.",
            samples=(
                "model_versions == {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
            ),
            when=lambda seen: look.compared_not_assigned(seen, "model_versions"),
        ),
        Misconception(
            id="unquoted",
            says="A word without quotes is the name of a variable to Python, and there is none of that name.",
            advice="Put every version and every status in quotes.",
            samples=(
                "model_versions = {v1: 'stable', v2: 'unstable', v3: 'unstable', v4: 'stable'}",
                "model_versions = {'v1': stable, 'v2': unstable, 'v3': unstable, 'v4': stable}",
            ),
            when=lambda seen: look.unknown_name(seen) in {*_STATUSES, *_STATUSES.values()},
        ),
        Misconception(
            id="unknown-name",
            says="The code uses a name that nothing has set: one is spelled in two ways, perhaps.",
            advice="Compare the spelling with `model_versions`, letter by letter.",
            samples=("model_versions = {}\nmodel_version['v1'] = 'stable'",),
            when=lambda seen: look.unknown_name(seen) is not None,
        ),
        Misconception(
            id="brackets-in-braces",
            says=(
                "Each pair has brackets of its own within the braces, which makes a set, and a set cannot "
                "hold those."
            ),
            advice="Use one pair of braces only, around all four entries.",
            samples=(
                "model_versions = {{'v1': 'stable'}, {'v2': 'unstable'}, {'v3': 'unstable'}, {'v4': "
                "'stable'}}",
                "model_versions = {['v1', 'stable'], ['v2', 'unstable'], ['v3', 'unstable'], ['v4', "
                "'stable']}",
            ),
            when=lambda seen: look.raised(seen, "TypeError", "unhashable"),
        ),
        Misconception(
            id="not-assigned",
            says="The dictionary is written down, but no variable holds it, so it is gone after the cell.",
            advice="Begin with `model_versions =`.",
            samples=(
                "{'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
                "print({'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'})",
            ),
            when=lambda seen: (
                look.undefined(seen, "model_versions")
                and not look.stores(seen)
                and look.source_has(seen, "stable")
            ),
        ),
        Misconception(
            id="another-name",
            says="There is no variable called `model_versions` that holds the dictionary.",
            advice="Copy the name letter by letter: small letters, an underscore, an `s` at the end.",
            samples=(
                "model_version = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
                "Model_Versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}",
            ),
            when=lambda seen: look.undefined(seen, "model_versions"),
        ),
        Misconception(
            id="a-set",
            says=(
                "Braces with commas only make a set: it knows what is in it, but not which status goes with "
                "which version."
            ),
            advice="Put a colon between each version and its status.",
            samples=(
                "model_versions = {'v1', 'stable', 'v2', 'unstable', 'v3', 'unstable', 'v4', 'stable'}",
            ),
            when=lambda seen: isinstance(_versions(seen), set | frozenset),
        ),
        Misconception(
            id="a-list",
            says=(
                "This is a list or a tuple, which is looked up by position; a dictionary is looked up by the "
                "version."
            ),
            advice="Use curly braces, and a colon between each version and its status.",
            samples=(
                "model_versions = [('v1', 'stable'), ('v2', 'unstable'), ('v3', 'unstable'), ('v4', "
                "'stable')]",
                "model_versions = ['v1', 'v2', 'v3', 'v4']",
                "model_versions = {'v1': 'stable'}, {'v2': 'unstable'}, {'v3': 'unstable'}, {'v4': 'stable'}",
            ),
            when=lambda seen: isinstance(_versions(seen), list | tuple),
        ),
        Misconception(
            id="not-a-dictionary",
            says="What `model_versions` holds is not a dictionary.",
            advice="Write the braces without quotes around them, and without a `print`.",
            samples=(
                "model_versions = \"{'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable'}\"",
                "model_versions = print({'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': "
                "'stable'})",
            ),
            when=lambda seen: not isinstance(_versions(seen), dict | look.Undefined),
        ),
        Misconception(
            id="key-twice",
            says="The same key stands there twice; the later entry silently replaces the earlier one.",
            advice="Give each version exactly one entry.",
            samples=(
                "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v2': 'unstable', 'v4': 'stable'}",
            ),
            when=lambda seen: _key_twice(seen) and not _keys(seen) <= {"stable", "unstable"},
        ),
        Misconception(
            id="status-as-key",
            says=(
                "The statuses are the keys, so each can be there only once, and no version can be looked up."
            ),
            advice="Put the version before the colon and its status after it.",
            samples=(
                "model_versions = {'stable': 'v1', 'unstable': 'v2', 'unstable': 'v3', 'stable': 'v4'}",
                "model_versions = {'stable': ['v1', 'v4'], 'unstable': ['v2', 'v3']}",
            ),
            when=lambda seen: bool(_keys(seen)) and _keys(seen) <= {"stable", "unstable"},
        ),
        Misconception(
            id="number-keys",
            says="The keys are numbers, and the versions are the strings `'v1'` to `'v4'`.",
            advice="Write the keys as strings, with the `v`.",
            samples=("model_versions = {1: 'stable', 2: 'unstable', 3: 'unstable', 4: 'stable'}",),
            when=lambda seen: any(isinstance(key, int | float) for key in _keys(seen)),
        ),
        Misconception(
            id="version-missing",
            says="Not all four versions are in the dictionary.",
            advice=(
                "Count the entries: `v1`, `v2`, `v3`, `v4`. The unstable ones belong to the history as well."
            ),
            samples=("model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable'}",),
            when=lambda seen: isinstance(_versions(seen), dict) and _keys(seen) < set(_STATUSES),
        ),
        Misconception(
            id="version-extra",
            says="There is a version too many in the dictionary.",
            advice="Keep `v1`, `v2`, `v3` and `v4`, and nothing else.",
            samples=(
                "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'unstable', 'v4': 'stable', 'v5': "
                "'stable'}",
            ),
            when=lambda seen: _keys(seen) > set(_STATUSES),
        ),
        Misconception(
            id="version-spelling",
            says="The keys are not exactly `'v1'`, `'v2'`, `'v3'` and `'v4'`.",
            advice="A small `v`, the number, no space, nothing else.",
            samples=(
                "model_versions = {'V1': 'stable', 'V2': 'unstable', 'V3': 'unstable', 'V4': 'stable'}",
                "model_versions = {'1': 'stable', '2': 'unstable', '3': 'unstable', '4': 'stable'}",
            ),
            when=lambda seen: bool(_keys(seen)) and _keys(seen) != set(_STATUSES),
        ),
        Misconception(
            id="status-not-text",
            says="A status here is a string, either `'stable'` or `'unstable'`.",
            advice="Write the word itself in quotes, without brackets around it.",
            samples=(
                "model_versions = {'v1': True, 'v2': False, 'v3': False, 'v4': True}",
                "model_versions = {'v1': ['stable'], 'v2': ['unstable'], 'v3': ['unstable'], 'v4': "
                "['stable']}",
            ),
            when=lambda seen: any(not isinstance(status, str) for status in _statuses(seen)),
        ),
        Misconception(
            id="status-spelling",
            says=(
                "A status is spelled differently; to Python `'Stable'` and `'stable'` have nothing in common."
            ),
            advice="Write `stable` and `unstable` in small letters and without spaces.",
            samples=(
                "model_versions = {'v1': 'Stable', 'v2': 'Unstable', 'v3': 'Unstable', 'v4': 'Stable'}",
                "model_versions = {'v1': 'stable', 'v2': 'not stable', 'v3': 'unstable', 'v4': 'stable'}",
            ),
            when=lambda seen: not set(_statuses(seen)) <= {"stable", "unstable"},
        ),
        Misconception(
            id="wrong-status",
            says="All versions are there, but not each with its own status.",
            advice="`v1` and `v4` are stable, `v2` and `v3` are not.",
            samples=(
                "model_versions = {'v1': 'stable', 'v2': 'unstable', 'v3': 'stable', 'v4': 'unstable'}",
            ),
            when=lambda seen: isinstance(_versions(seen), dict),
        ),
    ),
)

# ── 2 Set the current model version ───────────────────────────────────────────────────────────────────


def _current(seen: Seen) -> object:
    return look.value(seen, "current_version")


def _only_annotated(seen: Seen) -> bool:
    return any(isinstance(node, ast.AnnAssign) and node.value is None for node in look.nodes(seen))


_CURRENT = Step(
    id="rollback.2",
    title="Set the current model version",
    difficulty="easy",
    task=(
        "The model in use is `v3`. Create a variable called `current_version` that holds its name as a "
        "string: `'v3'`."
    ),
    hints=(
        "You need one variable and one string.",
        "The variable's name stands on the left of `=`, the string on the right.",
        "Assign the string: `current_version`, then `=`, then `v3` in quotes.",
    ),
    common_mistakes=(
        "Leaving out the quotes: Python then looks for a variable called `v3`.",
        "Taking the newest version: `v4` is in the history, but it is not the one in use.",
        "Setting the number `3` or the status `'unstable'` instead of the version's name.",
    ),
    explanation=(
        "```python\ncurrent_version = 'v3'\n```\nThe string has to be spelled like the key in "
        "`model_versions`, so that the one can be compared with, and looked up in, the other. "
        "`model_versions[current_version]` now gives `'unstable'`: time to roll back."
    ),
    right=(
        "`current_version` holds the name of the version in use. Now the code can tell which versions came "
        "before it, and those are the only ones to roll *back* to."
    ),
    reference="current_version = 'v3'",
    alternatives=(
        'current_version = "v3"\nprint(current_version)',
        "current_version = list(model_versions)[2]",
        "number = 3\ncurrent_version = f'v{number}'",
    ),
    scenarios=(Scenario(given="the dictionary of step 1", setup=_setup(_STATUSES)),),
    compares=(Variable("current_version"),),
    misconceptions=(
        Misconception(
            id="space-or-hyphen",
            says="A name cannot have a space or a hyphen in it, so Python cannot read this cell.",
            advice="Join the two words with an underscore.",
            samples=("current version = 'v3'", "current-version = 'v3'"),
            when=lambda seen: look.unreadable(seen) and look.source_has(seen, r"current[ -]+version"),
        ),
        Misconception(
            id="wrong-way-round",
            says="The two sides of `=` are swapped: Python cannot give a new value to a string.",
            advice="Put the variable's name on the left and the string on the right.",
            samples=("'v3' = current_version",),
            when=lambda seen: look.unreadable(seen) and look.source_has(seen, r"^\s*['\"]v3['\"]\s*="),
        ),
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice="Look for a quote without its partner, or a sign that does not belong there.",
            samples=("current_version = 'v3", "current_version : = 'v3'"),
            when=look.unreadable,
        ),
        Misconception(
            id="double-equals",
            says="`==` asks whether two things are equal; it does not set anything.",
            advice="Use a single `=`.",
            samples=("current_version == 'v3'",),
            when=lambda seen: look.compared_not_assigned(seen, "current_version"),
        ),
        Misconception(
            id="unquoted",
            says="A word without quotes is the name of a variable to Python, and there is none of that name.",
            advice="Put `v3` in quotes.",
            samples=("current_version = v3",),
            when=lambda seen: re.fullmatch(r"[vV]\d+", look.unknown_name(seen) or "") is not None,
        ),
        Misconception(
            id="unknown-name",
            says="The code uses a name that nothing has set: one is spelled in two ways, perhaps.",
            advice="Compare the spelling with `current_version`, letter by letter.",
            samples=("curent_version = 'v3'\nprint(current_version)",),
            when=lambda seen: look.unknown_name(seen) is not None,
        ),
        Misconception(
            id="looked-up",
            says="The dictionary is looked up with something that is not one of its keys.",
            advice=(
                "No need to look anything up: the name of the version is given, so just write it as a string."
            ),
            samples=("current_version = model_versions[2]", "current_version = model_versions.v3"),
            when=lambda seen: look.raised(seen, "KeyError") or look.raised(seen, "AttributeError"),
        ),
        Misconception(
            id="not-assigned",
            says="The version is written down, but no variable holds it.",
            advice="Begin with `current_version =`.",
            samples=("print('v3')",),
            when=lambda seen: look.undefined(seen, "current_version") and not look.stores(seen),
        ),
        Misconception(
            id="colon",
            says="A colon after a name only notes a type for it; the variable gets no value.",
            advice="Use `=` between the name and the string.",
            samples=("current_version: 'v3'",),
            when=_only_annotated,
        ),
        Misconception(
            id="another-name",
            says="The version is not in a variable called `current_version`.",
            advice="Copy the name letter by letter: small letters, with an underscore between the words.",
            samples=("currentVersion = 'v3'", "Current_Version = 'v3'"),
            when=lambda seen: look.undefined(seen, "current_version"),
        ),
        Misconception(
            id="number",
            says="This is a number, and the keys of `model_versions` are strings such as `'v3'`.",
            advice="Write the name of the version, with its `v` and in quotes.",
            samples=("current_version = 3",),
            when=lambda seen: isinstance(_current(seen), int | float),
        ),
        Misconception(
            id="status",
            says="This is a status, not a version.",
            advice="Set the version's name. Its status can be looked up in `model_versions` at any time.",
            samples=("current_version = 'unstable'", "current_version = model_versions['v3']"),
            when=lambda seen: _current(seen) in ("stable", "unstable"),
        ),
        Misconception(
            id="newest",
            says="`v4` is the newest version in the history, but the one in use is `v3`.",
            advice="The current version is what is running now, and that need not be the latest. Set `v3`.",
            samples=("current_version = 'v4'", "current_version = list(model_versions)[-1]"),
            when=lambda seen: _current(seen) == "v4",
        ),
        Misconception(
            id="another-version",
            says="This is a version of the history, but not the one in use.",
            advice="The task names the current version: `v3`.",
            samples=("current_version = 'v2'", "current_version = 'v1'"),
            when=lambda seen: _current(seen) in ("v1", "v2"),
        ),
        Misconception(
            id="spelling",
            says="The string is not spelled like the key in `model_versions`, so the two would never match.",
            advice="A small `v` and the number 3, no space, nothing else.",
            samples=("current_version = 'V3'", "current_version = '3'", "current_version = ' v3'"),
            when=lambda seen: isinstance(_current(seen), str),
        ),
        Misconception(
            id="wrapped",
            says=(
                "The version is wrapped in something else, a list or a dictionary for example; a plain "
                "string is asked for."
            ),
            advice="Leave out the brackets, and a comma at the end.",
            samples=(
                "current_version = ['v3']",
                "current_version = 'v3',",
                "current_version = {'v3': 'unstable'}",
            ),
            when=lambda seen: isinstance(_current(seen), list | tuple | set | frozenset | dict),
        ),
    ),
)

# ── 3 Find the last stable model version for rollback ─────────────────────────────────────────────────


def _found(seen: Seen) -> tuple[object, ...]:
    return look.values(seen, "rollback_version")


def _never_stored(seen: Seen) -> bool:
    return look.undefined(seen, "rollback_version") and "rollback_version" not in look.stores(seen)


def _over_version_and_status(tree: ast.Module) -> bool:
    """Some `for` takes its items apart into `version` and `status`."""
    return any(
        look.target_names(part) == ("version", "status")
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.comprehension)
        for part in ast.walk(node.target)  # enumerate has the pair within a pair
        if isinstance(part, ast.expr)
    )


def _pairs_from(seen: Seen, pattern: str) -> bool:
    """Some `for` with two names goes over an expression that reads like the pattern."""
    return any(
        len(look.target_names(target)) == 2 and re.fullmatch(pattern, ast.unparse(over))
        for target, over in look.loops(seen)
    )


def _compares(seen: Seen, name: str, text: str) -> bool:
    """The variable is compared with a string or another variable that reads like the pattern."""
    return any(
        look.name_of(one) == name and re.fullmatch(text, look.text_of(other) or look.name_of(other) or "")
        for left, _, right in look.comparisons(seen)
        for one, other in ((left, right), (right, left))
    )


def _forward(seen: Seen) -> bool:
    """`version > current_version`, or the same with `>=` or turned round."""
    return any(
        (look.name_of(left), look.name_of(right))
        == (
            ("version", "current_version")
            if isinstance(how, ast.Gt | ast.GtE)
            else ("current_version", "version")
        )
        for left, how, right in look.comparisons(seen)
        if isinstance(how, ast.Gt | ast.GtE | ast.Lt | ast.LtE)
    )


def _resets(seen: Seen) -> bool:
    """An `else` of an `if` gives `rollback_version` a value."""
    return any(
        isinstance(node, ast.Assign) and look.name_of(node.targets[0]) == "rollback_version"
        for place in look.nodes(seen)
        if isinstance(place, ast.If)
        for node in place.orelse
    )


def _redefines(seen: Seen) -> bool:
    """The data of the earlier steps is written down once more."""
    return any(
        isinstance(given, ast.Constant | ast.Dict)
        for name in ("model_versions", "current_version")
        for given in look.assigned_values(seen, name)
    )


def _loop(condition: str, then: str = "rollback_version = version", head: str = "") -> str:
    """The usual loop with this condition: what most samples are."""
    return f"{head}for version, status in model_versions.items():\n    if {condition}:\n        {then}\n"


def _scenario(given: str, statuses: dict[str, str], current: str) -> Scenario:
    return Scenario(given=given, setup=_setup(statuses, current))


_FIND = Step(
    id="rollback.3",
    title="Find the last stable model version for rollback",
    difficulty="medium",
    task=(
        "Write a `for` loop with the variables `version` and `status` over `model_versions.items()`. When "
        "`status` is `'stable'` and `version` is less than `current_version`, set `rollback_version` to "
        "`version`."
    ),
    hints=(
        "Two things must be true of a version to roll back to: it was stable, and it came before the current "
        "one.",
        "The loop runs from `v1` upwards. If each version that fits replaces the one before, the last that "
        "fits is what remains.",
        "One `if` inside the loop, with `and` between its two conditions; the assignment is indented once "
        "more.",
        "`model_versions.items()` gives the pairs: `for version, status in model_versions.items():`. Strings "
        "compare with `<`, so `version < current_version` works as it stands; `status` is compared with "
        "`==`.",
    ),
    common_mistakes=(
        "Leaving out `version < current_version`: that rolls *forward*, to `v4`.",
        "Writing `<=`: if the current version is stable itself, that rolls back to where you are.",
        "Stopping at the first stable version: the *last* one before the current is wanted.",
        "Looping over `model_versions` without `.items()`: that gives the keys only.",
        "Writing down `'v1'`: right today, wrong with the next version.",
    ),
    explanation=(
        "```python\nfor version, status in model_versions.items():\n"
        "    if status == 'stable' and version < current_version:\n"
        "        rollback_version = version\n```\n`.items()` gives one pair after the other, in the order in "
        "which they were put in. Every version that is stable and comes before the current one is noted in "
        "`rollback_version`, and replaces the one noted before. After the loop the last of them is left: "
        "`v1`, because `v2` is unstable and `v4` comes after `v3`."
    ),
    right=(
        "Your code picks the last stable version before the current one, and does so for other histories "
        "too. It counts on two things: that versions are in order, and that strings compare like numbers. "
        "From `v10` on they do not, as `'v10' < 'v9'`; lesson 4 mends that."
    ),
    reference=_loop("status == 'stable' and version < current_version"),
    alternatives=(
        "for version, status in model_versions.items():\n    if version == current_version:\n        break\n"
        "    if status == 'stable':\n        rollback_version = version",
        "for version, status in sorted(model_versions.items(), reverse=True):\n"
        "    if status == 'stable' and version < current_version:\n"
        "        rollback_version = version\n        break",
        "rollback_version = max(\n    version for version, status in model_versions.items()\n"
        "    if status == 'stable' and version < current_version\n)",
        "candidates = [version for (version, status) in model_versions.items() if status == 'stable']\n"
        "rollback_version = [v for v in candidates if v < current_version][-1]\nprint(rollback_version)",
        "rollback_version = None\nfor [version, status] in reversed(list(model_versions.items())):\n"
        "    if rollback_version is None and current_version > version and status != 'unstable':\n"
        "        rollback_version = version",
    ),
    scenarios=(
        _scenario("v1 and v4 stable, v2 and v3 unstable, and v3 current", _STATUSES, "v3"),
        _scenario(
            "v1, v2 and v5 stable, v3 and v4 unstable, and v4 current",
            {"v1": "stable", "v2": "stable", "v3": "unstable", "v4": "unstable", "v5": "stable"},
            "v4",
        ),
        _scenario(
            "v1 unstable, v2, v3 and v4 stable, and v4 current",
            {"v1": "unstable", "v2": "stable", "v3": "stable", "v4": "stable"},
            "v4",
        ),
        # Against "the last stable but one", "all but the last" and a written `version < 'v4'`, which are
        # right in the three above: a stable version follows the current one and is not the last of all.
        _scenario(
            "v1, v2 and v3 stable, v4 unstable, and v2 current",
            {"v1": "stable", "v2": "stable", "v3": "stable", "v4": "unstable"},
            "v2",
        ),
    ),
    compares=(Variable("rollback_version"),),
    asks_for=(
        Form(
            id="for-version-status",
            says=(
                "This works; but the step practises a `for` loop with the two variables `version` and "
                "`status`."
            ),
            advice="Let the loop take both from `model_versions.items()`, under exactly these names.",
            found=_over_version_and_status,
            samples=(
                "for v, s in model_versions.items():\n    if s == 'stable' and v < current_version:\n"
                "        rollback_version = v",
                "for version in model_versions:\n"
                "    if model_versions[version] == 'stable' and version < current_version:\n"
                "        rollback_version = version",
                "names = list(model_versions)\nfor i in range(len(names)):\n"
                "    if model_versions[names[i]] == 'stable' and names[i] < current_version:\n"
                "        rollback_version = names[i]",
            ),
        ),
    ),
    misconceptions=(
        # what Python cannot read
        Misconception(
            id="ampersand",
            says="Two conditions are joined with the word `and`; `&` and `&&` are something else in Python.",
            advice="Write `and` between the two conditions.",
            samples=(
                _loop("status == 'stable' && version < current_version"),
                _loop("status == 'stable' & version < current_version"),
            ),
            when=lambda seen: (
                look.source_has(seen, "&") and (look.unreadable(seen) or look.raised(seen, "TypeError"))
            ),
        ),
        Misconception(
            id="equals-less",
            says="Python writes the signs the other way round, `<=`, and here not even that is wanted.",
            advice="Use `<` alone: the current version itself is not to be let through.",
            samples=(_loop("status == 'stable' and version =< current_version"),),
            when=lambda seen: look.unreadable(seen) and look.source_has(seen, "=[<>]"),
        ),
        Misconception(
            id="single-equals",
            says="A single `=` sets a variable; a condition asks with `==`, so Python cannot read this cell.",
            advice="Write `==` between `status` and `'stable'`.",
            samples=(_loop("status = 'stable' and version < current_version"),),
            when=lambda seen: (
                look.unreadable(seen) and look.source_has(seen, r"\b(if|and|or)\b[^\n=<>!]*[^\n=<>!]=[^=]")
            ),
        ),
        Misconception(
            id="missing-colon",
            says="A line that begins with `for` or `if` ends with a colon, and one is missing.",
            advice="Put `:` at the end of the line that Python names.",
            samples=(
                "for version, status in model_versions.items()\n    if status == 'stable':\n"
                "        rollback_version = version",
            ),
            when=lambda seen: "expected ':'" in str(look.syntax_error(seen) or ""),
        ),
        Misconception(
            id="indentation",
            says=(
                "The lines are not indented as Python needs it: what belongs to a `for` or an `if` stands "
                "further right."
            ),
            advice="Indent the `if` by four spaces, and the assignment by eight.",
            samples=(
                "for version, status in model_versions.items():\n"
                "if status == 'stable' and version < current_version:\n    rollback_version = version",
            ),
            when=lambda seen: isinstance(look.syntax_error(seen), IndentationError),
        ),
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice="Go to the line that Python names, and look there and at the end of the line above.",
            samples=(
                _loop("status == 'stable and version < current_version"),
                "for version, status in model_versions.items(:\n    rollback_version = version",
            ),
            when=look.unreadable,
        ),
        # names and values that are not what they seem
        Misconception(
            id="redefines-data",
            says=(
                "The cell writes down `model_versions` or `current_version` once more, so it knows only that "
                "one history."
            ),
            advice=(
                "Leave those lines out: the earlier steps have set both, and your loop has to work with any "
                "values."
            ),
            samples=(
                _setup(_STATUSES, "v3") + _loop("status == 'stable' and version < current_version"),
                "current_version = 'v3'\n" + _loop("status == 'stable' and version < current_version"),
            ),
            when=_redefines,
        ),
        Misconception(
            id="double-equals",
            says="`==` asks whether two things are equal; it does not set `rollback_version`.",
            advice="Use a single `=` to set a variable.",
            samples=(
                _loop("status == 'stable' and version < current_version", then="rollback_version == version"),
            ),
            when=lambda seen: look.compared_not_assigned(seen, "rollback_version"),
        ),
        Misconception(
            id="unquoted",
            says=(
                "Without quotes Python takes a word for the name of a variable, and there is none of that "
                "name."
            ),
            advice="A status is text: put it in quotes.",
            samples=(_loop("status == stable and version < current_version"),),
            when=lambda seen: look.unknown_name(seen) in ("stable", "unstable", "v1", "v2", "v3", "v4"),
        ),
        Misconception(
            id="status-not-taken",
            says="The loop takes only one thing from the dictionary, so `status` is never set.",
            advice=(
                "Give the loop both names, `version, status`, and let it go over `model_versions.items()`."
            ),
            samples=(
                "for version in model_versions:\n    if status == 'stable' and version < current_version:\n"
                "        rollback_version = version",
            ),
            when=lambda seen: look.unknown_name(seen) == "status",
        ),
        Misconception(
            id="unknown-name",
            says="The code uses a name that neither it nor an earlier step has set.",
            advice="Compare the spelling with `model_versions`, `current_version`, `version` and `status`.",
            samples=(
                "for version, status in models.items():\n    if status == 'stable' and version < "
                "current_version:\n        rollback_version = version",
                _loop("status == 'stable' and version < current"),
            ),
            when=lambda seen: look.unknown_name(seen) not in (None, "rollback_version"),
        ),
        # what the loop goes over
        Misconception(
            id="items-not-called",
            says="`items` is a method: without parentheses it is not called, and gives no pairs.",
            advice="Write `model_versions.items()`.",
            samples=(
                "for version, status in model_versions.items:\n    if status == 'stable':\n"
                "        rollback_version = version",
            ),
            when=lambda seen: look.raised(seen, "TypeError", "not iterable"),
        ),
        Misconception(
            id="by-position",
            says=(
                "A dictionary is looked up by its keys, and here something else was asked for, a position "
                "perhaps."
            ),
            advice="Let the loop hand you each version with its status: `model_versions.items()`.",
            samples=(
                "for i in range(len(model_versions)):\n    if model_versions[i] == 'stable':\n"
                "        rollback_version = i",
            ),
            when=lambda seen: look.raised(seen, "KeyError"),
        ),
        Misconception(
            id="counts",
            says="`enumerate` counts, so the first name holds a number and the second the version or a pair.",
            advice="Let the loop go over `model_versions.items()` itself.",
            samples=(
                "for version, status in enumerate(model_versions):\n"
                "    if status == 'stable' and version < current_version:\n"
                "        rollback_version = version",
            ),
            when=lambda seen: _pairs_from(seen, r"enumerate\(.*"),
        ),
        Misconception(
            id="no-items",
            says=(
                "Without `.items()` the loop gets only the keys (or only the statuses), and takes that one "
                "string apart: `'v1'` becomes `version = 'v'` and `status = '1'`."
            ),
            advice="Let the loop go over `model_versions.items()`.",
            samples=(
                "for version, status in model_versions:\n    if status == 'stable' and version < "
                "current_version:\n        rollback_version = version",
                "for version, status in model_versions.values():\n    if status == 'stable':\n"
                "        rollback_version = version",
            ),
            when=lambda seen: _pairs_from(
                seen, r"(\w+\()?model_versions(\.keys\(\)|\.values\(\))?(, reverse=True)?\)?"
            ),
        ),
        Misconception(
            id="names-swapped",
            says=(
                "Each pair is key first, then value; here `status` gets the version and `version` the status."
            ),
            advice="Name them in the order of the pair: `version, status`.",
            samples=(
                "for status, version in model_versions.items():\n"
                "    if status == 'stable' and version < current_version:\n"
                "        rollback_version = version",
            ),
            when=lambda seen: any(
                look.target_names(target) == ("status", "version") for target, _ in look.loops(seen)
            ),
        ),
        Misconception(
            id="one-name",
            says="`.items()` gives pairs, and a loop with one name gets the whole pair in it.",
            advice="Give the loop two names, `version, status`.",
            samples=(
                "for version in model_versions.items():\n    if version == 'stable':\n"
                "        rollback_version = version",
            ),
            when=lambda seen: any(
                len(look.target_names(target)) == 1 and ast.unparse(over) == "model_versions.items()"
                for target, over in look.loops(seen)
            ),
        ),
        # what is compared
        Misconception(
            id="to-number",
            says=(
                "A version such as `'v1'` is text and begins with a letter: it is no number, and compares "
                "with text only."
            ),
            advice="Compare the strings as they are, `version` with `current_version`.",
            samples=(
                _loop("status == 'stable' and int(version) < int(current_version)"),
                _loop("status == 'stable' and version < 3"),
            ),
            when=lambda seen: (
                look.raised(seen, "ValueError", "invalid literal")
                or look.raised(seen, "ValueError", "could not convert")
                or look.raised(seen, "TypeError", "not supported between")
            ),
        ),
        Misconception(
            id="no-such-attribute",
            says="Versions and statuses are plain strings: they have no attributes such as `status`.",
            advice="Use the loop's own variables: `version` holds the name, `status` the status.",
            samples=(_loop("version.status == 'stable' and version < current_version"),),
            when=lambda seen: look.raised(seen, "AttributeError", "'str' object"),
        ),
        Misconception(
            id="no-such-method",
            says="A dictionary has no method of that name.",
            advice="The pairs come from `.items()`: small letters, an `s` at the end.",
            samples=(
                "for version, status in model_versions.item():\n"
                "    if status == 'stable' and version < current_version:\n"
                "        rollback_version = version",
            ),
            when=lambda seen: look.raised(seen, "AttributeError", "'dict' object"),
        ),
        Misconception(
            id="function-not-called",
            says=(
                "The code stands in a function, and what a function sets is gone when it ends, if it is "
                "called at all."
            ),
            advice="Write the loop without a `def`, at the left edge of the cell.",
            samples=(
                "def find():\n    for version, status in model_versions.items():\n"
                "        if status == 'stable' and version < current_version:\n"
                "            rollback_version = version\n    return rollback_version\n",
            ),
            when=lambda seen: (
                look.undefined(seen, "rollback_version")
                and any(isinstance(node, ast.FunctionDef) for node in look.nodes(seen))
            ),
        ),
        Misconception(
            id="name-as-text",
            says="The name of a variable in quotes is only text: `'version'` is not what `version` holds.",
            advice="Write variables without quotes; only a status such as `'stable'` is text.",
            samples=(
                _loop("'status' == 'stable' and version < current_version"),
                _loop("status == 'stable' and version < 'current_version'"),
                _loop(
                    "status == 'stable' and version < current_version", then="rollback_version = 'version'"
                ),
            ),
            when=lambda seen: bool(
                (look.compared_texts(seen) | look.assigned_texts(seen, "rollback_version"))
                & {"version", "status", "current_version", "rollback_version"}
            ),
        ),
        Misconception(
            id="version-is-no-status",
            says=(
                "It is the version that is compared with a status here, and a name such as `'v1'` is never a "
                "status."
            ),
            advice="Ask `status`, the loop's other variable.",
            samples=(_loop("version == 'stable' and version < current_version"),),
            when=lambda seen: _compares(seen, "version", "(un)?stable"),
        ),
        Misconception(
            id="status-of-current",
            says=(
                "What is asked here is whether the *current* version is stable; each version has to be asked "
                "itself."
            ),
            advice="Compare `status`: it belongs to the version that the loop is looking at.",
            samples=(
                _loop("model_versions[current_version] == 'stable' and version < current_version"),
                _loop("current_version == 'stable'"),
            ),
            when=lambda seen: (
                _compares(seen, "current_version", "(un)?stable")
                or any(
                    ast.unparse(left) == "model_versions[current_version]"
                    for left, *_ in look.comparisons(seen)
                )
            ),
        ),
        Misconception(
            id="status-less-than-version",
            says=(
                "A status is compared with a version here, and which of two such words sorts first means "
                "nothing."
            ),
            advice="Compare `version` with `current_version`, and `status` with `'stable'`.",
            samples=(_loop("status == 'stable' and status < current_version"),),
            when=lambda seen: _compares(seen, "status", "version|current_version"),
        ),
        Misconception(
            id="current-written-down",
            says=(
                "The loop compares with a version written into it, so it goes wrong when another one is "
                "current."
            ),
            advice="Compare with the variable `current_version`.",
            samples=(
                _loop("status == 'stable' and version < 'v3'"),
                _loop("status == 'stable' and version != 'v4'"),
                _loop("status == 'stable' and version < 'v4'"),
            ),
            when=lambda seen: _compares(seen, "version", r"v\d+"),
        ),
        Misconception(
            id="status-spelling",
            says=(
                "The text that `status` is compared with is spelled differently from the statuses in the "
                "dictionary."
            ),
            advice="Write `'stable'`: small letters, no space.",
            samples=(
                _loop("status == 'Stable' and version < current_version"),
                _loop("status == 'stabel' and version < current_version"),
            ),
            when=lambda seen: any(
                not re.fullmatch(r"(un)?stable|v\d*|", text) for text in look.compared_texts(seen)
            ),
        ),
        # what is set
        Misconception(
            id="another-name",
            says="What was found is not in a variable called `rollback_version`.",
            advice="Copy the name letter by letter: small letters, with an underscore between the words.",
            samples=(
                _loop("status == 'stable' and version < current_version", then="rollback = version"),
                _loop("status == 'stable' and version < current_version", then="Rollback_Version = version"),
            ),
            when=lambda seen: _never_stored(seen) and look.assigns_something(seen),
        ),
        Misconception(
            id="only-printed",
            says="The version is printed but kept in no variable, so no later step can use it.",
            advice="Set `rollback_version` instead of, or besides, printing.",
            samples=(_loop("status == 'stable' and version < current_version", then="print(version)"),),
            when=lambda seen: _never_stored(seen) and any(look.printed(seen)),
        ),
        Misconception(
            id="nothing-set",
            says="Nothing sets `rollback_version`.",
            advice="When a version fits, assign it: `rollback_version`, then `=`, then the loop's version.",
            samples=(_loop("status == 'stable' and version < current_version", then="pass"),),
            when=_never_stored,
        ),
        Misconception(
            id="joined",
            says="`+=` puts each version behind the ones before, instead of replacing them.",
            advice="Use `=`: only the last one is wanted.",
            samples=(
                _loop(
                    "status == 'stable' and version < current_version",
                    then="rollback_version += version",
                    head="rollback_version = ''\n",
                ),
            ),
            when=lambda seen: any(
                isinstance(node, ast.AugAssign) and look.name_of(node.target) == "rollback_version"
                for node in look.nodes(seen)
            ),
        ),
        Misconception(
            id="several",
            says="`rollback_version` holds a whole collection, and one can only roll back to one version.",
            advice="Set it to a single version, a string: the last one that fits.",
            samples=(
                "rollback_version = [\n    version for version, status in model_versions.items()\n"
                "    if status == 'stable' and version < current_version\n]",
                _loop(
                    "status == 'stable' and version < current_version",
                    then="rollback_version = version, status",
                ),
            ),
            when=lambda seen: any(isinstance(found, list | tuple | set | dict) for found in _found(seen)),
        ),
        Misconception(
            id="else-overwrites",
            says="The `else` overwrites what was found as soon as a later version does not fit.",
            advice="Leave out the `else`: a version that does not fit should change nothing.",
            samples=(
                _loop("status == 'stable' and version < current_version")
                + "    else:\n        rollback_version = None\n",
                _loop("status == 'stable' and version < current_version")
                + "    else:\n        rollback_version = current_version\n",
            ),
            when=_resets,
        ),
        Misconception(
            id="sets-status",
            says="`rollback_version` holds a status; wanted is the name of the version.",
            advice="Assign the loop's other variable.",
            samples=(
                _loop("status == 'stable' and version < current_version", then="rollback_version = status"),
            ),
            when=lambda seen: any(found in ("stable", "unstable") for found in _found(seen)),
        ),
        Misconception(
            id="sets-current",
            says="`rollback_version` is the current version, the very one to get away from.",
            advice="Assign `version`, the one that the loop is looking at.",
            samples=(
                _loop(
                    "status == 'stable' and version < current_version",
                    then="rollback_version = current_version",
                ),
            ),
        ),
        Misconception(
            id="hard-coded",
            says=(
                "The answer is written down instead of found: whatever the history, the same version comes "
                "out."
            ),
            advice="Let the loop set `rollback_version` to `version`, so that it follows the data.",
            samples=(
                "rollback_version = 'v1'",
                _loop("status == 'stable' and version < current_version", then="rollback_version = 'v1'"),
                "rollback_version = 'v2'",
            ),
            when=lambda seen: isinstance(_found(seen)[0], str) and len(set(map(repr, _found(seen)))) == 1,
        ),
        # which versions get through
        Misconception(
            id="or",
            says="With `or` one of the two conditions is enough; a version to roll back to has to meet both.",
            advice="Join them with `and`.",
            samples=(_loop("status == 'stable' or version < current_version"),),
            when=lambda seen: any(isinstance(node, ast.Or) for node in look.nodes(seen)),
        ),
        Misconception(
            id="greater-than",
            says="The comparison points the wrong way: it looks for versions *after* the current one.",
            advice="Rolling back means going to an earlier version: use `<`.",
            samples=(
                _loop("status == 'stable' and version > current_version"),
                _loop("status == 'stable' and current_version <= version"),
            ),
            when=_forward,
        ),
        Misconception(
            id="less-or-equal",
            says=(
                "`<=` lets the current version itself through, so a stable current version is rolled back to "
                "itself."
            ),
            advice="The current version is the one to leave: use `<`.",
            samples=(_loop("status == 'stable' and version <= current_version"),),
        ),
        Misconception(
            id="not-equal",
            says="This leaves out only the current version; versions that came after it still get through.",
            advice="Rolling back means going to an earlier version: use `<`.",
            samples=(_loop("status == 'stable' and version != current_version"),),
        ),
        Misconception(
            id="equals-current",
            says="Only the current version itself can get through, and that is the one to get away from.",
            advice="Look for versions that are less than the current one.",
            samples=(
                _loop("status == 'stable' and version == current_version"),
                _loop("status == 'stable' and version == current_version", head="rollback_version = None\n"),
            ),
        ),
        Misconception(
            id="last-of-all",
            says="No version is turned away: what remains is simply the last in the dictionary.",
            advice="Ask for both conditions before you assign: stable, and less than the current version.",
            samples=(
                "for version, status in model_versions.items():\n    rollback_version = version",
                "rollback_version = list(model_versions)[-1]",
            ),
        ),
        Misconception(
            id="no-less-than",
            says=(
                "The last stable version is taken even if it came *after* the current one, so this rolls "
                "forward."
            ),
            advice="Also ask that `version` is less than `current_version`.",
            samples=(
                _loop("status == 'stable'"),
                "stable = [version for version, status in model_versions.items() if status == 'stable']\n"
                "rollback_version = stable[-1]",
            ),
        ),
        Misconception(
            id="part-of-unstable",
            says="`'unstable'` contains `'stable'` too, so `in` lets every version through.",
            advice="Ask whether the two are equal: `status == 'stable'`.",
            samples=(_loop("'stable' in status and version < current_version"),),
            when=lambda seen: any(
                isinstance(how, ast.In) and look.text_of(left) == "stable" and look.name_of(right) == "status"
                for left, how, right in look.comparisons(seen)
            ),
        ),
        Misconception(
            id="status-ignored",
            says="The version just before the current one is taken, whether it was stable or not.",
            advice="Also ask that `status` is `'stable'`.",
            samples=(
                _loop("version < current_version"),
                "names = list(model_versions)\nrollback_version = names[names.index(current_version) - 1]",
            ),
        ),
        Misconception(
            id="looks-for-unstable",
            says="This picks versions that are *not* stable, the ones to stay away from.",
            advice="Ask that `status` is `'stable'`.",
            samples=(
                _loop("status == 'unstable' and version < current_version"),
                _loop("status == 'unstable' and version < current_version", head="rollback_version = None\n"),
                _loop("status != 'stable'"),
            ),
        ),
        Misconception(
            id="first-stable",
            says=(
                "The search ends with the first stable version; wanted is the *last* one before the current."
            ),
            advice="Leave out `break`, so that later versions that fit replace earlier ones.",
            samples=(
                _loop("status == 'stable'", then="rollback_version = version; break"),
                "rollback_version = min(version for version, status in model_versions.items() if status == "
                "'stable')",
            ),
        ),
        Misconception(
            id="last-but-one",
            says=(
                "The last stable version but one is taken; whether that is the right one depends on what "
                "came later."
            ),
            advice="Do not count places: compare `version` with `current_version`.",
            samples=(
                "stable = [version for version, status in model_versions.items() if status == 'stable']\n"
                "rollback_version = stable[-2]",
            ),
        ),
        Misconception(
            id="stops-at-unstable",
            says="The search ends at the first unstable version, though stable ones may follow.",
            advice="Let the loop go on: an unstable version is passed over, no more.",
            samples=(
                "for version, status in model_versions.items():\n"
                "    if status == 'unstable':\n        break\n"
                "    rollback_version = version",
                "rollback_version = None\nfor version, status in model_versions.items():\n"
                "    if status == 'unstable':\n        break\n    rollback_version = version",
            ),
        ),
        Misconception(
            id="never-found",
            says="No version ever gets through the condition, or the one that does is overwritten.",
            advice=(
                "Ask `status == 'stable' and version < current_version`, and assign only when that is true."
            ),
            samples=(
                _loop("status == True and version < current_version"),
                "for version, status in model_versions.items():\n    rollback_version = None\n",
            ),
            when=lambda seen: (
                all(found in (None, "", look.UNDEFINED) for found in _found(seen))
                and not any(run.raised for run in seen.runs)
            ),
        ),
        Misconception(
            id="used-before-set",
            says=(
                "`rollback_version` is used although nothing has set it: no version got that far, or none "
                "was assigned."
            ),
            advice=(
                "Assign it inside the `if`, as `rollback_version`, then `=`, then `version`; use it after "
                "that."
            ),
            samples=(
                _loop("status == 'stable' and version < current_version", then="version = rollback_version"),
                "for version, status in model_versions.items():\n    if status == 'stable':\n        break\n"
                "print(rollback_version)",
            ),
            when=lambda seen: look.unknown_name(seen) == "rollback_version",
        ),
    ),
)

# ── 4 Print the rollback version ──────────────────────────────────────────────────────────────────────

_TEXT = "Rollback to model version: "
_ROLLBACK_VERSION = re.compile(r"rollback_version = '(v\d+)'")


def _wanted(seen: Seen) -> tuple[str, ...]:
    """The version that each scenario rolls back to."""
    return tuple(found[1] for run in seen.runs if (found := _ROLLBACK_VERSION.search(run.scenario.setup)))


def _always(seen: Seen, holds: Callable[[str, str], object]) -> bool:
    """For the printed text and the version of every run, this is so; and no run was ended by an exception."""
    return not any(run.raised for run in seen.runs) and all(map(holds, look.printed(seen), _wanted(seen)))


def _bare(text: str) -> str:
    """Only the letters and digits."""
    return re.sub(r"[\W_]", "", text)


def _has_f_string(tree: ast.Module) -> bool:
    """Some f-string has at least one pair of braces with something in it."""
    return any(isinstance(node, ast.FormattedValue) for node in ast.walk(tree))


def _print_scenario(statuses: dict[str, str], current: str, version: str) -> Scenario:
    return Scenario(
        given=f"`rollback_version` set to `{version!r}`",
        setup=_setup(statuses, current) + f"rollback_version = {version!r}\n",
    )


_PRINT = Step(
    id="rollback.4",
    title="Print the rollback version",
    difficulty="easy",
    task=(
        "Print the result with an f-string: the text `Rollback to model version:`, a space, and the value of "
        "`rollback_version`. With your data that makes `Rollback to model version: v1`."
    ),
    hints=(
        "The text stays the same, the version may change. So the version must come from the variable.",
        "A string with an `f` before its first quote replaces a name in braces by the variable's value.",
        '`print(f"…")`, with the text in the quotes and, after its colon and a space, `rollback_version` in '
        "curly braces.",
    ),
    common_mistakes=(
        "Printing a fixed text that ends in `v1`: right today, wrong after the next rollback.",
        "Leaving out the `f`: the braces are then printed as they stand.",
        "A text that differs by a capital, a space or the colon: whoever searches a log for it will not find "
        "it.",
    ),
    explanation=(
        '```python\nprint(f"Rollback to model version: {rollback_version}")\n'
        "```\nThe `f` before the quote makes it an f-string: what stands in braces is worked out, and its "
        "value put into the text. Without the `f` the braces are just braces."
    ),
    right=(
        "The text follows the variable, whatever version was found. In production such a line goes to a log; "
        "there it should also say who rolled back, when and why. Lesson 6 keeps such a record."
    ),
    reference='print(f"Rollback to model version: {rollback_version}")',
    alternatives=(
        "print(f'Rollback to model version: {rollback_version}')",
        'message = f"Rollback to model version: {rollback_version}"\nprint(message)',
        'print("Rollback to model version:", f"{rollback_version}")',
        'text = "Rollback to model version"\nprint(f"{text}: {rollback_version:s}", end="\\n")',
    ),
    scenarios=(
        _print_scenario(_STATUSES, "v3", "v1"),
        _print_scenario({"v1": "stable", "v2": "stable", "v3": "unstable"}, "v3", "v2"),
        _print_scenario({"v6": "stable", "v7": "stable", "v8": "unstable"}, "v8", "v7"),
    ),
    compares=(Printed(),),
    asks_for=(
        Form(
            id="f-string",
            says="This prints the right text; but the step practises f-strings: let braces bring the value.",
            advice="Put an `f` before the first quote, and the variable in braces inside the string.",
            found=_has_f_string,
            samples=(
                'print("Rollback to model version: " + rollback_version)',
                'print("Rollback to model version:", rollback_version)',
                'print("Rollback to model version: {}".format(rollback_version))',
                'print("Rollback to model version: %s" % rollback_version)',
            ),
        ),
    ),
    misconceptions=(
        Misconception(
            id="print-without-parentheses",
            says="`print` is a function, and what it prints stands in parentheses.",
            advice="Put parentheses around the f-string.",
            samples=('print f"Rollback to model version: {rollback_version}"',),
            when=lambda seen: look.unreadable(seen) and look.source_has(seen, r"\bprint\s*f?['\"]"),
        ),
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice="Look for a quote, a brace or a parenthesis without its partner.",
            samples=(
                'print(f"Rollback to model version: {rollback_version)',
                'print(f"Rollback to model version: {rollback_version"}',
                "print(Rollback to model version: rollback_version)",
            ),
            when=look.unreadable,
        ),
        Misconception(
            id="redefines",
            says="The cell sets `rollback_version` to a fixed version, so what the loop found is lost.",
            advice="Leave that line out and use the variable as step 3 left it.",
            samples=('rollback_version = "v1"\nprint(f"Rollback to model version: {rollback_version}")',),
            when=lambda seen: bool(look.assigned_texts(seen, "rollback_version")),
        ),
        Misconception(
            id="capital-print",
            says="Capitals count: the function is called `print`.",
            advice="Write it in small letters.",
            samples=('Print(f"Rollback to model version: {rollback_version}")',),
            when=lambda seen: (look.unknown_name(seen) or "").lower() == "print",
        ),
        Misconception(
            id="loop-variable",
            says=(
                "`version` belongs to the loop: after it, it holds the last version looked at, not the one "
                "found."
            ),
            advice="Use `rollback_version`.",
            samples=('print(f"Rollback to model version: {version}")',),
            when=lambda seen: look.unknown_name(seen) in ("version", "status"),
        ),
        Misconception(
            id="unknown-name",
            says="The code uses a name that no step has set.",
            advice="Compare the spelling with `rollback_version`, letter by letter.",
            samples=('print(f"Rollback to model version: {rollback}")',),
            when=lambda seen: look.unknown_name(seen) is not None,
        ),
        Misconception(
            id="not-printed",
            says="Nothing is printed: a text that is only written down or kept in a variable does not show.",
            advice="Hand the text to `print(…)`.",
            samples=(
                'f"Rollback to model version: {rollback_version}"',
                'message = f"Rollback to model version: {rollback_version}"',
            ),
            when=lambda seen: _always(seen, lambda text, version: not text),
        ),
        Misconception(
            id="braces-twice",
            says="Doubled braces are how an f-string prints a brace, so nothing is put in their place.",
            advice="One pair of braces around the variable is enough.",
            samples=('print(f"Rollback to model version: {{rollback_version}}")',),
            when=lambda seen: _always(
                seen, lambda text, version: "{rollback_version}" in text and look.source_has(seen, r"\{\{")
            ),
        ),
        Misconception(
            id="f-inside",
            says="The `f` is inside the quotes, so it is printed like any letter.",
            advice="Put the `f` outside, directly before the first quote.",
            samples=("print(\"f'Rollback to model version: {rollback_version}'\")",),
            when=lambda seen: _always(seen, lambda text, version: "{" in text and text.startswith("f")),
        ),
        Misconception(
            id="no-f",
            says=(
                "Without an `f` before the quote it is a plain string, and the braces are printed as they "
                "stand."
            ),
            advice="Put an `f` directly before the first quote.",
            samples=('print("Rollback to model version: {rollback_version}")',),
            when=lambda seen: _always(seen, lambda text, version: "{" in text and version not in text),
        ),
        Misconception(
            id="name-not-value",
            says="The name of the variable is printed instead of its value.",
            advice="Put the variable in curly braces, without quotes around it.",
            samples=(
                'print(f"Rollback to model version: rollback_version")',
                'print("Rollback to model version: rollback_version")',
            ),
            when=lambda seen: _always(
                seen, lambda text, version: "rollback_version" in text and version not in text
            ),
        ),
        Misconception(
            id="prints-current",
            says="This prints the current version, the one to get away from.",
            advice="Print `rollback_version`.",
            samples=('print(f"Rollback to model version: {current_version}")',),
            when=lambda seen: (
                "current_version" in look.loads(seen) and "rollback_version" not in look.loads(seen)
            ),
        ),
        Misconception(
            id="prints-status",
            says="This prints a status or the whole history; wanted is the name of the version.",
            advice="Put `rollback_version` itself in the braces.",
            samples=(
                'print(f"Rollback to model version: {model_versions[rollback_version]}")',
                'print(f"Rollback to model version: {model_versions}")',
            ),
            when=lambda seen: _always(seen, lambda text, version: "stable" in text),
        ),
        Misconception(
            id="fixed-text",
            says="The text is written down, so it stays the same when another version is found.",
            advice="Put the variable into the text, in braces, instead of a version.",
            samples=(
                'print("Rollback to model version: v1")',
                'print(f"Rollback to model version: v1")',
            ),
            when=lambda seen: len(set(look.printed(seen))) == 1 and not any(run.raised for run in seen.runs),
        ),
        Misconception(
            id="value-only",
            says="Only the version is printed, and the words before it are missing.",
            advice="Put the text before it, inside the same f-string.",
            samples=("print(rollback_version)", 'print(f"{rollback_version}")'),
            when=lambda seen: _always(seen, lambda text, version: _bare(text) == version),
        ),
        Misconception(
            id="more-lines",
            says="The right line is there, but more is printed besides.",
            advice="Print this one line only, and only once.",
            samples=(
                'print(f"Rollback to model version: {rollback_version}")\nprint("Done")',
                'for version in model_versions:\n    print(f"Rollback to model version: {rollback_version}")',
            ),
            when=lambda seen: _always(seen, lambda text, version: _TEXT + version in text.splitlines()),
        ),
        Misconception(
            id="signs",
            says=(
                "The words are right, but not every sign between them: the colon, a space, a quote or a line "
                "break."
            ),
            advice=(
                "After `version` comes a colon, then exactly one space, then the version, and nothing else."
            ),
            samples=(
                'print(f"Rollback to model version {rollback_version}")',
                'print(f"Rollback to model version:{rollback_version}")',
                'print(f"Rollback to model version: {rollback_version!r}")',
            ),
            when=lambda seen: _always(seen, lambda text, version: _bare(text) == _bare(_TEXT + version)),
        ),
        Misconception(
            id="capitals",
            says=(
                "The words are right, but a capital letter is where none belongs, or is missing where one "
                "does."
            ),
            advice="Only the first letter is a capital: `Rollback to model version:`.",
            samples=('print(f"rollback to model version: {rollback_version}")',),
            when=lambda seen: _always(
                seen, lambda text, version: _bare(text).lower() == _bare(_TEXT + version).lower()
            ),
        ),
        Misconception(
            id="wording",
            says="The version is right, but the words around it are not those asked for.",
            advice="Copy the text from the task: `Rollback to model version:`.",
            samples=(
                'print(f"Rollback to version: {rollback_version}")',
                'print(f"Rolling back to {rollback_version}")',
            ),
            when=lambda seen: _always(seen, lambda text, version: version in text),
        ),
    ),
)

LESSON = Lesson(
    slug="rollback",
    number=1,
    notebook="01_rollback",
    title="Rollback",
    minutes=15,
    unit="steps",
    exercises=(_DICTIONARY, _CURRENT, _FIND, _PRINT),
)
