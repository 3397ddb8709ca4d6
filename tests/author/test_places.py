"""A fault is named by the line at which it stands: of a section, a block, a field, a cell, a function."""

from pathlib import Path

import pytest

from checks.author import places
from checks.lessons import loader
from checks.notebook import SOLUTIONS

ID = "rollback.2"
LINES = places.file_of(ID).read_text("utf-8").splitlines()


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(LINES, 1) if line.startswith(text))


def test_the_file_of_an_exercise_and_of_a_question() -> None:
    assert places.file_of(ID) == places.LESSONS / "rollback" / "rollback.2.md"
    assert places.file_of("bank.stage-case") == places.LESSONS / "questions" / "stage-case.md"


def test_a_section_is_found_by_how_its_title_begins_and_a_block_in_it_by_its_code() -> None:
    assert places.in_section(ID, "x", "Hint").line == line_of("## Hints")
    wrong = places.in_section(ID, "x", "Wrong: ")
    assert wrong.line == line_of("## Wrong: ")
    reference = loader.load_lesson(places.LESSONS / "rollback").exercises[1].reference  # type: ignore[attr-defined]
    found = places.in_section(ID, "x", "Wrong: ", "Reference", code=reference)
    assert LINES[found.line - 1].startswith("```")
    assert found.line > line_of("## Reference")
    assert places.in_section(ID, "x", "Reference", code="no such code").line == line_of("## Reference")
    missing = places.in_section(ID, "the problem", "No such section")
    assert (missing.path, missing.line, missing.problem) == (places.file_of(ID), 1, "the problem")


def test_a_field_is_found_in_the_front_matter() -> None:
    assert places.in_field(ID, "x", "difficulty").line == line_of("difficulty:")


def test_a_cell_is_found_by_its_id_and_in_it_the_line_by_its_words() -> None:
    path = SOLUTIONS / "01_rollback.ipynb"
    lines = path.read_text("utf-8").splitlines()
    cell = places.in_cell(path, "rollback-2-check", "x").line
    assert '"id": "rollback-2-check"' in lines[cell - 1]
    words = places.in_cell(path, "rollback-2-check", "x", 'check("rollback.2")').line
    assert words > cell
    assert 'check(\\"rollback.2\\")' in lines[words - 1]
    assert places.in_cell(path, "rollback-2-check", "x", "metadata").line == cell + 1
    assert places.in_cell(path, "rollback-2-check", "x", "no such words").line == cell
    assert places.in_cell(path, "no-such-cell", "x").line == 1


def test_what_a_lessons_function_raises_is_told_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LESSONS", tmp_path)
    path = tmp_path / "rollback" / "situations.py"
    code = compile("def made():\n    return inner()\ndef inner():\n    return int('x')\n", path, "exec")
    names: dict[str, object] = {}
    exec(code, names)
    elsewhere = places.file_of(ID)
    for call, where, name in (
        (names["made"], (path, 4), "ValueError"),
        (lambda: 1 // 0, (elsewhere, 1), "ZeroDivisionError"),
    ):
        with pytest.raises((ValueError, ZeroDivisionError)) as raised:
            call()  # type: ignore[operator]
        told = places.raised(ID, raised.value, "`made`")
        assert (told.path, told.line) == where
        assert told.problem.startswith(f"`made` raises {name}: ")
