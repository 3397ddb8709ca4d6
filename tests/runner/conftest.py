"""Runners of both kinds: jobs forked from a warm process, and a fresh process for each."""

import pytest

from checks.runner import Runner
from tests.helpers.jobs import LINUX


@pytest.fixture(scope="module")
def forked():
    if not LINUX:
        pytest.skip("jobs are forked on Linux only")
    with Runner() as runner:
        assert not runner._fresh
        yield runner


@pytest.fixture(scope="module")
def fresh():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RUNNER", "fresh")
        runner = Runner()
    with runner:
        assert runner._fresh
        yield runner


@pytest.fixture(params=["forked", "fresh"])
def runner(request):
    return request.getfixturevalue(request.param)
