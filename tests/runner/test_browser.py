"""The runner of the browser edition, with a page that says what a worker says: verdicts need nothing else."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from checks.runner import Job, NotHere, Observe, RunnerError, browser

_X_IS_2 = b'{"ended": "finished", "values": {"x": ["int", "2"]}, "raised": null, "printed": 3}\n'


class _Bytes(bytes):
    """Bytes of the page."""

    def to_bytes(self) -> bytes:  # type: ignore[override]
        return bytes(self)


def wrote(name: str, content: bytes) -> SimpleNamespace:
    return SimpleNamespace(wrote=(name, _Bytes(content)))


READY = SimpleNamespace(ready=True)
BEGUN = [wrote("ready", b"b"), wrote("ready", b"c")]


def done(status: int, grown: int = 0) -> SimpleNamespace:
    return SimpleNamespace(done=status, files=[], grown=grown)


class Page:
    """A page whose workers say what they were told to say to each job, and then nothing."""

    def __init__(self, *says: list[SimpleNamespace]) -> None:
        self.says = list(says)
        self.started = self.ended = 0

    def new(self, address: str, options: SimpleNamespace) -> "Page":
        assert address == "http://localhost/static/runner/worker.js"
        assert options == SimpleNamespace(type="module")
        self.started += 1
        return self

    def say(self, *told: SimpleNamespace) -> None:
        for each in told:
            self.onmessage(SimpleNamespace(data=each))  # type: ignore[attr-defined]

    def postMessage(self, told: SimpleNamespace) -> None:
        if hasattr(told, "mlflow"):
            assert told.mlflow is False
            asyncio.get_event_loop().call_later(0.01, self.say, READY)
        else:
            self.say(*self.says.pop(0))

    def terminate(self) -> None:
        self.ended += 1


@pytest.fixture
def runner_of(monkeypatch: pytest.MonkeyPatch) -> Any:
    def runner_of(page: Page) -> browser.Runner:
        js: Any = ModuleType("js")
        js.Worker = page
        js.URL = SimpleNamespace(new=lambda to, base: SimpleNamespace(href=base + to.removeprefix("../")))
        js.Object = SimpleNamespace(new=SimpleNamespace, fromEntries=dict)
        pyodide: Any = ModuleType("pyodide_js")
        pyodide._api = SimpleNamespace(config=SimpleNamespace(indexURL="http://localhost/static/"))
        ffi: Any = ModuleType("pyodide.ffi")
        ffi.create_proxy, ffi.to_js = lambda function: function, lambda value, **_: value
        ffi.can_run_sync = lambda: True
        # A browser that another test of this process drives has a loop of its own in this thread.
        ffi.run_sync = lambda task: another.submit(loop.run_until_complete, task).result()
        for module in (js, pyodide, ffi):
            monkeypatch.setitem(sys.modules, module.__name__, module)
        browser._worker.cache_clear()
        return browser.Runner()

    loop = asyncio.new_event_loop()
    monkeypatch.setattr(asyncio, "get_event_loop", lambda: loop)
    with ThreadPoolExecutor(1) as another:
        yield runner_of
    loop.close()
    browser._worker.cache_clear()


JOB = Job("x = 2\nprint('hi')", observe=(Observe("x"),), seconds=0.2)


def test_what_the_worker_tells_is_the_outcome_and_it_goes_on(runner_of: Any) -> None:
    page = Page(*[[*BEGUN, wrote("printed", b"hi\n"), wrote("result", _X_IS_2), done(0)]] * 2)
    runner = runner_of(page)
    for _ in range(2):
        outcome = runner.run(JOB)
        assert (outcome.ended, outcome.values, outcome.printed) == ("finished", {"x": ("int", "2")}, "hi\n")
    assert (page.started, page.ended) == (1, 0)


def test_the_worker_that_started_with_the_kernel_is_taken_once(runner_of: Any) -> None:
    page = Page([*BEGUN, wrote("result", _X_IS_2), done(-1)], [*BEGUN, wrote("result", _X_IS_2), done(0)])
    runner = runner_of(page)
    sys.modules["js"].workbookRunner = page  # type: ignore[attr-defined]
    assert runner.run(JOB).ended == "exited"
    assert (page.started, page.ended) == (1, 1), "it was taken, ended, and replaced by a new one"
    assert not hasattr(sys.modules["js"], "workbookRunner")
    assert runner.run(JOB).ended == "finished"


def test_one_that_says_no_more_is_ended_and_replaced_and_keeps_what_it_told(runner_of: Any) -> None:
    page = Page([*BEGUN, wrote("printed", b"hi\n"), wrote("result", _X_IS_2)])
    first, second = runner_of(page).run_many(JOB, [JOB.given] * 2)
    assert (first.ended, second.ended) == ("finished", "timed_out")
    assert (page.started, page.ended) == (2, 1)


@pytest.mark.parametrize("last", [done(3), done(-1)])
def test_an_answer_that_ends_its_own_python_has_exited(runner_of: Any, last: SimpleNamespace) -> None:
    assert runner_of(Page([*BEGUN, last])).run(JOB).ended == "exited"


def test_one_that_has_grown_is_replaced(runner_of: Any) -> None:
    page = Page([*BEGUN, wrote("result", _X_IS_2), done(0, grown=1 << 30)])
    assert runner_of(page).run(JOB).ended == "finished"
    assert (page.started, page.ended) == (2, 1)


def test_endless_printing_is_told_of_up_to_a_bound(runner_of: Any) -> None:
    page = Page([*BEGUN, *[wrote("printed", b"x" * 100_000)] * 200, done(0)])
    assert runner_of(page).run(JOB).ended == "too_much_output"


def test_where_the_page_cannot_wait_a_sentence_says_which_can(runner_of: Any) -> None:
    runner = runner_of(Page())
    sys.modules["pyodide.ffi"].can_run_sync = lambda: False  # type: ignore[attr-defined]
    with pytest.raises(RunnerError, match="browser"):
        runner.run(JOB)


def test_a_worker_that_cannot_be_loaded_is_our_failure(runner_of: Any) -> None:
    page = Page()
    page.new = lambda *_: (  # type: ignore[assignment, method-assign]
        asyncio.get_event_loop().call_later(
            0.01, lambda: page.onerror(SimpleNamespace(message="no such file"))
        ),  # type: ignore[attr-defined]
        page,
    )[1]
    with pytest.raises(RunnerError, match="no such file"):
        runner_of(page).run(JOB)


def test_what_needs_a_package_that_no_browser_has_is_told_and_costs_nothing(runner_of: Any) -> None:
    missing = b'{"setup": "ModuleNotFoundError: No module named \'dbos\'"}'
    page = Page([wrote("ready", b"b"), wrote("result", missing), done(0)])
    with pytest.raises(NotHere) as failure:
        runner_of(page).run(JOB)
    assert failure.value.package == "dbos"
