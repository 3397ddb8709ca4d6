"""The pytest plugin beside nbval: notebooks run by a test start with no progress and leave none behind.

Loaded by pytest through the entry point `workbook`.
"""

import os

import pytest

from checks.record import TEMPORARY, VARIABLE


def pytest_configure(config: pytest.Config) -> None:
    """Give each kernel that nbval starts a record of its own: a second run must see what the first saw."""
    if config.getoption("nbval", False) or config.getoption("nbval_lax", False):
        os.environ[VARIABLE] = TEMPORARY
