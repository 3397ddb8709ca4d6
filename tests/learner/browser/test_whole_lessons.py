"""A lesson from its first exercise to its last, with a new kernel in the middle: by keyboard or by mouse."""

import pytest

from checks.exercise import Choice, Exercise, FillIn, Lesson, Step
from checks.lessons import lessons
from tests.learner.browser.conftest import Open
from tests.learner.browser.house import PATIENCE, Notebook

#: Steps, choices and blanks; the others are of the same kinds.
SLUGS = ("approval", "pipeline", "gate")


def tab_to(notebook: Notebook, exercise: str, found: str, key: str = "Tab") -> None:
    """Press a key until what has the focus lies in this exercise's card and fits."""
    there = f"document.activeElement.matches(`[data-exercise='{exercise}'] {found}`)"
    for _ in range(60):
        if notebook.page.evaluate(there):
            return
        notebook.page.keyboard.press(key)
    raise AssertionError(f"{key} never comes to {found} of {exercise}")


def option(text: str) -> str:
    return "[data-option=" + repr(text).replace("\\", "\\\\") + "]"


def by_keyboard(notebook: Notebook, exercise: Exercise) -> None:
    """The key to the next exercise, then nothing but Tab, arrows, Enter and Space."""
    press = notebook.page.keyboard.press
    press("Alt+.")
    cell = notebook.cell(_cell_of(exercise))
    if isinstance(exercise, Step):
        cell.locator(".cm-focused").wait_for()
        press("Control+a")
        notebook.page.keyboard.insert_text(exercise.reference)
        press("Shift+Enter")
        return
    notebook.page.wait_for_function(
        "cell => cell.classList.contains('jp-mod-active')", arg=cell.element_handle()
    )
    press("Control+Enter")
    notebook.card(exercise.id).root.wait_for()
    match exercise:
        case FillIn(answer=answer):
            for number, given in enumerate(answer, 1):
                back = "Tab" if number == 1 else "Shift+Tab"
                tab_to(notebook, exercise.id, f"[data-blank='{number}']", key=back)
                press("Enter")
                tab_to(notebook, exercise.id, option(given))
                press("Space")
        case Choice(answer=letter):
            tab_to(notebook, exercise.id, "[data-option]")
            tab_to(notebook, exercise.id, option(letter), key="ArrowDown")
            press("Space")
    tab_to(notebook, exercise.id, "[data-action='check']")
    press("Enter")


def by_mouse(notebook: Notebook, exercise: Exercise) -> None:
    """Clicks, and the toolbar's button to run a cell; code has to be typed."""
    notebook.cell(_cell_of(exercise)).locator(".cm-content").click()
    if isinstance(exercise, Step):
        notebook.page.keyboard.press("Control+a")
        notebook.page.keyboard.insert_text(exercise.reference)
    notebook.page.locator('[data-jp-item-name="run"] :is(jp-button, button)').first.click()
    card = notebook.card(exercise.id)
    match exercise:
        case FillIn(answer=answer):
            card.fill(*answer)
            card.button("check").click()
        case Choice(answer=letter):
            card.option(letter).click()
            card.button("check").click()


def _cell_of(exercise: Exercise) -> str:
    return f"{exercise.id.replace('.', '-')}-{'answer' if isinstance(exercise, Step) else 'ask'}"


@pytest.mark.parametrize("way", [by_keyboard, by_mouse])
@pytest.mark.parametrize(
    "lesson", [each for each in lessons() if each.slug in SLUGS], ids=lambda each: each.slug
)
def test_a_lesson_is_solved_from_end_to_end(lab: Open, lesson: Lesson, way) -> None:
    notebook = lab(f"{lesson.notebook}.ipynb", run=False)
    for place, exercise in enumerate(lesson.exercises):
        if place == len(lesson.exercises) // 2:
            notebook.restart()
        way(notebook, exercise)
        solved = notebook.page.locator(f'[data-exercise="{exercise.id}"][data-status="correct"]')
        solved.first.wait_for(timeout=PATIENCE)
        notebook.page.keyboard.press("Escape")
