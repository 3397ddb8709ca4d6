"""The words that a learner uses in a notebook: check, ask, hint, explain, reset, quiz, review, progress.

Loaded by `from checks import …`. In a notebook, loading it begins to note which cells run and starts the
runner in the background. No word raises for a foreseeable mistake: it answers with a sentence.
"""

import difflib
import functools
import inspect
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from checks.exercise import Answer, Exercise, Lesson, Step, Verdict
from checks.judge import default_runners, judge
from checks.learner import cells, sitting
from checks.learner.card.card import Bundle, Card, CardState, Message
from checks.learner.card.overview import Overview
from checks.learner.card.quiz import QuizCard, QuizState
from checks.learner.record import Kind, Record, open_record
from checks.learner.repetition import MOST, due, waiting
from checks.lessons import bank_questions, exercises, lesson_of, lessons, tests
from checks.lessons import paper as papers
from checks.markdown import code
from checks.runner.values import clean, type_name

if TYPE_CHECKING:
    from checks.learner.card.live import LiveCard, LiveOverview, LiveQuiz

P = ParamSpec("P")
T = TypeVar("T")

_EDITED = (
    "Your cell has changed since it was last run, and this is the verdict on what was run. "
    "Run your cell again and check again to have the new text judged."
)

_USAGE = {
    "check": 'check("rollback.3")',
    "ask": 'ask("approval.2", "current_stage")',
    "hint": 'hint("rollback.3")',
    "explain": 'explain("rollback.3")',
    "reset": 'reset("rollback.3")',
    "progress": 'progress("rollback")',
    "quiz": 'quiz("approval", seed=7, answers="bd")',
    "review": "review()",
}


def _word(function: Callable[P, T]) -> Callable[P, T | Message]:
    """Answer a call that does not fit with how the word is used."""

    @functools.wraps(function)
    def word(*args: P.args, **kwargs: P.kwargs) -> T | Message:
        try:
            inspect.signature(function).bind(*args, **kwargs)
        except TypeError as problem:
            usage = _USAGE[function.__name__]
            return Message(
                f"{code(function.__name__)} is used like this: {code(usage)} ({clean(str(problem))})."
            )
        return function(*args, **kwargs)

    return word


_record = open_record()
_trouble = ""
#: What is alive on a page, by the cell that drew it: the run of that cell, and what it drew.
_alive: dict[str, tuple[int, list["LiveCard | LiveOverview | LiveQuiz"]]] = {}


@_word
def check(exercise: str = "") -> Card | Message:
    """Judge what was last run in the step's answer cell."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if not isinstance(found, Step):
        return Message(f'`{found.id}` is answered on its card: `ask("{found.id}", …)`.')
    return _drawn(_checked(found, cells.answer_to(found.id, found.starter)))


@_word
def ask(exercise: str = "", *answer: str) -> Card | Message:
    """A card. Without an answer it asks; with one (an option for each blank, or a letter) it judges."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if isinstance(found, Step):
        return Message(f'`{found.id}` is answered in a cell of its own, which `check("{found.id}")` judges.')
    for given in answer:
        if not isinstance(given, str):
            problem = f"Put each option in quotes: {code(_text(given))} is not text."
            return _drawn(_state(found, (), notice=problem))
    answer = tuple(map(clean, answer))
    return _drawn(_judged(found, answer) if answer else _state(found, ()))


@_word
def hint(exercise: str = "") -> Card | Message:
    """Open the next hint."""
    return _open(exercise, "hint")


@_word
def explain(exercise: str = "") -> Card | Message:
    """Open the worked explanation."""
    return _open(exercise, "explanation")


@_word
def reset(exercise: str = "") -> Card | Message:
    """Start again: attempts, hints and explanation as on the first day. Cells stay as they are."""
    return _open(exercise, "reset")


@_word
def progress(lesson: str | None = None) -> Overview | Message:
    """How far you are: in all lessons, or in one, named as its exercises begin ("rollback")."""
    known = [each for each in lessons() if each.exercises]
    chosen = tuple(each for each in known if lesson is None or lesson == each.slug)
    if not chosen:
        return Message(_unknown("lesson", lesson, [each.slug for each in known]))
    if lesson is not None:
        default_runners().warm(mlflow=chosen[0].mlflow)
    return replace(_overview(chosen, _done()), live=_live_overview if cells.running() else None)


@_word
def quiz(
    test: str | None = None, seed: int | None = None, answers: str = "", of: int | None = None
) -> QuizCard | Message:
    """Ten questions, on "approval", on "rollback" or on both; `answers` are the letters given so far.

    A seed stands for one drawing, from the `of` questions that the bank then had. Without one a new seed is
    chosen, and shown in the line to type. There is no feedback before the last answer.
    """
    if test is not None and test not in tests():
        return Message(_unknown("test", test, list(tests())))
    if seed is None and (answers or of is not None):
        what = "Answers belong" if answers else "`of` belongs"
        return Message(f"{what} to a seed: take the whole line that {code('quiz(…)')} showed you.")
    if seed is None:
        seed, of = random.randrange(1, 10_000), len(bank_questions())
    try:
        paper = papers.quiz(test, seed, papers.FIRST if of is None else of)
    except ValueError as problem:
        return Message(str(problem))
    return _sit(paper, answers)


@_word
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
    return _sit(papers.review(on, asked), answers)


def _sit(paper: papers.Paper, answers: str) -> QuizCard | Message:
    """The paper's card, with the answers given so far recorded."""
    try:
        letters = papers.read_answers(answers, paper)
    except ValueError as problem:
        return Message(str(problem))
    live = functools.partial(_live_quiz, paper) if cells.running() else None
    return replace(_answered(paper, letters), live=live)


def _answered(paper: papers.Paper, letters: str) -> QuizCard:
    if paper.part_by_part or len(letters) == len(paper.questions):
        pairs = zip(paper.questions, letters, sitting.verdicts(paper, letters), strict=False)
        given = [(question.id, (letter,), verdict) for question, letter, verdict in pairs]
        _use(lambda record: record.record_asked(paper.by, given))
    return sitting.face(paper, letters, _trouble)


def _find(exercise: object) -> Exercise | Message:
    """The exercise of this id, with the runner that it needs on its way."""
    known = exercises()
    if not isinstance(exercise, str) or exercise not in known:
        return Message(_unknown("exercise", exercise, list(known)))
    default_runners().warm(mlflow=lesson_of(exercise).mlflow)
    return known[exercise]


def _unknown(kind: str, given: object, known: list[str]) -> str:
    text = _text(given)
    near = code(difflib.get_close_matches(text[:100], known, n=1, cutoff=0.0)[0])
    if not text.strip():
        return f"Say which {kind}, in quotes: {near} for example."
    return f"There is no {kind} {code(text)}. Did you mean {near}?"


def _text(given: object) -> str:
    """What was given in place of a name, as it can be shown; its type where it is no plain value."""
    plain = given is None or isinstance(given, str | int | float)
    return clean(str(given)) if plain else f"of type {type_name(given)}"


def _checked(step: Step, ran: cells.Ran | None) -> CardState:
    if ran is None:
        return _state(step, "", notice="No answer has been run yet. Run the cell above, then this one again.")
    return _judged(step, ran.source, notice=_EDITED if ran.edited_since else "")


def _judged(exercise: Exercise, answer: Answer, notice: str = "") -> CardState:
    verdict = judge(exercise, answer)
    if verdict.status in ("correct", "wrong"):
        _use(lambda record: record.record_attempt(exercise.id, answer, verdict))
    return _state(exercise, answer, verdict, notice)


def _open(exercise: str, kind: Kind) -> Card | Message:
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    state = _opened(_state(found, "" if isinstance(found, Step) else ()), kind)
    _redraw(found)
    return Card(state)


def _opened(state: CardState, kind: Kind) -> CardState:
    """The state once the next hint or the explanation is open, or all is as on the first day."""
    exercise = state.exercise
    if kind == "hint" and state.hints >= len(exercise.hints):
        return replace(state, notice="There are no more hints: all of them are open.")
    _use(lambda record: record.record(exercise.id, kind))
    if kind == "reset":
        return _state(exercise, "" if isinstance(exercise, Step) else ())
    return _state(exercise, state.answer, state.verdict)


def _state(exercise: Exercise, answer: Answer, verdict: Verdict | None = None, notice: str = "") -> CardState:
    lesson = lesson_of(exercise.id)
    standing = _use(lambda record: record.standing(exercise.id))
    return CardState(
        exercise,
        lesson,
        answer,
        verdict,
        done=lesson.how_many(_done()),
        hints=standing.hints,
        wrong=standing.wrong,
        explained=standing.explained,
        solved=standing.done,
        notice="\n\n".join(filter(None, [notice, _trouble])),
    )


def _overview(lessons: tuple[Lesson, ...], done: frozenset[str]) -> Overview:
    return Overview(tuple((each, each.how_many(done)) for each in lessons), _trouble)


# ── what is alive on a page ───────────────────────────────────────────────────────────────────────────


def _drawn(state: CardState) -> Card:
    """A card, live where the front end can draw it."""
    _redraw(state.exercise)
    return Card(state, _live_card if cells.running() else None)


def _live_card(state: CardState) -> Bundle:
    from checks.learner.card.live import LiveCard  # and with it anywidget, which is slow to load

    return _kept(LiveCard(state, _clicked, _redraw))


def _live_overview(overview: Overview) -> Bundle:
    from checks.learner.card.live import LiveOverview

    return _kept(LiveOverview(overview))


def _live_quiz(paper: papers.Paper, state: QuizState) -> Bundle:
    from checks.learner.card.live import LiveQuiz

    return _kept(LiveQuiz(state, functools.partial(_turned, paper)))


def _kept(drawn: "LiveCard | LiveOverview | LiveQuiz") -> Bundle:
    """The faces of what a cell draws; what an earlier run of the same cell had drawn is let go."""
    name, run = cells.running() or ("", 0)
    earlier: list[LiveCard | LiveOverview | LiveQuiz]
    drawn_by, earlier = _alive.pop(name, (run, []))
    if drawn_by != run:
        for each in earlier:
            each.close()
        earlier = []
    _alive[name] = (run, [*earlier, drawn])
    return drawn._repr_mimebundle_()


def _clicked(state: CardState, click: Mapping[str, Any]) -> CardState:
    """Do what a button of a live card says; returns the card as it is then. Raises ValueError on nonsense."""
    exercise = state.exercise
    match click:
        case {"action": "check", "source": str() | bool() | None as now} if isinstance(exercise, Step):
            now = now if isinstance(now, str) else None
            return _checked(exercise, cells.answer_to(exercise.id, exercise.starter, now, clicked=True))
        case {"action": "gone"} if isinstance(exercise, Step):
            if cells.forget(exercise.id):
                return _checked(exercise, cells.answer_to(exercise.id, exercise.starter))
            return state
        case {"action": "check", "answer": [*options]} if all(isinstance(each, str) for each in options):
            return _judged(exercise, tuple(options))
        case {"action": "hint"}:
            return _opened(state, "hint")
        case {"action": "solution"}:
            return _opened(state, "explanation")
        case {"action": "reset"}:
            return _opened(state, "reset")
    raise ValueError(f"the page sent what no button sends: {dict(click)!r}")


def _turned(paper: papers.Paper, state: QuizState, click: Mapping[str, Any]) -> QuizState:
    """Do what a button of a live test says. Raises ValueError on nonsense."""
    match click:
        case {"action": "check" | "back", "answer": [*given]} if all(isinstance(each, str) for each in given):
            letters = papers.read_answers("".join(given), paper)
        case _:
            raise ValueError(f"the page sent what no button sends: {dict(click)!r}")
    # All the answers come, not the last one alone: a click that arrives twice answers no question unseen.
    if state.over or (state.final and not letters.startswith(state.answers)):
        return state
    return _answered(paper, letters).state


def _redraw(changed: Exercise, but: object = None) -> None:
    """Bring all that is alive up to date with the record, after something happened to an exercise."""
    if not _alive:
        return
    from checks.learner.card.live import LiveOverview, LiveQuiz

    lesson, done = lesson_of(changed.id), _done()
    for each in [each for _, drawn in _alive.values() for each in drawn if each is not but]:
        if isinstance(each, LiveOverview):
            each.show(_overview(each.lessons, done))
        elif isinstance(each, LiveQuiz):
            continue  # it shows nothing before its end
        elif each.state.exercise is changed:
            fresh = _state(changed, each.state.answer, each.state.verdict)
            # A new start takes the verdict along, on every card that shows the exercise.
            each.show(fresh if fresh.wrong or fresh.done else replace(fresh, verdict=None))
        elif each.state.lesson is lesson:
            each.show(replace(each.state, done=lesson.how_many(done)))


def _done() -> frozenset[str]:
    """The exercises that are right, all in one query."""
    return _use(lambda record: record.done())


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
