"""The live face without a browser: when there is one, what it is told, what a click does."""

import functools
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from checks.learner import alive, attempts, cells, sitting, words
from checks.learner.card.live import LiveCard, LiveOverview, LiveQuiz
from checks.learner.record import Record
from checks.lessons import bank_questions, lesson_of, paper
from checks.vocabulary import PROGRESS, TEMPORARY

VIEW = "application/vnd.jupyter.widget-view+json"


class Info:
    def __init__(self, raw_cell: str, cell_id: str | None = None) -> None:
        self.raw_cell, self.cell_id = raw_cell, cell_id


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel with a front end that names its cells."""
    monkeypatch.setattr(cells, "_log", cells._Log(kernel=True))
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")
    monkeypatch.setattr(alive, "_alive", {})


def draw(cell_id: str, word: Any, *said: str) -> Any:
    """Run a cell that ends with a word, and give back what is alive of it."""
    cells.note(Info(f"{word.__name__}{said!r}", cell_id))
    word(*said)._repr_mimebundle_()
    return alive._alive[cell_id][1][-1]


def click(card: LiveCard | LiveQuiz, **said: Any) -> None:
    card._clicked(card, {"number": card.view["reply"] + 1, **said}, [])


def test_a_live_card_carries_the_static_faces() -> None:
    cells.note(Info("ask()", "approval-1-ask"))
    shown = words.ask("approval.1", "get_model_version")
    static = words.Card(shown.state)._repr_mimebundle_()
    data, metadata = shown._repr_mimebundle_()
    assert {**data, **static} == data
    assert VIEW in data
    assert metadata["workbook"]


def test_where_cells_have_no_names_the_static_faces_are_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    cells.note(Info("ask()", None))
    assert sorted(words.ask("approval.1")._repr_mimebundle_()) == ["text/html", "text/plain"]
    assert sorted(words.progress()._repr_mimebundle_()) == ["text/html", "text/plain"]
    monkeypatch.setattr(cells._log, "kernel", False)
    cells.note(Info("ask()", "approval-1-ask"))
    assert sorted(words.ask("approval.1")._repr_mimebundle_()) == ["text/html", "text/plain"]


def test_a_notebook_run_from_end_to_end_holds_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRESS, TEMPORARY)
    cell = nbformat.v4.new_code_cell('from checks import ask, progress\ndisplay(progress())\nask("start.2")')
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3").execute()
    kinds = [sorted(output["data"]) for output in notebook.cells[0].outputs]
    assert kinds == [["text/html", "text/plain"]] * 2
    assert "widgets" not in notebook.metadata


def test_every_card_and_the_overview_follow_a_click() -> None:
    overview = draw("progress", words.progress)
    card, other = (
        draw("approval-1-ask", words.ask, "approval.1"),
        draw("approval-2-ask", words.ask, "approval.2"),
    )
    assert isinstance(overview, LiveOverview)
    click(card, action="check", answer=["transition_model_version_stage"])
    assert card.view["status"] == "correct"
    assert f"1 of {len(lesson_of('approval.1').exercises)} tasks done" in other.view["facts"]
    assert [lesson["done"] for lesson in overview.view["lessons"]][2] == 1
    assert card.view["reply"] == 1 and other.view["reply"] == 0


def test_a_word_typed_elsewhere_is_followed_too() -> None:
    card = draw("approval-1-ask", words.ask, "approval.1", "get_model_version")
    words.hint("approval.1")
    assert len(card.view["hints"]) == 1 and card.view["status"] == "wrong"
    words.explain("approval.1")
    assert "Common mistakes" in card.view["explanation"]
    words.reset("approval.1")
    assert card.view["status"] == "unanswered" and not card.view["hints"]
    assert "3 attempts left" in card.view["facts"]


def test_running_a_cell_again_lets_go_of_the_card_before() -> None:
    first = draw("approval-1-ask", words.ask, "approval.1")
    second = draw("approval-1-ask", words.ask, "approval.1")
    assert first.comm is None and second.comm is not None
    cells.note(Info("ask()", "two"))
    words.ask("approval.1")._repr_mimebundle_()
    words.ask("approval.2")._repr_mimebundle_()  # two in one cell live side by side
    assert all(card.comm is not None for card in alive._alive["two"][1])


@pytest.mark.parametrize(
    "said",
    [{}, {"action": "check"}, {"action": "check", "answer": [1]}, {"action": "delete everything"}],
)
def test_what_no_button_sends_is_an_error_of_ours_and_is_said(said: dict[str, Any]) -> None:
    card = draw("approval-1-ask", words.ask, "approval.1")
    click(card, **said)
    assert card.view["status"] == "error"
    assert "Something failed on our side" in card.view["feedback"]
    assert attempts._record.standing("approval.1").attempts == ()


def test_a_clicked_step_judges_its_own_cell_and_no_other() -> None:
    card = draw("rollback-2-check", words.check, "rollback.2")
    click(card, action="check", source=None)
    assert "No answer has been run yet" in card.view["notice"]
    cells.note(Info("current_version = 'v3'", "rollback-2-answer"))
    cells.note(Info("current_version = 'v4'", "somewhere-else"))
    click(card, action="check", source="current_version = 'v3'")
    assert card.view["status"] == "correct" and not card.view["notice"]
    click(card, action="check", source="current_version = 'v5'")
    assert "Your cell has changed" in card.view["notice"]


def test_where_cells_have_other_names_a_click_judges_what_the_check_had_judged() -> None:
    cells.note(Info("current_version = 'v3'", "vscode-notebook-cell:1"))
    card = draw("vscode-notebook-cell:2", words.check, "rollback.2")
    cells.note(Info("current_version = 'v4'", "vscode-notebook-cell:3"))
    click(card, action="check", source=None)
    assert card.view["status"] == "correct"


def test_a_live_test_shows_a_question_at_a_time_and_tells_nothing_before_the_end() -> None:
    asked = paper.quiz("approval", 7)
    right = "".join(question.answer for question in asked.questions)
    cells.note(Info("quiz()", "quiz"))
    words.quiz("approval", seed=7)._repr_mimebundle_()
    [test] = alive._alive["quiz"][1]
    assert isinstance(test, LiveQuiz)
    assert VIEW not in words.QuizCard(test.state)._repr_mimebundle_()
    for number, letter in enumerate(right, 1):
        assert f"Question {number} of 10" in test.view["facts"]
        assert test.view["explanation"] == test.view["feedback"] == ""
        assert [option["key"] for option in test.view["options"]] == ["a", "b", "c", "d"]
        assert attempts._record.attempts() == []
        click(test, action="check", answer=[*right[: number - 1], letter])
        click(test, action="check", answer=[*right[: number - 1], letter])  # arrives twice, counts once
    assert (test.view["status"], test.view["verdict"]) == ("correct", "10 of 10 right")
    assert len(attempts._record.attempts()) == 10
    # What is over stays as it is.
    click(test, action="back", answer=[*right[:-1]])
    click(test, action="check", answer=["a"])
    assert test.view["notice"] == ""
    click(test, action="check", answer=[1])
    assert "Something failed on our side" in test.view["notice"]
    assert (test.state.answers, len(attempts._record.attempts())) == (right, 10)


def test_an_answer_is_taken_back_in_a_test_and_never_in_a_review() -> None:
    cells.note(Info("quiz()", "quiz"))
    words.quiz("approval", seed=7, answers="ab")._repr_mimebundle_()
    [test] = alive._alive["quiz"][1]
    assert test.view["back"]
    click(test, action="back", answer=["a"])
    assert test.view["given"] == ["a"]
    reviewed = paper.review(date(2026, 11, 21), bank_questions()[:3])
    review = LiveQuiz(sitting.face(reviewed, "a").state, functools.partial(alive._turned, reviewed))
    assert not review.view["back"]
    click(review, action="back", answer=[])
    assert review.view["given"] == ["a"]
    click(review, action="check", answer=["b", "c"])
    assert review.view["given"] == ["a"]
    click(review, action="check", answer=["a", "c"])
    assert review.view["given"] == ["a", "c"]


def test_importing_the_words_loads_no_widget() -> None:
    code = "import sys; from checks import ask; ask('start.2'); print('anywidget' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_a_click_asks_the_record_as_often_however_many_cards_are_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards = [draw(f"approval-{number}-ask", words.ask, f"approval.{number}") for number in range(1, 6)]
    draw("progress", words.progress)
    connected = []

    def connect(*where: Any, **how: Any) -> sqlite3.Connection:
        connected.append(where)
        return sqlite3.Connection(*where, **how)

    monkeypatch.setattr(sqlite3, "connect", connect)
    click(cards[1], action="check", answer=["current_stage"])
    assert cards[1].view["status"] == "correct"
    # Writing it, where the exercise stands, what is done: for this card, for the others, for the overview.
    assert len(connected) <= 5


def test_a_step_is_played_when_it_is_asked_for_and_a_new_verdict_ends_that() -> None:
    wrong = "for version, status in model_versions.items():\n    rollback_version = version"
    cells.note(Info(wrong, "rollback-3-answer"))
    card = draw("rollback-3-check", words.check, "rollback.3")
    assert card.view["playable"] and card.player == {}
    attempts_before = len(attempts._record.attempts())
    card._clicked(card, {"action": "play", "case": None, "number": 1}, [])
    assert card.player["reply"] == 1
    assert card.player["code"] == wrong.split("\n")
    assert card.player["moments"][0]["says"].startswith("The code begins.")
    card._clicked(card, {"action": "play", "case": 1, "number": 2}, [])
    assert (card.player["chosen"], card.player["reply"]) == (1, 2)
    assert len(attempts._record.attempts()) == attempts_before
    card._clicked(card, {"action": "play", "case": 99, "number": 3}, [])
    assert "could not be run" in card.player["trouble"]
    cells.note(Info("rollback_version = 'v1'", "rollback-3-answer"))
    click(card, action="check", source="rollback_version = 'v1'")
    assert card.player == {}


def test_what_has_no_verdict_or_no_loop_is_not_played() -> None:
    assert not draw("rollback-3-check", words.check, "rollback.3").view["playable"]
    cells.note(Info("current_version = 'v4'", "rollback-2-answer"))
    card = draw("rollback-2-check", words.check, "rollback.2")
    assert card.view["status"] == "wrong" and not card.view["playable"]
    assert not draw("approval-1-ask", words.ask, "approval.1", "get_model_version").view["playable"]
