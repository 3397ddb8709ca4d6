"""The bank as Moodle XML, which takes pictures along; GIFT does not.

Called through checks.author.export. The format: docs.moodle.org, "Moodle XML format". A text's files stand
beside it in base64, and it names them by `@@PLUGINFILE@@`.
"""

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from checks.author.export.pictures import files, remember_html, task_html
from checks.exercise import Choice
from checks.markdown import compact_html

_FOLDER = "@@PLUGINFILE@@/"


def write(questions: Sequence[Choice], path: Path) -> None:
    """Write the questions as one XML file, a category for each of the course's lessons."""
    quiz = ET.Element("quiz")
    for lesson in dict.fromkeys(question.lesson for question in questions):
        category = ET.SubElement(quiz, "question", type="category")
        named = ET.SubElement(category, "category")
        ET.SubElement(named, "text").text = f"$course$/top/mlops_workbook/{lesson}"
        quiz.extend(_question(question) for question in questions if question.lesson == lesson)
    ET.indent(quiz)
    path.write_bytes(ET.tostring(quiz, encoding="utf-8", xml_declaration=True))


def _question(question: Choice) -> ET.Element:
    root = ET.Element("question", type="multichoice")
    name = ET.SubElement(root, "name")
    ET.SubElement(name, "text").text = f"{question.id} ({question.difficulty}) {question.title}"
    pictures = files(question)
    _text(root, "questiontext", task_html(question, _FOLDER), pictures)
    _text(root, "generalfeedback", remember_html(question, _FOLDER), pictures)
    for setting, value in (
        ("defaultgrade", "1"),
        ("single", "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "abc"),
    ):
        ET.SubElement(root, setting).text = value
    for letter, option in zip(question.letters, question.options, strict=True):
        answer = _text(root, "answer", compact_html(option))
        answer.set("fraction", "100" if letter == question.answer else "0")
        _text(answer, "feedback", compact_html(question.reasons[letter]))
    return root


def _text(
    parent: ET.Element, kind: str, html: str, pictures: Mapping[str, bytes] | None = None
) -> ET.Element:
    """A text, with those of the pictures that it shows."""
    element = ET.SubElement(parent, kind, format="html")
    ET.SubElement(element, "text").text = html
    for name, data in (pictures or {}).items():
        if name in html:
            file = ET.SubElement(element, "file", name=name, path="/", encoding="base64")
            file.text = base64.b64encode(data).decode()
    return element
