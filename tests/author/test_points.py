"""Key points as flash cards: every lesson has some, and a card's front does not say what its back does."""

import contextlib
import sqlite3
import zipfile
from pathlib import Path

from checks import cli
from checks.author.points import key_points
from checks.lessons import lessons


def test_every_lesson_has_some_and_none_is_told_on_its_front() -> None:
    cards = key_points()
    assert {card.lesson for card in cards} == {lesson.slug for lesson in lessons() if lesson.counts}
    assert len({card.id for card in cards}) == len(cards)
    for card in cards:
        begun = card.front.partition(": ")[2].removesuffix(" …")
        assert card.back.startswith(begun) and 10 < len(begun) < 0.8 * len(card.back), card
        assert card.back.count("`") % 2 == begun.count("`") % 2 == 0 and begun.count("**") % 2 == 0


def test_anki_gets_them_beside_the_questions(tmp_path: Path) -> None:
    out = tmp_path / "deck.apkg"
    assert cli.main(["export", "--format", "anki", str(out)]) == 0
    with zipfile.ZipFile(out) as package:
        package.extract("collection.anki2", tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "collection.anki2")) as database:
        rows = [row.split("\x1f") for (row,) in database.execute("SELECT flds FROM notes")]
    cards = {row[0]: row[1:] for row in rows if row[0].startswith("point.")}
    assert len(cards) == len(key_points()) > 30
    front, back = cards["point.rollback.1"]
    assert front.startswith("Rollback: You can only roll back to what you have kept")
    assert "the versions, and what you know about each" in back
