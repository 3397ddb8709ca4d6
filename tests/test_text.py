"""Text from outside at the doors: shown as it is, on one line, and doing nothing to who reads it."""

import json
import unicodedata

import pytest

from checks import text
from checks.markdown import code, to_html

BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
ODD = [
    "\x1b[2K",
    "\x1b]0;t\x07",
    "\x9b31m",
    "\x00",
    "\b",
    "\x7f",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\ue000",
]
ATTACKS = [f"boom{odd}{odd}# Right{odd}![p](http://x/p.png) <b>" for odd in BREAKS + ODD]


def is_tame(said: str) -> bool:
    """Whether it can be written to a file, and nothing in it acts on a terminal or ends a line."""
    said.encode("utf-8")
    return len(said.splitlines()) <= 1 and not any(unicodedata.category(sign)[0] == "C" for sign in said)


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_stays_text(attack: str) -> None:
    for door in (text.one_line, text.quoted, text.csv_cell, text.json_line):
        assert is_tame(door(attack)), door
    assert is_tame(text.lines(attack).replace("\n", " ").replace("\t", " "))
    assert is_tame(text.html(attack).replace("\n", " "))
    assert "<" not in text.html(attack)
    assert is_tame(code(attack))
    page = to_html(f"It says {code(attack)}.")
    assert page.startswith("<p>It says <code>boom")
    assert not {"<h1", "<img", "<a ", "<b>"} & set(page.replace(">", "> ").split())
    assert json.loads(text.json_line([attack])) == [attack]


@pytest.mark.parametrize("sign", [*"=+-@|", *"＝＋－＠", *"﹢﹣﹦﹫", "−"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\u3000", "\u00a0"])
def test_a_formula_is_no_formula_any_more(sign: str, before: str) -> None:
    assert text.csv_cell(f"{before}{sign}1+1").lstrip()[0] in "'⏎"


def test_honest_names_stay_as_they_are() -> None:
    for name in ("Zoë-Ann =", "学生", "O'Neill (4711)", "José", ""):
        assert text.csv_cell(name) == name
        assert text.html(name) == name.replace("'", "&#x27;")
        assert json.loads(text.json_line(name)) == name
    assert text.json_line("Zoë 学生") == '"Zoë 学生"'


def test_lines_and_tabs_of_code_are_kept() -> None:
    assert text.lines("if x:\r\n\ty = \x1b[0;31m1\x1b[0m\n") == "if x:\n\ty = 1\n"
    assert text.html("a < b\n\tc") == "a &lt; b\n\tc"
