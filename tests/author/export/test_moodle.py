"""Moodle XML as Moodle takes it: categories, one right answer, its feedback, and texts as HTML."""

from dataclasses import replace
from pathlib import Path

from lxml import etree

from checks.author.export import moodle
from tests.helpers.exported import hard

TEXTS = ["What is `<a>`?", "one", "two", "three", "four", "No 1.", "No 2.", "Yes.", "No 4.", "Remember."]


def test_each_lesson_has_a_category_before_its_questions(tmp_path: Path) -> None:
    one, other = (replace(hard(TEXTS, "a"), id=f"bank.{each}", lesson=each) for each in ("order", "gate"))
    moodle.write([one, other, replace(one, id="bank.again")], tmp_path / "bank.xml")
    texts = etree.parse(tmp_path / "bank.xml").xpath(
        "/quiz/question/*[self::category or self::name]/text/text()"
    )
    shown = [text.partition(" ")[0].rpartition("/")[2] for text in texts]
    assert shown == ["order", "bank.order", "bank.again", "gate", "bank.gate"]


def test_the_right_option_alone_scores_and_each_has_its_feedback(tmp_path: Path) -> None:
    moodle.write([hard(TEXTS, "c")], tmp_path / "bank.xml")
    (_, question) = etree.parse(tmp_path / "bank.xml").getroot()
    assert [each.get("fraction") for each in question.iterfind("answer")] == ["0", "0", "100", "0"]
    assert [each.findtext("feedback/text") for each in question.iterfind("answer")] == TEXTS[5:9]
    assert question.findtext("questiontext/text") == "What is <code>&lt;a&gt;</code>?"
    assert question.findtext("generalfeedback/text") == "Remember."
    assert question.findtext("name/text") == "bank.hard-signs (hard) Hard: {signs} = ~all~ of ::them::"
