"""Practice as questions to export: three or four options, claims that hold, every format takes them."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from checks.author import practice
from checks.author.export import FORMATS
from checks.author.export.pictures import Pictured
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
        assert type(each) is Choice and each.letters in ("abc", "abcd") and each.quick_check
        assert [judge(each, (letter,)).correct for letter in each.letters].count(True) == 1
        exercise, form, seed = each.id.split("-")
        made = make(exercises()[exercise], form, int(seed))
        assert isinstance(made, Choice) and (made.task, made.answer) == (each.task, each.answer)


def test_those_about_a_registry_show_it_before_and_afterwards() -> None:
    alias = next(each for each in lessons() if each.slug == "alias")
    some = replace(
        alias, exercises=tuple(each for each in alias.exercises if each.id in ("alias.1", "alias.4"))
    )
    shown = {each.id: each for each in practice._of(some, 1)}
    assert {type(each) for each in shown.values()} == {Pictured}
    read, predicted, explained = (shown[f"alias.{each}-1"] for each in ("1-why", "4-predict", "4-why"))
    assert isinstance(read, Pictured) and read.after is None, "code that reads changes nothing"
    assert read.before.text.count("@champion") == read.task.count("champion |") == 1
    assert isinstance(predicted, Pictured) and predicted.after
    assert re.findall("^[a-z ]+:$", predicted.after.text, re.M) == ["before:", "after this code:"]
    assert isinstance(explained, Pictured) and explained.after
    before, should, came = re.split(r"(?:^|\n)[a-z ]+:\n", explained.after.text)[1:]
    assert before == explained.before.text and len({before, should, came}) == 3
    assert list(practice._of(some, 1)) == list(shown.values())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_them_and_gives_the_same_bytes(
    name: str, items: list[Choice], tmp_path: Path
) -> None:
    for file in ("one", "two"):
        FORMATS[name](items, tmp_path / file)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    if name in ("qti", "anki"):
        assert zipfile.ZipFile(tmp_path / "one").testzip() is None
