"""Text from outside at the doors where it goes out: a name, a line, a cell of a table, a line of JSON, HTML.

Called wherever something that was handed in is shown or written. Imports nothing of ours.
"""

import hashlib
import html
import json
import re
import unicodedata

#: What any reader takes for the end of a line: Python, editors, browsers, spreadsheets, terminals.
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Names are shown up to this length; what is longer is told apart by its digest.
LONGEST_NAME = 200
#: What a notice quotes of an answer.
LONGEST_QUOTE = 300
#: A spreadsheet begins a formula with one of these, full-width ones included.
_FORMULA = tuple("=+-@|")
_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›＇＂"
_SEPARATORS = re.compile('[",;\t]|^\\s|\\s$')


def whole(text: str) -> str:
    """The text without lone surrogates, so that it can be written to any file."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str, mark: str = " ⏎ ") -> str:
    """The text on one line, for every reader; what is invisible or turns a line around is shown as �."""
    return "".join(map(_visible, BREAK.sub(mark, whole(text)).replace("\t", " ")))


def quoted(text: str) -> str:
    """What somebody wrote, on one line and shortened, between quotation marks."""
    text = text.strip()
    return f"“{one_line(text[:LONGEST_QUOTE])}{' …' if len(text) > LONGEST_QUOTE else ''}”"


def name(raw: str) -> str:
    """A file's name as text that any page and table can hold: no control characters, no broken encoding."""
    return "".join(map(_visible, raw))[:LONGEST_NAME]


def label(raw: str) -> str:
    """The same; where it does not show all of the name, with a digest: two names never become one."""
    shown = name(raw)
    if shown == raw:
        return shown
    return f"{shown} ~{hashlib.sha256(raw.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def csv_row(cells: list[str | int]) -> str:
    """A row of a table that every spreadsheet reads as the same cells, none of them a formula."""
    return ",".join(map(_csv_cell, cells)) + "\n"


def no_formula(text: str) -> str:
    """The text, preceded by `'` where a spreadsheet would take it for a formula."""
    begins = text.lstrip("".join(sign for sign in set(text) if _is_nothing(sign)))
    risky = unicodedata.normalize("NFKC", begins[:1]).startswith(_FORMULA)
    return f"'{text}" if risky or text[:1] in ("\t", "\r", "\n") else text


def json_line(value: object) -> str:
    """The value as JSON on one line, whatever the reader takes for the end of a line."""
    text = json.dumps(value, ensure_ascii=False)
    return whole(re.sub("[\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)) + "\n"


def lines(text: str) -> list[str]:
    """The lines of a file of ours: they end with \\n and nothing else."""
    return [line for line in text.split("\n") if line]


def to_html(text: str) -> str:
    """The text as HTML, its lines kept; what is invisible or turns a line around is shown as �."""
    kept = "\n".join(BREAK.split(whole(text)))
    return html.escape("".join(sign if sign in "\n\t" else _visible(sign) for sign in kept))


def _visible(sign: str) -> str:
    return "�" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign


def _is_nothing(sign: str) -> bool:
    """What a spreadsheet may take away before it looks: white space, quotation marks, invisible signs."""
    return sign.isspace() or sign in _QUOTES or unicodedata.category(sign)[0] in "CZ"


def _csv_cell(cell: str | int) -> str:
    if isinstance(cell, int):
        return str(cell)
    text = no_formula(one_line(cell, " "))
    return '"' + text.replace('"', '""') + '"' if _SEPARATORS.search(text) else text
