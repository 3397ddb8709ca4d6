"""What a learner sees of a kata: one item after the other, each with its verdict, and what comes back when.

Drawn by the word `kata`, and by authors for the unanswered face in `notebooks/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from checks.catalogue import tr
from checks.learner.card.card import LEVELS, Bundle, CardState, box
from checks.learner.card.card import html_face as card_html
from checks.learner.card.practice import Practice
from checks.markdown import to_html


@dataclass(frozen=True)
class Turn(Practice):
    """An item as a kata asks it: answered in the kata's call."""

    line: str = ""

    def how_to_go_on(self) -> str:
        """The line to type, for those without buttons. HTML."""
        return tr(
            "To answer by clicking, run this cell; or put your answer at the end of the call, after how sure "
            "you are ({little}, {fairly} or {quite}), and run it: {line}. "
            "You may stop at any time and go on from the same line.",
            little="little",
            fairly="fairly",
            quite="quite",
            line=f"<code>{escape(self.line)}</code>",
        )


@dataclass(frozen=True)
class Answered:
    """An item that was answered: what it asked, where that belongs, what came of it, and when it is back."""

    title: str
    place: str
    right: bool
    sure: str
    back: str


@dataclass(frozen=True)
class KataState:
    """Everything that a face of a kata shows. `call` is the line to type up to its answers: `kata(…`.

    `given` are the answers so far, as the call has them, of `total`. `now` is the item at hand, with its
    verdict once it is answered, and `asks` its name in the call. Once all is over it is None, and `answered`
    tells of each. `calibration` says in words how many answers of each sureness were right. `another` is the
    line that draws another kata.
    """

    title: str
    call: str
    total: int
    given: tuple[tuple[str, ...], ...] = ()
    now: CardState | None = None
    asks: str = ""
    answered: tuple[Answered, ...] = ()
    calibration: tuple[str, ...] = ()
    notice: str = ""
    another: str = ""

    @property
    def over(self) -> bool:
        return self.now is None

    @property
    def told(self) -> bool:
        """Whether the item at hand is answered, and its verdict shown."""
        return bool(self.now and self.now.verdict and self.now.verdict.status in ("correct", "wrong"))

    @property
    def place(self) -> int:
        """The number of the item at hand, from 1."""
        return len(self.given) + (not self.told)

    @property
    def far(self) -> str:
        """Such as "Kata on rollback, 3 of 8"."""
        return tr("{title}, {number} of {count}", title=self.title, number=self.place, count=self.total)

    @property
    def right(self) -> int:
        return sum(one.right for one in self.answered)

    @property
    def status(self) -> str:
        """That of the item at hand; at the end `correct` (every answer) or `over`: a score is no failure."""
        if self.now:
            return self.now.status
        return "correct" if self.right == self.total else "over"

    @property
    def headline(self) -> str:
        if self.now:
            return self.now.headline
        return tr("{right} of {count} right", right=self.right, count=self.total)

    @property
    def facts(self) -> list[str]:
        """How far one is, and where what is asked belongs."""
        if not self.now:
            return []
        level = tr(LEVELS[self.now.exercise.difficulty])
        return [self.far, self.now.place, level]


@dataclass(frozen=True)
class KataCard:
    """A kata in an output cell: its state as one line of text and as static HTML.

    `live` makes the face that can be clicked, which carries the other two; None where nothing can draw it.
    """

    state: KataState
    live: Callable[[KataState], Bundle] | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> Mapping[str, str] | Bundle:
        return self.live(self.state) if self.live else faces(self.state)


def faces(state: KataState) -> dict[str, str]:
    """The static faces, by their media type."""
    answered = tr("{given} of {count} answered", given=len(state.given), count=state.total)
    far = state.headline if state.over else answered
    return {"text/plain": f"{state.title}: {far}", "text/html": html_face(state)}


def html_face(state: KataState) -> str:
    """The static face."""
    notice = to_html(state.notice) if state.notice else ""
    if state.now:
        head = f"<p><small>{escape(state.far)}</small></p>"
        return head + card_html(state.now) + notice
    head = f"<p><strong>{escape(state.title)}</strong></p>"
    status = f'<div role="status"><p><strong>{state.headline}</strong></p></div>'
    return box(state.status, head + status + end_html(state) + notice)


def end_html(state: KataState) -> str:
    """What was right, how far to trust one's own sureness, and what comes back when."""
    told = "".join(f"<li>{escape(line)}</li>" for line in state.calibration)
    marks = {True: tr("✓ right"), False: tr("✗ not yet")}
    rows = "".join(
        f"<tr><td>{marks[one.right]}</td><td>{escape(one.title)}<br>"
        f"<small>{escape(one.place)}</small></td><td>{escape(one.sure)}</td><td>{escape(one.back)}</td></tr>"
        for one in state.answered
    )
    heads = (tr("Answer"), tr("Asked"), tr("You were"), tr("Comes back"))
    head = "".join(f"<th>{text}</th>" for text in heads)
    another = tr("Another one, with other items: {line}", line=f"<code>{escape(state.another)}</code>")
    return (
        f"<p>{tr('How far to trust your feeling:')}</p><ul>{told}</ul>"
        f"<table><tr>{head}</tr>{rows}</table>"
        f"<p>{another}</p>"
    )
