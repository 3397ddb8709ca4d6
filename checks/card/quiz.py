"""What a learner sees of a test or a review: the next question, and after the last one what they all say.

Drawn by the words `quiz` and `review`, and by authoring for the unanswered faces in `notebooks/`.
"""

from dataclasses import dataclass
from html import escape

from checks.card.card import box
from checks.exercise import Choice, Verdict
from checks.markdown import compact_html, inline_html, to_html


@dataclass(frozen=True)
class Asked:
    """One question of a test: its letters in the order shown, where it leads back to, and once the test is
    over the answer given and the verdict."""

    exercise: Choice
    order: str
    back_to: str
    letter: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class QuizState:
    """Everything that a face of a test shows. `call` is the line to type up to its answers: `quiz(…`.

    `answers` are the letters given so far; `strengths` says how strong each level is, once all are given.
    """

    title: str
    call: str
    asked: tuple[Asked, ...]
    answers: str = ""
    strengths: tuple[tuple[str, str], ...] = ()
    notice: str = ""

    @property
    def over(self) -> bool:
        return len(self.answers) == len(self.asked)

    @property
    def right(self) -> int:
        return sum(one.verdict is not None and one.verdict.correct for one in self.asked)


@dataclass(frozen=True)
class QuizCard:
    """A test in an output cell: its state as one line of text and as static HTML."""

    state: QuizState

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": text_face(self.state), "text/html": html_face(self.state)}


def text_face(state: QuizState) -> str:
    """One line, such as "Test on approval, seed 7: 8 of 10 right; easy strong, …"."""
    total = len(state.asked)
    if not state.over:
        return f"{state.title}: question {len(state.answers) + 1} of {total}"
    strengths = ", ".join(f"{level} {strength}" for level, strength in state.strengths)
    return f"{state.title}: {state.right} of {total} right; {strengths}"


def html_face(state: QuizState) -> str:
    """The static face; nothing in it tells right from wrong before the last answer."""
    parts = [f"<p><strong>{escape(state.title)}</strong></p>"]
    parts += _result(state) if state.over else _next(state)
    if state.notice:
        parts.append(to_html(state.notice))
    return box("unanswered" if not state.over else "correct", "".join(parts))


def _next(state: QuizState) -> list[str]:
    number, asked = len(state.answers) + 1, state.asked[len(state.answers)]
    exercise = asked.exercise
    options = "".join(
        f"<li><strong>{letter}</strong> {compact_html(exercise.options[exercise.letters.index(letter)])}</li>"
        for letter in asked.order
    )
    line = f'{state.call}, answers="{state.answers}…")'
    return [
        f"<p>Question {number} of {len(state.asked)} · {exercise.difficulty.capitalize()}</p>",
        to_html(exercise.task),
        f"<ul>{options}</ul>",
        f"<p><small>Answer by adding your letter to the call, then run it: <code>{escape(line)}</code>. "
        "You may stop at any time and go on from the same line. Feedback comes after the last question."
        "</small></p>",
    ]


def _result(state: QuizState) -> list[str]:
    strengths = "".join(
        f"<li>{escape(level)}: <strong>{escape(strength)}</strong></li>"
        for level, strength in state.strengths
    )
    wrong = [one for one in state.asked if one.verdict and not one.verdict.correct]
    parts = [
        f'<div role="status"><p><strong>{state.right} of {len(state.asked)} right</strong></p>'
        f"<ul>{strengths}</ul></div>"
    ]
    if not wrong:
        return [*parts, "<p>No misconception showed. Come back for the reviews: <code>review()</code>.</p>"]
    parts.append("<p>What showed, and where to go back to:</p>")
    for one in wrong:
        exercise = one.exercise
        assert one.verdict is not None
        held = next(m for m in exercise.misconceptions if (one.letter,) in m.samples)
        answer = exercise.options[exercise.letters.index(exercise.answer)]
        given = exercise.options[exercise.letters.index(one.letter)]
        parts.append(
            f"<p><strong>{escape(exercise.title)}</strong> ({exercise.difficulty})</p>"
            f"{to_html(exercise.task)}"
            f"<ul><li>✗ <strong>{one.letter}</strong> {inline_html(given)}<br>{inline_html(held.says)}</li>"
            f"<li>✓ <strong>{exercise.answer}</strong> {inline_html(answer)}<br>{inline_html(exercise.right)}"
            f"</li></ul><p>Back to {inline_html(one.back_to)}</p>"
        )
    return parts
