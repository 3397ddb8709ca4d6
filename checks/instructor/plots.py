"""Plots as inline SVG, drawn by hand: two kinds are needed, and a library adds 30 MB, or 3 MB to a page.

Called by the class's page. All text is escaped; colours come from the page's style sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW, _LABEL, _WIDTH = 26, 190, 720


@dataclass(frozen=True)
class Bar:
    """One bar, of parts one after the other; each part has a size and a class of the style sheet."""

    label: str
    parts: tuple[tuple[float, str], ...]
    note: str


@dataclass(frozen=True)
class Point:
    """One point, `x` from 0 to 1 and `y` from -1 to 1."""

    label: str
    x: float
    y: float


def bars(title: str, rows: Sequence[Bar], most: float) -> str:
    """Horizontal bars; `most` is the size of a full one."""
    height = _ROW * len(rows) + 8
    room = _WIDTH - _LABEL - 90
    drawn = []
    for number, row in enumerate(rows):
        top = 4 + number * _ROW
        drawn.append(
            f'<text x="{_LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(_short(row.label))}</text>'
        )
        left = float(_LABEL)
        for size, kind in row.parts:
            width = room * size / most if most else 0.0
            drawn.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="18"/>'
            )
            left += width
        drawn.append(f'<text x="{left + 6:.1f}" y="{top + 16}">{escape(row.note)}</text>')
    return _svg(title, height, drawn)


def scatter(title: str, across: str, up: str, points: Sequence[Point]) -> str:
    """Points with their labels, in a frame with grid lines."""
    left, top, width, height = 60, 12, 600, 300
    drawn = []
    for step in range(5):
        x, share = left + width * step / 4, step / 4
        y, level = top + height * step / 4, 1 - step / 2
        drawn += [
            f'<line class="grid" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + height}"/>',
            f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}"/>',
            f'<text x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{share:.0%}</text>',
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{level:+.1f}</text>',
        ]
    middle = left + width / 2
    drawn.append(f'<text x="{middle}" y="{top + height + 40}" text-anchor="middle">{escape(across)}</text>')
    turned = f"translate(14 {top + height / 2}) rotate(-90)"
    drawn.append(f'<text transform="{turned}" text-anchor="middle">{escape(up)}</text>')
    taken: list[tuple[float, float]] = []
    for point in points:
        x, y = left + width * point.x, top + height * (1 - point.y) / 2
        drawn.append(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        label_y = y
        while any(abs(x - other) < 90 and abs(label_y - level) < 12 for other, level in taken):
            label_y += 12  # labels of points that lie together stand one below the other
        taken.append((x, label_y))
        at_end = x > left + width - 90
        anchor, label_x = ("end", x - 9) if at_end else ("start", x + 9)
        at = f'x="{label_x:.1f}" y="{label_y + 4:.1f}" text-anchor="{anchor}"'
        drawn.append(f"<text {at}>{escape(_short(point.label))}</text>")
    return _svg(title, top + height + 52, drawn)


def _short(label: str) -> str:
    return label if len(label) <= 28 else f"{label[:27]}…"


def _svg(title: str, height: float, drawn: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{''.join(drawn)}</svg>"
    )
