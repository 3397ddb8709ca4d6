"""Which source `check` judges, with front ends that name cells and with those that do not."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.learner import cells


@dataclass
class Info:
    raw_cell: str
    cell_id: str | None = None


@pytest.fixture(autouse=True)
def fresh_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_log", cells._Log())
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def run(*infos: Info | str) -> None:
    for info in infos:
        cells.note(Info(info) if isinstance(info, str) else info)


def source(exercise: str) -> str | None:
    ran = cells.answer_to(exercise)
    return None if ran is None else ran.source


def test_the_cell_is_found_by_its_id_in_whatever_order_cells_run() -> None:
    run(Info("x = 1", "rollback-1-answer"), Info("y = 2", "rollback-2-answer"))
    run(Info('check("rollback.1")', "rollback-1-check"))
    assert source("rollback.1") == "x = 1"
    assert source("rollback.2") == "y = 2"
    run(Info("x = 3", "rollback-1-answer"))
    assert source("rollback.1") == "x = 3"


def test_without_ids_it_is_the_cell_run_just_before() -> None:
    run("from checks import check\nprogress()", "x = 1", 'check("rollback.1")')
    assert source("rollback.1") == "x = 1"
    run('hint("rollback.1")', 'check("rollback.1")')
    assert source("rollback.1") == "x = 1", "calls of the workbook's words are no answers"
    run('check("rollback.2")')
    assert source("rollback.2") is None, "another step's answer is not this one's"
    run("y = 2", 'check("rollback.2")')
    assert source("rollback.2") == "y = 2"
    run('check("rollback.1")')
    assert source("rollback.1") == "x = 1"


def test_an_answer_in_another_cell_counts_while_the_answer_cell_is_empty_as_in_grading() -> None:
    run(Info("# Write your answer here", "rollback-1-answer"), Info("x = 1", "new"))
    run(Info('check("rollback.1")', "rollback-1-check"))
    assert source("rollback.1") == "x = 1"
    assert cells.answer_to("rollback.1", clicked=True) == cells.Ran("x = 1")
    run(Info("x = 2", "rollback-1-answer"), Info("print('scratch')", "new"))
    assert source("rollback.1") == "x = 2"
    # What was run before the empty cell, and another step's answer, are no answers to this one.
    run(Info("y = 1", "rollback-1-answer"), Info("start", "rollback-2-answer"))
    assert cells.answer_to("rollback.2", "start") == cells.Ran("start")
    run(Info("y = 2", "rollback-1-answer"))
    assert cells.answer_to("rollback.2", "start") == cells.Ran("start")


def test_a_cell_that_is_gone_is_forgotten_and_the_one_run_just_before_counts() -> None:
    run(Info("x = 1", "rollback-1-answer"), Info("x = 2", "new"))
    run(Info('check("rollback.1")', "rollback-1-check"))
    assert source("rollback.1") == "x = 1"
    assert cells.forget("rollback.1")
    assert not cells.forget("rollback.1")
    assert source("rollback.1") == "x = 2"


def test_nothing_run_is_nothing_found() -> None:
    assert source("rollback.1") is None


def test_an_answer_above_the_check_in_the_same_cell_counts() -> None:
    before = "from checks import check\n@decorated\ndef f(): pass\nx = 'é'; x += '1'\n"
    run(before + "check('rollback.1')")
    assert source("rollback.1") == before
    run("x = 3; check('rollback.1')")
    assert source("rollback.1") == "x = 3; "


def test_a_cell_that_is_no_python_is_an_answer_too() -> None:
    run("x = (", "check('rollback.1')")
    assert source("rollback.1") == "x = ("


@pytest.mark.parametrize(("text", "edited"), [("x = 1", False), ("x = 2", True)])
def test_a_cell_saved_with_another_text_after_it_ran_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, edited: bool
) -> None:
    path = tmp_path / "01_rollback.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    run(Info("x = 1", "rollback-1-answer"))
    assert cells.answer_to("rollback.1") == cells.Ran("x = 1"), "no file"
    path.write_text(json.dumps({"cells": [{"id": "rollback-1-answer", "source": [text]}]}))
    os.utime(path, (0, 0))
    assert cells.answer_to("rollback.1") == cells.Ran("x = 1"), "saved before it ran"
    later = time.time() + 5
    os.utime(path, (later, later))
    assert cells.answer_to("rollback.1") == cells.Ran("x = 1", edited_since=edited)
    path.write_text("no notebook")
    os.utime(path, (later, later))
    assert cells.answer_to("rollback.1") == cells.Ran("x = 1"), "nobody can tell"
