"""What is read of one notebook: which cell is the answer to what, and why nothing can be read."""

import json
from pathlib import Path

import pytest

from checks.instructor import submission
from checks.instructor.handed import OUR_SOLUTION, Handed
from checks.lessons import lessons
from checks.notebook import SOLUTIONS
from tests.helpers.handed_in import all_right, hand_in, notebook, saved_by_vscode

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_of_several_answers_the_own_cells_counts_and_then_the_last(tmp_path: Path) -> None:
    made = notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"})
    cells = made["cells"]
    assert isinstance(cells, list)
    at = next(number for number, cell in enumerate(cells) if cell.get("id") == "rollback-2-answer")
    cells.insert(at + 1, {**cells[at], "id": "copied", "source": ["current_version = ", "'v2'"]})
    cells.insert(at + 2, {**cells[at], "id": "again", "source": ["current_version = ", "'v3'"]})
    cells.append({**cells[at], "id": "empty", "source": "# Write your answer here\n"})

    def handed(learner: str) -> Handed:
        hand_in(tmp_path / learner, learner, ROLLBACK, made)
        (one,) = submission.collect(tmp_path / learner, lessons()).handed
        return one

    # As the check in the page: by the cell's id first.
    own = handed("own")
    assert own.answers == {"rollback.2": "current_version = 'v1'"}
    (notice,) = own.notices
    assert "rollback.2 was answered 3 times" in notice
    assert "“current_version = 'v1'” counts, not “current_version = 'v2'”, “current_version = 'v3'”" in notice
    del cells[at]
    assert handed("copies").answers == {"rollback.2": "current_version = 'v3'"}


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (['x = 1\ncheck("rollback.2")'], {"rollback.2": "x = 1\n"}),
        (["x = 1", 'check("rollback.2")'], {"rollback.2": "x = 1"}),
        (["from checks import check", 'check("rollback.2")'], {}),
        (["x = 1", 'check("rollback.1")', 'check("rollback.2")'], {"rollback.1": "x = 1"}),
        (['ask("approval.2", "status")'], {"approval.2": ("status",)}),
        (["%matplotlib inline\nask('approval.2', 'status')"], {"approval.2": ("status",)}),
        (["checks.ask('approval.2', 'status')"], {"approval.2": ("status",)}),
        (['ask("approval.2", "version")\nask("approval.2", "status")'], {"approval.2": ("status",)}),
        (['ask("approval.2", "status")', 'ask("approval.2")'], {"approval.2": ("status",)}),
        (['# ask("approval.2", "status")\n"""ask("approval.2", "status")"""', 'ask("approval.1")'], {}),
        (['ask("approval.2", answer)', 'ask("approval.2", *["status"])', 'ask("approval.2", 3)'], {}),
    ],
)
def test_what_a_cell_says_is_enough(cells: list[str], answers: dict[str, object], tmp_path: Path) -> None:
    made = {"cells": [{"cell_type": "code", "source": source, "metadata": {}} for source in cells]}
    slug = ROLLBACK if "rollback" in str(cells) else APPROVAL
    (handed,) = submission.collect(hand_in(tmp_path, "anna", slug, made).parent.parent, lessons()).handed
    assert handed.answers == answers


def test_two_lessons_in_one_file_both_count(tmp_path: Path) -> None:
    both = notebook(ROLLBACK, all_right(ROLLBACK))
    more = notebook(APPROVAL, {"approval.1": ("get_model_version",)})
    both["cells"] = [*both["cells"], *more["cells"]]  # type: ignore[misc]
    hand_in(tmp_path, "anna", ROLLBACK, both, name="everything.ipynb")
    first, second = submission.collect(tmp_path, lessons()).handed
    assert (first.lesson, first.answers) == (ROLLBACK, all_right(ROLLBACK))
    assert (second.lesson, second.answers) == (APPROVAL, {"approval.1": ("get_model_version",)})


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b" \n", "is empty"),
        (b'{"cells": [{"cell_type": "code", "sour', "is not a whole notebook (its JSON is broken)"),
        ('{"cells": [], "name": "Zoë"}'.encode("latin-1"), "is not in UTF-8, as every notebook is: save it"),
        (b"[" * 1_000_000, "is nested too deep for a notebook"),
        (b'{"cells": ' + b"9" * 100_000 + b"}", "is not a whole notebook"),
        (b"[1, 2, 3]", "is "),
    ],
    ids=["empty", "cut off", "latin-1", "nested", "a number without end", "a list"],
)
def test_why_nothing_can_be_read_is_said_for_the_lesson_in_its_name(
    content: bytes, trouble: str, tmp_path: Path
) -> None:
    hand_in(tmp_path, "anna", ROLLBACK, content)
    (handed,) = submission.collect(tmp_path, lessons()).handed
    assert (handed.lesson, handed.answers) == (ROLLBACK, {})
    assert handed.trouble is not None
    assert handed.trouble.startswith(trouble)


def test_what_is_none_of_the_lessons_counts_for_none(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": "print('hello')", "metadata": {}}
    hand_in(tmp_path, "anna", ROLLBACK, {"cells": [cell]}, name="shopping.ipynb")
    hand_in(tmp_path, "anna", ROLLBACK, b"{", name="more.ipynb")
    class_ = submission.collect(tmp_path, lessons())
    assert class_.handed == ()
    assert class_.left_out()["anna"] == [
        "anna/more.ipynb: is not a whole notebook (its JSON is broken)",
        "anna/shopping.ipynb: is none of the lessons",
    ]


def test_the_courses_own_solution_counts_for_nobody(tmp_path: Path) -> None:
    solution = json.loads((SOLUTIONS / f"{ROLLBACK}.ipynb").read_bytes())
    hand_in(tmp_path, "anna", ROLLBACK, solution, name=f"course/solutions/{ROLLBACK}.ipynb")
    class_ = submission.collect(tmp_path, lessons())
    assert class_.handed == ()
    assert OUR_SOLUTION in str(class_.left_out()["anna"])


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    made = json.dumps(notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"}))
    hand_in(tmp_path, "anna", ROLLBACK, made.encode("utf-8-sig"))
    (handed,) = submission.collect(tmp_path, lessons()).handed
    assert handed.answers == {"rollback.2": "current_version = 'v3'"}


def test_what_is_odd_about_the_test_is_told_with_the_main_lesson(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}}
        for source in (
            'ask("approval.2", "status")',
            'quiz("approval", seed=7, answers="abcd")',
            'quiz("approval", seed=8, answers="abcd")',
        )
    ]
    hand_in(tmp_path, "anna", APPROVAL, {"cells": cells})
    (handed,) = submission.collect(tmp_path, lessons()).handed
    assert any("test.approval was answered 2 times" in notice for notice in handed.notices)


@pytest.mark.parametrize("tags", [True, False])
@pytest.mark.parametrize("lesson", [ROLLBACK, APPROVAL])
def test_what_vscode_saved_holds_the_same_answers(lesson: str, tags: bool, tmp_path: Path) -> None:
    hand_in(tmp_path, "anna", lesson, saved_by_vscode(notebook(lesson, all_right(lesson)), tags))
    (one,) = submission.collect(tmp_path, lessons()).handed
    assert (one.answers, one.notices) == (all_right(lesson), ())
