"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Seen


def wrong_way_round(seen: Seen) -> bool:
    return look.unreadable(seen) and look.source_has(seen, r"^\s*['\"]\w+['\"]\s*=")


def unquoted(seen: Seen) -> bool:
    return (look.unknown_name(seen) or "").replace("_", "").lower() == "mymodel"


def another_text(seen: Seen) -> bool:
    return isinstance(look.value(seen, "model_name"), str)
