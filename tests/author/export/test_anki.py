"""The deck for Anki: whoever has it keeps what Anki knows of them, and gets what was mended."""

import contextlib
import dataclasses
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path

from checks.author.export import anki
from checks.exercise import Choice
from checks.lessons import bank_questions


def notes(questions: Sequence[Choice], folder: Path) -> dict[str, tuple[str, int, str]]:
    """Each note by its question's id: what Anki knows it by, when it changed last, and its tags."""
    anki.write(questions, folder / "deck.apkg")
    with zipfile.ZipFile(folder / "deck.apkg") as package:
        package.extract("collection.anki2", folder)
    with contextlib.closing(sqlite3.connect(folder / "collection.anki2")) as database:
        rows = database.execute("SELECT flds, guid, mod, tags FROM notes").fetchall()
    return {fields.split("\x1f")[0]: (guid, mod, tags) for fields, guid, mod, tags in rows}


def test_a_mended_question_reaches_whoever_has_the_deck(tmp_path: Path) -> None:
    """Anki takes over a note whose `mod` is later than that of the one it has, and no other."""
    first, *others = bank_questions()
    before = notes([first, *others], tmp_path)
    after = notes([dataclasses.replace(first, task="Mended."), *others], tmp_path)
    (guid, then, _), (same, now, _) = before.pop(first.id), after.pop(first.id)
    assert now > then
    assert guid == same, "it is the same card, mended"
    assert after == before


def test_a_note_is_tagged_with_its_lesson_and_level(tmp_path: Path) -> None:
    question = bank_questions()[0]
    _, _, tags = notes([question], tmp_path)[question.id]
    assert set(tags.split()) == {question.lesson, question.difficulty}


def test_a_fourth_option_that_is_none_leaves_no_empty_item(tmp_path: Path) -> None:
    anki.write(bank_questions()[:1], tmp_path / "deck.apkg")
    with zipfile.ZipFile(tmp_path / "deck.apkg") as package:
        package.extract("collection.anki2", tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "collection.anki2")) as database:
        (models,) = database.execute("SELECT models FROM col").fetchone()
    sides = [(each["qfmt"], each["afmt"]) for model in json.loads(models).values() for each in model["tmpls"]]
    question, answer = next(side for side in sides if "{{A}}" in side[0])
    assert "{{#D}}<li>{{D}}</li>{{/D}}" in question and "{{#Why d}}<li>{{Why d}}</li>{{/Why d}}" in answer
