"""Notebooks as files, and the grammar of the cells' ids, which others rely on."""

from pathlib import Path

import nbformat
import pytest

from checks import notebook
from checks.lessons import exercises


@pytest.mark.parametrize("role", ["answer", "check", "ask"])
def test_an_id_is_read_as_it_was_written(role: str) -> None:
    for id_ in exercises():
        if not id_.startswith("bank."):
            assert notebook.named(notebook.cell_id(id_, role)) == (id_, role)


def test_ids_are_those_of_the_contract() -> None:
    assert notebook.cell_id("rollback.3", "answer") == "rollback-3-answer"
    assert notebook.named("test-approval-quiz") == ("test.approval", "quiz")


@pytest.mark.parametrize(
    "other", ["", "rollback-3", "rollback-3-answer-2", "rollback-x-answer", "Rollback-3-answer", None, 3]
)
def test_other_ids_are_nobodys(other: object) -> None:
    assert notebook.named(other) == ("", "")


def test_anything_may_stand_in_metadata() -> None:
    cell = nbformat.v4.new_code_cell("x")
    assert notebook.tag(cell) == {}
    cell.metadata["workbook"] = "rollback"
    assert notebook.tag(cell) == {}
    cell.metadata["workbook"] = {"exercise": "rollback.3", "role": "check"}
    assert notebook.tagged_id(cell) == "rollback-3-check"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1", id="one")])
    notebook.write(path, made)
    assert notebook.read(path).cells[0].source == "x = 1"
    before = path.read_bytes()
    assert before.endswith(b"}\n")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(notebook, "to_text", full)
    with pytest.raises(OSError, match="No space"):
        notebook.write(path, made)
    assert path.read_bytes() == before
