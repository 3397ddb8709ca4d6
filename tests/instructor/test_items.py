"""Submissions as pytest items: the verdicts of `workbook grade`, and hostile notebooks that stay inside."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from checks.notebook import ROOT
from tests.helpers.contained import Walls
from tests.helpers.graded import grade, rows
from tests.helpers.handed_in import all_right, hand_in, mixed, notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


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
    command += [
        "--color=no",
        "-o",
        f"cache_dir={tmp_path}",
        "--junitxml",
        str(tmp_path / "junit.xml"),
        *options,
    ]
    run = (
        walls.run
        if walls
        else lambda c, **more: subprocess.run(c, capture_output=True, text=True, check=False, **more)
    )
    done = run(command, cwd=tmp_path)
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]
    assert "error" not in done.stdout.splitlines()[-1], done.stdout[-3000:]
    assert "\nFORGED" not in done.stdout  # from a kernel, past what reads its messages
    assert not {"\x1b", "\r", "\x07"} & set(done.stdout + (tmp_path / "junit.xml").read_text())
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
    before = set(Path("/tmp").glob("wb-*"))  # of others, who may be at work or were killed
    found = nbval(folder, tmp_path, "--nbval-cell-timeout", "5", walls=behind)
    for name in attacks:
        assert not found[name, "rollback.2"], name
        assert not found[name, "Cell 3"], name  # the cell that attacks
        assert found[name, "rollback.1"]
        assert found[name, "rollback.3"]  # whatever became of the kernel
    assert all(passed for (learner, _), passed in found.items() if learner == "anna")
    assert not any(passed for (learner, _), passed in found.items() if learner == "broken")
    assert not list(tmp_path.rglob("PWNED"))
    assert set(Path("/tmp").glob("wb-*")) <= before  # what host and kernel share is gone


def test_without_bubblewrap_there_is_one_sentence(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    (tmp_path / "bin").mkdir()
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--grade", "in", "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PATH": str(tmp_path / "bin"), "TMPDIR": str(tmp_path / "temporary")},
    )
    assert done.returncode == 4, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert re.match(
        r"ERROR: (There is no sandbox here|The sandbox cannot be started)\. Install bubblewrap", line
    )
    assert "--grade-no-sandbox" in line
    assert not list((tmp_path / "temporary").iterdir())
