"""What each lesson stands on: behaviour of MLflow that its text states as a fact, run on a registry.

An upgrade that changes one of them goes red here, under the name of the lesson whose text is then untrue.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checks.world import registry
from checks.world.registry import State

if TYPE_CHECKING:
    from mlflow import MlflowClient

STAGES = {1: "Archived", 2: "Production", 3: "Staging", 4: "Production", 5: "Staging"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator["MlflowClient"]:
    """A client of a registry as lesson 2 seeds it, with the aliases and tags of lesson 5."""
    from mlflow import MlflowClient

    file = tmp_path / "registry.db"
    seed = State(STAGES, {"champion": 2, "challenger": 3}, {2: {"validation_status": "approved"}})
    registry.create(file, seed, registry.template())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # stages; lesson 2 has a test of it
        yield MlflowClient(registry_uri=f"sqlite:///{file}")


# ── lesson 2: stages ──────────────────────────────────────────────────────────────────────────────────


def test_lesson_2_stages_are_deprecated_and_still_there(client: "MlflowClient") -> None:
    with pytest.warns(FutureWarning, match=r"deprecated since 2\.9"):
        client.transition_model_version_stage("MyModel", 1, "Staging")
    assert client.get_model_version("MyModel", "1").current_stage == "Staging"


def test_lesson_2_what_the_other_methods_do_with_a_stage(client: "MlflowClient") -> None:
    for method in ("get_model_version", "delete_model_version"):
        with pytest.raises(TypeError, match="unexpected keyword argument 'stage'"):
            getattr(client, method)(name="MyModel", version=1, stage="Production")
    assert not hasattr(client, "register_model")
    assert client.get_model_version("MyModel", "1").current_stage == "Archived"


def test_lesson_2_a_versions_attributes(client: "MlflowClient") -> None:
    versions = client.search_model_versions("name = 'MyModel'")
    assert {mv.status for mv in versions} == {"READY"}
    assert {type(mv.version) for mv in versions} == {int}
    assert not hasattr(versions[0], "stage") and not hasattr(versions[0], "id")


def test_lesson_2_stages_that_there_are(client: "MlflowClient") -> None:
    from mlflow.exceptions import MlflowException

    with pytest.raises(MlflowException, match="Value must be one of None, Staging, Production, Archived"):
        client.transition_model_version_stage("MyModel", 1, "Rejected")
    client.transition_model_version_stage("MyModel", 1, "production")
    assert client.get_model_version("MyModel", "1").current_stage == "Production"
    client.transition_model_version_stage("MyModel", 1, "None")
    assert client.get_model_version("MyModel", "1").current_stage == "None"


def test_lesson_2_two_versions_may_be_in_production_unless_the_older_is_archived(
    client: "MlflowClient",
) -> None:
    client.transition_model_version_stage("MyModel", 5, "Production")
    stages = {mv.version: mv.current_stage for mv in client.search_model_versions("name = 'MyModel'")}
    assert [number for number in stages if stages[number] == "Production"] == [5, 4, 2]
    client.transition_model_version_stage("MyModel", 3, "Production", archive_existing_versions=True)
    stages = {mv.version: mv.current_stage for mv in client.search_model_versions("name = 'MyModel'")}
    assert [number for number in sorted(stages) if stages[number] == "Archived"] == [1, 2, 4, 5]


def test_lesson_2_the_last_touched_is_found_first_and_stages_are_no_filter(client: "MlflowClient") -> None:
    from mlflow.exceptions import MlflowException

    client.update_model_version("MyModel", "1", "touched")
    assert client.search_model_versions("name = 'MyModel'")[0].version == 1
    with pytest.raises(MlflowException):
        client.search_model_versions("current_stage = 'Production'")


# ── lesson 5: aliases and tags ────────────────────────────────────────────────────────────────────────


def test_lesson_5_a_search_brings_no_aliases_and_the_others_do(client: "MlflowClient") -> None:
    assert all(mv.aliases == [] for mv in client.search_model_versions("name = 'MyModel'"))
    assert client.get_model_version("MyModel", "2").aliases == ["champion"]
    expected = {"champion": 2, "challenger": 3}
    found = client.get_registered_model("MyModel").aliases
    assert {alias: int(version) for alias, version in found.items()} == expected
    (listed,) = client.search_registered_models("name = 'MyModel'")
    assert {alias: int(version) for alias, version in listed.aliases.items()} == expected


def test_lesson_5_a_filter_knows_tags_and_no_aliases(client: "MlflowClient") -> None:
    from mlflow.exceptions import MlflowException

    found = client.search_model_versions("name = 'MyModel' and tags.validation_status = 'approved'")
    assert [mv.version for mv in found] == [2]
    with pytest.raises(MlflowException):
        client.search_model_versions("alias = 'champion'")


@pytest.mark.parametrize("alias", ["latest", "v5"])
def test_lesson_5_names_that_are_reserved(client: "MlflowClient", alias: str) -> None:
    from mlflow.exceptions import MlflowException

    with pytest.raises(MlflowException, match="reserved"):
        client.set_registered_model_alias("MyModel", alias, 1)


def test_lesson_5_capitals_count_in_aliases(client: "MlflowClient") -> None:
    client.set_registered_model_alias("MyModel", "Champion", 5)
    assert client.get_model_version_by_alias("MyModel", "champion").version == 2
    assert client.get_model_version_by_alias("MyModel", "Champion").version == 5


def test_lesson_5_an_alias_moves_and_goes_with_its_version(client: "MlflowClient") -> None:
    from mlflow.exceptions import MlflowException

    client.set_registered_model_alias("MyModel", "champion", 4)
    assert client.get_model_version("MyModel", "2").aliases == []
    client.delete_model_version("MyModel", "4")
    assert "champion" not in client.get_registered_model("MyModel").aliases
    with pytest.raises(MlflowException, match="alias champion not found"):
        client.get_model_version_by_alias("MyModel", "champion")


def test_lesson_5_nothing_stops_a_rejected_version(client: "MlflowClient") -> None:
    client.set_model_version_tag("MyModel", "2", "validation_status", "rejected")
    client.set_registered_model_alias("MyModel", "champion", 2)
    assert client.get_model_version_by_alias("MyModel", "champion").tags == {"validation_status": "rejected"}


def test_lesson_5_a_tag_is_text_and_keeps_no_history(client: "MlflowClient") -> None:
    client.set_model_version_tag("MyModel", "2", "validation_status", 1)
    assert client.get_model_version("MyModel", "2").tags == {"validation_status": "1"}


def test_lesson_5_numbers_are_not_used_again_and_a_new_name_breaks_addresses(client: "MlflowClient") -> None:
    from mlflow.exceptions import MlflowException

    client.delete_model_version("MyModel", "5")
    assert int(client.create_model_version("MyModel", "models/new").version) == 6
    client.rename_registered_model("MyModel", "Renamed")
    with pytest.raises(MlflowException, match="MyModel"):
        client.get_model_version_by_alias("MyModel", "champion")
    assert client.get_model_version_by_alias("Renamed", "champion").version == 2


# ── lesson 6: rolling back what is served ─────────────────────────────────────────────────────────────


@pytest.fixture
def served() -> Iterator["MlflowClient"]:
    import mlflow

    from checks.world import serving

    before = mlflow.get_tracking_uri(), mlflow.get_registry_uri()
    yield serving.rental_registry()
    mlflow.set_tracking_uri(before[0])
    mlflow.set_registry_uri(before[1])


def test_lesson_6_what_is_loaded_stays_as_it_is(served: "MlflowClient") -> None:
    import mlflow

    model = mlflow.pyfunc.load_model("models:/MyModel@champion")
    served.set_registered_model_alias("MyModel", "champion", 5)
    assert model.predict([50]) == [650]
    assert mlflow.pyfunc.load_model("models:/MyModel@champion").predict([50]) == [6500]


def test_lesson_6_ready_does_not_mean_that_it_loads(served: "MlflowClient") -> None:
    import mlflow

    from checks.world import serving

    serving.clean_up(served, 2)
    assert served.get_model_version("MyModel", "2").status == "READY"
    with pytest.raises(Exception, match=r".+"):
        mlflow.pyfunc.load_model("models:/MyModel/2")


def test_the_major_version_is_one_that_has_stages() -> None:
    """Stages go with a future major release: lessons 2 and 5 and half of the bank are rewritten then."""
    import mlflow

    assert mlflow.__version__.split(".")[0] == "3"
