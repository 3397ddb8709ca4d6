"""Lessons of the browser edition from the first cell to the last, by mouse and by typing, as a learner does.

Two that need no MLflow: choices, steps and blanks. They are skipped where the site was not built.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from checks.calls import call
from checks.exercise import Choice, Exercise, FillIn, Step
from checks.lessons import exercises, lessons
from checks.notebook import named
from tests.learner.browser.test_whole_lessons import by_mouse
from tests.site import house

pytestmark = pytest.mark.skipif(not house.SITE.exists(), reason="no site: `make site` builds it")


def by_typing(lesson: house.Lesson, exercise: Exercise) -> None:
    """A step's code, or a card's call with its answer, and Shift+Enter."""
    match exercise:
        case Step(reference=code):
            lesson.answer(exercise.id, code)
        case FillIn(answer=answer) | Choice(answer=answer):
            lesson.type(f"{exercise.id.replace('.', '-')}-ask", call(exercise.id, tuple(answer)))
            lesson.page.keyboard.press("Shift+Enter")


@pytest.mark.parametrize(
    ("slug", "way"),
    [("pipeline", by_typing), ("order", by_mouse)],
)
def test_a_lesson_is_solved_from_its_first_cell_to_its_last(
    browser: Browser, slug: str, way: Callable[[house.Lesson, Exercise], None]
) -> None:
    (found,) = (each for each in lessons() if each.slug == slug)
    elsewhere: list[str] = []
    with house.serving({}) as address:
        lesson = house.Lesson(address, house.page(browser, elsewhere), f"{found.notebook}.ipynb")
        lesson.open()
        for cell_id, cell in lesson.saved().items():
            exercise, role = named(cell_id)
            if role in ("answer", "ask") and exercise in exercises():
                way(lesson, exercises()[exercise])
                lesson.card(exercise).wait_for_status("correct")
            elif cell["cell_type"] == "code":
                lesson.cell(cell_id).locator(".cm-content").click()
                lesson.page.keyboard.press("Shift+Enter")
        lesson.wait_idle()
        lesson.page.locator(
            ".wb-above", has_text=f"{len(found.exercises)} of {len(found.exercises)}"
        ).wait_for()
        assert not lesson.page.locator("[data-mime-type*=stderr]").count(), "a cell has raised something"
    assert elsewhere == []
    lesson.page.context.close()
