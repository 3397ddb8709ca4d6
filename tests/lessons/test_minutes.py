"""How long a lesson takes is reckoned from what there is to read, to look at and to write, not hoped for."""

import re

import pytest

from checks.exercise import Lesson, Step
from checks.lessons import lessons
from checks.notebook import SOLUTIONS, read, tag

#: Native readers read 238 a minute (Brysbaert 2019). What is new, in another language, takes twice as long.
WORDS_A_MINUTE = 120
#: Minutes to run a cell and to look at what it shows.
LOOK = 0.5
#: Minutes for an exercise, by its level: a cell to write, or a card.
WRITE = {"easy": 2.0, "medium": 4.0, "hard": 7.0}
CLICK = {"easy": 1.0, "medium": 2.0, "hard": 3.0}


def reckoned(lesson: Lesson) -> float:
    cells = read(SOLUTIONS / f"{lesson.notebook}.ipynb").cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    texts += [each.task for each in lesson.exercises]
    looks = sum(cell.cell_type == "code" and not tag(cell) for cell in cells)
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    work = sum((WRITE if isinstance(each, Step) else CLICK)[each.difficulty] for each in lesson.exercises)
    return words / WORDS_A_MINUTE + LOOK * looks + work


@pytest.mark.parametrize("lesson", [each for each in lessons() if each.exercises], ids=lambda each: each.slug)
def test_the_minutes_are_near_what_there_is_to_do(lesson: Lesson) -> None:
    assert abs(reckoned(lesson) - lesson.minutes) <= 6, round(reckoned(lesson))


def test_every_text_names_the_minutes_of_the_lesson() -> None:
    minutes = {each.notebook: str(each.minutes) for each in lessons()}
    for lesson in lessons():
        text = "\n".join(cell.source for cell in read(SOLUTIONS / f"{lesson.notebook}.ipynb").cells)
        said = re.findall(r"About \*\*(\d+) minutes", text)
        assert said == [minutes[lesson.notebook]], lesson.notebook
        for notebook, number in re.findall(r"\((\d\d_\w+)\.ipynb\)[^(\n]*?\((\d+) minutes", text):
            assert number == minutes[notebook], f"{lesson.notebook} says {number} for {notebook}"
