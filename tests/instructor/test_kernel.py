"""The kernel of a submission: its cells stay inside, and take no more time and say no more than they may."""

import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest

from checks.instructor.kernel import Kernel, TooMuch
from checks.notebook import ROOT
from tests.helpers.contained import Walls
from tests.helpers.graded import nbval
from tests.helpers.handed_in import all_right, hand_in, notebook

ROLLBACK = "01_rollback"


def shared_folders() -> set[Path]:
    """What hosts and kernels share, everybody's on this machine."""
    return set(Path("/tmp").glob("wb-*"))


def nothing_stays_of(folders: set[Path]) -> bool:
    """Those of tests that run beside this one go when their kernels end; one that was left never does."""
    until = time.monotonic() + 300
    while (left := folders & shared_folders()) and time.monotonic() < until:
        time.sleep(0.5)
    return not left


def test_hostile_notebooks_through_nbval(behind: Walls, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    right = all_right(ROLLBACK)
    attacks = {
        file.stem: file.read_text("utf-8")
        for file in sorted((ROOT / "tests" / "kernel_attacks").glob("*.py"))
    }
    for name, source in attacks.items():
        hand_in(folder, name, ROLLBACK, notebook(ROLLBACK, {**right, "rollback.2": source}))
    hand_in(folder, "anna", ROLLBACK, notebook(ROLLBACK, right))
    hand_in(folder, "broken", ROLLBACK, b'{"cells": [')
    for place in (folder, folder / "anna"):
        (place / "conftest.py").write_text(f"open({str(tmp_path / 'PWNED')!r}, 'w')")
        (place / "test_pwned.py").write_text(f"open({str(tmp_path / 'PWNED')!r}, 'w')")
    before = shared_folders()  # of others, who may be at work or were killed
    found = nbval(folder, tmp_path, "--nbval-cell-timeout", "5", walls=behind)
    for name in attacks:
        assert not found[name, "rollback.2"], name
        assert not found[name, "Cell 3"], name  # the cell that attacks
        assert found[name, "rollback.1"]
        assert found[name, "rollback.3"]  # whatever became of the kernel
    assert all(passed for (learner, _), passed in found.items() if learner == "anna")
    assert not any(passed for (learner, _), passed in found.items() if learner == "broken")
    assert not list(tmp_path.rglob("PWNED"))
    assert nothing_stays_of(shared_folders() - before)


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    """One of our own code, as yourself, with a second for each cell."""
    made = Kernel(sandboxed=False, cell_seconds=1.0, startup_timeout=60)
    yield made
    made.stop()


def test_a_cells_words_come_until_it_is_idle_and_nothing_stays(kernel: Kernel) -> None:
    asked = kernel.execute_cell_input("print('hello')")
    assert kernel.get_message("shell")["parent_header"]["msg_id"] == asked  # type: ignore[index]
    said = [kernel.get_message("iopub") for _ in range(4)]
    assert [one["msg_type"] for one in said] == ["status", "execute_input", "stream", "status"]
    with pytest.raises(Empty):
        kernel.get_message("iopub", timeout=0.1)
    folders = (kernel._shared, kernel._stage)
    assert all(folder.exists() for folder in folders)
    for _ in range(2):
        kernel.stop()
        assert not kernel.is_alive()
    assert not any(folder.exists() for folder in folders)


def test_a_cell_has_one_deadline_however_much_it_says(kernel: Kernel) -> None:
    began = time.monotonic()
    kernel.execute_cell_input("import time\nwhile True: print('x', flush=True); time.sleep(0.01)")
    with pytest.raises(Empty):
        kernel.get_message("shell", timeout=60)
    assert time.monotonic() - began < 30


def test_who_says_too_much_is_ended(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "_left", 100_000)
    kernel.execute_cell_input("print('x' * 200_000)")
    with pytest.raises(TooMuch, match="say more than"):
        kernel.get_message("shell")
    assert not kernel.is_alive()
