"""The checks on authors: what is missing or untrue in lessons and notebooks, each by file and line.

Called by `workbook notebooks` and by the tests. These only look; `trials` judges, `proofs` runs claims.
"""

import ast
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from checks.answers import Reading, cells_of
from checks.author import notebooks, places, prose
from checks.exercise import Choice, Exercise, FillIn, Lesson, RegistryState, Runnable, Step, Variable
from checks.judge import fits
from checks.judge.situations import made
from checks.lessons import QUESTIONS, loader, tests
from checks.lessons.reading import ContentError, text_of
from checks.notebook import NOTEBOOKS, SOLUTIONS, cell_id, tag

# ── files ─────────────────────────────────────────────────────────────────────────────────────────────


def in_files() -> list[ContentError]:
    """What of the lessons' files is still to be filled in, and the first thing in each that is refused."""
    found: dict[Path, list[ContentError]] = {}
    for path in sorted([*places.LESSONS.glob("*/*"), *SOLUTIONS.glob("*.ipynb")]):
        if path.suffix in (".md", ".yaml", ".py", ".ipynb"):
            found[path] = list(_gaps(path))

    def attempt(load: Callable[[], object]) -> None:
        try:
            load()
        except ContentError as refused:
            if not found.get(refused.path):
                found[refused.path] = [refused]

    for path in sorted(places.LESSONS.glob("*/*.md")):
        if path.parent == QUESTIONS or path.name.startswith(f"{path.parent.name}."):
            attempt(partial(loader.load, path))
    for path in sorted(places.LESSONS.glob("*/lesson.yaml")):
        attempt(partial(loader.load_lesson, path.parent))
    attempt(partial(loader.order, QUESTIONS))
    attempt(lambda: loader.load_bank(QUESTIONS, loader.load_lessons(places.LESSONS)))
    return list(itertools.chain(*found.values()))


def _gaps(path: Path) -> Iterator[ContentError]:
    try:
        text = text_of(path)
    except ContentError:
        return  # the loader says so
    for number, line in enumerate(text.splitlines(), 1):
        _, marked, what = line.partition(f"{prose.FILL_IN}: ")
        if marked:
            said = re.sub(r'(\\n)?"?,?$', "", what.strip()).rstrip(".")  # as JSON and YAML end a text
            yield ContentError(path, number, f"still to be filled in: {said}.")


# ── lessons ───────────────────────────────────────────────────────────────────────────────────────────


def in_lessons(lessons: Iterable[Lesson]) -> Iterator[ContentError]:
    """Faults that show once the exercises are read, of those that no file can tell."""
    for exercise in itertools.chain.from_iterable(lesson.exercises for lesson in lessons):
        if isinstance(exercise, Runnable):
            yield from _situations(exercise)
            yield from _sets_nothing(exercise)
        if isinstance(exercise, FillIn):
            yield from _untold(exercise)


def _situations(exercise: Runnable) -> Iterator[ContentError]:
    try:
        made(exercise)
    except Exception as error:
        name = getattr(exercise.makes, "__name__", "made_by")
        yield places.raised(exercise.id, error, f"`{name}`")


def _sets_nothing(exercise: Runnable) -> Iterator[ContentError]:
    """Code that runs after the answer is there to set what is compared, where variables are."""
    names = [each.name for each in exercise.compares if isinstance(each, Variable)]
    if not exercise.after or not names or any(isinstance(each, RegistryState) for each in exercise.compares):
        return
    bound = {
        node.id if isinstance(node, ast.Name) else node.name
        for node in ast.walk(ast.parse(exercise.after))
        if isinstance(node, ast.FunctionDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
    if not bound & set(names):
        compared = " and ".join(f"`{name}`" for name in names)
        problem = f"this sets nothing that is compared: let it set {compared}, or take it out."
        yield places.in_section(exercise.id, problem, "Runs after")


def _untold(task: FillIn) -> Iterator[ContentError]:
    samples = [sample for one in task.misconceptions for sample in one.samples]
    for answer in all_fills(task):
        if answer != task.answer and not any(fits(answer, sample) for sample in samples):
            said = json.dumps(list(answer), ensure_ascii=False)
            problem = f"nothing is told to the wrong answer: add `- {said}` to a `## Wrong: …`, or a new one."
            yield places.in_section(task.id, problem, "Wrong: ", "Code")
            return


def all_fills(task: FillIn) -> Iterator[tuple[str, ...]]:
    """Every combination of options, right ones too."""
    return itertools.product(task.options, repeat=task.blanks)


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────────────


def roles(exercise: Exercise) -> tuple[str, ...]:
    """The roles of an exercise's cells, in their order."""
    return ("answer", "check") if isinstance(exercise, Step) else ("ask",)


def unreadable(path: Path) -> ContentError | None:
    """Why a solution cannot be read, or which of its cells cannot be told apart."""
    try:
        raw = json.loads(text_of(path))
        ids = Counter(cell.get("id") for cell in raw["cells"])
    except FileNotFoundError:
        return ContentError(path, 1, "there is no such notebook: `workbook new lesson` makes one.")
    except json.JSONDecodeError as error:
        return ContentError(
            path, error.lineno, f"this is no notebook ({error.msg}): take it out of git again."
        )
    except (KeyError, TypeError, AttributeError):
        return ContentError(path, 1, "this is no notebook: take it out of git again.")
    for id_, count in ids.items():
        if id_ is not None and count > 1:
            return places.in_cell(
                path, id_, f"{count} cells have the id {id_!r}: take out those that are too many."
            )
    return None


def in_notebook(lesson: Lesson, solution: NotebookNode, path: Path) -> Iterator[ContentError]:
    """Faults of a lesson's solution: cells missing, ill named or told wrong, and answers handed out."""
    in_cell = partial(places.in_cell, path)
    tags = list(_in_tags(lesson, solution, path))
    yield from tags
    cells = {cell.id: cell for cell in solution.cells}
    last = solution.cells[0].id if solution.cells else ""
    for exercise in lesson.exercises:
        for id_ in (cell_id(exercise.id, role) for role in roles(exercise)):
            if id_ in cells:
                last = id_
                continue
            mend = f"`workbook new cells {exercise.id}` puts it after this one"
            yield in_cell(last, f"the cell {id_!r} of {exercise.id} is missing: {mend}.")
        above = cells.get(cell_id(exercise.id, "task"))
        wanted = prose.heading(lesson, exercise.id)
        if lesson.counts and above and (said := above.source.partition("\n")[0]) != wanted:
            problem = f"{exercise.id} is headed {said!r}, and its title and place say {wanted!r}: write that."
            yield in_cell(above.id, problem)
    if lesson.incident and cell_id(lesson.incident.id, "predict") not in cells:
        problem = f'nothing asks for {lesson.incident.id}: add a cell `predict("{lesson.incident.id}", …)`'
        yield in_cell(solution.cells[0].id, f"{problem} of that id before its demonstration.")
    for cell in solution.cells:
        if cell.cell_type != "markdown":
            continue
        for id_, said in prose.tasks(lesson, cell.source):
            problem = f"the task of {id_} stands on its card, and here once more: take this out."
            yield in_cell(cell.id, problem, said)
        for said, right in prose.counts(lesson, cell.source):
            if said != right:
                yield in_cell(
                    cell.id, f"the text says {said!r}, and the lesson has {right}: count anew.", said
                )
    if not tags:
        yield from _in_hand_out(lesson, solution, path)


def _in_tags(lesson: Lesson, solution: NotebookNode, path: Path) -> Iterator[ContentError]:
    """Faults in the metadata of a solution's cells, by which they are found and handed out."""
    known = {exercise.id: exercise for exercise in lesson.exercises}
    for cell in solution.cells:
        said = cell.metadata.get("workbook")
        if said is None:
            continue
        in_cell = partial(places.in_cell, path, cell.id)
        exercise = known.get(tag(cell).get("exercise", ""))
        if tag(cell).get("role") == "quiz":
            try:
                notebooks.paper_of(cell.source)
            except ValueError as error:
                yield in_cell(f"{error}.")
            except KeyError as error:
                yield in_cell(f"there is no test {error}: tests are {', '.join(tests())}.")
        elif tag(cell).get("role") == "kata":
            if tag(cell).get("exercise") not in [f"kata.{test}" for test in tests()]:
                yield in_cell(
                    f"there is no {tag(cell).get('exercise')!r}: katas are on {', '.join(tests())}."
                )
        elif tag(cell).get("role") == "predict":
            if lesson.incident is None or tag(cell).get("exercise") != lesson.incident.id:
                yield in_cell(f"{lesson.slug} has no incident {tag(cell).get('exercise')!r}: write its file.")
        elif tag(cell).get("role") not in ("answer", "ask", "check"):
            yield in_cell(f"the role must be answer, check or ask in {json.dumps(said)}.")
        elif exercise is None:
            listed = ", ".join(known)
            problem = f"{lesson.slug} has no exercise {tag(cell).get('exercise')!r}: it has {listed}."
            yield in_cell(problem)
        elif tag(cell)["role"] not in roles(exercise):
            yield in_cell(f"the role of a cell of {exercise.id} is {' or '.join(roles(exercise))}.")


def _in_hand_out(lesson: Lesson, solution: NotebookNode, path: Path) -> Iterator[ContentError]:
    """Answers that could be read in what would be handed out."""
    handed_out = notebooks.hand_out(solution)
    texts = {cell.id: _all_text(cell) for cell in handed_out.cells}
    texts |= {"": _all_text(handed_out.metadata)}
    for exercise in filter(None, (*lesson.exercises, lesson.incident)):
        for secret, cell in itertools.product(_secrets(exercise), texts):
            if secret in texts[cell]:
                problem = f"the answer to {exercise.id} could be read in notebooks/, as here: {secret!r}."
                yield places.in_cell(path, cell, f"{problem} Write this cell otherwise.")
                break


def unsolved(lesson: Lesson, solution: NotebookNode, path: Path) -> Iterator[ContentError]:
    """Cards that the solution does not answer as their exercise says."""
    reading = Reading(cells_of(solution), {})
    for exercise in lesson.exercises:
        if not isinstance(exercise, FillIn | Choice):
            continue
        answer, wanted = reading.card(exercise.id)[0], tuple(exercise.answer)
        if answer != wanted:
            problem = f"the solution answers {answer!r}, and the answer of {exercise.id} is {wanted!r}."
            yield places.in_cell(path, cell_id(exercise.id, "ask"), problem)


def in_folders(lessons: Iterable[Lesson]) -> Iterator[ContentError]:
    """Notebooks that belong to no lesson."""
    listed = {f"{lesson.notebook}.ipynb" for lesson in lessons}
    for path in (*sorted(SOLUTIONS.glob("*.ipynb")), *sorted(NOTEBOOKS.glob("*.ipynb"))):
        if path.name not in listed:
            yield ContentError(
                path, 1, "no lesson.yaml names this notebook: remove it, or fix the name there."
            )


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
        answer = ", ".join(map(repr, exercise.answer))
        yield from (_squeeze(f"{word}({exercise.id!r}, {answer}") for word in ("ask", "predict"))
    yield _squeeze(exercise.right)


def _all_text(node: NotebookNode) -> str:
    """Everything that a cell holds, in source, metadata and outputs."""

    def texts(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for value in node.values():
                yield from texts(value)
        elif isinstance(node, list):
            for value in node:
                yield from texts(value)
        elif isinstance(node, str):
            yield node

    return _squeeze("\n".join(texts(node)))


def _squeeze(text: str) -> str:
    """Without white space and with one kind of quotes, so that layout hides nothing."""
    return re.sub(r"\s+", "", text).replace('"', "'")
