"""The player: a run of the learner's own code, as the page's code walks through it and as a table.

Drawn by the live card, when it is opened, and by the word `watch`.
"""

from html import escape
from typing import Any

from checks.catalogue import later, tr
from checks.markdown import inline_html, to_text
from checks.player import Held, Moment, Player

#: Rows of the table: what comes later is walked through on a page.
_ROWS = 100

_CHANGES = {"new": later("new"), "changed": later("changed")}


def player_view(player: Player) -> dict[str, Any]:
    """All that the page's code shows, as plain data. HTML in it is made here, from Markdown."""
    return {
        "code": list(player.code),
        "cases": [tr("With {given}", given=to_text(each)) for each in player.cases],
        "chosen": player.chosen,
        "start": player.start,
        "moments": [_moment(each) for each in player.moments],
    }


def change(held: Held) -> str:
    """What the line before did to a variable, in a word."""
    return tr(_CHANGES[held.change]) if held.change else ""


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "line": moment.line,
        "says": inline_html(moment.says),
        "where": moment.where,
        "held": [[each.name, each.value, change(each)] for each in moment.held],
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
    rest = f"<p>{tr('And {count} more steps.', count=more)}</p>" if more > 0 else ""
    columns = (tr("Step"), tr("Line"), tr("What happens"), tr("Variables"))
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    code = tr("The code, with {given}:", given=inline_html(player.cases[player.chosen]))
    return (
        f"<details open><summary>{tr('See it in action')}</summary>"
        f"<p>{code}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}</details>"
    )


def _row(player: Player, number: int, moment: Moment) -> str:
    line = player.code[moment.line - 1].strip() if 0 < moment.line <= len(player.code) else ""
    held = "<br>".join(_held(each) for each in moment.held if number == 1 or each.change)
    cells = f"<td>{moment.line}: <code>{escape(line)}</code></td><td>{inline_html(moment.says)}</td>"
    return f'<tr><th scope="row">{number}</th>{cells}<td>{held}</td></tr>'


def _held(held: Held) -> str:
    said = f" <strong>({change(held)})</strong>" if held.change else ""
    return f"<code>{escape(held.name)} = {escape(held.value)}</code>{said}"
