"""A kernel in a browser: cells have their names, and clicks are handled in turn where each may wait."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from checks import judge
from checks.learner import browser


def test_a_cell_that_runs_has_its_name_and_what_runs_beside_it_has_none() -> None:
    named = []
    parent = {"metadata": {"cellId": "rollback-1-answer"}}
    shell = SimpleNamespace(
        kernel=SimpleNamespace(get_parent=lambda: parent),
        run_cell=lambda raw_cell, cell_id=None, silent=False: named.append((raw_cell, cell_id)),
    )
    browser._name_cells(shell)
    shell.run_cell(raw_cell="x = 1")
    shell.run_cell("y = 1", silent=True)
    parent["metadata"] = {}
    shell.run_cell("z = 1")
    assert named == [("x = 1", "rollback-1-answer"), ("y = 1", None), ("z = 1", None)]
    assert shell.get_parent() is parent


@pytest.mark.parametrize(
    ("cell", "warmed"), [("approval-2-ask", [True]), ("rollback-1-answer", []), (None, [])]
)
def test_a_lesson_with_mlflow_has_its_runner_started_at_its_first_cell(monkeypatch, cell, warmed) -> None:
    started = []
    monkeypatch.setattr(
        judge, "default_runners", lambda: SimpleNamespace(warm=lambda mlflow: started.append(mlflow))
    )
    shell = SimpleNamespace(
        kernel=SimpleNamespace(get_parent=lambda: {"metadata": {"cellId": cell}}),
        run_cell=lambda raw_cell, cell_id=None: None,
    )
    browser._name_cells(shell)
    shell.run_cell("x = 1")
    assert started == warmed


def test_an_answer_without_an_end_is_stopped_and_tracing_ends(monkeypatch) -> None:
    monkeypatch.setattr(browser, "SECONDS", 0.1)
    shell = SimpleNamespace(
        kernel=SimpleNamespace(get_parent=lambda: {"metadata": {"cellId": "rollback-1-answer"}}),
        run_cell=lambda raw_cell, cell_id=None: exec(compile(raw_cell, "<ipython-input-1>", "exec"), {}),
    )
    browser._name_cells(shell)
    with pytest.raises(TimeoutError, match="did not come to an end"):
        shell.run_cell(raw_cell="while True:\n    pass")
    assert sys.gettrace() is None
    shell.run_cell(raw_cell="x = sum(range(10))")


def test_clicks_are_handled_one_after_the_other_when_there_is_time() -> None:
    handled = []
    comms = SimpleNamespace(comm_msg=handled.append)

    async def click() -> None:
        browser._let_clicks_wait(comms)
        comms.comm_msg("first")
        comms.comm_msg("second")
        assert handled == []
        await asyncio.gather(*browser._under_way)

    # A browser that another test of this process drives has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as another:
        another.submit(asyncio.run, click()).result()
    assert handled == ["first", "second"]


def test_a_package_is_loaded_when_it_is_imported(monkeypatch, tmp_path) -> None:
    (tmp_path / "late_one.py").write_text("x = 1\n")
    monkeypatch.setattr(sys, "path", [*sys.path])
    names = {"late_one": "late-one"}
    loaded: dict[str, str] = {}

    def load(package: str) -> None:
        loaded[package] = ""
        sys.path.append(str(tmp_path))

    given = lambda found: SimpleNamespace(to_py=lambda: found)  # noqa: E731
    api = SimpleNamespace(_import_name_to_package_name=given(names))
    page = SimpleNamespace(_api=api, loadedPackages=given(loaded), loadPackage=load)
    monkeypatch.setitem(sys.modules, "pyodide_js", page)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", SimpleNamespace(run_sync=lambda done: done))
    late = browser._Late()
    assert late.find_spec("json", None) is None
    found = late.find_spec("late_one", None)
    assert found and found.origin == str(tmp_path / "late_one.py")
    assert list(loaded) == ["late-one"]
    assert late.find_spec("late_one", None) is None, "loaded already: it is not there"
