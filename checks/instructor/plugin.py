"""The pytest plugin beside nbval: `pytest --nbval-lax --grade SUBMISSIONS`, and clean records for notebooks.

Loaded by pytest through the entry point `workbook`, in every run where the workbook is installed.
"""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from checks import text
from checks.catalogue import VARIABLE
from checks.vocabulary import PROGRESS, TEMPORARY

#: Stands for the submissions among pytest's arguments. pytest itself never walks their folder: it would
#: import a learner's conftest.py.
_STAND_IN = Path(__file__).with_name("items.py")


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
        os.environ.pop(VARIABLE, None)  # what is compared is English
    submissions = config.getoption("grade")
    if not submissions:
        return
    if not with_nbval:
        raise pytest.UsageError("--grade runs notebooks with nbval: add --nbval-lax.")
    if not submissions.is_dir():
        raise pytest.UsageError(f"There is no folder {submissions}: --grade names the submissions.")
    _refuse_what_is_configured_by(submissions.resolve(), config.inipath)
    from checks.instructor import run, work
    from checks.runner.job import RunnerError

    config.args[:] = [str(_STAND_IN)]
    # What Python says of a text that it parses is said of what was handed in.
    config.addinivalue_line("filterwarnings", "ignore:::<unknown>")
    config.addinivalue_line("filterwarnings", "ignore:::<cell>")
    work.bench = work.Bench(not config.getoption("grade_no_sandbox"), (*run.ours(), submissions.resolve()))
    try:
        work.bench.runners()
    except RunnerError as error:
        raise pytest.UsageError(str(error).replace("--no-sandbox", "--grade-no-sandbox")) from error


def _refuse_what_is_configured_by(submissions: Path, configuration: Path | None) -> None:
    """Raise UsageError where, for want of the guard, a submission may speak for the instructor."""
    mend = (
        "Go to another folder and write --grade=FOLDER, or run `make setup` once more, which prevents this."
    )
    if configuration is not None and configuration.resolve().is_relative_to(submissions):
        raise pytest.UsageError(f"{configuration} was handed in, and would configure pytest. {mend}")
    if not sys.flags.safe_path and Path.cwd().is_relative_to(submissions):
        raise pytest.UsageError(f"{Path.cwd()} was handed in, and pytest would import from it. {mend}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the submissions where their stand-in is met."""
    if file_path != _STAND_IN or not parent.config.getoption("grade"):
        return None
    from checks.instructor.items import Submissions

    collector: pytest.Collector = Submissions.from_parent(parent, path=file_path)
    return collector


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say what comes from a submission in signs that do nothing to the terminal."""
    report = yield
    if report.failed and item.config.getoption("grade"):
        report.longrepr = text.lines(str(report.longrepr))
        report.sections = [(name, text.lines(said)) for name, said in report.sections]
    return report


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.getoption("grade"):
        from checks.instructor import work

        work.bench.close()
