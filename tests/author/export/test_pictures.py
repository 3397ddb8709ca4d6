"""Pictures in the formats that take them: an image leads to a file, and says in words what that shows."""

from pathlib import Path

import pytest
from lxml import etree

from checks.author.export import FORMATS
from checks.author.export.pictures import Pictured, files
from checks.exercise import Choice
from checks.world.picture import Picture, timeline
from checks.world.registry import State
from tests.author.export.test_formats import READERS
from tests.helpers import readers
from tests.helpers.exported import hard

TEXTS = ["What?", "one", "two", "three", "four", "No 1.", "No 2.", "Yes.", "No 4.", "Remember."]
TABLE = "Before.\n\n| Version | Stage |\n| --- | --- |\n| 1 | None |\n\nAnd then?"
ONE = State({1: "None", 2: "Production"}, {'a "<b>"': 1})
OTHER = State({1: "None", 2: "Archived"}, {'a "<b>"': 2})


def question(task: str = TABLE, after: Picture | None = None) -> Pictured:
    texts = {**vars(hard([task, *TEXTS[1:]], "c")), "id": "alias.4-why-1"}  # made, as practice is
    return Pictured(**texts, before=timeline(ONE), after=after)


def read(format: str, questions: list[Choice], folder: Path) -> readers.Read:
    FORMATS[format](questions, folder / "bank")
    (one,) = READERS[format](folder / "bank")
    return one


def drawn(svg: bytes) -> str:
    """The words on a picture."""
    root = etree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return " ".join(each.text for each in root.iter("{*}text") if each.text)


@pytest.mark.parametrize("format", [each for each in FORMATS if each != "gift"])
def test_a_question_shows_its_picture_and_its_answer_the_other(format: str, tmp_path: Path) -> None:
    one = read(format, [question(after=timeline(ONE, OTHER))], tmp_path)
    (asked,), (told,) = readers.images(one.task), readers.images(one.remember)
    assert asked["alt"] == 'version 1: @a "<b>";  version 2: Production'
    assert told["alt"] == f'before:  {asked["alt"]};after:  version 1;  version 2: Archived, @a "<b>"'
    assert '@a "<b>"' in drawn(one.files[str(asked["src"])])
    assert "Archived" in drawn(one.files[str(told["src"])])
    assert len(one.files) == 2


@pytest.mark.parametrize("format", [each for each in FORMATS if each != "gift"])
def test_the_picture_stands_below_the_table(format: str, tmp_path: Path) -> None:
    task = read(format, [question()], tmp_path).task
    assert task.index("</table>") < task.index("<img") < task.index("And then?")
    assert read(format, [question("No table.")], tmp_path).task.startswith("No table.<p><img")


def test_gift_takes_none(tmp_path: Path) -> None:
    one = read("gift", [question(after=timeline(ONE, OTHER))], tmp_path)
    assert not readers.images(one.task + one.remember) and "Before." in one.task


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_questions_give_the_same_bytes(format: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        FORMATS[format]([question(after=timeline(ONE, OTHER))], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_same_picture_is_one_file_and_another_is_another() -> None:
    assert len(files(question(), question(after=timeline(ONE)))) == 1
    assert len(files(question(), question(after=timeline(OTHER)))) == 2
    assert files(hard(TEXTS, "c")) == {}
