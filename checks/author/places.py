"""Where a thing stands in the files that authors write: the line of a section, of an answer, of a cell.

Called by the author's checks, so that every fault is named by file and line.
"""

import json
import traceback
from pathlib import Path

from checks.lessons import QUESTIONS
from checks.lessons.reading import ContentError, read, text_of

LESSONS = QUESTIONS.parent


def file_of(id_: str) -> Path:
    """The file of an exercise, or of a question of the bank, by its id."""
    slug, _, own = id_.partition(".")
    return QUESTIONS / f"{own}.md" if slug == "bank" else LESSONS / slug / f"{id_}.md"


def in_section(id_: str, problem: str, *titles: str, code: str = "") -> ContentError:
    """A fault of an exercise, at the first section whose title begins so, and there at a block of `code`.

    Of a file without such a section, at its first line.
    """
    path = file_of(id_)
    sections = [each for title in titles for each in read(path)[1] if each.title.startswith(title)]
    if not sections:
        return ContentError(path, 1, problem)
    for section in sections:
        for block in section.said_and_blocks()[1] if code else ():
            if block.text.strip() == code.strip():
                return section.error(problem, block.line)
    return sections[0].error(problem)


def in_field(id_: str, problem: str, *place: str | int) -> ContentError:
    """A fault of an exercise, at a field of its front matter."""
    return read(file_of(id_))[0].error(problem, *place)


def in_cell(path: Path, id_: str, problem: str, words: str = "") -> ContentError:
    """A fault of a notebook, at the cell with this id, and there at the first line with these words."""
    lines = text_of(path).splitlines()
    cell = f'"id": {json.dumps(id_)}'
    begins = next((number for number, line in enumerate(lines, 1) if line.strip().startswith(cell)), 1)
    wanted = json.dumps(words, ensure_ascii=False)[1:-1]
    found = (number for number, line in enumerate(lines[begins - 1 :], begins) if wanted in line)
    return ContentError(path, next(found, begins), problem)


def raised(id_: str, error: Exception, what: str) -> ContentError:
    """An exception of a lesson's own function, at the line of that function; else at the exercise's file."""
    said = f"{what} raises {type(error).__name__}{f': {error}' if str(error) else ''}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.parent.parent == LESSONS and frame.lineno:
            return ContentError(path, frame.lineno, f"{said}. Fix that line.")
    return ContentError(file_of(id_), 1, f"{said}.")
