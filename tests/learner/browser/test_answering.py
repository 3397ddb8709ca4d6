"""Each task of lesson 2 by drag, by click and by keyboard; a step checked again; progress as it is made."""

import pytest

from checks.exercise import FillIn
from checks.lessons import exercises, lesson_of
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import Card

TASKS = [
    each for each in exercises().values() if isinstance(each, FillIn) and each.id.startswith("approval.")
]
LESSON = "02_approval.ipynb"


def by_click(card: Card, answer: tuple[str, ...]) -> None:
    """A blank and then its option; for the last, the option and then its blank."""
    *first, last = answer
    card.fill(*first)
    card.option(last).click()
    card.blank(len(answer)).click()
    card.button("check").click()


def by_drag(card: Card, answer: tuple[str, ...]) -> None:
    for number, option in enumerate(answer, 1):
        card.option(option).drag_to(card.blank(number))
    card.button("check").click()


def by_keyboard(card: Card, answer: tuple[str, ...]) -> None:
    """Nothing but Tab, Enter and Space from the first blank on."""
    press = card.page.keyboard.press

    def tab_to(name: str, value: str) -> None:
        for _ in range(40):
            there = card.page.evaluate("name => document.activeElement.dataset[name]", name)
            if there == value:
                return
            press("Tab")
        raise AssertionError(f"Tab never comes to {name} {value}")

    for number, option in enumerate(answer, 1):
        card.blank(number).focus()
        press("Enter")
        tab_to("option", option)
        press("Space")
    tab_to("action", "check")
    press("Enter")


@pytest.mark.parametrize("way", [by_drag, by_click, by_keyboard])
def test_every_task_of_lesson_2_is_solved(lab: Open, way) -> None:
    notebook = lab(LESSON)
    for done, task in enumerate(TASKS, 1):
        card = notebook.card(task.id)
        way(card, task.answer)
        card.settled()
        card.page.wait_for_function(
            "id => document.querySelector(`[data-exercise='${id}']`).dataset.status === 'correct'",
            arg=task.id,
        )
        assert "✓ Correct" in card.status.inner_text()
        assert f"{done} of {len(lesson_of('approval.1').exercises)} tasks done" in card.root.inner_text()
    saved = notebook.save()
    for task in TASKS:
        assert eval(saved[f"{task.id.replace('.', '-')}-ask"]["source"], {"ask": lambda *said: said}) == (
            task.id,
            *task.answer,
        )


def test_the_start_page_shows_progress_as_it_is_made(lab: Open) -> None:
    notebook = lab("00_start_here.ipynb")
    of = len(lesson_of("start.2").exercises)
    bar = notebook.page.get_by_role("progressbar", name="0 Start here").last
    assert bar.get_attribute("aria-valuetext") == f"0 of {of} exercises"
    card = notebook.card("start.2")
    card.fill("model_name")
    card.press("check")
    assert card.state() == "correct"
    notebook.page.locator(f'[role=progressbar][aria-valuetext="1 of {of} exercises"]').last.wait_for()
