"""The worker's process by itself: it ends with its run, or with whoever started it."""

import subprocess
import sys
from pathlib import Path

from checks.world.durable import place

SETTINGS = {"run": "approval-1", "approvers": ["alice"], "quorum": 1, "seconds": 60.0}


def started(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    database = f"sqlite:///{folder.as_posix()}/approval.sqlite"
    place.keep(folder, "settings", {**SETTINGS, "database": database})
    (folder / "rules.py").write_text("def wait_for_decision(receive, *_):\n    receive(60.0)\n")
    command = [sys.executable, "-m", "checks.world.durable", str(folder), *options]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def test_it_ends_when_its_run_has_ended(tmp_path: Path) -> None:
    process = started(tmp_path, "--plain")
    process.communicate(b"alice approve\n", timeout=60)
    assert process.returncode == 0
    assert place.happened(tmp_path) == ["began", "train_model", "waits", "got", "deploy_model", "ended"]


def test_it_ends_when_whoever_started_it_is_gone(tmp_path: Path) -> None:
    process = started(tmp_path)
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert "ended" not in place.happened(tmp_path)
