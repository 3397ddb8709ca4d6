"""The course in other languages: what is off or left in the translations, and the notebooks made of them.

Called by `commands` and `making`. Translations stand in folders that are called by their language, such as
rollback/de/: lesson.yaml, a file an exercise, and the notebook's texts, story.md.
"""

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from checks.author import notebooks, places, story
from checks.catalogue import languages, speaking
from checks.exercise import Lesson, Runnable
from checks.judge.situations import made
from checks.lessons import aloud, bank_questions, incidents, interviews, lessons, translation
from checks.lessons.reading import ContentError, read
from checks.lessons.sentences import sentences
from checks.notebook import cell_id, in_language, tag, to_text

_LESSON = "lesson.yaml"

#: Lessons, each with the notebook of its solution.
Course = Sequence[tuple[Lesson, NotebookNode]]


def codes() -> list[str]:
    """The languages that any lesson is translated into."""
    return sorted({path.name for path in places.LESSONS.glob("*/??") if path.is_dir()})


def files(lesson: Lesson) -> list[Path]:
    """The English files of a lesson that are translated: its exercises, what they share, its questions."""
    own = [places.file_of(exercise.id) for exercise in (*lesson.exercises, lesson.incident) if exercise]
    asked = [places.file_of(question.id) for question in bank_questions() if question.lesson == lesson.slug]
    return [*own, *dict.fromkeys(itertools.chain.from_iterable(map(_shared, own))), *asked]


def _shared(path: Path) -> Iterator[Path]:
    """The files of misconceptions that an exercise's file puts in."""
    for section in read(path)[1]:
        if section.title.startswith("Shared: "):
            name = f"{section.title.removeprefix('Shared: ')}.md"
            yield path.with_name(name) if path.with_name(name).exists() else places.LESSONS / "shared" / name


# ── what is off ───────────────────────────────────────────────────────────────────────────────────────


def faults(course: Course) -> list[ContentError]:
    """The first thing in each translation that does not fit its English."""
    of = {lesson.slug: solution for lesson, solution in course}
    found = []
    for code in codes():
        for path in sorted(places.LESSONS.glob(f"*/{code}/*")):
            try:
                found += _in_file(path, code, of)
            except ContentError as refused:
                found.append(refused)
        if not found:
            found += _in_language(code)
    return found


def _in_file(path: Path, code: str, solutions: dict[str, NotebookNode]) -> list[ContentError]:
    english = path.parent.parent / path.name
    if path.name == story.NAME and english.parent.name in solutions:
        return list(story.faults(path, solutions[english.parent.name]))
    if not english.exists():
        return [
            ContentError(path, 1, f"there is no {english.name} that this translates: rename or remove it.")
        ]
    if path.name == _LESSON:
        translation.lesson_translation(english.parent, code)
    else:
        translation.translation(english, code)
    return []


def _in_language(code: str) -> list[ContentError]:
    """What is refused only once a translation has taken the place of its English."""
    if code not in languages():
        first = min(places.LESSONS.glob(f"*/{code}/*"))
        return [ContentError(first, 1, f"there is no checks/languages/{code}.po: begin one, as de.po does.")]
    with speaking(code):
        try:
            bank_questions(), incidents(), interviews()
            return list(itertools.chain.from_iterable(_headed(lesson, code) for lesson in lessons()))
        except ContentError as refused:
            return [refused]


def _headed(lesson: Lesson, code: str) -> Iterator[ContentError]:
    """Texts that are not headed as the exercise below them, in the same language, is called."""
    path = places.LESSONS / lesson.slug / code / story.NAME
    titles = {cell_id(exercise.id, "task"): exercise.title for exercise in lesson.exercises if lesson.counts}
    for told in story.read(path) if path.exists() else ():
        said, title = told.text.partition("\n")[0], titles.get(told.id)
        if title and not said.endswith(f": {title}"):
            problem = f"{told.id} is headed {said!r}, and its exercise is called {title!r}: write that."
            yield ContentError(path, told.line, problem)


# ── what is left ──────────────────────────────────────────────────────────────────────────────────────


def outdated(course: Course) -> Iterator[ContentError]:
    """What was translated from an English that has changed, each with what to do."""
    asked_aloud = places.LESSONS / "interviews.yaml"
    for code in codes():
        asked = aloud.translation(asked_aloud, code)
        if asked and (now := aloud.changed(asked_aloud, asked)):
            yield asked.error(f"the English has changed. Look at it, and write `english: {now}`.", "english")
    for code, lesson, solution in _translated(course):
        for path in files(lesson):
            yield from translation.outdated(path, code)
        folder = places.LESSONS / lesson.slug
        own = translation.lesson_translation(folder, code)
        if own and own.english != (now := translation.letters(translation.lesson_pieces(folder))):
            path = folder / code / _LESSON
            yield ContentError(path, 1, f"the English has changed. Look at it, and write `english: {now}`.")
        if (told := folder / code / story.NAME).exists():
            yield from story.outdated(told, solution)


def left(course: Course) -> Iterator[str]:
    """What is not translated yet in the lessons that are, a sentence a file."""
    for code, lesson, solution in _translated(course):
        folder = places.LESSONS / lesson.slug
        for path in files(lesson):
            if titles := translation.left(path, code):
                yield _sentence(path, code, [f"## {title}" if title else "the task" for title in titles])
        if not (folder / code / _LESSON).exists():
            yield _sentence(folder / _LESSON, code, ["the title"])
        if said := list(dict.fromkeys(_unsaid(lesson, code))):
            yield _sentence(folder / _LESSON, code, [repr(text) for text in said])
        if ids := story.left(folder / code / story.NAME, solution):
            yield _sentence(folder / story.NAME, code, ids)


def _translated(course: Course) -> Iterator[tuple[str, Lesson, NotebookNode]]:
    """The lessons that are translated at least in part, with the language."""
    for code in codes():
        for lesson, solution in course:
            if (places.LESSONS / lesson.slug / code).is_dir():
                yield code, lesson, solution


def _sentence(path: Path, code: str, what: Sequence[str]) -> str:
    own = translation.beside(path, code)
    more = f" and {len(what) - 3} more" if len(what) > 3 else ""
    place = f"{own.parent.parent.name}/{code}/{own.name}"
    return f"{place} is without {', '.join(what[:3])}{more}: English is shown."


def _unsaid(lesson: Lesson, code: str) -> Iterator[str]:
    """What the situations of a lesson say, made ones too, that its translation has no words for."""
    say = sentences(places.LESSONS / lesson.slug, code)
    for exercise in lesson.exercises:
        if isinstance(exercise, Runnable):
            for situation in (*exercise.situations, *made(exercise)):
                yield from (
                    text for text in (situation.given, *situation.about) if text and say(text) == text
                )


# ── notebooks ─────────────────────────────────────────────────────────────────────────────────────────


def hand_out(lesson: Lesson, solution: NotebookNode, code: str) -> NotebookNode | None:
    """The notebook as learners of a language get it; None where its story is not told in that.

    What cells show that are no exercise's is left out: nobody can tell what of it are words.
    """
    path = places.LESSONS / lesson.slug / code / story.NAME
    if not path.exists():
        return None
    with speaking(code):
        notebook = notebooks.hand_out(story.put(path, solution))
    for cell in notebook.cells:
        if cell.cell_type == "code" and not tag(cell):
            cell.outputs = []
    return notebook


def write(lesson: Lesson, solution: NotebookNode) -> Iterator[Path]:
    """Write a lesson's notebooks in all its languages; yields those that have changed."""
    for code in codes():
        made = hand_out(lesson, solution, code)
        path = in_language(code) / f"{lesson.notebook}.ipynb"
        if made is None or (path.exists() and path.read_text("utf-8") == to_text(made)):
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(to_text(made), encoding="utf-8")
        yield path


# ── a new one ─────────────────────────────────────────────────────────────────────────────────────────


def begin(lesson: Lesson, solution: NotebookNode, code: str) -> list[Path]:
    """Write what is missing of a lesson's translation, still in English. The files written."""
    folder = places.LESSONS / lesson.slug
    texts = {translation.beside(path, code): _file(path) for path in files(lesson)}
    texts[folder / code / _LESSON] = _lesson_file(lesson, folder)
    texts[folder / code / story.NAME] = story.written(solution)
    written = [path for path in texts if not path.exists()]
    for path in written:
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return written


def _file(path: Path) -> str:
    fields, sections = read(path)
    of = {title: translation.letters(text) for title, text in translation.pieces(path).items()}
    front = {name: fields.values[name] for name in ("title", "about") if name in fields.values}
    front |= {"english": of[""]} if "" in of else {}
    lines = (f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in front.items())
    parts = ["\n".join(["---", *lines, "---"])]
    for section in sections:
        if section.title in of:
            heading = f"## {section.title} <!-- {of[section.title]} -->\n\n" if section.title else ""
            parts.append(heading + translation.as_written(section))
    return "\n\n".join(parts) + "\n"


def _lesson_file(lesson: Lesson, folder: Path) -> str:
    said = {
        "english": translation.letters(translation.lesson_pieces(folder)),
        "title": lesson.title,
        "can": lesson.can,
        "unit": lesson.unit,
        "one": lesson.unit.removesuffix("s"),
        "between": "and",
    }
    lines = [f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in said.items() if text]
    texts = [f"  {json.dumps(text)}: {json.dumps(text)}" for text in dict.fromkeys(_all_said(lesson)) if text]
    lines += ["situations:", *texts] if texts else []
    return "\n".join(lines) + "\n"


def _all_said(lesson: Lesson) -> Iterator[str]:
    for exercise in lesson.exercises:
        if isinstance(exercise, Runnable):
            for situation in exercise.situations:
                yield from (situation.given, *situation.about)
