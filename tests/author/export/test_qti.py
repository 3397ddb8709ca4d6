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
