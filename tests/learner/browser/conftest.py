"""Fixtures of the browser tests: one server of each kind for all, a fresh folder for each.

Used by every test beside it; skips them, and says why, where there is no browser.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.learner.browser import house

Open = Callable[..., house.Notebook]


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: what a page has loaded of JupyterLab, the next one need not load again."""
    with browser.new_context(viewport={"width": 1200, "height": 1400}) as context:
        yield context


@pytest.fixture(scope="session")
def jupyterlab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[house.Server]:
    with house.serving("jupyterlab", tmp_path_factory.mktemp("jupyterlab")) as server:
        yield server


@pytest.fixture(scope="session")
def notebook7(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[house.Server]:
    with house.serving("notebook", tmp_path_factory.mktemp("notebook")) as server:
        yield server


@pytest.fixture
def lab(jupyterlab: house.Server, context: BrowserContext) -> Iterator[Open]:
    """Opens a notebook in JupyterLab and, unless told otherwise, runs it; everything as on the first day."""
    yield from _opener(jupyterlab, context)


@pytest.fixture
def classic(notebook7: house.Server, context: BrowserContext) -> Iterator[Open]:
    """The same in Notebook 7."""
    yield from _opener(notebook7, context)


@pytest.fixture(scope="module")
def lesson_2(jupyterlab: house.Server, context: BrowserContext) -> Iterator[house.Notebook]:
    """Lesson 2 open in JupyterLab, for the tests of a module that each keep to a task of their own."""
    for open in _opener(jupyterlab, context):
        yield open("02_approval.ipynb")


def _opener(server: house.Server, context: BrowserContext) -> Iterator[Open]:
    server.fresh()
    page = house.page(context)
    errors: list[str] = []
    # anywidget loads our module from a blob; what JupyterLab itself throws is not for us to mend.
    page.on("pageerror", lambda error: "blob:" in (error.stack or "") and errors.append(str(error)))

    def open(name: str, write: Callable[[Path], None] | None = None, run: bool = True) -> house.Notebook:
        notebook = house.Notebook(server, page, name)
        if write:
            write(notebook.path)
        notebook.open()
        if run:
            notebook.run_all()
        return notebook

    yield open
    page.close()
    server.end_kernels()
    assert not errors, errors
