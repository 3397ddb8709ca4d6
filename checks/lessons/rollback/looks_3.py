"""How wrong answers to rollback.3 are told apart: what its misconceptions are recognised by."""

import ast
import re

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def _found(seen: Seen) -> tuple[object, ...]:
    return look.values(seen, "rollback_version")


def _never_stored(seen: Seen) -> bool:
    return look.undefined(seen, "rollback_version") and "rollback_version" not in look.stores(seen)


def _pairs_from(seen: Seen, pattern: str) -> bool:
    """Some `for` with two names goes over an expression that reads like the pattern."""
    return any(
        len(names := look.target_names(target)) == 2
        and None not in names  # `n, (version, status)` takes the pair apart
        and re.fullmatch(pattern, ast.unparse(over))
        for target, over in look.loops(seen)
    )


def _compares(seen: Seen, name: str, text: str) -> bool:
    """The variable is compared with a string or another variable that reads like the pattern."""
    return any(
        look.name_of(one) == name and re.fullmatch(text, look.text_of(other) or look.name_of(other) or "")
        for left, _, right in look.comparisons(seen)
        for one, other in ((left, right), (right, left))
    )


def over_version_and_status(tree: ast.Module) -> bool:
    """Some `for` takes its items apart into `version` and `status`."""
    return any(
        look.target_names(part) == ("version", "status")
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.comprehension)
        for part in ast.walk(node.target)  # enumerate has the pair within a pair
        if isinstance(part, ast.expr)
    )


def ampersand(seen: Seen) -> bool:
    return look.source_has(seen, "&") and (look.unreadable(seen) or look.raised(seen, "TypeError"))


def equals_less(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, "=[<>]")


def single_equals(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"\b(if|and|or)\b[^\n=<>!]*[^\n=<>!]=[^=]")


def missing_colon(seen: Seen) -> bool:
    return "expected ':'" in str(look.syntax_error(seen) or "")


def indentation(seen: Seen) -> bool:
    return isinstance(look.syntax_error(seen), IndentationError)


def redefines(seen: Seen) -> bool:
    """The data of the earlier steps is written down once more."""
    return any(
        isinstance(given, ast.Constant | ast.Dict)
        for name in ("model_versions", "current_version")
        for given in look.assigned_values(seen, name)
    )


def unquoted(seen: Seen) -> bool:
    return look.unknown_name(seen) in ("stable", "unstable", "v1", "v2", "v3", "v4")


def status_not_taken(seen: Seen) -> bool:
    return look.unknown_name(seen) == "status"


def unknown_name(seen: Seen) -> bool:
    return look.unknown_name(seen) not in (None, "rollback_version")


def counts(seen: Seen) -> bool:
    return _pairs_from(seen, r"enumerate\(.*")


def no_items(seen: Seen) -> bool:
    return _pairs_from(seen, r"(\w+\()?model_versions(\.keys\(\)|\.values\(\))?(, reverse=True)?\)?")


def names_swapped(seen: Seen) -> bool:
    return any(look.target_names(target) == ("status", "version") for target, _ in look.loops(seen))


def one_name(seen: Seen) -> bool:
    return any(
        len(look.target_names(target)) == 1 and ast.unparse(over) == "model_versions.items()"
        for target, over in look.loops(seen)
    )


def to_number(seen: Seen) -> bool:
    return (
        look.raised(seen, "ValueError", "invalid literal")
        or look.raised(seen, "ValueError", "could not convert")
        or look.raised(seen, "TypeError", "not supported between")
        or look.raised(seen, "TypeError", "unsupported operand")
    )


def function_not_called(seen: Seen) -> bool:
    return look.undefined(seen, "rollback_version") and any(
        isinstance(node, ast.FunctionDef) for node in look.nodes(seen)
    )


def name_as_text(seen: Seen) -> bool:
    return bool(
        (look.compared_texts(seen) | look.assigned_texts(seen, "rollback_version"))
        & {"version", "status", "current_version", "rollback_version"}
    )


def version_is_no_status(seen: Seen) -> bool:
    return _compares(seen, "version", "(un)?stable")


def status_of_current(seen: Seen) -> bool:
    return any(
        ast.unparse(left) == "model_versions[current_version]"
        or (
            isinstance(how, ast.Eq | ast.NotEq)
            and look.name_of(left) == "current_version"
            and look.text_of(right) in ("stable", "unstable")
        )
        for left, how, right in look.comparisons(seen)
    )


def status_less_than_version(seen: Seen) -> bool:
    return _compares(seen, "status", "version|current_version")


def current_written_down(seen: Seen) -> bool:
    return _compares(seen, "version", r"v\d+")


def status_spelling(seen: Seen) -> bool:
    return any(not re.fullmatch(r"(un)?stable|v\d*|", text) for text in look.compared_texts(seen))


def another_name(seen: Seen) -> bool:
    return _never_stored(seen) and look.assigns_something(seen)


def only_printed(seen: Seen) -> bool:
    return _never_stored(seen) and any(look.printed(seen))


def never_stored(seen: Seen) -> bool:
    return look.undefined(seen, "rollback_version") and "rollback_version" not in look.stores(seen)


def joined(seen: Seen) -> bool:
    return any(
        isinstance(node, ast.AugAssign) and look.name_of(node.target) == "rollback_version"
        for node in look.nodes(seen)
    ) or any(re.fullmatch(r"(v\d+\W*){2,}", found) for found in _found(seen) if isinstance(found, str))


def several(seen: Seen) -> bool:
    return any(isinstance(found, list | tuple | set | dict) for found in _found(seen))


def resets(seen: Seen) -> bool:
    """In a loop, an `else` of an `if` gives `rollback_version` a value."""
    return any(
        isinstance(node, ast.Assign) and look.name_of(node.targets[0]) == "rollback_version"
        for loop in look.nodes(seen)
        if isinstance(loop, ast.For)
        for place in ast.walk(loop)
        if isinstance(place, ast.If)
        for node in place.orelse
    )


def sets_status(seen: Seen) -> bool:
    return any(found in ("stable", "unstable") for found in _found(seen))


def hard_coded(seen: Seen) -> bool:
    return isinstance(_found(seen)[0], str) and len(set(map(repr, _found(seen)))) == 1


def uses_or(seen: Seen) -> bool:
    """An `or` joins conditions; one that asks for what was found before is another matter."""
    return any(
        isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and "rollback_version" not in ast.unparse(node)
        for node in look.nodes(seen)
    )


def forward(seen: Seen) -> bool:
    """Versions after the current one are asked for, and none from before it is found."""
    current = [str(run.situation.before["current_version"]) for run in seen.runs]
    found_before = any("v" <= str(found) < now for found, now in zip(_found(seen), current, strict=True))
    asked = any(_after(left, how, right) for left, how, right in look.comparisons(seen))
    return not found_before and (asked or look.source_has(seen, r"\bnot \(?version <"))


def _after(left: ast.expr, how: ast.cmpop, right: ast.expr) -> bool:
    """`version > current_version`, or the same with `>=` or turned round."""
    names = (look.name_of(left), look.name_of(right))
    return (isinstance(how, ast.Gt | ast.GtE) and names == ("version", "current_version")) or (
        isinstance(how, ast.Lt | ast.LtE) and names == ("current_version", "version")
    )


def part_of_unstable(seen: Seen) -> bool:
    return any(
        isinstance(how, ast.In) and look.text_of(left) == "stable" and look.name_of(right) == "status"
        for left, how, right in look.comparisons(seen)
    )


def identity(seen: Seen) -> bool:
    """Nothing is found, and a text is looked for with `is`."""
    return never_found(seen) and any(
        isinstance(how, ast.Is | ast.IsNot) and look.text_of(right) is not None
        for _, how, right in look.comparisons(seen)
    )


def returns_nothing(seen: Seen) -> bool:
    """What is found is always None, and a function of the cell hands nothing back."""
    return all(found is None for found in _found(seen)) and any(
        isinstance(node, ast.FunctionDef)
        and not any(isinstance(inner, ast.Return) for inner in ast.walk(node))
        for node in look.nodes(seen)
    )


def never_found(seen: Seen) -> bool:
    return all(found in (None, "", look.UNDEFINED) for found in _found(seen)) and not any(
        run.raised for run in seen.runs
    )


def used_before_set(seen: Seen) -> bool:
    return look.unknown_name(seen) == "rollback_version"
