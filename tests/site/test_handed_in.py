"""A notebook that was downloaded from the site has the marks of one with the same answers from a desktop.

`saved/` holds two as the site saved them: half of each is answered, by typing in one, by click in the other.
"""

from pathlib import Path

from checks.exercise import Answer
from checks.lessons import exercises
from tests.helpers.graded import grade, rows
from tests.helpers.handed_in import hand_in, notebook, right

SAVED = Path(__file__).with_name("saved")
#: What was answered: right, and wrong.
ANSWERS: dict[str, dict[str, Answer]] = {
    "01_rollback": {
        "rollback.1": right(exercises()["rollback.1"]),
        "rollback.2": "current_version = 'v2'",
        "rollback.3": right(exercises()["rollback.3"]),
    },
    "02_approval": {"approval.1": ("transition_model_version_stage",), "approval.2": ("status",)},
}


def test_the_same_answers_have_the_same_marks(tmp_path: Path) -> None:
    for lesson, answers in ANSWERS.items():
        hand_in(tmp_path / "class", "site", lesson, (SAVED / f"{lesson}.ipynb").read_text("utf-8"))
        hand_in(tmp_path / "class", "desktop", lesson, notebook(lesson, answers))
    grade(tmp_path / "class", tmp_path / "grades")
    site, desktop = (rows(tmp_path / "grades")[learner] for learner in ("site", "desktop"))
    assert {**site, "learner": ""} == {**desktop, "learner": ""}
    assert [site[id_] for id_ in ("rollback.1", "rollback.2", "rollback.3", "rollback.4")] == list("1010")
    assert [site["approval.1"], site["approval.2"], site["total"]] == ["1", "0", "3"]
