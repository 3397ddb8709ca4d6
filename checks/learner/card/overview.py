"""How far a learner is: a line per lesson, as text and as static HTML.

Used by the word `progress`, by `workbook status` and by the course home.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from html import escape

from checks.catalogue import tr
from checks.exercise import Lesson
from checks.learner.card.card import Bundle
from checks.markdown import to_html


@dataclass(frozen=True)
class Overview:
    """Lessons, each with the number of its exercises that are right, and one more line or "".

    `live` makes the face that keeps up to date; None where nothing can draw it.
    """

    lessons: tuple[tuple[Lesson, int], ...]
    notice: str = ""
    live: Callable[["Overview"], Bundle] | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return "\n".join(_line(lesson, done) for lesson, done in self.lessons)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str] | Bundle:
        return self.live(self) if self.live else self.faces()

    def faces(self) -> dict[str, str]:
        """The static faces, by their media type."""
        rows = "".join(
            f"<tr><th scope='row'>{lesson.number} {escape(lesson.title)}</th>"
            f"<td>{'█' * done}{'░' * (len(lesson.exercises) - done)}</td>"
            f"<td>{how_many(lesson, done)}</td>"
            f"<td>{tr('about {minutes} minutes', minutes=lesson.minutes)}</td></tr>"
            for lesson, done in self.lessons
        )
        notice = to_html(self.notice) if self.notice else ""
        return {"text/plain": str(self), "text/html": f"<table>{rows}</table>{notice}"}


def overview_of(lessons: Iterable[Lesson], right: Collection[str], notice: str = "") -> Overview:
    """How far a learner is in these lessons, if the exercises with these ids are right."""
    return Overview(tuple((lesson, lesson.how_many(right)) for lesson in lessons), notice)


def _line(lesson: Lesson, done: int) -> str:
    return tr(
        "{lesson}: {done} of {count} {unit} done, about {minutes} minutes",
        lesson=f"{lesson.number} {lesson.title}",
        done=done,
        count=len(lesson.exercises),
        unit=lesson.unit,
        minutes=lesson.minutes,
    )


def how_many(lesson: Lesson, done: int) -> str:
    """Such as "2 of 4 steps"."""
    return tr("{done} of {count} {unit}", done=done, count=len(lesson.exercises), unit=lesson.unit)
