"""A test of ten questions from the bank: which are drawn, and what the answers say.

Called by the words `quiz` and `review`, by the course home, by authors, and by grading for
`test.approval` and its like.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from checks.catalogue import later, tr
from checks.exercise import Choice, Difficulty
from checks.lessons import bank_questions, tests
from checks.markdown import code

#: How many questions of each level, in the order in which they are asked.
LEVELS: Mapping[Difficulty, int] = {"easy": 4, "medium": 3, "hard": 3}

#: How many questions the bank had before a test said it. A test that says nothing is drawn from these, the
#: first of order.txt, so that it is marked as it was drawn however far the bank has grown.
FIRST = 51

Strength = Literal["strong", "getting there", "not yet"]


def strength(right: int, asked: int) -> Strength:
    """Strong: every one right; getting there: at least half; else not yet."""
    if right == asked:
        return later("strong")
    return later("getting there") if 2 * right >= asked else later("not yet")


@dataclass(frozen=True)
class Result:
    """What a level's answers say: how many of `asked` were right, and how strong that is."""

    level: Difficulty
    right: int
    asked: int

    @property
    def strength(self) -> Strength:
        return strength(self.right, self.asked)


@dataclass(frozen=True)
class Paper:
    """Questions as one test or review asks them.

    `call` is the line to type up to its answers; `by` names the test in the record, "" for one that leaves
    nothing there. Answers are recorded at the end, or with `part_by_part` each as it comes. `another` is the
    line that draws another one, "" where there is none.
    """

    title: str
    call: str
    by: str
    questions: tuple[Choice, ...]
    part_by_part: bool = False
    another: str = ""


def quiz(test: str | None, seed: int, of: int = FIRST) -> Paper:
    """The ten questions of a test ("approval", "rollback", None for both) and seed, from easy to hard.

    Drawn from the first `of` questions of the bank, the same on every machine and Python. KeyError if there
    is no such test, ValueError, in Markdown, for a seed or an `of` that no drawing has.
    """
    bank = bank_questions()
    if type(seed) is not int or not 0 <= seed < 10**9:
        raise ValueError(tr("A seed is a whole number of at most nine digits, as in `seed=7`."))
    if type(of) is not int or not FIRST <= of <= len(bank):
        raise ValueError(
            tr(
                "`of` says how many questions the bank had when the test was drawn, "
                "from {least} to {most}: take the whole line that `quiz(…)` showed you.",
                least=FIRST,
                most=len(bank),
            )
        )
    lessons = tests()[test] if test is not None else sum(tests().values(), ())
    drawn: list[Choice] = []
    for level, count in LEVELS.items():
        fitting = [q for q in bank[:of] if q.difficulty == level and q.lesson in lessons]
        drawn += sorted(fitting, key=lambda question: _chance(seed, question.id))[:count]
    about, name = (test, f'"{test}", ') if test else (tr("everything"), "")
    grown = "" if of == FIRST else f", of={of}"
    by = f"quiz {test} {seed}" if of == FIRST else f"quiz {test} {seed} of {of}"
    call, another = f"quiz({name}seed={seed}{grown}", f"quiz({name.removesuffix(', ')})"
    title = tr("Test on {about}, seed {seed}", about=about, seed=seed)
    return Paper(title, call, by, tuple(drawn), another=another)


def review(day: date, due: Sequence[Choice]) -> Paper:
    """The review of a day, of questions that are due on it."""
    return Paper(
        tr("Review of {day}", day=day), f'review("{day}"', f"review {day}", tuple(due), part_by_part=True
    )


def practice(wrong: Sequence[Choice], title: str) -> Paper:
    """The questions that a test's answers missed, once more and for practice alone: nothing is recorded."""
    return Paper(title, "", "", tuple(wrong), part_by_part=True)


def _chance(*what: object) -> bytes:
    """A number that looks drawn and is the same everywhere; the ways of `random` may change with Python."""
    return hashlib.sha256("/".join(map(str, what)).encode()).digest()


def read_answers(answers: object, paper: Paper) -> str:
    """The letters of `answers`, without spaces and commas. ValueError, in Markdown, if they do not fit."""
    if not isinstance(answers, str):
        given = code(repr(answers))
        raise ValueError(
            tr('Give the answers as letters in quotes, such as `"bd"`; {given} is no text.', given=given)
        )
    letters = "".join(answers.replace(",", " ").split()).lower()
    for number, letter in enumerate(letters, 1):
        if letter not in "abcd":
            raise ValueError(
                tr(
                    "Answer {number} is {letter}: the letters are a, b, c and d.",
                    number=number,
                    letter=code(letter),
                )
            )
    if len(letters) > len(paper.questions):
        asked = len(paper.questions)
        raise ValueError(
            tr(
                "There are {asked} questions and {given} answers: take some away.",
                asked=asked,
                given=len(letters),
            )
        )
    return letters


def results(paper: Paper, letters: str) -> tuple[Result, ...]:
    """What the answers say, level by level; a question without an answer counts as not right."""
    pairs = zip(paper.questions, letters, strict=False)
    right = {question.id for question, letter in pairs if letter == question.answer}
    found = []
    for level in LEVELS:
        of_level = [q.id for q in paper.questions if q.difficulty == level]
        if of_level:
            found.append(Result(level, len(right.intersection(of_level)), len(of_level)))
    return tuple(found)


def marks(test: str | None, seed: int, answers: str, of: int = FIRST) -> int:
    """The marks of a quiz call, 0 to 10. KeyError or ValueError for a call that `quiz` would not take."""
    paper = quiz(test, seed, of)
    return sum(result.right for result in results(paper, read_answers(answers, paper)))
