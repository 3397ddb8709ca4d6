"""The checks on authors, on the lessons as they are and broken on purpose; and the bank of answers."""

from collections.abc import Iterator

import pytest
import yaml

from checks.author import faults, notebooks, trials
from checks.exercise import FillIn, Lesson, Step
from checks.judge import Runners, judge
from checks.lessons import exercises, lesson_of, lessons
from checks.notebook import NOTEBOOKS, ROOT, SOLUTIONS, read, to_text

BANK = ROOT / "tests" / "answers"


IDS = list(exercises())


def test_the_lessons_are_complete() -> None:
    assert list(map(str, [*faults.in_files(), *faults.in_lessons(lessons())])) == []


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.notebook)
def test_the_notebooks_have_every_cell_and_no_answer(lesson: Lesson) -> None:
    path = SOLUTIONS / f"{lesson.notebook}.ipynb"
    assert faults.unreadable(path) is None
    assert list(map(str, faults.in_notebook(lesson, read(path), path))) == []


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
    assert list(map(str, trials.on_trial(exercises()[id_], runners))) == []


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


@pytest.mark.parametrize("id_", sorted({entry[0] for entry in ENTRIES}))
def test_nine_of_ten_wrong_answers_are_understood(id_: str) -> None:
    right = [entry for entry in ENTRIES if entry[0] == id_ and entry[2]]
    wrong = [entry for entry in ENTRIES if entry[0] == id_ and not entry[2]]
    assert right and wrong
    assert sum(entry[3] is not None for entry in wrong) >= 0.85 * len(wrong)


def test_most_steps_were_answered_by_others_too() -> None:
    """What one step still needs is said by the author's commands; here it is the course as a whole."""
    steps = [id_ for id_ in IDS if isinstance(exercises()[id_], Step) and lesson_of(id_).counts]
    answered = {entry[0] for entry in ENTRIES}
    assert len(answered & set(steps)) >= 0.75 * len(steps)


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if isinstance(exercises()[id_], FillIn)])
def test_every_combination_of_a_card_is_judged(runners: Runners, id_: str) -> None:
    task = exercises()[id_]
    assert isinstance(task, FillIn)
    for fill in faults.all_fills(task):
        verdict = judge(task, fill, runners)
        assert verdict.status == ("correct" if fill == task.answer else "wrong"), (fill, verdict.feedback)
        assert verdict.correct or verdict.misconception, fill
