"""A class that was graded stays: who comes late adds to it, and what decided a verdict can be tried again."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from checks import cli
from checks.instructor import commands, course, kept, queue, run, submission
from checks.instructor.handed import Handed
from checks.instructor.marks import Result
from checks.instructor.submission import Class
from checks.lessons import lessons
from tests.helpers.graded import grade, rows
from tests.helpers.handed_in import hand_in, notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"
WRONG = notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"})
RIGHT = notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judges by what an answer looks like, without a queue and a sandbox: what is tried is the keeping."""

    def judged(class_: Class, options: run.Options, again: object) -> list[Result]:
        def status(one: Handed, exercise: str) -> str:
            return "correct" if "v3" in str(one.answers.get(exercise)) else "wrong"

        done = {
            (one.learner, exercise): Result(one.learner, exercise, status(one, exercise), "")
            for one in class_.handed
            for exercise in one.answers
        }
        return list(run._in_order(class_, done))

    monkeypatch.setattr(run, "_judged", judged)


def graded(folder: Path, out: Path, *chosen: str) -> None:
    assert run.grade(run.Options(folder, out, 1, chosen=chosen)) == 0


def workbook(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", *words], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_late_learner_adds_to_the_class(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    for learner in ("ben", "clara"):
        hand_in(tmp_path / "class", learner, ROLLBACK, WRONG)
    graded(tmp_path / "class", out)
    hand_in(tmp_path / "late", "anna", ROLLBACK, RIGHT)
    hand_in(tmp_path / "late", "ben", APPROVAL, notebook(APPROVAL, {}))
    graded(tmp_path / "late", out)
    assert "from what was graded into this folder before: 1 learners (clara)" in capsys.readouterr().out
    found = rows(out)
    assert list(found) == ["anna", "ben", "clara"]
    assert {row["possible"] for row in found.values()} == {"9"}
    assert [row["rollback.2"] for row in found.values()] == ["1", "0", "0"]
    assert len(list((out / "feedback").glob("*.html"))) == 3

    # Of the same lesson what came later counts, also when the class is graded again.
    hand_in(tmp_path / "late", "ben", ROLLBACK, RIGHT)
    graded(tmp_path / "late", out)
    once = (out / "gradebook.csv").read_bytes()
    assert "ben: 01_rollback was handed in twice; that in late counts." in (out / "class.html").read_text()
    graded(tmp_path / "class", out)
    assert (out / "gradebook.csv").read_bytes() == once
    assert rows(out)["ben"]["rollback.2"] == "1"

    # Who is no longer in a folder that is graded again is no longer in the class.
    (tmp_path / "class" / "clara" / f"{ROLLBACK}.ipynb").unlink()
    (tmp_path / "class" / "clara").rmdir()
    graded(tmp_path / "class", out)
    assert list(rows(out)) == ["anna", "ben"]


def test_a_class_graded_before_its_folders_were_kept_is_added_to(tmp_path: Path) -> None:
    hand_in(tmp_path / "class", "ben", ROLLBACK, WRONG)
    class_ = submission.collect(tmp_path / "class", lessons())
    kept.write_class(tmp_path, class_, [])
    raw = json.loads((tmp_path / kept.CLASS).read_text())
    del raw["class"]["table"], raw["class"]["chosen"]
    raw["class"]["handed"][0]["quiz"] = None
    (tmp_path / kept.CLASS).write_text(json.dumps(raw))
    (earlier,) = kept.read(tmp_path).folders.values()
    assert earlier.handed == class_.handed


def test_which_lessons_count_is_the_instructors_to_say(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    hand_in(tmp_path / "in", "anna", ROLLBACK, RIGHT)
    hand_in(tmp_path / "in", "anna", APPROVAL, notebook(APPROVAL, {}))
    hand_in(tmp_path / "in", "ben", ROLLBACK, RIGHT)
    graded(tmp_path / "in", out)
    told = capsys.readouterr().out
    assert "1 (2 of 2 handed it in), 2 (1 of 2 handed it in; nobody answered anything)" in told
    assert {row["possible"] for row in rows(out).values()} == {"9"}
    graded(tmp_path / "in", out, ROLLBACK)
    told = capsys.readouterr().out
    assert "Lessons that count: 1 (2 of 2 handed it in), as --lessons says." in told
    assert {row["possible"] for row in rows(out).values()} == {"4"}
    # The word stands, also for one who comes late.
    hand_in(tmp_path / "late", "carl", APPROVAL, notebook(APPROVAL, {}))
    graded(tmp_path / "late", out)
    assert [(row["total"], row["possible"]) for row in rows(out).values()] == [("1", "4")] * 2 + [("0", "4")]
    graded(tmp_path / "late", out, ROLLBACK, APPROVAL)
    assert {row["possible"] for row in rows(out).values()} == {"9"}


def test_a_lesson_that_does_not_count_cannot_be_chosen(tmp_path: Path) -> None:
    code, said = workbook("grade", str(tmp_path), "--lessons", "1,12")
    assert code == 2
    assert "12 is no lesson that counts" in said
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers())
    assert parser.parse_args(["grade", "in", "--lessons", "1, 4"]).lessons == (ROLLBACK, "04_version_order")


def test_a_decision_wants_a_reason_can_be_withdrawn_and_reaches_the_tests(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    hand_in(tmp_path / "in", "a\u2028b", ROLLBACK, WRONG)
    hand_in(tmp_path / "in", "ben", ROLLBACK, WRONG)
    graded(tmp_path / "in", out)
    capsys.readouterr()

    def override(*words: str) -> tuple[int, str]:
        return cli.main(["override", *words, "--out", str(out)]), capsys.readouterr().out

    who = "a\u2028b"
    assert override(who, "rollback.2", "1") == (
        2,
        'workbook: a decision wants a reason, which the learner reads: --why "…".\n',
    )
    assert override(who, "rollback.2", "1", "--why", " ")[0] == 2
    assert override(who, "rollback.2", "2", "--why", "x")[0] == 2
    assert override(who, "rollback.2", "--withdraw")[0] == 2
    assert override(who, "rollback.2", "1", "--why", "told me\u2028how")[0] == 0
    (label,) = (learner for learner in rows(out) if learner.startswith("a"))
    assert rows(out)[label]["rollback.2"] == "1"
    graded(tmp_path / "in", out)  # the line separator in name and reason breaks nothing
    assert rows(out)[label]["rollback.2"] == "1"
    assert override(label, "rollback.2", "--withdraw")[0] == 0
    assert rows(out)[label]["rollback.2"] == "0"

    assert override(label, "test.approval", "11", "--why", "x")[0] == 2
    assert override(label, "test.approval", "7", "--why", "asked aloud")[0] == 0
    assert override(label, "test.rollback", "3", "--why", "asked aloud")[0] == 0
    assert override(label, "kata.approval", "9", "--why", "x")[0] == 2
    assert override(label, "kata.approval", "8", "--why", "watched it")[0] == 0
    found = rows(out)
    assert (found[label]["test.approval"], found[label]["test.rollback"]) == ("7", "3")
    assert found[label]["kata.approval"] == "8"
    assert found[label]["total"] == "0", "outside the total"
    (page,) = (file for file in (out / "feedback").glob("a*.html"))
    assert "7 of 10 points for test.approval:</strong> asked aloud" in page.read_text()
    assert override(label, "test.rollback", "--withdraw")[0] == 0
    assert "test.rollback" not in rows(out)[label]


def test_again_judges_one_learner_anew(tmp_path: Path) -> None:
    for learner in ("anna", "ben"):
        hand_in(tmp_path / "in", learner, ROLLBACK, RIGHT)
    out = tmp_path / "out"
    grade(tmp_path / "in", out)
    before = (out / "results.jsonl").read_text().splitlines()
    gradebook = (out / "gradebook.csv").read_bytes()
    grade(tmp_path / "in", out, "--again", "ben")
    after = (out / "results.jsonl").read_text().splitlines()
    assert after[:4] == before[:4], "not judged again: the seconds are the same"
    assert after[4:] != before[4:]
    assert (out / "gradebook.csv").read_bytes() == gradebook
    grade(tmp_path / "in", out)
    assert (out / "results.jsonl").read_text().splitlines() == after, "the last try is the one that stands"
    code, said = workbook("grade", str(tmp_path / "in"), "--out", str(out), "--again", "nobody")
    assert code == 2
    assert "there is no learner 'nobody'. There are: anna, ben" in said


def test_python_and_every_package_are_part_of_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    said = course.machine()
    for part in ("cpython 3.", "SQLite 3.", "mlflow-skinny 3.", "numpy ", "alembic "):
        assert part in said
    before = queue.identity("the same answers")
    monkeypatch.setattr(course, "machine", lambda: said.replace("numpy ", "numpy 99."))
    course.version.cache_clear()
    try:
        assert queue.identity("the same answers") != before, "a verdict for want of a package is no verdict"
    finally:
        monkeypatch.undo()
        course.version.cache_clear()
