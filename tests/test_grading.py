"""Grading: the right marks, both ways; layouts, names, renamed files; the pages and the numbers in them."""

import csv
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from checks.grading import course, marks, report, run, statistics, submission
from checks.grading.marks import Override, Result
from checks.lessons import LESSONS
from tests.contained import Walls
from tests.handed_in import all_right, hand_in, mixed, notebook

ROOT = Path(__file__).parent.parent
ROLLBACK, APPROVAL = "01_rollback", "02_approval"


def grade(submissions: Path, out: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "grade", str(submissions), "--out", str(out), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return {row["learner"]: row for row in csv.DictReader(file)}


# ── the marks ─────────────────────────────────────────────────────────────────────────────────────────


def test_solutions_get_full_marks_and_notebooks_none(tmp_path: Path) -> None:
    for folder, share in (("solutions", 1), ("notebooks", 0)):
        grade(ROOT / folder, tmp_path / folder)
        (row,) = rows(tmp_path / folder).values()
        assert row["learner"] == folder
        assert int(row["total"]) == share * int(row["possible"])
        assert int(row["possible"]) == len(course.exercises())


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ('quiz("approval", seed=7, answers="dacddcdccd")', 10),
        ('quiz("approval", seed=7, answers="dacdd")', 5),
        ('quiz("approval", seed=7, answers="dacddcdccddd")', 0),
        ('quiz("approval", seed=7, answers="d")\nquiz("approval", seed=7, answers="da")', 2),
        ('quiz("approval", seed=7, answers=open("x"))', None),
        ('quiz("approval", seed=7)', None),
        ('quiz("rollback", seed=3, answers="bacb")', None),
    ],
)
def test_the_test_on_approval_gives_points_outside_the_total(
    tmp_path: Path, source: str, points: int | None
) -> None:
    tag = {"workbook": {"exercise": "test.approval", "role": "quiz"}}
    cell = {"cell_type": "code", "id": "q", "metadata": tag, "source": source, "outputs": []}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "09_test.ipynb").write_text(json.dumps({"cells": [cell]}))
    (tmp_path / "bob").mkdir()
    class_ = submission.collect(tmp_path, LESSONS)
    tests = run.points(class_)
    assert tests.get("ann") == points
    header, ann, bob = marks.gradebook(class_.learners, [], [], {}, tests).splitlines()
    if points is None:
        assert header == "learner,total,possible"
    else:
        assert header == "learner,test.approval,total,possible"
        assert (ann, bob) == (f"ann,{points},0,0", "bob,0,0,0")


def test_sixty_mixed_submissions_both_ways(tmp_path: Path) -> None:
    known = mixed(tmp_path / "in", 30, (ROLLBACK,), seed=60)
    known |= {
        (f"other-{learner}", exercise): mark
        for (learner, exercise), mark in mixed(tmp_path / "more", 30, (APPROVAL,), seed=61).items()
    }
    for folder in (tmp_path / "more").iterdir():
        folder.rename(tmp_path / "in" / f"other-{folder.name}")
    grade(tmp_path / "in", tmp_path / "out")
    found = rows(tmp_path / "out")
    assert len(found) == 60
    assert {key: int(found[key[0]][key[1]]) for key in known} == known

    through_nbval = nbval(tmp_path / "in", tmp_path, "-n", "2", "--dist", "loadfile")
    assert {key: int(through_nbval[key]) for key in known} == known
    # And the verdicts behind the marks are the same.
    results = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    verdicts = {(r["learner"], r["exercise"]): (r["status"], r["misconception"]) for r in results}
    assert {key: verdict for key, verdict in verdicts.items() if key in known} == _verdicts(tmp_path)


def nbval(
    submissions: Path, tmp_path: Path, *options: str, walls: Walls | None = None
) -> dict[tuple[str, str], bool]:
    """Grade through nbval; (learner, exercise or cell) → passed, from the JUnit file."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "--grade",
        str(submissions),
        "-p",
        "no:cacheprovider",
    ]
    command += ["-o", f"cache_dir={tmp_path}", "--junitxml", str(tmp_path / "junit.xml"), *options]
    run = (
        walls.run
        if walls
        else lambda c, **more: subprocess.run(c, capture_output=True, text=True, check=False, **more)
    )
    done = run(command, cwd=tmp_path)
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]
    assert "error" not in done.stdout.splitlines()[-1], done.stdout[-3000:]
    cases = ET.parse(tmp_path / "junit.xml").getroot().iter("testcase")
    return {(_learner(case), case.attrib["name"]): not len(case.findall("failure")) for case in cases}


def _learner(case: ET.Element) -> str:
    return case.attrib["classname"].split("/")[0].split(".0")[0]


def _verdicts(tmp_path: Path) -> dict[tuple[str, str], tuple[str, str | None]]:
    found = {}
    for case in ET.parse(tmp_path / "junit.xml").getroot().iter("testcase"):
        properties = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
        if "status" in properties:
            found[_learner(case), case.attrib["name"]] = (
                properties["status"],
                properties.get("misconception"),
            )
    return found


def test_hostile_notebooks_through_nbval(behind: Walls, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    right = all_right(ROLLBACK)
    attacks = {
        file.stem: file.read_text("utf-8")
        for file in sorted((ROOT / "tests" / "kernel_attacks").glob("*.py"))
    }
    for name, source in attacks.items():
        hand_in(folder, name, ROLLBACK, notebook(ROLLBACK, {**right, "rollback.2": source}))
    hand_in(folder, "anna", ROLLBACK, notebook(ROLLBACK, right))
    hand_in(folder, "broken", ROLLBACK, b'{"cells": [')
    for place in (folder, folder / "anna"):
        (place / "conftest.py").write_text(f"open({str(tmp_path / 'PWNED')!r}, 'w')")
        (place / "test_pwned.py").write_text(f"open({str(tmp_path / 'PWNED')!r}, 'w')")
    found = nbval(folder, tmp_path, "--nbval-cell-timeout", "5", walls=behind)
    for name in attacks:
        assert not found[name, "rollback.2"]
        assert not found[name, "Cell 3"], name  # the cell that attacks
        assert found[name, "rollback.1"]
        assert found[name, "rollback.3"]  # whatever became of the kernel
    assert all(passed for (learner, _), passed in found.items() if learner == "anna")
    assert not any(passed for (learner, _), passed in found.items() if learner == "broken")
    assert not list(tmp_path.rglob("PWNED"))
    assert not list(Path("/tmp").glob("wb-*"))  # what host and kernel share is gone


# ── what is read, and as whose ────────────────────────────────────────────────────────────────────────


def test_layouts(tmp_path: Path) -> None:
    made = notebook(ROLLBACK, all_right(ROLLBACK))

    def learners(folder: Path) -> dict[str, list[str]]:
        class_ = submission.collect(folder, LESSONS)
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
    assert list(learners(tmp_path / "flat")) == ["Ann Bee", "doejane"]
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
    class_ = submission.collect(tmp_path, LESSONS)
    assert len(class_.handed) == 4
    for handed in class_.handed:
        assert handed.answers == {"rollback.2": "current_version = 'v3'"}, handed
    assert any("01_rollback (10).ipynb the latter counts" in notice for notice in class_.notices)


def test_of_several_answers_the_last_counts(tmp_path: Path) -> None:
    made = notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"})
    cells = made["cells"]
    assert isinstance(cells, list)
    at = next(number for number, cell in enumerate(cells) if cell.get("id") == "rollback-2-answer")
    cells.insert(at + 1, {**cells[at], "id": "copied", "source": ["current_version = ", "'v3'"]})
    cells.append({**cells[at], "id": "empty", "source": "# Write your answer here\n"})
    (handed,) = submission.collect(hand_in(tmp_path, "anna", ROLLBACK, made).parent.parent, LESSONS).handed
    assert handed.answers == {"rollback.2": "current_version = 'v3'"}
    assert handed.notices == ("rollback.2 was answered 2 times; the last answer counts.",)


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
    (handed,) = submission.collect(hand_in(tmp_path, "anna", slug, made).parent.parent, LESSONS).handed
    assert handed.answers == answers


def test_usage(tmp_path: Path) -> None:
    def code(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "checks.cli", *words], capture_output=True, check=False
        ).returncode

    assert code("grade") == 2
    assert code("grade", str(tmp_path / "missing")) == 2
    assert code("grade", str(tmp_path)) == 2  # nothing in it
    hand_in(tmp_path, "anna", ROLLBACK, notebook(ROLLBACK, {}))
    assert code("grade", str(tmp_path), "--out", str(tmp_path / "grades")) == 2
    assert code("grade", str(tmp_path), "--jobs", "0") == 2


# ── gradebook, pages, numbers ─────────────────────────────────────────────────────────────────────────


def test_a_formula_is_no_formula_any_more() -> None:
    for text in ("=1+1", "+1", "-1", "@a", "\tx", "\rx", " =1", "|x"):
        assert marks.no_formula(text) == f"'{text}"
    assert marks.no_formula("Zoë-Ann =") == "Zoë-Ann ="


def test_the_gradebook_has_a_row_for_everyone() -> None:
    results = [
        Result("a", "x.1", "correct", ""),
        Result("a", "x.2", "wrong", ""),
        Result("b", "x.1", "error", ""),
    ]
    overrides = {
        ("a", "x.2"): Override("a", "x.2", 1, "why", "then"),
        ("b", "x.1"): Override("b", "x.1", 0, "", ""),
    }
    table = marks.gradebook(["a", "b"], ["x.1", "x.2"], results, overrides, {})
    assert table == "learner,x.1,x.2,total,possible\na,1,1,2,2\nb,0,0,0,2\n"


def test_a_decision_that_cannot_be_read_stops_everything(tmp_path: Path) -> None:
    (tmp_path / marks.OVERRIDES).write_text('{"learner": "anna"}\n')
    with pytest.raises(ValueError, match="line 1"):
        marks.read_overrides(tmp_path)


def test_statistics() -> None:
    def row(learner: str, *statuses: str) -> list[Result]:
        return [
            Result(learner, f"x.{n}", s, "", f"x.{n}/m" if s == "wrong" else None)
            for n, s in enumerate(statuses)
        ]

    results = [
        *row("a", "correct", "correct", "correct"),
        *row("b", "correct", "wrong", "correct"),
        *row("c", "not_attempted", "wrong", "correct"),
        *row("d", "wrong", "wrong", "correct"),
    ]
    first, second, third = statistics.items(sorted(results, key=lambda r: r.exercise), {})
    assert (first.right, first.wrong, first.missing, first.difficulty) == (2, 1, 1, 0.5)
    assert second.difficulty == 0.25
    assert first.discrimination == pytest.approx(0.5773, abs=1e-3)
    assert third.discrimination is None
    assert [(h.misconception, h.learners) for h in statistics.misconceptions(results)] == [
        ("x.1/m", ("b", "c", "d")),
        ("x.0/m", ("d",)),
    ]


def test_pages_names(tmp_path: Path) -> None:
    names = report.file_names(["anna", "Anna", "a/b", "..", "", "x" * 300, "Zoë 学生"])
    assert names["anna"] == "anna.html"
    assert names["Zoë 学生"] == "Zoë 学生.html"
    assert len({name.lower() for name in names.values()}) == len(names)
    for name in names.values():
        assert "/" not in name
        assert not name.startswith(".")
        (tmp_path / name).touch()


def test_the_class_page_has_plots_with_tables(tmp_path: Path) -> None:
    mixed(tmp_path / "in", 8, (ROLLBACK,))
    out = grade(tmp_path / "in", tmp_path / "out")
    assert "8 learners, 8 notebooks (0 unreadable)" in out
    page = (tmp_path / "out" / "class.html").read_text("utf-8")
    assert page.count("<svg") == 3
    assert page.count("<table") == 4
    assert "<code>" in page
    assert "`" not in page, "the course's sentences are Markdown"
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert len(list((tmp_path / "out" / "feedback").iterdir())) == 8
    assert not list((tmp_path / "out").glob("*.partial"))
