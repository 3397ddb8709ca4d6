"""What is read of what was handed in, and as whose: layouts, names, renamed files, answers given twice."""

from pathlib import Path

import pytest

from checks.instructor import submission
from checks.instructor.handed import Handed
from checks.lessons import lessons
from tests.helpers.handed_in import all_right, hand_in, notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def test_layouts(tmp_path: Path) -> None:
    made = notebook(ROLLBACK, all_right(ROLLBACK))

    def learners(folder: Path) -> dict[str, list[str]]:
        class_ = submission.collect(folder, lessons())
        return {one: [h.file for h in class_.handed if h.learner == one] for one in class_.learners}

    hand_in(tmp_path / "plain", "anna", ROLLBACK, made)
    assert learners(tmp_path / "plain") == {"anna": ["01_rollback.ipynb"]}
    hand_in(tmp_path / "one", "", ROLLBACK, made)
    hand_in(tmp_path / "one", "", APPROVAL, notebook(APPROVAL, {}))
    assert learners(tmp_path / "one") == {"one": ["01_rollback.ipynb", "02_approval.ipynb"]}
    hand_in(tmp_path / "course" / "submitted" / "anna", "hw1", ROLLBACK, made)
    hand_in(tmp_path / "course" / "submitted" / "ben", "hw1", ROLLBACK, made)
    for folder in (tmp_path / "course", tmp_path / "course" / "submitted"):
        assert learners(folder) == {name: ["hw1/01_rollback.ipynb"] for name in ("anna", "ben")}
    hand_in(tmp_path / "flat", "", ROLLBACK, made, name="doejane_LATE_12345_01_rollback.ipynb")
    hand_in(tmp_path / "flat", "", ROLLBACK, made, name="Ann Bee_77_assignsubmission_file_homework.ipynb")
    assert list(learners(tmp_path / "flat")) == ["Ann Bee (77)", "doejane (12345)"]
    hand_in(tmp_path / "nothing", "", ROLLBACK, "", name="notes.txt")
    assert learners(tmp_path / "nothing") == {}


def test_which_of_several_files_counts(tmp_path: Path) -> None:
    wrong, right = (notebook(ROLLBACK, {"rollback.2": f"current_version = {v!r}"}) for v in ("v1", "v3"))
    for learner, names in {
        "downloads": ("01_rollback.ipynb", "01_rollback (2).ipynb", "01_rollback (10).ipynb"),
        "copies": ("01_rollback-Copy1.ipynb", "01_rollback.old.ipynb", "01_rollback.ipynb"),
    }.items():
        for name in names:
            hand_in(tmp_path, learner, ROLLBACK, right if name == names[-1] else wrong, name=name)
    hand_in(tmp_path, "broken", ROLLBACK, right, name="01_rollback.ipynb")
    hand_in(tmp_path, "broken", ROLLBACK, b"{", name="01_rollback (1).ipynb")
    hand_in(tmp_path, "renamed", ROLLBACK, right, name="my homework.ipynb")
    class_ = submission.collect(tmp_path, lessons())
    assert len(class_.handed) == 4
    for handed in class_.handed:
        assert handed.answers == {"rollback.2": "current_version = 'v3'"}, handed
    assert any("01_rollback (10).ipynb the latter counts" in notice for notice in class_.notices)


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
