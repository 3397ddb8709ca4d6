"""What a card shows of an exercise that was made to practise another one: its call, and its own kinds.

Used by `card` and `view`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from checks.catalogue import tr
from checks.exercise import Answer, Choice, Exercise, FillIn, Step, Variable
from checks.markdown import pre
from checks.practice import Breaking, Ordering, Prediction, Writing


@dataclass(frozen=True)
class Practice:
    """Which exercise is practised, and the call that asks it: `practise("order.3", …, form="fade", seed=7)`.

    `place` says where that exercise stands, `keywords` what follows the answer in the call, `another` is the
    line that asks for another one of the kind.
    """

    word: str
    exercise: str
    keywords: str
    place: str
    another: str

    def call(self, answer: Sequence[str]) -> str:
        """The line as it stands in a cell."""
        given = [json.dumps(part, ensure_ascii=False) for part in (self.exercise, *answer)]
        return f"{self.word}({', '.join([*given, self.keywords])})"

    def how_to_go_on(self) -> str:
        """The line to type, for those without buttons. HTML."""
        line = self.call(()).replace(", ", ", …, ", 1)
        return tr(
            "To answer by clicking, run the card's cell; or type the answer into it and run it: "
            "{line}. Another one: {another}. Practice counts for no lesson.",
            line=f"<code>{escape(line)}</code>",
            another=f"<code>{escape(self.another)}</code>",
        )

    def view(self) -> Mapping[str, Any]:
        """What the page's code is told."""
        return {
            "word": self.word,
            "exercise": self.exercise,
            "keywords": self.keywords,
            "another": self.another,
        }


def kind_of(exercise: Exercise) -> str:
    """How the page's code draws an exercise."""
    kinds: Mapping[str, type[Exercise]] = {"FillIn": FillIn, "Choice": Choice, "Step": Step}
    return next((name for name, kind in kinds.items() if isinstance(exercise, kind)), type(exercise).__name__)


def question_html(exercise: Exercise, answer: Answer) -> str:
    """What is asked, where that is drawn here; "" for the kinds that a lesson has too. HTML."""
    match exercise:
        case Ordering():
            return pre("\n".join(answer or exercise.lines))
        case Writing():
            return pre("\n".join(answer) or exercise.start)
        case Breaking():
            values = (*answer, *exercise.typed[len(answer) :])
            return pre("\n".join(map(" = ".join, zip(exercise.givens, values, strict=False))))
    return ""


def _is_typed(item: Prediction) -> bool:
    """Whether one value is asked for: it can be typed, whatever the options are."""
    (told, *more) = item.told
    return isinstance(told, Variable) and not told.calls and not more


def made_of(exercise: Exercise) -> Mapping[str, Any]:
    """What the page's code needs to have such an exercise answered: the answer to begin with, in parts, and
    whether a value may be typed in place of an option.
    """
    match exercise:
        case Prediction():
            return {"start": [], "names": [], "typed": _is_typed(exercise)}
        case Ordering():
            return {"start": list(exercise.lines), "names": []}
        case Writing():
            return {"start": exercise.start.splitlines(), "names": []}
        case Breaking():
            return {"start": list(exercise.typed), "names": list(exercise.givens)}
    return {"start": [], "names": []}
