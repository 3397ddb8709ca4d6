"""The registry board: what is drawn of three moments of a registry, and how a difference is told."""

import re
from collections.abc import Mapping

import pytest

from checks.exercise import Model, Registries, RegistryState
from checks.learner.card.board import board_html

ALL = RegistryState(aliases=True, tags="all", descriptions=True)
TWO = Model({1: "Production", 2: "Staging"}, {"champion": 1}, {1: {"ok": "yes"}})


def board(
    before: Model, expected: Model, came: Model, compared: RegistryState = ALL, **others: Mapping[str, Model]
) -> str:
    moments = [{"MyModel": each, **others} for each in (before, expected, came)]
    return board_html(Registries(compared, *moments), "two `versions`")


def notes(html: str) -> list[str]:
    return re.findall("<em>(.*?)</em>", html)


def test_what_is_as_expected_needs_two_columns() -> None:
    html = board(TWO, TWO, TWO)
    assert re.findall('<th scope="col">(.*?)</th>', html) == ["Before", "After your code, as expected"]
    assert re.findall('<th scope="row">(.*?)</th>', html) == ["In Staging", "In Production"]
    assert html.startswith("<p>With two <code>versions</code>:</p>")
    assert html.count("@champion") == html.count("ok: yes") == 2
    assert notes(html) == []


def test_code_of_another_is_not_called_the_learners() -> None:
    for came in (TWO, Model(TWO.stages)):
        seen = Registries(ALL, {"MyModel": TWO}, {"MyModel": TWO}, {"MyModel": came})
        html = board_html(seen, "two", own=False)
        assert "After the code" in html and "your code" not in html


def test_a_board_without_a_difference_says_that_something_else_is_wrong() -> None:
    """Such as what a function gave, or a tag of the model, which is not drawn."""
    for came, right, is_said in ((TWO, False, True), (TWO, True, False), (Model(TWO.stages), False, False)):
        seen = Registries(ALL, {"MyModel": TWO}, {"MyModel": TWO}, {"MyModel": came})
        assert ("What is wrong is something else" in board_html(seen, "two", right=right)) == is_said


@pytest.mark.parametrize(
    ("came", "told"),
    [
        (Model({1: "Production", 2: "None"}, TWO.aliases, TWO.tags), ["✗ moved: should be in Staging"]),
        (Model({1: "Production"}, TWO.aliases, TWO.tags), ["✗ missing: should be here"]),
        (
            Model({**TWO.stages, 3: "None"}, TWO.aliases, TWO.tags),
            ["✗ new: should not be there"],
        ),
        (
            Model(TWO.stages, {"champion": 2}, TWO.tags),
            ["✗ @champion missing", "✗ @champion should not be here"],
        ),
        (Model(TWO.stages, TWO.aliases, {1: {"ok": "no"}}), ["✗ tag ok should be yes"]),
        (Model(TWO.stages, TWO.aliases), ["✗ tag ok missing"]),
        (
            Model(TWO.stages, TWO.aliases, {**TWO.tags, 2: {"description": ""}}),
            ["✗ tag description should not be there"],
        ),
        (Model({}), ["✗ missing: should be here"] * 2),
    ],
)
def test_a_difference_is_told_in_words_and_by_a_line(came: Model, told: list[str]) -> None:
    html = board(TWO, TWO, came)
    assert sorted(notes(html)) == sorted(told)
    assert html.count("wb-off") == html.count("dashed") == len(told)
    assert "After your code</th>" in html


def test_what_should_change_is_told_too() -> None:
    after = Model({1: "Archived", 2: "Production"}, {"champion": 2}, {1: {"ok": "no"}})
    html = board(TWO, after, after)
    assert notes(html) == [
        "→ moved from Staging",
        "→ @champion new here",
        "→ moved from Production",
        "→ @champion taken away",
        "→ tag ok changed",
    ]
    assert "✗" not in html
    assert html.count("wb-changed") == html.count("border-width: 2px") == 2


def test_what_is_not_compared_is_no_difference() -> None:
    other = Model(TWO.stages, {"mine": 2}, {1: {"own": "x"}})
    assert notes(board(TWO, TWO, other, RegistryState())) == []
    assert notes(board(TWO, TWO, Model(dict.fromkeys((1, 2), "None")), RegistryState(stages=False))) == []


def test_another_model_is_drawn_where_something_happened_to_it() -> None:
    moments = ({"MyModel": TWO, "Other": TWO, "Third": TWO}, {"MyModel": TWO, "Other": TWO, "Third": TWO})
    html = board_html(
        Registries(ALL, *moments, {"MyModel": TWO, "Other": Model({1: "None"}), "Third": TWO}), ""
    )
    assert "The model Other" in html and "Third" not in html


def test_whatever_an_answer_made_stays_text_and_is_bounded() -> None:
    attack = "<img src=x onerror=alert(1)>" + "x" * 500
    numbers = range(1, 400)
    came = Model(
        dict.fromkeys(numbers, attack),
        {f"{attack}{n}": 1 for n in numbers},
        {1: {f"{attack}{n}": attack for n in numbers}},
    )
    html = board(TWO, TWO, came)
    assert "<img" not in html
    assert len(html) < 20_000
