"""The live face: the widget that a front end draws, and that answers when it is clicked.

Used by the notebook's words where a front end names the cells that it runs; nothing else loads anywidget.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

import anywidget
import traitlets

from checks.catalogue import tag, tr
from checks.exercise import Exercise, Verdict
from checks.learner.card import page
from checks.learner.card.card import Bundle, CardState
from checks.learner.card.incident import IncidentState
from checks.learner.card.kata import KataState
from checks.learner.card.overview import Overview
from checks.learner.card.player import player_view
from checks.learner.card.quiz import QuizState
from checks.learner.card.view import View, card_view, incident_view, kata_view, overview_view, quiz_view
from checks.player import Player

S = TypeVar("S", CardState, IncidentState, KataState, QuizState)

#: What to do about a click: what is shown and what was clicked → what is to be shown.
Act = Callable[[S, Mapping[str, Any]], S]
#: What to do once the card shows it: the exercise, and the card.
Acted = Callable[[Exercise, object], None]
#: How a card's answer ran, in the case of this number (None: in that which its verdict tells of).
Plays = Callable[[S, int | None], Player]

#: What the page is told beside what is to be seen. `reply` is the number of the click that was answered
#: last, `judged` counts the verdicts (the page saves the notebook after each), and `place` asks the page to
#: make the card the output of its check cell; it is taken back when that is done, as a view outlives a page.
_NEWS = {"reply": 0, "judged": 0, "place": False}


class _Live(anywidget.AnyWidget):
    """A widget that carries the static faces beside its view, so that every front end has one to show."""

    _esm = page.script()
    _css = page.style()
    #: What the page says, where that is not English.
    words = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(words=page.words())

    def draw(self, view: View, **news: object) -> None:
        """Send what is to be seen, and what is new beside it; the rest of that stays as it was."""
        kept = {name: self.view.get(name, value) for name, value in _NEWS.items()}
        self.view = {**view, **kept, **news, "model": self.model_id, "lang": tag()}

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        bundle = super()._repr_mimebundle_()
        assert bundle is not None  # it is None for a widget without a view
        data, metadata = bundle
        # By this mark the page's code knows our outputs when the notebook is saved.
        return {**data, **self.view["faces"]}, {**metadata, "workbook": True}


class _Clickable(_Live, Generic[S]):
    """A widget with buttons. `state` is what it shows now."""

    state: S

    def __init__(self, state: S, act: Act[S], **news: object) -> None:
        super().__init__()
        self._act: Act[S] = act
        self.show(state, **news)
        self.on_msg(self._clicked)

    def show(self, state: S, **news: object) -> None:
        """Draw another state."""
        self.state = state
        self.draw(self.view_of(state), **news)

    @staticmethod
    def view_of(state: S) -> View:
        raise NotImplementedError

    def failed(self, why: str) -> S:
        """The state that says in Markdown that a click failed."""
        raise NotImplementedError

    def _clicked(self, _: object, content: Mapping[str, Any], __: object) -> None:
        number = content.get("number")  # of a click; what the page says by itself has none
        self.send({"received": number})
        try:
            state = self._act(self.state, content)
        except (Exception, KeyboardInterrupt) as failure:
            # ipywidgets would only log it, and the learner would wait for ever.
            state = self.failed(
                tr(
                    "Something failed on our side, not on yours, and it cost you nothing ({failure}). "
                    "Press the button again; if that does not help, restart the kernel.",
                    failure=f"{type(failure).__name__}: {failure}",
                )
            )
        self.show(state, reply=number)


class _Playable(_Clickable[S], Generic[S]):
    """A widget whose answer can be walked through."""

    #: The walk through the answer; {} while nobody has asked for it.
    player = traitlets.Dict().tag(sync=True)
    _plays: Plays[S]

    def _play(self, case: object) -> View:
        """The walk that the page shows, or what is the matter with it."""
        try:
            return player_view(self._plays(self.state, case if isinstance(case, int) else None))
        except (Exception, KeyboardInterrupt) as failure:
            told = f"{type(failure).__name__}: {failure}"
            return {"trouble": tr("This could not be run ({failure}). Try again.", failure=told)}

    def _clicked(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("action") == "play":
            self.player = {**self._play(content.get("case")), "reply": content.get("number")}
            return
        super()._clicked(_, content, __)


class LiveCard(_Playable[CardState]):
    """A card to click."""

    view_of = staticmethod(card_view)

    def __init__(
        self, state: CardState, act: Act[CardState], acted: Acted, plays: Plays[CardState], **news: object
    ) -> None:
        self._acted = acted
        self._plays = plays
        super().__init__(state, act, **news)

    def show(self, state: CardState, **news: object) -> None:
        """Draw another state; a verdict that this card has not shown is counted."""
        shown = getattr(self, "state", None)
        if state.verdict and (shown is None or shown.verdict is not state.verdict):
            news["judged"] = self.view.get("judged", 0) + 1
            self.player = {}
        super().show(state, **news)

    def failed(self, why: str) -> CardState:
        return replace(self.state, verdict=Verdict("error", why))

    def _clicked(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("action") == "placed":
            self.draw(self.view_of(self.state), place=False)
            return
        super()._clicked(_, content, __)
        if content.get("action") != "play":
            self._acted(self.state.exercise, self)


class LiveKata(_Playable[KataState]):
    """A kata to click through."""

    view_of = staticmethod(kata_view)

    def __init__(self, state: KataState, act: Act[KataState], plays: Plays[KataState]) -> None:
        self._plays = plays
        super().__init__(state, act)

    def show(self, state: KataState, **news: object) -> None:
        """Draw another state, of which nothing was walked through yet."""
        self.player = {}
        super().show(state, **news)

    def failed(self, why: str) -> KataState:
        return replace(self.state, notice=why)


class LiveQuiz(_Clickable[QuizState]):
    """A test to click through."""

    view_of = staticmethod(quiz_view)

    def failed(self, why: str) -> QuizState:
        return replace(self.state, notice=why)


class LiveIncident(_Clickable[IncidentState]):
    """What is to be predicted, to click."""

    view_of = staticmethod(incident_view)

    def failed(self, why: str) -> IncidentState:
        return replace(self.state, notice=why)


class LiveOverview(_Live):
    """The overview, kept up to date."""

    def __init__(self, overview: Overview) -> None:
        super().__init__()
        self.show(overview)

    def show(self, overview: Overview) -> None:
        """Draw another state."""
        self.lessons = tuple(lesson for lesson, _ in overview.lessons)
        self.draw(overview_view(overview))
