"""Grades a class with the command itself, and reads the gradebook that it wrote."""

import csv
import subprocess
import sys
from pathlib import Path


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
