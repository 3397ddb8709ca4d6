"""The checks on authors, on the lessons as they are and broken on purpose; and the bank of answers."""

import itertools
from collections.abc import Iterator

import pytest
import yaml

from checks.author import faults, notebooks
from checks.exercise import FillIn, Lesson, Step
from checks.judge import Runners, judge
from checks.lessons import exercises, lesson_of, lessons
from checks.notebook import NOTEBOOKS, ROOT, SOLUTIONS, read, to_text

BANK = ROOT / "tests" / "answers"


IDS = list(exercises())


def test_the_lessons_are_complete() -> None:
    assert list(faults.in_lessons(lessons())) == []


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.notebook)
def test_the_notebooks_have_every_cell_and_no_answer(lesson: Lesson) -> None:
    solution = read(SOLUTIONS / f"{lesson.notebook}.ipynb")
    handed_out = read(NOTEBOOKS / f"{lesson.notebook}.ipynb")
    assert list(faults.in_notebooks(lesson, solution, handed_out)) == []


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.notebook)
def test_notebooks_are_what_solutions_generate(lesson: Lesson) -> None:
    name = f"{lesson.notebook}.ipynb"
    generated = to_text(notebooks.hand_out(read(SOLUTIONS / name)))
    assert (NOTEBOOKS / name).read_text("utf-8") == generated, "run `make notebooks`"


def test_there_is_no_notebook_beyond_the_lessons() -> None:
    listed = {f"{lesson.notebook}.ipynb" for lesson in lessons()}
    for folder in (SOLUTIONS, NOTEBOOKS):
        assert {path.name for path in folder.glob("*.ipynb")} == listed, folder.name


@pytest.mark.parametrize("id_", IDS)
def test_unsolved_fails_solved_passes_and_every_sample_is_told(runners: Runners, id_: str) -> None:
    assert list(faults.on_trial(exercises()[id_], runners)) == []


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if not id_.startswith("bank.")])
def test_the_solution_cell_is_right(runners: Runners, id_: str) -> None:
    exercise = exercises()[id_]
    notebook = read(SOLUTIONS / f"{lesson_of(id_).notebook}.ipynb")
    role = "answer" if isinstance(exercise, Step) else "ask"
    cell = next(cell for cell in notebook.cells if cell.id == f"{id_.replace('.', '-')}-{role}")
    if isinstance(exercise, Step):
        assert judge(exercise, cell.source, runners).correct
    else:
        output = next(output for output in cell.outputs if "data" in output)
        assert output["data"]["text/plain"].endswith(": correct"), "run `make notebooks`"


def _entries() -> Iterator[tuple[str, str, bool, str | None]]:
    for path in sorted(BANK.glob("*.yaml")):
        for id_, answers in yaml.safe_load(path.read_text("utf-8")).items():
            for source in answers["right"]:
                yield id_, source, True, None
            for wrong in answers["wrong"]:
                yield id_, wrong["answer"], False, wrong["misconception"]


ENTRIES = list(_entries())


@pytest.mark.parametrize(("id_", "source", "right", "told"), ENTRIES)
def test_no_right_answer_is_refused_and_no_wrong_one_accepted(
    runners: Runners, id_: str, source: str, right: bool, told: str | None
) -> None:
    verdict = judge(exercises()[id_], source, runners)
    assert verdict.status == ("correct" if right else "wrong"), verdict.feedback
    assert verdict.misconception == (told and f"{id_}/{told}"), verdict.feedback


def test_the_bank_is_wide_and_nine_of_ten_wrong_answers_are_understood() -> None:
    lesson_1 = [entry for entry in ENTRIES if entry[0].startswith("rollback.")]
    wrong = [entry for entry in lesson_1 if not entry[2]]
    assert len(lesson_1) - len(wrong) >= 12 and len(wrong) >= 25
    assert {entry[0] for entry in lesson_1} == {f"rollback.{number}" for number in (1, 2, 3, 4)}
    assert sum(entry[3] is not None for entry in wrong) >= 0.9 * len(wrong)


@pytest.mark.parametrize("slug", ["order", "alias", "gate"])
def test_the_later_lessons_have_a_bank_too(slug: str) -> None:
    steps = [id_ for id_ in IDS if lesson_of(id_).slug == slug and isinstance(exercises()[id_], Step)]
    for id_ in steps:
        mine = [entry for entry in ENTRIES if entry[0] == id_]
        wrong = [entry for entry in mine if not entry[2]]
        assert len(mine) - len(wrong) >= 6 and len(wrong) >= 12, id_
        assert sum(entry[3] is not None for entry in wrong) >= 0.9 * len(wrong), id_


@pytest.mark.parametrize("id_", ["order.5", "alias.1", "alias.2"])
def test_every_combination_of_the_later_cards_is_judged(runners: Runners, id_: str) -> None:
    task = exercises()[id_]
    assert isinstance(task, FillIn)
    for fill in faults.all_fills(task):
        verdict = judge(task, fill, runners)
        assert verdict.status == ("correct" if fill == task.answer else "wrong"), (fill, verdict.feedback)
        assert verdict.correct or verdict.misconception, fill


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_every_combination_of_lesson_2_is_judged(runners: Runners, number: int) -> None:
    task = exercises()[f"approval.{number}"]
    assert isinstance(task, FillIn)
    fills = list(itertools.product(task.options, repeat=task.blanks))
    assert len(fills) == {1: 4, 2: 4, 3: 4, 4: 16, 5: 64}[number]
    for fill in fills:
        verdict = judge(task, fill, runners)
        assert verdict.status == ("correct" if fill == task.answer else "wrong"), (fill, verdict.feedback)
        assert verdict.correct or verdict.misconception, fill


ROLLBACK = next(lesson for lesson in lessons() if lesson.slug == "rollback")


APPROVAL = next(lesson for lesson in lessons() if lesson.slug == "approval")
