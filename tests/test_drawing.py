"""Figures: the same bytes every time, safe in a page, readable in light and dark and without one cone."""

import itertools
import re

import pytest

from checks import drawing


def drawn(alt: str = "two points") -> str:
    with drawing.canvas(4, 3, alt) as canvas:
        canvas.axes.plot([1, 2], [1, 2], "o", color=drawing.BLUE)
        canvas.axes.set_xlabel("days & <nights>")
    return canvas.svg


def test_the_same_figure_has_the_same_bytes() -> None:
    assert drawn() == drawn()


def test_a_figure_can_stand_in_a_page() -> None:
    svg = drawn('"two" <points>')
    assert svg.startswith('<svg role="img" aria-label="&quot;two&quot; &lt;points&gt;"')
    assert "days &amp; &lt;nights&gt;" in svg, "text stays text"
    assert set(re.findall(r"https?://[^\"<> ]+", svg)) == {"http://www.w3.org/2000/svg"}
    assert "xlink" not in svg


def test_it_says_nothing_on_a_machine_without_a_home(capfd: pytest.CaptureFixture[str]) -> None:
    drawn()
    assert capfd.readouterr() == ("", "")


def _luminance(colour: str) -> float:
    """As WCAG 2.2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_stand_out_from_the_paper(scheme: str) -> None:
    def shown(colour: str) -> str:
        return drawing._DARK[colour] if scheme == "dark" else colour

    assert _contrast(shown(drawing.INK), shown(drawing.PAPER)) > 7
    for mark in (drawing.BLUE, drawing.ORANGE, drawing.GREY):
        assert _contrast(shown(mark), shown(drawing.PAPER)) > 3


#: What people without one kind of cone see, as Viénot, Brettel and Mollon (1999) give it for linear RGB.
_WITHOUT = {
    "red": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "green": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


@pytest.mark.parametrize("cone", _WITHOUT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_right_and_wrong_differ_for_colour_blind_people(scheme: str, cone: str) -> None:
    def seen(colour: str) -> tuple[float, ...]:
        shown = drawing._DARK[colour] if scheme == "dark" else colour
        rgb = [(int(shown[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
        return tuple(sum(k * part for k, part in zip(row, rgb, strict=True)) for row in _WITHOUT[cone])

    for one, other in itertools.combinations((drawing.BLUE, drawing.ORANGE), 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
        assert apart > 0.25
