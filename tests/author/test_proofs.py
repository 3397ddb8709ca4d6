"""The proofs of the bank: which are run, and what is said of one that fails."""

from dataclasses import replace

import pytest

from checks.author import proofs
from checks.lessons import bank_questions
from checks.runner import Error, Job, Outcome, RunnerError


class Answering:
    """A runner that gives what the proof asks it for."""

    closed = 0

    def __init__(self, mlflow: bool) -> None:
        assert mlflow

    def run(self, job: Job) -> Outcome:
        match job.code.split():
            case ["raise", kind, line]:
                return Outcome("raised", raised=Error(kind, "no" * (line != "0"), int(line)))
            case ["end", ended]:
                return Outcome(ended)  # type: ignore[arg-type]
            case ["fail"]:
                raise RunnerError("It does not start.")
        assert "client = mlflow.MlflowClient()" in job.setup
        assert job.given.registry
        return Outcome("finished")

    def close(self) -> None:
        Answering.closed += 1


@pytest.fixture(autouse=True)
def runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "Runner", Answering)
    monkeypatch.setattr(Answering, "closed", 0)


def refuted(*said: str) -> list[str]:
    one = bank_questions()[0]
    asked = [replace(one, id=f"bank.q{number}", proof=proof) for number, proof in enumerate(said)]
    return [f"{id_}: {why}" for id_, why in proofs.refuted(asked).items()]


def test_what_fails_is_named_with_its_error() -> None:
    assert refuted("hold", "raise AssertionError 3", "", "end timed_out", "raise KeyError 0") == [
        "bank.q1: AssertionError in line 3: no",
        "bank.q3: timed out",
        "bank.q4: KeyError",
    ]
    assert Answering.closed == 1


def test_without_a_proof_no_runner_is_started() -> None:
    assert refuted("", "") == []
    assert Answering.closed == 0


def test_a_runner_that_fails_is_closed_and_told() -> None:
    with pytest.raises(RunnerError, match="does not start"):
        refuted("fail")
    assert Answering.closed == 1
