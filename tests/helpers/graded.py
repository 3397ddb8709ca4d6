"""Grades a class with the command itself, or through nbval, and reads what that wrote."""

import csv
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from tests.helpers.contained import Walls


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
    return {(learner_of(case), case.attrib["name"]): not len(case.findall("failure")) for case in cases}


def learner_of(case: ET.Element) -> str:
    return case.attrib["classname"].split("/")[0].split(".0")[0]
