"""The plots of the class's page: what stands at each bar and point; no label lies on another."""

import itertools
import re

from checks.instructor import plots
from checks.instructor.statistics import Held, Item

ITEMS = [
    Item("rollback.1", right=7, wrong=2, missing=1, learners=10, discrimination=0.5),
    Item("rollback.2", right=0, wrong=10, missing=0, learners=10, discrimination=None),
]

_TEXT = re.compile(r'<text[^>]*text-anchor: (\w+)[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>')


def texts(svg: str) -> dict[str, tuple[float, float]]:
    """Each text of a picture, with where it begins or ends and how far down it stands."""
    return {text: (float(x), float(y)) for _, x, y, text in _TEXT.findall(svg)}


def test_a_bar_has_its_exercise_and_its_pass_rate() -> None:
    svg = plots.pass_rates(ITEMS)
    assert 'aria-label="Right, wrong and not attempted, by exercise"' in svg
    assert {"rollback.1", "70%", "rollback.2", "0%", "right", "wrong", "not attempted"} <= set(texts(svg))


def test_a_misconception_has_its_number_of_learners_and_the_first_stands_on_top() -> None:
    shown = texts(plots.misconceptions([Held("a.1/often", tuple("abcdefg")), Held("a.1/seldom", ("a",))]))
    assert {"7", "1"} <= set(shown)
    assert shown["a.1/often"][1] < shown["a.1/seldom"][1]


def test_an_exercise_without_a_discrimination_has_no_point() -> None:
    shown = texts(plots.quality(ITEMS))
    assert "rollback.1" in shown
    assert "rollback.2" not in shown


def test_points_in_one_place_have_labels_apart_and_inside_the_picture() -> None:
    items = [Item(f"rollback.{number}", 9, 1, 0, 10, discrimination=0.5) for number in range(10, 20)]
    svg = plots.quality([*items, Item("rollback.1", 10, 0, 0, 10, discrimination=0.0)])
    wide = 45  # printer's points, of ten letters
    boxes = [
        (float(x) - wide * (anchor == "end"), float(y))
        for anchor, x, y, text in _TEXT.findall(svg)
        if text.startswith("rollback")
    ]
    assert len(boxes) == len(items) + 1
    for (x, y), (other_x, other_y) in itertools.combinations(boxes, 2):
        assert abs(x - other_x) >= wide or abs(y - other_y) >= 9
    assert all(0 < x < 8 * 72 - wide for x, _ in boxes)


def test_wrong_is_told_from_right_without_its_colour_and_learners_are_counted_whole() -> None:
    svg = plots.pass_rates([Item("rollback.1", right=1, wrong=1, missing=0, learners=2, discrimination=None)])
    assert "<pattern" in svg
    numbers = [text for text in texts(svg) if text.replace(".", "").isdigit()]
    assert numbers
    assert all(number.isdigit() for number in numbers)


def test_a_name_that_no_font_can_draw_costs_no_plot() -> None:
    odd = Item("half\ud800 a\x85pair", right=1, wrong=1, missing=0, learners=2, discrimination=0.5)
    for svg in (
        plots.pass_rates([odd]),
        plots.quality([odd]),
        plots.misconceptions([Held("\udfff", ("a",))]),
    ):
        assert "\ud800" not in svg
