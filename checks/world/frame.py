"""A frame for a lesson's own buttons, which makes them look like its cards. Called by the desk and the panel.

Loaded where a front end shows widgets; nothing else in here but those two loads ipywidgets.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as widgets  # type: ignore[import-untyped]


def framed(*rows: Any) -> Any:
    """The rows, one below the other, in a frame as a card has it."""
    edge = "1px solid var(--jp-border-color1, #8c959f)"
    layout = widgets.Layout(
        border_top=edge,
        border_right=edge,
        border_bottom=edge,
        border_left="4px solid var(--jp-border-color1, #8c959f)",
        padding="10px 18px 14px",
        margin="4px 2px 8px",
        max_width="60rem",
    )
    return widgets.VBox(list(rows), layout=layout)


def heading(title: str, facts: Sequence[str]) -> str:
    """A title with a line of facts below it, as HTML; it is read aloud when it changes."""
    told = " · ".join(map(escape, facts))
    return f'<div role="status"><strong>{escape(title)}</strong><br>{told}</div>'
