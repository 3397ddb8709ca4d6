"""Questions with pictures of a registry, and how a picture stands in a text of theirs.

Called by practice, which makes such questions, and by the formats that take files.
"""

from dataclasses import dataclass
from hashlib import sha256
from html import escape

from checks.exercise import Choice
from checks.markdown import compact_html
from checks.world.picture import Picture


@dataclass(frozen=True, kw_only=True)
class Pictured(Choice):
    """A question about a registry: `before` is how it stands there, `after` what comes of the code that is
    asked about; None where nothing comes of it. The first is shown with the question, the other once it is
    answered."""

    before: Picture
    after: Picture | None


def task_html(question: Choice, folder: str) -> str:
    """What is asked, as HTML; its picture stands below the table of the registry and lies in `folder`."""
    text = compact_html(question.task)
    if not isinstance(question, Pictured):
        return text
    head, table, rest = text.partition("</table>")
    return f"{head}{table}{_image(question.before, folder)}{rest}"


def remember_html(question: Choice, folder: str) -> str:
    """What to remember, as HTML, with the picture of what came."""
    text = compact_html(question.quick_check)
    if not isinstance(question, Pictured) or question.after is None:
        return text
    return f"{text}{_image(question.after, folder)}"


def files(*questions: Choice) -> dict[str, bytes]:
    """The pictures of these questions by their names, which come of what they show: none is there twice."""
    asked = [each for each in questions if isinstance(each, Pictured)]
    pictures = [picture for each in asked for picture in (each.before, each.after) if picture]
    return {_name(picture): picture.svg.encode() for picture in pictures}


def _name(picture: Picture) -> str:
    return f"registry-{sha256(picture.svg.encode()).hexdigest()[:16]}.svg"


def _image(picture: Picture, folder: str) -> str:
    said = picture.text.strip().replace(":\n", ":").replace("\n", ";")  # read aloud in one breath
    return f'<p><img src="{folder}{_name(picture)}" alt="{escape(said)}" style="max-width: 100%"></p>'
