"""A copy of the course in a folder of its own, in which an author may slip, and the commands run there."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from checks.notebook import ROOT


@dataclass(frozen=True)
class Course:
    """The copy's root."""

    root: Path

    def change(self, file: str, old: str, new: str, at: str) -> str:
        """Put `new` in place of `old`, which stands there; the place of `at` then, as faults name it."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, (file, old)
        text = text.replace(old, new, 1)
        assert at in text, (file, at)
        path.write_text(text, encoding="utf-8")
        line = text[: text.index(at)].count("\n") + 1
        return f"{path.parent.name}/{path.name}, line {line}: "

    def run(self, *words: str, text: str = "") -> tuple[int, str]:
        """Run `workbook …`: its exit code, and what it said. A traceback is a fault of ours."""
        done = subprocess.run(
            [sys.executable, "-m", "checks.cli", *words],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root)},
            input=text,
            capture_output=True,
            text=True,
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
        return done.returncode, done.stdout


def copy(to: Path) -> Course:
    """A copy of what authors write and run."""
    for folder in ("checks", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return Course(to)
