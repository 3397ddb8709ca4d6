"""The command as a whole: what it says for itself, and its exit codes."""

import json
import subprocess
import sys
import tomllib

import pytest

from checks import cli
from checks.notebook import ROOT

COMMANDS = (
    *("lab", "update", "status", "decide", "grade", "override", "worker"),
    *("new", "notebooks", "try", "preview", "export"),
)
#: Commands of a command.
FURTHER = [["new", what] for what in ("exercise", "lesson", "question", "cells")]


def test_the_command_is_installed_and_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert all(command in done.stdout for command in COMMANDS)
    usage = subprocess.run([sys.executable, "-m", "checks.cli", "status", "--x"], capture_output=True)
    assert usage.returncode == 2


def test_alone_it_says_what_there_is_to_do_for_each_of_the_three(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert len(said.splitlines()) < 10
    for command in ("lab", "status", "grade", "new", "notebooks", "try", "preview", "export"):
        assert command in said


@pytest.mark.parametrize("words", [[command] for command in COMMANDS] + FURTHER + [[]])
def test_every_help_ends_with_an_example(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*words, "--help"])
    assert ended.value.code == 0
    *_, title, example = capsys.readouterr().out.strip().splitlines()
    assert title == "example:"
    assert example.startswith(" ".join(["  workbook", *words]))


@pytest.mark.parametrize("words", [["--x"], ["grade", "in", "--x"], ["nonsense"], ["worker"]])
def test_what_no_command_takes_is_a_mistake_in_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2


def test_the_version_is_the_projects_and_the_extensions(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert capsys.readouterr().out == f"mlops-workbook {version}\n"
    assert (
        json.loads((ROOT / "checks/learner/home/page/package.json").read_text("utf-8"))["version"] == version
    )
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
