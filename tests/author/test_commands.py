"""The author's commands: the bank is exported, or it is said why not."""

from pathlib import Path

import pytest

from checks import cli
from checks.lessons import bank_questions

IDS = [question.id for question in bank_questions()]


@pytest.mark.parametrize("format", ["moodle", "gift", "qti", "anki"])
def test_the_command_exports(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bank"
    assert cli.main(["export", "--format", format, str(out)]) == 0
    assert out.stat().st_size > 10_000
    assert f"{len(IDS)} questions written" in capsys.readouterr().out
    assert cli.main(["export", "--format", format, str(tmp_path / "no" / "bank")]) == 1
    assert "cannot be written" in capsys.readouterr().out
