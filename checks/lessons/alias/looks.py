"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def status_attribute(seen: Seen) -> bool:
    return look.source_has(seen, r"mv\.status\b")


def local_only(seen: Seen) -> bool:
    return look.source_has(seen, r"\.tags\[")


def stage_case(seen: Seen) -> bool:
    return look.source_has(seen, r"['\"](production|staging|archived)['\"]") and not look.source_has(
        seen, r"title\(|capitalize\(|lower\("
    )


def another_key(seen: Seen) -> bool:
    return look.source_has(seen, "set_model_version_tag") and not look.source_has(
        seen, r"['\"]validation_status['\"]"
    )


def never_set(seen: Seen) -> bool:
    return look.unknown_name(seen) is None and not look.source_has(seen, "set_model_version_tag")


def one_for_all(seen: Seen) -> bool:
    return (
        look.source_has(seen, r"client\.(search|get)_")
        and not look.source_has(seen, "current_stage")
        and look.unknown_name(seen) is None
    )


def fixed_numbers(seen: Seen) -> bool:
    return not look.source_has(seen, "current_stage") and look.unknown_name(seen) is None


def fixed_numbers_in_4(seen: Seen) -> bool:
    return look.source_has(seen, "set_registered_model_alias") and not look.source_has(
        seen, r"client\.(get|search)_"
    )


def archived_too(seen: Seen) -> bool:
    return not look.source_has(seen, "current_stage|validation_status|latest_versions")


def as_tag(seen: Seen) -> bool:
    return look.source_has(seen, r"_tag\(") and not look.source_has(seen, "set_registered_model_alias")


def never_set_in_4(seen: Seen) -> bool:
    return not look.source_has(seen, "set_registered_model_alias")


def a_version_object(seen: Seen) -> bool:
    return look.raised(seen, "MlflowException") or look.raised(seen, "TypeError")


def another_error(seen: Seen) -> bool:
    return (
        look.raised(seen, "Exception")
        or look.raised(seen, "AssertionError")
        or look.raised(seen, "PermissionError")
        or look.raised(seen, "RuntimeError")
    )


def tags_the_model(seen: Seen) -> bool:
    return look.source_has(seen, "set_model_version_tag") and look.values(seen, "refused")[1] == []
