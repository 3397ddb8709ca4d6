"""What is known of our own answers: what was run, with these versions, and of ours alone."""

import json
from dataclasses import replace
from typing import Any

import pytest

from checks.judge import Runners, judge, known
from checks.lessons import exercises
from checks.runner import Error, Given, Job, Outcome, State
from checks.runner.values import encode_input

LEFT = Outcome("finished", {"x": encode_input([1, "a", None], "x")}, "said", None, State({2: "Production"}))
RAISED = Outcome("raised", {}, "", Error("KeyError", "'x'", 3))


def test_an_outcome_is_kept_as_it_was() -> None:
    text = known.written([("one", LEFT), ("other", RAISED), ("same", LEFT)])
    assert len(text.splitlines()) == 3
    read = {name: known._read(json.loads(line)["outcome"]) for name, line in known.known(text).items()}
    assert read == {"one": LEFT, "other": RAISED, "same": LEFT}


def test_what_was_stopped_or_names_its_folder_is_not_kept() -> None:
    place = "/dev/shm/workbook-57iivqlm/job-22827-mkp19fi0/here/models/2/model.py"
    outcomes = [Outcome("timed_out"), Outcome("exited"), replace(RAISED, printed=f"No module in {place}")]
    assert len(known.written(zip("abc", outcomes, strict=True)).splitlines()) == 1


@pytest.mark.parametrize(("what", "left"), [("mlflow", set()), ("python", {"one"})])
def test_with_another_version_nothing_is_taken_that_may_differ(what: str, left: set[str]) -> None:
    head, *lines = known.written([("one", LEFT), ("other", RAISED)]).splitlines()
    told = json.dumps(json.loads(head) | {what: "0.1"})
    assert known.known("\n".join([told, *lines])).keys() == left


def test_a_key_holds_all_that_an_outcome_depends_on() -> None:
    job = Job("x = 1", given=Given({"n": 1}, registry={1: "None"}))
    others: list[dict[str, Any]] = [
        {"code": "x = 2"},
        {"setup": "y = 1"},
        {"after": "z = 1"},
        {"given": Given({"n": True}, registry={1: "None"})},
        {"given": Given({"n": 1}, registry={1: "Staging"})},
    ]
    assert len({known.key(job), *(known.key(replace(job, **each)) for each in others)}) == 6
    assert known.key(job) == known.key(replace(job, given=Given({"n": 1}, registry={1: "None"})))


def test_an_answer_is_run_whatever_is_known(runners: Runners, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def outcome(name: str) -> Outcome | None:
        asked.append(name)
        return None

    step = exercises()["restore.2"]
    together = runners._together
    ran: list[str] = []

    def watch(whose: str, job: Job, situations: list[Given]) -> list[Outcome]:
        ran.append(whose)
        return together(whose, job, situations)

    monkeypatch.setattr(known, "outcome", outcome)
    monkeypatch.setattr(runners, "_outcomes", {})
    monkeypatch.setattr(runners, "_together", watch)
    assert judge(step, step.reference, runners).correct
    # The answer in the named and in the made situations; what is known is asked for the reference alone.
    assert ran.count("answers") == 2 and len(set(asked)) == len(step.situations) + step.many
