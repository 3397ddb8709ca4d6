"""A lesson made by the commands alone, filled in, executed and handed out; and nothing is done twice."""

import json
import re
from pathlib import Path

from tests.helpers.course import Course, copy

MARK = "FILL IN"


def _marked(course: Course) -> set[str]:
    """Every line that says what is still to be filled in."""
    found = set()
    for path in [*course.root.glob("checks/lessons/*/*.*"), *course.root.glob("solutions/*.ipynb")]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if f"{MARK}: " in line:
                found.add(f"{path.parent.name}/{path.name}, line {number}")
    return found


def _fill_in(course: Course) -> None:
    """As an author would, with any text."""
    for path in [*course.root.glob("checks/lessons/*/*.*"), *course.root.glob("solutions/*.ipynb")]:
        text = path.read_text("utf-8")
        text = (
            re.sub(rf'"{MARK}: [^"\n]*"$', "A title", text, flags=re.MULTILINE)
            if path.suffix != ".ipynb"
            else text
        )
        text = re.sub(rf"(?<=\S) # {MARK}: .*", "", text)
        path.write_text(re.sub(rf"{MARK}: ", "Written: ", text), encoding="utf-8")


def test_a_lesson_is_made_by_commands_and_text_alone(tmp_path: Path) -> None:
    course = copy(tmp_path)
    others = {
        path: path.read_bytes()
        for folder in ("notebooks", "solutions")
        for path in (tmp_path / folder).rglob("*.ipynb")
    }
    assert course.run("new", "lesson", "13", "canary")[0] == 0

    ended, said = course.run("notebooks", "canary")
    named = {line.strip().partition(": still to be filled in: ")[0] for line in said.splitlines()[1:]}
    assert ended == 1
    assert named == _marked(course)
    assert not (tmp_path / "notebooks" / "13_canary.ipynb").exists()

    _fill_in(course)
    ended, said = course.run("notebooks", "canary")
    assert (ended, said.splitlines()[-1]) == (0, "Everything is in order."), said
    solution, handed_out = (
        json.loads((tmp_path / folder / "13_canary.ipynb").read_text("utf-8"))
        for folder in ("solutions", "notebooks")
    )
    sources = {cell["id"]: "".join(cell["source"]) for cell in solution["cells"]}
    assert sources["canary-1-task"].startswith("## Step 1: A title\n")
    assert sources["canary-1-answer"] == "answer = 2"
    check = next(cell for cell in solution["cells"] if cell["id"] == "canary-1-check")
    assert "canary.1 A title: correct" in "".join(check["outputs"][0]["data"]["text/plain"])
    assert "answer = 2" not in json.dumps(handed_out)
    assert others == {path: path.read_bytes() for path in others}

    assert course.run("notebooks", "13") == (0, "Everything is in order.\n")
    course.change("checks/lessons/canary/canary.1.md", "Written: nearly", "Nearly", "Nearly")
    said = course.run("notebooks", "13_canary")[1]
    assert (
        said
        == "trying 1 of 1 exercises and questions …\n13_canary.ipynb: executing …\nEverything is in order.\n"
    )
    ended, said = course.run("notebooks", "cannary")
    assert ended == 2 and "there is no lesson 'cannary'. Name one of start, rollback" in said
