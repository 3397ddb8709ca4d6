"""What of a face is plain English while learners are spoken to in the pseudo-language."""

import re
from collections.abc import Iterator
from html import unescape

#: What is not prose: code, a picture's inside, an identifier, an address, a name in angle brackets.
_NO_PROSE = re.compile(
    r"<(code|pre|style|svg|script|kbd)\b.*?</\1>|<!--.*?-->|```.*?```|`[^`]*`|&\w+;|https?://\S+|\]\([^)]*\)",
    re.DOTALL,
)
#: Such as rollback.3, bank.stage-case, 07_gate.ipynb, work/x, quiz(, seed=7, @champion, validation_status.
_NAME = re.compile(r"[@#]?\w+(?:[._/=:-]+\w+)+:?|\w+\([^)]*\)?|@\w+|\bv\d+\b")
_TEXT = re.compile(r"""(?:aria-label|alt|title|summary)=["']([^"']*)["']""")

#: Names that stand for themselves: the product's, its parts', what a registry holds, what is typed.
NAMES = {
    *("MLflow", "Python", "MLOps", "Workbook", "workbook", "JupyterLab", "GitHub", "YAML"),
    *("MyModel", "None", "Staging", "Production", "Archived", "True", "False"),
    *("rollback", "approval", "little", "fairly", "quite", "br", "Ana"),
}


def words(face: str) -> set[str]:
    """The plain English words that a face (text, Markdown or HTML) shows or reads out."""
    face = _NO_PROSE.sub(" ", face)
    shown = " ".join([re.sub(r"<[^>]*>", " ", face), *_TEXT.findall(face)])
    return set(re.findall(r"[A-Za-z]{2,}", _NAME.sub(" ", unescape(shown)))) - NAMES


def texts(view: object, not_prose: frozenset[str]) -> Iterator[str]:
    """Every text in plain data, but for what stands under these keys."""
    if isinstance(view, str):
        yield view
    elif isinstance(view, dict):
        for key, value in view.items():
            if key not in not_prose:
                yield from texts(value, not_prose)
    elif isinstance(view, list | tuple):
        for each in view:
            yield from texts(each, not_prose)
