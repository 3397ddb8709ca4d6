"""An author sees what learners will: the verdict on a file, and the card in every state."""

import re
from pathlib import Path

import pytest

from checks import cli
from checks.author import preview
from checks.exercise import Choice, FillIn, Step
from checks.lessons import exercises


@pytest.mark.parametrize(
    ("id_", "text", "status", "told"),
    [
        ("order.1", "def version_number(version):\n    return int(version[1:])", "correct", None),
        ("order.1", "def version_number(version):\n    return version[1:]", "wrong", "order.1/still-text"),
        ("approval.2", "status\n", "wrong", "approval.2/status"),
        ("approval.2", 'ask("approval.2", "current_stage")', "correct", None),
        ("bank.stage-case", "d", "wrong", "bank.stage-case/refused"),
        ("order.1", "", "not_attempted", None),
    ],
)
def test_the_answer_in_a_file_is_judged(id_: str, text: str, status: str, told: str | None) -> None:
    verdict, raised = preview.judged(exercises()[id_], text)
    assert (verdict.status, verdict.misconception, raised) == (status, told, [])


def test_the_verdict_is_printed_and_is_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").write_text("status")
    assert cli.main(["try", "approval.2", str(tmp_path / "a")]) == 1
    said = capsys.readouterr().out
    assert said.startswith(
        "approval.2 Fetch the approved versions: wrong\napproval.2/status\n\n`status` tells"
    )
    assert "**Try:**" in said
    (tmp_path / "a").write_text("current_stage")
    assert cli.main(["try", "approval.2", str(tmp_path / "a")]) == 0
    assert cli.main(["try", "approval.2", str(tmp_path / "b")]) == 2
    assert "cannot be read" in capsys.readouterr().out
    assert cli.main(["try", "aproval.2", str(tmp_path / "a")]) == 2
    assert "there is no exercise 'aproval.2'. Is it approval.2 or" in capsys.readouterr().out


@pytest.mark.parametrize("id_", ["rollback.2", "start.2", "pipeline.1"])
def test_the_page_shows_every_state(id_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise = exercises()[id_]
    assert isinstance(exercise, Step | FillIn | Choice)
    assert cli.main(["preview", id_, "--out", str(tmp_path / "page.html")]) == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    states = re.findall("<h2>(.*)</h2>", page)
    assert states[0] == "unanswered" and states[-1] == "with every hint and the explanation"
    assert "right, told correct" in states
    for one in exercise.misconceptions:
        assert f"wrong: {one.id}, told {id_}/{one.id}" in states
    assert page.count("✗ Not yet") >= len(exercise.misconceptions)
    assert exercise.hints[-1].split("`")[0] in page
    assert cli.main(["preview", id_, "--out", str(tmp_path / "no" / "page.html")]) == 1
    assert "cannot be written" in capsys.readouterr().out
