"""The bank taken elsewhere: each export is read again by a reader of its own and must be unchanged."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.author.export import FORMATS
from checks.exercise import Choice
from checks.lessons import bank_questions
from checks.markdown import code, to_html
from tests.helpers import readers
from tests.helpers.exported import SIGNS, hard
from tests.helpers.readers import Read, plain

READERS: Mapping[str, Callable[[Path], list[Read]]] = {
    "moodle": readers.moodle,
    "gift": readers.gift,
    "qti": readers.qti,
    "anki": readers.anki,
}


def shown(markdown: str) -> str:
    """What a reader sees of a text, taken from the Markdown without the code under test."""
    return plain(to_html(markdown)).strip()


def assert_unchanged(format: str, wanted: list[Choice], path: Path) -> None:
    FORMATS[format](wanted, path)
    read = {one.id: one for one in READERS[format](path)}
    assert sorted(read) == sorted(question.id for question in wanted)
    for question in wanted:
        one = read[question.id]
        assert plain(one.task).strip() == shown(question.task)
        assert plain(one.remember).strip() == shown(question.quick_check)
        assert len(one.options) == len(question.options)
        for letter, option, (text, right, feedback) in zip(
            question.letters, question.options, one.options, strict=True
        ):
            assert plain(text).strip() == shown(option)
            assert right == (letter == question.answer)
            assert plain(feedback).strip() == shown(question.reasons[letter])


@pytest.mark.parametrize("format", FORMATS)
def test_every_question_comes_back_unchanged(format: str, tmp_path: Path) -> None:
    assert_unchanged(format, list(bank_questions()), tmp_path / "bank")


@pytest.mark.parametrize("format", FORMATS)
def test_three_options_stay_three(format: str, tmp_path: Path) -> None:
    four = hard([f"Text {number}" for number in range(10)], "b")
    three = replace(four, options=four.options[:3], misconceptions=four.misconceptions[:2])
    assert_unchanged(format, [three], tmp_path / "bank")


BLOCKS = ["```python\nif x == {}:\n\n    print('~', \"#\")\n// no comment\n```"] * 10


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("texts", [list(map(code, SIGNS)), BLOCKS, [f"Text {sign}" for sign in SIGNS]])
def test_code_quotes_braces_and_line_ends_survive(format: str, texts: list[str], tmp_path: Path) -> None:
    assert_unchanged(format, [hard(texts, "c")], tmp_path / "bank")
    for sign, text in zip(SIGNS, map(code, SIGNS), strict=True):
        assert shown(text) == sign


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(st.sampled_from("ab \n\\~=#{}:\"'<>&`*_%$[]()-/!;|n"), min_size=1, max_size=25),
        min_size=10,
        max_size=10,
    ),
    right=st.sampled_from("abcd"),
)
def test_any_text_survives(format: str, texts: list[str], right: str, tmp_path: Path) -> None:
    assert_unchanged(format, [hard([f"x{text}x" for text in texts], right)], tmp_path / "bank")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bank_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one", "two")]
    for path in paths:
        FORMATS[format](bank_questions(), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if format in ("qti", "anki"):
        with zipfile.ZipFile(paths[0]) as package:
            assert {entry.date_time for entry in package.infolist()} == {(2026, 1, 1, 0, 0, 0)}
