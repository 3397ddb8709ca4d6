"""From solutions to a learner's copy: answers are taken out, and no learner's answer is ever lost."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from checks import authoring
from checks.lessons import exercises


def tagged(exercise: str, role: str, source: str) -> nbformat.NotebookNode:
    return new_code_cell(
        source,
        id=f"{exercise.replace('.', '-')}-{role}",
        metadata={"workbook": {"exercise": exercise, "role": role}},
        outputs=[new_output("stream", text="secret")],
        execution_count=7,
    )


def solution() -> nbformat.NotebookNode:
    return new_notebook(
        cells=[
            new_markdown_cell("# Lesson", id="intro"),
            tagged("rollback.2", "answer", "current_version = 'v3'"),
            tagged("rollback.2", "check", 'check("rollback.2")'),
            tagged("approval.1", "ask", 'ask("approval.1", "transition_model_version_stage")'),
        ]
    )


def test_answers_and_outputs_are_taken_out() -> None:
    before = solution()
    _, answer, check, ask = authoring.hand_out(before).cells
    step = exercises()["rollback.2"]
    assert answer.source == step.starter.rstrip("\n") and answer.outputs == []  # type: ignore[attr-defined]
    assert check.source == 'check("rollback.2")' and ask.source == 'ask("approval.1")'
    for cell in (check, ask):
        (face,) = cell.outputs
        assert face["data"]["text/plain"].endswith(": unanswered")
    assert before == solution(), "the solution itself is left alone"


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    authoring.write(folder / "01.ipynb", authoring.hand_out(solution()))
    return folder


@pytest.fixture
def work(tmp_path: Path, notebooks: Path) -> Path:
    folder = tmp_path / "work"
    assert list(authoring.fill_work(notebooks, folder)) == []
    return folder


def answer(path: Path, sources: dict[str, str]) -> None:
    notebook = authoring.read(path)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id, cell.source)
    authoring.write(path, notebook)


def upstream_changes(notebooks: Path) -> None:
    changed = solution()
    changed.cells.insert(1, new_markdown_cell("A paragraph more", id="more"))
    authoring.write(notebooks / "01.ipynb", authoring.hand_out(changed))


ANSWERS = {
    "rollback-2-answer": "current_version = 'mine'",
    "approval-1-ask": 'ask("approval.1", "get_model_version")',
}


def test_an_unchanged_lesson_is_left_as_it_is(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    before = (work / "01.ipynb").read_bytes()
    assert list(authoring.fill_work(notebooks, work)) == []
    assert (work / "01.ipynb").read_bytes() == before
    assert [path.name for path in work.iterdir()] == ["01.ipynb"]


def test_a_changed_lesson_is_renewed_with_the_answers_carried_over(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    before = (work / "01.ipynb").read_bytes()
    upstream_changes(notebooks)
    (line,) = authoring.fill_work(notebooks, work)
    assert line == "01.ipynb has changed: renewed with 2 answers carried over; the old file is 01.old.ipynb"
    renewed = {cell.id: cell for cell in authoring.read(work / "01.ipynb").cells}
    assert "more" in renewed
    assert {id_: renewed[id_].source for id_ in ANSWERS} == ANSWERS
    assert renewed["approval-1-ask"].outputs == [], "an unanswered face beside an answer would be untrue"
    assert (work / "01.old.ipynb").read_bytes() == before
    assert list(authoring.fill_work(notebooks, work)) == []


def test_every_old_file_is_kept(notebooks: Path, work: Path) -> None:
    upstream_changes(notebooks)
    list(authoring.fill_work(notebooks, work))
    authoring.write(notebooks / "01.ipynb", authoring.hand_out(solution()))
    list(authoring.fill_work(notebooks, work))
    assert {path.name for path in work.iterdir()} == {"01.ipynb", "01.old.ipynb", "01.old-2.ipynb"}


def test_an_unanswered_cell_takes_the_new_text(notebooks: Path, work: Path) -> None:
    upstream_changes(notebooks)
    (line,) = authoring.fill_work(notebooks, work)
    assert "0 answers carried over" in line


def test_a_file_that_cannot_be_read_is_kept_and_replaced(notebooks: Path, work: Path) -> None:
    (work / "01.ipynb").write_text("{ half a notebook")
    (line,) = authoring.fill_work(notebooks, work)
    assert line.startswith("01.ipynb could not be read")
    assert (work / "01.old.ipynb").read_text() == "{ half a notebook"
    assert len(authoring.read(work / "01.ipynb").cells) == 4


def test_a_file_that_only_breaks_the_schema_is_left_alone(notebooks: Path, work: Path) -> None:
    text = (work / "01.ipynb").read_text("utf-8").replace('"cell_type"', '"stray": 1, "cell_type"', 1)
    (work / "01.ipynb").write_text(text, "utf-8")
    assert list(authoring.fill_work(notebooks, work)) == []


def test_answers_are_found_where_ids_were_dropped_and_metadata_is_odd(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    notebook = json.loads((work / "01.ipynb").read_text("utf-8"))
    notebook["nbformat_minor"], notebook["metadata"]["workbook"] = 4, "x"
    for cell in notebook["cells"]:
        del cell["id"]
    (work / "01.ipynb").write_text(json.dumps(notebook), "utf-8")
    (line,) = authoring.fill_work(notebooks, work)
    assert "2 answers carried over" in line
