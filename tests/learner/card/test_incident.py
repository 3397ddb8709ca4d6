"""The faces of an incident: what is shown before it, and what came of the prediction after it."""

import pytest

from checks.learner.card.incident import IncidentState, faces
from checks.lessons import incidents, lesson_of

INCIDENT = incidents()["restore.incident"]
WRONG = next(letter for letter in INCIDENT.letters if letter != INCIDENT.answer)


def state(letter: str = "", happened: bool = False) -> IncidentState:
    return IncidentState(INCIDENT, lesson_of("restore.1"), letter, happened)


@pytest.mark.parametrize(
    ("letter", "happened", "status", "headline"),
    [
        ("", False, "unanswered", "Not predicted yet"),
        (WRONG, False, "predicted", "Your prediction is kept: now run the cells below"),
        (INCIDENT.answer, True, "correct", "✓ As you predicted"),
        (WRONG, True, "over", "Not as you predicted"),
        (
            "",
            True,
            "over",
            "No prediction was kept: choose an option and press Predict before you run the cells",
        ),
    ],
)
def test_the_status_follows_prediction_and_incident(
    letter: str, happened: bool, status: str, headline: str
) -> None:
    now = state(letter, happened)
    assert (now.status, now.headline) == (status, headline)
    assert faces(now)["text/plain"] == f"{INCIDENT.title}: {headline}"


def test_options_are_marked_in_words() -> None:
    assert state(WRONG).mark(WRONG) == "your prediction"
    assert state(WRONG).mark(INCIDENT.answer) == ""
    assert state(WRONG, True).mark(INCIDENT.answer) == "what happened"
    assert state(INCIDENT.answer, True).mark(INCIDENT.answer) == "your prediction, what happened"


def test_the_line_to_type_stands_there_until_it_has_happened() -> None:
    line = "predict(&quot;restore.incident&quot;, &quot;…&quot;)"
    assert line in faces(state())["text/html"]
    assert line not in faces(state(WRONG, True))["text/html"]
