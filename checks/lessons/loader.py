"""Makes exercises and lessons of their files: which sections each kind has, and what is not in order.

Called by checks.lessons. The files are Markdown, one an exercise or a question of the bank, in reading order:
front matter, the task, then sections with the headings named here. CONTRIBUTING.md shows one.
`fields.py` has the fields, `told.py` what a wrong answer is told, `python.py` what is code.
"""

import difflib
import functools
import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checks.catalogue import tr
from checks.exercise import (
    STARTER,
    Choice,
    Equivalent,
    Exercise,
    FillIn,
    Lesson,
    PipelineRun,
    Step,
)
from checks.lessons import told
from checks.lessons.fields import (
    ChoiceFront,
    FillInFront,
    Front,
    LessonFields,
    RunnableFront,
    StepFront,
    checked,
    compared,
    pipeline_run,
)
from checks.lessons.python import demand_python, maker, situations
from checks.lessons.reading import Block, ContentError, Fields, Section, read_yaml, text_of
from checks.lessons.sentences import spoken
from checks.lessons.translation import lesson_yaml, read

_TEXTS = ("Hints", "Common mistakes", "Why it is right", "Explanation")
_CODE = ("Runs before", "Runs after")

#: Kind → the headings that its file may have; of one that ends with a space there may be several.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "step": (
        *_TEXTS,
        *_CODE,
        "Starter",
        "Reference",
        "Also right",
        "Equivalent",
        "Asks for: ",
        "Wrong: ",
        "Shared: ",
    ),
    "fill-in": (*_TEXTS, *_CODE, "Code", "Wrong: ", "Shared: "),
    "choice": (*_TEXTS, "Option ", "Quick check", "Pipelines", "Proof"),
}


def load(path: Path) -> Exercise:
    """The exercise that a file holds. ContentError, with its line, for the first thing not in order."""
    fields, sections = read(path)
    make = {"step": _step, "fill-in": _fill_in, "choice": _choice}
    kind = fields.values.get("kind")
    if not isinstance(kind, str) or kind not in make:
        raise fields.error(f"`kind` is step, fill-in or choice, and here it is {kind!r}.", "kind")
    exercise = make[kind](_File(fields, sections, _HEADINGS[kind]))
    own = exercise.id.removeprefix("bank.")
    if path.stem != own:
        problem = f"the file of {exercise.id} is called {own}.md: rename it, or fix `id`."
        if path.with_name(f"{own}.md").exists():
            problem = f"{exercise.id} is the id of {own}.md already: give this exercise one of its own."
        raise fields.error(problem, "id")
    return exercise


class _File:
    """A file's fields, and its sections by their headings."""

    def __init__(self, fields: Fields, sections: Sequence[Section], headings: tuple[str, ...]) -> None:
        self.fields = fields
        self._sections: dict[str, Section] = {}
        several = tuple(heading for heading in headings if heading.endswith(" "))
        for section in sections:
            title = section.title
            if title and title not in headings and not title.startswith(several):
                near = difflib.get_close_matches(title, headings, n=1, cutoff=0.0)[0].strip()
                raise section.error(f"no exercise of this kind has such a section. Is it `## {near}`?")
            if title in self._sections:
                raise section.error("there are two sections of this name: make one of them.")
            self._sections[title] = section

    def all(self, *beginnings: str) -> list[Section]:
        """The sections whose headings begin so, in order."""
        return [section for title, section in self._sections.items() if title.startswith(beginnings)]

    def _missing(self, title: str) -> ContentError:
        return ContentError(self.fields.path, 1, f"there is no `## {title}`: write that section.")

    def prose(self, title: str, otherwise: str | None = None) -> str:
        """What a section says; `otherwise` where it is not there."""
        section = self._sections.get(title)
        if section is None:
            if not otherwise:
                raise self._missing(title)
            return otherwise
        if not section.prose().strip():
            task = "the task is missing: it stands after the front matter."
            raise section.error("nothing stands here: write it." if title else task)
        return section.prose()

    def entries(self, title: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        """The entries of a section that is a list; `otherwise`, if there are any, where it is not there."""
        section = self._sections.get(title)
        if section is None and not otherwise:
            raise self._missing(title)
        return tuple(text for text, _ in section.entries()) if section else otherwise

    def blocks(self, title: str) -> list[tuple[Section, Block]]:
        section = self._sections.get(title)
        return [(section, block) for block in section.blocks()] if section else []

    def block(self, title: str, otherwise: str | None = None) -> tuple[Section, Block]:
        """A section's one block; `otherwise` as its text where the section is not there."""
        section = self._sections.get(title)
        if section is not None:
            return section, section.block()
        if otherwise is None:
            raise self._missing(title)
        return Section(self.fields.path, title, 1, ()), Block("python", otherwise, 1)

    def python(self, title: str, otherwise: str | None = None) -> str:
        """A section's one block, which is Python."""
        return demand_python(*self.block(title, otherwise))


# ── the three kinds ───────────────────────────────────────────────────────────────────────────────────


def _step(file: _File) -> Step:
    front = checked(StepFront, file.fields)
    return Step(
        **_common(front, file),
        **_runnable(front, file),
        reference=file.python("Reference"),
        alternatives=tuple(demand_python(*each) for each in file.blocks("Also right")),
        equivalent=tuple(_equivalent(file)),
        asks_for=tuple(map(told.form, file.all("Asks for: "))),
        starter=file.block("Starter", STARTER)[1].text,
        shown=front.shown,
        misconceptions=_misconceptions(front, file, told.source),
    )


_EQUIVALENT = re.compile(r"(?P<fence>`+) ?(?P<change>.+?) ?(?P=fence): (?P<reason>.+)", re.DOTALL)


def _equivalent(file: _File) -> Iterator[Equivalent]:
    for section in file.all("Equivalent"):
        for entry, line in section.entries():
            parts = _EQUIVALENT.fullmatch(entry)
            if parts is None:
                raise section.error("write each as - `the diff`: the reason.", line)
            yield Equivalent(parts["change"], parts["reason"])


def _fill_in(file: _File) -> FillIn:
    front = checked(FillInFront, file.fields)
    section, block = file.block("Code")
    blanks = sorted({int(number) for number in re.findall(r"\[(\d+)\]", block.text)})
    if not blanks or blanks != list(range(1, len(blanks) + 1)):
        there = ", ".join(f"[{number}]" for number in blanks) or "none"
        raise section.error(f"number the blanks [1], [2], … without a gap; here are {there}.", block.line)
    for number, option in enumerate(front.options):
        if option in front.options[:number]:
            raise file.fields.error(f"{option!r} is listed twice: remove one.", "options", number)
    if len(front.answer) != len(blanks):
        problem = f"the code has {len(blanks)} blanks, and `answer` fills {len(front.answer)}."
        raise file.fields.error(problem, "answer")
    for number, option in enumerate(front.answer):
        if option not in front.options:
            problem = f"{option!r} is none of the `options`: add it there, or choose one of them."
            raise file.fields.error(problem, "answer", number)
    return FillIn(
        **_common(front, file),
        **_runnable(front, file),
        code=block.text,
        options=front.options,
        answer=front.answer,
        attempts=front.attempts,
        misconceptions=_misconceptions(
            front, file, functools.partial(told.fills, front.options, len(blanks))
        ),
    )


def _choice(file: _File) -> Choice:
    front = checked(ChoiceFront, file.fields)
    back = tr("Go back to `{exercise}`.", exercise=front.back_to) if front.back_to else ""
    letters = told.letters(file.all("Option "))
    if front.answer not in letters:
        problem = f"there is no option {front.answer}: write `## Option {front.answer}`, or fix `answer`."
        raise file.fields.error(problem, "answer")
    if len(letters) < 2:
        raise ContentError(file.fields.path, 1, "a choice has at least two options: write another.")
    options = told.options(file.all("Option "), front.answer, back)
    reasons = "".join(f"\n- **{one.samples[0][0]}**: {one.says}" for one in options.wrong)
    right = options.right
    return Choice(
        **_common(
            front,
            file,
            hints=(tr("Think back to `{exercise}`, which is about the same thing.", exercise=front.back_to),)
            if back
            else (),
            mistakes=tuple(one.says for one in options.wrong) if back else (),
            explanation=f"{_answer_is(front.answer, right)}\n{reasons}" if right else "",
            right=right,
        ),
        options=options.texts,
        answer=front.answer,
        quick_check=file.prose("Quick check"),
        shows=tuple(_pipeline(section, block, letters) for section, block in file.blocks("Pipelines")),
        lesson=front.lesson,
        back_to=front.back_to,
        proof=file.python("Proof", ""),
        misconceptions=options.wrong,
    )


def _answer_is(letter: str, why: str) -> str:
    return tr("The answer is **{letter}**. {why}\n\nThe others:", letter=letter, why=why)


def _common(
    front: Front,
    file: _File,
    hints: tuple[str, ...] = (),
    mistakes: tuple[str, ...] = (),
    explanation: str = "",
    right: str = "",
) -> dict[str, Any]:
    """What every kind has; what is given here serves where a section is not there."""
    return {
        "id": front.id,
        "title": front.title,
        "difficulty": front.difficulty,
        "task": file.prose(""),
        "hints": file.entries("Hints", hints),
        "common_mistakes": file.entries("Common mistakes", mistakes),
        "right": file.prose("Why it is right", right),
        "explanation": file.prose("Explanation", explanation),
    }


def _runnable(front: RunnableFront, file: _File) -> dict[str, Any]:
    return spoken(
        file.fields.path.parent,
        {
            "situations": situations(file.fields),
            "compares": compared(front),
            "before": file.python("Runs before", ""),
            "after": file.python("Runs after", ""),
            "seconds": front.seconds,
            "makes": maker(file.fields, "made_by"),
            "many": front.many if front.made_by else 0,
            "smaller": maker(file.fields, "smaller"),
            "possible": maker(file.fields, "possible"),
        },
    )


def _misconceptions(front: RunnableFront, file: _File, samples: told.Samples) -> tuple[Any, ...]:
    words = told.words(front.function, front.example)
    return told.misconceptions(file.all("Wrong: ", "Shared: "), words, samples)


def _pipeline(section: Section, block: Block, letters: str) -> PipelineRun:
    fields = read_yaml(section.path, block.text, block.line + 1)
    run = pipeline_run(fields)
    if run.shown_for not in ("", *letters):
        problem = f"there is no option {run.shown_for!r}: name one of {', '.join(letters)}."
        raise fields.error(problem, "shown_for")
    return run


# ── a lesson ──────────────────────────────────────────────────────────────────────────────────────────


def _lesson_yaml(folder: Path) -> Fields:
    path = folder / "lesson.yaml"
    return read_yaml(path, text_of(path))


def load_lesson(folder: Path) -> Lesson:
    """The lesson in a folder, its exercises in the order of lesson.yaml. ContentError as `load`."""
    fields = _lesson_yaml(folder)
    said = checked(LessonFields, lesson_yaml(fields))
    for number, id_ in enumerate(said.exercises):
        place = ("exercises", number)
        if id_ in said.exercises[:number]:
            raise fields.error(f"{id_} stands here twice: remove one.", *place)
        if not id_.startswith(f"{folder.name}."):
            raise fields.error(f"the ids of this lesson begin with `{folder.name}.`: rename {id_}.", *place)
        if not (folder / f"{id_}.md").exists():
            raise fields.error(f"there is no {id_}.md: write it, or take this line out.", *place)
    incident = folder / f"{folder.name}.incident.md"
    for path in sorted(folder.glob(f"{folder.name}.*.md")):
        if path.stem not in said.exercises and path != incident:
            problem = f"{path.name} is not listed: add `- {path.stem}` where it comes, or remove the file."
            raise fields.error(problem, "exercises")
    return Lesson(
        slug=folder.name,
        number=said.number,
        notebook=said.notebook,
        title=said.title,
        minutes=said.minutes,
        unit=said.unit,
        can=said.can,
        one=said.one,
        exercises=tuple(load(folder / f"{id_}.md") for id_ in said.exercises),
        counts=said.counts,
        test=said.test,
        incident=_incident(incident) if incident.exists() else None,
    )


def _incident(path: Path) -> Choice:
    incident = load(path)
    if not isinstance(incident, Choice):
        raise read(path)[0].error("an incident is a choice, as one predicts it.", "kind")
    return incident


def load_lessons(folder: Path) -> tuple[Lesson, ...]:
    """The lessons in a folder, in the order of their numbers. ContentError as `load`."""
    found = sorted(map(load_lesson, (path.parent for path in folder.glob("*/lesson.yaml"))), key=_number)
    for before, after in itertools.pairwise(found):
        for field in ("number", "notebook"):
            if getattr(before, field) == getattr(after, field):
                fields = _lesson_yaml(folder / after.slug)
                raise fields.error(f"{before.slug} has this {field} too: change one.", field)
    return tuple(found)


def _number(lesson: Lesson) -> tuple[int, str]:
    return lesson.number, lesson.slug


# ── the bank ──────────────────────────────────────────────────────────────────────────────────────────


def load_bank(folder: Path, lessons: Sequence[Lesson]) -> tuple[Choice, ...]:
    """The questions of a folder, in the order of its order.txt. ContentError as `load`."""
    known = {exercise.id for lesson in lessons for exercise in lesson.exercises}
    tested = [lesson.slug for lesson in lessons if lesson.test]
    return tuple(_question(folder / f"{slug}.md", known, tested) for slug in order(folder))


def order(folder: Path) -> list[str]:
    """The questions that a folder's order.txt lists. ContentError where it and the files do not agree."""
    listed = folder / "order.txt"
    slugs = [line.strip() for line in text_of(listed).splitlines()]
    for number, slug in enumerate(slugs, 1):
        if slug in slugs[: number - 1]:
            raise ContentError(listed, number, f"{slug} stands here twice: remove the later one.")
        if not (folder / f"{slug}.md").exists():
            problem = f"there is no {slug}.md; a question stays, so that a test is marked as it was drawn."
            raise ContentError(listed, number, problem)
    for path in sorted(folder.glob("*.md")):
        if path.stem not in slugs:
            problem = f"{path.name} is not listed: add {path.stem} as a line at the end."
            raise ContentError(listed, len(slugs) or 1, problem)
    return slugs


def _question(path: Path, exercises: Collection[str], lessons: Sequence[str]) -> Choice:
    question = load(path)
    if not isinstance(question, Choice) or not question.id.startswith("bank."):
        problem, field = f"a question of the bank is a choice, and its id is bank.{path.stem}.", "id"
    elif question.lesson not in lessons:
        problem, field = f"`lesson` is one of {', '.join(lessons)}; it is {question.lesson!r}.", "lesson"
    elif question.back_to not in exercises:
        problem, field = (
            f"`back_to` names the exercise to go back to, and there is no {question.back_to!r}.",
            "back_to",
        )
    elif question.letters != "abcd":
        problem, field = f"a question of the bank has options a to d, and not {question.letters}.", "answer"
    else:
        return question
    raise read(path)[0].error(problem, field)
