"""Pictures are drawn from what a registry holds, the same every time, and nothing in it becomes markup."""

from xml.etree import ElementTree

from checks.world.picture import timeline
from checks.world.registry import State, practice, state_of

BEFORE = State({1: "Production", 2: "None"}, {"champion": 1}, {1: {"validation_status": "approved"}})
AFTER = State(
    {1: "Archived", 2: "None"},
    {"champion": 2},
    {1: {"validation_status": "approved"}, 2: {"validation_status": "approved"}},
)


def texts(svg, weight=None):
    root = ElementTree.fromstring(svg)
    return [each.text for each in root.iter("text") if each.get("font-weight") == weight]


def test_a_timeline_says_the_same_in_words_and_lines():
    picture = timeline(BEFORE)
    assert repr(picture) == "  version 1: Production, approved, @champion\n  version 2"
    assert texts(picture.svg) == ["@champion", "version 1", "Production", "approved", "version 2"]
    assert picture == timeline(BEFORE)


def test_what_changed_is_bold():
    picture = timeline(BEFORE, AFTER)
    assert texts(picture.svg, "bold") == ["Archived", "@champion", "approved"]
    assert picture.text.splitlines()[0::3] == ["before:", "after:"]


def test_nothing_becomes_markup():
    nasty = "<script>&\"'"
    picture = timeline(State({1: "None"}, {nasty: 1}, {1: {"validation_status": nasty}}), titles=[nasty])
    assert nasty in texts(picture.svg)
    assert "<script" not in picture._repr_mimebundle_()["text/html"]


def test_an_empty_registry_is_drawn_too():
    assert timeline(State({})).text == "  no version"


def test_a_practice_registry_is_mlflows_own_and_private(capfd):
    client = practice({1: "None", 2: "None"}, aliases={"champion": 1}, tags={2: {"a": "b"}})
    before = state_of(client)
    client.set_registered_model_alias("MyModel", "champion", "2")
    import mlflow

    assert mlflow.MlflowClient().get_model_version_by_alias("MyModel", "champion").version == 2
    assert "after:\n  version 1\n  version 2: @champion" in timeline(before, client).text
    other = practice({1: "None"})
    assert state_of(other) == State({1: "None"}) and state_of(client).aliases == {"champion": 2}
    assert capfd.readouterr() == ("", "")
