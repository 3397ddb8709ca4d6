"""The words that a learner uses in a notebook: check, ask, hint, explain, reset, watch, quiz, …

Loaded by `from checks import …`. In a notebook, loading it begins to note which cells run and starts the
runner in the background. No word raises for a foreseeable mistake: it answers with a sentence.
"""

import difflib
import functools
import inspect
import itertools
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from checks.catalogue import VARIABLE, languages, tr
from checks.catalogue import language as spoken
from checks.exercise import Exercise, Step
from checks.judge import can_play, default_runners
from checks.learner import alive, attempts, cells, incident, kernel, practice
from checks.learner import kata as katas
from checks.learner import ways as study
from checks.learner.card.card import Card, Message
from checks.learner.card.incident import IncidentCard
from checks.learner.card.interview import InterviewCard
from checks.learner.card.kata import KataCard
from checks.learner.card.overview import Overview
from checks.learner.card.quiz import QuizCard
from checks.learner.certificate import made
from checks.learner.record import Kind
from checks.learner.repetition import due, waiting
from checks.learner.variants import instead
from checks.lessons import bank_questions, exercises, incidents, interviews, lesson_of, lessons, tests
from checks.lessons import paper as papers
from checks.markdown import code
from checks.runner import RunnerError
from checks.runner.values import clean, type_name

P = ParamSpec("P")
T = TypeVar("T")

_USAGE = {
    "check": 'check("rollback.3")',
    "ask": 'ask("approval.2", "current_stage")',
    "hint": 'hint("rollback.3")',
    "explain": 'explain("rollback.3")',
    "interview": 'interview("rollback")',
    "kata": 'kata("rollback")',
    "language": 'language("en")',
    "predict": 'predict("restore.incident", "b")',
    "reset": 'reset("rollback.3")',
    "watch": 'watch("rollback.3")',
    "practise": 'practise("rollback.3", form="predict")',
    "progress": 'progress("rollback")',
    "quiz": 'quiz("approval", seed=7, answers="bd")',
    "review": "review()",
    "certificate": 'certificate("Ana")',
    "ways": 'ways("rollback")',
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
                tr(
                    "{word} is used like this: {usage} ({problem}).",
                    word=code(function.__name__),
                    usage=code(usage),
                    problem=clean(str(problem)),
                )
            )
        return function(*args, **kwargs)

    return word


@_word
def check(exercise: str = "") -> Card | Message:
    """Judge what was last run in the step's answer cell."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if not isinstance(found, Step):
        return Message(tr('`{id}` is answered on its card: `ask("{id}", …)`.', id=found.id))
    return alive.drawn(attempts.checked(found, cells.answer_to(found.id, found.starter)))


@_word
def ask(exercise: str = "", *answer: str) -> Card | Message:
    """A card. Without an answer it asks; with one (an option for each blank, or a letter) it judges."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if isinstance(found, Step):
        said = tr('`{id}` is answered in a cell of its own, which `check("{id}")` judges.', id=found.id)
        return Message(said)
    for given in answer:
        if not isinstance(given, str):
            problem = tr("Put each option in quotes: {given} is not text.", given=code(_text(given)))
            return alive.drawn(attempts.state_of(found, (), notice=problem))
    answer = tuple(map(clean, answer))
    return alive.drawn(attempts.judged(found, answer) if answer else attempts.unanswered(found, empty=True))


@_word
def hint(exercise: str = "") -> Card | Message:
    """Open the next hint."""
    return _open(exercise, "hint")


@_word
def explain(exercise: str = "") -> Card | IncidentCard | Message:
    """Open the worked explanation; of an incident, what came of the prediction."""
    if isinstance(exercise, str) and exercise in incidents():
        return incident.happened(incidents()[exercise])
    return _open(exercise, "explanation")


@_word
def predict(exercise: str = "", *answer: str, seed: int | None = None) -> IncidentCard | Card | Message:
    """What will happen? Of an incident, without an answer it asks; any letter is kept until it has happened.

    Of a step: what will some code give? A letter, or the value as Python writes it; then it is run.
    """
    known = incidents()
    if isinstance(exercise, str) and exercise in exercises():
        return _practised(exercise, answer, practice.PREDICT, "predict", None, seed)
    if not isinstance(exercise, str) or exercise not in known:
        return Message(_unknown(tr("incident"), exercise, list(known)))
    if len(answer) > 1 or not all(isinstance(given, str) for given in answer):
        return Message(tr("One letter in quotes is the answer: {usage}.", usage=code(_USAGE["predict"])))
    return incident.asked(known[exercise], *map(clean, answer))


@_word
def reset(exercise: str = "") -> Card | Message:
    """Start again: attempts, hints and explanation as on the first day. Cells stay as they are."""
    return _open(exercise, "reset")


@_word
def watch(exercise: str = "", case: int | None = None) -> Card | Message:
    """Walk through your answer line by line: where it goes wrong, or in the case of this number, from 1."""
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    if not isinstance(found, Step) or not can_play(found):
        return Message(tr("{id} has no loop and no function to walk through.", id=code(found.id)))
    if case is not None and (type(case) is not int or not 1 <= case <= len(found.situations)):
        most = len(found.situations)
        return Message(
            tr(
                "There is no case {case} of {id}: they count from 1 to {most}.",
                case=code(_text(case)),
                id=code(found.id),
                most=most,
            )
        )
    return Card(attempts.watched(found, cells.answer_to(found.id, found.starter), case and case - 1))


@_word
def practise(
    exercise: str = "",
    *answer: str,
    form: str | None = None,
    level: int | None = None,
    seed: int | None = None,
) -> Card | Message:
    """An exercise in another form, made anew by a seed; with an answer it is judged. It counts for no lesson.

    Without a form one is chosen; `level` alone stands for the form "fade", from the worked example (1) to
    the free answer (4). Without a seed a new one is chosen, and shown in the line to type.
    """
    return _practised(exercise, answer, practice.PRACTISE, form, level, seed)


def _practised(
    exercise: str,
    answer: tuple[str, ...],
    word: str,
    form: str | None,
    level: int | None,
    seed: int | None,
) -> Card | Message:
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    try:
        state = practice.begun(found, word, form, level, seed)
    except (ValueError, RunnerError) as problem:
        return Message(str(problem))
    if not answer:
        return alive.practised(state)
    if seed is None:
        return Message(
            tr(
                "An answer belongs to a seed: take the whole line that {line} showed you.",
                line=code(f"{word}(…)"),
            )
        )
    return alive.practised(practice.judged(state, tuple(clean(_text(each)) for each in answer)))


@_word
def progress(lesson: str | None = None) -> Overview | Message:
    """How far you are: in all lessons, or in one, named as its exercises begin ("rollback")."""
    known = [each for each in lessons() if each.exercises]
    chosen = tuple(each for each in known if lesson is None or lesson == each.slug)
    if not chosen:
        return Message(_unknown(tr("lesson"), lesson, [each.slug for each in known]))
    if lesson is not None:
        default_runners().warm(mlflow=chosen[0].mlflow)
    return alive.overview(attempts.overview_of(chosen, attempts.done()))


@_word
def quiz(
    test: str | None = None, seed: int | None = None, answers: str = "", of: int | None = None
) -> QuizCard | Message:
    """Ten questions, on "approval", on "rollback" or on both; `answers` are the letters given so far.

    A seed stands for one drawing, from the `of` questions that the bank then had. Without one a new seed is
    chosen, and shown in the line to type. There is no feedback before the last answer.
    """
    if test is not None and test not in tests():
        return Message(_unknown(tr("test"), test, list(tests())))
    if seed is None and (answers or of is not None):
        line = code("quiz(…)")
        if answers:
            return Message(
                tr("Answers belong to a seed: take the whole line that {line} showed you.", line=line)
            )
        return Message(tr("`of` belongs to a seed: take the whole line that {line} showed you.", line=line))
    if seed is None:
        seed, of = random.randrange(1, 10_000), len(bank_questions())
    try:
        paper = papers.quiz(test, seed, papers.FIRST if of is None else of)
    except ValueError as problem:
        return Message(str(problem))
    return _sit(paper, answers)


@_word
def kata(pattern: str = "", seed: int | None = None, answers: object = ()) -> KataCard | Message:
    """Ten minutes on "approval" or "rollback": what is due and what was weak, in ever new forms.

    Without a seed a new one is chosen, and shown in the line to type. Each of the `answers` says what was
    asked, how sure you are (little, fairly, quite), and then the answer itself.
    """
    if pattern not in tests():
        return Message(_unknown(tr("pattern"), pattern, list(tests())))
    for mlflow in (False, True):  # which is loaded while the first item is read
        default_runners().warm(mlflow=mlflow)
    try:
        return katas.begun(pattern, seed, answers)
    except (ValueError, RunnerError) as problem:
        return Message(str(problem))


@_word
def review(day: str | None = None, answers: str = "") -> QuizCard | Message:
    """Questions from your tests that are due again, on a day such as "2026-11-21" or today (UTC).

    In place of one that you missed comes another on the same matter, made from code that is run. Without a
    day it goes on with what was answered today already, and asks anew on another day.
    """
    today = datetime.now(UTC).date()
    if day is None and answers:
        line = code("review()")
        return Message(tr("Answers belong to a day: take the whole line that {line} showed you.", line=line))
    try:
        on = today if day is None else date.fromisoformat(day)
    except (TypeError, ValueError):
        example = code('review("2026-11-21")')
        said = tr(
            "A day is written as in {example}; {given} is none.", example=example, given=code(repr(day))
        )
        return Message(said)
    if on > today:
        line = code("review()")
        return Message(tr("{day} has not come yet: {line} shows what is due today.", day=on, line=line))
    given = attempts.use(lambda record: record.attempts())
    asked = instead(due(given, on), given, on)
    paper = papers.review(on, asked)
    if day is None:
        sat = attempts.use(lambda record: record.sat()).get(paper.by, ())
        answered = {one.exercise: one.answer[0] for one in sat}
        so_far = itertools.takewhile(lambda question: question.id in answered, asked)
        answers = "".join(answered[question.id] for question in so_far)
        if asked and not answers and not waiting(given, on):
            return Message(tr("Today's review is done. What else is due comes tomorrow."))
    if not asked:
        none = tr("No question is due today.") if day is None else tr("No question is due on {day}.", day=on)
        come = tr(
            "Questions come here from your tests ({line}), the ones you missed sooner.",
            line=code('quiz("approval")'),
        )
        return Message(f"{none} {come}")
    return _sit(paper, answers)


@_word
def ways(pattern: str = "") -> Message:
    """The ways to study "rollback" or "approval", how far you are with each, and what you may skip."""
    if pattern not in tests():
        return Message(_unknown(tr("pattern"), pattern, list(tests())))
    return Message(
        study.markdown(attempts.use(lambda record: study.of(pattern, record.attempts(), record.seen())))
    )


@_word
def interview(pattern: str = "", number: int = 1) -> InterviewCard | Message:
    """A question to answer aloud, then a good answer and what to listen for."""
    known = interviews()
    if pattern not in known:
        return Message(_unknown(tr("pattern"), pattern, list(known)))
    several = known[pattern]
    if type(number) is not int or not 1 <= number <= len(several):
        return Message(
            tr(
                "There are {count} questions on {pattern}: {line} asks one.",
                count=len(several),
                pattern=pattern,
                line=code(_USAGE["interview"]),
            )
        )
    attempts.use(lambda record: record.record(study.interviewed(pattern, number), "seen"))
    following = number % len(several) + 1
    return InterviewCard(pattern, several[number - 1], f'interview("{pattern}", {following})')


@_word
def certificate(name: str = "") -> Message:
    """A page to keep, once a test had ten of ten; with a name, if you like."""
    return Message(made(_text(name)))


@_word
def language(name: str = "") -> Message:
    """The language that you read, such as "de" or "en"; it is kept for all lessons."""
    known = ", ".join(map(code, languages()[:-1]))  # the last one is for those who translate
    if not name:
        return Message(
            tr(
                "You read {language}. There are {known}: {line} chooses one.",
                language=code(spoken()),
                known=known,
                line=code(_USAGE["language"]),
            )
        )
    if named := os.environ.get(VARIABLE):
        return Message(
            tr(
                "{variable} is set to {language}, and goes before what is chosen here.",
                variable=code(VARIABLE),
                language=code(named),
            )
        )
    try:
        attempts.choose(name)
    except ValueError as problem:
        return Message(str(problem))
    said = tr(
        "You read English from now on. What stands on the page already changes when its cell runs again."
    )
    if (Path.cwd() / name).is_dir():  # as in the browser edition
        said += " " + tr("The lessons in this language are in the folder {folder}.", folder=code(name))
    return Message(said)


def _sit(paper: papers.Paper, answers: str) -> QuizCard | Message:
    """The paper's card, with the answers given so far recorded."""
    try:
        letters = papers.read_answers(answers, paper)
    except ValueError as problem:
        return Message(str(problem))
    return alive.test(paper, attempts.answered(paper, letters))


def _find(exercise: object) -> Exercise | Message:
    """The exercise of this id, with the runner that it needs on its way."""
    known = exercises()
    if not isinstance(exercise, str) or exercise not in known:
        return Message(_unknown(tr("exercise"), exercise, list(known)))
    default_runners().warm(mlflow=lesson_of(exercise).mlflow)
    return known[exercise]


def _unknown(kind: str, given: object, known: list[str]) -> str:
    text = _text(given)
    near = code(difflib.get_close_matches(text[:100], known, n=1, cutoff=0.0)[0])
    if not text.strip():
        return tr("Say which {kind}, in quotes: {near} for example.", kind=kind, near=near)
    return tr("There is no {kind} {given}. Did you mean {near}?", kind=kind, given=code(text), near=near)


def _text(given: object) -> str:
    """What was given in place of a name, as it can be shown; its type where it is no plain value."""
    plain = given is None or isinstance(given, str | int | float)
    return clean(str(given)) if plain else tr("of type {name}", name=type_name(given))


def _open(exercise: str, kind: Kind) -> Card | Message:
    found = _find(exercise)
    if isinstance(found, Message):
        return found
    state = attempts.opened(attempts.unanswered(found), kind)
    alive.redraw(found)
    return Card(state)


def _begin() -> None:
    """Speak the learner's language. In a notebook: watch the cells, and have the runner ready in time."""
    attempts.speak()
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        kernel.load_ipython_extension(shell)
        if not default_runners().is_warm:
            default_runners().warm(mlflow=False)


_begin()
