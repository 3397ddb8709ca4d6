"""The runners of one judge: what is dealt out comes back in order, and what a reference gave is kept."""

import pytest

from checks.judge import Runners
from checks.judge.runners import in_turn
from checks.runner import Given, Job, Observe, Outcome
from checks.runner.values import plain
from checks.world.registry import State

ASKED = Job("x = n + 1", observe=(Observe("x"),), seconds=30.0)


def _xs(outcomes: list[Outcome]) -> list[object]:
    return [plain(outcome.values["x"]) for outcome in outcomes]


def test_registries_dealt_out_to_two_processes_come_back_in_order(runners: Runners) -> None:
    given = [Given({"n": n}, registry={n + 1: "None"}) for n in range(5)]
    found = runners.answers_in_one(ASKED, given)
    assert _xs(found) == [1, 2, 3, 4, 5]
    assert [each.registry for each in found] == [State({n + 1: "None"}) for n in range(5)]
    assert _xs(runners.answers_in_one(ASKED, given[:1])) == [1]


def test_only_what_is_not_known_yet_is_run(runners: Runners, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [Given({"n": n}) for n in range(100, 104)]
    first = runners.references_in_one(ASKED, given[:2])
    ran: list[object] = []
    together = runners._together

    def watch(whose: str, job: Job, situations: list[Given]) -> list[Outcome]:
        ran.extend(each.before["n"] for each in situations)
        return together(whose, job, situations)

    monkeypatch.setattr(runners, "_together", watch)
    again = runners.references_in_one(ASKED, given)
    assert ran == [102, 103]
    assert _xs(again) == [101, 102, 103, 104] and again[:2] == first


def test_what_was_stopped_is_not_kept(runners: Runners) -> None:
    asked = Job("import sys; sys.exit()")
    assert [each.ended for each in runners.references_in_one(asked, [Given()])] == ["exited"]
    assert not runners._outcomes or all(each.ended != "exited" for each in runners._outcomes.values())


def test_answers_and_references_never_share_a_process(runners: Runners) -> None:
    asked = Job("import os\nx = os.getppid()", observe=(Observe("x"),))
    supervised = {tuple(_xs(run([asked]))) for run in (runners.answers, runners.references)}
    assert len(supervised) == 2
    assert runners._runner("answers", False) is not runners._runner("references", False)


def test_where_nothing_runs_at_once_what_comes_after_one_that_ran_out_of_time_is_left_out() -> None:
    ran: list[str] = []

    def run_many(job: Job, situations: object) -> list[Outcome]:
        ran.append(job.code)
        return [Outcome("timed_out" if job.code == "slow" else "finished"), Outcome("not_run")]

    parts = [(Job(code), [Given()] * 2) for code in ("quick", "slow", "quick", "slow")]
    ended = [[each.ended for each in came] for came in in_turn(run_many, parts)]
    assert ran == ["quick", "slow"]
    assert ended == [["finished", "not_run"], ["timed_out", "not_run"], ["not_run"] * 2, ["not_run"] * 2]
