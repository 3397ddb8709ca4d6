"""What a learner sees of an exercise: one state, and the faces drawn from it.

Used by the notebook's words, and by authors for the unanswered faces in `notebooks/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from checks.catalogue import ENGLISH, later, tag, tr, trn
from checks.exercise import Answer, Choice, Difficulty, Exercise, FillIn, Lesson, Step, Verdict
from checks.learner.card.board import board_html
from checks.learner.card.player import player_html
from checks.learner.card.practice import Practice, question_html
from checks.markdown import compact_html, inline_html, pre, to_html
from checks.player import Player
from checks.practice import Worked

Status = Literal["unanswered", "correct", "wrong", "spent", "error"]

#: How hard an exercise is.
LEVELS: Mapping[Difficulty, str] = {"easy": later("Easy"), "medium": later("Medium"), "hard": later("Hard")}

#: In words and with a sign, so that nothing is said by colour alone.
STATUS_WORDS: Mapping[Status, str] = {
    "unanswered": later("Not answered yet"),
    "correct": later("✓ Correct"),
    "wrong": later("✗ Not yet"),
    "spent": later("✗ No attempts left: the explanation is open, and a right answer still counts"),
    "error": later("! Something failed on our side"),
}


@dataclass(frozen=True)
class CardState:
    """Everything that a face shows.

    `done` of the lesson's exercises are right, this one among them if `solved`. `kept` is the last right
    answer, where the cell has lost it. `notice` is one more line, and `summary` what is said of the lesson
    on the card that completes it (Markdown both). `following` is the lesson that comes next, if any.
    `playable` says that the answer can be walked through, `player` is such a walk, for the static face.
    `practice` is there where the exercise was made to practise another one.
    """

    exercise: Exercise
    lesson: Lesson
    answer: Answer = ()
    verdict: Verdict | None = None
    done: int = 0
    hints: int = 0
    wrong: int = 0
    explained: bool = False
    solved: bool = False
    kept: Answer = ()
    notice: str = ""
    summary: str = ""
    following: Lesson | None = None
    playable: bool = False
    player: Player | None = None
    practice: Practice | None = None

    @property
    def attempts_left(self) -> int | None:
        """How many attempts are left, None where they are not counted."""
        if not isinstance(self.exercise, FillIn):
            return None
        return max(0, self.exercise.attempts - self.wrong)

    @property
    def status(self) -> Status:
        if self.verdict and self.verdict.status in ("correct", "error"):
            return "correct" if self.verdict.correct else "error"
        if self.attempts_left == 0 and not (self.solved and self.verdict is None):
            return "spent"
        return "wrong" if self.verdict and self.verdict.status == "wrong" else "unanswered"

    @property
    def headline(self) -> str:
        """The status in words."""
        if isinstance(self.exercise, Worked):
            return tr("To read, and to walk through")
        solved_before = self.solved and self.status == "unanswered"
        return tr("✓ Solved before") if solved_before else tr(STATUS_WORDS[self.status])

    @property
    def explanation(self) -> str | None:
        """The worked explanation, once it was asked for or the attempts are spent."""
        return self.exercise.explanation if self.explained or self.attempts_left == 0 else None

    @property
    def place(self) -> str:
        """Such as "Lesson 6, step 3"; of a question of the bank its number."""
        if self.practice:
            return self.practice.place
        place = self.lesson.place(self.exercise)
        if not self.lesson.notebook:
            return place[:1].upper() + place[1:]
        return tr("Lesson {number}, {place}", number=self.lesson.number, place=place)

    @property
    def progress(self) -> str:
        """Such as "2 of 4 steps done"; "" for what counts in no lesson."""
        if self.practice:
            return ""
        return tr(
            "{done} of {count} {unit} done",
            done=self.done,
            count=len(self.lesson.exercises),
            unit=self.lesson.unit,
        )

    @property
    def attempts(self) -> str:
        """How many attempts are left, in words; "" where that means nothing."""
        left = self.attempts_left
        if left is None or self.solved:
            return ""
        return trn("{count} attempt left", "{count} attempts left", left)

    @property
    def facts(self) -> tuple[str, ...]:
        """Where it stands, in a few words each."""
        shown = (self.place, tr(LEVELS[self.exercise.difficulty]), self.attempts, self.progress)
        return tuple(filter(None, shown))

    def mark(self, letter: str) -> str:
        """What the check has said of an option, by a sign and in words; "" where it said nothing of it."""
        chosen = isinstance(self.exercise, Choice) and letter in map(self.exercise.letter, self.answer)
        return tr(_MARKS[self.status]) if chosen and self.status in _MARKS else ""


#: The status in the line of text.
_STATUS: Mapping[Status, str] = {
    "unanswered": later("unanswered"),
    "correct": later("correct"),
    "wrong": later("wrong"),
    "spent": later("spent"),
    "error": later("error"),
}

_MARKS: Mapping[Status, str] = {"correct": later("✓ right"), "wrong": later("✗ not this one")}

#: What IPython asks an object for: its faces by media type, and what is to be known of them.
Bundle = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Card:
    """A card in an output cell: its state as one line of text and as static HTML.

    `live` makes the face that can be clicked, which carries the other two; None where nothing can draw it.
    """

    state: CardState
    live: Callable[[CardState], Bundle] | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str] | Bundle:
        return self.live(self.state) if self.live else faces(self.state)


@dataclass(frozen=True)
class Message:
    """A sentence in place of a card, where there is nothing to draw one of. Markdown."""

    markdown: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/plain": self.markdown.replace("`", ""),
            "text/html": box("warning", f'<div role="status">{to_html(self.markdown)}</div>'),
        }


def faces(state: CardState) -> dict[str, str]:
    """The static faces, by their media type."""
    return {"text/plain": text_face(state), "text/html": html_face(state)}


def text_face(state: CardState) -> str:
    """One line, such as "rollback.3 Find the last stable model version for rollback: correct"."""
    return f"{state.exercise.id} {state.exercise.title}: {tr(_STATUS[state.status])}"


def html_face(state: CardState) -> str:
    """The static face: for GitHub, for front ends without widgets, and for a notebook opened tomorrow.

    The same on every run; nothing of an answer is inserted as HTML.
    """
    exercise = state.exercise
    shown = " · ".join(state.facts)
    board = board_of(state)
    parts = [
        f"<p><strong>{escape(exercise.title)}</strong><br><small>{escape(shown)}</small></p>",
        to_html(exercise.task),
        _question(state),
        _feedback(state),
        f"<details><summary>{_board_title(state)}</summary>{board}</details>" if board else "",
        player_html(state.player) if state.player else "",
    ]
    if state.hints:
        hints = "".join(f"<li>{inline_html(hint)}</li>" for hint in exercise.hints[: state.hints])
        parts.append(f"<p><strong>{tr('Hints')}</strong></p><ol>{hints}</ol>")
    parts.append(explanation_html(state))
    parts.append(f"<p><small>{_how_to_go_on(state)}</small></p>")
    return box(state.status, "".join(filter(None, parts)))


def _board_title(state: CardState) -> str:
    """What the registry board is called, folded."""
    if state.practice:
        return tr("Registry board: before and after the code")
    return tr("Registry board: before and after your code")


def board_of(state: CardState) -> str:
    """The registry board of the verdict; "" where there is none. In practice the code may be another's."""
    verdict = state.verdict
    if verdict is None or verdict.registries is None:
        return ""
    return board_html(verdict.registries, verdict.given, own=state.practice is None, right=verdict.correct)


def explanation_html(state: CardState) -> str:
    """The worked explanation and the common mistakes, or "" while they are closed."""
    if not state.explanation:
        return ""
    mistakes = "".join(f"<li>{inline_html(mistake)}</li>" for mistake in state.exercise.common_mistakes)
    return (
        f"<p><strong>{tr('Explanation')}</strong></p>{to_html(state.explanation)}"
        f"<p><strong>{tr('Common mistakes')}</strong></p><ul>{mistakes}</ul>"
    )


def _question(state: CardState) -> str:
    exercise = state.exercise
    if own := question_html(exercise, state.answer):
        return own
    if isinstance(exercise, FillIn):
        given = list(state.answer) + [""] * exercise.blanks
        shown = tuple(
            option or f"[{number}: ____]" for number, option in enumerate(given[: exercise.blanks], 1)
        )
        options = "".join(f"<li><code>{escape(option)}</code></li>" for option in exercise.options)
        head = tr("Options (each may be used more than once):")
        return f"{pre(exercise.fill(shown))}<p>{head}</p><ul>{options}</ul>"
    if isinstance(exercise, Choice):
        chosen = [exercise.letter(each) for each in state.answer]
        options = ""
        for letter, option in zip(exercise.letters, exercise.options, strict=True):
            marks = filter(None, [tr("your answer") if letter in chosen else "", state.mark(letter)])
            told = "".join(f" ◀ {mark}" for mark in marks)
            options += f"<li><strong>{letter.upper()}</strong>{told} {compact_html(option)}</li>"
        return f"<ul>{options}</ul>"
    return ""


def _feedback(state: CardState) -> str:
    verdict = f"<p><strong>{state.headline}</strong></p>"
    says = to_html(state.verdict.feedback) if state.verdict else ""
    more = "".join(to_html(text) for text in (state.notice, state.summary) if text)
    return f'<div role="status">{verdict}{says}{more}</div>'


def _how_to_go_on(state: CardState) -> str:
    """The line to type, for those without buttons."""
    exercise, id_ = state.exercise, escape(state.exercise.id)
    if state.practice:
        return state.practice.how_to_go_on()
    words = ", ".join(f'<code>{word}("{id_}")</code>' for word in ("hint", "explain", "reset"))
    if isinstance(exercise, Step):
        return tr(
            "Write your answer in the cell above and run it (Shift+Enter): it is checked at once. "
            "(If nothing is checked, run this cell too.) Also: {words}.",
            words=words,
        )
    blanks = ", ".join(['"…"'] * (exercise.blanks if isinstance(exercise, FillIn) else 1))
    line = f'<code>ask("{id_}", {blanks})</code>'
    return tr(
        "To answer by clicking, run the card's cell; or type the answer into it and run it: "
        "{line}. Also: {words}.",
        line=line,
        words=words,
    )


_EDGE: Mapping[str, str] = {
    "correct": "var(--jp-success-color1, #1a7f37)",
    "wrong": "var(--jp-error-color1, #cf222e)",
    "spent": "var(--jp-error-color1, #cf222e)",
    "error": "var(--jp-warn-color1, #9a6700)",
    "warning": "var(--jp-warn-color1, #9a6700)",
}


#: Code in a static face stands apart from the text, and is scrolled where it is too wide, not broken.
_PRE = (
    '<pre style="margin: 0.5em 0 1em; padding: 0.5em 0.8em; overflow-x: auto; white-space: pre; '
    'border: 1px solid var(--jp-border-color2, #d0d7de)">'
)


def box(status: str, inner: str) -> str:
    """A frame whose edge has the status's colour."""
    edge = _EDGE.get(status, "var(--jp-border-color1, #8c959f)")
    inner = inner.replace("<pre>", _PRE)  # in a text it would be escaped
    lang = "" if tag() == ENGLISH else f' lang="{tag()}"'
    return (
        f'<div{lang} style="border-left: 4px solid {edge}; padding: 0.2em 1em; max-width: 60em">{inner}</div>'
    )
