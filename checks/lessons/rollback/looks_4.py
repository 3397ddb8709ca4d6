"""How wrong answers to rollback.4 are told apart: what its misconceptions are recognised by."""

import ast
import re
from collections.abc import Callable

import checks.lessons.shared.looks as look
from checks.exercise import Run, Seen

_TEXT = "Rollback to model version: "


def _wanted(seen: Seen) -> tuple[str, ...]:
    """The version that each scenario rolls back to."""
    return tuple(str(run.situation.before["rollback_version"]) for run in seen.runs)


def _always(seen: Seen, holds: Callable[[str, str], object]) -> bool:
    """For the printed text and the version of every run, this is so; and no run was ended by an exception."""
    return not any(run.raised for run in seen.runs) and all(map(holds, look.printed(seen), _wanted(seen)))


def _bare(text: str) -> str:
    """Only the letters and digits."""
    return re.sub(r"[\W_]", "", text)


def has_f_string(tree: ast.Module) -> bool:
    """Some f-string brings a value in braces, and not only to what an `assert` or a `raise` would say."""
    complaints = [node for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.Raise)]
    left_out = [inner for node in complaints for inner in ast.walk(node)]
    return any(
        isinstance(node, ast.FormattedValue) and not isinstance(node.value, ast.Constant)
        for node in ast.walk(tree)
        if node not in left_out
    )


def print_without_parentheses(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"\bprint\s*(f?['\"]|\{)")


def redefines(seen: Seen) -> bool:
    return bool(look.assigned_texts(seen, "rollback_version"))


def capital_print(seen: Seen) -> bool:
    return (look.unknown_name(seen) or "").lower() == "print"


def loop_variable(seen: Seen) -> bool:
    return look.unknown_name(seen) in ("version", "status")


def braces_outside(seen: Seen) -> bool:
    """The variable stands in the braces of a set."""
    return any(
        isinstance(node, ast.Set) and "rollback_version" in map(look.name_of, node.elts)
        for node in look.nodes(seen)
    )


def not_printed(seen: Seen) -> bool:
    return _always(seen, lambda text, version: not text)


def braces_twice(seen: Seen) -> bool:
    return _always(
        seen, lambda text, version: "{rollback_version}" in text and look.source_has(seen, r"\{\{")
    )


def f_inside(seen: Seen) -> bool:
    return _always(seen, lambda text, version: "{" in text and text.startswith("f"))


def no_f(seen: Seen) -> bool:
    return _always(seen, lambda text, version: "{" in text and version not in text)


def name_not_value(seen: Seen) -> bool:
    return _always(seen, lambda text, version: "rollback_version" in text and version not in text)


def prints_current(seen: Seen) -> bool:
    return bool(seen.runs) and all(
        run.printed.strip() == _TEXT + str(run.situation.before["current_version"]) for run in seen.runs
    )


def prints_status(seen: Seen) -> bool:
    return _always(seen, lambda text, version: "stable" in text) or all(map(_has_the_history, seen.runs))


def _has_the_history(run: Run) -> bool:
    """One line has all versions."""
    versions = run.situation.before["model_versions"]
    assert isinstance(versions, dict)
    return any(all(version in line for version in versions) for line in run.printed.splitlines())


def fixed_text(seen: Seen) -> bool:
    return len(set(look.printed(seen))) == 1 and not any(run.raised for run in seen.runs)


def value_only(seen: Seen) -> bool:
    return _always(seen, lambda text, version: _bare(text) == version)


def more_lines(seen: Seen) -> bool:
    return _always(seen, lambda text, version: _TEXT + version in text.splitlines())


def signs(seen: Seen) -> bool:
    return _always(seen, lambda text, version: _bare(text) == _bare(_TEXT + version))


def capitals(seen: Seen) -> bool:
    return _always(seen, lambda text, version: _bare(text).lower() == _bare(_TEXT + version).lower())


def wording(seen: Seen) -> bool:
    return _always(seen, lambda text, version: version in text)


def another_version(seen: Seen) -> bool:
    return _always(seen, lambda text, version: re.fullmatch(rf"{_TEXT}v\d+", text))
