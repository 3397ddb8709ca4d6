"""The files of the languages have every message of the code, and what they put in its place fits."""

import re
import string

import pytest

from checks import catalogue
from checks.author.messages import LANGUAGES, messages, renewed

CODES = sorted(path.stem for path in LANGUAGES.glob("*.po"))
SAID = messages()


def names(message: str) -> set[str]:
    """The names of a message's placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def spans(message: str) -> list[str]:
    """The code in a message."""
    return sorted(re.findall(r"`[^`]+`", message))


def test_messages_are_found_wherever_they_stand() -> None:
    assert SAID["✗ Not yet"].where == "learner/card/card.py", "in a table"
    assert SAID["Hints"].where == "learner/card/card.py", "in an f-string"
    assert SAID["{count} attempt left"].several == "{count} attempts left"
    assert SAID["Copied."].where == "learner/card/page"
    assert SAID["Continue here"].where == "learner/home/page"
    assert len(SAID) > 600


@pytest.mark.parametrize("code", CODES)
def test_the_files_are_up_to_date(code: str) -> None:
    """If not, `make languages` brings them there."""
    assert renewed(code) == (LANGUAGES / f"{code}.po").read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_placeholders_and_the_code_of_its_english(code: str) -> None:
    for english, forms in catalogue.catalogue(code).items():
        if english:
            message = SAID[english]
            assert len(forms) == 1 or message.several, english
            for form in forms:
                assert names(form) == names(message.several or english), form
                assert spans(form) == spans(message.several or english), form
                assert form.strip() == form or english.strip() != english, form
                edges = english[: len(english) - len(english.lstrip())], english[len(english.rstrip()) :]
                assert form.startswith(edges[0]) and form.endswith(edges[1]), form


@pytest.mark.parametrize("code", CODES)
def test_the_header_is_read(code: str) -> None:
    assert f"Language: {code}\n" in catalogue.catalogue(code)[""][0]
    catalogue.use(code)
    assert isinstance(catalogue.trn("{count} attempt left", "{count} attempts left", 3), str)
