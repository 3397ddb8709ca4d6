"""The live face: the widget that a front end draws, and that answers when it is clicked.

Used by the notebook's words where a front end names the cells that it runs; nothing else loads anywidget.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from checks.card.card import Bundle, CardState
from checks.card.overview import Overview
from checks.card.view import View, card_view, overview_view
from checks.exercise import Exercise, Verdict

_HERE = Path(__file__).parent

#: What to do about a click: the card as it stands and what was clicked → the card as it is to be.
Act = Callable[[CardState, Mapping[str, Any]], CardState]
#: What to do once the card shows it: the exercise, and the card.
Acted = Callable[[Exercise, object], None]


class _Live(anywidget.AnyWidget):
    """A widget that carries the static faces beside its view, so that every front end has one to show."""

    _esm = _HERE / "card.js"
    _css = _HERE / "card.css"
    view = traitlets.Dict().tag(sync=True)

    def draw(self, view: View, reply: int | None = None) -> None:
        """Send what is to be seen; `reply` is the number of the click that this answers."""
        answered = self.view.get("reply", 0) if reply is None else reply
        self.view = {**view, "model": self.model_id, "reply": answered}

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        bundle = super()._repr_mimebundle_()
        assert bundle is not None  # it is None for a widget without a view
        data, metadata = bundle
        # By this mark card.js knows our outputs when the notebook is saved.
        return {**data, **self.view["faces"]}, {**metadata, "workbook": True}


class LiveCard(_Live):
    """A card to click. `state` is what it shows now."""

    def __init__(self, state: CardState, act: Act, acted: Acted) -> None:
        super().__init__()
        self._act, self._acted = act, acted
        self.show(state)
        self.on_msg(self._clicked)

    def show(self, state: CardState, reply: int | None = None) -> None:
        """Draw another state."""
        self.state = state
        self.draw(card_view(state), reply)

    def _clicked(self, _: object, content: Mapping[str, Any], __: object) -> None:
        number = int(content.get("number", 0))
        self.send({"received": number})
        try:
            state = self._act(self.state, content)
        except (Exception, KeyboardInterrupt) as failure:
            # ipywidgets would only log it, and the learner would wait for ever.
            state = replace(
                self.state,
                verdict=Verdict(
                    "error",
                    "Something failed on our side, not on yours, and it cost you no attempt "
                    f"({type(failure).__name__}: {failure}). Press the button again; if that does not help, "
                    "restart the kernel.",
                ),
            )
        self.show(state, reply=number)
        self._acted(state.exercise, self)


class LiveOverview(_Live):
    """The overview, kept up to date."""

    def __init__(self, overview: Overview) -> None:
        super().__init__()
        self.show(overview)

    def show(self, overview: Overview) -> None:
        """Draw another state."""
        self.lessons = tuple(lesson for lesson, _ in overview.lessons)
        self.draw(overview_view(overview))
