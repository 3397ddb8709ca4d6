"""The bank in GIFT, Moodle's text format for questions.

Called through checks.author.export. The format: docs.moodle.org, "GIFT format". It takes no pictures.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from checks.exercise import Choice
from checks.markdown import compact_html

_HEAD = """\
// The question bank of the MLOps workbook, in GIFT. In Moodle: Question bank, Import, GIFT format.
// Every option has its feedback; the line after #### is what to remember.
"""


def write(questions: Sequence[Choice], path: Path) -> None:
    """Write the questions as one GIFT file, a category for each of the course's lessons."""
    path.write_text(text(questions), encoding="utf-8")


def text(questions: Sequence[Choice]) -> str:
    """The questions as GIFT."""
    parts = [_HEAD]
    for lesson in dict.fromkeys(question.lesson for question in questions):
        parts.append(f"$CATEGORY: mlops_workbook/{lesson}\n")
        parts += [_question(question) for question in questions if question.lesson == lesson]
    return "\n".join(parts)


def _question(question: Choice) -> str:
    options = "".join(
        f"{'=' if letter == question.answer else '~'}{_markup(option)}#{_markup(question.reasons[letter])}\n"
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    title = _escaped(f"{question.id} ({question.difficulty}) {question.title}")
    return f"::{title}::{_markup(question.task)}{{\n{options}####{_markup(question.quick_check)}\n}}\n"


def _markup(markdown: str) -> str:
    return f"[html]{_escaped(compact_html(markdown))}"


def _escaped(text: str) -> str:
    """GIFT's own signs after a backslash, and line ends as `\\n`: an empty line would end the question."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")
