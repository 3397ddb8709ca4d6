"""What is read of what was handed in, and as whose: layouts, names, renamed files, answers given twice."""

import json
import shutil
from pathlib import Path

import pytest

from checks import cli
from checks.instructor import run, submission
from checks.lessons import lessons
from checks.notebook import ROOT
from tests.helpers.handed_in import all_right, hand_in, notebook, saved_by_vscode

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


def test_a_notebook_in_another_language_is_read_like_the_english_one(tmp_path: Path) -> None:
    german = f"../notebooks-de/{ROLLBACK}"
    made = notebook(german, all_right(ROLLBACK))
    hand_in(tmp_path, "anna", ROLLBACK, made)
    hand_in(tmp_path, "ben", ROLLBACK, saved_by_vscode(made, tags=False), name="Abgabe.ipynb")
    hand_in(tmp_path, "carla", ROLLBACK, notebook(german, {}))
    class_ = submission.collect(tmp_path, lessons())
    assert {one.learner: (one.lesson, one.answers) for one in class_.handed} == {
        "anna": (ROLLBACK, all_right(ROLLBACK)),
        "ben": (ROLLBACK, all_right(ROLLBACK)),
        "carla": (ROLLBACK, {}),
    }


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("attempt 9/01_rollback.ipynb", "attempt 10/01_rollback.ipynb"),
        ("2026-11-09/01_rollback.ipynb", "2026-11-20/01_rollback.ipynb"),
        ("01_rollback_v9.ipynb", "01_rollback_v10.ipynb"),
        ("notebooks/01_rollback.ipynb", "work/01_rollback.ipynb"),
        ("01_rollback.old-2.ipynb", "01_rollback.ipynb"),
        ("01_rollback - Copy.ipynb", "01_rollback.ipynb"),
    ],
)
def test_of_several_attempts_the_later_counts(earlier: str, later: str, tmp_path: Path) -> None:
    for name, version in ((earlier, "v1"), (later, "v3")):
        answered = notebook(ROLLBACK, {"rollback.2": f"current_version = {version!r}"})
        hand_in(tmp_path, "anna", ROLLBACK, answered, name=name)
    class_ = submission.collect(tmp_path, lessons())
    (handed,) = class_.handed
    assert handed.answers == {"rollback.2": "current_version = 'v3'"}
    assert f"anna/{earlier}: is for the same lesson as {later}" in class_.left_out()["anna"]


def test_what_has_no_answer_takes_no_ones_place(tmp_path: Path) -> None:
    answered = notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"})
    hand_in(tmp_path, "anna", ROLLBACK, answered, name="01_rollback.old.ipynb")
    hand_in(tmp_path, "anna", ROLLBACK, notebook(ROLLBACK, {}))
    (handed,) = submission.collect(tmp_path, lessons()).handed
    assert handed.file == "01_rollback.old.ipynb"


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_that_nothing_runs_is_named_to_learner_and_instructor(kind: str, tmp_path: Path) -> None:
    made = notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"})
    (cell,) = (one for one in made["cells"] if one["id"] == "rollback-2-answer")  # type: ignore[attr-defined]
    cell["cell_type"] = kind
    hand_in(tmp_path / "in", "anna", ROLLBACK, made)
    hand_in(tmp_path / "in", "anna", ROLLBACK, "see my notebook", name="letter.docx")
    class_ = submission.collect(tmp_path / "in", lessons())
    run.publish(tmp_path, class_, list(run._in_order(class_, {})), {})
    for page in ("class.html", "feedback/anna.html"):
        shown = (tmp_path / page).read_text("utf-8")
        assert "rollback.2: the answer cell is " + ("Markdown" if kind == "markdown" else "raw text") in shown
        assert "press Y" in shown
        assert "letter.docx" in shown


def test_the_table_of_a_dry_run_names_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(tmp_path, "anna", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    hand_in(tmp_path, "anna", ROLLBACK, "x", name="notes.pdf")
    hand_in(tmp_path, "anna", ROLLBACK, "x", name="work.rar")
    hand_in(tmp_path, "anna", ROLLBACK, b"PK", name="work.zip")
    hand_in(tmp_path, "", ROLLBACK, "x", name="readme.txt")
    (tmp_path / "ben").mkdir()
    assert cli.main(["grade", str(tmp_path), "--out", str(tmp_path.parent / "out"), "--dry-run"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for wanted in (
        "anna/01_rollback.ipynb anna 01_rollback yes counts, with 4 answers",
        "anna/notes.pdf anna - no is no notebook (.ipynb)",
        "anna/work.rar anna - no is an archive of another kind than zip: hand in a zip, or the notebooks",
        "anna/work.zip anna - no is not a whole zip archive: pack it again and hand it in again",
        "readme.txt - - no is no notebook (.ipynb), and its name tells no learner",
        "- ben - no nothing was handed in",
    ):
        assert wanted in lines
    assert not (tmp_path.parent / "out").exists()


def test_solutions_never_count_and_the_rest_of_a_whole_course_does(tmp_path: Path) -> None:
    for folder, answers in (("solutions", all_right(ROLLBACK)), ("notebooks", {"rollback.2": "x = 1"})):
        hand_in(tmp_path, f"anna/course/{folder}", ROLLBACK, notebook(ROLLBACK, answers))
    hand_in(tmp_path, "anna/course/notebooks", APPROVAL, notebook(APPROVAL, {}))
    class_ = submission.collect(tmp_path, lessons())
    (handed,) = class_.handed  # what nobody touched was not handed in
    assert handed.answers == {"rollback.2": "x = 1"}
    assert class_.left_out()["anna"] == [
        "anna/course/notebooks/02_approval.ipynb: has no answer in it",
        "anna/course/solutions/01_rollback.ipynb: is one of the course's own solutions, which never count",
    ]


@pytest.mark.parametrize("layout", ["solutions alone", "a mended solution", "work too", "everything"])
def test_of_a_whole_course_only_the_learners_own_counts(layout: str, tmp_path: Path) -> None:
    solution = json.loads((ROOT / "solutions" / f"{ROLLBACK}.ipynb").read_text("utf-8"))
    mine = notebook(ROLLBACK, {"rollback.2": "current_version = 'mine'"})
    wanted = {"rollback.2": "current_version = 'mine'"}
    if layout == "solutions alone":
        hand_in(tmp_path, "anna/solutions", ROLLBACK, solution)
        wanted = {}
    elif layout == "a mended solution":
        solution["cells"][3]["source"] = "model_versions = {}"
        hand_in(tmp_path, "anna/course/solutions", ROLLBACK, solution)
        hand_in(tmp_path, "anna/course/notebooks", ROLLBACK, mine)
    elif layout == "work too":
        hand_in(tmp_path, "anna/solutions", ROLLBACK, solution)
        hand_in(tmp_path, "anna/notebooks", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
        hand_in(tmp_path, "anna/work", ROLLBACK, mine)
    else:
        for folder in ("solutions", "notebooks", "checks/lessons", "docs"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / folder, tmp_path / "anna" / "course-main" / folder, ignore=ignored)
        hand_in(tmp_path, "anna/course-main/notebooks", ROLLBACK, mine)
    class_ = submission.collect(tmp_path, lessons())
    assert {one.lesson: one.answers for one in class_.handed} == ({ROLLBACK: wanted} if wanted else {})
    assert len(class_.notices) < 20, "hundreds of files of the course are counted, not listed"
    for path in (tmp_path / "anna").rglob("*.*"):
        if path.is_file() and "__" not in path.name:
            assert any(line.file == str(path.relative_to(tmp_path)) for line in class_.table), path
