"""What is alive on a page: cards, tests and overviews that cells have drawn, and what a click on them does.

Called by the notebook's words, and by `kernel` when an answer's cell has run.
"""

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checks.exercise import Exercise, Step
from checks.learner import attempts, cells, certificate, practice, sitting
from checks.learner.card.card import Bundle, Card, CardState
from checks.learner.card.incident import IncidentCard, IncidentState
from checks.learner.card.kata import KataCard, KataState
from checks.learner.card.overview import Overview
from checks.learner.card.quiz import QuizCard, QuizState
from checks.lessons import lesson_of
from checks.lessons import paper as papers
from checks.notebook import cell_id
from checks.player import Player

if TYPE_CHECKING:
    from checks.learner.card.live import Act, LiveCard, LiveIncident, LiveKata, LiveOverview, LiveQuiz

    Live = LiveCard | LiveIncident | LiveKata | LiveOverview | LiveQuiz

#: What is alive on a page, by the cell that drew it: the run of that cell, and what it drew.
_alive: dict[str, tuple[int, list["Live"]]] = {}

#: In place of a run: the page put it there, as the output of a cell that did not run.
_PLACED = -1


def drawn(state: CardState) -> Card:
    """A card, live where the front end can draw it."""
    redraw(state.exercise)
    return Card(state, _card if cells.running() else None)


def overview(shown: Overview) -> Overview:
    """The overview, live where the front end can draw it."""
    return replace(shown, live=_overview if cells.running() else None)


def test(paper: papers.Paper, card: QuizCard) -> QuizCard:
    """A test or a review, live where the front end can draw it."""
    return replace(card, live=functools.partial(_test, paper) if cells.running() else None)


def incident(state: IncidentState, act: "Act[IncidentState]") -> IncidentCard:
    """What is to be predicted, live where the front end can draw it; `act` does what is clicked."""
    return IncidentCard(state, functools.partial(_incident, act) if cells.running() else None)


def practised(state: CardState) -> Card:
    """A card to practise with, live where the front end can draw it. What happens on it concerns no other."""
    return Card(state, _practised) if cells.running() else Card(practice.walked(state))


def _practised(state: CardState) -> Bundle:
    from checks.learner.card.live import LiveCard

    return _kept(LiveCard(state, practice.clicked, lambda *_: None, practice.played))


def kata(state: KataState, act: "Act[KataState]") -> KataCard:
    """A kata, live where the front end can draw it; `act` does what is clicked."""
    return KataCard(state, functools.partial(_kata, act) if cells.running() else None)


def run(step: Step) -> None:
    """The step's answer cell has just run: judge it, and bring the card below it up to date.

    That is the output of its check cell, which the page puts there where it shows another one or none.
    """
    from checks.learner.card.live import LiveCard

    state = attempts.judged_when_run(step, cells.answer_to(step.id, step.starter))
    below = cell_id(step.id, "check")
    _, there = _alive.get(below, (0, []))
    card = next((one for one in there if isinstance(one, LiveCard) and one.state.exercise is step), None)
    if card is not None:
        card.show(state, place=True)
    else:
        for one in there:
            one.close()
        card = LiveCard(state, _clicked, redraw, attempts.played, place=True)
        _alive[below] = (_PLACED, [card])
    redraw(step, card)


def _card(state: CardState) -> Bundle:
    from checks.learner.card.live import LiveCard  # and with it anywidget, which is slow to load

    name, number = cells.running() or ("", 0)
    match _alive.get(name):
        case (run, [LiveCard() as placed]) if run == _PLACED and placed.state.exercise is state.exercise:
            # The very card that the page may be putting there at this moment.
            _alive[name] = (number, [placed])
            placed.show(state)
            return placed._repr_mimebundle_()
    return _kept(LiveCard(state, _clicked, redraw, attempts.played))


def _overview(shown: Overview) -> Bundle:
    from checks.learner.card.live import LiveOverview

    return _kept(LiveOverview(shown))


def _test(paper: papers.Paper, state: QuizState) -> Bundle:
    from checks.learner.card.live import LiveQuiz

    return _kept(LiveQuiz(state, _Turning(paper)))


def _incident(act: "Act[IncidentState]", state: IncidentState) -> Bundle:
    from checks.learner.card.live import LiveIncident

    return _kept(LiveIncident(state, act))


def _kata(act: "Act[KataState]", state: KataState) -> Bundle:
    from checks.learner.card.live import LiveKata

    return _kept(LiveKata(state, act, _kata_played))


def _kata_played(state: KataState, case: int | None) -> Player:
    if state.now is None:
        raise ValueError("all is answered")
    return practice.played(state.now, case)


def _kept(shown: "Live") -> Bundle:
    """The faces of what a cell draws; what an earlier run of the same cell had drawn is let go."""
    name, number = cells.running() or ("", 0)
    drawn_by, earlier = _alive.pop(name, (number, []))
    if drawn_by != number:
        for each in earlier:
            each.close()
        earlier = []
    _alive[name] = (number, [*earlier, shown])
    return shown._repr_mimebundle_()


def _clicked(state: CardState, click: Mapping[str, Any]) -> CardState:
    """Do what a button of a live card says; returns the card as it is then. Raises ValueError on nonsense."""
    exercise = state.exercise
    match click:
        case {"action": "check", "source": str() | bool() | None as now} if isinstance(exercise, Step):
            now = now if isinstance(now, str) else None
            ran = cells.answer_to(exercise.id, exercise.starter, now, clicked=True)
            return attempts.checked(exercise, ran)
        case {"action": "gone"} if isinstance(exercise, Step):
            if cells.forget(exercise.id):
                return attempts.checked(exercise, cells.answer_to(exercise.id, exercise.starter))
            return state
        case {"action": "check", "answer": [*options]} if all(isinstance(each, str) for each in options):
            return attempts.judged(exercise, tuple(options))
        case {"action": "hint"}:
            return attempts.opened(state, "hint")
        case {"action": "solution"}:
            return attempts.opened(state, "explanation")
        case {"action": "reset"}:
            return attempts.opened(state, "reset")
    raise ValueError(f"the page sent what no button sends: {dict(click)!r}")


class _Turning:
    """What a live test does about a click: it asks one paper's questions, and then those that were missed."""

    def __init__(self, paper: papers.Paper) -> None:
        self.paper = paper

    def __call__(self, state: QuizState, click: Mapping[str, Any]) -> QuizState:
        match click.get("action"):
            case "practise" if state.wrong:
                self.paper = sitting.missed(self.paper, state.answers)
                asked = sitting.face(self.paper).state
            case "certificate":
                return replace(state, notice=certificate.made())
            case _:
                asked = _turned(self.paper, state, click)
        kept = state.test or (None if self.paper.by else state)
        return replace(asked, test=kept, another=kept.another if kept else asked.another)


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
    return attempts.answered(paper, letters).state


def redraw(changed: Exercise, but: object = None) -> None:
    """Bring all that is alive up to date with the record, after something happened to an exercise."""
    if not _alive:
        return
    from checks.learner.card.live import LiveCard, LiveOverview

    lesson, done = lesson_of(changed.id), attempts.done()
    for each in [each for _, drawn in _alive.values() for each in drawn if each is not but]:
        if isinstance(each, LiveOverview):
            each.show(attempts.overview_of(each.lessons, done))
        elif not isinstance(each, LiveCard):
            continue  # it shows nothing of what others do
        elif each.state.exercise is changed:
            fresh = attempts.state_of(
                changed, each.state.answer, each.state.verdict, empty=bool(each.state.kept)
            )
            # A new start takes the verdict along, on every card that shows the exercise.
            each.show(fresh if fresh.wrong or fresh.done else replace(fresh, verdict=None))
        elif each.state.lesson is lesson:
            each.show(replace(each.state, done=lesson.how_many(done)))
