"""What a lesson's text says of its exercises is compared with what there is."""

import pytest

from checks.author.prose import counts, heading, tasks
from checks.lessons import lessons

ORDER = next(lesson for lesson in lessons() if lesson.slug == "order")


def test_a_heading_says_kind_place_and_title() -> None:
    for number, exercise in enumerate(ORDER.exercises, 1):
        assert heading(ORDER, exercise.id) == f"## Step {number}: {exercise.title}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "About **15 minutes**, nine steps: one cell to write and nine cards.",
            ["nine steps", "one cell", "nine cards"],
        ),
        ("The next nine steps build it.", ["nine steps"]),
        ("In two steps you are there, and one card is enough.", []),
        ("The registry after your two tasks.", []),
    ],
)
def test_what_a_text_says_of_how_many_there_are_is_found(text: str, said: list[str]) -> None:
    assert [each for each, _ in counts(ORDER, text)] == said


def test_what_it_should_say_is_counted() -> None:
    number = {"five": 5, "six": 6, "seven": 7, "eight": 8}
    ((_, right),) = counts(ORDER, "the next two steps")
    assert number[right.removesuffix(" steps")] == len(ORDER.exercises)


def test_a_task_that_stands_in_the_text_too_is_found() -> None:
    exercise = ORDER.exercises[0]
    first = exercise.task.partition(":")[0]
    assert list(tasks(ORDER, f"Look: {exercise.task} Go.")) and not list(tasks(ORDER, f"As in {first[:30]}."))
    assert [id_ for id_, _ in tasks(ORDER, exercise.task)] == [exercise.id]
