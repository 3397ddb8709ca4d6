"""A lesson's key points as flash cards: how a point begins, and the whole of it.

Called by `workbook export`, for the places that have such cards.
"""

import re
from collections.abc import Iterator

from checks.author.export.anki import FlashCard
from checks.exercise import Lesson
from checks.lessons import lessons
from checks.notebook import NOTEBOOKS, read

_HEADING = "## Key points\n"
_POINT = re.compile(r"^- (.+)$", re.MULTILINE)
#: Where a point may be broken off: after a few words, before the code and the words that say the matter.
_BREAK = re.compile(r"(?<=[\w`*)])[,;:.] ")
_FEWEST = 12


def key_points() -> tuple[FlashCard, ...]:
    """A card for each key point of the lessons that count, in their order."""
    return tuple(card for lesson in lessons() if lesson.counts for card in _of(lesson))


def _of(lesson: Lesson) -> Iterator[FlashCard]:
    path = NOTEBOOKS / f"{lesson.notebook}.ipynb"
    text = next((cell.source for cell in read(path).cells if _HEADING in cell.source), "")
    points = _POINT.findall(text.partition(_HEADING)[2].partition("\n\n**")[0])
    for number, point in enumerate(points, 1):
        yield FlashCard(
            f"point.{lesson.slug}.{number}",
            f"{lesson.title}: {_begun(point)} …",
            point,
            lesson.slug,
            int(path.stat().st_mtime),
        )


def _begun(point: str) -> str:
    """How it begins, up to its first stop; of one without a stop the first half of its words."""
    stop = next((each.start() for each in _BREAK.finditer(point) if each.start() >= _FEWEST), 0)
    words = point.split()
    return point[:stop] if stop else " ".join(words[: len(words) // 2])
