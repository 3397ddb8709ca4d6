"""notebooks → work: the copy that a learner works in, filled and renewed without losing an answer.

Called by `workbook lab` and `workbook update`.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from checks import answers, calls
from checks.catalogue import language, later, tr, trn
from checks.notebook import NOTEBOOKS, in_language, read, tag, write

#: Why a file is renewed.
_UNREAD = later("{file} could not be read")
_CHANGED = later("{file} has changed")
_NAMELESS = later("{file} had lost the names of its cells")


def fill_work(work: Path, notebooks: Path = NOTEBOOKS) -> Iterator[str]:
    """Give the learner what is missing, renew what changed upstream; yield a line on each renewed lesson.

    A lesson that is told in the learner's language is given in that, under the same name. An answer is never
    overwritten: a renewed lesson takes over the answers that grading would find, and the file it replaces is
    kept beside it.
    """
    work.mkdir(parents=True, exist_ok=True)
    for english in sorted(notebooks.glob("*.ipynb")):
        translated = in_language(language(), notebooks) / english.name
        source, target = translated if translated.exists() else english, work / english.name
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        lesson = read(source)
        lesson.metadata = _metadata() | {"workbook": {"handed_out": digest}}
        if not target.exists():
            write(target, lesson)
            continue
        old = _read(target)
        if old is not None and (tag(old).get("handed_out") == digest or _is_current(old, lesson)):
            continue
        if old is not None and _is_untouched(
            old, notebooks.parent.glob(f"{notebooks.name}*/{english.name}")
        ):  # in another language
            write(target, lesson)
            continue
        kept = _beside(target)
        shutil.copy2(target, kept)
        carried = 0 if old is None else carry_over(old, lesson)
        reason = _UNREAD if old is None else _CHANGED
        if old is not None and (cells := _with_own_cells(old, lesson)):
            reason, lesson.cells = _NAMELESS, cells
        write(target, lesson)
        renewed = trn(
            "renewed with {count} answer carried over; the old file is {kept}",
            "renewed with {count} answers carried over; the old file is {kept}",
            carried,
            kept=kept.name,
        )
        yield f"{tr(reason, file=target.name)}: {renewed}"


def _metadata() -> dict[str, object]:
    """What a notebook is given when it is first opened here, so that it is not marked as changed then."""
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelspec import get_kernel_dict

    told = get_kernel_dict()
    kernelspec = {"display_name": told["display_name"], "language": told["language"], "name": "python3"}
    return {"kernelspec": kernelspec, "language_info": {**IPythonKernel.language_info}}


def carry_over(old: NotebookNode, new: NotebookNode) -> int:
    """Put the answers of `old` into `new`, those that grading finds; returns how many.

    An answer's own cell comes over as it is; an answer that stands elsewhere goes into its own cell.
    """
    steps = {tag(cell)["exercise"]: cell.source for cell in new.cells if tag(cell).get("role") == "answer"}
    cells = answers.cells_of(old)
    shown = {cell.source.strip() for cell in new.cells if cell.cell_type == "code" and not tag(cell)}
    reading = answers.Reading(cells, steps, given=shown)
    carried = 0
    for cell in new.cells:
        said = tag(cell)
        source = _answer(reading, cells, said) if said else None
        if source is not None and source != cell.source:
            cell.source, cell.outputs, cell.execution_count = source, [], None
            carried += 1
    return carried


def _answer(reading: answers.Reading, cells: list[answers.Cell], said: dict[str, str]) -> str | None:
    """What the cell with this tag is to hold; None where nothing was answered."""
    exercise, role = said.get("exercise", ""), said.get("role", "")
    if role == "answer":
        return reading.step(exercise).source
    own = [cell.source for cell in cells if cell.kind == "code" and cell.is_of == (exercise, role)]
    if role == "ask":
        given, _ = reading.card(exercise)
        line = None if given is None else calls.call(exercise, given)
        whole = [
            source for source in own if answers.Reading([answers.Cell(source)], {}).card(exercise)[0] == given
        ]
        # What stands there that is no answer to read (a variable, a slip) is the learner's all the same.
        odd = [
            source for source in own if not re.fullmatch(r"\s*ask\(\s*['\"][\w.]+['\"]\s*,?\s*\)\s*", source)
        ]
        return next(iter([*(whole if given else ()), *([line] if line else odd)]), None)
    if role in ("predict", "kata"):
        return next(reversed(own), None)
    if role == "quiz":
        quiz, _ = reading.quiz(exercise.partition(".")[2])
        if quiz is None or quiz.seed < 0:
            return None
        return next((source for source in own if f"seed={quiz.seed}" in source), quiz.call)
    return None


def _is_current(old: NotebookNode, lesson: NotebookNode) -> bool:
    """Whether `old` is this very lesson and only no longer says so: all but the learner's own is there."""
    if "handed_out" in tag(old):
        return False
    left = iter((cell.get("id"), cell.source.strip()) for cell in old.cells)
    fixed = [(cell.id, cell.source.strip()) for cell in lesson.cells if not _is_theirs(cell)]
    return all(one in left for one in fixed)  # in this order, whatever stands between


def _is_untouched(old: NotebookNode, handed_out: Iterable[Path]) -> bool:
    """Whether all that stands in `old` stands in one of these too, so that nothing of it is the learner's."""
    texts = [cell.source for cell in old.cells]
    return any(texts == [cell.source for cell in read(path).cells] for path in handed_out)


def _is_theirs(cell: NotebookNode) -> bool:
    """Whether a lesson's cell is for the learner to write in."""
    return tag(cell).get("role") in ("answer", "ask", "predict", "quiz", "kata")


def _with_own_cells(old: NotebookNode, lesson: NotebookNode) -> list[NotebookNode]:
    """The lesson's cells, answers carried over, and those that the learner added, where only names were lost.

    Empty where the lesson says something else than `old`: what is not the lesson's may be an older lesson's.
    """
    if "handed_out" in tag(old):
        return []
    answered = {cell.source.strip() for cell in lesson.cells if _is_theirs(cell)}
    cells: list[NotebookNode] = []
    left = list(lesson.cells)
    for number, cell in enumerate(old.cells):
        source = cell.source.strip()
        # Of the lesson's cells, in their order, those for the learner to write in may be missing.
        next_fixed = next((n for n, one in enumerate(left) if not _is_theirs(one)), len(left))
        ours = next((n for n, one in enumerate(left[: next_fixed + 1]) if one.source.strip() == source), None)
        if ours is not None:
            cells += left[: ours + 1]
            left = left[ours + 1 :]
        elif source and source not in answered and not calls.only_words(cell.source):
            cells.append(NotebookNode({**cell, "id": cell.get("id", f"own-{number}")}))
    return [*cells, *left] if all(map(_is_theirs, left)) else []


def _read(path: Path) -> NotebookNode | None:
    try:
        return read(path)
    except Exception:  # nbformat raises what it likes on a broken file: KeyError, NotJSONError, …
        return None


def _beside(path: Path) -> Path:
    """A name beside `path` that is not taken: 01_rollback.old.ipynb, 01_rollback.old-2.ipynb, …"""
    kept, number = path.with_name(f"{path.stem}.old.ipynb"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.old-{number}.ipynb")
    return kept
