"""What is asked aloud: a slip in the file is named by its line."""

from pathlib import Path

import pytest

from checks.lessons.aloud import load_interviews
from checks.lessons.reading import ContentError

GOOD = "rollback:\n  - asks: What?\n    says: That.\n    listen:\n      - This.\n"


def test_a_file_in_order(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text(GOOD)
    (one,) = load_interviews(tmp_path / "i.yaml")["rollback"]
    assert (one.asks, one.says, one.listen) == ("What?", "That.", ("This.",))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("says", "sais", "sais"), ("      - This.\n", "", "listen"), (GOOD, "rollback: []\n", "write one")],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "i.yaml").write_text(GOOD.replace(old, new))
    with pytest.raises(ContentError, match=says):
        load_interviews(tmp_path / "i.yaml")
