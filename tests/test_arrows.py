"""Who may import whom: the arrows that keep the rooms apart, and answers apart from what decides on them."""

import ast
import itertools
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from checks.notebook import ROOT

CHECKS = ROOT / "checks"

#: What every side shares beside the lessons: data, text and names, nothing that acts.
SHARED = {
    "answers",
    "calls",
    "exercise",
    "catalogue",
    "markdown",
    "notebook",
    "practice",
    "text",
    "vocabulary",
}

#: Room → the other rooms and single modules that its modules may import.
ARROWS: Mapping[str, set[str]] = {
    "exercise": set(),
    "text": set(),
    "catalogue": set(),
    "markdown": {"text"},
    "player": set(),
    "vocabulary": set(),
    "former": set(),
    "drawing": set(),
    "notebook": {"vocabulary"},
    "calls": {"catalogue", "text", "vocabulary"},
    "answers": {"calls", "notebook", "exercise", "text", "vocabulary"},
    "lessons": {"exercise", "catalogue"},
    "practice": {"exercise", "catalogue"},
    "world": {"drawing", "catalogue"},
    "runner": {"world", "vocabulary"},
    "judge": {"runner", "world", "exercise", "catalogue", "practice", "markdown", "player"},
    "learner": {"judge", "runner", "world", "lessons", "player", *SHARED},
    "instructor": {"judge", "runner", "lessons", "drawing", *SHARED},
    "author": {"judge", "runner", "lessons", *SHARED},
    "cli": {"learner", "instructor", "author"},
    "__init__": {"former", "vocabulary", "learner"},
}

#: Module → what it may import in place of all that its room may.
STRICTER: Mapping[str, set[str]] = {
    # A card shows the state that it is given.
    "learner.card": {"learner.card", "exercise", "catalogue", "practice", "markdown", "player"},
    # What is remembered, and when it comes back, asks no judge.
    "learner.record": {"exercise", "vocabulary"},
    "learner.chosen": {"learner.record", "catalogue"},
    "learner.repetition": {"learner.record", "lessons", "exercise"},
    "learner.strength": {"learner.record", "lessons", "exercise", "catalogue"},
    "learner.ways": {"learner.record", "learner.strength", "lessons", "exercise", "catalogue"},
    # It shows what is on record.
    "learner.home": {
        *{
            "learner.home",
            "learner.chosen",
            "learner.card",
            "learner.record",
            "learner.repetition",
            "learner.strength",
            "learner.ways",
        },
        *{"lessons", "exercise", "catalogue", "notebook", "vocabulary"},
    },
    "author.export": {"author.export", "lessons", "exercise", "catalogue", "markdown"},
}

#: Module → what it may import beyond its room's arrows, and why.
BEYOND: Mapping[str, set[str]] = {
    # It says in Markdown which answers of a call do not fit.
    "lessons.paper": {"markdown"},
    # DBOS, which lesson 8 teaches and grading uses, wants a clock that old SQLite lacks.
    "instructor.queue": {"world.clock"},
    # What is handed out shows every card and test as learners see them, unanswered.
    "author.notebooks": {"learner.card", "learner.sitting"},
    # An author sees the cards as learners will.
    "author.preview": {"learner.card"},
    # What a card's scripts say is translated with all the rest.
    "author.messages": {"learner.card"},
    # A question about a registry is exported with pictures of it, as the notebooks draw them.
    "author.practice": {"world.picture"},
    "author.export.pictures": {"world.picture"},
}

#: From the top: nobody imports from further up than they stand. Modules in a line do not know one another.
FLOORS = (
    {"cli", "__init__"},
    {"author"},
    {"learner", "instructor"},
    {"judge"},
    {"runner", "answers"},
    {"lessons", "world", "notebook", "calls", "practice"},
    {"exercise", "markdown", "player", "vocabulary", "former", "drawing"},
    {"text", "catalogue"},
)


def _name(file: Path) -> str:
    """Such as judge.compare; a package goes by its own name, and ours by `__init__`."""
    parts = file.relative_to(CHECKS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {_name(file): file for file in sorted(CHECKS.rglob("*.py"))}


def _imports(module: str, nodes: Iterator[ast.AST]) -> set[str]:
    """The modules of ours that are imported by these parts of a module."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: name the module whole"
            # `from checks.runner import folder` imports a module, `… import Job` a name of the package.
            full = [(f"{node.module}.{alias.name}", node.module or "") for alias in node.names]
            names = [one if one.removeprefix("checks.") in MODULES else package for one, package in full]
        else:
            continue
        found |= {name.removeprefix("checks.") for name in names if name.startswith("checks.")}
        found |= {"__init__" for name in names if name == "checks"}
    return found


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


@cache
def _everywhere(module: str) -> set[str]:
    return _imports(module, ast.walk(_tree(module)))


def _when_loaded(module: str) -> set[str]:
    """What is imported outside of functions, for the type checker alone too."""

    def outside(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield child
                yield from outside(child)

    return _imports(module, outside(_tree(module)))


def _room(module: str) -> str:
    return module.partition(".")[0]


def _within(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_every_module_stands_in_a_room_with_arrows() -> None:
    assert {_room(module) for module in MODULES} == set(ARROWS) == set(itertools.chain(*FLOORS))
    for place in (*STRICTER, *BEYOND):
        assert any(_within(module, {place}) for module in MODULES), place


@pytest.mark.parametrize("module", MODULES)
def test_the_arrows_point_one_way(module: str) -> None:
    stricter = next((places for place, places in STRICTER.items() if _within(module, {place})), None)
    allowed = {_room(module), *ARROWS[_room(module)]} if stricter is None else stricter
    allowed = allowed | BEYOND.get(module, set())
    assert {name for name in _everywhere(module) if not _within(name, allowed)} == set()


def test_no_arrow_points_up() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    for module in MODULES:
        for name in _everywhere(module):
            mine, its = floor[_room(module)], floor[_room(name)]
            assert its > mine or _room(name) == _room(module), f"{module} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter({module: _when_loaded(module) for module in MODULES}).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_marks_are_drawn_from_the_paper_without_a_card_or_a_judge() -> None:
    reached, waiting = set(), ["lessons.paper"]
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            waiting += _everywhere(module)
    assert {_room(module) for module in reached} <= {"lessons", "exercise", "catalogue", "markdown", "text"}


def test_no_module_imports_mlflow_when_it_is_loaded() -> None:
    for module in MODULES:
        for node in _tree(module).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "mlflow" not in ast.unparse(node), module
