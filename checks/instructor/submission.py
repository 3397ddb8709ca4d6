"""What learners handed in: finds the notebooks in a folder and reads the answers out of them.

Called by grading. A learner's file is untrusted input of any size and shape: it is read as JSON and its calls
as literals; nothing of it is ever executed, unpickled or followed out of the folder.
"""

import ast
import json
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checks.answers import code_before_check, is_written, only_words
from checks.exercise import Answer, Exercise, Lesson, Step
from checks.lessons import paper

#: Bytes. A lesson has about 100 kB; JSON made to waste memory takes up to 30 times its size.
LARGEST = 10 << 20
#: A cell that asks or checks has a few lines; parsing a longer one would only cost time.
LONGEST_CALL = 20_000
#: How deep below a learner's folder notebooks are looked for, and how many files are looked at.
DEEPEST, MOST_FILES = 4, 10_000

RULE = (
    "A folder in {name} is a learner, and the notebooks in it and below are theirs (also as "
    "submitted/<learner>/<assignment>/<notebook>.ipynb). Notebooks that lie in {name} itself and bear a "
    "lesson's name belong to one learner, {name}; other names are read as <learner>_….ipynb, the learner "
    "being what stands before the first underscore. Of several files for one lesson the last counts: "
    "`name (2).ipynb` before `name (1).ipynb` before `name.ipynb`; copies come after all of them."
)


#: What a call such as `quiz("approval", seed=7, answers="bdac", of=53)` says: seed, letters, of.
Sat = tuple[int, str, int]


@dataclass(frozen=True)
class Handed:
    """One lesson as one learner handed it in. `answers` has what was answered, by exercise id.

    `quiz` is what the last `quiz("approval", …)` says, or None where there is none.
    `trouble` is why nothing could be read, or None; `notices` are for the learner and the instructor.
    """

    learner: str
    lesson: str
    file: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    quiz: Sat | None = None
    notices: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True)
class Class:
    """Everyone who handed something in, in order; `notices` are about files that count for nothing.

    `quizzes` has what each learner answered in the test on approval.
    """

    learners: tuple[str, ...]
    handed: tuple[Handed, ...]
    notices: tuple[str, ...]
    quizzes: Mapping[str, Sat] = field(default_factory=dict)


class Unreadable(Exception):
    """A file that is no notebook. Says why, for the learner to read."""


def collect(folder: Path, lessons: Iterable[Lesson]) -> Class:
    """Read everything below `folder`. Lessons that do not count are known and left out.

    Raises NotADirectoryError if it is none.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"There is no folder {folder}. Name the one that holds the submissions.")
    lessons = tuple(lessons)
    counting = {lesson.notebook for lesson in lessons if lesson.counts}
    learners: list[str] = []
    handed: dict[tuple[str, str], Handed] = {}
    notices: list[str] = []
    quizzes: dict[str, Sat] = {}
    for learner, files in _by_learner(folder, lessons, notices):
        if learner not in learners:
            learners.append(learner)
        for path, name in files:
            one = read(path, name, learner, lessons)
            if one.quiz:
                quizzes[learner] = one.quiz
                if problem := _not_taken(one.quiz):
                    notices.append(f"{learner}: {name} gets no points for test.approval. {problem}")
            if not one.lesson:
                notices.append(
                    f"{learner}: {name} {one.trouble or 'is none of the lessons'}; it counts for nothing."
                )
                continue
            if one.lesson not in counting:
                continue
            before = handed.get((learner, one.lesson))
            if before and one.trouble and not before.trouble:
                notices.append(f"{learner}: {name} {one.trouble}; {before.file} counts.")
                continue
            if before:
                notices.append(
                    f"{learner}: of {before.file} and {name} the latter counts, both {one.lesson}."
                )
            handed[learner, one.lesson] = one
    ordered = sorted(learners)
    order = {lesson.notebook: number for number, lesson in enumerate(lessons)}
    return Class(
        tuple(ordered),
        tuple(handed[key] for key in sorted(handed, key=lambda key: (key[0], order[key[1]]))),
        tuple(notices),
        quizzes,
    )


# ── which files, and whose ────────────────────────────────────────────────────────────────────────────


def _by_learner(
    folder: Path, lessons: tuple[Lesson, ...], notices: list[str]
) -> Iterator[tuple[str, list[tuple[Path, str]]]]:
    """Each learner with their files, those that count most last."""
    inside = _entries(folder, notices)
    if [entry.name for entry in inside if _is_folder(entry)] == ["submitted"] and not any(
        map(_is_notebook, inside)
    ):
        folder = folder / "submitted"  # nbgrader's course folder
        inside = _entries(folder, notices)
    found: dict[str, list[tuple[Path, str]]] = {}
    flat = [entry for entry in inside if _is_notebook(entry)]
    as_one = any(_lesson_by_name(entry.name, lessons) for entry in flat)
    for entry in flat:
        before, underscore, _ = entry.name.partition("_")
        learner = folder.resolve().name if as_one or not underscore or not before.strip() else before
        found.setdefault(display(learner), []).append((Path(entry.path), display(entry.name)))
    for entry in inside:
        if _is_folder(entry):
            mine = found.setdefault(display(entry.name), [])
            mine += [
                (path, display(str(path.relative_to(entry.path))))
                for path in _below(Path(entry.path), notices)
            ]
    for learner in sorted(found):
        yield learner, sorted(found[learner], key=lambda file: _weight(file[1]))


def _entries(folder: Path, notices: list[str]) -> list[os.DirEntry[str]]:
    """What lies in a folder, in order, without what is hidden, a link or no plain file or folder."""
    kept = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "__")):
                    continue
                if entry.is_symlink():
                    notices.append(f"{display(entry.name)} is a symbolic link, and is not followed.")
                elif entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False):
                    kept.append(entry)
                if len(kept) >= MOST_FILES:
                    notices.append(
                        f"{display(folder.name)} has more than {MOST_FILES:,} files; the rest is left out."
                    )
                    break
    except OSError as error:
        notices.append(f"{display(folder.name)} cannot be read: {error.strerror}.")
    return sorted(kept, key=lambda entry: entry.name)


def _below(folder: Path, notices: list[str], depth: int = 1) -> Iterator[Path]:
    for entry in _entries(folder, notices):
        if _is_notebook(entry):
            yield Path(entry.path)
        elif _is_folder(entry) and depth < DEEPEST:
            yield from _below(Path(entry.path), notices, depth + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_notebook(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(".ipynb")


_NUMBERED = re.compile(r"\s*\((\d{1,6})\)$")
_COPY = re.compile(r"([-_. ]?copy\d*|\.old(-\d+)?)$", re.IGNORECASE)


def _weight(name: str) -> tuple[int, str]:
    """What a browser saved again has a number and is newer; what JupyterLab copied or we kept is older."""
    stem = name[: -len(".ipynb")]
    if _COPY.search(stem):
        return (-1, name)
    numbered = _NUMBERED.search(stem)
    return (int(numbered[1]) if numbered else 0, name)


def _lesson_by_name(name: str, lessons: Iterable[Lesson]) -> str:
    """The lesson that a file is called after, anywhere in its name's end; "" if none."""
    stem = _COPY.sub("", _NUMBERED.sub("", Path(name).name[: -len(".ipynb")])).lower()
    return next((lesson.notebook for lesson in lessons if stem == lesson.notebook.lower()), "")


def _lesson_in_name(name: str, lessons: Iterable[Lesson]) -> str:
    stem = Path(name).name.lower()
    return next((lesson.notebook for lesson in lessons if lesson.notebook.lower() in stem), "")


def display(name: str) -> str:
    """A file's name as text that any page and table can hold: no control characters, no broken encoding."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join("�" if unicodedata.category(sign)[0] == "C" else sign for sign in text)[:200]


# ── one notebook ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Cell:
    """A code cell, with what its metadata or its id says of it: an exercise's id and a role, or ""."""

    source: str
    exercise: str = ""
    role: str = ""


def read(path: Path, name: str, learner: str, lessons: tuple[Lesson, ...]) -> Handed:
    """Read one notebook. `lesson` is "" if it is none of the course; `trouble` says why it is unreadable."""
    try:
        cells = _cells(_load(path))
    except Unreadable as why:
        return Handed(learner, _lesson_in_name(name, lessons), name, trouble=str(why))
    found = [(id_, answer) for cell in cells for id_, answer in _asked(cell.source)]
    seen = Counter(
        id_.partition(".")[0] for id_ in {cell.exercise for cell in cells} | {id_ for id_, _ in found}
    )
    quiz = next(reversed([given for cell in cells for given in _quizzes(cell.source)]), None)
    by_name = _lesson_in_name(name, lessons)
    lesson = max(lessons, key=lambda one: (seen[one.slug], one.notebook == by_name), default=None)
    if lesson is None or not (seen[lesson.slug] or lesson.notebook == by_name):
        return Handed(learner, "", name, quiz=quiz)
    answers: dict[str, Answer] = {}
    notices: list[str] = []
    for exercise in lesson.exercises:
        given = list(_given(exercise, cells, found, notices))
        if len(given) > 1:
            notices.append(f"{exercise.id} was answered {len(given)} times; the last answer counts.")
        if given:
            answers[exercise.id] = given[-1]
    return Handed(learner, lesson.notebook, name, answers, quiz, tuple(notices))


def _given(
    exercise: Exercise,
    cells: list[_Cell],
    found: list[tuple[str, tuple[str, ...] | None]],
    notices: list[str],
) -> Iterator[Answer]:
    """The answers to an exercise, in the notebook's order. What is empty is no answer."""
    if not isinstance(exercise, Step):
        for id_, answer in found:
            if id_ == exercise.id and answer is None:
                notices.append(f"{exercise.id}: an answer counts where it is written as text in quotes.")
            elif id_ == exercise.id and answer:
                yield answer
        return
    tagged = [cell.source for cell in cells if (cell.exercise, cell.role) == (exercise.id, "answer")]
    written = [source for source in tagged if is_written(source, exercise.starter)]
    yield from written
    if not written:
        before = _before_checks(exercise, cells)
        yield from (source for source in before if is_written(source, exercise.starter))


def _before_checks(step: Step, cells: list[_Cell]) -> Iterator[str]:
    """By what cells say: the code before `check("rollback.3")`, in its cell or in the one before."""
    before = ""
    for cell in cells:
        if len(cell.source) <= LONGEST_CALL and "check" in cell.source:
            if own := code_before_check(cell.source, step.id):
                yield own
            elif before and step.id in cell.source and (step.id, "check") in _calls(cell.source):
                yield before
                before = ""
                continue
        if cell.role == "answer" and cell.exercise != step.id:
            before = ""  # another step's
        elif len(cell.source) > LONGEST_CALL or not only_words(cell.source):
            before = cell.source
        else:
            before = ""


def _calls(source: str) -> set[tuple[str, str]]:
    """(exercise, word) of every call of a word with the exercise's id written out."""
    return {(id_, word) for word, id_, _ in _words(source)}


def _asked(source: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """The arguments of every `ask("approval.1", …)`; None where they are not text that is written out."""
    if "ask" not in source or len(source) > LONGEST_CALL:
        return
    for word, id_, arguments in _words(source):
        if word == "ask":
            yield id_, arguments


def _words(source: str) -> Iterator[tuple[str, str, tuple[str, ...] | None]]:
    for tree in _parsed(source):
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            values = [_literal(argument) for argument in call.args]
            if name in ("ask", "check") and isinstance(values[0], str):
                rest = None if call.keywords or None in values else tuple(map(str, values[1:]))
                yield name, values[0], rest


def _quizzes(source: str) -> Iterator[Sat]:
    """What every `quiz("approval", seed=7, answers="bdac")` says that has both written out."""
    if "quiz" not in source or len(source) > LONGEST_CALL:
        return
    source = _TOO_LONG.sub("True", source)
    for tree in _parsed(source):
        for call in ast.walk(tree):
            match call:
                case ast.Call(ast.Name("quiz") | ast.Attribute(attr="quiz"), [*positional], keywords):
                    said = dict(zip(("test", "seed", "answers", "of"), positional, strict=False))
                    match said | {keyword.arg: keyword.value for keyword in keywords}:
                        case {
                            "test": ast.Constant("approval"),
                            "seed": seed,
                            "answers": ast.Constant(str() as letters),
                            **more,
                        }:
                            of = _whole(more["of"]) if "of" in more else paper.FIRST
                            yield _whole(seed), letters, of


#: A number that Python refuses to read, and the whole cell with it.
_TOO_LONG = re.compile(r"\b\d{1000,}\b")


def _whole(node: ast.expr) -> int:
    """A number of at most nine digits that is written out; -1, which no test has, for whatever else it is."""
    value = getattr(node, "value", None)
    return value if type(value) is int and value < 10**9 else -1


def _not_taken(sat: Sat) -> str:
    """Why a quiz call has no marks; "" where it has."""
    try:
        paper.marks("approval", *sat)
    except ValueError as problem:
        return str(problem)
    return ""


def _literal(node: ast.expr) -> str | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return value if isinstance(value, str) else None


def _parsed(source: str) -> list[ast.Module]:
    """The cell's tree; if it does not parse (a magic, a slip elsewhere), those of its lines that do."""
    try:
        return [ast.parse(source)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        trees = []
        for line in source.splitlines():
            if any(f"{word}(" in line for word in ("ask", "check", "quiz")):
                try:
                    trees.append(ast.parse(line.strip()))
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
        return trees


def _load(path: Path) -> object:
    """The JSON of a plain file. Raises Unreadable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("is not a plain file")
            if status.st_size > LARGEST:
                raise Unreadable(
                    f"has {status.st_size / 2**20:.0f} MB, and a notebook may have {LARGEST >> 20}: "
                    "clear its outputs, save it and hand it in again"
                )
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    if not content.strip():
        raise Unreadable("is empty")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "is not in UTF-8, as every notebook is: save it in Jupyter and hand it in again"
        ) from error
    except RecursionError as error:
        raise Unreadable("is nested too deep for a notebook") from error
    except ValueError as error:
        raise Unreadable("is not a whole notebook (its JSON is broken)") from error


def _cells(notebook: object) -> list[_Cell]:
    """The code cells of a notebook, of format 3 too. Raises Unreadable if there is no list of cells."""
    if not isinstance(notebook, dict):
        raise Unreadable("is JSON, but not a notebook")
    cells = notebook.get("cells")
    if cells is None and isinstance(sheets := notebook.get("worksheets"), list):
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(cells, list):
        raise Unreadable("is JSON, but not a notebook: it has no cells")
    return [_cell(raw) for raw in cells if isinstance(raw, dict) and raw.get("cell_type") == "code"]


_ID = re.compile(r"([a-z]+)-([a-z0-9-]+)-(answer|check|ask)")


def _cell(raw: dict[str, object]) -> _Cell:
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        source = ""
    # A lone half of a surrogate pair is valid JSON, and no text.
    source = source.encode("utf-8", "replace").decode("utf-8")
    metadata = raw.get("metadata")
    tag = metadata.get("workbook") if isinstance(metadata, dict) else None
    if isinstance(tag, dict) and isinstance(tag.get("exercise"), str) and isinstance(tag.get("role"), str):
        return _Cell(source, str(tag["exercise"]), str(tag["role"]))
    id_ = raw.get("id")
    named = _ID.fullmatch(id_) if isinstance(id_, str) else None
    return _Cell(source, f"{named[1]}.{named[2]}", named[3]) if named else _Cell(source)
