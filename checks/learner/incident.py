"""An incident as a learner meets it: what they predict is kept, and told of once the demonstration has run.

Called by the words `predict` and `explain`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checks.exercise import Choice
from checks.judge import judge
from checks.learner import alive, attempts
from checks.learner.card.incident import IncidentCard, IncidentState
from checks.lessons import lesson_of


def asked(incident: Choice, letter: str = "") -> IncidentCard:
    """The question, before the demonstration; an answer is kept, right or wrong, and not told."""
    return alive.incident(_predicted(IncidentState(incident, lesson_of(incident.id)), letter), _clicked)


def happened(incident: Choice) -> IncidentCard:
    """What came of the last prediction."""
    given = attempts.use(lambda record: record.standing(incident.id)).attempts
    letter = given[-1].answer[0] if given else ""
    return IncidentCard(IncidentState(incident, lesson_of(incident.id), letter, happened=True))


def _predicted(state: IncidentState, given: str) -> IncidentState:
    letter = given.strip().lower()
    if not letter:
        return replace(state, letter="", notice="")
    verdict = judge(state.exercise, (letter,))
    if verdict.status == "not_attempted":
        return replace(state, letter="", notice=verdict.feedback)
    attempts.use(lambda record: record.record_attempt(state.exercise.id, (letter,), verdict))
    return replace(state, letter=letter, notice="")


def _clicked(state: IncidentState, click: Mapping[str, Any]) -> IncidentState:
    """Do what the button of a live incident says. Raises ValueError on nonsense."""
    match click:
        case {"action": "check", "answer": [str() as letter]}:
            return _predicted(state, letter)
    raise ValueError(f"the page sent what no button sends: {dict(click)!r}")
