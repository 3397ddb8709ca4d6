"""The command as a whole: what it says for itself, and its exit codes."""

import subprocess
import sys


def test_the_command_is_installed_and_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "lab" in done.stdout and "status" in done.stdout
    usage = subprocess.run([sys.executable, "-m", "checks.cli", "status", "--x"], capture_output=True)
    assert usage.returncode == 2
