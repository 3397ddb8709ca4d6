"""The figure of the house in CONTRIBUTING is the tree as it is."""

import re
from pathlib import Path

from checks.notebook import ROOT

CHECKS = ROOT / "checks"


def drawn() -> dict[str, set[str]]:
    """Room → what the figure names in it; "" are the modules that stand beside the rooms."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The house")[2]
    figure = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert figure, "CONTRIBUTING has no figure under `## The house`"
    found: dict[str, set[str]] = {"": set()}
    room = ""
    for line in figure[1].splitlines():
        name, _, _ = line.strip().partition("  ")
        if line.startswith(" "):
            found[room].update(line.split())
        elif name.endswith("/"):
            room = name
            found[room] = set()
        elif name:
            found[""].update(name.split())
    return found


def there(folder: Path) -> set[str]:
    """The modules and folders, these with a slash; without the lessons, of which there may be any number."""
    modules = {file.stem for file in folder.glob("*.py") if file.stem not in ("__init__", "__main__")}
    folders = {
        f"{each.name}/"
        for each in folder.iterdir()
        if each.is_dir()
        and each.name != "__pycache__"
        and not (folder.name == "lessons" and _is_lesson(each))
    }
    return modules | folders


def _is_lesson(folder: Path) -> bool:
    return (folder / "lesson.yaml").exists()


def test_the_figure_is_the_tree() -> None:
    figure = drawn()
    rooms = {name for name in there(CHECKS) if name.endswith("/")}
    assert set(figure) - {""} == rooms
    assert figure[""] == there(CHECKS) - rooms
    for room in rooms:
        assert figure[room] == there(CHECKS / room), room


def test_tests_have_the_same_rooms() -> None:
    """The test of a thing is found by its name."""
    rooms = {each.name for each in CHECKS.iterdir() if (each / "__init__.py").exists()}
    assert rooms <= {each.name for each in (ROOT / "tests").iterdir()}
