"""Makes exercises of a lesson's files: what each field and each section means, and what is not in order.

Called by checks.lessons. The files are Markdown, one an exercise or a question of the bank, in reading order:
front matter, the task, then sections with the headings named here. CONTRIBUTING.md shows one.
"""

import ast
import functools
import importlib
import inspect
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checks.exercise import (
    STARTER,
    Choice,
    Compared,
    Difficulty,
    Equivalent,
    Exercise,
    FillIn,
    Form,
    Lesson,
    Misconception,
    PipelineRun,
    Printed,
    RegistryState,
    Situation,
    Step,
    Variable,
)
from checks.lessons.reading import Block, ContentError, Section, read, read_yaml

SHARED = Path(__file__).parent / "shared"

F = TypeVar("F", bound=BaseModel)


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Variable(_Fields):
    variable: str
    attribute: str | None = None
    ordered: bool = True
    shown: str = ""
    raises: str = ""
    calls: str = ""


class _Printed(_Fields):
    printed: Literal[True]


class _RegistryFields(_Fields):
    stages: bool = True
    aliases: bool = False
    tags: tuple[str, ...] = ()
    model_tags: tuple[str, ...] = ()


class _Registry(_Fields):
    registry: _RegistryFields


class _Front(_Fields):
    """Fields that every kind has."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z0-9-]+$")
    title: str = Field(min_length=1)
    difficulty: Difficulty


class _RunnableFront(_Front):
    situations: str
    made_by: str = ""
    many: int = Field(300, gt=0)
    smaller: str = ""
    compares: tuple[_Variable | _Printed | _Registry, ...] = Field(min_length=1)
    seconds: float = Field(5.0, gt=0)
    function: str = Field("", pattern=r"^$|^\w+\(.*\)$")
    example: str = ""


class _StepFront(_RunnableFront):
    kind: Literal["step"]


class _FillInFront(_RunnableFront):
    kind: Literal["fill-in"]
    options: tuple[str, ...] = Field(min_length=2)
    answer: tuple[str, ...] = Field(min_length=1)
    attempts: int = Field(3, gt=0)


class _ChoiceFront(_Front):
    kind: Literal["choice"]
    answer: str = Field(pattern=r"^[a-z]$")
    lesson: str = ""
    back_to: str = ""


class _Pipeline(_Fields):
    """A fenced block under `## Pipelines`."""

    caption: str
    pipeline: str
    decisions: dict[str, tuple[str, str]] = {}
    metrics: dict[str, float] = {}
    shown_for: str = ""
    shows_yaml: bool = False


class LessonFields(_Fields):
    """lesson.yaml."""

    number: int
    notebook: str
    title: str
    minutes: int = Field(gt=0)
    unit: str
    exercises: tuple[str, ...] = ()
    counts: bool = True
    test: str = ""


def lesson_fields(folder: Path) -> LessonFields:
    """What a lesson's lesson.yaml says. ContentError where it is not in order."""
    path = folder / "lesson.yaml"
    return _checked(LessonFields, read_yaml(path, path.read_text("utf-8")), path)


def load(path: Path) -> Exercise:
    """The exercise that a file holds. ContentError, with its line, for the first thing not in order."""
    fields, sections = read(path)
    match fields.get("kind"):
        case "step":
            exercise: Exercise = _step(path, fields, _Sections(path, sections))
        case "fill-in":
            exercise = _fill_in(path, fields, _Sections(path, sections))
        case "choice":
            exercise = _choice(path, fields, _Sections(path, sections))
        case other:
            line = _line_of(path, "kind")
            raise ContentError(path, line, f"`kind` is step, fill-in or choice, and here it is {other!r}.")
    own = exercise.id.removeprefix("bank.")
    if path.stem != own:
        problem = f"the file of {exercise.id} is called {own}.md: rename it, or mend `id`."
        raise ContentError(path, _line_of(path, "id"), problem)
    return exercise


# ── the three kinds ───────────────────────────────────────────────────────────────────────────────────


def _step(path: Path, fields: Mapping[str, object], sections: "_Sections") -> Step:
    front = _checked(_StepFront, fields, path)
    step = Step(
        **_common(front, sections),
        **_runnable(path, front, sections),
        reference=sections.block("Reference"),
        alternatives=tuple(block.text for block in sections.blocks("Also right")),
        equivalent=tuple(_equivalent(sections)),
        asks_for=tuple(_form(path, each) for each in sections.take_all("Asks for: ")),
        starter=sections.block("Starter", STARTER),
        misconceptions=_misconceptions(path, front, sections, _source),
    )
    sections.finish()
    return step


def _fill_in(path: Path, fields: Mapping[str, object], sections: "_Sections") -> FillIn:
    front = _checked(_FillInFront, fields, path)
    task = FillIn(
        **_common(front, sections),
        **_runnable(path, front, sections),
        code=sections.block("Code"),
        options=front.options,
        answer=front.answer,
        attempts=front.attempts,
        misconceptions=_misconceptions(path, front, sections, _fills),
    )
    sections.finish()
    return task


def _choice(path: Path, fields: Mapping[str, object], sections: "_Sections") -> Choice:
    front = _checked(_ChoiceFront, fields, path)
    options: dict[str, str] = {}
    misconceptions: list[Misconception] = []
    right = ""
    for section in sections.take_all("Option "):
        letter, _, held = (part.strip() for part in section.title.removeprefix("Option ").partition(":"))
        if letter != "abcdefghijklmnopqrstuvwxyz"[len(options)]:
            raise section.error(f"the options are lettered a, b, c, … in order; this one is {letter!r}.")
        text, because, advice = _option(section)
        if text in options.values():
            raise section.error("another option says the same: change one.")
        options[letter] = text
        if letter == front.answer:
            if held or advice:
                raise section.error(f"{letter} is the right option, so it has no misconception and no `Try`.")
            right = because
            continue
        if not held:
            raise section.error(f"give the misconception a name: `## Option {letter}: its-name`.")
        if not because:
            raise section.error("say why it is wrong: `**Because:** …`.")
        advice = advice or (front.back_to and f"Go back to `{front.back_to}`.")
        misconceptions.append(Misconception(_slug(section, held), because, advice, ((letter,),)))
    if front.answer not in options:
        raise ContentError(
            path, _line_of(path, "answer"), f"there is no option {front.answer}: `## Option {front.answer}`."
        )
    reasons = "".join(f"\n- **{one.samples[0][0]}**: {one.says}" for one in misconceptions)
    common = _common(
        front,
        sections,
        hints=(f"Think back to `{front.back_to}`, which is about the same thing.",) if front.back_to else (),
        common_mistakes=tuple(one.says for one in misconceptions) if front.back_to else (),
        explanation=f"The answer is **{front.answer}**. {right}\n\nThe others:\n{reasons}" if right else "",
        right=right,
    )
    choice = Choice(
        **common,
        options=tuple(options.values()),
        answer=front.answer,
        quick_check=sections.prose("Quick check"),
        shows=tuple(_pipeline(sections, block) for block in sections.blocks("Pipelines")),
        lesson=front.lesson,
        back_to=front.back_to,
        proof=sections.block("Proof", ""),
        misconceptions=tuple(misconceptions),
    )
    sections.finish()
    return choice


def _common(front: _Front, sections: "_Sections", **otherwise: Any) -> dict[str, Any]:
    """What every kind has; `otherwise` is what serves where a section is not there."""
    return {
        "id": front.id,
        "title": front.title,
        "difficulty": front.difficulty,
        "task": sections.prose(""),
        "hints": sections.entries("Hints", otherwise.get("hints")),
        "common_mistakes": sections.entries("Common mistakes", otherwise.get("common_mistakes")),
        "right": sections.prose("Why it is right", otherwise.get("right")),
        "explanation": sections.prose("Explanation", otherwise.get("explanation")),
    }


def _runnable(path: Path, front: _RunnableFront, sections: "_Sections") -> dict[str, Any]:
    named = _named(path, "situations", front.situations, _line_of(path, "situations"))
    situations = tuple(named())
    if not situations or not all(isinstance(each, Situation) for each in situations):
        raise ContentError(
            path, _line_of(path, "situations"), f"{front.situations}() must give at least one Situation."
        )
    return {
        "situations": situations,
        "compares": tuple(map(_compared, front.compares)),
        "before": sections.block("Runs before", ""),
        "after": sections.block("Runs after", ""),
        "seconds": front.seconds,
        "makes": _maybe(path, "made_by", front.made_by),
        "many": front.many if front.made_by else 0,
        "smaller": _maybe(path, "smaller", front.smaller),
    }


def _maybe(path: Path, field: str, name: str) -> Callable[..., Any] | None:
    return _named(path, "situations", name, _line_of(path, field)) if name else None


def _compared(fields: "_Variable | _Printed | _Registry") -> Compared:
    match fields:
        case _Variable():
            return Variable(
                fields.variable, fields.attribute, fields.ordered, fields.shown, fields.raises, fields.calls
            )
        case _Printed():
            return Printed()
        case _Registry():
            return RegistryState(**dict(fields.registry))


_EQUIVALENT = re.compile(r"(?P<fence>`+) ?(?P<change>.+?) ?(?P=fence): (?P<reason>.+)", re.DOTALL)


def _equivalent(sections: "_Sections") -> Iterable[Equivalent]:
    for entry in sections.entries("Equivalent", ()):
        parts = _EQUIVALENT.fullmatch(entry)
        if parts is None:
            problem = (
                f"under `## Equivalent`: write each as - `the diff`: the reason; here stands {entry[:60]!r}."
            )
            raise ContentError(sections.path, 1, problem)
        yield Equivalent(parts["change"], parts["reason"])


def _pipeline(sections: "_Sections", block: Block) -> PipelineRun:
    fields = _checked(
        _Pipeline, read_yaml(sections.path, block.text, block.line + 1), sections.path, block.line
    )
    return PipelineRun(
        fields.caption,
        fields.pipeline.rstrip("\n") + "\n",
        fields.decisions,
        fields.metrics,
        fields.shown_for,
        fields.shows_yaml,
    )


# ── what a wrong answer is told ───────────────────────────────────────────────────────────────────────

Sample = Callable[[Section, Block], Iterable[str | tuple[str, ...]]]


def _source(section: Section, block: Block) -> Iterable[str]:
    return [block.text]


def _fills(section: Section, block: Block) -> Iterable[tuple[str, ...]]:
    """A block of FillIn samples: a line of YAML each, such as `- [sum, "*"]`."""
    read = read_yaml(section.path, f"samples:\n{block.text}", block.line)["samples"]
    if not isinstance(read, list) or not all(isinstance(each, list) for each in read):
        raise section.error("write each sample as a line such as `- [option, option]`.", block.line)
    return [tuple(map(str, each)) for each in read]


def _misconceptions(
    path: Path, front: _RunnableFront, sections: "_Sections", samples: Sample
) -> tuple[Misconception, ...]:
    found: list[Misconception] = []
    for section in sections.take_all("Wrong: ", "Shared: "):
        if section.title.startswith("Wrong: "):
            found.append(_misconception(path, section, section.title.removeprefix("Wrong: "), samples))
            continue
        shared = _shared(section, front)
        own = tuple(each for block in section.blocks() for each in samples(section, block))
        found += [*shared[:-1], _with_samples(shared[-1], own)]
    for number, one in enumerate(found):
        if one.id in [other.id for other in found[:number]]:
            raise ContentError(path, 1, f"there are two misconceptions called {one.id!r}: rename one.")
    return tuple(found)


def _with_samples(one: Misconception, more: tuple[Any, ...]) -> Misconception:
    return Misconception(one.id, one.says, one.advice, (*one.samples, *more), one.when, one.only)


def _misconception(path: Path, section: Section, id_: str, samples: Sample) -> Misconception:
    told = _told(path, section)
    return Misconception(
        _slug(section, id_),
        told.says,
        told.advice,
        tuple(sample for block in told.blocks for sample in samples(section, block)),
        told.when,
        told.only,
    )


def _form(path: Path, section: Section) -> Form:
    told = _told(path, section)
    if told.when is None:
        raise section.error("say which function looks for it: `**Recognised by:** `name`.")
    id_ = _slug(section, section.title.removeprefix("Asks for: "))
    return Form(id_, told.says, told.advice, told.when, tuple(block.text for block in told.blocks))


@dataclass(frozen=True)
class _Told:
    """What stands under `## Wrong: …`: the words, the functions that are named, the samples."""

    says: str
    advice: str
    when: Callable[..., bool] | None
    only: Callable[..., bool] | None
    blocks: tuple[Block, ...]


_TOLD = re.compile(
    r"(?P<says>.*?)\n*\*\*Try:\*\* (?P<advice>.*?)"
    r"(?:\n+\*\*(?P<how>Recognised by|Only where):\*\* `(?P<by>.*)`)?\s*",
    re.DOTALL,
)


def _told(path: Path, section: Section) -> _Told:
    said, blocks = section.said_and_blocks()
    parts = _TOLD.fullmatch(said)
    if parts is None or not parts["says"].strip() or not parts["advice"].strip():
        raise section.error("say what is wrong, and then what to try: `**Try:** …`.")
    named = None if parts["by"] is None else _recogniser(path, section, parts["by"])
    alone = parts["how"] == "Recognised by"
    return _Told(
        parts["says"].strip(),
        parts["advice"].strip(),
        named if alone else None,
        None if alone else named,
        blocks,
    )


def _recogniser(path: Path, section: Section, call: str) -> Callable[..., bool]:
    """The function that `name` or `name("argument")` names, with its arguments behind the answer."""
    name, _, arguments = call.partition("(")
    function = _named(path, "looks", name, section.line)
    if not arguments:
        return function
    try:
        given = ast.literal_eval(f"({arguments.removesuffix(')')},)")
    except (SyntaxError, ValueError):
        raise section.error(f"`{call}` is not a name with plain values in parentheses.") from None
    return functools.partial(_called, function, given)


def _called(function: Callable[..., bool], given: tuple[object, ...], seen: object) -> bool:
    return function(seen, *given)


def _shared(section: Section, front: _RunnableFront) -> tuple[Misconception, ...]:
    """The misconceptions of a file in shared/, with the exercise's own function put in."""
    name = section.title.removeprefix("Shared: ")
    path = next(
        (p for p in (section.path.with_name(f"{name}.md"), SHARED / f"{name}.md") if p.exists()), None
    )
    if path is None:
        known = ", ".join(sorted(each.stem for each in SHARED.glob("*.md")))
        raise section.error(f"there is no {name}.md beside this file, nor in shared/, which has {known}.")
    name, _, parameters = front.function.removesuffix(")").partition("(")
    words = {"NAME": name, "PARAMETERS": parameters, "EXAMPLE": front.example}
    return tuple(
        _misconception(path, each, each.title.removeprefix("Wrong: "), _source)
        for each in _filled(path, tuple(words.items()))
    )


@functools.cache
def _filled(path: Path, words: tuple[tuple[str, str], ...]) -> tuple[Section, ...]:
    _, sections = read(path)

    def fill(line: str) -> str:
        return functools.reduce(lambda text, word: text.replace(f"«{word[0]}»", word[1]), words, line)

    return tuple(
        Section(path, each.title, each.line, tuple(map(fill, each.lines)))
        for each in sections
        if each.title.startswith("Wrong: ")
    )


_SLUG = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)*")


def _slug(section: Section, name: str) -> str:
    if not _SLUG.fullmatch(name):
        raise section.error(f"the name {name!r} needs small letters, digits and single hyphens alone.")
    return name


_OPTION = re.compile(
    r"(?P<text>.*?)(?:\n+\*\*Because:\*\* (?P<because>.*?))?(?:\n+\*\*Try:\*\* (?P<advice>.*))?", re.DOTALL
)


def _option(section: Section) -> tuple[str, str, str]:
    parts = _OPTION.fullmatch(section.prose().strip())
    if parts is None or not parts["text"].strip():
        raise section.error("an option says something: write its text.")
    return (
        parts["text"].strip("\n"),
        (parts["because"] or "").strip(),
        (parts["advice"] or "").strip(),
    )


# ── names, fields and sections ────────────────────────────────────────────────────────────────────────


def _named(path: Path, module: str, name: str, line: int) -> Callable[..., Any]:
    """The function of this name in the lesson's `situations` or `looks`, or in what all lessons share."""
    places = [f"checks.lessons.{path.parent.name}.{module}", f"checks.lessons.shared.{module}"]
    for place in places:
        function = getattr(_module(place), name, None)
        if inspect.isfunction(function):
            return function
    raise ContentError(path, line, f"there is no function `{name}` in {path.parent.name}/{module}.py.")


@functools.cache
def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name and name.startswith(missing.name):
            return None
        raise


def _checked(model: type[F], fields: Mapping[str, object], path: Path, line: int = 0) -> F:
    """The fields, validated. ContentError for the first that is not in order."""
    try:
        return model.model_validate(fields)
    except ValidationError as refused:
        first = refused.errors()[0]
        name = ".".join(str(part) for part in first["loc"] if not str(part).startswith("_"))
        top = str(first["loc"][0]) if first["loc"] else ""
        where = line or _line_of(path, top)
        known = ", ".join(model.model_fields)
        match first["type"]:
            case "missing":
                problem = f"`{name}` is missing. The fields are {known}."
            case "extra_forbidden":
                problem = f"there is no field `{name}`; the fields are {known}."
            case _:
                problem = f"`{name}`: {first['msg']}; it is {first['input']!r}."
        raise ContentError(path, where, problem) from None


def _line_of(path: Path, field: str) -> int:
    """The line on which a field of the front matter stands; the first where it does not."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith(f"{field}:"):
            return number
    return 1


class _Sections:
    """A file's sections, each taken once, so that what is left over is not in order."""

    def __init__(self, path: Path, sections: Sequence[Section]) -> None:
        self.path = path
        self._left = list(sections)
        titles = [section.title for section in sections]
        for section in sections:
            if titles.count(section.title) > 1:
                raise section.error("there are two sections of this name: make one of them.")

    def _take(self, title: str) -> Section | None:
        found = next((each for each in self._left if each.title == title), None)
        if found is not None:
            self._left.remove(found)
        return found

    def take_all(self, *beginnings: str) -> list[Section]:
        found = [each for each in self._left if each.title.startswith(beginnings)]
        self._left = [each for each in self._left if each not in found]
        return found

    def _missing(self, title: str) -> ContentError:
        return ContentError(self.path, 1, f"there is no `## {title}`: write that section.")

    def prose(self, title: str, otherwise: str | None = None) -> str:
        section = self._take(title)
        text = section.prose() if section else otherwise
        if text is None:
            raise self._missing(title)
        if not text.strip():
            raise (section or self._nothing()).error(
                "nothing stands here: write it."
                if title
                else "the task is missing: it stands after the front matter."
            )
        return text

    def _nothing(self) -> Section:
        return Section(self.path, "", 1, ())

    def entries(self, title: str, otherwise: tuple[str, ...] | None = None) -> tuple[str, ...]:
        section = self._take(title)
        if section is None:
            if otherwise is None:
                raise self._missing(title)
            return otherwise
        entries = section.entries()
        if not entries:
            raise section.error("nothing stands here: write a list.")
        for number, entry in enumerate(entries, 1):
            if not entry.strip():
                raise section.error(f"entry {number} is empty: write it, or take it out.")
        return entries

    def block(self, title: str, otherwise: str | None = None) -> str:
        section = self._take(title)
        if section is not None:
            return section.block()
        if otherwise is None:
            raise self._missing(title)
        return otherwise

    def blocks(self, title: str) -> tuple[Block, ...]:
        section = self._take(title)
        return section.blocks() if section else ()

    def finish(self) -> None:
        """ContentError for a section that no exercise of this kind has."""
        if self._left:
            raise self._left[0].error(
                "no exercise of this kind has such a section: is the heading spelled right?"
            )


# ── the bank ──────────────────────────────────────────────────────────────────────────────────────────


def load_bank(folder: Path, lessons: Sequence[Lesson]) -> tuple[Choice, ...]:
    """The questions of a folder, those that its order.txt lists first. ContentError as `load`."""
    known = {exercise.id for lesson in lessons for exercise in lesson.exercises}
    tested = [lesson.slug for lesson in lessons if lesson.test]
    listed = folder / "order.txt"
    slugs = listed.read_text("utf-8").split()
    for number, slug in enumerate(slugs, 1):
        if slug in slugs[: number - 1]:
            raise ContentError(listed, number, f"{slug} stands here twice: remove the later one.")
        if not (folder / f"{slug}.md").exists():
            problem = f"there is no {slug}.md; a question stays, so that a test is marked as it was drawn."
            raise ContentError(listed, number, problem)
    new = sorted(path.stem for path in folder.glob("*.md") if path.stem not in slugs)
    return tuple(_question(folder / f"{slug}.md", known, tested) for slug in (*slugs, *new))


def _question(path: Path, exercises: Collection[str], lessons: Sequence[str]) -> Choice:
    question = load(path)
    if not isinstance(question, Choice) or not question.id.startswith("bank."):
        problem = f"a question of the bank is a choice, and its id is bank.{path.stem}."
        raise ContentError(path, _line_of(path, "id"), problem)
    if question.lesson not in lessons:
        problem = f"`lesson` is one of {', '.join(lessons)}; it is {question.lesson!r}."
        raise ContentError(path, _line_of(path, "lesson"), problem)
    if question.back_to not in exercises:
        problem = f"`back_to` names the exercise to go back to, and there is no {question.back_to!r}."
        raise ContentError(path, _line_of(path, "back_to"), problem)
    if question.letters != "abcd":
        raise ContentError(path, 1, "a question of the bank has four options, a to d.")
    try:
        compile(question.proof, path.name, "exec")
    except (SyntaxError, ValueError) as error:
        raise ContentError(path, 1, f"under `## Proof`: it is not Python: {error}.") from None
    return question
