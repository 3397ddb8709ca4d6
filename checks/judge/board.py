"""What the registry board shows: a registry before an answer, as it should be afterwards, and as it was.

Called by judging, which has run the answer by then: nothing is run for it.
"""

from collections.abc import Mapping

from checks.exercise import Model, Registries, RegistryState, Runnable
from checks.judge.compare import Difference
from checks.judge.trials import seed
from checks.runner import State
from checks.world.registry import MODEL


def registries(exercise: Runnable, shown: Difference) -> Registries | None:
    """Those of the situation that is told of, where it goes wrong or not; None where no registry is compared.

    What an answer left that was stopped is shown too, as it is there.
    """
    compared = next((each for each in exercise.compares if isinstance(each, RegistryState)), None)
    if compared is None:
        return None
    before, came, expected = (
        _models(state, compared)
        for state in (seed(shown.situation), shown.came.registry, shown.expected.registry)
    )
    return Registries(compared, before, expected, came)


def _models(state: State | None, compared: RegistryState) -> Mapping[str, Model]:
    if state is None:
        return {}
    return {name: _model(each, compared) for name, each in {MODEL: state, **state.others}.items()}


def _model(state: State, compared: RegistryState) -> Model:
    said = state.descriptions if compared.descriptions else {}
    tags = {
        number: {**state.tags.get(number, {}), **({"description": said[number]} if number in said else {})}
        for number in state.stages
    }
    return Model(state.stages, state.aliases, tags)
