"""A question's Markdown as HTML, the one markup that all three formats understand.

Called by the formats.
"""

from checks.markdown import to_html


def html(markdown: str) -> str:
    """The text as HTML; a single paragraph without the `<p>` around it."""
    rendered = to_html(markdown)
    inner = rendered.removeprefix("<p>").removesuffix("</p>")
    return inner if rendered == f"<p>{inner}</p>" and "<p>" not in inner else rendered
