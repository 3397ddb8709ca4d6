"""`workbook new`: files that are complete but for the content, and a solution's cells in place and tagged.

Called by `commands`. What is left to write is marked, and `workbook notebooks` names it by file and line.
The texts are in stubs/.
"""

import re
from pathlib import Path
from string import Template

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from checks import notebook
from checks.author import faults, places, prose, translations
from checks.calls import call
from checks.exercise import Exercise, Lesson
from checks.lessons import QUESTIONS, loader
from checks.notebook import ROOT, SOLUTIONS, cell_id

KINDS = ("step", "fill-in", "choice")
_STUBS = Path(__file__).parent / "stubs"
_OPTION = {
    True: "## Option {}\n\nFILL IN: the right option ({}).\n\n**Because:** FILL IN: why it is right.\n",
    False: "## Option {}: its-name-{}\n\nFILL IN: a wrong option ({}), and above a short name for it.\n\n"
    "**Because:** FILL IN: why it is wrong.\n",
}
_STORY = "**Your task** stands on the card below; your answer goes into the cell above it."


class RefusedError(ValueError):
    """What was asked for cannot be made; the message is one sentence, with what to do."""


def exercise(id_: str, kind: str, after: str | None = None) -> list[Path]:
    """Make an exercise, at the end of its lesson or `after` another one. The files written or changed."""
    slug = id_.partition(".")[0]
    folder = _folder(slug)
    listed = _listed(folder)
    if not re.fullmatch(r"[a-z]+\.\d+", id_):
        raise RefusedError(
            f"an id is a lesson's name and a number, such as {slug}.{_free(listed)}; not {id_!r}."
        )
    if id_ in listed or places.file_of(id_).exists():
        free = f"{slug}.{_free(listed)}"
        raise RefusedError(f"there is an exercise {id_} already, and an id never moves: take {free}.")
    if after and after not in listed:
        raise RefusedError(f"{slug} has no exercise {after}: it has {', '.join(listed) or 'none yet'}.")
    path, yaml = places.file_of(id_), folder / "lesson.yaml"
    situations = f"for_{id_.replace('.', '_')}"
    path.write_text(_stub(f"{kind}.md", id=id_, situations=situations), encoding="utf-8")
    yaml.write_text(
        _inserted(yaml.read_text("utf-8"), id_, after or (listed[-1] if listed else "")), encoding="utf-8"
    )
    written = [path, yaml]
    if kind != "choice":
        beside = folder / "situations.py"
        head = f'"""The situations of {slug}."""\n\nfrom checks.exercise import Situation\n'
        text = beside.read_text("utf-8") if beside.exists() else head
        beside.write_text(text + _stub("situations.txt", situations=situations), encoding="utf-8")
        written.append(beside)
    return [*written, cells(id_)]


def cells(id_: str) -> Path:
    """Put an exercise's cells into its lesson's solution, and count anew. ContentError as the loader."""
    lesson = loader.load_lesson(_folder(id_.partition(".")[0]))
    ids = [one.id for one in lesson.exercises]
    if id_ not in ids:
        raise RefusedError(f"{lesson.slug} has no exercise {id_}: it has {', '.join(ids) or 'none yet'}.")
    path = SOLUTIONS / f"{lesson.notebook}.ipynb"
    solution = notebook.read(path)
    own = {cell.id: cell for cell in _cells(lesson.exercises[ids.index(id_)])}
    there = [cell.id for cell in solution.cells]
    if not own.keys() - set(there):
        raise RefusedError(f"{path.name} has all cells of {id_}.")
    order = [cell_id(one.id, role) for one in lesson.exercises for role in ("task", *faults.roles(one))]
    for missing in [id_ for id_ in own if id_ not in there]:
        place = _place(missing, order, there)
        there.insert(place, missing)
        solution.cells.insert(place, own[missing])
    for cell in solution.cells:
        if cell.cell_type == "markdown":
            cell.source = _counted(lesson, cell)
    notebook.write(path, solution)
    return path


def lesson(number: int, slug: str) -> list[Path]:
    """Make a lesson with a first step. The files written."""
    if not re.fullmatch(r"[a-z]+", slug) or (places.LESSONS / slug).exists():
        raise RefusedError(f"a lesson has a name of small letters that is not taken yet; {slug!r} is not.")
    name = f"{number:02}_{slug}"
    for yaml in places.LESSONS.glob("*/lesson.yaml"):
        if re.search(rf"^number: {number}$", yaml.read_text("utf-8"), re.MULTILINE):
            raise RefusedError(f"{yaml.parent.name} has the number {number} already: take another.")
    path, solution = places.LESSONS / slug / "lesson.yaml", SOLUTIONS / f"{name}.ipynb"
    path.parent.mkdir()
    path.write_text(_stub("lesson.yaml", number=number, notebook=name), encoding="utf-8")
    words = f'from checks import ask, check, explain, hint, progress, reset\n\nprogress("{slug}")'
    written = [
        new_markdown_cell(_stub("intro.md", slug=slug).rstrip("\n"), id=f"{slug}-intro"),
        new_code_cell(words, id=f"{slug}-import"),
        new_markdown_cell(_stub("next.md").rstrip("\n"), id=f"{slug}-next"),
    ]
    notebook.write(solution, new_notebook(cells=written))
    return [path, solution, *exercise(f"{slug}.1", "step")[:-1]]


def question(slug: str) -> list[Path]:
    """Make a question of the bank, the last of its order. The files written or changed."""
    path, order = QUESTIONS / f"{slug}.md", QUESTIONS / "order.txt"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or path.exists():
        raise RefusedError(f"a question has a name of small letters that is not taken yet; {slug!r} is not.")
    about = next(one for one in loader.load_lessons(places.LESSONS) if one.test)
    words = {"id": f"bank.{slug}", "lesson": about.slug, "back_to": about.exercises[0].id}
    path.write_text(_stub("question.md", **words), encoding="utf-8")
    order.write_text(order.read_text("utf-8").rstrip("\n") + f"\n{slug}\n", encoding="utf-8")
    return [path, order]


def translation(slug: str, code: str) -> list[Path]:
    """Begin a lesson's translation, or what is missing of it. The files written. ContentError as `cells`."""
    lesson = loader.load_lesson(_folder(slug))
    if not re.fullmatch(r"[a-z]{2}", code):
        raise RefusedError(f"a language is called by two letters, such as de, and not {code!r}.")
    solution = notebook.read(SOLUTIONS / f"{lesson.notebook}.ipynb")
    return translations.begin(lesson, solution, code)


# ── a lesson's files ──────────────────────────────────────────────────────────────────────────────────


def _stub(name: str, **words: object) -> str:
    options = "\n".join(_OPTION[letter == "b"].format(*[letter] * 3) for letter in "abcd")
    return Template((_STUBS / name).read_text("utf-8")).substitute(options=options, **words)


def _folder(slug: str) -> Path:
    folder = places.LESSONS / slug
    if not (folder / "lesson.yaml").exists():
        known = ", ".join(sorted(path.parent.name for path in places.LESSONS.glob("*/lesson.yaml")))
        raise RefusedError(
            f"there is no lesson {slug!r}: `workbook new lesson` makes one; there are {known}."
        )
    return folder


def _listed(folder: Path) -> list[str]:
    text = (folder / "lesson.yaml").read_text("utf-8")
    return re.findall(rf"^ *- ({folder.name}\.\S+)", text, re.MULTILINE)


def _free(listed: list[str]) -> int:
    numbers = [int(id_.partition(".")[2]) for id_ in listed if id_.partition(".")[2].isdigit()]
    return max(numbers, default=0) + 1


def _inserted(yaml: str, id_: str, after: str) -> str:
    """lesson.yaml with one more exercise, all else as it was."""
    lines = yaml.rstrip("\n").split("\n")
    if not after:
        return "\n".join([*lines, "exercises:", f"  - {id_}", ""])
    place = next(n for n, line in enumerate(lines) if re.match(rf" *- {re.escape(after)}\b", line))
    return "\n".join([*lines[: place + 1], f"  - {id_}", *lines[place + 1 :], ""])


# ── a solution's cells ────────────────────────────────────────────────────────────────────────────────


def _cells(one: Exercise) -> list[NotebookNode]:
    """The cells of an exercise, its heading and its answer left for `workbook notebooks` to put in."""
    sources = {"answer": "", "check": f'check("{one.id}")', "ask": call(one.id, ())}
    story = f"\n\n{_STORY}" if "answer" in faults.roles(one) else ""
    written = [new_markdown_cell(f"## {prose.FILL_IN}{story}", id=cell_id(one.id, "task"))]
    for role in faults.roles(one):
        tag = {"workbook": {"exercise": one.id, "role": role}}
        written.append(new_code_cell(sources[role], id=cell_id(one.id, role), metadata=tag))
    return written


def _place(id_: str, order: list[str], there: list[str]) -> int:
    """Where a cell goes: behind the nearest before it; else before the next; else before the last cell."""
    number = order.index(id_)
    for before in reversed(order[:number]):
        if before in there:
            return there.index(before) + 1
    return next((there.index(after) for after in order[number:] if after in there), max(len(there) - 1, 0))


def _counted(lesson: Lesson, cell: NotebookNode) -> str:
    """A cell's text, its heading numbered by place, and told how many exercises there are."""
    source = str(cell.source)
    of = prose.exercise_below(lesson, cell.id)
    if of and re.match(r"## \w+ \d+: ", source):
        number = re.search(r"\d+", prose.heading(lesson, of))
        assert number
        source = re.sub(r"\d+", number[0], source, count=1)
    for said, right in prose.counts(lesson, source):
        source = source.replace(f" {said}", f" {right}", 1)
    return source


def shown(path: Path) -> str:
    """A file as it is named to authors."""
    return str(path.relative_to(ROOT))
