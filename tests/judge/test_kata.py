"""A kata's call: read within bounds, made anew from nothing else, and every misfit told in a sentence."""

import pytest

from checks.exercise import Choice
from checks.judge import Runners, kata
from checks.lessons import exercises

KNOWN = {id_: exercises()[id_] for id_ in ("rollback.3", "rollback.4", "bank.f-string")}
ANSWERS = [
    ["rollback.3:predict", "quite", "b"],
    ["rollback.4:why", "little", "a"],
    ["bank.f-string:ask", "fairly", "c"],
    ["rollback.3:fade:2", "fairly", "==", "=="],
]


def test_a_call_is_what_it_was_read_from() -> None:
    read = kata.read("rollback", 7, ANSWERS, KNOWN)
    assert [each.item.seed for each in read.given] == [70, 71, 72, 73]
    names: dict[str, object] = {"kata": lambda *args, **kwargs: (args, kwargs)}
    args, kwargs = eval(read.line(), names)
    assert (args, kwargs) == (("rollback",), {"seed": 7, "answers": ANSWERS})
    assert kata.read("rollback", 7, (), KNOWN).line() == 'kata("rollback", seed=7)'


def test_the_same_call_has_the_same_verdicts(runners: Runners) -> None:
    read = kata.read("rollback", 7, ANSWERS, KNOWN)
    verdicts = list(kata.verdicts(read, KNOWN, runners))
    assert list(kata.verdicts(read, KNOWN, runners)) == verdicts
    right = []
    for given in read.given[:3]:
        item = kata.made(given.item, KNOWN[given.item.exercise], runners)
        assert isinstance(item, Choice)
        right.append(given.answer == (item.answer,))
    assert [each.correct for each in verdicts[:3]] == right


@pytest.mark.parametrize(
    ("seed", "answers", "says"),
    [
        ("7", [], "whole number"),
        (True, [], "whole number"),
        (-1, [], "whole number"),
        (7, "abc", "are a list"),
        (7, ANSWERS * 3, "of 8 at the most"),
        (7, [["rollback.3:predict", "very", "b"]], "Answer 1 is a list"),
        (7, [["rollback.3:predict", "quite"]], "Answer 1 is a list"),
        (7, [["rollback.3:predict", "quite", 3]], "Answer 1 is a list"),
        (7, [["order.3:predict", "quite", "b"]], "no item of a kata"),
        (7, [["rollback.3:dance", "quite", "b"]], "no item of a kata"),
        (7, [["rollback.3:fade:4", "quite", "b"]], "no item of a kata"),
        (7, [["rollback.3:ask", "quite", "b"]], "no item of a kata"),
        (7, [["bank.f-string:why", "quite", "b"]], "no item of a kata"),
        (7, [ANSWERS[0], ANSWERS[0]], "answered twice"),
    ],
)
def test_what_is_no_kata_is_said(seed: object, answers: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        kata.read("rollback", seed, answers, KNOWN)


def test_how_far_to_trust_ones_feeling() -> None:
    read = kata.read("rollback", 7, ANSWERS, KNOWN)
    assert kata.calibration(read.given, [False, True, True, False]) == {
        "little": (1, 1),
        "fairly": (1, 2),
        "quite": (0, 1),
    }
