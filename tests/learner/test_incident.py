"""What is predicted before an incident: kept, not told before it has happened, and worth no mark."""

from pathlib import Path

import pytest

from checks.learner import attempts, cells, words
from checks.learner.card.card import Message
from checks.learner.card.incident import IncidentCard
from checks.learner.card.live import LiveIncident
from checks.learner.record import Record
from checks.lessons import exercises, incidents, lessons

INCIDENTS = list(incidents().values())


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))


def seen(shown: IncidentCard | Message) -> str:
    assert isinstance(shown, IncidentCard), shown
    return "".join(shown._repr_mimebundle_().values())  # type: ignore[arg-type]


def test_lessons_4_to_8_have_one_and_it_is_no_exercise() -> None:
    assert [lesson.number for lesson in lessons() if lesson.incident] == [4, 5, 6, 7, 8]
    assert not set(incidents()) & set(exercises())


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.id)
def test_nothing_is_told_before_it_has_happened(incident) -> None:  # type: ignore[no-untyped-def]
    for letter in ("", *incident.letters):
        shown = seen(words.predict(incident.id, letter) if letter else words.predict(incident.id))
        for reason in (*incident.reasons.values(), incident.quick_check):
            assert reason[:30] not in shown
        assert "happened" not in shown and "✓" not in shown


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.id)
def test_the_end_comes_back_to_what_was_predicted(incident) -> None:  # type: ignore[no-untyped-def]
    told = set()
    for letter in incident.letters:
        words.predict(incident.id, letter)
        told.add(seen(words.explain(incident.id)))
    assert len(told) == len(incident.letters)
    words.predict(incident.id, incident.answer)
    assert "As you predicted" in seen(words.explain(incident.id))


def test_without_a_prediction_the_end_tells_what_happened() -> None:
    assert "No prediction was kept: choose an option and press Predict before you run the cells" in seen(
        words.explain("restore.incident")
    )


def test_a_prediction_counts_for_no_progress() -> None:
    words.predict("restore.incident", "B ")
    overview = words.progress("restore")
    assert "0 of 4" in str(overview._repr_mimebundle_())
    assert [one.answer for one in attempts._record.attempts()] == [("b",)]


def test_what_does_not_fit_is_answered_with_a_sentence() -> None:
    assert "restore.incident" in str(words.predict("restore.incidnet"))
    assert "letters a, b, c, d" in seen(words.predict("restore.incident", "e"))
    assert "One letter" in str(words.predict("restore.incident", "a", "b"))
    assert attempts._record.attempts() == []


def test_a_click_is_kept_and_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from checks.learner import incident

    state = words.predict("gate.incident").state  # type: ignore[union-attr]
    card = LiveIncident(state, incident._clicked)
    card._clicked(card, {"action": "check", "answer": ["a"], "number": 1}, [])
    assert (card.view["status"], card.view["answer"]) == ("predicted", ["a"])
    card._clicked(card, {"action": "dance", "number": 2}, [])
    assert "Something failed on our side" in card.view["notice"]
