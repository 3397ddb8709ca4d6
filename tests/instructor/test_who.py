"""Every person one row: what platforms export, built anew as they name it, and what nobody can know."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from checks.instructor import roster, submission, who
from checks.instructor.roster import Roster
from checks.instructor.submission import Class
from checks.lessons import lessons
from tests.helpers.handed_in import notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"
FIRST = json.dumps(notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"}))
LATER = json.dumps(notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"}))
OTHER = json.dumps(notebook(APPROVAL, {"approval.1": ("get_model_version",)}))
RIGHT = {"rollback.2": "current_version = 'v3'"}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def collect(folder: Path, *, names: Roster | None = None, pattern: str | None = None) -> Class:
    return submission.collect(folder, lessons(), names, re.compile(pattern) if pattern else None)


def answered(class_: Class) -> dict[str, list[str]]:
    """Learner → the lessons that count for them with the later of two answers, and no learner left out."""
    return {
        learner: [
            one.lesson
            for one in class_.handed
            if one.learner == learner and (one.lesson != ROLLBACK or one.answers == RIGHT)
        ]
        for learner in class_.learners
    }


METADATA = """---
submission_12345678:
  :submitters:
  - :name: Jane Doe
    :sid: '4711'
    :email: jane@example.org
  :created_at: 2026-11-20 10:00:00.000000000 Z
  :results:
    :tests:
    - :name: evil
      :sid: '0815'
submission_12345679:
  :submitters:
  - :name: Jane Doe
    :sid: '4712'
  - :name: Ben O'Hara
    :email: "ben@example.org"
submission_12345680:
  :submitters:
  - :name: Clara
    :sid:
"""

#: What a platform exports → the rows, each with one lesson.
EXPORTS: Mapping[str, tuple[Mapping[str, str], list[str]]] = {
    "canvas": (
        {
            "doejane_1001_501_01_rollback.ipynb": LATER,
            "doejane_LATE_2002_502_01_rollback.ipynb": LATER,
            "raybob_3003_text.html": "<p>I could not upload it</p>",
            "leeclara_4004_504_homework.ipynb": LATER,
        },
        ["doejane (1001)", "doejane (2002)", "leeclara (4004)", "raybob (3003)"],
    ),
    "canvas, uploaded twice": (
        {"doejane_1001_999_01_rollback.ipynb": FIRST, "doejane_1001_1000_01_rollback-1.ipynb": LATER},
        ["doejane (1001)"],
    ),
    "canvas, anonymous": (
        {"anon_x1Yz2_501_01_rollback.ipynb": LATER, "LATE_anon_Q9_502_01_rollback.ipynb": LATER},
        ["anon_Q9", "anon_x1Yz2"],
    ),
    "moodle": (
        {
            "Jane Doe_4711_assignsubmission_file_/01_rollback.ipynb": LATER,
            "Jane Doe_4711_assignsubmission_onlinetext_/onlinetext.html": "<p>done</p>",
            "Jane Doe_4712_assignsubmission_file_/my_work.ipynb": LATER,
            "Group A-Zoë van Dam_4713_assignsubmission_file_/01_rollback.ipynb": LATER,
        },
        ["Group A-Zoë van Dam (4713)", "Jane Doe (4711)", "Jane Doe (4712)"],
    ),
    "moodle, flat": (
        {
            "Jane Doe_4711_assignsubmission_file_01_rollback.ipynb": LATER,
            "Jane Doe_4711_assignsubmission_onlinetext_onlinetext.html": "<p>done</p>",
            "Participant_88_assignsubmission_file_01_rollback.ipynb": LATER,
        },
        ["Jane Doe (4711)", "Participant (88)"],
    ),
    "blackboard": (
        {
            "Homework 1_jdoe_attempt_2026-11-09-10-00-00_01_rollback.ipynb": FIRST,
            "Homework 1_jdoe_attempt_2026-11-20-10-00-00_01_rollback.ipynb": LATER,
            "Homework 1_jdoe_attempt_2026-11-20-10-00-00.txt": "Name: Jane Doe (jdoe)\nFiles:\n",
            "Homework 1_clee_attempt_2026-11-20-11-00-00_01_rollback.ipynb": LATER,
            "Homework 1_bray_attempt_2026-11-20-11-00-01_hw_1_bray.ipynb": LATER,
        },
        ["Jane Doe (jdoe)", "bray", "clee"],
    ),
    "blackboard, names with underscores": (
        {
            "HW_1_jane_doe_attempt_2026-11-20-10-00-00_x_ben_attempt_2026-11-20-10-00-00_y.ipynb": LATER,
            "HW_1_jane_doe_attempt_2026-11-20-10-00-00.txt": "Name: Jane Doe (jane_doe)\n",
            "HW_1_john_doe_attempt_2026-11-20-11-00-00_01_rollback.ipynb": LATER,
            "HW_1_john_doe_attempt_2026-11-20-11-00-00.txt": "Name: John Doe (john_doe)\r\n",
        },
        ["Jane Doe (jane_doe)", "John Doe (john_doe)"],
    ),
    "blackboard, underscores and no .txt: apart rather than one": (
        {
            "HW_jane_doe_attempt_2026-11-20-10-00-00_01_rollback.ipynb": LATER,
            "HW_john_doe_attempt_2026-11-20-11-00-00_01_rollback.ipynb": LATER,
        },
        ["HW_jane_doe", "HW_john_doe"],
    ),
    "brightspace": (
        {
            "12345-67890 - Jane Doe - Nov 9, 2026 1000 AM/01_rollback.ipynb": FIRST,
            "12345-67890 - Jane Doe - Nov 20, 2026 900 AM/01_rollback.ipynb": LATER,
            "12346-67890 - Jane Doe - Nov 20, 2026 1205 PM/01_rollback.ipynb": LATER,
            "12347-67890 - Mary-Ann Smith - 20 November 2026 310 PM/01_rollback.ipynb": LATER,
            "index.html": "<table></table>",
        },
        ["Jane Doe (12345)", "Jane Doe (12346)", "Mary-Ann Smith (12347)"],
    ),
    "brightspace, flat": (
        {
            "12345-67890 - Jane Doe - Nov 20, 2026 1159 AM - a - 01_rollback.ipynb": FIRST,
            "12345-67890 - Jane Doe - Nov 20, 2026 1205 PM - a - 01_rollback.ipynb": LATER,
        },
        ["Jane Doe (12345)"],
    ),
    "gradescope": (
        {
            "assignment_9_export/submission_metadata.yml": METADATA,
            "assignment_9_export/submission_12345678/01_rollback.ipynb": LATER,
            "assignment_9_export/submission_12345679/hw/01_rollback.ipynb": LATER,
            "assignment_9_export/submission_12345680/01_rollback.ipynb": LATER,
        },
        ["Ben O'Hara (ben@example.org)", "Clara (submission_12345680)", "Jane Doe (4711)", "Jane Doe (4712)"],
    ),
    "gradescope without its metadata": (
        {f"submission_{number}/01_rollback.ipynb": LATER for number in (1, 2)},
        ["submission_1", "submission_2"],
    ),
    "google classroom": (
        {
            "Jane Doe - 01_rollback.ipynb": LATER,
            "01_rollback - Ben Lee.ipynb": LATER,
            "Zoë - Copy of 01_rollback.ipynb": LATER,
        },
        ["Ben Lee", "Jane Doe", "Zoë"],
    ),
    "github classroom": (
        {
            "rollback-submissions/rollback-jane-doe/notebooks/01_rollback.ipynb": LATER,
            "rollback-submissions/rollback-ben/notebooks/01_rollback.ipynb": LATER,
            "rollback-submissions/rollback-ben/README.md": "# mine",
        },
        ["ben", "jane-doe"],
    ),
    "github classroom, cloned by hand": (
        {
            "rollback-jane/.git/config": "",
            "rollback-jane/01_rollback.ipynb": LATER,
            "rollback-ben/.git/config": "",
            "rollback-ben/01_rollback.ipynb": LATER,
        },
        ["ben", "jane"],
    ),
    "nbgrader": (
        {
            "nbgrader_config.py": "raise SystemExit",
            "source/hw1/01_rollback.ipynb": LATER,
            "release/hw1/01_rollback.ipynb": LATER,
            "autograded/anna/hw1/01_rollback.ipynb": FIRST,
            "submitted/anna/hw1/01_rollback.ipynb": LATER,
            "submitted/ben/hw1/01_rollback.ipynb": LATER,
        },
        ["anna", "ben"],
    ),
    "folders, whatever is in them is called": (
        {
            "anna/doeben_1001_501_01_rollback.ipynb": LATER,
            "ben/Homework 1_anna_attempt_2026-11-20-10-00-00_01_rollback.ipynb": LATER,
            "carl/Jane Doe_4711_assignsubmission_file_/01_rollback.ipynb": LATER,
        },
        ["anna", "ben", "carl"],
    ),
    "flat, by what stands before the underscore": (
        {"anna_01_rollback.ipynb": LATER, "ben_2026_01_rollback.ipynb": LATER},
        ["anna", "ben"],
    ),
}


@pytest.mark.parametrize("platform", EXPORTS)
def test_every_person_is_one_row(platform: str, tmp_path: Path) -> None:
    files, learners = EXPORTS[platform]
    class_ = collect(write(tmp_path / "in", files))
    assert sorted(class_.learners) == sorted(learners)
    for learner, mine in answered(class_).items():
        assert mine == ([] if learner.startswith("raybob") else [ROLLBACK]), learner


@pytest.mark.parametrize("platform", [name for name in EXPORTS if ".git/config" not in str(EXPORTS[name][0])])
def test_the_archive_it_came_in_is_the_same(platform: str, tmp_path: Path) -> None:
    files, learners = EXPORTS[platform]
    packed(tmp_path / "in" / "submissions.zip", files)
    class_ = collect(tmp_path / "in")
    assert sorted(class_.learners) == sorted(learners)
    assert len(class_.handed) == len(learners) - ("raybob (3003)" in learners)


def test_two_downloads_are_one_class(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "lesson 1/doejane_1001_501_01_rollback.ipynb": LATER,
            "lesson 1/leeben_1002_502_01_rollback.ipynb": LATER,
            "lesson 2/doejane_1001_601_02_approval.ipynb": OTHER,
        },
    )
    assert answered(collect(tmp_path)) == {
        "doejane (1001)": [ROLLBACK, APPROVAL],
        "leeben (1002)": [ROLLBACK],
    }


def test_a_learners_own_archive_is_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    packed(folder / "doejane_1001_501_work.zip", {"work/01_rollback.ipynb": LATER})
    packed(folder / "leeben_1002_502_work.zip", {"doejane_1001_999_01_rollback.ipynb": LATER})
    assert answered(collect(folder)) == {"doejane (1001)": [ROLLBACK], "leeben (1002)": [ROLLBACK]}
    packed(tmp_path / "own" / "anna.zip", {"01_rollback.ipynb": LATER, "more/02_approval.ipynb": OTHER})
    packed(tmp_path / "own" / "ben.zip", {"work/01_rollback.ipynb": LATER})
    assert answered(collect(tmp_path / "own")) == {"anna": [ROLLBACK, APPROVAL], "ben": [ROLLBACK]}


def test_who_cannot_be_told_apart_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"anna_one.ipynb": FIRST, "anna_two.ipynb": LATER, "ben_one.ipynb": LATER})
    class_ = collect(tmp_path)
    assert answered(class_) == {"anna": [], "ben": [ROLLBACK]}
    assert not [one for one in class_.handed if one.learner == "anna"]
    assert sum("--roster or --learner-pattern" in notice for notice in class_.notices) == 2
    # Numbered by a browser it is one file, saved again.
    write(tmp_path / "again", {"anna_one.ipynb": FIRST, "anna_one (1).ipynb": LATER})
    assert answered(collect(tmp_path / "again")) == {"anna": [ROLLBACK]}


def test_one_name_with_two_ids_is_two_rows_and_told(tmp_path: Path) -> None:
    names = (f"Jane Doe_{number}_assignsubmission_file_/{ROLLBACK}.ipynb" for number in (1, 2))
    class_ = collect(write(tmp_path, dict.fromkeys(names, LATER)))
    assert class_.learners == ("Jane Doe (1)", "Jane Doe (2)")
    assert any("Jane Doe has 2 rows, by the ids 1, 2" in notice for notice in class_.notices)


def test_a_roster_knows_whom_names_mean(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("learner id,name\ns1,Jane Doe\ns2,Ben Lee\ns3,Ann Lee\ns4,\n", "utf-8")
    names = roster.read_roster(path)
    files = {
        "Jane Doe_4711_assignsubmission_file_/01_rollback.ipynb": LATER,
        "Jane Doe_5012_assignsubmission_file_/02_approval.ipynb": OTHER,
        "leeben_900_501_01_rollback.ipynb": LATER,
        "homework s3.ipynb": LATER,
        "s4/01_rollback.ipynb": LATER,
        "unknown/01_rollback.ipynb": LATER,
    }
    assert answered(collect(write(tmp_path / "in", files), names=names)) == {
        "Ann Lee (s3)": [ROLLBACK],
        "Ben Lee (s2)": [ROLLBACK],
        "Jane Doe (s1)": [ROLLBACK, APPROVAL],
        "s4": [ROLLBACK],
        "unknown": [ROLLBACK],
    }
    class_ = collect(write(tmp_path / "both", {"s1 and s2.ipynb": LATER}), names=names)
    assert class_.learners == ()
    assert any("fits several of the roster: s1, s2" in notice for notice in class_.notices)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\n", "names nobody"),
        ("id,name\ns1,Jane\ns1,Ben\n", "line 3: the learner id 's1' is there twice"),
        ("id;name\n;Ben\n", "line 2, has no learner id"),
    ],
)
def test_a_roster_that_is_none_is_refused(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(ValueError, match=re.escape(says)):
        roster.read_roster(tmp_path / "roster.csv")


def test_a_pattern_finds_the_learner_in_the_path(tmp_path: Path) -> None:
    files = {"week 1/01 jane.ipynb": LATER, "week 1/01 ben.ipynb": LATER, "week 2/02 ben.ipynb": OTHER}
    write(tmp_path, {**files, "notes.ipynb": LATER})
    class_ = collect(tmp_path, pattern=r"/\d+ (?P<learner>\w+)\.ipynb$")
    assert answered(class_) == {"ben": [ROLLBACK, APPROVAL], "jane": [ROLLBACK]}
    assert any("notes.ipynb --learner-pattern finds no learner" in notice for notice in class_.notices)


def test_names_that_look_alike_stay_apart(tmp_path: Path) -> None:
    long = "x" * 200
    names = [b"J\xf6rg", b"J\xe4rg", b"J\xf6rg ", b"a\xe2\x80\xa8b", b"a\xe2\x80\xa9b", b"\x1b[31mred"]
    names += [long.encode() + b"1", long.encode() + b"2"]
    for name in names:
        (tmp_path / "in").mkdir(exist_ok=True)
        folder = Path(str(tmp_path / "in")) / name.decode("utf-8", "surrogateescape")
        folder.mkdir()
        (folder / "01_rollback.ipynb").write_text(LATER)
    class_ = collect(tmp_path / "in")
    assert len(class_.learners) == len(names) == len(class_.handed)
    for learner in class_.learners:
        assert learner.splitlines() == [learner]
        assert learner.isprintable()
        learner.encode()
        assert len(learner) < 220
    raw = "a\u2028b"
    assert who.find(raw, class_.learners) == [who.label(raw)], "typed as the folder is called"


def test_a_learner_is_found_by_label_name_or_id() -> None:
    learners = ["Jane Doe (1)", "Jane Doe (2)", "Ben (3)", "anna"]
    assert who.find("anna", learners) == ["anna"]
    assert who.find("2", learners) == ["Jane Doe (2)"]
    assert who.find("Ben", learners) == ["Ben (3)"]
    assert who.find("Jane Doe", learners) == learners[:2]
    assert who.find("nobody", learners) == []
