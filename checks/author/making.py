"""`workbook notebooks`: all that only has to be looked at first, then what has changed is tried and executed.

Called by `commands`. Nothing is written while there is a fault, to notebooks/ neither.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from checks import notebook
from checks.author import changed, faults, knowing, notebooks, places, proofs, translations, trials
from checks.exercise import Choice, Exercise, Lesson, Step
from checks.judge import default_runners, mutants
from checks.lessons import bank_questions, lessons
from checks.lessons.reading import ContentError
from checks.notebook import NOTEBOOKS, ROOT, SOLUTIONS, cell_id

#: So many exercises are tried together.
_AT_ONCE = 2


@dataclass(frozen=True)
class Solution:
    """A lesson's solution: its file, and what is to be executed."""

    lesson: Lesson
    path: Path
    notebook: NotebookNode

    @property
    def names(self) -> tuple[str, ...]:
        """What an author may call the lesson."""
        return self.lesson.slug, str(self.lesson.number), self.path.stem, self.path.name

    def source(self, id_: str) -> str:
        return next((str(cell.source) for cell in self.notebook.cells if cell.id == id_), "")


def looked_at() -> tuple[list[ContentError], list[Solution]]:
    """What can be seen without running anything, of the whole course, and its solutions."""
    if found := faults.in_files():
        return found, []
    found = [*faults.in_lessons(lessons()), *faults.in_folders(lessons())]
    solutions = []
    for lesson in lessons():
        path = SOLUTIONS / f"{lesson.notebook}.ipynb"
        if broken := faults.unreadable(path):
            found.append(broken)
            continue
        solution = notebooks.completed(lesson, notebook.read(path))
        found += faults.in_notebook(lesson, solution, path)
        found += faults.unsolved(lesson, solution, path)
        solutions.append(Solution(lesson, path, solution))
    return found or translations.faults(pairs(solutions)), solutions


def pairs(solutions: Sequence[Solution]) -> translations.Course:
    """Solutions as `translations` wants them."""
    return [(each.lesson, each.notebook) for each in solutions]


def make(
    solutions: Sequence[Solution], bank: bool, everything: bool, say: Callable[[str], None]
) -> list[str]:
    """Try what has changed, execute and hand out what has changed; what is wrong, a sentence a fault."""
    kept = changed.Kept()
    if everything:
        knowing.forget()
    found = list(_tried(solutions, bank, everything, kept, say))
    if not found and knowing.write(default_runners()):
        say("checks/judge/known.jsonl: what our own answers leave behind has changed")
    for each in solutions if not found else ():
        handed_out = NOTEBOOKS / each.path.name
        same = notebook.to_text(each.notebook) == each.path.read_text("utf-8")
        if everything or not same or not kept.has(each.path.stem, changed.notebook(each.lesson, each.path)):
            say(f"{each.path.name}: executing …")
            try:
                executed = notebooks.execute(each.notebook)
            except CellExecutionError as error:
                found.append(str(_raised(each, error)))
                continue
            notebook.write(each.path, executed)
            kept.keep(each.path.stem, changed.notebook(each.lesson, each.path))
            _ask_for_answers(each.lesson, say)
        text = notebook.to_text(notebooks.hand_out(each.notebook))
        if not handed_out.exists() or handed_out.read_text("utf-8") != text:
            handed_out.write_text(text, encoding="utf-8")
            say(f"{each.path.name}: handed out to notebooks/")
        for path in translations.write(each.lesson, each.notebook):
            say(f"{path.name}: handed out to notebooks/{path.parent.name}/")
    return found


def _ask_for_answers(lesson: Lesson, say: Callable[[str], None]) -> None:
    """Say which steps nobody but their author has answered yet."""
    path = ROOT / "tests" / "answers" / f"{lesson.slug}.yaml"
    known = path.read_text("utf-8").splitlines() if path.exists() else []
    new = [each.id for each in lesson.exercises if isinstance(each, Step) and f"{each.id}:" not in known]
    if new and lesson.counts and path.parent.exists():
        where = path.relative_to(ROOT)
        say(f"{' and '.join(new)}: have some people answer who see only the task, and put it into {where}.")


def _raised(solution: Solution, error: CellExecutionError) -> ContentError:
    cell = next(
        (cell for cell in solution.notebook.cells if cell.cell_type == "code" and cell.source in str(error)),
        None,
    )
    mend = "Set it in a cell above" if error.ename == "NameError" else "Fix it"
    problem = f"this cell raises {error.ename}: {error.evalue}. {mend}; nothing was written."
    return places.in_cell(solution.path, cell.id if cell else "", problem)


def _tried(
    solutions: Sequence[Solution],
    bank: bool,
    everything: bool,
    kept: changed.Kept,
    say: Callable[[str], None],
) -> Iterator[str]:
    """The faults of the exercises that have changed, and of the claims of changed questions."""
    asked = [(exercise, each) for each in solutions for exercise in each.lesson.exercises]
    digests = {
        exercise.id: changed.exercise(exercise, each.source(cell_id(exercise.id, "answer")))
        for exercise, each in asked
    }
    questions = bank_questions() if bank else ()
    digests |= {question.id: changed.exercise(question, "") for question in questions}
    new = {id_ for id_, digest in digests.items() if everything or not kept.has(id_, digest)}
    if new:
        say(f"trying {len(new)} of {len(digests)} exercises and questions …")
    of = {exercise.id: each for exercise, each in asked}
    run = [exercise for exercise in (*(e for e, _ in asked), *questions) if exercise.id in new]
    refuted = proofs.refuted(question for question in run if isinstance(question, Choice))

    def attempt(exercise: Exercise) -> list[str]:
        found = [str(fault) for fault in trials.on_trial(exercise, default_runners())]
        if isinstance(exercise, Step) and not found:
            found += _solution(of[exercise.id], exercise)
            found += _survived(exercise)
        if exercise.id in refuted:
            failure = f"the proof fails: {refuted[exercise.id]}. Fix the claim or its proof."
            found.append(str(places.in_section(exercise.id, failure, "Proof")))
        return found

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for exercise, found in zip(run, threads.map(attempt, run), strict=True):
            yield from found
            if not found:
                kept.keep(exercise.id, digests[exercise.id])


def _survived(step: Step) -> Iterator[str]:
    """Wrong answers that the situations let pass."""
    for mutant in mutants.survivors(step, default_runners()):
        mend = "Add a situation that tells them apart, or list it under `## Equivalent`, with its reason."
        problem = f"a right answer with `{mutant.diff}` passes too. {mend}"
        yield str(places.in_section(step.id, problem, "Equivalent", "Reference"))


def _solution(solution: Solution, step: Step) -> Iterator[str]:
    cell = cell_id(step.id, "answer")
    source = solution.source(cell)
    if why := source != step.reference and trials.solution_on_trial(step, source, default_runners()):
        yield str(places.in_cell(solution.path, cell, f"the solution of {step.id} is refused: {why}"))
