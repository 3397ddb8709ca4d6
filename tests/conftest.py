"""What the tests share: one set of warm runners, and walls for what is hostile."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from checks.judge import Runners, default_runners
from tests.helpers.contained import Walls, walls

# Examples have no time limit: machines are shared and noisy.
settings.register_profile("workbook", deadline=None)
settings.load_profile("workbook")


def pytest_configure() -> None:
    """A shell starts what runs in its background with interrupts ignored; some tests need them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    yield default_runners()
    default_runners().close()


@pytest.fixture(scope="session")
def behind() -> Iterator[Walls]:
    """Where hostile code may be tried: walls that were proved to hold first."""
    with walls() as found:
        if isinstance(found, str):
            pytest.skip(f"hostile code needs walls, and {found}")
        yield found
