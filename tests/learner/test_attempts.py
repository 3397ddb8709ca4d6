"""An answer judged and recorded: a right one is never lost, one that is run and checked is judged once."""

from pathlib import Path

import pytest

from checks.exercise import Step, Verdict
from checks.learner import attempts
from checks.learner.card.card import html_face
from checks.learner.cells import Ran
from checks.learner.record import Record
from checks.lessons import exercises


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Record:
    fresh = Record(tmp_path / "progress.sqlite")
    monkeypatch.setattr(attempts, "_record", fresh)
    monkeypatch.setattr(attempts, "_trouble", "")
    monkeypatch.setattr(attempts, "_judged", {})
    return fresh


def step() -> Step:
    found = exercises()["rollback.2"]
    assert isinstance(found, Step)
    return found


@pytest.mark.parametrize("ran", [None, Ran(step().starter)])
def test_where_the_record_says_solved_and_the_cell_is_empty_the_right_answer_is_given_back(
    ran: Ran | None, record: Record
) -> None:
    assert "kept" not in html_face(attempts.checked(step(), ran))
    record.record_attempt("rollback.2", "x = '```'; current_version = 'v3'", Verdict("correct", ""))
    record.record_attempt("rollback.2", "current_version = 'v4'", Verdict("wrong", ""))
    state = attempts.checked(step(), ran)
    assert state.headline == "✓ Solved before"
    assert "x = &#x27;```&#x27;; current_version = &#x27;v3&#x27;" in html_face(state).replace("'", "&#x27;")
    assert "v4" not in state.notice
    attempts.opened(state, "reset")
    assert "kept" not in html_face(attempts.checked(step(), ran))


def test_the_check_after_a_run_has_its_verdict_and_a_new_run_is_judged_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[object] = []
    verdict = Verdict("wrong", "")
    monkeypatch.setattr(attempts, "judge", lambda _, answer: judged.append(answer) or verdict)
    for _ in range(2):
        attempts.judged_when_run(step(), Ran("x"))
        attempts.checked(step(), Ran("x"))
    assert judged == ["x", "x"]
    attempts.checked(step(), Ran("y"))
    assert judged == ["x", "x", "y"]
