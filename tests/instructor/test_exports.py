"""What platforms export, built anew as they name it: every person is one row."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers.collected import FIRST, LATER, ROLLBACK, answered, collect, packed, write

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
    "canvas, names that end in a number": (
        {
            "student_1_1001_501_01_rollback.ipynb": LATER,
            "student_1_LATE_2002_502_01_rollback.ipynb": LATER,
            "student_2_3003_503_2026_01_rollback.ipynb": LATER,
            "leeclara_7_504_01_rollback.ipynb": LATER,
        },
        ["student_1 (1001)", "student_1 (2002)", "student_2 (3003)", "leeclara (7)"],
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
