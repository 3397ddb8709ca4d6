"""The bank as an Anki deck.

Called through checks.author.export. Notes keep their identity (the question's id) from one export to the
next, so importing a newer deck updates the cards and keeps what Anki knows of the learner.
"""

import itertools
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import time

from checks.author.export.pictures import files, remember_html, task_html
from checks.exercise import Choice
from checks.lessons import QUESTIONS, bank_questions
from checks.markdown import compact_html

LETTERS = "abcd"

# Drawn once; Anki knows a deck and a kind of note again by these.
_DECK, _MODEL, _CARD = 1_964_203_517, 1_607_392_841, 1_512_077_364
_FIRST_ID = 1_767_225_600_000
_DATE = (2026, 1, 1, 0, 0, 0)  # the package's own times say nothing
_MEDIA = ""  # a deck's pictures lie in one folder with those of all others

_FIELDS = (
    "Id",
    "Question",
    *map(str.upper, LETTERS),
    "Right",
    *(f"Why {letter}" for letter in LETTERS),
    "Remember",
)


def _items(fields: Iterable[str]) -> str:
    """An item for each of these fields, but for one that is empty: some questions have three options."""
    return "".join(f"{{{{#{each}}}}}<li>{{{{{each}}}}}</li>{{{{/{each}}}}}" for each in fields)


_OPTIONS = _items(map(str.upper, LETTERS))
_REASONS = _items(f"Why {letter}" for letter in LETTERS)
_FRONT = f'<div>{{{{Question}}}}</div><ol type="a">{_OPTIONS}</ol>'
_BACK = (
    f'{{{{FrontSide}}}}<hr id="answer"><p><b>{{{{Right}}}}</b></p><ol type="a">{_REASONS}</ol>'
    "<p>{{Remember}}</p>"
)
_CSS = ".card { font-family: sans-serif; text-align: left; } code { font-family: monospace; }"


@dataclass(frozen=True)
class FlashCard:
    """A card with two sides, in Markdown; `changed` is when it was, in seconds since 1970."""

    id: str
    front: str
    back: str
    lesson: str
    changed: int


def write(questions: Sequence[Choice], path: Path, cards: Sequence[FlashCard] = ()) -> None:
    """Write an `.apkg` with a note for each question, tagged with its lesson and level, and for each card."""
    import genanki  # only where a deck is wanted

    model = genanki.Model(
        _MODEL,
        "MLOps workbook question",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )
    deck = genanki.Deck(_DECK, "MLOps workbook")
    changed = {**_changed(questions), **{card.id: card.changed for card in cards}}
    two_sides = genanki.Model(
        _CARD,
        "MLOps workbook key point",
        fields=[{"name": name} for name in ("Id", "Front", "Back")],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": '{{FrontSide}}<hr id="answer">{{Back}}'}],
        css=_CSS,
    )
    for card in cards:
        texts = [card.id, *map(compact_html, (card.front, card.back))]
        deck.add_note(genanki.Note(two_sides, texts, guid=genanki.guid_for(card.id), tags=[card.lesson]))
    for question in questions:
        none = [""] * (len(LETTERS) - len(question.options))
        texts = [*question.options, *none, question.answer, *question.reasons.values(), *none]
        last = remember_html(question, _MEDIA)
        deck.add_note(
            genanki.Note(
                model,
                [question.id, task_html(question, _MEDIA), *map(compact_html, texts), last],
                guid=genanki.guid_for(question.id),
                tags=[question.lesson, question.difficulty],
            )
        )
    # genanki's own write_to_file stamps the zip with the time of day.
    with tempfile.TemporaryDirectory() as folder:
        collection = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(collection)) as database, database:
            latest = max([int(Path(__file__).stat().st_mtime), *changed.values()])
            genanki.Package(deck).write_to_db(database.cursor(), latest, itertools.count(_FIRST_ID))
            times = [(at, genanki.guid_for(id_)) for id_, at in changed.items()]
            database.executemany("UPDATE notes SET mod = ? WHERE guid = ?", times)
        with zipfile.ZipFile(path, "w") as package:
            pictures = files(*questions)
            media = json.dumps(dict(enumerate(pictures))).encode()
            held = {"collection.anki2": collection.read_bytes(), "media": media}
            held.update(zip(map(str, range(len(pictures))), pictures.values(), strict=True))
            for name, data in held.items():
                package.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)


def _changed(questions: Sequence[Choice]) -> dict[str, int]:
    """When each question was changed last, in seconds since 1970, by id.

    Anki takes a note over if it says to be newer than the one that is there. So a question has the time of
    its file; one that is not as it stands in its file has changed just now. What was made from an exercise
    has that of this program.
    """
    in_files = {question.id: question for question in bank_questions()}

    def changed(question: Choice) -> float:
        if not question.id.startswith("bank."):
            return Path(__file__).stat().st_mtime
        if in_files.get(question.id) != question:
            return time()
        return (QUESTIONS / f"{question.id.removeprefix('bank.')}.md").stat().st_mtime

    return {question.id: int(changed(question)) for question in questions}
