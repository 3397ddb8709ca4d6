"""The language that a learner reads: chosen, filled in, and English where nothing else is known."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from checks import catalogue
from checks.catalogue import accented, language, languages, later, speaking, tr, trn, use

PO = r"""
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\n"

#: checks/somewhere.py:3
msgid "Say \"{word}\"."
msgstr "Mów "
"„{word}”."

msgid "{count} answer by {who}"
msgid_plural "{count} answers by {who}"
msgstr[0] "{count} odpowiedź ({who})"
msgstr[1] "{count} odpowiedzi ({who})"
msgstr[2] "{count} odpowiedzi! ({who})"

#, fuzzy, python-brace-format
msgid "A doubtful one."
msgstr "Inne."

msgid "None yet."
msgstr ""
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pl.po").write_text(PO, "utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    use("pl")


def test_it_is_english_until_another_is_used() -> None:
    assert catalogue.language() == "en"
    assert tr("Say {word}.", word="a{b}") == "Say a{b}."
    assert [trn("{count} answer", "{count} answers", n) for n in (0, 1, 2)] == [
        "0 answers",
        "1 answer",
        "2 answers",
    ]
    assert later("Kept.") == "Kept."


def test_a_message_without_values_keeps_its_braces() -> None:
    assert tr("A dictionary is written {}.") == "A dictionary is written {}."


@pytest.mark.usefixtures("polish")
def test_a_file_of_gettext_is_a_language() -> None:
    assert languages() == ("en", "pl", "pseudo")
    assert tr('Say "{word}".', word="x") == "Mów „x”."
    said = [trn("{count} answer by {who}", "{count} answers by {who}", n, who="Ana") for n in (1, 3, 5)]
    assert said == ["1 odpowiedź (Ana)", "3 odpowiedzi (Ana)", "5 odpowiedzi! (Ana)"]


@pytest.mark.usefixtures("polish")
@pytest.mark.parametrize("message", ["A doubtful one.", "None yet.", "Not there."])
def test_what_is_not_translated_stays_english(message: str) -> None:
    assert tr(message) == message
    assert trn("{count} day", "{count} days", 2) == "2 days"


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"^There is no language 'xx'; there are en, de.*, pseudo\.$"):
        use("xx")


def test_the_pseudo_language_changes_every_letter_of_a_message() -> None:
    use("pseudo")
    said = tr("Say <b class='x'>{word}</b> in `a cell`, or ``a `cell` `` of [it](http://x/y)&nbsp;", word="w")
    assert said == "⟦Śáý <b class='x'>w</b> íń `a cell`, óŕ ``a `cell` `` óƒ [íť](http://x/y)&nbsp;⟧"
    assert trn("{count} day", "{count} days", 1) == "⟦1 đáý⟧"
    letters = "".join(map(chr, (*range(65, 91), *range(97, 123))))
    assert not set(accented(letters)) & set(letters) and len(set(accented(letters))) == 52


def test_what_is_spoken_for_a_while_is_spoken_in_that_thread_alone() -> None:
    use("de")
    both_in = Barrier(2)

    def english(_: int) -> list[str]:
        with speaking("en"):
            both_in.wait(10)
            said = language()
        both_in.wait(10)
        return [said, language()]

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(english, range(2))) == [["en", "de"]] * 2
    assert language() == "de"
