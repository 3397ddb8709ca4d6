"""The fields of front matter, of lesson.yaml and of a pipeline's block, and what may stand in them.

Called by the loader.
"""

import difflib
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from checks.exercise import Compared, Difficulty, Keys, PipelineRun, Printed, RegistryState, Variable
from checks.lessons.reading import Fields

M = TypeVar("M", bound=BaseModel)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Variable(_Model):
    variable: str
    attribute: str | None = None
    ordered: bool = True
    shown: str = ""
    raises: str = ""
    calls: str = ""


class _Printed(_Model):
    printed: Literal[True]


class _Registry(_Model):
    class State(_Model):
        stages: bool = True
        aliases: bool = False
        tags: Keys = ()
        model_tags: Keys = ()
        descriptions: bool = False

    registry: State


def _kind(entry: object) -> str | None:
    keys = ("variable", "printed", "registry")
    return next((key for key in keys if isinstance(entry, Mapping) and key in entry), None)


_Compares = Annotated[
    Annotated[_Variable, Tag("variable")]
    | Annotated[_Printed, Tag("printed")]
    | Annotated[_Registry, Tag("registry")],
    Discriminator(
        _kind,
        custom_error_type="compares",
        custom_error_message="an entry is `variable: …`, `printed: true` or `registry: {…}`",
    ),
]


class Front(_Model):
    """Fields that every kind has."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z0-9-]+$")
    title: str = Field(min_length=1)
    difficulty: Difficulty


class RunnableFront(Front):
    situations: str
    made_by: str = ""
    many: int = Field(300, gt=0)
    smaller: str = ""
    possible: str = ""
    compares: tuple[_Compares, ...] = Field(min_length=1)
    seconds: float = Field(5.0, gt=0)
    function: str = Field("", pattern=r"^$|^\w+\(.*\)$")
    example: str = ""


class StepFront(RunnableFront):
    kind: Literal["step"]
    shown: dict[str, Any] = {}


class FillInFront(RunnableFront):
    kind: Literal["fill-in"]
    options: tuple[str, ...] = Field(min_length=2)
    answer: tuple[str, ...] = Field(min_length=1)
    attempts: int = Field(3, gt=0)


class ChoiceFront(Front):
    kind: Literal["choice"]
    answer: str = Field(pattern=r"^[a-z]$")
    lesson: str = ""
    back_to: str = ""


class SharedFront(_Model):
    """A file of misconceptions that several exercises include."""

    about: str = Field(min_length=1)


class TranslationFront(_Model):
    """A translation's own: the title, the letters of the English title and task; of a shared file `about`."""

    title: str = ""
    english: str = ""
    about: str = ""


class LessonTranslation(_Model):
    """lesson.yaml in another language; `situations` has what situations.py says, by its English.

    `between` stands in place of `and` in a list of values, `one` is the unit's singular.
    """

    english: str
    title: str = Field(min_length=1)
    can: str = ""
    unit: str = ""
    one: str = ""
    between: str = "and"
    situations: dict[str, str] = {}


class LessonFields(_Model):
    """lesson.yaml."""

    number: int
    notebook: str
    title: str
    minutes: int = Field(gt=0)
    unit: str
    one: str = ""
    can: str = ""
    exercises: tuple[str, ...] = ()
    counts: bool = True
    test: str = ""


class InterviewFields(_Model):
    """A question of interviews.yaml."""

    asks: str
    says: str
    listen: tuple[str, ...] = Field(min_length=1)


class _Pipeline(_Model):
    caption: str
    pipeline: str
    decisions: dict[str, tuple[str, str]] = {}
    metrics: dict[str, float] = {}
    shown_for: str = ""
    shows_yaml: bool = False


def checked(model: type[M], fields: Fields) -> M:
    """The fields, validated. ContentError for the first that is not in order."""
    try:
        return model.model_validate(fields.values)
    except ValidationError as refused:
        # A misspelt field is missing under its own name too: what stands there says more than what does not.
        first = min(refused.errors(), key=lambda each: each["type"] != "extra_forbidden")
        # A tag, which says which of several forms an entry has, stands in no file.
        place = [
            part for n, part in enumerate(first["loc"]) if not (n == 2 and first["loc"][0] == "compares")
        ]
        name = ".".join(map(str, place))
        of_all = f" The fields are {', '.join(model.model_fields)}." if len(place) == 1 else ""
        match first["type"]:
            case "missing":
                problem = f"`{name}` is missing: write it.{of_all}"
            case "extra_forbidden":
                near = difflib.get_close_matches(str(place[-1]), model.model_fields, n=1) if of_all else []
                meant = f"is it `{near[0]}`?" if near else "is it spelled right?"
                problem = f"there is no field `{name}`: {meant}{of_all}"
            case _:
                problem = f"`{name}`: {first['msg']}; it is {first['input']!r}."
        raise fields.error(problem, *place) from None


def compared(fields: RunnableFront) -> tuple[Compared, ...]:
    """What is compared, in the words of `checks.exercise`."""
    found: list[Compared] = []
    for each in fields.compares:
        match each:
            case _Variable():
                found.append(
                    Variable(each.variable, each.attribute, each.ordered, each.shown, each.raises, each.calls)
                )
            case _Printed():
                found.append(Printed())
            case _Registry():
                found.append(RegistryState(**dict(each.registry)))
    return tuple(found)


def pipeline_run(fields: Fields) -> PipelineRun:
    """The pipeline that a block under `## Pipelines` describes."""
    said = checked(_Pipeline, fields)
    text = said.pipeline.rstrip("\n") + "\n"
    return PipelineRun(said.caption, text, said.decisions, said.metrics, said.shown_for, said.shows_yaml)
