"""What the pages for learners and on the class share: one file without scripts, its style, its tables.

Called by `report` and `class_page`.
"""

from collections.abc import Iterable, Sequence

from checks.markdown import inline_html
from checks.text import html

_STYLE = """
body { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { background: #f4f4f4; padding: .6rem .8rem; overflow-x: auto }
code { font-family: ui-monospace, monospace }
section { border-left: 6px solid #767676; padding: .1rem 1rem; margin: 1rem 0 }
section.correct { border-color: #1a7f37 } section.wrong { border-color: #b35900 }
.correct .verdict { color: #1a6e31 } .wrong .verdict { color: #944a00 }
.notice, .decided { background: #fff8e0; padding: .4rem .8rem } .total { font-size: 1.3rem }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem } td, th { border: 1px solid #ccc;
  padding: .2rem .5rem; text-align: left; vertical-align: top } td.number { text-align: right }
svg { display: block }
.marks { overflow: auto; max-height: 90vh; width: fit-content; max-width: calc(100vw - 2rem) }
.marks table { border-collapse: separate; border-spacing: 0; margin: 0 }
.marks td, .marks th { border-width: 0 1px 1px 0 } .marks td { text-align: center }
.marks thead { position: sticky; top: 0; z-index: 1 }
.marks th { background: #f4f4f4; vertical-align: bottom }
.marks tbody th, .marks thead tr:first-child th:first-child { position: sticky; left: 0 }
.marks .wrong { background: #fde7d3 }
.marks .not_attempted { color: #595959 } .marks .error { background: #fff8e0 }
"""


def page(title: str, body: Iterable[str]) -> str:
    """A whole page. Its policy forbids scripts and loading anything: a second wall behind escaping."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


class Prose(str):
    """A table's cell in the course's own words, in Markdown; any other text is shown as it is."""


class Raw(str):
    """A table's cell that is HTML already."""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def cell(value: object) -> str:
        if isinstance(value, Raw):
            return f"<td>{value}</td>"
        if isinstance(value, str):
            return f"<td>{inline_html(value) if isinstance(value, Prose) else html(value)}</td>"
        return f'<td class="number">{value}</td>'

    top = "".join(f"<th>{html(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
