"""`checks/judge/known.jsonl` is what our own answers leave behind, today."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from checks.author import knowing
from checks.judge import Runners, known
from checks.runner import Outcome

#: Situations that are run again, of some 170.
_AGAIN = 12


def test_the_file_holds_what_is_asked_and_can_be_kept(runners: Runners) -> None:
    text = known.FILE.read_text("utf-8")
    held = known.known(text)
    asked = {known.key(job): job for group in knowing.asked() for job in group}
    assert held, "run `workbook notebooks`: MLflow is another now"
    assert held.keys() <= asked.keys(), "run `workbook notebooks`: exercises are others now"
    empty = known.written([])
    if not text.startswith(empty):
        pytest.skip(f"it was made with another Python than this: {empty}")
    left = [asked[name] for name in asked.keys() - held.keys()]
    came = zip(map(known.key, left), runners.references(left), strict=True)
    assert known.written(came) == empty, "run `workbook notebooks`: exercises are others now"


def test_all_is_run_again_where_it_is_forgotten(
    runners: Runners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job, *_), *_ = knowing.asked()
    file = tmp_path / "known.jsonl"
    file.write_text(known.written([(known.key(job), Outcome("finished", printed="of old"))]), "utf-8")
    for module in (known, knowing):
        monkeypatch.setattr(module, "FILE", file)
    monkeypatch.setattr(knowing, "asked", lambda: [[job]])
    monkeypatch.setattr(runners, "_outcomes", {})
    known.held.cache_clear()
    try:
        assert not knowing.write(runners) and "of old" in file.read_text("utf-8")
        knowing.forget()
        assert "of old" in file.read_text("utf-8"), "it stays until there is another"
        monkeypatch.setattr(runners, "_outcomes", {})
        assert knowing.write(runners) and "of old" not in file.read_text("utf-8")
    finally:
        known.held.cache_clear()


def test_what_it_holds_comes_again(runners: Runners, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = Random(7).sample(knowing.asked(), _AGAIN)
    held = {known.key(job): known.outcome(known.key(job)) for group in groups for job in group}
    monkeypatch.setattr(known, "outcome", lambda name: None)
    monkeypatch.setattr(runners, "_outcomes", {})
    for group in groups:
        for job, came in zip(group, runners.references_together(group), strict=True):
            before = held[known.key(job)]
            assert before is None or _sure(before) == _sure(came), f"`workbook notebooks --all`: {job}"


def _sure(outcome: Outcome) -> Outcome:
    """Without how long it took, and the words of an exception, in which MLflow lists keys in any order."""
    raised = outcome.raised and replace(outcome.raised, message="")
    return replace(outcome, raised=raised, printed="" if raised else outcome.printed, seconds=0.0)
