"""The learner's commands: what stands behind `lab`, how far `status` says one is, where `decide` decides."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks import cli, notebook
from checks.exercise import Verdict
from checks.learner import commands, environment, work
from checks.learner.record import Record
from checks.lessons import bank_questions
from checks.notebook import NOTEBOOKS

IDS = [question.id for question in bank_questions()]


def _in_the_past(record: Record, ids: list[str]) -> None:
    record.record_asked("quiz None 1", [(id_, ("a",), Verdict("wrong", "")) for id_ in ids])
    with record._open() as connection:
        connection.execute("UPDATE events SET at = '2026-01-01T12:00:00.000+00:00'")


def test_status_says_how_many_are_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", str(tmp_path)]) == 0
    assert "due" not in capsys.readouterr().out
    _in_the_past(Record(tmp_path / ".progress.sqlite"), IDS[:2])
    assert cli.main(["status", str(tmp_path)]) == 0
    assert "2 questions are due: `review()`" in capsys.readouterr().out


def test_what_stands_behind_lab_is_handed_to_jupyterlab(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    installed: list[bool] = []
    monkeypatch.setenv("PATH", os.environ["PATH"])  # put back afterwards
    monkeypatch.setattr(work, "fill_work", lambda work: iter(()))
    monkeypatch.setattr(environment, "install", lambda: installed.append(True))
    monkeypatch.setattr(commands, "_become", lambda command: called.append(command) or 0)
    assert cli.main(["lab", "--no-browser", "--port", "8899"]) == 0
    assert called[0][-3:] == ["--no-browser", "--port", "8899"]
    assert called[0][-4].endswith("00_start_here.ipynb")
    # JupyterLab's terminals find `workbook`.
    assert os.environ["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert installed


def test_a_folder_of_ones_own_where_the_course_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(commands, "_become", lambda command: called.append(command) or 0)
    (tmp_path / "file").touch()
    assert cli.main(["lab", "--work", str(tmp_path / "file" / "below")]) == 1  # root writes anywhere else
    assert "cannot be filled" in (said := capsys.readouterr().out)
    assert "workbook lab --work" in said
    assert not called
    assert cli.main(["lab", "--work", str(tmp_path / "mine"), "--no-browser"]) == 0
    assert str(tmp_path / "mine" / "00_start_here.ipynb") in called[0]
    assert (tmp_path / "mine" / "00_start_here.ipynb").exists()


def test_the_help_of_lab_is_ours_and_names_jupyterlabs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["lab", "--help"])
    assert ended.value.code == 0
    assert "`jupyter lab --help`" in capsys.readouterr().out


def test_decide_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere"
    assert cli.main(["decide", "v3", "approve", "--by", "bob", "--folder", str(missing)]) == 1
    assert "there is no folder" in capsys.readouterr().out
    with pytest.raises(SystemExit) as usage:
        cli.main(["decide", "v3", "maybe", "--by", "bob"])
    assert usage.value.code == 2


def test_update_fills_a_folder_and_says_what_it_renewed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    assert cli.main(["update", "--work", str(mine)]) == 0
    assert capsys.readouterr().out == f"The lessons in {mine} are up to date.\n"
    assert {path.name for path in mine.iterdir()} == {path.name for path in NOTEBOOKS.glob("*.ipynb")}
    (mine / "01_rollback.ipynb").write_text("no notebook")
    assert cli.main(["update", "--work", str(mine)]) == 0
    assert "01_rollback.ipynb could not be read: renewed" in capsys.readouterr().out


def test_outside_a_clone_the_work_is_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notebook.work() == notebook.ROOT / "work", "in a clone wherever one is"
    monkeypatch.setattr(notebook, "IN_A_CLONE", False)
    monkeypatch.chdir(tmp_path)
    assert notebook.work() == tmp_path / "work"
    (tmp_path / notebook.FIRST).touch()
    assert notebook.work() == tmp_path, "no work/ in work/"


def test_what_ends_the_command_ends_jupyterlab_itself() -> None:
    code = "from checks.learner import commands; import sys; commands._become([sys.executable, '-c', {!r}])"
    done = subprocess.Popen(
        [sys.executable, "-c", code.format("import os; print(os.getpid())")],
        stdout=subprocess.PIPE,
        text=True,
    )
    said, _ = done.communicate(timeout=60)
    assert said == f"{done.pid}\n" or os.name != "posix"
