"""What the course home is told: marks, where to go on, strengths, reviews, mistakes and tests."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from checks.exercise import Verdict
from checks.learner.home.course import Told, told
from checks.learner.record import FILE, Record
from checks.lessons import bank_questions, exercises, lessons

TODAY = date(2026, 11, 28)
RIGHT, WRONG = Verdict("correct", ""), Verdict("wrong", "")
QUESTION = next(one for one in bank_questions() if one.lesson == "alias")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / FILE)


def _told(record: Record, day: date = TODAY) -> Told:
    found = told(record, day, record.path.parent)
    assert json.loads(json.dumps(found)), "the page is sent it as JSON"
    return found


def _states(found: Told, number: int) -> list[str]:
    return [mark["state"] for mark in found["lessons"][number]["marks"]]


def test_on_the_first_day_all_is_open_and_the_first_exercise_comes_next(record: Record) -> None:
    found = _told(record)
    assert [lesson["title"].partition(" ")[0] for lesson in found["lessons"]] == [
        str(lesson.number) for lesson in lessons()
    ]
    assert {mark["state"] for lesson in found["lessons"] for mark in lesson["marks"]} == {"open"}
    assert found["next"]["place"] == {"notebook": "00_start_here.ipynb", "cell": "start-1-answer"}
    assert (found["strengths"]["topics"], found["mistakes"], found["due"]["say"]) == (
        [],
        [],
        "Nothing is due today",
    )
    assert [(test["title"], test["score"]) for test in found["tests"]] == [
        ("Test on rollback", None),
        ("Test on approval", None),
    ]
    assert not record.path.exists(), "the home only reads"


def test_marks_say_what_was_solved_and_what_was_only_tried(record: Record) -> None:
    record.record_attempt("rollback.1", "x", WRONG)
    record.record_attempt("rollback.2", "x", WRONG)
    record.record_attempt("rollback.2", "y", RIGHT)
    record.record_attempt("rollback.2", "z", WRONG)
    record.record_attempt("approval.1", ("a",), WRONG)
    record.record("approval.1", "reset")
    record.record("rollback.3", "hint")
    found = _told(record)
    assert _states(found, 1) == ["tried", "solved", "open", "open"]
    assert set(_states(found, 2)) == {"open"}
    assert (found["lessons"][1]["done"], found["lessons"][1]["of"]) == (1, 4)
    assert [one["where"] for one in found["mistakes"]] == ["Lesson 1, step 1"]


def test_it_goes_on_from_where_the_learner_was_last(record: Record) -> None:
    record.record_attempt("alias.2", "x", RIGHT)
    assert _told(record)["next"]["place"] == {"notebook": "05_aliases.ipynb", "cell": "alias-3-answer"}
    for exercise in exercises():
        if not exercise.startswith(("bank.", "start.")):
            record.record_attempt(exercise, "x", RIGHT)
    assert _told(record)["next"]["where"] == "Lesson 0, exercise 1", "what was passed over comes last"
    record.record_attempt("start.1", "x", RIGHT)
    record.record_attempt("start.2", ("x",), RIGHT)
    assert _told(record)["next"] is None


def test_topics_are_told_with_their_strength(record: Record) -> None:
    record.record_attempt("alias.1", "x", RIGHT)
    [topic] = _told(record)["strengths"]["topics"]
    assert topic == {"title": "Aliases and tags", "right": 1, "asked": 1, "strength": "strong"}


def test_questions_come_back_and_what_was_wrong_leads_to_its_lesson(record: Record) -> None:
    record.record_asked("quiz approval 7", [(QUESTION.id, ("a",), WRONG)])
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    found = _told(record, tomorrow)
    assert found["due"] == {
        "say": "1 question is due",
        "place": {"notebook": "09_test.ipynb", "cell": "test-review"},
    }
    [mistake] = found["mistakes"]
    assert mistake["title"] == QUESTION.title
    assert mistake["place"]["cell"].startswith(QUESTION.back_to.replace(".", "-"))
    record.record_asked("review x", [(QUESTION.id, ("b",), RIGHT)])
    assert _told(record, tomorrow)["mistakes"] == []


def test_a_test_shows_its_last_score(record: Record) -> None:
    ids = [question.id for question in bank_questions()[:3]]
    record.record_asked("quiz approval 7", [(id_, ("a",), WRONG) for id_ in ids])
    record.record_asked("quiz approval 8 of 60", [(ids[0], ("a",), RIGHT), (ids[1], ("a",), WRONG)])
    record.record_asked("review 2026-11-20", [(ids[0], ("a",), RIGHT)])
    scores = {test["title"]: test["score"] for test in _told(record)["tests"]}
    assert scores == {"Test on rollback": None, "Test on approval": (1, 2)}


def test_a_lesson_that_is_not_there_has_no_notebook(record: Record) -> None:
    (record.path.parent / "01_rollback.ipynb").touch()
    assert [lesson["notebook"] for lesson in _told(record)["lessons"]][:3] == ["", "01_rollback.ipynb", ""]


def test_a_record_that_is_none_is_named_and_one_made_by_hand_is_read_as_text(record: Record) -> None:
    record.path.write_text("no database")
    found = _told(record)
    assert ".progress.sqlite cannot be read" in found["notice"]
    assert set(_states(found, 1)) == {"open"}
    record.path.unlink()
    record.record_attempt("<script>", "x", WRONG)
    record.record_attempt("rollback.1", "x", WRONG)
    assert "<script>" not in json.dumps(_told(record)), "only exercises of the course are shown"
    for column, value in (("at", "'<b>'"), ("answer", "'{'"), ("answer", "7"), ("at", "NULL")):
        with sqlite3.connect(record.path) as connection:
            if value != "NULL":
                connection.execute(f"UPDATE events SET {column} = {value}")
        assert "cannot be read" in _told(record)["notice"]
