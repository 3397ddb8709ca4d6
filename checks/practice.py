"""The further kinds of exercise, which practice is made of: plain data, made from a step and a seed.

Made by `checks.judge.forms`, judged like every exercise, drawn by a card. Does no I/O.
"""

from dataclasses import dataclass
from typing import Any

from checks.exercise import Choice, Compared, Exercise, FillIn, Situation, Step


@dataclass(frozen=True, kw_only=True)
class Prediction(Choice):
    """What does `code` give in one situation? The options are what several answers really gave there.

    `of` is the step that the code answers, with that situation alone, and `told` what is told of what came.
    `gives` is each option as Python, to be typed in place of its letter: a literal, or an exception's name;
    "" where it can only be chosen.
    """

    of: Step
    code: str
    told: tuple[Compared, ...]
    gives: tuple[str, ...]

    def letter(self, answer: str) -> str:
        """The same, or the option whose value is written as it stands in `gives`."""
        text = answer.strip()
        named = self.letters[self.gives.index(text)] if text and text in self.gives else ""
        return super().letter(answer) or named


@dataclass(frozen=True, kw_only=True)
class Reason(Choice):
    """Which mistake does `code` hold? `of` is the step that it answers, with the situation that is told."""

    of: Step
    code: str


@dataclass(frozen=True, kw_only=True)
class Worked(Exercise):
    """A step with its right answer, to read and to walk through: there is nothing to answer."""

    of: Step


@dataclass(frozen=True, kw_only=True)
class Faded(FillIn):
    """A step of which most of a right answer stands there; judged as that step, by running."""

    of: Step

    def source(self, answer: tuple[str, ...]) -> str:
        """The step's answer that this makes."""
        return self.fill(answer)


@dataclass(frozen=True, kw_only=True)
class Ordering(Exercise):
    """The lines of a right answer in a wrong order and without their indentation, perhaps with others among
    them. The answer is the lines as they should stand, each with its indentation."""

    of: Step
    lines: tuple[str, ...]

    def source(self, answer: tuple[str, ...]) -> str:
        """The step's answer that this makes."""
        return "\n".join(answer)


@dataclass(frozen=True, kw_only=True)
class Writing(Exercise):
    """An answer to write on the card, which begins with `start`; the answer is its lines.

    Where something is to be mended, `start` goes wrong, and `fewest` is how many changed lines mend it.
    """

    of: Step
    start: str
    fewest: int = 0

    def source(self, answer: tuple[str, ...]) -> str:
        """The step's answer that this makes."""
        return "\n".join(answer)


@dataclass(frozen=True, kw_only=True)
class Breaking(Exercise):
    """A wrong answer to break: the answer is a situation in which it goes wrong, a literal for each given.

    `start` is a situation in which it does not show; what the `givens` do not name stays as it is there.
    """

    of: Step
    code: str
    start: Situation
    givens: tuple[str, ...]

    @property
    def typed(self) -> tuple[str, ...]:
        """The start as literals, given by given."""
        return typed(self.start, self.givens)


#: What a model of a registry is given by, in place of names; and the registry's other models, likewise.
REGISTRY, OTHERS = ("stages", "aliases", "tags"), "others"


def typed(situation: Situation, givens: tuple[str, ...]) -> tuple[str, ...]:
    """A situation as literals, given by given."""
    values = given_values(situation)
    return tuple(repr(values[name]) for name in givens)


def given_values(situation: Situation) -> dict[str, object]:
    """A situation's values by the names that they are given by."""
    values: dict[str, object] = {**situation.before, **situation.after}
    if situation.registry is None:
        return values
    own = (situation.registry, situation.aliases, situation.tags)
    others = {
        name: dict(zip(REGISTRY, (each.stages, each.aliases, each.tags), strict=True))
        for name, each in situation.others.items()
    }
    return {**values, **dict(zip(REGISTRY, own, strict=True)), OTHERS: others}


#: The kinds whose answer makes a source, which is judged as the answer to the step `of`.
Assembled = Faded | Ordering | Writing


def texts(exercise: Exercise, id_: str, form: str, **others: object) -> dict[str, Any]:
    """The texts of an item: those of the exercise that is practised, but for the `others`."""
    return {
        "id": id_,
        "title": f"{form}: {exercise.title}" if form else exercise.title,
        "difficulty": exercise.difficulty,
        "task": exercise.task,
        "hints": exercise.hints,
        "common_mistakes": exercise.common_mistakes,
        "explanation": exercise.explanation,
        "right": exercise.right,
        **others,
    }
