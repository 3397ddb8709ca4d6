"""Markdown, the language of every text a learner reads: code spans made safely, and HTML made from it.

Used by the judge to quote values and by the card and the reports to draw.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from checks.text import html, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST_QUOTE = 300


def code(text: str) -> str:
    """`text` as a code span that nothing in it can end; shortened, its line ends and tabs shown as signs."""
    shortened = text[:LONGEST_QUOTE] + " …" if len(text) > LONGEST_QUOTE else text
    text = one_line(shortened.replace("\t", "⇥"))
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # CommonMark takes one space off each side; without it a backtick at an end would join the fence.
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}"


@lru_cache(1024)  # a class's pages have the same tasks, and much the same feedback
def to_html(markdown: str) -> str:
    """HTML in which nothing of the text is markup of its own: raw HTML is shown, links are http(s) alone."""
    return str(_parser().render(markdown)).strip()


def compact_html(markdown: str) -> str:
    """The same; a single paragraph without the `<p>` around it, for an option or a cell of a table."""
    rendered = to_html(markdown)
    inner = rendered.removeprefix("<p>").removesuffix("</p>")
    return inner if rendered == f"<p>{inner}</p>" and "<p>" not in inner else rendered


@lru_cache(1024)
def inline_html(markdown: str) -> str:
    """The same for a single line, without the paragraph around it."""
    return str(_parser().renderInline(markdown)).strip()


def to_text(markdown: str) -> str:
    """The first paragraph without its markup, for a line of plain text."""
    return re.sub(r"[*`]", "", markdown.split("\n\n")[0]).strip()


def fenced(source: str) -> str:
    """Python as a block of code that nothing in it can end."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    return f"{fence}python\n{source}\n{fence}"


def pre(source: str) -> str:
    """Source as a block of code."""
    return f"<pre><code>{html(source.rstrip())}</code></pre>"


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 20 ms that `import checks` need not pay

    return MarkdownIt("commonmark", {"html": False}).enable("table")
