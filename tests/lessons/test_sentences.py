"""What situations say of themselves, in another language."""

from pathlib import Path
from random import Random

import pytest

from checks.catalogue import use
from checks.exercise import Situation, Variable
from checks.lessons.sentences import sentences, spoken

LESSON = """\
english: x
title: Klein
between: und
situations:
  "{} stable, and {} current": "{} stabil, {} aktuell"
  the {} is set: ist {} gesetzt
  the double: das Doppelte
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "de").mkdir()
    (tmp_path / "de/lesson.yaml").write_text(LESSON, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("v1, v2 and v10 stable, and v10 current", "v1, v2 und v10 stabil, v10 aktuell"),
        ("the `model_name` is set", "ist `model_name` gesetzt"),
        ("the name is set", "the name is set"),
        ("another sentence", "another sentence"),
    ],
)
def test_values_come_over_and_what_is_not_there_stays(folder: Path, english: str, german: str) -> None:
    assert sentences(folder, "de")(english) == german
    assert sentences(folder, "fr")(english) == english


def test_all_that_a_runnable_exercise_says_is_spoken(folder: Path) -> None:
    one = Situation("v1 stable, and v2 current", {"n": 1}, about=("the `n` is set",))
    parts = {
        "situations": (one,),
        "compares": (Variable("n", shown="the double"), Variable("f", shown="the double", calls="c")),
        "makes": lambda random: one,
        "smaller": lambda situation: iter((one, one)),
        "possible": lambda situation: "the `n` is set",
        "seconds": 2,
    }
    assert spoken(folder, parts) == parts
    use("de")
    said = spoken(folder, parts)
    german = Situation("v1 stabil, v2 aktuell", {"n": 1}, about=("ist `n` gesetzt",))
    assert said["situations"] == (german,)
    assert [each.shown for each in said["compares"]] == ["das Doppelte", "the double"]
    assert said["makes"](Random(0)) == german and list(said["smaller"](german)) == [german, german]
    assert said["possible"](german) == "ist `n` gesetzt" and said["seconds"] == 2
