"""What the tests share: one set of warm runners, and a record that is nobody's."""

from collections.abc import Iterator

import pytest

from checks.judge import Runners, default_runners


@pytest.fixture(scope="session")
def runners() -> Iterator[Runners]:
    yield default_runners()
    default_runners().close()
