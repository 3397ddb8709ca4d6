"""The pytest plugin beside nbval: `pytest --nbval-lax --grade SUBMISSIONS`, and clean records for notebooks.

Loaded by pytest through the entry point `workbook`, in every run where the workbook is installed.
"""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from checks.vocabulary import PROGRESS, TEMPORARY

#: Stands for the submissions among pytest's arguments. pytest itself never walks their folder: it would
#: import a learner's conftest.py.
_STAND_IN = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("workbook")
    group.addoption(
        "--grade", type=Path, metavar="SUBMISSIONS", help="grade these submissions; takes --nbval-lax as well"
    )
    group.addoption("--grade-no-sandbox", action="store_true", help="run submitted code as yourself")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Load no conftest.py when grading: the current folder may be the submissions'."""
    if early_config.known_args_namespace.grade:
        early_config.known_args_namespace.noconftest = True
    yield


def pytest_configure(config: pytest.Config) -> None:
    """Give each kernel that nbval starts a record of its own: a second run must see what the first saw."""
    with_nbval = config.getoption("nbval", False) or config.getoption("nbval_lax", False)
    if with_nbval:
        os.environ[PROGRESS] = TEMPORARY
    if submissions := config.getoption("grade"):
        if not with_nbval:
            raise pytest.UsageError("--grade runs notebooks with nbval: add --nbval-lax.")
        if not submissions.is_dir():
            raise pytest.UsageError(f"There is no folder {submissions}: --grade names the submissions.")
        descriptor, name = tempfile.mkstemp(suffix=".submissions")
        os.close(descriptor)
        config.stash[_STAND_IN] = Path(name).resolve()
        config.args[:] = [name]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the submissions where their stand-in is met."""
    if file_path != parent.config.stash.get(_STAND_IN, None):
        return None
    from checks.instructor.items import Submissions

    collector: pytest.Collector = Submissions.from_parent(parent, path=file_path)
    return collector


def pytest_unconfigure(config: pytest.Config) -> None:
    if stand_in := config.stash.get(_STAND_IN, None):
        stand_in.unlink(missing_ok=True)
        from checks.instructor import work

        work.bench.close()
