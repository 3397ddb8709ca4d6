"""The plots of the class's page: what was passed, which misconceptions are held, how good the exercises are.

Called by `report`. Colour never says it alone: bars are in the legend's order and hatched, points have names.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checks.drawing import BLUE, FAINT, GREY, INK, ORANGE, PAPER, canvas
from checks.instructor.statistics import Held, Item
from checks.text import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Inches: a row of bars, and what axis and legend take.
_ROW, _AROUND = 0.27, 1.1


def pass_rates(items: Sequence[Item]) -> str:
    """Learners who have each exercise right, wrong or not attempted, as SVG."""
    parts = (
        ("right", [item.right for item in items], BLUE, ""),
        ("wrong", [item.wrong for item in items], ORANGE, "////"),
        ("not attempted", [item.missing for item in items], FAINT, ""),
    )
    with canvas(8, _AROUND + _ROW * len(items), "Right, wrong and not attempted, by exercise") as drawn:
        axes, left = drawn.axes, [0] * len(items)
        for name, sizes, colour, hatch in parts:
            axes.barh(
                range(len(items)), sizes, left=left, label=name, color=colour, hatch=hatch, edgecolor=PAPER
            )
            left = [before + size for before, size in zip(left, sizes, strict=True)]
        _rows(axes, [item.exercise for item in items], [f"{item.difficulty:.0%}" for item in items], left)
        axes.set_xlabel("learners; at the end of a row, how many of them have it right")
        drawn.figure.legend(loc="outside upper left", ncols=3)
    return drawn.svg


def misconceptions(held: Sequence[Held]) -> str:
    """How many learners hold each, as SVG."""
    counts = [len(one.learners) for one in held]
    with canvas(
        8, _AROUND + _ROW * len(held), "The misconceptions held most, by number of learners"
    ) as drawn:
        drawn.axes.barh(range(len(held)), counts, color=ORANGE)
        _rows(drawn.axes, [one.misconception for one in held], list(map(str, counts)), counts)
        drawn.axes.set_xlabel("learners")
    return drawn.svg


def _rows(axes: "Axes", names: Sequence[str], notes: Sequence[str], ends: Sequence[int]) -> None:
    """What bars need: names at the left, from the top, notes at their ends, and whole numbers below."""
    axes.set_yticks(range(len(names)), map(one_line, names))
    axes.invert_yaxis()
    axes.tick_params("y", length=0)
    axes.grid(visible=False, axis="y")
    axes.locator_params("x", integer=True)
    for row, (note, end) in enumerate(zip(notes, ends, strict=True)):
        axes.annotate(note, (end, row), (5, 0), textcoords="offset points", va="center")


def quality(items: Sequence[Item]) -> str:
    """Each exercise by difficulty and discrimination, as SVG; those without one are left out."""
    points = [
        (item.exercise, item.difficulty, item.discrimination)
        for item in items
        if item.discrimination is not None
    ]
    with canvas(8, 5, "Difficulty and discrimination, by exercise") as drawn:
        axes = drawn.axes
        axes.plot([x for _, x, _ in points], [y for *_, y in points], "o", color=BLUE)
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(-1.05, 1.05)
        axes.axhline(0.3, color=GREY, linestyle="--", linewidth=1)
        axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        axes.set_xlabel("difficulty: the share of the class that has it right")
        axes.set_ylabel("discrimination (correlation, −1 to 1)")
        for (name, x, y), (right, up) in zip(points, _beside(points), strict=True):
            axes.annotate(
                one_line(name),
                (x, y),
                (right, up),
                textcoords="offset points",
                ha="left" if right > 0 else "right",
                va="center",
                fontsize=9,
                arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.4},
            )
    return drawn.svg


def _beside(points: Sequence[tuple[str, float, float]]) -> Iterator[tuple[int, int]]:
    """Where each label stands, in printer's points from its own: the nearest place that is free."""
    wide, high = 480, 300  # the frame, nearly; a letter is about 5 wide and 11 high
    taken: list[tuple[float, float, float]] = []
    nearest = sorted(
        ((side, up) for side in (8, -8) for up in range(-130, 131, 11)), key=lambda at: abs(at[1])
    )
    for name, x, y in points:
        length = 5.5 * len(name)
        for side, up in nearest:
            start = x * wide + (side if side > 0 else side - length)
            level = (y + 1.05) / 2.1 * high + up
            free = all(
                abs(level - other) >= 11 or start > end or start + length < begin
                for begin, end, other in taken
            )
            if free and 0 <= start <= wide - length and 0 <= level <= high:
                taken.append((start, start + length, level))
                yield side, up
                break
        else:
            yield 8, 0
