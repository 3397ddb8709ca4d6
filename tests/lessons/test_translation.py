"""A translation beside a file: what it puts in, what stays English, and what of it does not fit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks import catalogue
from checks.catalogue import PSEUDO, accented, use
from checks.exercise import Answer, Choice, Exercise, FillIn, Step
from checks.judge import Runners, judge
from checks.lessons import bank_questions, exercises, incidents, lessons, translation
from checks.lessons.loader import load_bank, load_lessons
from checks.lessons.reading import ContentError
from checks.lessons.translation import left, letters, outdated, pieces
from tests.helpers.small_course import Write

STEP = """\
---
title: Verdopple es
english: xxxxxx
---

Setze `doubled` auf das Doppelte von `n`.

## Hints <!-- yyyyyy -->

1. Nimm mal.
2. Mal zwei.

## Wrong: adds

Du zählst zwei dazu.

**Try:** Nimm mal zwei.
"""
CHOICE = """\
---
title: Wähle
english: x
---

Was?

## Option a: one

Eins

**Because:** Es ist nicht eins.

**Try:** Zähle.

## Option b

Zwei

## Pipelines

1. Ein Lauf: "so"
"""
LESSON = """\
english: x
title: Klein
unit: Schritte
one: Schritt
between: und
situations:
  n = {}: '`n` ist {}'
"""
FILES = {"small/de/small.7.md": STEP, "small/de/small.3.md": CHOICE, "small/de/lesson.yaml": LESSON}


@pytest.fixture
def german(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "_now", "de")
    return write(dict(FILES))


def test_prose_is_translated_and_nothing_else(write: Write, german: Path) -> None:
    (lesson,) = load_lessons(german)
    use("en")
    (english,) = load_lessons(german)
    (_, step, choice), (_, same, chosen) = lesson.exercises, english.exercises
    assert isinstance(step, Step) and isinstance(same, Step)
    assert isinstance(choice, Choice) and isinstance(chosen, Choice)
    assert (lesson.title, lesson.place(step), lesson.can) == ("Klein", "Schritt 2", english.can)
    assert step.title == "Verdopple es" and step.task == "Setze `doubled` auf das Doppelte von `n`."
    assert step.hints == ("Nimm mal.", "Mal zwei.")
    adds, nothing = step.misconceptions
    assert (adds.says, adds.advice) == ("Du zählst zwei dazu.", "Nimm mal zwei.")
    assert adds.when and adds.when("Add") and adds.samples == same.misconceptions[0].samples  # type: ignore[arg-type]
    assert nothing.says == "It is nothing." and step.explanation == same.explanation
    assert (step.reference, step.id, step.difficulty) == (same.reference, same.id, same.difficulty)
    assert choice.options == ("Eins", "Zwei") and choice.answer == chosen.answer
    assert choice.shows[0].caption == 'Ein Lauf: "so"' and choice.shows[0].yaml == chosen.shows[0].yaml
    assert [each.given for each in step.situations] == ["`n` ist 2", "`n` ist 3"]
    assert [each.given for each in same.situations] == ["n = 2", "n = 3"]


def test_what_exercises_share_is_translated_once(write: Write) -> None:
    shared = (
        "---\nabout: was alle teilen\n---\n\n## Wrong: nothing\n\nDas ist nichts.\n\n**Try:** Setze es.\n"
    )
    folder = write({"small/de/all.md": shared})
    use("de")
    (lesson,) = load_lessons(folder)
    assert [one.says for one in lesson.exercises[1].misconceptions] == ["You add two.", "Das ist nichts."]
    assert left(folder / "small/all.md", "de") == []


def test_what_is_left_and_what_has_changed_is_told(german: Path) -> None:
    path = german / "small/small.7.md"
    assert left(path, "de") == ["Common mistakes", "Why it is right", "Explanation", "Asks for: star"]
    assert left(path, "fr")[0] == "" and left(german / "small/small.2.md", "de") == list(
        pieces(german / "small/small.2.md")
    )
    now = {title: letters(english) for title, english in pieces(path).items()}
    told = [str(each) for each in outdated(path, "de")]
    assert told == [
        f"de/small.7.md, line 4: the English has changed. Look at small.7.md, and write `english: {now['']}` "
        "in front.",
        f"de/small.7.md, line 8: under `## Hints`: the English has changed. Look at small.7.md, and write "
        f"`## Hints <!-- {now['Hints']} -->`.",
        "de/small.7.md, line 13: under `## Wrong: adds`: nothing says of which English this is. Look at "
        f"small.7.md, and write `## Wrong: adds <!-- {now['Wrong: adds']} -->`.",
    ]
    own = german / "small/de/small.7.md"
    text = own.read_text("utf-8").replace("xxxxxx", now[""]).replace("yyyyyy", now["Hints"])
    own.write_text(text.replace("adds\n", f"adds <!-- {now['Wrong: adds']} -->\n"), "utf-8")
    assert list(outdated(path, "de")) == []
    path.write_text(path.read_text("utf-8").replace("1. Multiply.", "1. Double."), "utf-8")
    assert [str(each).partition(": ")[0] for each in outdated(path, "de")] == ["de/small.7.md, line 8"]


def test_line_breaks_are_no_change() -> None:
    assert letters("one two\n\nthree") == letters("one\ntwo three") != letters("one two")


S, C, L = FILES


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "says"),
    [
        (S, "## Hints", "## Hint", 8, "has no prose under such a heading. Is it `## Hints`?"),
        (S, "## Hints", "## Reference", 8, "has no prose under such a heading"),
        (S, "## Wrong: adds", "## Hints", 13, "two sections of this name"),
        (S, "2. Mal zwei.", "", 8, "the English list has 2 entries, and this one 1"),
        (S, "**Try:** Nimm mal zwei.", "", 13, "say what is wrong, and then what to try"),
        (S, "zwei.\n", "zwei.\n\n```python\nn\n```\n", 8, "its code is not that of the English file"),
        (S, "dazu.\n", "dazu.\n\n**Recognised by:** `x`\n", 13, "stand in the English file alone"),
        (S, "Setze `doubled` auf das Doppelte von `n`.", "", 4, "nothing stands here: write it, after"),
        (S, "1. Nimm mal.\n2. Mal zwei.", "", 8, "write it, or take the heading out"),
        (S, "title: Verdopple es\n", "", 2, "`title` is missing: write it."),
        (S, "english", "englisch", 3, "there is no field `englisch`: is it `english`?"),
        (C, "## Option b\n\nZwei\n", "", 8, "`## Option b` is missing: translate all options, or none"),
        (C, "**Try:** Zähle.", "", 8, "the English option has a `**Try:**`: write it here too"),
        (C, "Zwei", "Eins", 16, "another option says the same"),
        (L, "ist {}", "ist", 7, "write as many `{}` as the English has"),
        (L, "situations", "situation", 6, "there is no field `situation`: is it `situations`?"),
    ],
)
def test_what_does_not_fit_is_named(
    write: Write, german: Path, name: str, old: str, new: str, line: int, says: str
) -> None:
    path = german / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as refused:
        load_lessons(german)
    assert says in refused.value.problem
    assert (refused.value.path, refused.value.line) == (path, line), str(refused.value)


def test_what_is_made_of_a_questions_parts_is_translated_too(write: Write) -> None:
    question = "---\ntitle: Erste\nenglish: x\n---\n\nWas gilt?\n\n" + "\n".join(
        f"## Option {letter}{held}\n\n{letter.upper()}!\n\n**Because:** {why}\n"
        for letter, held, why in (("a", ": aa", "Kein a."), ("b", ": bb", "Kein b."), ("c", "", "Ja, c."))
    )
    folder = write({"questions/de/first.md": question + "\n## Option d: dd\n\nD!\n\n**Because:** Kein d.\n"})
    use("de")
    (first,) = load_bank(folder / "questions", load_lessons(folder))
    assert first.options == ("A!", "B!", "C!", "D!") and first.answer == "c"
    assert first.right == "Ja, c." and "Kein a." in first.explanation
    assert first.common_mistakes == ("Kein a.", "Kein b.", "Kein d.")


def _texts(exercise: Exercise) -> Iterator[str]:
    """All prose of an exercise."""
    yield from (exercise.title, exercise.task, exercise.right, exercise.explanation)
    yield from (*exercise.hints, *exercise.common_mistakes)
    for one in (*exercise.misconceptions, *(exercise.asks_for if isinstance(exercise, Step) else ())):
        yield from (one.says, one.advice)
    if isinstance(exercise, Choice):
        yield from (*exercise.options, exercise.quick_check, *(run.caption for run in exercise.shows))
    if isinstance(exercise, Step | FillIn):
        for situation in exercise.situations:
            yield from (situation.given, *situation.about)


def _plain(text: str) -> str:
    """The text where some of it is still English, code and the letters of options aside."""
    text = re.sub(r"\*\*[a-z]\*\*", "", text)
    return text if accented(text) != text else ""


def test_the_pseudo_language_reaches_all_prose_of_all_lessons() -> None:
    english = exercises() | incidents()
    use(PSEUDO)
    for id_, exercise in (exercises() | incidents()).items():
        assert [text for text in _texts(exercise) if _plain(text)] == [], id_
        assert (
            exercise != english[id_]
            and exercise.misconceptions[0].samples == english[id_].misconceptions[0].samples
        )
    assert [
        text for lesson in lessons() for text in (lesson.title, lesson.can, lesson.unit) if _plain(text)
    ] == []


def test_ids_letters_and_order_are_those_of_the_english() -> None:
    english = [(one.id, one.answer, one.letters, one.lesson, one.difficulty) for one in bank_questions()]
    use("de")
    assert [
        (one.id, one.answer, one.letters, one.lesson, one.difficulty) for one in bank_questions()
    ] == english


@pytest.mark.parametrize(
    ("id_", "answer", "held", "says"),
    [
        ("start.1", "model_name = 'mymodel'", "another-text", "Gefragt war ein anderer Text."),
        ("start.2", ("Model_Name",), "capitals", "Groß und klein zählt"),
        ("rollback.2", "current_version = 'v4'", "newest", "Bei „das Dictionary aus Schritt 1“: "),
        (
            "rollback.3",
            "rollback_version = 'v1'",
            "hard-coded",
            "| v1 und v4 stabil, v2 und v3 instabil, v3 aktuell |",
        ),
        ("approval.2", ("status",), "status", "**Versuch es so:** Die Stage hat ein eigenes Attribut"),
        ("bank.stage-case", ("a",), "new-stage", "Geh zurück zu `approval.3`."),
    ],
)
def test_a_wrong_answer_is_told_in_german_and_is_wrong_as_in_english(
    runners: Runners, id_: str, answer: Answer, held: str, says: str
) -> None:
    english = judge(exercises()[id_], answer, runners)
    use("de")
    german = judge(exercises()[id_], answer, runners)
    assert (german.status, german.misconception) == ("wrong", f"{id_}/{held}")
    assert (english.status, english.misconception) == (german.status, german.misconception)
    assert says in german.feedback and says not in english.feedback


def test_a_translation_decides_no_verdict() -> None:
    assert translation.is_translation(Path("checks/lessons/rollback/de/rollback.1.md"))
    assert translation.is_translation(Path("checks/lessons/interviews.de.yaml"))
    for english in ("rollback/rollback.1.md", "rollback/lesson.yaml", "interviews.yaml"):
        assert not translation.is_translation(Path("checks/lessons") / english)
