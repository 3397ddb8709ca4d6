"""The notebook's words: `from checks import check, ask, hint, explain, reset, quiz, review, progress`.

They live in `checks.words` and are loaded when first asked for, so that the runner's own processes, which
import from this package too, never load what knows an answer.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.words import ask, check, explain, hint, progress, quiz, reset, review

__all__ = ["ask", "check", "explain", "hint", "progress", "quiz", "reset", "review"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from checks import words

        return getattr(words, name)
    raise AttributeError(f"module 'checks' has no attribute {name!r}; it has {', '.join(__all__)}")
