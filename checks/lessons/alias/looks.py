"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception, or, under
`Only where`, whether what its words speak of stands in the source.
"""

import ast

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def stages_changed(seen: Seen) -> bool:
    """A version is in another stage afterwards, or gone."""
    return any(run.registry not in (None, run.situation.registry) for run in seen.runs)


def status_attribute(seen: Seen) -> bool:
    return look.source_has(seen, r"\.status\b")


def local_only(seen: Seen) -> bool:
    return look.source_has(seen, r"\.tags\[|\.tags\.(update|setdefault)\(|\.tags\s*=[^=]")


def stage_case(seen: Seen) -> bool:
    return look.source_has(seen, r"['\"](production|staging|archived|PRODUCTION|STAGING|ARCHIVED)['\"]")


def another_key(seen: Seen) -> bool:
    return look.source_has(seen, "set_model_version_tag") and not look.source_has(
        seen, r"['\"]validation_status['\"]"
    )


def never_tagged(seen: Seen) -> bool:
    return not look.source_has(seen, "_tag")


def fixed_numbers(seen: Seen) -> bool:
    """The registry is written to, and nothing is read from it."""
    return (
        look.source_has(seen, r"client\.set_")
        and not look.source_has(seen, r"\.(get|search)_")
        and not look.any_unknown_name(seen)
    )


def never_an_alias(seen: Seen) -> bool:
    return not look.source_has(seen, "set_registered_model_alias")


def as_tag(seen: Seen) -> bool:
    return look.source_has(seen, r"_tag\(") and never_an_alias(seen)


def looks_at_the_stage_alone(seen: Seen) -> bool:
    return look.source_has(seen, "current_stage") and not look.source_has(seen, "validation_status")


def counts_numbers(seen: Seen) -> bool:
    """It counts, and asks for a version that is not there."""
    return look.source_has(seen, r"range\(|\+= ?1|while ") and look.raised(
        seen, "MlflowException", "Model Version (name=MyModel, version="
    )


def never_called(seen: Seen) -> bool:
    """A function is defined whose name is not used afterwards."""
    defined = {node.name for node in look.nodes(seen) if isinstance(node, ast.FunctionDef)}
    return bool(defined - look.loads(seen))


def raised_about(seen: Seen, what: str) -> bool:
    return look.raised(seen, "TypeError", what) or look.raised(seen, "AttributeError", what)
