"""The checks on authors, on the lessons as they are and broken on purpose; and the bank of answers."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from checks import authoring, faults
from checks.exercise import FillIn, Lesson, Misconception, Step
from checks.judge import Runners, judge
from checks.lessons import LESSONS, exercises, lesson_of

BANK = Path(__file__).parent / "answers"
IDS = list(exercises())


def test_the_lessons_are_complete() -> None:
    assert list(faults.in_lessons(LESSONS)) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
def test_the_notebooks_have_every_cell_and_no_answer(lesson: Lesson) -> None:
    solution = authoring.read(authoring.SOLUTIONS / f"{lesson.notebook}.ipynb")
    handed_out = authoring.read(authoring.NOTEBOOKS / f"{lesson.notebook}.ipynb")
    assert list(faults.in_notebooks(lesson, solution, handed_out)) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
def test_notebooks_are_what_solutions_generate(lesson: Lesson) -> None:
    name = f"{lesson.notebook}.ipynb"
    generated = authoring.to_text(authoring.hand_out(authoring.read(authoring.SOLUTIONS / name)))
    assert (authoring.NOTEBOOKS / name).read_text("utf-8") == generated, "run `make notebooks`"


def test_there_is_no_notebook_beyond_the_lessons() -> None:
    listed = {f"{lesson.notebook}.ipynb" for lesson in LESSONS}
    for folder in (authoring.SOLUTIONS, authoring.NOTEBOOKS):
        assert {path.name for path in folder.glob("*.ipynb")} == listed, folder.name


@pytest.mark.parametrize("id_", IDS)
def test_unsolved_fails_solved_passes_and_every_sample_is_told(runners: Runners, id_: str) -> None:
    assert list(faults.on_trial(exercises()[id_], runners)) == []


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if not id_.startswith("bank.")])
def test_the_solution_cell_is_right(runners: Runners, id_: str) -> None:
    exercise = exercises()[id_]
    notebook = authoring.read(authoring.SOLUTIONS / f"{lesson_of(id_).notebook}.ipynb")
    role = "answer" if isinstance(exercise, Step) else "ask"
    cell = next(cell for cell in notebook.cells if cell.id == f"{id_.replace('.', '-')}-{role}")
    if isinstance(exercise, Step):
        assert judge(exercise, cell.source, runners).correct
    else:
        output = next(output for output in cell.outputs if "data" in output)
        assert output["data"]["text/plain"].endswith(": correct"), "run `make notebooks`"


# ── the bank of answers ───────────────────────────────────────────────────────────────────────────────


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


# ── broken on purpose ─────────────────────────────────────────────────────────────────────────────────

ROLLBACK = next(lesson for lesson in LESSONS if lesson.slug == "rollback")
APPROVAL = next(lesson for lesson in LESSONS if lesson.slug == "approval")


def _with(lesson: Lesson, number: int, **changes: object) -> Lesson:
    changed = list(lesson.exercises)
    changed[number - 1] = replace(changed[number - 1], **changes)  # type: ignore[arg-type]
    return replace(lesson, exercises=tuple(changed))


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (_with(ROLLBACK, 1, hints=("", "x")), "rollback.1: `hints`: entry 1 is empty"),
        (_with(ROLLBACK, 1, hints=()), "rollback.1: `hints` has no entry"),
        (_with(ROLLBACK, 2, common_mistakes=(" ",)), "rollback.2: `common_mistakes`: entry 1 is empty"),
        (_with(ROLLBACK, 3, explanation=""), "rollback.3: `explanation` is empty"),
        (_with(ROLLBACK, 2, id="rollback.1"), "rollback.1: the id is used 2 times"),
        (
            _with(APPROVAL, 2, misconceptions=()),
            "approval.2: the wrong answer ('version',) has no feedback of its own",
        ),
        (
            _with(APPROVAL, 3, answer=("Gone",)),
            "approval.3: the answer ('Gone',) must fill 1 blanks from the options",
        ),
        (
            _with(ROLLBACK, 2, misconceptions=(Misconception("a-b", "", "x", ("x",)),)),
            "rollback.2: the misconception 'a-b' has no `says`",
        ),
    ],
)
def test_a_broken_lesson_is_named(lesson: Lesson, says: str) -> None:
    assert says in list(faults.in_lessons([lesson]))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"starter": "current_version = 'v3'"}, "is right already"),
        ({"reference": "current_version = 'v2'"}, "the right answer"),
        ({"alternatives": ("current_version = 3",)}, "the right answer"),
        ({"misconceptions": ()}, None),
        ({"misconceptions": (Misconception("late", "a", "b", ("current_version = 'v3'",)),)}, "the sample"),
    ],
)
def test_a_broken_exercise_fails_on_trial(
    runners: Runners, changes: dict[str, object], says: str | None
) -> None:
    step = ROLLBACK.exercises[1]
    assert isinstance(step, Step)
    found = list(faults.on_trial(replace(step, **changes), runners))  # type: ignore[arg-type]
    if says is None:
        assert found == []
    else:
        assert any(says in fault for fault in found)


def test_an_answer_that_leaks_into_notebooks_is_named() -> None:
    solution = authoring.read(authoring.SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    for leak in ("source", "metadata", "output"):
        handed_out = authoring.hand_out(solution)
        cell = next(cell for cell in handed_out.cells if cell.id == "rollback-2-check")
        secret = 'current_version  = "v3"'
        if leak == "source":
            cell.source += f"\n# {secret}"
        elif leak == "metadata":
            cell.metadata["note"] = secret
        else:
            cell.outputs[0]["data"]["text/html"] += secret
        found = list(faults.in_notebooks(ROLLBACK, solution, handed_out))
        assert any("rollback.2 can be read" in fault for fault in found), leak


def test_a_missing_or_untagged_cell_is_named() -> None:
    solution = authoring.read(authoring.SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    cell = next(cell for cell in solution.cells if cell.id == "rollback-2-answer")
    del cell.metadata["workbook"]
    found = list(faults.in_notebooks(ROLLBACK, solution, authoring.hand_out(solution)))
    assert any("'rollback-2-answer' needs the metadata" in fault for fault in found)
    cell.id = "elsewhere"
    found = list(faults.in_notebooks(ROLLBACK, solution, authoring.hand_out(solution)))
    assert any("there is no cell 'rollback-2-answer'" in fault for fault in found)


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ({"exercise": "rollback.9", "role": "answer"}, "rollback has no exercise 'rollback.9'"),
        ({"exercise": "rollback.1", "role": "anser"}, "the role must be answer, check or ask"),
        ("x", "the role must be answer, check or ask"),
    ],
)
def test_a_wrong_tag_is_named(tag: object, says: str) -> None:
    solution = authoring.read(authoring.SOLUTIONS / f"{ROLLBACK.notebook}.ipynb")
    assert list(faults.in_tags(ROLLBACK, solution)) == []
    next(cell for cell in solution.cells if cell.id == "rollback-1-answer").metadata["workbook"] = tag
    assert any(says in fault for fault in faults.in_tags(ROLLBACK, solution))
