"""Figures as SVG, drawn by matplotlib: colours for light and dark pages, and the same bytes on every run.

Called by the pictures in notebooks and by the class's page. Matplotlib, as its pictures are static (so GitHub
shows them), it keeps text as text, and it runs in a browser too; it takes a second to load, so it is loaded
when the first picture is drawn.
"""

import base64
import contextlib
import io
import logging
import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: What is drawn in which colour, on a light page; Okabe and Ito's set, which people tell apart who see fewer
#: colours (jfly.uni-koeln.de/color, 2008), darkened where it stands for text.
INK, PAPER, FAINT = "#24292f", "#ffffff", "#d0d7de"
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#8c959f"

#: The same on a dark page. A front end that does not know `light-dark()` keeps the light ones.
_DARK = {
    INK: "#e6edf3",
    PAPER: "#161b22",
    FAINT: "#3d444d",
    BLUE: "#56b4e9",
    ORANGE: "#ff9d4d",
    GREY: "#8b949e",
}

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "workbook",  # ids are the same on every run
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "text.parse_math": False,  # a tag may hold a dollar
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.facecolor": PAPER,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": PAPER,
    "legend.frameon": False,
}


class Canvas:
    """A figure of one plot while it is drawn; `svg` has it when that is done."""

    def __init__(self, figure: "Figure", axes: "Axes") -> None:
        self.figure, self.axes = figure, axes
        self.svg = ""


@contextlib.contextmanager
def canvas(wide: float, high: float, alt: str) -> Iterator[Canvas]:
    """Draw on `axes`; afterwards `svg` is the picture. Inches; `alt` says in words what it shows."""
    # Where no home can be written to, matplotlib says so on stderr; nothing is wrong.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_SETTINGS):
        figure = Figure(figsize=(wide, high), layout="constrained")
        drawn = Canvas(figure, figure.subplots())
        yield drawn
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    drawn.svg = _finished(file.getvalue(), alt)


def _finished(svg: str, alt: str) -> str:
    """Without addresses, with its words, and with colours for a dark page beside those for a light one."""
    svg = re.sub(r"^.*?(?=<svg )", "", svg, flags=re.DOTALL)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace("xlink:href", "href")
    for light, dark in _DARK.items():
        svg = re.sub(f"(fill|stroke): {light}", rf"\1: {light}; \1: light-dark({light}, {dark})", svg)
    opening = f'<svg role="img" aria-label="{escape(alt)}" style="max-width: 100%; height: auto" '
    return svg.replace("<svg ", opening, 1).strip()


def as_image(svg: str, alt: str) -> str:
    """The picture as an `img`, also for GitHub and untrusted notebooks; it follows the reader's scheme."""
    themed = svg.replace('style="', 'style="color-scheme: light dark; ', 1)
    data = base64.b64encode(themed.encode()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}" style="max-width: 100%">'
