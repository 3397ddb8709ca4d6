"""A kernel in the sandbox: what it shares with the host cannot be written once its sockets are there."""

import ast
import os
from collections.abc import Iterator

import pytest

from checks.instructor.kernel import Kernel
from checks.runner.limits import NOBODY
from tests.helpers.sandboxes import sandbox_works

LOOK = """
import os
def attempt(path):
    try:
        open(path, 'w').close()
    except OSError as error:
        return error.strerror
shared = os.path.dirname(get_ipython().config.IPKernelApp.connection_file)
print([attempt(f'{shared}/more'), attempt('mine'), os.getuid(), os.listdir('.')])
"""


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    made = Kernel(sandboxed=True, cell_seconds=60.0, startup_timeout=60)
    yield made
    made.stop()


@pytest.mark.skipif(not sandbox_works(), reason="the sandbox needs bubblewrap and user namespaces")
def test_it_writes_in_its_own_folder_and_nowhere_else(kernel: Kernel) -> None:
    kernel.execute_cell_input(LOOK)
    messages = iter(lambda: kernel.get_message("iopub"), None)
    said = next(one["content"]["text"] for one in messages if one["msg_type"] == "stream")  # type: ignore[index]
    beside, own, user, there = ast.literal_eval(said)
    assert (beside, own) == ("Read-only file system", None)
    assert there == ["mine"]
    assert user == (NOBODY if os.getuid() == 0 else os.getuid())
