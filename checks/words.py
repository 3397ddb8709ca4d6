"""The words that a learner uses in a notebook: check, ask, hint, explain, reset, quiz, review, progress.

Loaded by `from checks import …`. In a notebook, loading it begins to note which cells run and starts the
runner in the background. No word raises for a foreseeable mistake: it answers with a sentence.
"""

import difflib
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from checks import cells, exam
from checks.card.card import Card, CardState, Message
from checks.card.overview import Overview
from checks.card.quiz import QuizCard
from checks.exercise import Answer, Exercise, Lesson, Step, Verdict
from checks.judge import default_runners, judge
from checks.lessons import LESSONS, exercises, lesson_of
from checks.lessons.bank import QUIZZES
from checks.markdown import code
from checks.record import Kind, Record, open_record
from checks.repetition import MOST, due, waiting

T = TypeVar("T")

_EDITED = (
    "Your cell has changed since it was last run, and this is the verdict on what was run. "
    "Run your cell again, then this one, to have the new text judged."
)

_record = open_record()
_trouble = ""


def check(exercise: str) -> Card | Message:
    """Judge what was last run in the step's answer cell."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if not isinstance(found, Step):
        return Message(f'`{found.id}` is answered on its card: `ask("{found.id}", …)`.')
    ran = cells.answer_to(found.id)
    if ran is None:
        return _card(found, "", notice="No answer has been run yet. Run the cell above, then this one again.")
    return _judged(found, ran.source, notice=_EDITED if ran.edited_since else "")


def ask(exercise: str, *answer: str) -> Card | Message:
    """A card. Without an answer it asks; with one (an option for each blank, or a letter) it judges."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if isinstance(found, Step):
        return Message(f'`{found.id}` is answered in a cell of its own, which `check("{found.id}")` judges.')
    for given in answer:
        if not isinstance(given, str):
            return _card(found, (), notice=f"Put each option in quotes: {code(repr(given))} is not text.")
    return _judged(found, answer) if answer else _card(found, ())


def hint(exercise: str) -> Card | Message:
    """Open the next hint."""
    return _open(exercise, "hint")


def explain(exercise: str) -> Card | Message:
    """Open the worked explanation."""
    return _open(exercise, "explanation")


def reset(exercise: str) -> Card | Message:
    """Start again: attempts, hints and explanation as on the first day. Cells stay as they are."""
    return _open(exercise, "reset")


def progress(lesson: str | None = None) -> Overview | Message:
    """How far you are: in all lessons, or in one, named as its exercises begin ("rollback")."""
    known = [each for each in LESSONS if each.exercises]
    chosen = tuple(each for each in known if lesson in (None, each.slug))
    if not chosen:
        return Message(_unknown("lesson", lesson, [each.slug for each in known]))
    if lesson is not None:
        default_runners().warm(mlflow=chosen[0].mlflow)
    return Overview(tuple((each, _done(each)) for each in chosen), _trouble)


def quiz(test: str | None = None, seed: int | None = None, answers: str = "") -> QuizCard | Message:
    """Ten questions, on "approval", on "rollback" or on both; `answers` are the letters given so far.

    A seed stands for one drawing of questions. Without one a new seed is chosen, and shown in the line to
    type. There is no feedback before the last answer.
    """
    if test is not None and test not in QUIZZES:
        return Message(_unknown("test", test, list(QUIZZES)))
    if seed is None and answers:
        return Message(f"Answers belong to a seed: take the whole line that {code('quiz(…)')} showed you.")
    if seed is not None and (type(seed) is not int or not 0 <= seed < 10**9):
        return Message("A seed is a whole number of at most nine digits, as in `seed=7`.")
    return _sit(exam.quiz(test, random.randrange(1, 10_000) if seed is None else seed), answers)


def review(day: str | None = None, answers: str = "") -> QuizCard | Message:
    """Questions from your tests that are due again, on a day such as "2026-11-21" or today (UTC)."""
    today = datetime.now(UTC).date()
    if day is None and answers:
        return Message(f"Answers belong to a day: take the whole line that {code('review()')} showed you.")
    try:
        on = today if day is None else date.fromisoformat(day)
    except (TypeError, ValueError):
        example = code('review("2026-11-21")')
        return Message(f"A day is written as in {example}; {code(repr(day))} is none.")
    if on > today:
        return Message(f"{on} has not come yet: {code('review()')} shows what is due today.")
    attempts = _use(lambda record: record.attempts())
    asked = due(attempts, on)[:MOST]
    if day is None and asked and not set(asked) & set(waiting(attempts, on)):
        return Message("Today's review is done. What else is due comes tomorrow.")
    if not asked:
        when = "today" if day is None else f"on {on}"
        source = code('quiz("approval")')
        return Message(
            f"No question is due {when}. Questions come here from your tests ({source}), "
            "the ones you missed sooner."
        )
    return _sit(exam.review(on, asked), answers)


def _sit(paper: exam.Paper, answers: str) -> QuizCard | Message:
    """The paper's card, with the answers given so far recorded."""
    try:
        letters = exam.read_answers(answers, paper)
    except ValueError as problem:
        return Message(str(problem))
    if paper.part_by_part or len(letters) == len(paper.questions):
        pairs = zip(paper.questions, letters, exam.verdicts(paper, letters), strict=False)
        given = [(question.id, (letter,), verdict) for question, letter, verdict in pairs]
        _use(lambda record: record.record_asked(paper.by, given))
    return exam.face(paper, letters, _trouble)


def _find(exercise: str) -> Exercise | Message:
    """The exercise of this id, with the runner that it needs on its way."""
    known = exercises()
    if not isinstance(exercise, str) or exercise not in known:
        return Message(_unknown("exercise", exercise, list(known)))
    default_runners().warm(mlflow=lesson_of(exercise).mlflow)
    return known[exercise]


def _unknown(kind: str, given: object, known: list[str]) -> str:
    near = difflib.get_close_matches(str(given), known, n=1, cutoff=0.0)
    return f"There is no {kind} {code(str(given))}. Did you mean {code(near[0])}?"


def _judged(exercise: Exercise, answer: Answer, notice: str = "") -> Card:
    verdict = judge(exercise, answer)
    if verdict.status in ("correct", "wrong"):
        _use(lambda record: record.record_attempt(exercise.id, answer, verdict))
    return _card(exercise, answer, verdict, notice)


def _open(exercise: str, kind: Kind) -> Card | Message:
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    _use(lambda record: record.record(found.id, kind))
    return _card(found, "" if isinstance(found, Step) else ())


def _card(exercise: Exercise, answer: Answer, verdict: Verdict | None = None, notice: str = "") -> Card:
    lesson = lesson_of(exercise.id)
    standing = _use(lambda record: record.standing(exercise.id))
    return Card(
        CardState(
            exercise,
            lesson,
            answer,
            verdict,
            done=_done(lesson),
            hints=standing.hints,
            wrong=standing.wrong,
            explained=standing.explained,
            notice="\n\n".join(filter(None, [notice, _trouble])),
        )
    )


def _done(lesson: Lesson) -> int:
    """How many of the lesson's exercises are right."""
    return _use(lambda record: sum(record.standing(exercise.id).done for exercise in lesson.exercises))


def _use(action: Callable[[Record], T]) -> T:
    """Use the record; where its file cannot be read or written, one that lasts as long as the kernel."""
    global _record, _trouble
    try:
        return action(_record)
    except (sqlite3.Error, OSError) as error:
        _trouble = (
            f"Your progress cannot be kept in {code(_record.path.name)} ({error}). It is kept until this "
            "kernel ends, and verdicts are not affected. Give the notebook a folder that it may write to."
        )
        _record = Record(Path(tempfile.mkdtemp(prefix="workbook-")) / "progress.sqlite")
        return action(_record)


def _begin() -> None:
    """In a notebook: note the cells, and have the runner ready before the first answer."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        cells.watch(shell)
        default_runners().warm(mlflow=False)


_begin()
