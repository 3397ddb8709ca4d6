"""The player's faces: what the page's code is given, and the table for where there is none."""

import json
import re

from checks.learner.card.player import player_html, player_view
from checks.player import Entry, Held, Moment, Player

ATTACK = "<img src=x onerror=alert(1)>"
FIRST = Moment(1, "The code begins.", held=(Held("n", "2"), Held("m", ATTACK)))
SECOND = Moment(
    2,
    f"Line 1 has set `x` to `{ATTACK}`.",
    f"f(n={ATTACK})",
    (Held("n", "2"), Held("x", "4", "new")),
    "history",
    (Entry("'v1'", "'stable'", ("version",), True),),
    "printed",
)
PLAYER = Player(("x = 2 * n", ATTACK), ("n = `2`", ATTACK), 0, (FIRST, SECOND))


def test_the_page_gets_plain_data_with_its_html_made() -> None:
    view = player_view(PLAYER)
    assert json.loads(json.dumps(view)) == view
    assert view["cases"][0] == "With n = 2"
    second = view["moments"][1]
    assert second["says"].startswith("Line 1 has set <code>x</code> to <code>&lt;img")
    assert second["held"] == [["n", "2", ""], ["x", "4", "new"]]
    assert second["history"] == [["'v1'", "'stable'", ["version"], True]]
    assert (second["line"], second["of"], second["printed"]) == (2, "history", "printed")


def test_the_table_has_a_row_a_step_and_what_changed() -> None:
    html = player_html(PLAYER)
    rows = re.findall("<tr>(.*?)</tr>", html)
    assert len(rows) == 3
    assert "<code>x = 2 * n</code>" in rows[1] and "n = 2" in rows[1]
    assert "x = 4</code> <strong>(new)</strong>" in rows[2] and "n = 2" not in rows[2]
    assert "<img" not in html
    assert player_html(PLAYER) == html


def test_the_table_begins_where_the_player_does_and_is_bounded() -> None:
    long = Player(("x",), ("n",), 0, (FIRST, *[SECOND] * 250), start=1)
    html = player_html(long)
    assert "The code begins" not in html
    assert html.count("<tr>") == 101
    assert "And 150 more steps." in html
