"""The checks on authors: what is missing or untrue in lessons and notebooks, a sentence a fault.

Called by `workbook notebooks` and by the tests. `in_lessons` and `in_notebooks` only look, the others run.
"""

import ast
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nbformat import NotebookNode

from checks.author import proofs
from checks.exercise import (
    ANY,
    Answer,
    Choice,
    Exercise,
    FillIn,
    Form,
    Lesson,
    Misconception,
    Situation,
    Step,
)
from checks.judge import Runners, fits, judge
from checks.lessons import bank_questions
from checks.lessons.reading import ContentError
from checks.notebook import cell_id

_SLUG = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)*")


def in_lessons(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Faults that show in the lessons' data alone."""
    every = [exercise for lesson in lessons for exercise in lesson.exercises]
    for id_, count in Counter(exercise.id for exercise in every).items():
        if count > 1:
            yield f"{id_}: the id is used {count} times"
    for exercise in every:
        for fault in itertools.chain(_texts(exercise), _misconceptions(exercise), _kind(exercise)):
            yield f"{exercise.id}: {fault}"


def in_bank() -> Iterator[str]:
    """Faults of the question bank: what its loader refuses, and claims that are false."""
    try:
        questions = bank_questions()
    except ContentError as refused:
        yield str(refused)
        return
    for id_, failure in proofs.refuted(questions).items():
        yield f"{id_}: its proof is false: {failure}"


def _texts(exercise: Exercise) -> Iterator[str]:
    for name in ("title", "task", "explanation", "right"):
        if not getattr(exercise, name).strip():
            yield f"`{name}` is empty"
    for name in ("hints", "common_mistakes"):
        texts = getattr(exercise, name)
        if not texts:
            yield f"`{name}` has no entry"
        for number, text in enumerate(texts, 1):
            if not text.strip():
                yield f"`{name}`: entry {number} is empty"


def _misconceptions(exercise: Exercise) -> Iterator[str]:
    told = _told(exercise)
    for id_, count in Counter(one.id for one in told).items():
        if count > 1:
            yield f"the misconception {id_!r} is listed {count} times"
    for one in told:
        if not _SLUG.fullmatch(one.id):
            yield f"the misconception {one.id!r} needs an id of small letters, digits, _ and single hyphens"
        for name in ("says", "advice"):
            if not getattr(one, name).strip():
                yield f"the misconception {one.id!r} has no `{name}`"
        if not one.samples:
            yield f"the misconception {one.id!r} has no sample answer"


def _told(exercise: Exercise) -> list[Misconception | Form]:
    """Everything with an id of its own that a wrong answer may be told."""
    return [*exercise.misconceptions, *(exercise.asks_for if isinstance(exercise, Step) else ())]


def _kind(exercise: Exercise) -> Iterator[str]:
    if isinstance(exercise, Step | FillIn):
        for situation in exercise.situations:
            if not situation.given.strip() and situation != Situation(""):
                yield "a situation has no `given`"
            if situation.registry is not None and list(situation.registry) != list(
                range(1, len(situation.registry) + 1)
            ):
                yield f"the registry of {situation.given!r} must number its versions 1, 2, 3, …"
            for number in (*situation.aliases.values(), *situation.tags, *situation.sources):
                if number not in (situation.registry or {}):
                    yield f"the registry of {situation.given!r} has no version {number}"
    if isinstance(exercise, FillIn):
        yield from _fill_in(exercise)
    if isinstance(exercise, Choice):
        yield from _choice(exercise)


def _fill_in(task: FillIn) -> Iterator[str]:
    if len(set(task.options)) < len(task.options):
        yield "an option is listed twice"
    if len(task.answer) != task.blanks or not set(task.answer) <= set(task.options):
        yield f"the answer {task.answer} must fill {task.blanks} blanks from the options"
    for one in task.misconceptions:
        for sample in one.samples:
            if len(sample) != task.blanks or not set(sample) <= {ANY, *task.options}:
                yield f"the misconception {one.id!r}: {sample!r} does not fit the blanks and options"
                return
    for answer in all_fills(task):
        if answer != task.answer and not any(fits(answer, s) for m in task.misconceptions for s in m.samples):
            yield f"the wrong answer {answer} has no feedback of its own"


def _choice(question: Choice) -> Iterator[str]:
    if len(set(question.options)) < len(question.options):
        yield "an option is listed twice"
    if question.answer not in tuple(question.letters):
        yield f"the answer {question.answer!r} is not one of the letters {question.letters}"
    if not question.quick_check.strip():
        yield "`quick_check` is empty"
    explained = {letter for one in question.misconceptions for sample in one.samples for letter in sample}
    for letter in question.letters:
        if letter != question.answer and letter not in explained:
            yield f"option {letter} has no feedback of its own"


def all_fills(task: FillIn) -> Iterator[tuple[str, ...]]:
    """Every combination of options, right ones too."""
    return itertools.product(task.options, repeat=task.blanks)


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────────────


def in_tags(lesson: Lesson, solution: NotebookNode) -> Iterator[str]:
    """Faults in the metadata of a solution's cells, by which they are found and handed out."""
    known = {exercise.id for exercise in lesson.exercises}
    for cell in solution.cells:
        tag = cell.metadata.get("workbook")
        if tag is None or (isinstance(tag, dict) and tag.get("role") == "quiz"):
            continue
        where = f"{lesson.notebook}: cell {cell.id!r}"
        if not isinstance(tag, dict) or tag.get("role") not in ("answer", "ask", "check"):
            yield f"{where}: the role must be answer, check or ask in {json.dumps(tag)}"
        elif tag.get("exercise") not in known:
            yield f"{where}: {lesson.slug} has no exercise {tag.get('exercise')!r}"


def in_notebooks(lesson: Lesson, solution: NotebookNode, handed_out: NotebookNode) -> Iterator[str]:
    """Faults of a lesson's notebook: cells missing or misnamed, answers to be seen where they must not."""
    cells = {cell.id: cell for cell in solution.cells}
    for exercise in lesson.exercises:
        for role in ("answer", "check") if isinstance(exercise, Step) else ("ask",):
            id_ = cell_id(exercise.id, role)
            tag = {"exercise": exercise.id, "role": role}
            if id_ not in cells:
                yield f"{lesson.notebook}: there is no cell {id_!r}"
            elif cells[id_].metadata.get("workbook") != tag:
                wanted = json.dumps({"workbook": tag})
                yield f"{lesson.notebook}: cell {id_!r} needs the metadata {wanted}"
    text = _all_text(handed_out)
    for exercise in lesson.exercises:
        for secret in _secrets(exercise):
            if secret in text:
                yield f"{lesson.notebook}: the answer to {exercise.id} can be read in notebooks/: {secret!r}"


def _secrets(exercise: Exercise) -> Iterator[str]:
    """What of an answer must not be seen: a Step's statements, a FillIn's assembled line, a card's call."""
    if isinstance(exercise, Step):
        yield from map(_squeeze, map(ast.unparse, ast.parse(exercise.reference).body))
        given = set(exercise.starter.splitlines())
        lines = (line for line in exercise.reference.splitlines() if line not in given)
        yield from (_squeeze(line) for line in lines if len(line.strip()) > 20)
    elif isinstance(exercise, FillIn):
        filled, blank = exercise.fill(exercise.answer).splitlines(), exercise.code.splitlines()
        yield from (_squeeze(line) for line in filled if line not in blank)
    if isinstance(exercise, FillIn | Choice):
        yield _squeeze(f"ask({exercise.id!r}, {', '.join(map(repr, exercise.answer))}")
    yield _squeeze(exercise.right)


def _all_text(notebook: NotebookNode) -> str:
    """Everything that a notebook holds, in source, metadata and outputs."""

    def texts(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for value in node.values():
                yield from texts(value)
        elif isinstance(node, list):
            for value in node:
                yield from texts(value)
        elif isinstance(node, str):
            yield node

    return _squeeze("\n".join(texts(notebook)))


def _squeeze(text: str) -> str:
    """Without white space and with one kind of quotes, so that layout hides nothing."""
    return re.sub(r"\s+", "", text).replace('"', "'")


# ── trials ────────────────────────────────────────────────────────────────────────────────────────────


def on_trial(exercise: Exercise, runners: Runners) -> Iterator[str]:
    """Faults that show when answers are judged: the unsolved, the reference, alternatives and samples."""

    def expect(answer: Answer, status: str, misconception: str | None, what: str) -> Iterator[str]:
        verdict = judge(exercise, answer, runners)
        if (verdict.status, verdict.misconception) != (status, misconception):
            wanted, came = (status, misconception), (verdict.status, verdict.misconception)
            yield f"{exercise.id}: {what} {answer!r} should be judged {wanted}, and is {came}"

    if isinstance(exercise, Step) and judge(replace(exercise, starter=""), exercise.starter, runners).correct:
        yield f"{exercise.id}: the cell as it is handed out is right already: {exercise.starter!r}"
    yield from expect(
        exercise.starter if isinstance(exercise, Step) else (), "not_attempted", None, "the unsolved"
    )
    if isinstance(exercise, Step):
        for answer in (exercise.reference, *exercise.alternatives):
            yield from expect(answer, "correct", None, "the right answer")
        for told in _told(exercise):
            for sample in told.samples:
                yield from expect(sample, "wrong", f"{exercise.id}/{told.id}", "the sample")
    elif isinstance(exercise, FillIn):
        yield from expect(exercise.answer, "correct", None, "the right answer")
        told_of = {answer: judge(exercise, answer, runners).misconception for answer in all_fills(exercise)}
        for one in exercise.misconceptions:
            for sample in one.samples:
                full = f"{exercise.id}/{one.id}"
                if not any(fits(answer, sample) and told == full for answer, told in told_of.items()):
                    yield f"{exercise.id}: no answer that fits {sample!r} is told {one.id!r}"
    elif isinstance(exercise, Choice):
        yield from expect((exercise.answer,), "correct", None, "the right answer")
        for one in exercise.misconceptions:
            for sample in one.samples:
                yield from expect(tuple(sample), "wrong", f"{exercise.id}/{one.id}", "the sample")
