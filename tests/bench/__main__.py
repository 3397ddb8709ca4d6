"""The bench: medians with their spread, measured side by side in one run. `make bench` prints it.

Not a test: machines are shared and noisy, so nothing here passes or fails.
"""

import compileall
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import checks
from checks.judge import Runners, judge
from checks.lessons import exercises
from checks.runner import Given, Job, Outcome, Runner
from tests.bench import grading, memory

#: How often each thing is timed, after three times that are not counted.
RUNS = 41
_IMPORT = "import time; t = time.perf_counter(); {}; print(1000 * (time.perf_counter() - t))"


class _Forgetful(Runners):
    """Runs what is filled in as if nobody had given this answer before."""

    def fills(self, jobs: list[Job]) -> list[Outcome]:
        return self.answers(jobs)


def main() -> None:
    print("milliseconds: median (10th to 90th percentile), and what is aimed at\n")
    imports()
    first_verdict()
    warm()
    clicks()
    memory.main()
    grading.main()


def imports() -> None:
    """What `import checks` costs above a bare `import ipywidgets`, in an IPython as a kernel has it."""
    compileall.compile_dir(Path(checks.__file__).parent, quiet=1)  # as `make setup` does
    bare, ours = [], []
    for _ in range(11):
        bare.append(_in_a_new_process("import ipywidgets"))
        ours.append(_in_a_new_process("import ipywidgets; from checks import ask, check, progress"))
    _show("import ipywidgets", bare)
    _show("… and checks", ours)
    above = statistics.median(ours) - statistics.median(bare)
    _line("import checks above it", f"{above:8.1f}", "50")
    loaded = _in_a_new_process("from checks import ask", "print('mlflow' in sys.modules)")
    print(f"  mlflow loaded by it: {loaded}")


def first_verdict() -> None:
    """The first FillIn verdict, counted from the import: alone, and where another notebook is or was open."""
    code = (
        "from checks import ask, check; "
        "assert ask('approval.1', 'transition_model_version_stage').state.verdict.correct"
    )
    cold, *warm = [_in_a_new_process(code) for _ in range(6)]
    _line("first FillIn verdict after import", f"{cold:8.1f}", "4000")
    _show("… with another notebook open", warm)


def warm() -> None:
    """Verdicts and a fresh registry, warm."""
    runners = _Forgetful()
    step, fill_in = exercises()["rollback.3"], exercises()["approval.5"]
    wrong_step = "for version, status in model_versions.items():\n    rollback_version = version"
    wrong_fill = ("current_stage", "current_stage", '"Staging"')
    right_step, right_fill = step.reference, fill_in.answer  # type: ignore[attr-defined]
    _show("Step, right", _times(lambda: judge(step, right_step, runners)), "30")
    _show("Step, wrong", _times(lambda: judge(step, wrong_step, runners)), "30")
    _show("FillIn, right", _times(lambda: judge(fill_in, right_fill, runners)), "150")
    _show("FillIn, wrong", _times(lambda: judge(fill_in, wrong_fill, runners)), "150")
    for each in ("alias.3", "alias.4", "alias.5", "restore.2", "restore.3", "restore.4"):
        task = exercises()[each]
        _show(f"{each}, right", _times(partial(judge, task, task.reference, runners)), "500")  # type: ignore[attr-defined]
    runners.close()
    with Runner(mlflow=True) as runner:
        bare = _times(lambda: runner.run(Job("pass")))
        seeded = _times(
            lambda: runner.run(Job("pass", given=Given(registry=dict.fromkeys(range(1, 6), "None"))))
        )
        _show("a job without a registry", bare)
        _show("a job with a fresh registry of 5", seeded)
        _line("a fresh registry", f"{statistics.median(seeded) - statistics.median(bare):8.1f}", "30")


def clicks() -> None:
    """From a click on Check to the verdict on the page of a real JupyterLab, warm: the 95th percentile."""
    from playwright.sync_api import sync_playwright

    from tests.bench import click
    from tests.learner.browser import house

    with sync_playwright() as playwright:
        reason = house.no_browser(playwright)
    if reason:
        print(f"from click to verdict: not measured, {reason}")
        return
    aims = {"Step": "200", "FillIn": "350", "Choice": "200"}
    for kind, times in click.click_to_verdict().items():
        late = statistics.quantiles(times, n=20, method="inclusive")[-1]
        _line(f"{kind}, click to verdict on the page", f"{late:8.1f} (95th percentile)", aims[kind])


def _in_a_new_process(code: str, then: str = "") -> float:
    """Milliseconds that `code` takes in a new process, as that process measures them."""
    script = f"import sys\nimport IPython\n{_IMPORT.format(code)}\n{then}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    lines = done.stdout.split()
    return float(lines[0]) if not then else lines[-1]  # type: ignore[return-value]


def _times(action: Callable[[], object]) -> list[float]:
    for _ in range(3):
        action()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - began))
    return times


def _show(what: str, times: list[float], aim: str = "") -> None:
    tenths = statistics.quantiles(times, n=10, method="inclusive")
    _line(what, f"{statistics.median(times):8.1f} ({tenths[0]:.1f} to {tenths[-1]:.1f})", aim)


def _line(what: str, figure: str, aim: str) -> None:
    print(f"{what:40}{figure:32}{'aim: ' + aim if aim else ''}", flush=True)


if __name__ == "__main__":
    main()
