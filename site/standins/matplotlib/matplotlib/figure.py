"""A figure of one plot, as SVG: dots, lines, crosses and texts on a plane with ticks and labels."""

import itertools
import math
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from typing import Any

INK, PAPER, FAINT, GREY = "#24292f", "#ffffff", "#d0d7de", "#8c959f"
#: Points: to an inch, of a text, and around the plot.
INCH, SIZE, LEFT, RIGHT, TOP, BELOW = 72, 11, 74, 12, 14, 46


class Figure:
    """A figure of this size, in inches."""

    def __init__(self, figsize: tuple[float, float], layout: str) -> None:
        self._wide, self._high = figsize[0] * INCH, figsize[1] * INCH
        self._axes = Axes(self._wide, self._high)

    def subplots(self) -> "Axes":
        return self._axes

    def savefig(self, file: StringIO, **_: object) -> None:
        shape = (
            f'width="{self._wide:g}pt" height="{self._high:g}pt" viewBox="0 0 {self._wide:g} {self._high:g}"'
        )
        paper = f'<rect width="100%" height="100%" style="fill: {PAPER}"/>'
        drawn = "".join(self._axes.drawn())
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" {shape}>{paper}{drawn}</svg>')


class _Side:
    """What can be said of a side of the plot."""

    visible = True
    form: Callable[[float], str] = staticmethod(lambda value: f"{value:g}")

    def set_visible(self, visible: bool) -> None:
        self.visible = visible

    def set_major_formatter(self, form: str) -> None:
        self.form = lambda value: form.format(x=value)


class Axes:
    """The plane. What is drawn waits until its bounds are known."""

    transAxes = "axes"

    def __init__(self, wide: float, high: float) -> None:
        self._wide, self._high = wide, high
        self._waiting: list[Callable[[], str]] = []
        self._values: list[float] = []
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._xticks: tuple[Sequence[float], Sequence[str]] = ([], [])
        self._yticks: tuple[Sequence[float], Sequence[str]] | None = None
        self._labels = {"x": "", "y": ""}
        self._bottom: float | None = None
        self._grid = True
        self.yaxis = _Side()
        self.spines = {"left": _Side()}

    def set_xlim(self, left: float, right: float) -> None:
        self._x = (left, right)

    def set_ylim(self, bottom: float, top: float | None = None) -> None:
        self._bottom = bottom
        if top is not None:
            self._y = (bottom, top)

    def set_xticks(self, places: Sequence[float], labels: Sequence[str] = ()) -> None:
        self._xticks = (places, labels)

    def set_yticks(self, places: Sequence[float], labels: Sequence[str] = ()) -> None:
        self._yticks = (places, labels)

    def set_xlabel(self, label: str) -> None:
        self._labels["x"] = label

    def set_ylabel(self, label: str) -> None:
        self._labels["y"] = label

    def tick_params(self, *_: object, **__: object) -> None:
        pass

    def grid(self, visible: bool, axis: str = "both") -> None:
        self._grid = visible or axis == "x"

    def plot(self, x: Any, y: Any, form: str = "", **look: Any) -> None:
        xs, ys = (list(each) if isinstance(each, Sequence) else [each] for each in (x, y))
        self._values += ys
        self._waiting.append(lambda: self._plotted(xs, ys, form, look))

    def annotate(self, text: str, at: Any, offset: Any, weight: str = "normal", **_: object) -> None:
        def drawn() -> str:
            return _text(self._right(at[0]) + offset[0], self._down(at[1]) - offset[1], text, weight=weight)

        self._waiting.append(drawn)

    def text(self, x: float, y: float, text: str, **_: object) -> None:
        across, down = self._wide - LEFT - RIGHT, self._high - TOP - BELOW
        self._waiting.append(lambda: _text(LEFT + x * across, TOP + (1 - y) * down, text))

    def drawn(self) -> list[str]:
        """All of it, from the back to the front."""
        if self._yticks is None:
            top = max([value for value in self._values if value] or [1.0]) * 1.05
            self._y = (self._bottom or 0.0, top)
            places = _rounded(top)
            self._yticks = places, [self.yaxis.form(place) for place in places]
        left, bottom = LEFT, self._high - BELOW
        found = [_line(left, bottom, self._wide - RIGHT, bottom, GREY, 1)]
        if self.spines["left"].visible:
            found.append(_line(left, TOP, left, bottom, GREY, 1))
        for place, label in zip(*self._yticks, strict=False):
            down = self._down(place)
            if self._grid:
                found.append(_line(left, down, self._wide - RIGHT, down, FAINT, 1))
            found.append(_text(left - 6, down + SIZE / 3, label, anchor="end"))
        for place, label in zip(*self._xticks, strict=False):
            for number, line in enumerate(label.split("\n")):
                found.append(_text(self._right(place), bottom + 14 + 13 * number, line))
        found.append(_text((left + self._wide) / 2, self._high - 6, self._labels["x"]))
        turned = f'transform="rotate(-90 12 {self._high / 2:g})"'
        found.append(_text(12, self._high / 2, self._labels["y"], more=turned))
        return found + [draw() for draw in self._waiting]

    def _right(self, x: float) -> float:
        first, last = self._x
        return LEFT + (x - first) / (last - first or 1) * (self._wide - LEFT - RIGHT)

    def _down(self, y: float) -> float:
        first, last = self._y
        return self._high - BELOW - (y - first) / (last - first or 1) * (self._high - TOP - BELOW)

    def _plotted(self, xs: list[float], ys: list[float], form: str, look: dict[str, Any]) -> str:
        points = [(self._right(x), self._down(y)) for x, y in zip(xs, ys, strict=True)]
        colour, width = look.get("color", INK), look.get("linewidth", 1)
        if not form:
            dashes = ' stroke-dasharray="2 3"' if look.get("linestyle") == ":" else ""
            pairs = itertools.pairwise(points)
            return "".join(_line(*one, *other, colour, width, dashes) for one, other in pairs)
        half, edge = look.get("markersize", 6) / 2, look.get("markeredgewidth", look.get("mew", 1))
        fill = look.get("markerfacecolor", colour)
        return "".join(_marked(form, x, y, half, colour, fill, edge) for x, y in points)


def _rounded(top: float) -> list[float]:
    """Round numbers from 0 up to `top`, five at most."""
    power = 10 ** math.floor(math.log10(top / 4))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= top / 4)
    return [step * number for number in range(int(top / step) + 1)]


def _marked(form: str, x: float, y: float, half: float, colour: str, fill: str, edge: float) -> str:
    style = f'style="fill: {fill}; stroke: {colour}; stroke-width: {edge:g}"'
    if form == "o":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{half:g}" {style}/>'
    if form == "v":
        return f'<path d="M{x - half:g} {y - half:g}h{2 * half:g}L{x:g} {y + half:g}z" {style}/>'
    edge = max(edge, 3) if form == "X" else edge
    return _line(x - half, y - half, x + half, y + half, colour, edge) + _line(
        x - half, y + half, x + half, y - half, colour, edge
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: float, more: str = "") -> str:
    ends = f'x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"'
    return f'<line {ends} style="stroke: {colour}; stroke-width: {width:g}"{more}/>'


def _text(
    x: float, y: float, text: str, *, weight: str = "normal", anchor: str = "middle", more: str = ""
) -> str:
    if not text:
        return ""
    style = f"fill: {INK}; font: {weight} {SIZE}px 'DejaVu Sans', sans-serif; text-anchor: {anchor}"
    return f'<text x="{x:g}" y="{y:g}" style="{style}" {more}>{escape(text)}</text>'
