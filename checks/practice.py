"""The further kinds of exercise, which practice is made of: plain data, made from a step and a seed.

Made by `checks.judge.forms`, judged like every exercise, drawn by a card. Does no I/O.
"""

from dataclasses import dataclass

from checks.exercise import Choice, Compared, Exercise, FillIn, Step


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


@dataclass(frozen=True, kw_only=True)
class Faded(FillIn):
    """A step of which most of a right answer stands there; judged as that step, by running."""

    of: Step

    def source(self, answer: tuple[str, ...]) -> str:
        """The step's answer that this makes."""
        return self.fill(answer)


@dataclass(frozen=True, kw_only=True)
class Worked(Exercise):
    """A step with its right answer, to read and to walk through: there is nothing to answer."""

    of: Step


#: The kinds whose answer makes a source, which is judged as the answer to the step `of`.
Assembled = Faded
