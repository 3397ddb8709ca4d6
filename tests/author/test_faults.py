"""What is wrong in a notebook is named: an answer that leaks into what is handed out, a tag that is none."""

import pytest

from checks.author import faults
from checks.lessons import lessons
from checks.notebook import SOLUTIONS, read

ROLLBACK = next(lesson for lesson in lessons() if lesson.slug == "rollback")
PATH = SOLUTIONS / f"{ROLLBACK.notebook}.ipynb"


def test_an_answer_that_leaks_into_notebooks_is_named() -> None:
    for leak in ("source", "metadata"):
        solution = read(PATH)
        cell = next(cell for cell in solution.cells if cell.id == "rollback-import")
        secret = 'current_version  = "v3"'
        if leak == "source":
            cell.source += f"\n# {secret}"
        else:
            cell.metadata["note"] = secret
        found = list(map(str, faults.in_notebook(ROLLBACK, solution, PATH)))
        assert any("rollback.2 could be read" in fault for fault in found), leak


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ({"exercise": "rollback.9", "role": "answer"}, "rollback has no exercise 'rollback.9'"),
        ({"exercise": "rollback.1", "role": "anser"}, "the role must be answer, check or ask"),
        ({"exercise": "rollback.1", "role": "ask"}, "the role of a cell of rollback.1 is answer or check"),
        ("x", "the role must be answer, check or ask"),
    ],
)
def test_a_wrong_tag_is_named(tag: object, says: str) -> None:
    solution = read(PATH)
    next(cell for cell in solution.cells if cell.id == "rollback-1-answer").metadata["workbook"] = tag
    assert any(says in str(fault) for fault in faults.in_notebook(ROLLBACK, solution, PATH))
