"""Lesson 8's solutions as the rules of a worker, or what stands in for one of them."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from checks.exercise import Step
from checks.lessons import exercises
from checks.world.durable import Worker

#: A step's solution as code.
STEPS = {number: exercises()[f"durable.{number}"] for number in (1, 2, 4)}


def rules(folder: Path, **instead: str) -> list[Callable[..., object]]:
    """The functions of the lesson's solutions, or of what stands in for one of them."""
    text = "\n".join(
        instead.get(f"step_{number}", step.reference)
        for number, step in STEPS.items()
        if isinstance(step, Step)
    )
    path = folder / "solutions_of_8.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("solutions_of_8", path)
    assert spec is not None and spec.loader is not None
    module = ModuleType("solutions_of_8")
    module.__spec__, module.__file__ = spec, str(path)
    sys.modules["solutions_of_8"] = module
    exec(compile(text, path, "exec"), module.__dict__)
    return [module.outcome, module.wait_for_decision, module.deploy]


def counts(worker: Worker) -> dict[str, int]:
    return {name: ran for name, ran, _ in worker.report().rows}
