"""The runner's client in a browser: the same interface, with a worker of the page in place of processes.

Called by the judge, where there is nothing to fork and nothing to start.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checks.runner import child, folder
from checks.runner.job import Given, Job, NotHere, Outcome, RunnerError
from checks.runner.wire import Order, Reply, order_from_bytes, order_to_bytes, outcomes, setup_failed
from checks.world import registry

#: Seconds. How long a worker may take to load, over a slow line too, and a job until its setup begins.
START_LIMIT, BEGIN_LIMIT = 300.0, 30.0
#: Bytes by which a job may have grown a worker's memory that goes on being used.
_GROWN = 64 << 20

#: A worker of the page, and what it has said.
_Loaded = tuple[Any, asyncio.Queue[Any]]

#: A scenario that needs a package which the site has not, such as one that starts processes.
_MISSING = re.compile(r"setup failed: ModuleNotFoundError: No module named '([\w.]+)'")

if not hasattr(time, "thread_time"):
    time.thread_time = time.process_time  # there is one thread


class Runner:
    """Runs jobs one after the other, each in a Python whose memory is then put back as it was.

    Answers and references share a worker: nothing of the one is left when the other comes. `sandboxed` and
    `shared` are there for the interface: a page is a sandbox, and shares nothing with another.
    """

    def __init__(self, mlflow: bool = False, sandboxed: bool = False, shared: bool = False) -> None:
        self._worker = _worker(mlflow)

    def start(self) -> None:
        """Begin to load the worker, if that was not done yet."""
        self._worker.start()

    def run(self, job: Job) -> Outcome:
        """Run one job and say how it ended. Raises RunnerError if the runner failed, not the answer.

        Raises TypeError or ValueError for an input that is not plain data or too large.
        """
        return self.run_many(job, [job.given])[0]

    def run_many(self, job: Job, situations: Sequence[Given]) -> list[Outcome]:
        """Run one job in many situations, in place of its own; an outcome for each, as on the desktop."""
        if not situations:
            return []
        payload = order_to_bytes(job, situations)
        order = order_from_bytes(payload)
        home = Path(tempfile.gettempdir())
        place = folder.lay_out(home, order, registry.template_path())
        try:
            return outcomes(_waited_for(self._worker.run(payload, order, place)), job, len(situations))
        except RunnerError as failure:
            if missing := _MISSING.search(str(failure)):
                raise NotHere(missing[1]) from failure
            raise
        finally:
            folder.remove(place)

    def close(self) -> None:
        """End the worker."""
        self._worker.end()


class _Worker:
    """A worker of the page, started when first needed and replaced once it was ended.

    Where a job has run for half its time, it will probably be ended: another worker is loaded meanwhile.
    """

    def __init__(self, mlflow: bool) -> None:
        self._mlflow = mlflow
        self._turn = asyncio.Lock()
        self._js: Any = None
        self._told: asyncio.Queue[Any] = asyncio.Queue()
        self._is_ready = False
        self._spare: _Loaded | None = None

    def start(self) -> None:
        if self._js is None:
            self._js, self._told = self._spare or self._load()
            self._spare, self._is_ready = None, False

    def _load(self) -> _Loaded:
        import js  # type: ignore[import-not-found]
        import pyodide_js  # type: ignore[import-not-found]
        from pyodide.ffi import create_proxy  # type: ignore[import-not-found]

        told: asyncio.Queue[Any] = asyncio.Queue()
        if hasattr(js, "workbookRunner"):  # started with the kernel, for whoever is first
            worker = js.workbookRunner
            del js.workbookRunner
        else:
            address = js.URL.new("../runner/worker.js", pyodide_js._api.config.indexURL).href
            worker = js.Worker.new(address, _object(type="module"))
        worker.onmessage = create_proxy(lambda event: told.put_nowait(event.data))
        worker.onerror = create_proxy(lambda event: told.put_nowait(event))
        worker.postMessage(_object(mlflow=self._mlflow))
        return worker, told

    def end(self) -> None:
        if self._js is not None:
            self._js.terminate()
            self._js = None

    async def run(self, payload: bytes, order: Order, place: Path) -> Reply:
        """Run the job whose folder is laid out here, and bring back there what it left."""
        async with self._turn:
            await self._begin()
            reply = await self._run(payload, order, place)
            if self._js is None:
                self.start()  # the next one need not wait for that
            elif self._spare:
                self._spare[0].terminate()
                self._spare = None
            return reply

    async def _begin(self) -> None:
        self.start()
        while not self._is_ready:
            told = await self._next(START_LIMIT)
            if told is None or not hasattr(told, "ready"):
                self.end()
                why = getattr(told, "message", "") or "it did not load"
                raise RunnerError(f"What runs answers could not be started: {why}.")
            self._is_ready = True

    async def _next(self, seconds: float) -> Any:
        """What the worker says next; None if it says nothing in time."""
        try:
            return await asyncio.wait_for(self._told.get(), max(seconds, 0.001))
        except TimeoutError:
            return None

    async def _run(self, payload: bytes, order: Order, place: Path) -> Reply:
        from pyodide.ffi import to_js

        seeded = [folder.registry_of(place, n) for n, seed in enumerate(order.registries) if seed is not None]
        files = [[str(path.relative_to(place)), to_js(path.read_bytes())] for path in seeded]
        self._js.postMessage(_object(order=to_js(payload), files=to_js(files)))
        began, seconds, notes, status = time.monotonic(), BEGIN_LIMIT, b"", None
        runs = False
        room = {folder.PRINTED: order.limit + 1, folder.RESULT: order.limit, folder.TRACE: 1 << 21}
        while status is None:
            is_first_half = runs and not self._spare
            told = await self._next(began + (seconds / 2 if is_first_half else seconds) - time.monotonic())
            if told is None and is_first_half:
                self._spare = self._load()
            elif told is None:
                break
            elif hasattr(told, "wrote"):
                name, content = told.wrote[0], told.wrote[1].to_bytes()
                if name == "ready":
                    notes += content
                    if child.BEGIN in content:
                        began, seconds, runs = time.monotonic(), order.job.seconds, True
                elif room[name] > 0:
                    room[name] -= len(content)
                    with (place / name).open("ab") as file:
                        file.write(content)
            elif hasattr(told, "done"):
                status = told.done
                for path, content in told.files:
                    (place / path).write_bytes(content.to_bytes())
                if told.grown > _GROWN:
                    self.end()
            elif hasattr(told, "log"):
                import js

                js.console.warn(told.log)
        took = time.monotonic() - began
        if status is None or status < 0:
            self.end()
        left = folder.read(place, order)
        if child.CODE not in notes:
            return setup_failed(left.result, status is None, status or 0)
        ended = "timed_out" if status is None else "left" if status == 0 else "exited"
        return Reply(ended, left.printed, left.too_much, left.result, left.registries, took, trace=left.trace)


@cache
def _worker(mlflow: bool) -> _Worker:
    """The page's worker of this kind."""
    return _Worker(mlflow)


def _object(**values: Any) -> Any:
    import js

    made = js.Object.new()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def _waited_for(coroutine: Any) -> Any:
    from pyodide.ffi import can_run_sync, run_sync

    if not can_run_sync():
        coroutine.close()
        raise RunnerError("This browser cannot run answers yet. A current Chrome, Edge or Firefox can.")
    return run_sync(coroutine)
