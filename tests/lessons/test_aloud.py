"""What is asked aloud: a slip in the file is named by its line."""

from pathlib import Path

import pytest

from checks.catalogue import speaking
from checks.lessons.aloud import changed, load_interviews, translation
from checks.lessons.reading import ContentError
from checks.lessons.translation import letters

GOOD = "rollback:\n  - asks: What?\n    says: That.\n    listen:\n      - This.\n"


def test_a_file_in_order(tmp_path: Path) -> None:
    (tmp_path / "i.yaml").write_text(GOOD)
    (one,) = load_interviews(tmp_path / "i.yaml")["rollback"]
    assert (one.asks, one.says, one.listen) == ("What?", "That.", ("This.",))


GERMAN = GOOD.replace("What?", "Was?").replace("That.", "Das.").replace("This.", "Dies.")


def test_it_is_asked_in_the_language_that_applies(tmp_path: Path) -> None:
    english, german = tmp_path / "i.yaml", tmp_path / "i.de.yaml"
    english.write_text(GOOD)
    german.write_text(f"english: {letters(GOOD)}\n{GERMAN}")
    with speaking("de"):
        (one,) = load_interviews(english)["rollback"]
    assert (one.asks, one.says, one.listen) == ("Was?", "Das.", ("Dies.",))
    assert load_interviews(english)["rollback"][0].asks == "What?"
    own = translation(english, "de")
    assert own and changed(english, own) == "" and translation(english, "fr") is None
    english.write_text(GOOD.replace("What", "Why"))
    assert changed(english, own) == letters(english.read_text())
    german.write_text(f"english: x\n{GERMAN}      - Und das.\n")
    with speaking("de"), pytest.raises(ContentError, match=r"are not those of i\.yaml: keep their number"):
        load_interviews(english)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("says", "sais", "sais"), ("      - This.\n", "", "listen"), (GOOD, "rollback: []\n", "write one")],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "i.yaml").write_text(GOOD.replace(old, new))
    with pytest.raises(ContentError, match=says):
        load_interviews(tmp_path / "i.yaml")
