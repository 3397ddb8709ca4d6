"""A test of ten questions from the bank: which are drawn, how they are shown, what the answers say.

Called by the words `quiz` and `review`, by authoring, and by grading for `test.approval` and its like.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from checks.exercise import Difficulty, Verdict
from checks.judge import judge
from checks.lessons import questions
from checks.lessons.bank import QUIZZES, Question
from checks.markdown import code

#: How many questions of each level, in the order in which they are asked.
LEVELS: Mapping[Difficulty, int] = {"easy": 4, "medium": 3, "hard": 3}
LENGTH = sum(LEVELS.values())

Strength = Literal["strong", "getting there", "not yet"]


@dataclass(frozen=True)
class Result:
    """What a level's answers say: how many of `asked` were right, and how strong that is."""

    level: Difficulty
    right: int
    asked: int

    @property
    def strength(self) -> Strength:
        """Strong: every one right; getting there: at least half; else not yet."""
        if self.right == self.asked:
            return "strong"
        return "getting there" if 2 * self.right >= self.asked else "not yet"


def draw(test: str | None, seed: int) -> tuple[Question, ...]:
    """Ten questions of a test ("approval", "rollback", None for both), from easy to hard.

    The same for the same seed on every machine and Python, and a new question in the bank displaces at most
    one. KeyError if there is no such test.
    """
    lessons = QUIZZES[test] if test is not None else sum(QUIZZES.values(), ())
    drawn: list[Question] = []
    for level, count in LEVELS.items():
        fitting = [q for q in questions() if q.exercise.difficulty == level and q.lesson in lessons]
        drawn += sorted(fitting, key=lambda question: _chance(seed, question.id))[:count]
    return tuple(drawn)


def order(seed: object, question: Question) -> str:
    """The letters of a question's options in the order in which they are shown."""
    return "".join(sorted(question.exercise.letters, key=lambda letter: _chance(seed, question.id, letter)))


def _chance(*what: object) -> bytes:
    """A number that looks drawn and is the same everywhere; the ways of `random` may change with Python."""
    return hashlib.sha256("/".join(map(str, what)).encode()).digest()


def read_answers(answers: object, asked: Sequence[Question]) -> str:
    """The letters of `answers`, without spaces. ValueError, a sentence in Markdown, if they do not fit."""
    if not isinstance(answers, str):
        raise ValueError(
            f'Give the answers as letters in quotes, such as `"bd"`; {code(repr(answers))} is no text.'
        )
    letters = "".join(answers.split()).lower()
    for number, letter in enumerate(letters, 1):
        if letter not in "abcd":
            raise ValueError(f"Answer {number} is {code(letter)}: the letters are a, b, c and d.")
    if len(letters) > len(asked):
        raise ValueError(f"There are {len(asked)} questions and {len(letters)} answers: take some away.")
    return letters


def verdicts(asked: Sequence[Question], answers: str) -> tuple[Verdict, ...]:
    """The verdict on each answer given so far."""
    return tuple(
        judge(question.exercise, (letter,)) for question, letter in zip(asked, answers, strict=False)
    )


def results(asked: Sequence[Question], answers: str) -> tuple[Result, ...]:
    """What the answers say, level by level; a question without an answer counts as not right."""
    right = {
        question.id
        for question, letter in zip(asked, answers, strict=False)
        if letter == question.exercise.answer
    }
    found = []
    for level in LEVELS:
        of_level = [question.id for question in asked if question.exercise.difficulty == level]
        if of_level:
            found.append(Result(level, len(right.intersection(of_level)), len(of_level)))
    return tuple(found)


def marks(test: str | None, seed: int, answers: str) -> int:
    """The marks of a quiz call, 0 to 10. KeyError or ValueError for a call that `quiz` would not take."""
    asked = draw(test, seed)
    return sum(result.right for result in results(asked, read_answers(answers, asked)))
