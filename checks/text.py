"""Text from outside, fit to be shown: on one line for every reader, shortened, without broken encoding.

One function for each place to which it goes: `one_line` and `quoted` for a sentence, `lines` for a terminal,
`html`, `csv_cell`, `json_line`; `checks.markdown.code` for Markdown. Imports nothing of ours.
"""

import json
import re
import unicodedata
from html import escape

#: What any reader takes for the end of a line: Python, editors, browsers, spreadsheets, terminals.
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: How a program asks a terminal for a colour.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: What a notice quotes of an answer.
LONGEST_QUOTE = 300


def whole(text: str) -> str:
    """The text without lone surrogates, so that it can be written to any file."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str, mark: str = " ⏎ ") -> str:
    """The text on one line, for every reader; what is invisible or turns a line around is shown as �."""
    return "".join(map(_visible, BREAK.sub(mark, whole(text)).replace("\t", " ")))


def lines(text: str) -> str:
    """The text as lines that a terminal shows and does not obey; colours are left out."""
    plain = _COLOUR.sub("", whole(text)).replace("\r\n", "\n")
    return "\n".join(
        "\t".join(one_line(part, "⏎") for part in line.split("\t")) for line in plain.split("\n")
    )


def html(text: str) -> str:
    """The text for a page: shown as it is, with its lines, and no markup."""
    return escape(lines(text))


def csv_cell(text: str) -> str:
    """The text for a table, preceded by `'` where a spreadsheet would take it for a formula."""
    text = one_line(text)
    # A spreadsheet takes the wide forms of East Asian keyboards for what they stand for.
    first = unicodedata.normalize("NFKC", text).lstrip()[:1]
    return f"'{text}" if first and first in "=+-−@|" else text


def json_line(thing: object) -> str:
    """The thing as JSON, on one line for every reader, with what is invisible written as `\\u…`."""
    written = json.dumps(thing, ensure_ascii=False)
    return "".join(sign if _visible(sign) == sign else json.dumps(sign)[1:-1] for sign in written)


def quoted(text: str) -> str:
    """What somebody wrote, on one line and shortened, between quotation marks."""
    text = text.strip()
    return f"“{one_line(text[:LONGEST_QUOTE])}{' …' if len(text) > LONGEST_QUOTE else ''}”"


def _visible(sign: str) -> str:
    return "�" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign
