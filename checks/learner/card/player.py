"""The player: a run of the learner's own code, as the page's code walks through it and as a table.

Drawn by the live card, when it is opened, and by the word `watch`.
"""

from html import escape
from typing import Any

from checks.markdown import inline_html, to_text
from checks.player import Held, Moment, Player

#: Rows of the table: what comes later is walked through on a page.
_ROWS = 100


def player_view(player: Player) -> dict[str, Any]:
    """All that the page's code shows, as plain data. HTML in it is made here, from Markdown."""
    return {
        "code": list(player.code),
        "cases": [f"With {to_text(each)}" for each in player.cases],
        "chosen": player.chosen,
        "start": player.start,
        "moments": [_moment(each) for each in player.moments],
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "line": moment.line,
        "says": inline_html(moment.says),
        "where": moment.where,
        "held": [[each.name, each.value, each.change] for each in moment.held],
        "of": moment.of,
        "history": [[each.key, each.value, list(each.names), each.at_hand] for each in moment.history],
        "printed": moment.printed,
    }


def player_html(player: Player) -> str:
    """The run as a table, folded, for GitHub and for front ends without widgets. The same on every run.

    After the first step it has only what changed.
    """
    moments = player.moments[player.start :]
    rows = "".join(_row(player, number, each) for number, each in enumerate(moments[:_ROWS], 1))
    more = len(moments) - _ROWS
    rest = f"<p>And {more} more steps.</p>" if more > 0 else ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Step", "Line", "What happens", "Variables"))
    return (
        "<details open><summary>See it in action</summary>"
        f"<p>The code, with {inline_html(player.cases[player.chosen])}:</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}</details>"
    )


def _row(player: Player, number: int, moment: Moment) -> str:
    line = player.code[moment.line - 1].strip() if 0 < moment.line <= len(player.code) else ""
    held = "<br>".join(_held(each) for each in moment.held if number == 1 or each.change)
    cells = f"<td>{moment.line}: <code>{escape(line)}</code></td><td>{inline_html(moment.says)}</td>"
    return f'<tr><th scope="row">{number}</th>{cells}<td>{held}</td></tr>'


def _held(held: Held) -> str:
    change = f" <strong>({held.change})</strong>" if held.change else ""
    return f"<code>{escape(held.name)} = {escape(held.value)}</code>{change}"
