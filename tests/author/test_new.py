"""What is made new is complete but for its content, stands in its place, and is refused where it is taken."""

import shutil
from pathlib import Path

import pytest

from checks.author import new, places, prose
from checks.exercise import Choice, FillIn, Step
from checks.lessons import loader
from checks.notebook import ROOT, SOLUTIONS, read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the lessons and their solutions, in which things are made."""
    for part in ("checks/lessons", "solutions"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    lessons = tmp_path / "checks" / "lessons"
    for module, name, path in (
        (places, "LESSONS", lessons),
        (places, "QUESTIONS", lessons / "questions"),
        (new, "QUESTIONS", lessons / "questions"),
        (new, "SOLUTIONS", tmp_path / "solutions"),
        (new, "ROOT", tmp_path),
    ):
        monkeypatch.setattr(module, name, path)
    return tmp_path


def _cells(path: Path) -> list[str]:
    return [cell.id for cell in read(path).cells]


def test_a_translation_is_begun_in_english(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = new.translation("pipeline", "de")
    assert "checks/lessons/pipeline/de/pipeline.1.md" in [new.shown(path) for path in written]
    assert new.translation("pipeline", "de") == []
    with pytest.raises(new.RefusedError, match=r"^a language is called by two letters, such as de, and not"):
        new.translation("pipeline", "german")
    with pytest.raises(new.RefusedError, match=r"^there is no lesson 'pipelin'"):
        new.translation("pipelin", "de")


@pytest.mark.parametrize(("kind", "made"), [("step", Step), ("fill-in", FillIn), ("choice", Choice)])
def test_an_exercise_stands_where_it_was_asked_for(folder: Path, kind: str, made: type) -> None:
    written = new.exercise("rollback.70", kind, after="rollback.2")
    assert [new.shown(path) for path in written] == [
        "checks/lessons/rollback/rollback.70.md",
        "checks/lessons/rollback/lesson.yaml",
        *([] if kind == "choice" else ["checks/lessons/rollback/situations.py"]),
        "solutions/01_rollback.ipynb",
    ]
    before = loader.load_lesson(ROOT / "checks/lessons/rollback")
    lesson = loader.load_lesson(folder / "checks/lessons/rollback")
    ids = [one.id for one in before.exercises]
    place = ids.index("rollback.2") + 1
    assert [one.id for one in lesson.exercises] == [*ids[:place], "rollback.70", *ids[place:]]
    assert isinstance(lesson.exercises[place], made)

    cells = read(folder / "solutions/01_rollback.ipynb").cells
    own = [cell for cell in cells if cell.id.startswith("rollback-70-")]
    roles = ["answer", "check"] if kind == "step" else ["ask"]
    assert [cell.id for cell in own] == [f"rollback-70-{role}" for role in ("task", *roles)]
    assert [cell.metadata.get("workbook", {}).get("role") for cell in own] == [None, *roles]
    was = _cells(SOLUTIONS / "01_rollback.ipynb")
    at = was.index("rollback-2-check") + 1
    assert [cell.id for cell in cells] == [*was[:at], *(cell.id for cell in own), *was[at:]]


def test_what_comes_after_is_numbered_and_counted_anew(folder: Path) -> None:
    before = {cell.id: cell.source for cell in read(SOLUTIONS / "04_version_order.ipynb").cells}
    new.exercise("order.70", "fill-in", after="order.3")
    after = {cell.id: cell.source for cell in read(folder / "solutions/04_version_order.ipynb").cells}
    changed = {id_ for id_, source in before.items() if after[id_] != source}
    lesson = loader.load_lesson(folder / "checks/lessons/order")
    ids = [one.id for one in lesson.exercises]
    moved = [f"{id_.replace('.', '-')}-task" for id_ in ids[ids.index("order.70") + 1 :]]
    assert changed == {"order-intro", *moved}
    said = list(prose.counts(lesson, after["order-intro"]))
    assert len(said) == 3 and all(each == right for each, right in said)
    number = ids.index("order.70") + 1
    assert after[moved[0]] == before[moved[0]].replace(f"## Step {number}: ", f"## Step {number + 1}: ")


def test_without_a_place_it_comes_last(folder: Path) -> None:
    new.exercise("durable.70", "choice")
    assert loader.load_lesson(folder / "checks/lessons/durable").exercises[-1].id == "durable.70"
    cells = _cells(folder / "solutions/08_durable_approval.ipynb")
    assert cells[cells.index("durable-70-task") - 1].endswith(("-check", "-ask"))


def test_missing_cells_are_put_back_in_their_order(folder: Path) -> None:
    path = folder / "solutions/01_rollback.ipynb"
    was, solution = _cells(path), read(path)
    solution.cells = [
        cell for cell in solution.cells if cell.id not in ("rollback-1-task", "rollback-3-answer")
    ]
    new.notebook.write(path, solution)
    for id_ in ("rollback.1", "rollback.3"):
        new.cells(id_)
    assert _cells(path) == was
    with pytest.raises(new.RefusedError, match=r"01_rollback\.ipynb has all cells of rollback\.3"):
        new.cells("rollback.3")


def test_a_question_is_the_last_of_the_bank(folder: Path) -> None:
    new.question("brand-new")
    lessons = loader.load_lessons(folder / "checks/lessons")
    assert loader.load_bank(folder / "checks/lessons/questions", lessons)[-1].id == "bank.brand-new"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: new.exercise("rollback.1", "step"), "an exercise rollback.1 already, and an id never moves"),
        (lambda: new.exercise("rolback.5", "step"), "there is no lesson 'rolback'"),
        (lambda: new.exercise("rollback.five", "step"), "an id is a lesson's name and a number, such as"),
        (lambda: new.exercise("rollback.70", "step", "rollback.71"), "rollback has no exercise rollback.71"),
        (lambda: new.cells("rollback.70"), "rollback has no exercise rollback.70"),
        (lambda: new.lesson(13, "rollback"), "'rollback' is not"),
        (lambda: new.lesson(13, "Canary"), "'Canary' is not"),
        (lambda: new.lesson(1, "canary"), "rollback has the number 1 already"),
        (lambda: new.question("stage-case"), "'stage-case' is not"),
        (lambda: new.question("Stage"), "'Stage' is not"),
    ],
)
def test_what_is_taken_or_no_name_is_refused(folder: Path, make, says: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(new.RefusedError) as refused:
        make()
    assert says in str(refused.value)
    after = {
        path: path.read_bytes() for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()
    }
    assert after == before
