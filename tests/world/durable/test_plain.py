"""The approval with nothing recorded: it ends by its votes, and a kill costs all that it knew."""

import io
from pathlib import Path

import pytest

from checks.world.durable import Worker, place, plain
from tests.helpers.approvals import counts


def test_without_a_record_votes_and_training_are_lost() -> None:
    worker = Worker(durable=False)
    try:
        worker.start()
        assert worker.vote("alice", "approve").votes == 1
        worker.kill()
        assert "nobody takes it" in worker.vote("bob", "approve").headline
        again = worker.start()
        assert "no process: bob: approve, lost" in worker.picture().text
        assert (again.votes, counts(worker)["train_model"]) == (0, 2)
        assert worker.vote("bob", "approve").state == "waiting for a decision"
        assert worker.vote("alice", "approve").state == "ended: deployed"
    finally:
        worker.close()


@pytest.mark.parametrize(
    ("votes", "read", "last"),
    [
        ("alice approve\nmallory approve\nalice approve\nbob approve\n", 4, place.DEPLOY),
        ("alice approve\nmallory reject\nbob reject\nalice approve\n", 3, place.FAIL),
        ("alice approve\n", 1, place.WAITING),  # whoever started it is gone
    ],
)
def test_approvers_alone_decide_and_each_counts_once(
    votes: str, read: int, last: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.keep(tmp_path, "settings", {"quorum": 2, "approvers": ["alice", "bob"]})
    monkeypatch.setattr("sys.stdin", io.StringIO(votes))
    plain.work(tmp_path)
    first, *_, ended = place.happened(tmp_path)
    assert (first, ended) == (place.TRAIN, last)
    assert place.happened(tmp_path).count(place.GOT) == read
