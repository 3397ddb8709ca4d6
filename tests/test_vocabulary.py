"""The names that all rooms share are those that there are."""

import checks
from checks import vocabulary


def test_the_words_are_those_that_a_notebook_can_import() -> None:
    assert set(vocabulary.WORDS) == set(checks.__all__)
    for word in vocabulary.WORDS:
        assert callable(getattr(checks, word)), word
