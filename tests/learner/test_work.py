"""A learner's copy: filled, renewed where a lesson changed, and no answer is ever lost."""

import copy
import json
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from checks import answers, catalogue
from checks.author.notebooks import hand_out
from checks.learner.work import carry_over, fill_work
from checks.notebook import in_language, read, write
from tests.helpers.handed_in import saved_by_vscode
from tests.helpers.lesson import solution, tagged


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write(folder / "01.ipynb", hand_out(solution()))
    return folder


@pytest.fixture
def work(tmp_path: Path, notebooks: Path) -> Path:
    folder = tmp_path / "work"
    assert list(fill_work(folder, notebooks)) == []
    return folder


def answer(path: Path, sources: dict[str, str]) -> None:
    notebook = read(path)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id, cell.source)
    write(path, notebook)


def upstream_changes(notebooks: Path) -> None:
    changed = solution()
    changed.cells.insert(1, new_markdown_cell("A paragraph more", id="more"))
    write(notebooks / "01.ipynb", hand_out(changed))


ANSWERS = {
    "rollback-2-answer": "current_version = 'mine'",
    "approval-1-ask": 'ask("approval.1", "get_model_version")',
}


def test_an_unchanged_lesson_is_left_as_it_is(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    before = (work / "01.ipynb").read_bytes()
    assert list(fill_work(work, notebooks)) == []
    assert (work / "01.ipynb").read_bytes() == before
    assert [path.name for path in work.iterdir()] == ["01.ipynb"]


def test_a_changed_lesson_is_renewed_with_the_answers_carried_over(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    before = (work / "01.ipynb").read_bytes()
    upstream_changes(notebooks)
    (line,) = fill_work(work, notebooks)
    assert line == "01.ipynb has changed: renewed with 2 answers carried over; the old file is 01.old.ipynb"
    renewed = {cell.id: cell for cell in read(work / "01.ipynb").cells}
    assert "more" in renewed
    assert {id_: renewed[id_].source for id_ in ANSWERS} == ANSWERS
    assert renewed["approval-1-ask"].outputs == [], "an unanswered face beside an answer would be untrue"
    assert (work / "01.old.ipynb").read_bytes() == before
    assert list(fill_work(work, notebooks)) == []


def test_a_lesson_is_given_in_the_learners_language_and_keeps_its_answers(
    notebooks: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(work / "01.ipynb", ANSWERS)
    german = solution()
    german.cells.insert(0, new_markdown_cell("Auf Deutsch", id="deutsch"))
    in_language("de", notebooks).mkdir()
    write(in_language("de", notebooks) / "01.ipynb", hand_out(german))
    write(notebooks / "02.ipynb", hand_out(solution()))
    monkeypatch.setattr(catalogue, "_now", "de")
    (line,) = fill_work(work, notebooks)
    assert "2 Antworten übernommen" in line
    renewed = read(work / "01.ipynb")
    assert renewed.cells[0].source == "Auf Deutsch"
    assert ANSWERS["rollback-2-answer"] in [cell.source for cell in renewed.cells]
    assert list(fill_work(work, notebooks)) == []
    assert sorted(path.name for path in work.iterdir()) == ["01.ipynb", "01.old.ipynb", "02.ipynb"]


def test_an_untouched_lesson_changes_its_language_without_a_word(
    notebooks: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = solution()
    german.cells.insert(0, new_markdown_cell("Auf Deutsch", id="deutsch"))
    in_language("de", notebooks).mkdir()
    write(in_language("de", notebooks) / "01.ipynb", hand_out(german))
    for code, first in (("de", "Auf Deutsch"), ("en", read(notebooks / "01.ipynb").cells[0].source)):
        monkeypatch.setattr(catalogue, "_now", code)
        assert list(fill_work(work, notebooks)) == []
        assert read(work / "01.ipynb").cells[0].source == first
    assert [path.name for path in work.iterdir()] == ["01.ipynb"]


def test_every_old_file_is_kept(notebooks: Path, work: Path) -> None:
    upstream_changes(notebooks)
    list(fill_work(work, notebooks))
    write(notebooks / "01.ipynb", hand_out(solution()))
    list(fill_work(work, notebooks))
    assert {path.name for path in work.iterdir()} == {"01.ipynb", "01.old.ipynb", "01.old-2.ipynb"}


def test_an_unanswered_cell_takes_the_new_text(notebooks: Path, work: Path) -> None:
    upstream_changes(notebooks)
    (line,) = fill_work(work, notebooks)
    assert "0 answers carried over" in line


def test_a_file_that_cannot_be_read_is_kept_and_replaced(notebooks: Path, work: Path) -> None:
    (work / "01.ipynb").write_text("{ half a notebook")
    (line,) = fill_work(work, notebooks)
    assert line.startswith("01.ipynb could not be read")
    assert (work / "01.old.ipynb").read_text() == "{ half a notebook"
    assert len(read(work / "01.ipynb").cells) == 4


def test_a_file_that_only_breaks_the_schema_is_left_alone(notebooks: Path, work: Path) -> None:
    text = (work / "01.ipynb").read_text("utf-8").replace('"cell_type"', '"stray": 1, "cell_type"', 1)
    (work / "01.ipynb").write_text(text, "utf-8")
    assert list(fill_work(work, notebooks)) == []


def test_answers_are_found_where_ids_were_dropped_and_metadata_is_odd(notebooks: Path, work: Path) -> None:
    answer(work / "01.ipynb", ANSWERS)
    notebook = json.loads((work / "01.ipynb").read_text("utf-8"))
    notebook["nbformat_minor"], notebook["metadata"]["workbook"] = 4, "x"
    for cell in notebook["cells"]:
        del cell["id"]
    (work / "01.ipynb").write_text(json.dumps(notebook), "utf-8")
    (line,) = fill_work(work, notebooks)
    assert "2 answers carried over" in line


def without_names(path: Path) -> None:
    """As a front end leaves a notebook that keeps neither ids nor metadata."""
    notebook = json.loads(path.read_text("utf-8"))
    notebook["nbformat_minor"], notebook["metadata"] = 4, {}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    path.write_text(json.dumps(notebook), "utf-8")


def test_a_notebook_that_only_lost_its_metadata_keeps_its_cells_and_has_not_changed(
    notebooks: Path, work: Path
) -> None:
    answer(work / "01.ipynb", ANSWERS)
    notebook = read(work / "01.ipynb")
    notebook.cells.insert(1, new_code_cell("print('mine')"))
    notebook.cells.append(new_markdown_cell("My notes"))
    notebook.metadata = {}
    write(work / "01.ipynb", notebook)
    before = (work / "01.ipynb").read_bytes()
    assert list(fill_work(work, notebooks)) == []
    assert (work / "01.ipynb").read_bytes() == before
    # The cells' names are gone too: they come back, and what is the learner's stays in its place.
    without_names(work / "01.ipynb")
    (line,) = fill_work(work, notebooks)
    assert line.startswith("01.ipynb had lost the names of its cells: renewed with 2 answers carried over")
    renewed = read(work / "01.ipynb")
    assert [cell.source for cell in renewed.cells] == [
        "# Lesson",
        "print('mine')",
        ANSWERS["rollback-2-answer"],
        'check("rollback.2")',
        ANSWERS["approval-1-ask"],
        "My notes",
    ]
    assert [cell.id for cell in renewed.cells][2:5] == [
        "rollback-2-answer",
        "rollback-2-check",
        "approval-1-ask",
    ]
    assert list(fill_work(work, notebooks)) == []


OTHERWISE = {
    "above the check, in its cell": {"rollback-2-check": "current_version = 'mine'\ncheck(\"rollback.2\")"},
    "in a cell of one's own above": {"intro": ("current_version = 'mine'",)},
    "in a cell of one's own below": {"rollback-2-check": ("current_version = 'mine'",)},
    "in a copy of the answer cell": {"rollback-2-answer": ("current_version = 'mine'", "answer")},
}


@pytest.mark.parametrize("where", OTHERWISE)
@pytest.mark.parametrize("named", [True, False])
def test_what_grading_finds_is_carried_over(where: str, named: bool, notebooks: Path, work: Path) -> None:
    notebook = read(work / "01.ipynb")
    for id_, change in OTHERWISE[where].items():
        at = next(number for number, cell in enumerate(notebook.cells) if cell.id == id_)
        if isinstance(change, str):
            notebook.cells[at].source = change
            continue
        tags = {"workbook": {"exercise": "rollback.2", "role": "answer"}} if change[1:] else {}
        notebook.cells.insert(at + 1, new_code_cell(change[0], metadata=tags))
    write(work / "01.ipynb", notebook)
    if not named:
        without_names(work / "01.ipynb")
    found = answers.Reading(
        answers.cells_of(json.loads((work / "01.ipynb").read_text("utf-8"))),
        {"rollback.2": "# Write your answer here"},
    ).step("rollback.2")
    upstream_changes(notebooks)
    (line,) = fill_work(work, notebooks)
    assert "1 answer carried over" in line
    renewed = {cell.id: cell.source for cell in read(work / "01.ipynb").cells}
    assert renewed["rollback-2-answer"].strip() == str(found.source).strip() == "current_version = 'mine'"


def test_the_line_of_a_test_comes_over_as_it_was_drawn(tmp_path: Path, notebooks: Path) -> None:
    lesson = read(notebooks / "01.ipynb")
    lesson.cells.append(tagged("test.approval", "quiz", 'quiz("approval", seed=7)'))
    old = copy.deepcopy(lesson)
    line = 'quiz("approval", seed=9, of=53, answers="bd")'
    old.cells[-1].source = "# mine\nx = 1"
    old.cells.append(new_code_cell(line))
    assert carry_over(old, lesson) == 1
    assert lesson.cells[-1].source == line


@pytest.mark.parametrize("tags", [True, False])
def test_what_vscode_saved_is_left_as_it_is_and_renewed(notebooks: Path, work: Path, tags: bool) -> None:
    answer(work / "01.ipynb", ANSWERS)
    saved = saved_by_vscode(json.loads((work / "01.ipynb").read_text("utf-8")), tags)
    (work / "01.ipynb").write_text(json.dumps(saved), encoding="utf-8")
    assert list(fill_work(work, notebooks)) == []
    upstream_changes(notebooks)
    (line,) = fill_work(work, notebooks)
    assert "2 answers carried over" in line
    renewed = {cell.id: cell.source for cell in read(work / "01.ipynb").cells}
    assert ANSWERS.items() <= renewed.items() and "more" in renewed
