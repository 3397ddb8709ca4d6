"""The names that modules had before there were rooms: notebooks handed in by then still import them."""

import subprocess
import sys
from pathlib import Path

import pytest

from checks import former
from checks.runner import Job, Observe, Runner, sandbox

#: As they stand in notebooks handed in earlier, and as they stand now.
EARLIER = """
from checks import pipeline
from checks.desk import decision_desk, take_in
from checks.durable import Worker
from checks.picture import timeline
from checks.registry import practice, state_of
from checks.serving import Server, clean_up, rental_registry
"""
NOW = EARLIER.replace("from checks", "from checks.world")

SAME = EARLIER + "".join(
    f"import {old}, {new}\nassert {old} is {new} and {new}.__spec__.name == {new!r}\n"
    for old, new in former.NAMES.items()
)


def test_a_notebook_may_use_the_old_names(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", SAME], check=True, cwd=tmp_path)
    subprocess.run([sys.executable, "-c", f"from checks import ask\n{SAME}{NOW}"], check=True, cwd=tmp_path)


def test_a_name_that_never_was_is_none() -> None:
    with pytest.raises(ModuleNotFoundError, match="nonsense"):
        __import__("checks.nonsense")
    with pytest.raises(ImportError, match="cannot import name 'nonsense'"):
        from checks import nonsense  # type: ignore[attr-defined] # noqa: F401


@pytest.mark.parametrize("imports", [SAME, NOW], ids=["earlier", "now"])
@pytest.mark.parametrize("sandboxed", [False, True])
def test_an_answer_may_use_both(sandboxed: bool, imports: str) -> None:
    with Runner(sandboxed=sandboxed) as runner:
        try:
            outcome = runner.run(Job(f"{imports}\nhome = practice.__module__", observe=(Observe("home"),)))
        except sandbox.SandboxError as why:
            pytest.skip(f"there is no sandbox here: {why}")
    assert (outcome.ended, outcome.raised) == ("finished", None)
    assert outcome.values["home"] == ("str", "checks.world.registry")


def test_a_kernel_in_the_sandbox_knows_both_and_words_that_say_nothing(tmp_path: Path) -> None:
    code = f"{SAME}{NOW}\nfrom checks import ask, check\nassert check('rollback.1') is None"
    try:
        command = sandbox.command(tmp_path, ["-c", code], words=sandbox._SILENT_WORDS)
    except sandbox.SandboxError as why:
        pytest.skip(f"there is no sandbox here: {why}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
