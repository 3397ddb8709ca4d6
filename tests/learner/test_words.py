"""The words in a notebook: attempts, hints, new starts; a kind sentence for every foreseeable mistake."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.catalogue import VARIABLE, use
from checks.learner import attempts, cells, words
from checks.learner.card.card import Card, Message
from checks.learner.record import Record

STEPS = sum(id_.startswith("rollback.") for id_ in words.exercises())


@dataclass
class Info:
    raw_cell: str
    cell_id: str | None = None


class Sulky:
    def __repr__(self) -> str:
        raise RuntimeError

    __str__ = __repr__


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")


def run(source: str, cell_id: str | None = None) -> None:
    cells.note(Info(source, cell_id))


def html(shown: Card | Message) -> str:
    return shown._repr_mimebundle_()["text/html"]


def status(shown: Card | Message) -> str:
    assert isinstance(shown, Card), shown
    return shown.state.status


def test_a_step_is_judged_and_recorded() -> None:
    run("current_version = 'v4'", "rollback-2-answer")
    assert status(words.check("rollback.2")) == "wrong"
    run("current_version = 'v3'", "rollback-2-answer")
    card = words.check("rollback.2")
    assert status(card) == "correct"
    assert f"1 of {STEPS} steps done" in html(card)
    assert [attempt.status for attempt in attempts._record.attempts()] == ["wrong", "correct"]
    face = card._repr_mimebundle_()["text/plain"]
    assert face == "rollback.2 Set the current model version: correct"


def test_three_attempts_then_the_explanation_opens_and_a_right_answer_still_counts() -> None:
    card = words.ask("approval.2")
    assert status(card) == "unanswered" and "3 attempts left" in html(card)
    for option, left in (("version", 2), ("version", 2), ("status", 1)):
        card = words.ask("approval.2", option)
        assert status(card) == "wrong" and card.state.attempts_left == left
        assert "Explanation" not in html(card)
    card = words.ask("approval.2", "run_id")
    assert status(card) == "spent" and "Explanation" in html(card)
    assert status(words.ask("approval.2")) == "spent"
    assert status(words.ask("approval.2", "current_stage")) == "correct"
    solved = words.hint("approval.2")
    assert status(solved) == "unanswered" and "✓ Solved before" in html(solved)
    words.reset("approval.2")
    card = words.ask("approval.2", "version")
    assert status(card) == "wrong" and card.state.attempts_left == 2


def test_hints_open_one_by_one_and_stay_open() -> None:
    hints = words.exercises()["rollback.3"].hints
    for opened in range(1, len(hints) + 3):
        assert html(words.hint("rollback.3")).count("<li>") == min(opened, len(hints))
    run("x = 1", "rollback-3-answer")
    assert "Hints" in html(words.check("rollback.3"))
    assert "Hints" not in html(words.reset("rollback.3"))


def test_explain_opens_the_explanation() -> None:
    assert "Common mistakes" not in html(words.ask("approval.1"))
    assert "Common mistakes" in html(words.explain("approval.1"))


@pytest.mark.parametrize(
    ("say", "answers"),
    [
        (lambda: words.check("rolback.3"), "Did you mean <code>rollback.3</code>?"),
        (lambda: words.ask("aproval.1", "x"), "Did you mean <code>approval.1</code>?"),
        (lambda: words.hint("nonsense"), "There is no exercise <code>nonsense</code>"),
        (lambda: words.explain(3), "There is no exercise <code>3</code>"),
        (lambda: words.progress("rolback"), "Did you mean <code>rollback</code>?"),
        (lambda: words.check("approval.1"), "answered on its card"),
        (lambda: words.ask("rollback.1", "x"), "answered in a cell of its own"),
        (lambda: words.check("rollback.1"), "No answer has been run yet"),
        (lambda: words.ask("approval.4", "mv.version"), "has 2 blanks and you filled 1"),
        (lambda: words.ask("approval.1", "a", "b"), "not one of the options"),
        (lambda: words.ask("approval.1", "get_model_version", "b"), "has 1 blank and you filled 2"),
        (lambda: words.ask("approval.1", "move"), "<code>move</code> in blank 1 is not one of the options"),
        (lambda: words.ask("approval.2", 1), "<code>1</code> is not text"),
        (lambda: words.ask("approval.2", Sulky()), "<code>of type Sulky</code> is not text"),
        (lambda: words.ask(), "Say which exercise, in quotes"),
        (lambda: words.check(""), "Say which exercise, in quotes"),
        (lambda: words.check(Sulky()), "There is no exercise <code>of type Sulky</code>"),
        (lambda: words.check("\ud800"), "There is no exercise"),
        (lambda: words.ask("approval.2", "\ud800"), "is not one of the options"),
        (
            lambda: words.check("rollback.1", "x"),
            "is used like this: <code>check(&quot;rollback.3&quot;)</code>",
        ),
        (lambda: words.ask("approval.1", answer="x"), "is used like this"),
        (lambda: words.quiz(sed=7), "is used like this"),
    ],
)
def test_a_foreseeable_mistake_gets_a_sentence_and_costs_nothing(
    say: Callable[[], Card | Message], answers: str
) -> None:
    shown = say()
    assert answers in html(shown)
    assert attempts._record.attempts() == []
    if isinstance(shown, Card):
        assert status(shown) == "unanswered"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("model_versions = {", "Python cannot read"),
        ("%time", "Line 1 is a notebook command"),
        ("!pip list", "Line 1 is a notebook command"),
        ("# later", "There is no answer here yet"),
    ],
)
def test_a_cell_that_cannot_be_judged_gets_a_sentence(source: str, says: str) -> None:
    run(source, "rollback-1-answer")
    assert says in html(words.check("rollback.1"))


def test_nothing_of_an_answer_is_inserted_as_html() -> None:
    run("current_version = '<script>alert(1)</script><img src=x onerror=alert(1)>'", "rollback-2-answer")
    shown = html(words.check("rollback.2"))
    assert "<script" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


def test_where_progress_cannot_be_kept_the_verdict_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_text("This is no database. " * 100)
    monkeypatch.setattr(attempts, "_record", Record(broken))
    run("current_version = 'v3'", "rollback-2-answer")
    card = words.check("rollback.2")
    assert status(card) == "correct" and "Your progress cannot be kept in <code>broken.sqlite</code>" in html(
        card
    )
    assert broken.read_text().startswith("This is no database"), "nothing of the learner's is overwritten"
    with pytest.raises(sqlite3.DatabaseError):
        Record(broken).attempts()


def test_progress_counts_what_is_right() -> None:
    run("current_version = 'v3'", "rollback-2-answer")
    words.check("rollback.2")
    assert f"1 of {STEPS} steps done" in str(words.progress("rollback"))
    assert len(str(words.progress()).splitlines()) == sum(bool(each.exercises) for each in words.lessons())


def test_importing_the_words_loads_neither_mlflow_nor_a_parser_of_markdown() -> None:
    code = (
        "import sys; from checks import ask, check, progress\n"
        "print([name for name in ('mlflow', 'sqlalchemy', 'markdown_it', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_step_is_walked_through_and_nothing_is_recorded() -> None:
    wrong = "for version, status in model_versions.items():\n    rollback_version = version"
    assert "No answer has been run yet" in html(words.watch("rollback.3"))
    run(wrong, "rollback-3-answer")
    shown = html(words.watch("rollback.3"))
    assert "See it in action" in shown and "The code begins. Next is line 1." in shown
    assert shown == html(words.watch("rollback.3"))
    assert "See it in action" in html(words.watch("rollback.3", 2))
    assert attempts._record.attempts() == []
    run("for x in", "rollback-3-answer")
    assert "See it in action" not in html(words.watch("rollback.3"))


@pytest.mark.parametrize("case", [0, 99, -1, "two", True, Sulky()])
def test_a_case_that_there_is_not_is_said(case: object) -> None:
    run("rollback_version = 'v1'", "rollback-3-answer")
    assert "There is no case" in html(words.watch("rollback.3", case))  # type: ignore[arg-type]
    assert "no loop and no function" in html(words.watch("rollback.1"))
    assert "no loop and no function" in html(words.watch("approval.2"))


def test_a_language_is_chosen_at_once_and_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert "ƒŕóḿ ńóŵ óń" in html(words.language("pseudo"))
    run("current_version = 'v4'", "rollback-2-answer")
    assert "Ńóť ýéť" in html(words.check("rollback.2"))
    use("en")
    attempts.speak()
    assert "Ńóť ýéť" in html(words.check("rollback.2")), "it is kept"
    monkeypatch.chdir(tmp_path)
    assert "Ordner" not in html(words.language("de"))
    (tmp_path / "de").mkdir()
    assert "im Ordner <code>de</code>" in html(words.language("de"))
    monkeypatch.setenv(VARIABLE, "en")
    attempts.speak()
    assert "goes before what is chosen here" in html(words.language("pseudo"))


def test_a_language_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no language &#x27;xx&#x27;" in html(words.language("xx")).replace("'", "&#x27;")
    monkeypatch.setenv(VARIABLE, "xx")
    attempts.speak()
    assert "WORKBOOK_LANGUAGE: There is no language" in html(words.check("rollback.2"))
