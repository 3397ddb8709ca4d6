"""Pictures are drawn from what a registry holds, the same every time, and nothing in it becomes markup."""

import base64
from html.parser import HTMLParser
from xml.etree import ElementTree

from checks.world.picture import timeline
from checks.world.registry import State, practice, state_of

BEFORE = State({1: "Production", 2: "None"}, {"champion": 1}, {1: {"validation_status": "approved"}})
AFTER = State(
    {1: "Archived", 2: "None"},
    {"champion": 2},
    {1: {"validation_status": "approved"}, 2: {"validation_status": "approved"}},
)


def texts(svg, bold=False):
    """What stands on the picture, but for the numbers and the name of its axis."""
    drawn = [each for each in ElementTree.fromstring(svg).iter() if each.tag.rpartition("}")[2] == "text"]
    said = [each.text for each in drawn if ("700" in each.get("style")) == bold and each.text]
    return [text for text in said if not text.isdigit() and text != "version of MyModel"]


def picture_of(picture):
    """The attributes of the image that a notebook shows."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    reader.feed(picture._repr_mimebundle_()["text/html"])
    assert [tag for tag, _ in found] == ["img"]
    return found[0][1]


def test_a_timeline_says_the_same_in_words_and_lines():
    picture = timeline(BEFORE)
    assert repr(picture) == "  version 1: Production, approved, @champion\n  version 2"
    assert texts(picture.svg) == ["@champion", "Production", "approved"]
    assert picture == timeline(BEFORE)


def test_what_changed_is_bold():
    picture = timeline(BEFORE, AFTER)
    assert texts(picture.svg, bold=True) == ["Archived", "@champion", "approved"]
    assert picture.text.splitlines()[0::3] == ["before:", "after:"]


def test_nothing_becomes_markup():
    nasty = "<script>&\"'"
    picture = timeline(State({1: "None"}, {nasty: 1}, {1: {"validation_status": nasty}}), titles=[nasty])
    assert nasty in texts(picture.svg)
    assert "<script" not in picture._repr_mimebundle_()["text/html"] + picture.svg


def test_a_notebook_gets_an_image_with_its_words():
    shown = picture_of(timeline(BEFORE))
    assert shown["alt"] == timeline(BEFORE).text
    svg = base64.b64decode(shown["src"].removeprefix("data:image/svg+xml;base64,")).decode()
    assert texts(svg) == texts(timeline(BEFORE).svg)


def test_versions_that_are_gone_leave_a_gap_and_no_mark():
    svg = timeline(State({1: "None", 3: "None"}), State({1: "None", 2: "None", 3: "None"})).svg
    ticks = [each.text for each in ElementTree.fromstring(svg).iter() if (each.text or "").isdigit()]
    assert ticks == ["1", "2", "3"]


def test_dollars_are_no_formula():
    assert "a $x_1$" in texts(timeline(State({1: "None"}, {}, {1: {"validation_status": "a $x_1$"}})).svg)


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
