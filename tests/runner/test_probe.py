"""Whether the sandbox holds is tried before anything is run in it, and every way out is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from checks.runner import Error, Job, Outcome, Runner, RunnerError
from checks.runner.limits import PROCESSES
from checks.runner.probe import probe
from checks.runner.sandbox import SandboxError
from checks.runner.values import encode
from tests.helpers.sandboxes import sandbox_works

#: What is found where the sandbox holds.
NOTHING: dict[str, object] = {"seen": [], "processes": [], "killed": [], "network": [], "written": []}
HOLDS = NOTHING | {"forks": PROCESSES - 1, "user": 65534, "found": ["work"]}


class Finding:
    """A runner of which the second job ends so."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcomes = [Outcome("finished"), outcome]

    def run(self, job: Job) -> Outcome:
        return self.outcomes.pop(0)


def found(**more: object) -> Outcome:
    return Outcome("finished", {name: encode(value) for name, value in (HOLDS | more).items()})  # type: ignore[arg-type]


@pytest.mark.skipif(not sandbox_works(), reason="the sandbox needs bubblewrap and user namespaces")
def test_the_sandbox_holds_and_what_is_not_hidden_is_seen() -> None:
    with Runner(sandboxed=True) as runner:
        probe(runner, [Path(__file__)])
        with pytest.raises(SandboxError, match=r"a job found `seen` = .*/usr/lib"):
            probe(runner, [Path("/usr/lib")])


def test_where_nothing_is_found_nothing_is_said() -> None:
    probe(Finding(found()), [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        *((found(**{name: ["x"]}), f"does not hold: a job found `{name}`") for name in NOTHING),
        (found(forks=PROCESSES), f"does not limit processes: a job started {PROCESSES}"),
        (found(user=0), "does not limit processes"),
        (found(found=["left", "work"]), "a job found an earlier job's file"),
        (Outcome("timed_out"), "The sandbox's probe timed_out."),
        (Outcome("raised", raised=Error("OSError", "no")), "probe raised: OSError: no."),
        (replace(found(), values={}), "a job found `seen` = None"),
    ],
)
def test_every_way_out_is_told(outcome: Outcome, says: str) -> None:
    with pytest.raises(SandboxError, match=says) as refused:
        probe(Finding(outcome), [])  # type: ignore[arg-type]
    assert "--no-sandbox" in str(refused.value)


def test_a_sandbox_that_does_not_start_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Outcome:
        raise RunnerError("setting up uid map: Permission denied")

    monkeypatch.setattr(Finding, "run", fails)
    with pytest.raises(SandboxError, match=r"cannot be started\..*uid map: Permission denied"):
        probe(Finding(found()), [])  # type: ignore[arg-type]
