"""Lesson 6's server and registry of real models."""

from collections.abc import Iterator

import pytest

from checks.world import picture, serving
from checks.world.picture import Answered, Stretch


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """MLflow as it was before: a practice registry makes itself its registry."""
    import mlflow

    before = mlflow.get_tracking_uri(), mlflow.get_registry_uri()
    yield
    mlflow.set_tracking_uri(before[0])
    mlflow.set_registry_uri(before[1])


def test_a_server_answers_from_memory_until_it_loads_again(elsewhere: None) -> None:
    client = serving.rental_registry()
    server = serving.Server()
    assert server.ask("Friday", [50]) == "Friday, version 4: 50 m² 650"
    client.set_registered_model_alias("MyModel", "champion", 2)
    assert "version 4" in server.ask("Saturday", [50])
    assert server.load() == "the server has loaded version 2"
    assert server.ask("Sunday", [50]) == "Sunday, version 2: 50 m² 600"


def test_a_version_whose_files_are_gone_is_ready_and_does_not_load(elsewhere: None) -> None:
    client = serving.rental_registry()
    server = serving.Server()
    serving.clean_up(client, 4)
    assert client.get_model_version("MyModel", "4").status == "READY"
    assert "650" in server.ask("before", [50])
    assert server.load().startswith("the server has no model: MlflowException")
    assert "no answer" in server.ask("after", [50])
    assert server.picture().text.splitlines() == ["before: version 4, 650", "after: no model, no answer"]


def test_pictures_of_predictions_and_of_processes_say_the_same_in_words() -> None:
    drawn = picture.predictions([Answered("<now>", 2, (600, 744.5)), Answered("then", None, ())], "rent")
    assert drawn.text == "<now>: version 2, 600, 744.5\nthen: no model, no answer"
    assert "&lt;now&gt;" in drawn.svg and "<now>" not in drawn.svg
    assert picture.predictions([], "rent").text == "nothing was asked yet"

    drawn = picture.processes([Stretch(1, ("train", ">a<b: yes"), killed=True), Stretch(None, (">c: no",))])
    assert drawn.text == "process 1: train, a<b: yes, killed\nno process: c: no"
    assert "a&lt;b" in drawn.svg and drawn == picture.processes(
        [Stretch(1, ("train", ">a<b: yes"), killed=True), Stretch(None, (">c: no",))]
    )
