"""The language that a learner reads: the environment's, else the one that they chose and the record keeps."""

from pathlib import Path

import pytest

from checks.catalogue import VARIABLE, language, use
from checks.learner import chosen
from checks.learner.record import Record


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "progress.sqlite")


def spoken(record: Record | None) -> str:
    use("en")
    chosen.speak(record)
    return language()


def test_it_is_english_before_anything_is_chosen(record: Record) -> None:
    assert spoken(record) == spoken(None) == "en"


def test_what_was_chosen_is_kept_and_the_last_choice_counts(record: Record) -> None:
    for code in ("pseudo", "de"):
        chosen.choose(record, code)
        assert language() == code
    assert spoken(Record(record.path)) == "de"
    assert record.attempts() == [] and record.standings() == {}


def test_a_folder_that_is_named_after_a_language_speaks_it_until_another_is_chosen(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "de").mkdir()
    monkeypatch.chdir(tmp_path / "de")
    assert spoken(record) == "de"
    chosen.choose(record, "en")
    assert spoken(record) == "en"


def test_the_environment_goes_before(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen.choose(record, "de")
    monkeypatch.setenv(VARIABLE, "pseudo")
    assert spoken(record) == "pseudo"


def test_an_unknown_language_is_named(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"There is no language 'xx'"):
        chosen.choose(record, "xx")
    assert spoken(record) == "en"
    monkeypatch.setenv(VARIABLE, "xx")
    with pytest.raises(ValueError, match=r"^WORKBOOK_LANGUAGE: There is no language 'xx'; there are en, de"):
        chosen.speak(record)


def test_a_language_that_is_no_more_is_english(record: Record) -> None:
    record.set("language", "tlh")
    assert spoken(record) == "en"
