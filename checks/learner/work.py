"""notebooks → work: the copy that a learner works in, filled and renewed without losing an answer.

Called by `workbook lab`.
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from checks.notebook import NOTEBOOKS, WORK, read, tag, tagged_id, write


def fill_work(notebooks: Path = NOTEBOOKS, work: Path = WORK) -> Iterator[str]:
    """Give the learner what is missing, renew what changed upstream; yield a line on each renewed lesson.

    An answer is never overwritten: a renewed lesson takes the answers over by cell id, and the file it
    replaces is kept beside it.
    """
    work.mkdir(parents=True, exist_ok=True)
    for source in sorted(notebooks.glob("*.ipynb")):
        target = work / source.name
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        lesson = read(source)
        lesson.metadata["workbook"] = {"handed_out": digest}
        if not target.exists():
            write(target, lesson)
            continue
        old = _read(target)
        if old is not None and tag(old).get("handed_out") == digest:
            continue
        kept = _beside(target)
        shutil.copy2(target, kept)
        carried = 0 if old is None else carry_over(old, lesson)
        write(target, lesson)
        reason = "could not be read" if old is None else "has changed"
        answers = "1 answer" if carried == 1 else f"{carried} answers"
        yield f"{target.name} {reason}: renewed with {answers} carried over; the old file is {kept.name}"


def carry_over(old: NotebookNode, new: NotebookNode) -> int:
    """Put the answers of `old` into `new`, by cell id; returns how many.

    Where a front end has dropped the ids, the cells' metadata still name the exercises.
    """
    code_cells = [cell for cell in old.cells if cell.cell_type == "code"]
    answered = {tagged_id(cell): cell.source for cell in code_cells if tag(cell)}
    answered |= {cell.get("id"): cell.source for cell in code_cells}
    carried = 0
    for cell in new.cells:
        role = tag(cell).get("role")
        source = answered.get(cell.id, "")
        if role in ("answer", "ask", "quiz") and _is_answered(role, source) and source != cell.source:
            cell.source, cell.outputs, cell.execution_count = source, [], None
            carried += 1
    return carried


def _is_answered(role: str, source: str) -> bool:
    if role == "quiz":
        return bool(re.search(r"answers\s*=\s*['\"]\s*\w", source))
    if role == "ask":
        return not re.fullmatch(r"\s*ask\(\s*['\"][\w.]+['\"]\s*,?\s*\)\s*", source)
    return any(line.strip() and not line.strip().startswith("#") for line in source.splitlines())


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
