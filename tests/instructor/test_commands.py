"""The instructor's commands refuse what makes no sense, and say what does."""

import subprocess
import sys
from pathlib import Path

from tests.helpers.handed_in import hand_in, notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"


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
