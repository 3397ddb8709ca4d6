"""The instructor's list of learners: whom a name means, and what is no roster."""

import re
from pathlib import Path

import pytest

from checks.instructor import roster
from tests.helpers.collected import APPROVAL, LATER, OTHER, ROLLBACK, answered, collect, write


def test_a_roster_knows_whom_names_mean(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("learner id,name\ns1,Jane Doe\ns2,Ben Lee\ns3,Ann Lee\ns4,\n", "utf-8")
    names = roster.read_roster(path)
    files = {
        "Jane Doe_4711_assignsubmission_file_/01_rollback.ipynb": LATER,
        "Jane Doe_5012_assignsubmission_file_/02_approval.ipynb": OTHER,
        "leeben_900_501_01_rollback.ipynb": LATER,
        "homework s3.ipynb": LATER,
        "s4/01_rollback.ipynb": LATER,
        "unknown/01_rollback.ipynb": LATER,
    }
    assert answered(collect(write(tmp_path / "in", files), names=names)) == {
        "Ann Lee (s3)": [ROLLBACK],
        "Ben Lee (s2)": [ROLLBACK],
        "Jane Doe (s1)": [ROLLBACK, APPROVAL],
        "s4": [ROLLBACK],
        "unknown": [ROLLBACK],
    }
    class_ = collect(write(tmp_path / "both", {"s1 and s2.ipynb": LATER}), names=names)
    assert class_.learners == ()
    assert any("fits several of the roster: s1, s2" in notice for notice in class_.notices)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\n", "names nobody"),
        ("id,name\ns1,Jane\ns1,Ben\n", "line 3: the learner id 's1' is there twice"),
        ("id;name\n;Ben\n", "line 2, has no learner id"),
    ],
)
def test_a_roster_that_is_none_is_refused(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(ValueError, match=re.escape(says)):
        roster.read_roster(tmp_path / "roster.csv")
