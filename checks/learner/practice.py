"""Exercises practised in other forms: made by a seed, judged and recorded, and the state of their card.

Called by the words `practise` and `predict`, and by `alive` for clicks. What is recorded stands under an
item's own id, which no exercise of a lesson has (see `checks.judge.forms`): it changes no mark, no progress
and nothing of the exercise that is practised. Whoever wants to know what was practised reads the record's
attempts whose id `Item.of` can read.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from checks.calls import SEEDS
from checks.catalogue import tr
from checks.exercise import Exercise, Verdict
from checks.judge import can_play, judge, play
from checks.judge.forms import Item, forms_of, make
from checks.judge.forms.breaking import alone
from checks.learner import attempts, twin
from checks.learner.card.card import CardState
from checks.learner.card.practice import Practice
from checks.learner.record import Kind
from checks.lessons import lesson_of
from checks.player import Player
from checks.practice import Assembled, Breaking, Ordering, Prediction, Worked, Writing
from checks.runner import RunnerError

#: The words that ask in another form.
PRACTISE, PREDICT = "practise", "predict"
#: Seeds are chosen below this one; so many are tried, as not every one gives an item.
_SEEDS, _TRIES = 10_000, 4


def begun(exercise: Exercise, word: str, form: str | None, level: int | None, seed: int | None) -> CardState:
    """The card before anything is answered; what is not said is chosen. ValueError where there is none."""
    if seed is not None and (type(seed) is not int or not 0 <= seed < SEEDS):
        raise ValueError(
            tr(
                "A seed is a whole number from 0 to {most}, such as 7; {seed!r} is none.",
                most=SEEDS - 1,
                seed=seed,
            )
        )
    item = _made(exercise, form, level, seed)
    told = Item.of(item.id)
    assert told is not None
    if isinstance(item, Worked):
        attempts.use(lambda record: record.record(item.id, "seen"))
    return _state(item, _practice(exercise, word, told))


def _made(exercise: Exercise, form: str | None, level: int | None, seed: int | None) -> Exercise:
    """The item; where form or seed are not said, by those with which there is one. ValueError for none."""
    problem = ValueError()
    for number in random.sample(range(1, _SEEDS), _TRIES) if seed is None else [seed]:
        known = random.Random(number).sample(able := forms_of(exercise), len(able))
        for each in [form] if form else known if known and level is None else ["fade"]:
            try:
                return twin.made(exercise.id, partial(make, form=each, seed=number, level=level))
            except ValueError as reason:
                problem = reason
    raise problem


def _practice(exercise: Exercise, word: str, item: Item) -> Practice:
    lesson = lesson_of(exercise.id)
    named = [] if word == PREDICT else [f'form="{item.form}"']
    level = [] if item.level is None else [f"level={item.level}"]
    another = ", ".join([f'{word}("{exercise.id}"', *named, *level])
    keywords = ", ".join([*named, *level, f"seed={item.seed}"])
    place = tr("Practice of lesson {number}, {place}", number=lesson.number, place=lesson.place(exercise))
    return Practice(word, exercise.id, keywords, place, f"{another})")


def _state(
    item: Exercise, practice: Practice, answer: tuple[str, ...] = (), verdict: Verdict | None = None
) -> CardState:
    standing = attempts.use(lambda record: record.standing(item.id))
    playable = isinstance(item, Worked) or (verdict is not None and bool(verdict.given))
    step = getattr(item, "of", None)
    return CardState(
        item,
        lesson_of(practice.exercise),
        answer,
        verdict,
        hints=standing.hints,
        wrong=standing.wrong,
        explained=standing.explained or isinstance(item, Worked),
        solved=standing.done,
        playable=playable and step is not None and can_play(step),
        practice=practice,
    )


def judged(state: CardState, answer: tuple[str, ...]) -> CardState:
    """The card once an answer is judged and recorded."""
    assert state.practice
    item = state.exercise
    if isinstance(item, Ordering | Writing):  # a text of several lines may be given for them
        answer = tuple(line for part in answer for line in part.split("\n"))
    verdict = judge(item, answer)
    if verdict.status in ("correct", "wrong"):
        attempts.use(lambda record: record.record_attempt(item.id, answer, verdict))
    return _state(item, state.practice, answer, verdict)


def opened(state: CardState, kind: Kind) -> CardState:
    """The card once the next hint or the explanation is open, or all is as on the first day."""
    assert state.practice
    item = state.exercise
    if kind == "hint" and state.hints >= len(item.hints):
        return replace(state, notice=tr("There are no more hints: all of them are open."))
    attempts.use(lambda record: record.record(item.id, kind))
    if kind == "reset":
        return _state(item, state.practice)
    assert isinstance(state.answer, tuple)
    return _state(item, state.practice, state.answer, state.verdict)


def played(state: CardState, case: int | None = None) -> Player:
    """How the code of the card ran. Raises ValueError where there is nothing to be played."""
    item = state.exercise
    given = state.verdict.given if state.verdict else ""
    found: Player | None = None
    if isinstance(item, Worked):
        found = play(item.of, item.of.reference, given, case)
    elif isinstance(item, Prediction):
        found = play(item.of, item.code, given, case)
    elif isinstance(item, Breaking):
        found = play(alone(item, state.answer), item.code, given, case)
    elif isinstance(item, Assembled):
        found = play(item.of, item.source(tuple(state.answer)), given, case)
    if found is None:
        raise ValueError("nothing of this answer could be noted")
    return found


def walked(state: CardState) -> CardState:
    """The same with the run of its code as a table, where it was predicted or is an example."""
    if not (state.playable and isinstance(state.exercise, Prediction | Worked)):
        return state
    try:
        return replace(state, player=played(state))
    except (ValueError, RunnerError):
        return state  # there is nothing to be seen; the verdict is told all the same


def clicked(state: CardState, click: Mapping[str, Any]) -> CardState:
    """Do what a button of the live card says. Raises ValueError on nonsense."""
    match click:
        case {"action": "check", "answer": [*parts]} if all(isinstance(each, str) for each in parts):
            return judged(state, tuple(parts))
        case {"action": "hint"}:
            return opened(state, "hint")
        case {"action": "solution"}:
            return opened(state, "explanation")
        case {"action": "reset"}:
            return opened(state, "reset")
    raise ValueError(f"the page sent what no button sends: {dict(click)!r}")
