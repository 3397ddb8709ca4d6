"""Readers of the export formats, written from the formats' descriptions and sharing nothing with the writers.

`gift` follows Moodle's own order of steps: comments, blank lines, escapes, name, braces, answers, feedback.
"""

import base64
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

from lxml import etree


@dataclass(frozen=True)
class Read:
    """One question as read back: HTML texts, (text, is right, feedback) by option, and what to remember;
    and the files that its texts can show, by how they name them."""

    id: str
    task: str
    options: tuple[tuple[str, bool, str], ...]
    remember: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def plain(html: str) -> str:
    """The text that a browser would show."""

    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.text = ""

        def handle_data(self, data: str) -> None:
            self.text += data

    parser = Text()
    parser.feed(html)
    parser.close()
    return parser.text


def images(html: str) -> list[dict[str, str | None]]:
    """The attributes of each image."""
    found = []

    class Images(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                found.append(dict(attributes))

    Images().feed(html)
    return found


# ── Moodle XML ────────────────────────────────────────────────────────────────────────────────────────


def moodle(path: Path) -> list[Read]:
    found, category = [], ""
    for question in etree.parse(path).getroot():
        if question.get("type") == "category":
            category = question.findtext("category/text")
        else:
            assert (
                question.get("type") == "multichoice" and question.findtext("single") == "true" and category
            )
            found.append(_moodle_question(question))
    return found


def _moodle_question(question: etree._Element) -> Read:
    texts, files = {}, {}
    for kind in ("questiontext", "generalfeedback"):
        (element,) = question.iterfind(kind)
        assert element.get("format") == "html"
        texts[kind] = element.findtext("text")
        held = {
            f"@@PLUGINFILE@@{each.get('path')}{each.get('name')}": each for each in element.iterfind("file")
        }
        assert set(held) == {each["src"] for each in images(texts[kind])}, "a text's files stand beside it"
        assert all(each.get("encoding") == "base64" for each in held.values())
        files.update({name: base64.b64decode(each.text, validate=True) for name, each in held.items()})
    options = tuple(
        (each.findtext("text"), each.get("fraction") == "100", each.findtext("feedback/text"))
        for each in question.iterfind("answer")
    )
    name = question.findtext("name/text")
    return Read(name.split(" ")[0], texts["questiontext"], options, texts["generalfeedback"], files)


# ── GIFT ──────────────────────────────────────────────────────────────────────────────────────────────

_PLACES = {"\\\\": "\ue000", "\\:": "\ue001", "\\#": "\ue002", "\\=": "\ue003", "\\{": "\ue004"}
_PLACES |= {"\\}": "\ue005", "\\~": "\ue006", "\\n": "\ue007"}


def gift(path: Path) -> list[Read]:
    lines = [line for line in path.read_text("utf-8").split("\n") if not re.match(r"\s*//", line)]
    blocks = re.split(r"\n\s*\n", "\n".join(lines))
    return [_gift_question(block) for block in map(str.strip, blocks) if block and not block.startswith("$")]


def _gift_question(block: str) -> Read:
    for escaped, place in _PLACES.items():
        block = block.replace(escaped, place)
    _, name, rest = block.split("::", 2)
    start, end = rest.index("{"), rest.rindex("}")
    answers, remember = rest[start + 1 : end].rsplit("####", 1)
    options = []
    assert "~" in answers and not rest[end + 1 :].strip()
    for answer in filter(None, map(str.strip, answers.replace("=", "~=").split("~"))):
        text, feedback = answer.removeprefix("=").split("#", 1)
        options.append((_gift_html(text), answer.startswith("="), _gift_html(feedback)))
    return Read(_restored(name).split(" ")[0], _gift_html(rest[:start]), tuple(options), _gift_html(remember))


def _gift_html(text: str) -> str:
    text = text.strip()
    assert text.startswith("[html]"), text
    return _restored(text.removeprefix("[html]"))


def _restored(text: str) -> str:
    for escaped, place in _PLACES.items():
        text = text.replace(place, "\n" if escaped == "\\n" else escaped[1])
    return text


# ── QTI ───────────────────────────────────────────────────────────────────────────────────────────────

_NS = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2", "p": "http://www.imsglobal.org/xsd/imscp_v1p1"}
_DTD = Path(__file__).parent / "qti_1_2.dtd"


def qti(path: Path) -> list[Read]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        (href,) = manifest.xpath("//p:resource[@type='imsqti_xmlv1p2']/p:file/@href", namespaces=_NS)
        root = etree.fromstring(package.read(str(href)))
        others = manifest.xpath("//p:resource[@type='webcontent']/p:file/@href", namespaces=_NS)
        files = {f"%24IMS-CC-FILEBASE%24/{each}": package.read(str(each)) for each in others}
        assert sorted(package.namelist()) == sorted(["imsmanifest.xml", href, *others])
    dtd = etree.DTD(StringIO(_DTD.read_text("utf-8")))
    assert dtd.validate(root), dtd.error_log
    return [_qti_item(item, files) for item in root.iterfind(".//q:item", _NS)]


def _qti_item(item: etree._Element, files: Mapping[str, bytes]) -> Read:
    feedback = {
        one.get("ident"): one.findtext(".//q:mattext", None, _NS)
        for one in item.iterfind("q:itemfeedback", _NS)
    }
    shown, scores, always = {}, {}, None
    for condition in item.iterfind(".//q:respcondition", _NS):
        letter = condition.findtext(".//q:varequal", None, _NS)
        link = condition.find("q:displayfeedback", _NS).get("linkrefid")
        if letter is None:
            always = feedback[link]
        else:
            shown[letter] = feedback[link]
            scores[letter] = condition.findtext("q:setvar", "0", _NS)
    options = tuple(
        (
            label.findtext(".//q:mattext", None, _NS),
            scores[label.get("ident")] == "100",
            shown[label.get("ident")],
        )
        for label in item.iterfind(".//q:response_label", _NS)
    )
    task = item.findtext("q:presentation/q:material/q:mattext", None, _NS)
    return Read(item.get("ident"), task, options, always, files)


# ── Anki ──────────────────────────────────────────────────────────────────────────────────────────────


def anki(path: Path) -> list[Read]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        collection = package.extract("collection.anki2", folder)
        media = json.loads(package.read("media"))
        files = {name: package.read(number) for number, name in media.items()}
        database = sqlite3.connect(collection)
        notes = database.execute("SELECT id, flds FROM notes ORDER BY id").fetchall()
        cards = database.execute("SELECT count(*), count(DISTINCT nid) FROM cards").fetchone()
        (check,) = database.execute("PRAGMA integrity_check").fetchone()
        database.close()
    assert check == "ok" and cards == (len(notes), len(notes))
    return [_anki_note(fields.split("\x1f"), files) for _, fields in notes]


def _anki_note(fields: list[str], files: Mapping[str, bytes]) -> Read:
    id_, task, *texts, right = fields[:7]
    *reasons, remember = fields[7:]
    options = (each for each in zip("abcd", texts, reasons, strict=True) if any(each[1:]))
    read = tuple((text, letter == right, why) for letter, text, why in options)
    return Read(id_, task, read, remember, files)
