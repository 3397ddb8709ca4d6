"""What a learner sees of a test or a review: the next question, and after the last one what they all say.

Drawn by the words `quiz` and `review`, and by authors for the unanswered faces in `notebooks/`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from checks.catalogue import later, tr
from checks.exercise import Choice, Verdict
from checks.learner.card.card import LEVELS, Bundle, box
from checks.markdown import compact_html, inline_html, to_html

#: How hard a question is, within a sentence.
_LEVELS = {"easy": later("easy"), "medium": later("medium"), "hard": later("hard")}


@dataclass(frozen=True)
class Asked:
    """One question of a test, where it leads back to, and at the end of the test the answer and verdict."""

    exercise: Choice
    back_to: str
    letter: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class QuizState:
    """Everything that a face of a test shows. `call` is the line to type up to its answers: `quiz(…`.

    `answers` are the letters given so far; `strengths` says how strong each level is, once all are given.
    With `final` an answer counts as soon as it is given and cannot be taken back, and it is not kept in the
    call. `another` is the line that draws another test. Practice goes on in the place of `test`, which the
    notebook keeps.
    """

    title: str
    call: str
    asked: tuple[Asked, ...]
    answers: str = ""
    strengths: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    final: bool = False
    another: str = ""
    test: "QuizState | None" = None

    @property
    def over(self) -> bool:
        return len(self.answers) == len(self.asked)

    @property
    def wrong(self) -> int:
        return len(self.answers) - self.right if self.over else 0

    @property
    def right(self) -> int:
        return sum(one.verdict is not None and one.verdict.correct for one in self.asked)

    @property
    def status(self) -> str:
        """`unanswered`, `correct` (every answer) or `over`: a score is no failure."""
        if not self.over:
            return "unanswered"
        return "correct" if self.right == len(self.asked) else "over"

    @property
    def next(self) -> Asked:
        """The question to be answered now. IndexError once the test is over."""
        return self.asked[len(self.answers)]

    @property
    def facts(self) -> list[str]:
        """Such as "Question 3 of 10" and "Easy"."""
        if self.over:
            return []
        place = tr("Question {number} of {count}", number=len(self.answers) + 1, count=len(self.asked))
        due = [tr("{count} due", count=len(self.asked))] if self.final and self.call else []
        return [place, tr(LEVELS[self.next.exercise.difficulty]), *due]

    @property
    def headline(self) -> str:
        """How far the test is, or what came of it."""
        total = len(self.asked)
        if self.over:
            return tr("{right} of {count} right", right=self.right, count=total)
        return tr("{given} of {count} answered", given=len(self.answers), count=total)


@dataclass(frozen=True)
class QuizCard:
    """A test in an output cell: its state as one line of text and as static HTML.

    `live` makes the face that can be clicked, which carries the other two; None where nothing can draw it.
    """

    state: QuizState
    live: Callable[[QuizState], Bundle] | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str] | Bundle:
        return self.live(self.state) if self.live else faces(self.state)


def faces(state: QuizState) -> dict[str, str]:
    """The static faces, by their media type."""
    return {"text/plain": text_face(state), "text/html": html_face(state)}


def text_face(state: QuizState) -> str:
    """One line, such as "Test on approval, seed 7: 8 of 10 right; easy strong, …"."""
    if not state.over:
        place = state.facts[0]
        return f"{state.title}: {place[:1].lower()}{place[1:]}"
    strengths = ", ".join(f"{level} {strength}" for level, strength in _told(state))
    return f"{state.title}: {state.headline}; {strengths}"


def html_face(state: QuizState) -> str:
    """The static face; nothing in it tells right from wrong before the last answer."""
    parts = [f"<p><strong>{escape(state.title)}</strong></p>"]
    if state.over:
        strengths = strengths_html(state)
        parts.append(f'<div role="status"><p><strong>{state.headline}</strong></p>{strengths}</div>')
        parts.append(lessons_html(state))
    else:
        parts += _next(state)
    if state.notice:
        parts.append(to_html(state.notice))
    return box(state.status, "".join(parts))


def strengths_html(state: QuizState) -> str:
    """How strong each level is."""
    strengths = "".join(
        f"<li>{escape(level)}: <strong>{escape(strength)}</strong></li>" for level, strength in _told(state)
    )
    return f"<ul>{strengths}</ul>"


def _told(state: QuizState) -> list[tuple[str, str]]:
    return [(tr(_LEVELS[level]), tr(strength)) for level, strength in state.strengths]


def lessons_html(state: QuizState) -> str:
    """What showed in the answers of a test that is over, where to go back to, and how to go on."""
    asks = tr("What is due on another day is asked by {line}.", line="<code>review()</code>")
    go_on = f"<p>{asks}</p>"
    wrong = [one for one in state.asked if one.verdict and not one.verdict.correct]
    if not wrong:
        return f"<p>{tr('No misconception showed.')}</p>{go_on}"
    parts = [f"<p>{tr('What showed, and where to go back to:')}</p>"]
    for one in wrong:
        exercise = one.exercise
        held = next(m for m in exercise.misconceptions if (one.letter,) in m.samples)
        answer = exercise.options[exercise.letters.index(exercise.answer)]
        given = exercise.options[exercise.letters.index(one.letter)]
        back = tr("Back to {place}", place=inline_html(one.back_to))
        parts.append(
            f"<p><strong>{escape(exercise.title)}</strong> ({tr(_LEVELS[exercise.difficulty])})</p>"
            f"{to_html(exercise.task)}"
            f"<ul><li>✗ <strong>{one.letter.upper()}</strong> {inline_html(given)}<br>"
            f"{inline_html(held.says)}</li>"
            f"<li>✓ <strong>{exercise.answer.upper()}</strong> {inline_html(answer)}<br>"
            f"{inline_html(exercise.right)}</li></ul><p>{back}</p>"
        )
    return "".join([*parts, go_on])


def _next(state: QuizState) -> list[str]:
    exercise = state.next.exercise
    options = "".join(
        f"<li><strong>{letter.upper()}</strong> {compact_html(option)}</li>"
        for letter, option in zip(exercise.letters, exercise.options, strict=True)
    )
    line = escape(f'{state.call}, answers="{state.answers}…")')
    how = tr(
        "To answer by clicking, run this cell; or add your letter to the call and run it: {line}. You "
        "may stop at any time and go on from the same line. Feedback comes after the last question.",
        line=f"<code>{line}</code>",
    )
    return [
        f"<p>{' · '.join(state.facts)}</p>",
        to_html(exercise.task),
        f"<ul>{options}</ul>",
        f"<p><small>{how}</small></p>",
    ]
