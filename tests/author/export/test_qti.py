"""The QTI package as Canvas and others look into it: what lies where, of which kind, and what it scores."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from checks.author.export import qti
from tests.helpers.exported import hard

TEXTS = ["What?", "one", "two", "three", "four", "No 1.", "No 2.", "Yes.", "No 4.", "Remember."]
Q = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@pytest.fixture
def package(tmp_path: Path) -> dict[str, ET.Element]:
    qti.write([hard(TEXTS, "c")], tmp_path / "bank.zip")
    with zipfile.ZipFile(tmp_path / "bank.zip") as found:
        return {name: ET.fromstring(found.read(name)) for name in found.namelist()}


def test_the_manifest_leads_to_the_assessment(package: dict[str, ET.Element]) -> None:
    manifest, assessment = package
    assert manifest == "imsmanifest.xml"
    (resource,) = (one for one in package[manifest].iter() if one.tag.endswith("}resource"))
    assert resource.get("type") == "imsqti_xmlv1p2"
    assert [file.get("href") for file in resource] == [assessment]


def test_an_item_says_of_which_kind_and_how_difficult_it_is(package: dict[str, ET.Element]) -> None:
    _, root = package.values()
    (item,) = root.iter(f"{Q}item")
    assert (item.get("ident"), item.get("title")) == ("bank.hard-signs", "Hard: {signs} = ~all~ of ::them::")
    fields = [[part.text for part in field] for field in item.iter(f"{Q}qtimetadatafield")]
    assert fields == [
        ["question_type", "multiple_choice_question"],
        ["points_possible", "1.0"],
        ["qmd_levelofdifficulty", "hard"],
    ]


def test_the_right_option_alone_scores(package: dict[str, ET.Element]) -> None:
    _, root = package.values()
    scored = {}
    for condition in root.iter(f"{Q}respcondition"):
        chosen = condition.find(f"{Q}conditionvar/{Q}varequal")
        if chosen is not None:
            scored[chosen.text] = condition.findtext(f"{Q}setvar")
    assert scored == {"a": None, "b": None, "c": "100", "d": None}


def test_each_option_leads_to_its_own_feedback_in_html(package: dict[str, ET.Element]) -> None:
    _, root = package.values()
    led = {
        condition.findtext(f"{Q}conditionvar/{Q}varequal"): shown.get("linkrefid")
        for condition in root.iter(f"{Q}respcondition")
        for shown in condition.iter(f"{Q}displayfeedback")
    }
    assert led == {None: "general_fb", **{letter: f"{letter}_fb" for letter in "abcd"}}
    said = {
        feedback.get("ident"): feedback.findtext(f".//{Q}mattext")
        for feedback in root.iter(f"{Q}itemfeedback")
    }
    assert said["b_fb"] == "No 2."
    assert said["general_fb"] == "Remember."


def test_markdown_becomes_html(tmp_path: Path) -> None:
    qti.write([hard(["What is `1`?", *TEXTS[1:]], "c")], tmp_path / "bank.zip")
    with zipfile.ZipFile(tmp_path / "bank.zip") as found:
        assert "What is &lt;code&gt;1&lt;/code&gt;?" in found.read(found.namelist()[1]).decode()


def test_the_same_questions_give_the_same_bytes_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    qti.write([hard(TEXTS, "c")], tmp_path / "one.zip")
    monkeypatch.setattr(zipfile.time, "time", lambda: 2e9)  # type: ignore[attr-defined]
    qti.write([hard(TEXTS, "c")], tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
