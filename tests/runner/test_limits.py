"""What a job in the sandbox may use: as many processes, files and bytes in files as the limits say."""

import os
from collections.abc import Iterator

import pytest

from checks.runner import Job, Observe, Runner
from checks.runner.limits import FILES, INODES, NOBODY, PROCESSES
from checks.runner.values import plain
from tests.helpers.sandboxes import sandbox_works

pytestmark = pytest.mark.skipif(
    not sandbox_works(), reason="the sandbox needs bubblewrap and user namespaces"
)

#: Takes away what was written: how it ended has to be written too.
GONE = "\nimport os\nfor name in os.listdir('.'):\n    os.remove(name)\n"
WRITES = """
written, why = 0, ""
try:
    for number in range(100):
        with open(str(number), "wb", 0) as file:
            written += file.write(bytes(1 << 20))
except OSError as error:
    why = error.strerror
"""
MAKES = """
made, why = 0, ""
try:
    while True:
        open(str(made), "w").close()
        made += 1
except OSError as error:
    why = error.strerror
"""
FORKS = """
import os, time
started = 0
try:
    while started < 100:
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
        started += 1
except OSError:
    pass
user = os.getuid()
"""


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner(sandboxed=True) as made:
        yield made


def found(runner: Runner, code: str, *names: str) -> list[object]:
    outcome = runner.run(Job(code, observe=tuple(map(Observe, names)), seconds=60.0))
    assert outcome.ended == "finished", outcome
    return [plain(outcome.values[name]) for name in names]


def test_all_files_together_have_so_many_bytes(runner: Runner) -> None:
    written, why = found(runner, WRITES + GONE, "written", "why")
    assert FILES - (8 << 20) < written <= FILES  # type: ignore[operator]
    assert why == "No space left on device"


def test_there_are_so_many_files(runner: Runner) -> None:
    made, why = found(runner, MAKES + GONE, "made", "why")
    assert INODES - 100 < made <= INODES  # type: ignore[operator]
    assert why == "No space left on device"


def test_there_are_so_many_processes_of_a_user_who_owns_nothing(runner: Runner) -> None:
    started, user = found(runner, FORKS, "started", "user")
    assert PROCESSES - 4 < started < PROCESSES  # type: ignore[operator]
    assert user != 0

    assert os.getuid() != 0 or user == NOBODY
