"""The kinds that practice is made of are exercises, and no kind that a lesson has is one of them."""

from checks.exercise import Exercise
from checks.judge.forms import make
from checks.lessons import exercises
from checks.practice import Assembled, Faded, Prediction, Worked


def test_a_filled_in_item_makes_the_answer_of_its_step() -> None:
    item = make(exercises()["rollback.3"], "fade", 1, 2)
    assert isinstance(item, Assembled)
    assert item.source(item.answer) == item.of.reference.strip("\n")


def test_no_exercise_of_a_lesson_is_of_such_a_kind() -> None:
    kinds: tuple[type[Exercise], ...] = (Faded, Prediction, Worked)
    assert not [each.id for each in exercises().values() if isinstance(each, kinds)]
