"""Workers that are ended with their test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checks.world.durable import Worker
from tests.helpers.approvals import rules


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(**options: object) -> Worker:
        instead = {key: str(options.pop(key)) for key in list(options) if key.startswith("step_")}
        made.append(Worker(*rules(tmp_path, **instead), **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for worker in made:
        worker.close()
