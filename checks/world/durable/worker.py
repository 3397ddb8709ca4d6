"""The notebook's side of a worker: start its process, kill it, send it a vote, and see what ran how often.

Used by the notebook 08_durable_approval through `from checks.world.durable import Worker`.
"""

import atexit
import builtins
import contextlib
import inspect
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from checks.catalogue import tr
from checks.world.durable import place
from checks.world.durable.report import Bundle, Report
from checks.world.picture import LOST, Picture, Stretch, processes

#: Seconds. A process that has neither paused nor ended by then is stuck.
PATIENCE = 60.0


class Worker:
    """A process that works on one run of the approval, and that may be killed at any time.

    `rules` are the functions `outcome`, `wait_for_decision` and `deploy`. `seconds` is how long the run waits
    for a decision. `database` is where DBOS records: an SQLite file of its own, or the address of a Postgres,
    where every run needs an id of its own, `run`.
    With `durable=False` nothing is recorded, and no rules are needed. TypeError where a rule is missing.
    """

    def __init__(
        self,
        *rules: Callable[..., object],
        approvers: tuple[str, ...] = ("alice", "bob"),
        quorum: int = 2,
        seconds: float = 3600.0,
        database: str | None = None,
        run: str = "approval-1",
        durable: bool = True,
    ) -> None:
        self._durable, self._run = durable, run
        self._folder = Path(tempfile.mkdtemp(prefix="workbook-approval-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False
        self._sent = 0
        self._database = database or f"sqlite:///{self._folder.as_posix()}/approval.sqlite"
        place.keep(
            self._folder,
            "settings",
            {
                "run": run,
                "approvers": list(approvers),
                "quorum": quorum,
                "seconds": seconds,
                "database": self._database,
            },
        )
        if durable:
            missing = {"outcome", "wait_for_decision", "deploy"} - {rule.__name__ for rule in rules}
            if missing:
                names = ", ".join(sorted(missing))
                raise TypeError(
                    tr("Worker needs your {names}: run the cell of that step, and hand it over.", names=names)
                )
            (self._folder / "rules.py").write_text("\n".join(sources(rules)), encoding="utf-8")
        atexit.register(self.close)

    # ── what a learner does ───────────────────────────────────────────────────────────────────────────

    @property
    def pid(self) -> int | None:
        """The process's number, for `kill -9` in a terminal; None while none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> Report:
        """Start the process, and come back when its run pauses or has ended."""
        if self.pid is not None:
            return self.report(tr("The worker runs already."))
        if place.ENDED in place.happened(self._folder):
            return self.report(tr("The run has ended; there is nothing left to do for a worker."))
        if not self._durable:
            self._sent = 0
        self._bury()
        self._killed = False
        command = [sys.executable, "-m", "checks.world.durable", str(self._folder)]
        began = place.happened(self._folder).count(place.BEGAN)
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command + ["--plain"] * (not self._durable),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait(lambda: place.happened(self._folder).count(place.BEGAN) > began)
        return self.report(tr("The worker was started again.") if began else tr("The worker was started."))

    def kill(self) -> Report:
        """Kill the process (SIGKILL): it gets no chance to save or to say anything."""
        if self._process is None or self.pid is None:
            return self.report(tr("No worker runs, so there is none to kill."))
        self._bury()
        self._killed = True
        place.note(self._folder, place.KILLED)
        return self.report(tr("The worker was killed."))

    def vote(self, name: str, vote: str) -> Report:
        """Send a vote, "approve" or "reject", in the name of someone. Raises ValueError for another word."""
        if vote not in ("approve", "reject"):
            raise ValueError(tr('A vote is "approve" or "reject", not {vote!r}.', vote=vote))
        if place.ENDED in place.happened(self._folder):
            return self.report(
                tr("{name} votes {vote}, and nobody reads it: the run has ended.", name=name, vote=vote)
            )
        if not self._durable:
            if self.pid is None:
                place.note(self._folder, f"{place.VOTE}{name}: {vote}, {LOST}")
                return self.report(
                    tr("{name} votes {vote}, and nobody takes it: there is no process.", name=name, vote=vote)
                )
        elif not place.happened(self._folder):
            return self.report(
                tr(
                    "{name} votes {vote}, and nobody takes it: the run has not begun. Start the worker.",
                    name=name,
                    vote=vote,
                )
            )
        place.note(self._folder, f"{place.VOTE}{name}: {vote}")
        self._sent += 1
        if self._durable:
            self._send(name, vote)
        elif self._process and self._process.stdin:
            self._process.stdin.write(f"{name} {vote}\n".encode())
            self._process.stdin.flush()
        if self.pid is not None:
            self._wait(lambda: True)
            return self.report(tr("{name} votes {vote}.", name=name, vote=vote))
        return self.report(
            tr(
                "{name} votes {vote} while no worker runs. The vote lies in the database.",
                name=name,
                vote=vote,
            )
        )

    def report(self, headline: str = "") -> Report:
        """How things stand: the process, the run, and what ran how often."""
        happened = place.happened(self._folder)
        times, recorded = Counter(happened), self._recorded()
        rows = tuple(
            (name, times[name], recorded[name] if self._durable else None)
            for name in (place.TRAIN, place.DEPLOY, place.FAIL)
        )
        votes = self._sent if self._durable or self.pid is not None else 0
        return Report(headline, self._state(happened), times[place.BEGAN], votes, rows)

    def picture(self) -> Picture:
        """Which processes worked on the run, what they did, and what came while there was none."""
        stretches, count = [], 0
        process, events, killed = None, list[str](), False
        for event in [*place.happened(self._folder), ""]:
            over = process is not None and (killed or place.ENDED in events)
            if event in ("", place.BEGAN) or (over and event):
                if process is not None or events:
                    stretches.append(Stretch(process, tuple(events), killed))
                process, events, killed = None, [], False
            if event == place.BEGAN:
                count += 1
                process = count
            elif event == place.KILLED:
                killed = True
            elif event and event != place.GOT and not (event == place.WAITING and event in events):
                events.append(event)
        return processes(stretches)

    @property
    def production(self) -> dict[str, object]:
        """What your `deploy` has left: the aliases and the log."""
        found = place.kept(self._folder, "production", {"aliases": {}, "log": []})
        return {"aliases": found["aliases"], "log": [tuple(entry) for entry in found["log"]]}

    def close(self) -> None:
        """End the process and remove everything that the run left."""
        self._bury()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __repr__(self) -> str:
        return str(self.report())

    def _repr_mimebundle_(self, **_: object) -> Bundle | tuple[dict[str, Any], dict[str, Any]]:
        """With buttons where a front end names the cells that it runs; nbclient and nbval name none."""
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        if shell is None or not shell.get_parent().get("metadata", {}).get("cellId"):
            return self.report()._repr_mimebundle_()
        from checks.world.durable import panel

        settings = place.settings(self._folder)
        return panel.view(self, settings["approvers"], settings["quorum"])

    # ── how it is done ────────────────────────────────────────────────────────────────────────────────

    def _bury(self) -> None:
        """End the process, if one runs, and let go of what leads to it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdin:
                with contextlib.suppress(OSError):
                    self._process.stdin.close()

    def _state(self, happened: list[str]) -> str:
        if place.ENDED in happened:
            if not self._durable:
                return tr("ended: deployed") if place.DEPLOY in happened else tr("ended: rejected")
            return str(place.kept(self._folder, "result", "ended"))
        if self.pid is not None:
            return tr("waiting for a decision")
        if self._process is None:
            return tr("not begun")
        if self._killed:
            return tr("no process works on it")
        return tr("the process failed: {words}", words=self._last_words())

    def _last_words(self) -> str:
        lines = (self._folder / "log").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"

    def _wait(self, begun: Callable[[], bool]) -> None:
        """Until the process has read every vote and waits for another, or has ended."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            over = self.pid is None
            if begun():
                happened = [e for e in place.happened(self._folder) if not e.startswith(place.VOTE)]
                since = happened[len(happened) - happened[::-1].index(place.BEGAN) :]
                paused = since[-1:] == [place.WAITING] and since.count(place.GOT) == self._sent
                if place.ENDED in since:
                    assert self._process is not None
                    self._process.wait(PATIENCE)
                    return
                if paused:
                    return
            if over:
                return
            time.sleep(0.02)
        raise RuntimeError(
            tr("The worker neither waits nor ends: {words}. Kill it and start it.", words=self._last_words())
        )

    @contextlib.contextmanager
    def _client(self) -> Iterator["object"]:
        from dbos import DBOSClient

        from checks.world.clock import give_old_sqlite_its_clock

        give_old_sqlite_its_clock()
        client = DBOSClient(system_database_url=self._database)
        try:
            yield client
        finally:
            client.destroy()

    def _send(self, name: str, vote: str) -> None:
        with self._client() as client:
            client.send(self._run, (name, vote), topic=place.TOPIC)  # type: ignore[attr-defined]

    def _recorded(self) -> Counter[str]:
        """How many results of each step DBOS has kept."""
        if not self._durable or place.WAITING not in place.happened(self._folder):
            return Counter()
        with self._client() as client:
            steps = client.list_workflow_steps(self._run)  # type: ignore[attr-defined]
        return Counter(step["function_name"].rpartition(".")[2] for step in steps)


# ── the learner's functions as a module ───────────────────────────────────────────────────────────────


def sources(functions: tuple[Callable[..., object], ...]) -> list[str]:
    """Python that defines the functions and what they use: functions beside them, imports, plain values.

    Raises TypeError for what has no source, such as a built-in function.
    """
    found: dict[str, str] = {}
    waiting = [(function.__name__, function) for function in functions]
    while waiting:
        name, thing = waiting.pop()
        if name in found:
            continue
        if isinstance(thing, ModuleType):
            found[name] = f"import {thing.__name__} as {name}"
        elif isinstance(thing, FunctionType) and thing.__module__ == functions[0].__module__:
            found[name] = inspect.getsource(thing)
            known = thing.__globals__
            waiting += [(used, known[used]) for used in _names(thing.__code__) if used in known]
        elif isinstance(thing, FunctionType | type) or inspect.isbuiltin(thing):
            found[name] = f"from {thing.__module__} import {thing.__name__} as {name}"
        else:
            found[name] = f"{name} = {thing!r}"
    return [*(s for s in found.values() if "\n" not in s), *(s for s in found.values() if "\n" in s)]


def _names(code: CodeType) -> set[str]:
    """The global names that the code uses, in functions within it too."""
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*map(_names, inner)) - set(vars(builtins))
