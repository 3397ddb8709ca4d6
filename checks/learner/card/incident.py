"""What a learner sees of an incident: what will happen? And once it has, what came of that prediction.

Drawn by the words `predict` and `explain`, and by authors for the unanswered face in `notebooks/`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from checks.catalogue import tr
from checks.exercise import Choice, Lesson
from checks.learner.card.card import Bundle, box
from checks.markdown import compact_html, to_html


@dataclass(frozen=True)
class IncidentState:
    """Everything that a face shows. `letter` is the prediction, "" while there is none.

    `happened` says that the demonstration has run, so that what came of it may be told. `notice` is one more
    line (Markdown).
    """

    exercise: Choice
    lesson: Lesson
    letter: str = ""
    happened: bool = False
    notice: str = ""

    @property
    def right(self) -> bool:
        return self.letter == self.exercise.answer

    @property
    def status(self) -> str:
        """`unanswered`, `predicted`; then `correct` or `over`, as to be surprised is no failure."""
        if not self.happened:
            return "predicted" if self.letter else "unanswered"
        return "correct" if self.letter and self.right else "over"

    @property
    def headline(self) -> str:
        """The status in words."""
        if not self.happened:
            if self.letter:
                return tr("Your prediction is kept: now run the cells below")
            return tr("Not predicted yet")
        if not self.letter:
            return tr("No prediction was kept: choose an option and press Predict before you run the cells")
        return tr("✓ As you predicted") if self.right else tr("Not as you predicted")

    @property
    def facts(self) -> list[str]:
        return [
            tr("Lesson {number}, before the demonstration", number=self.lesson.number),
            tr("For yourself: it gives no marks"),
        ]

    @property
    def feedback(self) -> str:
        """What came of it, as Markdown; "" before."""
        if not self.happened:
            return ""
        reason = self.exercise.reasons[self.letter or self.exercise.answer]
        keep = tr("**Keep in mind:** {what}", what=self.exercise.quick_check)
        return f"{reason}\n\n{keep}"

    def mark(self, letter: str) -> str:
        """What is said of an option, in words; "" where nothing is."""
        came = self.happened and letter == self.exercise.answer
        mine = tr("your prediction") if letter == self.letter else ""
        return ", ".join(filter(None, [mine, tr("what happened") if came else ""]))


@dataclass(frozen=True)
class IncidentCard:
    """An incident in an output cell: its state as one line of text and as static HTML.

    `live` makes the face that can be clicked, which carries the other two; None where nothing can draw it.
    """

    state: IncidentState
    live: Callable[[IncidentState], Bundle] | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str] | Bundle:
        return self.live(self.state) if self.live else faces(self.state)


def faces(state: IncidentState) -> dict[str, str]:
    """The static faces, by their media type."""
    return {"text/plain": f"{state.exercise.title}: {state.headline}", "text/html": html_face(state)}


def html_face(state: IncidentState) -> str:
    """The static face; it tells what happened only once it has."""
    exercise = state.exercise
    options = ""
    for letter, option in zip(exercise.letters, exercise.options, strict=True):
        mark = state.mark(letter)
        said = f" <strong>◀ {mark}</strong>" if mark else ""
        options += f"<li><strong>{letter.upper()}</strong> {compact_html(option)}{said}</li>"
    told = "".join(to_html(text) for text in (state.feedback, state.notice) if text)
    parts = [
        f"<p><strong>{escape(exercise.title)}</strong><br><small>{' · '.join(state.facts)}</small></p>",
        to_html(exercise.task),
        f"<ul>{options}</ul>",
        f'<div role="status"><p><strong>{state.headline}</strong></p>{told}</div>',
    ]
    if not state.happened:
        line = escape(f'predict("{exercise.id}", "…")')
        how = tr(
            "To answer by clicking, run this cell; or type your letter into it and run it: "
            "{line}. Any answer will do: it is for yourself.",
            line=f"<code>{line}</code>",
        )
        parts.append(f"<p><small>{how}</small></p>")
    return box(state.status, "".join(parts))
