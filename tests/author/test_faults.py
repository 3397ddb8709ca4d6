"""What is broken on purpose is named: in lessons, on trial, in notebooks and in their tags."""

from dataclasses import replace

import pytest

from checks.author import faults, notebooks
from checks.exercise import Lesson, Misconception, Step
from checks.judge import Runners
from checks.lessons import lessons
from checks.notebook import SOLUTIONS, read

ROLLBACK = next(lesson for lesson in lessons() if lesson.slug == "rollback")


APPROVAL = next(lesson for lesson in lessons() if lesson.slug == "approval")


def _with(lesson: Lesson, number: int, **changes: object) -> Lesson:
    changed = list(lesson.exercises)
    changed[number - 1] = replace(changed[number - 1], **changes)  # type: ignore[arg-type]
    return replace(lesson, exercises=tuple(changed))


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (_with(ROLLBACK, 1, hints=("", "x")), "rollback.1: `hints`: entry 1 is empty"),
        (_with(ROLLBACK, 1, hints=()), "rollback.1: `hints` has no entry"),
        (_with(ROLLBACK, 2, common_mistakes=(" ",)), "rollback.2: `common_mistakes`: entry 1 is empty"),
        (_with(ROLLBACK, 3, explanation=""), "rollback.3: `explanation` is empty"),
        (_with(ROLLBACK, 2, id="rollback.1"), "rollback.1: the id is used 2 times"),
        (
            _with(APPROVAL, 2, misconceptions=()),
            "approval.2: the wrong answer ('version',) has no feedback of its own",
        ),
        (
            _with(APPROVAL, 3, answer=("Gone",)),
            "approval.3: the answer ('Gone',) must fill 1 blanks from the options",
        ),
        (
            _with(ROLLBACK, 2, misconceptions=(Misconception("a-b", "", "x", ("x",)),)),
            "rollback.2: the misconception 'a-b' has no `says`",
        ),
    ],
)
def test_a_broken_lesson_is_named(lesson: Lesson, says: str) -> None:
    assert says in list(faults.in_lessons([lesson]))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"starter": "current_version = 'v3'"}, "is right already"),
        ({"reference": "current_version = 'v2'"}, "the right answer"),
        ({"alternatives": ("current_version = 3",)}, "the right answer"),
        ({"misconceptions": ()}, None),
        ({"misconceptions": (Misconception("late", "a", "b", ("current_version = 'v3'",)),)}, "the sample"),
    ],
)
def test_a_broken_exercise_fails_on_trial(
    runners: Runners, changes: dict[str, object], says: str | None
) -> None:
    step = ROLLBACK.exercises[1]
    assert isinstance(step, Step)
    found = list(faults.on_trial(replace(step, **changes), runners))  # type: ignore[arg-type]
    if says is None:
        assert found == []
    else:
        assert any(says in fault for fault in found)


def test_an_answer_that_leaks_into_notebooks_is_named() -> None:
    solution = read(SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    for leak in ("source", "metadata", "output"):
        handed_out = notebooks.hand_out(solution)
        cell = next(cell for cell in handed_out.cells if cell.id == "rollback-2-check")
        secret = 'current_version  = "v3"'
        if leak == "source":
            cell.source += f"\n# {secret}"
        elif leak == "metadata":
            cell.metadata["note"] = secret
        else:
            cell.outputs[0]["data"]["text/html"] += secret
        found = list(faults.in_notebooks(ROLLBACK, solution, handed_out))
        assert any("rollback.2 can be read" in fault for fault in found), leak


def test_a_missing_or_untagged_cell_is_named() -> None:
    solution = read(SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    cell = next(cell for cell in solution.cells if cell.id == "rollback-2-answer")
    del cell.metadata["workbook"]
    found = list(faults.in_notebooks(ROLLBACK, solution, notebooks.hand_out(solution)))
    assert any("'rollback-2-answer' needs the metadata" in fault for fault in found)
    cell.id = "elsewhere"
    found = list(faults.in_notebooks(ROLLBACK, solution, notebooks.hand_out(solution)))
    assert any("there is no cell 'rollback-2-answer'" in fault for fault in found)


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ({"exercise": "rollback.9", "role": "answer"}, "rollback has no exercise 'rollback.9'"),
        ({"exercise": "rollback.1", "role": "anser"}, "the role must be answer, check or ask"),
        ("x", "the role must be answer, check or ask"),
    ],
)
def test_a_wrong_tag_is_named(tag: object, says: str) -> None:
    solution = read(SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    assert list(faults.in_tags(ROLLBACK, solution)) == []
    next(cell for cell in solution.cells if cell.id == "rollback-1-answer").metadata["workbook"] = tag
    assert any(says in fault for fault in faults.in_tags(ROLLBACK, solution))
