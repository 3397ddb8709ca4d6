"""The bank as a QTI 1.2 package: what Canvas, Blackboard, ILIAS and others import.

Called through checks.author.export. Written with the standard library: text2qti would have every text go
through its own Markdown dialect, in which `$`, braces and backslashes mean something. The format: IMS
Question & Test Interoperability, ASI XML binding 1.2; the item metadata `question_type` and the folder of
the pictures' addresses are what Canvas looks for.
"""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from checks.author.export.pictures import files, remember_html, task_html
from checks.exercise import Choice
from checks.markdown import compact_html

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_BANK = "workbook_bank"
_IMAGES = "images"
_FOLDER = f"%24IMS-CC-FILEBASE%24/{_IMAGES}/"
_DATE = (2026, 1, 1, 0, 0, 0)


def write(questions: Sequence[Choice], path: Path) -> None:
    """Write a zip of `imsmanifest.xml`, one assessment that holds every question, and the pictures."""
    pictures = {f"{_IMAGES}/{name}": data for name, data in files(*questions).items()}
    held = {
        "imsmanifest.xml": _xml(_manifest(pictures)),
        f"{_BANK}/{_BANK}.xml": _xml(_assessment(questions)),
        **pictures,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)


def _xml(tree: ET.Element) -> bytes:
    ET.indent(tree)
    return bytes(ET.tostring(tree, encoding="utf-8", xml_declaration=True))


def _manifest(pictures: Iterable[str]) -> ET.Element:
    manifest = ET.Element("manifest", xmlns=_PACKAGE, identifier=f"{_BANK}_manifest")
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    resource = ET.SubElement(resources, "resource", identifier=_BANK, type="imsqti_xmlv1p2")
    ET.SubElement(resource, "file", href=f"{_BANK}/{_BANK}.xml")
    for number, name in enumerate(pictures, 1):
        resource = ET.SubElement(
            resources, "resource", identifier=f"{_BANK}_picture_{number}", type="webcontent", href=name
        )
        ET.SubElement(resource, "file", href=name)
    return manifest


def _assessment(questions: Sequence[Choice]) -> ET.Element:
    root = ET.Element("questestinterop", xmlns=_QTI)
    assessment = ET.SubElement(root, "assessment", ident=_BANK, title="MLOps workbook: question bank")
    section = ET.SubElement(assessment, "section", ident="root_section")
    for question in questions:
        section.append(_item(question))
    return root


def _item(question: Choice) -> ET.Element:
    item = ET.Element("item", ident=question.id, title=question.title)
    fields = ET.SubElement(ET.SubElement(item, "itemmetadata"), "qtimetadata")
    for label, entry in (
        ("question_type", "multiple_choice_question"),
        ("points_possible", "1.0"),
        ("qmd_levelofdifficulty", question.difficulty),
    ):
        field = ET.SubElement(fields, "qtimetadatafield")
        ET.SubElement(field, "fieldlabel").text = label
        ET.SubElement(field, "fieldentry").text = entry

    presentation = ET.SubElement(item, "presentation")
    _material(presentation, task_html(question, _FOLDER))
    response = ET.SubElement(presentation, "response_lid", ident="answer", rcardinality="Single")
    choices = ET.SubElement(response, "render_choice")
    for letter, option in zip(question.letters, question.options, strict=True):
        _material(ET.SubElement(choices, "response_label", ident=letter), compact_html(option))

    processing = ET.SubElement(item, "resprocessing")
    outcomes = ET.SubElement(processing, "outcomes")
    ET.SubElement(
        outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100", defaultval="0"
    )
    general = _condition(processing)
    ET.SubElement(general[0], "other")
    ET.SubElement(general, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
    for letter in question.letters:
        chosen = _condition(processing)
        ET.SubElement(chosen[0], "varequal", respident="answer").text = letter
        if letter == question.answer:
            ET.SubElement(chosen, "setvar", action="Set", varname="SCORE").text = "100"
        ET.SubElement(chosen, "displayfeedback", feedbacktype="Response", linkrefid=f"{letter}_fb")

    _feedback(item, "general_fb", remember_html(question, _FOLDER))
    for letter in question.letters:
        _feedback(item, f"{letter}_fb", compact_html(question.reasons[letter]))
    return item


def _condition(processing: ET.Element) -> ET.Element:
    condition = ET.SubElement(processing, "respcondition", attrib={"continue": "Yes"})
    ET.SubElement(condition, "conditionvar")
    return condition


def _feedback(item: ET.Element, ident: str, html: str) -> None:
    flow = ET.SubElement(ET.SubElement(item, "itemfeedback", ident=ident), "flow_mat")
    _material(flow, html)


def _material(parent: ET.Element, html: str) -> None:
    material = ET.SubElement(parent, "material")
    ET.SubElement(material, "mattext", texttype="text/html").text = html
