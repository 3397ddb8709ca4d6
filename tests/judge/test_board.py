"""What the registry board is given: the moments of the situation that the verdict tells of."""

from checks.exercise import Model, Registries, RegistryState, Situation, Step
from checks.judge.board import registries
from checks.judge.compare import Difference
from checks.runner import Outcome, State
from tests.helpers.tasks import DOUBLE, TEXTS

SITUATION = Situation(
    "one version", registry={1: "None"}, aliases={"champion": 1}, others={"Other": Model({1: "Staging"})}
)
STEP = Step(
    id="t.8",
    reference="pass",
    situations=(SITUATION,),
    compares=(RegistryState(aliases=True, descriptions=True),),
    **TEXTS,  # type: ignore[arg-type]
)


def test_the_three_moments_are_told_by_the_models_names() -> None:
    came = State({1: "Production"}, descriptions={1: "said"}, others={"Other": State({})})
    expected = Outcome("finished", registry=State({1: "Staging"}, tags={1: {"a": "b"}}))
    shown = Difference(SITUATION, Outcome("finished", registry=came), expected, None)
    assert registries(STEP, shown) == Registries(
        RegistryState(aliases=True, descriptions=True),
        {
            "MyModel": Model({1: "None"}, {"champion": 1}, {1: {}}),
            "Other": Model({1: "Staging"}, {}, {1: {}}),
        },
        {"MyModel": Model({1: "Staging"}, {}, {1: {"a": "b"}})},
        {"MyModel": Model({1: "Production"}, {}, {1: {"description": "said"}}), "Other": Model({})},
    )


def test_an_answer_that_left_no_registry_is_told_so() -> None:
    shown = Difference(SITUATION, Outcome("timed_out"), Outcome("finished", registry=State({})), None)
    found = registries(STEP, shown)
    assert found is not None and found.came == {}


def test_there_is_none_where_no_registry_is_compared() -> None:
    outcome = Outcome("finished")
    assert registries(DOUBLE, Difference(DOUBLE.situations[0], outcome, outcome, None)) is None
