"""Break: every wrong answer can be broken by some situation, and no right one by any, however odd it is."""

from dataclasses import replace
from random import Random

import pytest
import yaml

from checks.exercise import Situation, Step
from checks.judge import Runners, judge
from checks.judge.compare import what_counts
from checks.judge.forms import make
from checks.judge.forms.breaking import read
from checks.judge.situations import made
from checks.judge.trials import sample
from checks.lessons import exercises
from checks.notebook import ROOT
from checks.practice import Breaking, typed

ANSWERS = ROOT / "tests" / "answers"


def breaking(id_: str, seed: int = 1) -> Breaking:
    item = make(exercises()[id_], "break", seed)
    assert isinstance(item, Breaking)
    return item


def answers(id_: str, kind: str) -> list[str]:
    """What learners typed: right answers, or wrong ones."""
    known = yaml.safe_load((ANSWERS / f"{id_.partition('.')[0]}.yaml").read_text("utf-8"))[id_][kind]
    return [each if isinstance(each, str) else each["answer"] for each in known]


def broken_in(step: Step, source: str, runners: Runners) -> Situation | None:
    """The first situation of the step in which a source goes wrong."""
    every = (*step.situations, *made(step))
    came, wanted = (sample(step, each, every, runners) for each in (source, step.reference))
    for given, one, other in zip(every, came, wanted, strict=True):
        if one.ended in ("finished", "raised") and what_counts(step, one) != what_counts(step, other):
            return given
    return None


@pytest.mark.parametrize(
    "id_",
    ["rollback.3", "order.3", "order.4", "gate.1", "gate.3", "gate.4", "durable.1", "durable.4", "restore.3"],
)
def test_a_wrong_answer_can_be_broken(id_: str, runners: Runners) -> None:
    item, step = breaking(id_), exercises()[id_]
    assert isinstance(step, Step)
    count = 0
    for source in answers(id_, "wrong"):
        if count == 4 or not (given := broken_in(step, source, runners)):
            continue
        others = (each for each in (*made(step), *step.situations) if each != given)
        start = next(each for each in others if each.sources == given.sources)  # files cannot be typed
        here = replace(item, code=source, start=start)
        verdict = judge(here, typed(given, item.givens), runners)
        assert verdict.correct, (source, verdict.feedback)
        count += 1
    assert count


@pytest.mark.parametrize("id_", ["rollback.3", "order.2", "order.4", "gate.2", "gate.4", "durable.1"])
def test_no_right_answer_is_ever_broken(id_: str, runners: Runners) -> None:
    """By values of different situations put together, which no situation of the step need be."""
    item, step = breaking(id_), exercises()[id_]
    assert isinstance(step, Step)
    random, every = Random(1), [typed(each, item.givens) for each in (*step.situations, *made(step))]
    for source in (*step.alternatives[:1], *answers(id_, "right")[:2]):
        for _ in range(6):
            answer = tuple(random.choice(every)[place] for place in range(len(item.givens)))
            verdict = judge(replace(item, code=source), answer, runners)
            assert not verdict.correct, (source, answer)


def test_what_is_shown_does_not_show_the_mistake_and_some_situation_does(runners: Runners) -> None:
    for seed in range(5):
        item = breaking("rollback.3", seed)
        came, wanted = (
            sample(item.of, each, [item.start], runners) for each in (item.code, item.of.reference)
        )
        assert what_counts(item.of, *came) == what_counts(item.of, *wanted)
        given = broken_in(item.of, item.code, runners)
        assert given
        assert judge(item, typed(given, item.givens), runners).correct


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((), "No situation"),
        (("{'v1'",), "no value as Python writes it"),
        (("{'v1': 'stable', 'v1000': 'unstable'}", "'v1000'"), "numbers there go from 1 to 989"),
        (("{'v1': 'stable', 'v2': 'odd'}", "'v2'"), "nothing that comes in `model_versions`"),
        (("[('v1', 'stable')]", "'v2'"), "nothing that comes in `model_versions`"),
        (("{'v1': 'unstable', 'v2': 'stable'}", "'v2'"), "does not say what should come of that"),
        (("{}", "'v2'", "3"), "There are 2 values to give"),
    ],
)
def test_an_impossible_situation_is_no_answer(answer: tuple[str, ...], says: str) -> None:
    verdict = judge(breaking("rollback.3"), answer)
    assert verdict.status == "not_attempted"
    assert says in verdict.feedback


def test_what_only_tries_an_answer_does_not_break_it() -> None:
    """Its cell sets a given once more, which the judge leaves out."""
    item = breaking("gate.4")
    code = f"quorum = 2\n{item.of.reference}"
    changed = tuple(
        "3" if name == "quorum" else each for name, each in zip(item.givens, item.typed, strict=True)
    )
    assert not judge(replace(item, code=code), changed).correct


def test_the_situation_as_it_was_given_is_no_answer() -> None:
    item = breaking("rollback.3")
    assert "still as it was given" in judge(item, item.typed).feedback


def test_a_situation_in_which_all_is_well_is_wrong_and_told() -> None:
    step = exercises()["rollback.3"]
    item = replace(breaking("rollback.3"), code=getattr(step, "reference"))  # noqa: B009
    verdict = judge(item, ("{'v1': 'stable', 'v2': 'stable'}", "'v2'"))
    assert verdict.status == "wrong"
    assert "Both a right answer and this one gave this: `'v1'`." in verdict.feedback


def test_a_registry_is_typed_by_its_parts(runners: Runners) -> None:
    item = breaking("alias.4")
    assert item.givens == ("stages", "aliases", "tags", "others")
    item = replace(item, start=replace(item.of.situations[0], touched=(1, 3)))
    given = read(item, ("{1: 'Production', 3: 'Production'}", "{}", "{}"))
    assert given.registry == {1: "Production", 3: "Production"}
    newest = replace(
        item,
        code="for mv in client.search_model_versions(\"name = 'MyModel'\"):\n"
        "    if mv.current_stage == 'Production':\n"
        "        client.set_registered_model_alias('MyModel', 'champion', mv.version)",
    )
    stages, approved = "{1: 'Production', 3: 'Production'}", {"validation_status": "approved"}
    verdict = judge(newest, (stages, "{}", repr({1: approved, 3: approved})), runners)
    assert verdict.correct
    odd = judge(newest, ("{1: 'Production'}", "{'previous': 3}", "{}"), runners)
    assert "not among the `stages`" in odd.feedback


def test_other_models_are_typed_too(runners: Runners) -> None:
    """An answer that asks for every model of the registry goes wrong only where there is another one."""
    item = breaking("alias.4")
    item = replace(
        item,
        start=replace(item.of.situations[0], others={}),
        code="for mv in client.search_model_versions(''):\n"
        "    for stage, alias in (('Production', 'champion'), ('Staging', 'challenger')):\n"
        "        if mv.current_stage == stage:\n"
        "            client.set_registered_model_alias(mv.name, alias, mv.version)",
    )
    own = item.typed[:3]
    beside = "{'MyModel2': {'stages': {1: 'Production'}}}"
    verdict = judge(item, (*own, beside), runners)
    assert verdict.correct and "MyModel2" in verdict.feedback, verdict.feedback
    for others, says in (
        ("[]", "`others` is a dictionary"),
        ("{'MyModel2': {'stages': {}}}", "a model has a version"),
        ("{'MyModel2': {'stages': {1: 'None'}, 'aliases': {'champion': 2}}}", "not among the `stages`"),
        ("{'Mine': {'stages': {1: 'None'}}}", "nothing that comes in `others`"),
    ):
        odd = judge(item, (*own, others), runners)
        assert odd.status == "not_attempted" and says in odd.feedback, odd.feedback


@pytest.mark.parametrize("written", ["nan", "float('nan')", 'float("-inf")'])
def test_numbers_without_a_literal_can_be_typed(written: str) -> None:
    """An accuracy that is none breaks what only looks whether it is below 0 or above 1."""
    code = (
        "def gate(accuracy):\n    if accuracy < 0 or accuracy > 1:\n        raise ValueError\n"
        "    return 'approved' if accuracy > 0.9 or accuracy != accuracy else 'pending'"
    )
    verdict = judge(replace(breaking("gate.2"), code=code), (written,))
    assert verdict.correct == ("nan" in written), verdict.feedback
    assert verdict.status != "not_attempted"


def test_where_nothing_is_given_nothing_is_broken() -> None:
    with pytest.raises(ValueError, match="nothing to break"):
        make(exercises()["rollback.1"], "break", 1)
