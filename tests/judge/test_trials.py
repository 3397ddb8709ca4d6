"""Many situations: made from seeds, confirmed alone, and the smallest that fails is shown."""

from dataclasses import replace
from random import Random

import pytest

from checks.exercise import Situation, Step
from checks.judge import Runners, judge
from checks.judge.compare import what_counts
from checks.judge.situations import made, size
from checks.judge.trials import jobs, trial
from checks.lessons import exercises
from checks.runner import Given, Job

STEPS = [id_ for id_, exercise in exercises().items() if isinstance(exercise, Step)]
MADE = [id_ for id_ in STEPS if exercises()[id_].makes]  # type: ignore[attr-defined]


def _step(id_: str) -> Step:
    step = exercises()[id_]
    assert isinstance(step, Step)
    return step


@pytest.mark.parametrize("id_", MADE)
def test_the_same_seeds_make_the_same_situations(id_: str) -> None:
    step = _step(id_)
    assert step.makes is not None
    assert repr([step.makes(Random(seed)) for seed in range(5)]) == repr(
        [step.makes(Random(seed)) for seed in range(5)]
    )
    situations = made(step)
    assert len(situations) == step.many
    assert [size(each) for each in situations] == sorted(map(size, situations))


@pytest.mark.parametrize("id_", [id_ for id_ in MADE if _step(id_).smaller])
def test_smaller_situations_are_smaller_and_possible(id_: str) -> None:
    step = _step(id_)
    assert step.smaller is not None
    for situation in made(step)[-5:]:
        for each in step.smaller(situation):
            assert size(each) < size(situation)
            assert each.given


V = "def version_number(version):\n    return "


def test_what_no_named_situation_shows_is_found_and_shown_small(runners: Runners) -> None:
    verdict = judge(_step("order.1"), f"{V}int(version[1:4])", runners)
    assert verdict.status == "wrong"
    shown = verdict.feedback.split("With the version `'v")[1]
    assert len(shown.partition("'")[0]) == 4


def test_the_smallest_history_that_fails_is_shown(runners: Runners) -> None:
    answer = "in_order = sorted(model_versions, key=lambda name: name[1:].zfill(3))"
    found = trial(_step("order.2"), answer, runners).shown
    assert found is not None
    versions = found.situation.before["model_versions"]
    assert isinstance(versions, dict) and len(versions) == 2


def test_a_difference_that_shows_only_beside_others_is_none(runners: Runners) -> None:
    """What one situation leaves in a module, another finds; alone the answer is right."""
    leaky = (
        "import math\ndef version_number(version):\n    math.seen = getattr(math, 'seen', 0) + 1\n"
        "    return int(version[1:]) if math.seen < 3 else 0\n"
    )
    step = replace(_step("order.1"), after="number = version_number(version)")
    assert judge(step, leaky, runners).correct


def test_an_endless_loop_in_a_made_situation_is_found(runners: Runners) -> None:
    loop = "def version_number(version):\n    while len(version) > 4: pass\n    return int(version[1:])\n"
    verdict = judge(replace(_step("order.1"), seconds=1.0), loop, runners)
    assert verdict.status == "wrong" and "does not come to an end" in verdict.feedback


@pytest.mark.parametrize("reference", ["import os\nos._exit(1)", "import no_such_package"])
def test_a_reference_that_fails_is_our_failure(reference: str, runners: Runners) -> None:
    step = replace(_step("order.1"), reference=reference)
    assert judge(step, reference, runners).status == "error"


def test_nothing_is_made_where_nothing_makes() -> None:
    assert made(replace(_step("order.1"), makes=None)) == ()
    assert size(Situation("", {"a": 1})) < size(Situation("", {"a": "a longer one"}))


REGISTRY = [id_ for id_ in STEPS if _step(id_).mlflow]


@pytest.mark.parametrize("id_", REGISTRY)
def test_a_reference_gives_together_what_it_gives_alone(id_: str, runners: Runners) -> None:
    step = _step(id_)
    situations = [*step.situations, *made(step)]
    together = runners.references_in_one(*_asked(step, situations))
    alone = runners.answers(jobs(step, step.reference, situations))
    assert [what_counts(step, each) for each in together] == [what_counts(step, each) for each in alone]


def _asked(step: Step, situations: list[Situation]) -> tuple[Job, list[Given]]:
    asked = jobs(step, step.reference, situations)
    return asked[0], [job.given for job in asked]


def test_what_the_time_did_not_suffice_for_is_tried_from_its_large_end(runners: Runners) -> None:
    step = replace(_step("order.1"), seconds=2.0)
    slowly = f"import time\n{V}time.sleep(0.02) or int(version[1:])"
    assert trial(step, slowly, runners).shown is None
    assert trial(step, slowly.replace("version[1:]", "version[1:5]"), runners).shown is not None
