"""GIFT as Moodle reads it: categories, signs of its own, and which answer is right."""

from dataclasses import replace

from checks.author.export import gift
from tests.helpers.exported import hard

TEXTS = [
    "What is `{a: 1}`?",
    "one = 1",
    "~two~",
    "#three",
    "4:5",
    "No 1.",
    "No 2.",
    "Yes.",
    "No 4.",
    "Remember.",
]


def test_a_question_is_written_with_its_signs_after_a_backslash() -> None:
    lines = gift.text([hard(TEXTS, "c")]).split("\n\n")[-1].splitlines()
    assert lines == [
        "::bank.hard-signs (hard) Hard\\: \\{signs\\} \\= \\~all\\~ of \\:\\:them\\:\\:"
        "::[html]What is <code>\\{a\\: 1\\}</code>?{",
        "~[html]one \\= 1#[html]No 1.",
        "~[html]\\~two\\~#[html]No 2.",
        "=[html]\\#three#[html]Yes.",
        "~[html]4\\:5#[html]No 4.",
        "####[html]Remember.",
        "}",
    ]


def test_each_lesson_has_a_category_with_its_questions() -> None:
    one, other = (
        replace(hard(TEXTS, "a"), id=f"bank.{lesson}", lesson=lesson) for lesson in ("order", "gate")
    )
    again = replace(one, id="bank.again")
    blocks = gift.text([one, other, again]).split("\n\n")
    shown = [
        block.split("::")[1].split(" ")[0] if "::" in block else block.split("/")[-1] for block in blocks[1:]
    ]
    assert shown == ["order", "bank.order", "bank.again", "gate", "bank.gate"]


def test_no_line_is_empty_within_a_question() -> None:
    texts = [f"{text}\n\nand more" for text in TEXTS]
    (block,) = gift.text([hard(texts, "a")]).strip().split("\n\n")[2:]
    assert "<p>and more</p>" in block


def test_code_of_several_lines_keeps_its_lines() -> None:
    code = "```python\none = 1\n\ntwo = 2\n```"
    (block,) = gift.text([hard([code, *TEXTS[1:]], "a")]).strip().split("\n\n")[2:]
    assert "one \\= 1\\n\\ntwo \\= 2" in block
