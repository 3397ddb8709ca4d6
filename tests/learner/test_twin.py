"""Items in another language are those of English: their letters are graded so."""

import dataclasses
from functools import partial

import pytest

from checks.catalogue import language, use
from checks.exercise import Exercise
from checks.judge.forms import make
from checks.learner import twin
from checks.lessons import exercises


@pytest.fixture(autouse=True)
def pseudo() -> None:
    use("pseudo")


def test_an_item_in_another_language_is_the_one_of_english() -> None:
    made = partial(make, form="predict", seed=7)
    own = twin.made("rollback.3", made)
    use("en")
    english = twin.made("rollback.3", made)
    assert own.task != english.task
    assert (own.answer, own.gives, own.code) == (english.answer, english.gives, english.code)  # type: ignore[attr-defined]


def test_where_a_translation_leads_to_another_item_english_is_shown() -> None:
    def made(exercise: Exercise) -> Exercise:
        item = make(exercise, "predict", 7)
        return item if language() == "en" else dataclasses.replace(item, answer="z")  # type: ignore[call-arg]

    use("en")
    english = made(exercises()["rollback.3"])
    use("pseudo")
    assert twin.made("rollback.3", made) == english


def test_why_there_is_no_item_is_said_in_the_learners_language() -> None:
    with pytest.raises(ValueError, match="ƒóŕḿ 'knit'"):
        twin.made("rollback.3", partial(make, form="knit", seed=7))
