"""The notebook's words, as in `from checks import ask, check, explain, hint, progress, reset`.

They live in `checks.learner.words` and are loaded when first asked for, so that the runner's own processes,
which import from this package too, never load what knows an answer.

The rooms, by who touches them; each opens with a page of its own. Whoever stands higher may import from
below, never the other way round:

- `cli`: `workbook …`, a door to the three sides
- `learner`, `instructor`, `author`: a side each, of the notebook, of the gradebook, of the content
- `judge`: says whether an answer is right
- `runner`: runs an answer away from whoever decides
- `world`: what lessons play with
- `lessons`: the content
- `exercise`, `practice`, `player`, `markdown`, `notebook`, `vocabulary`, `former`: what all of them share
"""

from typing import TYPE_CHECKING

from checks import former as former  # the old names of modules work from here on
from checks.vocabulary import WORDS

if TYPE_CHECKING:
    from checks.learner.words import (
        ask,
        certificate,
        check,
        explain,
        hint,
        interview,
        kata,
        language,
        practise,
        predict,
        progress,
        quiz,
        reset,
        review,
        watch,
        ways,
    )

__all__ = [
    "ask",
    "certificate",
    "check",
    "explain",
    "hint",
    "interview",
    "kata",
    "language",
    "practise",
    "predict",
    "progress",
    "quiz",
    "reset",
    "review",
    "watch",
    "ways",
]


def __getattr__(name: str) -> object:
    if name in WORDS:
        from checks.learner import words

        return getattr(words, name)
    raise AttributeError(f"module 'checks' has no attribute {name!r}; it has {', '.join(WORDS)}")
