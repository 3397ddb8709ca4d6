"""What the tests share: one set of warm runners, one browser, and walls for what is hostile."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from checks.catalogue import ENGLISH, VARIABLE, use
from checks.judge import Runners, default_runners
from tests.helpers.contained import Walls, walls
from tests.learner.browser import house

# Examples have no time limit: machines are shared and noisy.
settings.register_profile("workbook", deadline=None)
settings.load_profile("workbook")


def pytest_configure() -> None:
    """A shell starts what runs in its background with interrupts ignored; some tests need them.

    Tests read English, whatever their shell's learner does.
    """
    os.environ.pop(VARIABLE, None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def afterwards_english() -> Iterator[None]:
    """Whatever language a test speaks, the next one is spoken to in English."""
    yield
    use(ENGLISH)


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    yield default_runners()
    default_runners().close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; skips, and says why, where there is none. Two in one process would not go together."""
    with sync_playwright() as playwright:
        if reason := house.no_browser(playwright):
            pytest.skip(reason)
        with house.chromium(playwright) as browser:
            yield browser


@pytest.fixture(scope="session")
def behind() -> Iterator[Walls]:
    """Where hostile code may be tried: walls that were proved to hold first."""
    with walls() as found:
        if isinstance(found, str):
            pytest.skip(f"hostile code needs walls, and {found}")
        yield found
