"""What the tests share: one set of warm runners, and a record that is nobody's."""

import signal
from collections.abc import Iterator

import pytest

from checks.judge import Runners, default_runners


def pytest_configure() -> None:
    """A shell starts what runs in its background with interrupts ignored; some tests need them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    yield default_runners()
    default_runners().close()
