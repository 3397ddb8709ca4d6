"""Practice as questions to export: four options, claims that hold, and every format takes them."""

import zipfile
from pathlib import Path

import pytest

from checks.author import practice
from checks.author.export import FORMATS
from checks.exercise import Choice
from checks.judge import judge
from checks.judge.forms import make
from checks.lessons import exercises, lessons


@pytest.fixture(scope="module")
def items() -> list[Choice]:
    plain = [lesson for lesson in lessons() if lesson.slug in ("rollback", "gate")]
    return [each for lesson in plain for each in practice._of(lesson, 2)]


def test_they_are_questions_like_those_of_the_bank(items: list[Choice]) -> None:
    assert {each.lesson for each in items} == {"rollback", "gate"} and len(items) > 12
    assert len({each.id for each in items}) == len(items)
    for each in items:
        assert type(each) is Choice and each.letters == "abcd" and each.quick_check
        assert [judge(each, (letter,)).correct for letter in "abcd"].count(True) == 1
        exercise, form, seed = each.id.split("-")
        made = make(exercises()[exercise], form, int(seed))
        assert isinstance(made, Choice) and (made.task, made.answer) == (each.task, each.answer)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_them_and_gives_the_same_bytes(
    name: str, items: list[Choice], tmp_path: Path
) -> None:
    for file in ("one", "two"):
        FORMATS[name](items, tmp_path / file)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    if name != "gift":
        assert zipfile.ZipFile(tmp_path / "one").testzip() is None
