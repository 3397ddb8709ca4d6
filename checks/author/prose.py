"""What a lesson's text says of its exercises: how a heading names each, and how many there are.

Called by the author's checks, and by `workbook new`, which counts anew.
"""

import re
from collections.abc import Iterator

from checks.exercise import Lesson, Step
from checks.notebook import cell_id

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

#: What is shorter may stand in a task and in a text beside it without telling the task twice.
_SENTENCE = 40

#: How `workbook new` marks what is still to be written.
FILL_IN = "FILL IN"


def heading(lesson: Lesson, id_: str) -> str:
    """The heading above an exercise, such as "## Step 3: Find the last stable model version"."""
    number, exercise = next(
        (number, each) for number, each in enumerate(lesson.exercises, 1) if each.id == id_
    )
    return f"## {lesson.unit.removesuffix('s').capitalize()} {number}: {exercise.title}"


def exercise_below(lesson: Lesson, id_: str) -> str | None:
    """The exercise that the heading's cell with this id stands above; None for another cell."""
    return next((each.id for each in lesson.exercises if cell_id(each.id, "task") == id_), None)


def counts(lesson: Lesson, text: str) -> Iterator[tuple[str, str]]:
    """What a text says of how many exercises the lesson has, and what it should say.

    Such as "four steps" after the minutes, or "the next four steps"; and how many are cards or cells.
    """
    cells = sum(isinstance(exercise, Step) for exercise in lesson.exercises)
    there = {
        "cell": cells,
        "card": len(lesson.exercises) - cells,
        lesson.unit.removesuffix("s"): len(lesson.exercises),
    }
    before = r"minutes\*\*, |\bnext |: |\band " if "minutes**, " in text else r"\bnext "
    for number, what, more in re.findall(
        rf"(?:{before})({'|'.join(_NUMBERS)}) ({'|'.join(there)})(s?)\b", text
    ):
        yield f"{number} {what}{more}", f"{_word(there[what])} {what}{'' if there[what] == 1 else 's'}"


def tasks(lesson: Lesson, text: str) -> Iterator[tuple[str, str]]:
    """The exercises of whose task a text has a whole sentence, and that sentence: a card says it already."""
    for exercise in lesson.exercises:
        sentences = re.split(r"(?<=[.:?]) |\n", exercise.task)
        if said := next((each for each in sentences if len(each) > _SENTENCE and each in text), None):
            yield exercise.id, said


def _word(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
