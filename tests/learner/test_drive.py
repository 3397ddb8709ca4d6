"""The record on a copy in memory: what one notebook writes, another that is open does not lose."""

import json
from pathlib import Path

from checks.catalogue import VARIABLE
from checks.exercise import Verdict
from checks.learner.drive import HOME, DriveRecord, open_record
from checks.learner.record import FILE, Record
from checks.vocabulary import PROGRESS

RIGHT = Verdict("correct", "Yes.")


def test_two_open_notebooks_keep_each_others_attempts(tmp_path: Path) -> None:
    kept = tmp_path / FILE
    one, other = DriveRecord(kept), DriveRecord(kept)
    one.record_attempt("t.1", "x = 1", RIGHT)
    other.record_attempt("t.2", "x = 2", RIGHT)
    assert {attempt.exercise for attempt in Record(kept).attempts()} == {"t.1", "t.2"}


def test_what_is_kept_is_there_when_a_notebook_is_opened_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(PROGRESS, raising=False)
    open_record().record_attempt("t.1", "x = 1", RIGHT)
    assert open_record().done() == {"t.1"}
    assert {path.name for path in tmp_path.iterdir()} == {FILE, HOME}


def test_the_course_home_is_kept_beside_it_as_far_as_the_learner_is(tmp_path: Path) -> None:
    record = DriveRecord(tmp_path / FILE)
    assert record.done() == frozenset()
    assert not list(tmp_path.iterdir()), "nothing has changed"
    record.record_attempt("rollback.1", "x = 1", RIGHT)
    home = (tmp_path / HOME).read_text("utf-8")
    assert home.isascii()
    assert json.loads(home)["words"] == {}
    states = {mark["state"] for lesson in json.loads(home)["lessons"] for mark in lesson["marks"]}
    assert states == {"solved", "open"}


def test_the_home_is_in_the_learners_language_as_soon_as_a_kernel_is_there(
    tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "de").mkdir()
    monkeypatch.chdir(tmp_path / "de")
    for variable in (PROGRESS, VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    open_record()
    assert json.loads((tmp_path / "de" / HOME).read_text("utf-8"))["words"]
    assert not (tmp_path / "de" / FILE).exists(), "nothing was answered"
