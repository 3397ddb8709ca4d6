"""The wrong answers that a step knows: what forms show, or take options from.

Called by the forms.
"""

import ast
from functools import cache

from checks.exercise import Misconception, Step


def wrong_answers(step: Step) -> list[tuple[Misconception, str]]:
    """Each with the misconception that it holds; without those that Python cannot read."""
    return [
        (held, source)
        for held in step.misconceptions
        for sample in held.samples
        if _is_read(source := str(sample).strip("\n"))
    ]


@cache
def _is_read(source: str) -> bool:
    try:
        return bool(ast.parse(source).body)
    except (SyntaxError, ValueError):
        return False
