"""In the pseudo-language no word that a learner reads is plain English: lessons or the catalogue said it.

Each face of each kind of card in its states, what the judge says, each form of practice, tests, katas, the
home, the certificate. `tests/helpers/plain_english.py` says what is no English: code, names, what was typed.
"""

import re
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from checks.author.export import anki, gift, qti
from checks.catalogue import use
from checks.exercise import Answer, Exercise, Runnable, Step, Variable
from checks.judge import Runners, judge, play
from checks.judge.forms import FORMS, make
from checks.learner import attempts, cells, certificate, kata, ways, words
from checks.learner.card import incident, interview, page, player, quiz, view
from checks.learner.card import kata as kata_card
from checks.learner.card.card import CardState, Message, faces
from checks.learner.card.practice import Practice
from checks.learner.home import course
from checks.learner.record import Record
from checks.learner.sitting import face
from checks.lessons import bank_questions, exercises, incidents, interviews, lesson_of, lessons, paper
from tests.helpers import plain_english

#: What of a view no reader sees: names for the page's code, code, what stands in the cell, the static faces.
NOT_PROSE = frozenset(
    {
        "kind",
        "id",
        "status",
        "word",
        "exercise",
        "keywords",
        "another",
        "call",
        "key",
        "model",
        "faces",
        "code",
    }
    | {"starter", "kept", "answer", "given", "start", "names", "notebook", "lang", "kata", "givens", "state"}
    | {"cell", "history", "held", "of", "where", "printed", "words", "pattern"}
)
#: Tags' values in the registries of lessons 4 to 7, which the board shows as they are.
TAGS = {"approved", "pending", "retired", "rejected"}


@pytest.fixture(autouse=True)
def pseudo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")
    monkeypatch.setattr(attempts, "_judged", {})
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.chdir(tmp_path)
    use("pseudo")


def english(*shown: object, but: Iterable[str] = ()) -> set[str]:
    """The plain English words in texts, in faces by media type and in views."""
    found = {
        word
        for one in shown
        for text in plain_english.texts(one, NOT_PROSE)
        for word in plain_english.words(text)
    }
    return found - set(but)


def seen(state: CardState) -> tuple[object, ...]:
    return (*faces(state).values(), view.card_view(state))


def card(exercise: Exercise, answer: Answer = (), **more: Any) -> CardState:
    given = answer or ("" if isinstance(exercise, Step) else ())
    return CardState(exercise, lesson_of(exercise.id), given, **more)


@pytest.mark.parametrize("lesson", [each.slug for each in lessons()] + ["bank"])
def test_cards_before_an_answer_and_with_all_open(lesson: str) -> None:
    for id_, exercise in exercises().items():
        if id_.startswith(f"{lesson}."):
            opened = card(exercise, hints=len(exercise.hints), explained=True, solved=True)
            assert english(*seen(card(exercise)), *seen(opened), exercise.right) == set(), id_
            held = [f"{one.says} {one.advice}" for one in exercise.misconceptions]
            assert english(*held) == set(), id_
            if isinstance(exercise, Runnable):
                given = [text for one in exercise.situations for text in (one.given, *one.about)]
                shown = [
                    one.shown for one in exercise.compares if isinstance(one, Variable) and not one.calls
                ]
                assert english(*given, *shown) == set(), id_


LAST = """
for version, status in model_versions.items():
    if status == 'stable':
        rollback_version = version
"""
ANSWERS: Mapping[str, tuple[Answer, ...]] = {
    "rollback.1": ("model_versions = {'v1': 'stable'}", "model_versions = 3", "pass"),
    "rollback.3": (
        "",
        "x = 1",
        LAST,
        "rollback_version = 1/0",
        "def (",
        "exit()",
        "%timeit x",
        ">>> x",
        "await x",
    ),
    "rollback.4": ("print('hello')", "print()"),
    "order.2": ("def is_before(a, b):\n    return a < b",),
    "restore.2": ("x = 1",),
    "alias.4": ("client.set_registered_model_alias('MyModel', 'champion', '2')",),
    "gate.1": ("def gate(accuracy):\n    return 'approved'",),
    "approval.2": (("version",), ("current_stage",), ("nonsense",), ("a", "b")),
    "pipeline.1": (("a",), ("b",), ("z",)),
    "pipeline.2": (("a",),),
    "pipeline.3": (("c",),),
    "bank.stage-case": (("a",), ("b",), ("c",), ("d",)),
}


@pytest.mark.parametrize("id_", ANSWERS)
def test_verdicts(id_: str, runners: Runners) -> None:
    exercise = exercises()[id_]
    for answer in ANSWERS[id_]:
        verdict = judge(exercise, answer, runners)
        state = card(exercise, answer, verdict=verdict, wrong=3, playable=True)
        assert english(*seen(state), but=TAGS | {"alice"}) == set(), answer


def test_the_player() -> None:
    source = f"{LAST}\nnames = [name for name in 'ab']\nprint(names)"
    played = play(exercises()["rollback.3"], source)
    assert played is not None
    assert english(player.player_html(played), player.player_view(played)) == set()


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_practice(form: str, runners: Runners) -> None:
    for id_ in ("rollback.3", "order.2"):
        for level in {"order": (1, 2), "fade": (1, 2, 3, 4)}.get(form, (None,)):
            try:
                item = make(exercises()[id_], form, 7, level, runners)
            except ValueError as none:
                assert english(str(none)) == set()
                continue
            practice = Practice("practise", id_, "seed=7", "", "practise()")
            state = CardState(item, lesson_of(id_), hints=len(item.hints), explained=True, practice=practice)
            assert english(*seen(state)) == set(), item.id
            for answer in (("a",), ("'v9'",), ("nonsense",), ("x = 1",), ("{}", "'v1'")):
                assert english(judge(item, answer, runners).feedback) == set(), (item.id, answer)


def test_tests_and_their_ends() -> None:
    for letters in ("", "a", "abcdabcdab"):
        state = face(paper.quiz(None, 8), letters).state
        assert english(*quiz.faces(state).values(), view.quiz_view(state)) == set()


def test_a_kata(runners: Runners) -> None:
    session = kata.Session(kata.Kata("rollback", 5))
    state = session.next()
    assert english(*kata_card.faces(state).values(), view.kata_view(state)) == set()
    state = session.clicked(state, {"action": "quite", "answer": ["a"]})
    over = session._end()
    assert english(*kata_card.faces(over).values(), view.kata_view(over)) == set()


def test_incidents_and_interviews() -> None:
    for one in incidents().values():
        for letter, happened in (("", False), ("a", False), ("", True), ("a", True), (one.answer, True)):
            state = incident.IncidentState(one, lesson_of(one.id), letter, happened)
            assert english(*incident.faces(state).values(), view.incident_view(state)) == set()
    for pattern, several in interviews().items():
        for asked in several:
            shown = interview.InterviewCard(pattern, asked, "interview()")._repr_mimebundle_()
            assert english(*shown.values()) == set()


CALLS = [
    lambda: words.check("nonsense"),
    lambda: words.check("approval.2"),
    lambda: words.check(""),
    lambda: words.ask("rollback.3"),
    lambda: words.ask("approval.2", 3),  # type: ignore[arg-type]
    lambda: words.hint("rollback.3"),
    lambda: words.watch("approval.2"),
    lambda: words.watch("rollback.3", 99),
    lambda: words.predict("start.incident"),
    lambda: words.practise("rollback.3", "a"),
    lambda: words.practise("rollback.3", form="knit"),
    lambda: words.practise("rollback.3", form="predict", level=3),
    lambda: words.progress(),
    lambda: words.progress("nonsense"),
    lambda: words.quiz("nonsense"),
    lambda: words.quiz("approval", answers="a"),
    lambda: words.quiz("approval", seed=7, answers="xyz"),
    lambda: words.review(),
    lambda: words.review("2026-13-01"),
    lambda: words.review("2999-01-01"),
    lambda: words.kata("nonsense"),
    lambda: words.kata("rollback", answers=[["a"]]),
    lambda: words.ways("rollback"),
    lambda: words.interview("rollback", 99),
    lambda: words.certificate(),
    lambda: words.language(),
    lambda: words.language("xx"),
]


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_words_and_their_errors(number: int) -> None:
    shown = CALLS[number]()
    told = [shown.markdown] if isinstance(shown, Message) else shown._repr_mimebundle_().values()  # type: ignore[union-attr]
    assert english(*told, but={*FORMS, "knit", "de", "en", "pseudo", "xx"}) == set()


def test_the_overview_the_ways_the_home_and_the_certificate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = [(one.id, (one.answer,), judge(one, (one.answer,))) for one in paper.quiz(None, 8).questions]
    attempts._record.record_asked("quiz approval 7", given)
    wrong = judge(exercises()["rollback.1"], "x = 1")
    attempts._record.record_attempt("rollback.1", "x = 1", wrong)
    shown = attempts.overview_of(lessons(), attempts.done())
    assert english(*shown.faces().values(), view.overview_view(shown)) == set()
    told = course.told(attempts._record, datetime.now(UTC).date(), tmp_path)
    assert english(told) == set()
    assert english(ways.markdown(ways.of("approval", attempts._record.attempts()))) == set()
    assert english(certificate.made("Ana")) == set()
    assert english((tmp_path / certificate.FILE).read_text("utf-8")) == set()


SCRIPTS = [page._HERE, course._PAGE]


@pytest.mark.parametrize("folder", SCRIPTS, ids=["cards", "home"])
def test_the_scripts_say_nothing_by_themselves(folder: Path) -> None:
    """Every text in them that looks like a sentence or a label stands in `tr(…)`."""
    said = page.words(folder)
    assert said and all(re.fullmatch("⟦.*⟧", text) for text in said.values())
    for file in sorted(folder.glob("*.js")):
        code = re.sub(
            r"^\s*(?://|/?\*).*$|\btr\(\s*\"(?:[^\"\\]|\\.)*\"",
            "",
            file.read_text("utf-8"),
            flags=re.MULTILINE,
        )
        for quoted in re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code):
            text = re.sub(r"\$\{[^}]*\}", "", "".join(quoted))
            assert not _reads_like_prose(text) or text in _NO_PROSE, (file.name, text)


#: Names: the product's and its command, kinds of cards, keys; and what JupyterLab lists of an extension.
_NO_PROSE = {
    *("Workbook", "workbook lab", "Notebook", "Step", "Worked", "Ordering", "Writing", "Breaking", "Quiz"),
    *("Overview", "Backspace", "Delete", "Enter", "Escape"),
    "How far the learner is in the course, and what comes next.",
}


def _reads_like_prose(text: str) -> bool:
    is_console = text.startswith("workbook: ")
    is_code = bool(re.search(r"wb-|jp-|[\[\]<>#/=(]|^\W", text))
    return not is_console and not is_code and bool(re.search(r"[A-Za-z]{2,} [a-z]{2,}|^[A-Z][a-z]+$", text))


def test_exports(tmp_path: Path) -> None:
    """What is no prose there: levels, by which teachers choose, remarks for them, the formats' own words."""
    questions = [line for line in gift.text(bank_questions()).split("\n") if not line.startswith(("//", "$"))]
    assert english(*questions, but={"easy", "medium", "hard", "html"}) == set()
    qti.write(bank_questions(), tmp_path / "bank.zip")
    with zipfile.ZipFile(tmp_path / "bank.zip") as package:
        shown = [
            unescape(text)
            for name in package.namelist()
            for text in re.findall(r"<mattext[^>]*>(.*?)</mattext>", package.read(name).decode(), re.DOTALL)
        ]
    assert len(shown) > 500 and english(*shown) == set()
    anki.write(bank_questions(), tmp_path / "bank.apkg")
    with zipfile.ZipFile(tmp_path / "bank.apkg") as package:
        package.extract("collection.anki2", tmp_path)
    with closing(sqlite3.connect(tmp_path / "collection.anki2")) as collection:
        notes = [fields.replace("\x1f", "\n") for (fields,) in collection.execute("SELECT flds FROM notes")]
    assert len(notes) > 50 and english(*notes) == set()
