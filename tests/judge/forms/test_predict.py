"""Predict: the option that is claimed right is what the code gives when it is run, and no other one is."""

import re

import pytest

from checks.judge import Runners, judge
from checks.judge.forms import make, tell
from checks.judge.trials import jobs
from checks.lessons import exercises
from checks.practice import Prediction

#: Every kind of outcome: a value, a text, what a function returns or raises, calls, aliases.
SOME = [
    "rollback.3",
    "rollback.4",
    "order.1",
    "order.3",
    "order.4",
    "gate.2",
    "gate.3",
    "durable.1",
    "durable.4",
]


def predictions(id_: str, seeds: int) -> list[Prediction]:
    items = [make(exercises()[id_], "predict", seed) for seed in range(seeds)]
    return [each for each in items if isinstance(each, Prediction)]


@pytest.mark.parametrize("id_", SOME)
def test_what_is_claimed_is_what_the_code_gives(id_: str, runners: Runners) -> None:
    for item in predictions(id_, 4):
        (came,) = runners.answers(jobs(item.of, item.code, item.of.situations))
        gives = tell.gives(item.of, came, item.told, item.of.situations[0])
        assert [gives == each for each in item.options] == [each == item.answer for each in item.letters]
        assert 3 <= len(item.options) == len(set(item.options)) <= 4


def test_what_is_claimed_is_what_python_says() -> None:
    for item in predictions("rollback.3", 20):
        names: dict[str, object] = dict(item.of.situations[0].before)
        try:
            exec(item.code, names)
            gives = repr(names["rollback_version"]) if "rollback_version" in names else ""
        except Exception as error:
            gives = type(error).__name__
        assert item.gives[item.letters.index(item.answer)] == gives


def test_no_item_is_answered_by_its_own_text() -> None:
    """The right option is not the only one that stands in the task, nor the only one that does not."""
    for item in predictions("rollback.3", 20):
        stands = [each.strip("`") in item.task for each in item.options]
        right = item.letters.index(item.answer)
        assert stands[right] in stands[:right] + stands[right + 1 :]


def test_nothing_is_asked_that_follows_from_what_is_not_shown() -> None:
    """What the served model predicts depends on files that the task does not tell of."""
    for seed in range(3):
        try:
            (item,) = [make(exercises()["restore.1"], "predict", seed)]
        except ValueError:
            continue
        assert isinstance(item, Prediction)
        assert not re.search(r"\d{3}", item.options[item.letters.index(item.answer)])
        assert "log =" not in item.task and "calls =" not in item.task


def test_an_answer_may_be_the_letter_or_the_value() -> None:
    item = next(
        each
        for each in predictions("rollback.3", 20)
        if each.gives[each.letters.index(each.answer)][0] == "'"
    )
    value = item.gives[item.letters.index(item.answer)]
    for typed in (item.answer, f" {item.answer.upper()} ", value, value.replace("'", '"')):
        assert judge(item, (typed,)).correct


def test_the_registry_is_shown_as_the_code_leaves_it() -> None:
    for item in predictions("alias.4", 2):
        for letter in item.letters:
            board = judge(item, (letter,)).registries
            assert board and board.before
            changes = item.options[item.letters.index(item.answer)]
            assert (board.came == board.before) == ("nothing changes" in changes or "is raised" in changes)
    assert judge(item, ("!",)).registries is None


def test_a_wrong_letter_is_told_what_gives_that_and_what_came() -> None:
    (item,) = predictions("rollback.3", 1)
    for letter in item.letters:
        verdict = judge(item, (letter,))
        assert verdict.correct == (letter == item.answer)
        assert f"It was run: {item.options[item.letters.index(item.answer)]}." in verdict.feedback
        assert verdict.given == item.of.situations[0].given
        known = {None, *(f"rollback.3/{one.id}" for one in exercises()["rollback.3"].misconceptions)}
        assert verdict.misconception in known


def test_what_is_no_answer_costs_nothing() -> None:
    (item,) = predictions("rollback.3", 1)
    assert judge(item, ("what you like",)).status == "not_attempted"
    assert judge(item, ("'v77'",)).status == "wrong"
    assert judge(item, ("KeyError",)).status == "wrong"


def test_code_with_blanks_is_predicted_too(runners: Runners) -> None:
    for id_ in ("start.2", "order.5"):
        for item in predictions(id_, 4):
            (came,) = runners.answers(jobs(item.of, item.code, item.of.situations))
            gives = tell.gives(item.of, came, item.told, item.of.situations[0])
            assert [gives == each for each in item.options] == [each == item.answer for each in item.letters]
