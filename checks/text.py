"""Text from outside, fit to be shown: on one line for every reader, shortened, without broken encoding.

Called by the finder of answers and by Markdown. Imports nothing of ours.
"""

import re
import unicodedata

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
    plain = _COLOUR.sub("", whole(text))
    return "\n".join(one_line(line, "⏎") for line in plain.split("\n"))


def quoted(text: str) -> str:
    """What somebody wrote, on one line and shortened, between quotation marks."""
    text = text.strip()
    return f"“{one_line(text[:LONGEST_QUOTE])}{' …' if len(text) > LONGEST_QUOTE else ''}”"


def _visible(sign: str) -> str:
    return "�" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign
