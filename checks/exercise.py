"""What an exercise is: the plain data that lessons are written in.

Read by every part of the workbook; does no I/O and imports nothing of ours.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

Status = Literal["correct", "wrong", "not_attempted", "error"]
Difficulty = Literal["easy", "medium", "hard"]

#: A Step's answer is source; a FillIn's the options, blank by blank; a Choice's one letter.
Answer = str | tuple[str, ...]

#: In a FillIn's sample answers: whatever option stands in this blank.
ANY = "*"

#: What a Step's cell holds when it is handed out, where the exercise gives nothing else.
STARTER = "# Write your answer here"

_BLANK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one answer. `feedback` is Markdown; `misconception` a full id or None.

    `given` names the situation that it tells of, "" where the answer was not run. `registries` are there
    where the registry is compared.
    """

    status: Status
    feedback: str
    misconception: str | None = None
    given: str = ""
    registries: "Registries | None" = None

    @property
    def correct(self) -> bool:
        return self.status == "correct"


@dataclass(frozen=True)
class Model:
    """What a registry holds of a model: version → stage, alias → version, and the tags of versions."""

    stages: Mapping[int, str]
    aliases: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """A case in which the answer and the reference are both run; nothing in it tells what is right.

    `given` completes the sentence "With …, your code gave …". `before` are names and plain values that the
    answer finds when it runs, as if the notebook had set them; `after` are those that only the exercise's
    `after` sees, such as the arguments it calls a function with. Both are made anew for every run.

    `registry` seeds a private MLflow registry that holds the model MyModel: version → stage; None means no
    MLflow at all. What goes with it: `aliases` (alias → version), `tags` of versions, `model_tags`,
    `descriptions` of versions, `sources`, the folder of a version's files, and `touched`, the versions that
    were changed later, the last one last. `others` are further models of the registry, by name.

    `about` are things that are true of it and may be what an answer stumbles over; each completes the
    sentence "It goes wrong where …".
    """

    given: str
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    registry: Mapping[int, str] | None = None
    aliases: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    model_tags: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    touched: tuple[int, ...] = ()
    others: Mapping[str, Model] = field(default_factory=dict)
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variable:
    """Compare a variable. `attribute` names what stands for a rich object (a model version's `version`).

    `shown` is what the learner reads in place of the name, where the name is one of `after`'s own. `raises`
    names the exception of which the variable says, by True or False, whether it was raised. `calls` names a
    value of the situation: argument lists, one for each item of the variable, which says how that call ended:
    `("returns", value)`, `("goes through",)` or `("raises", kind, line, message)`, of which line and message
    are told and not compared. `shown` is then what was called.
    """

    name: str
    attribute: str | None = None
    ordered: bool = True
    shown: str = ""
    raises: str = ""
    calls: str = ""


@dataclass(frozen=True)
class Printed:
    """Compare the printed text; white space at the ends of lines and of the text is free."""


#: The keys of tags that count.
Keys = tuple[str, ...] | Literal["all"]


@dataclass(frozen=True)
class RegistryState:
    """Compare what the registry holds after the answer has ended: its versions, and the rest as said here.

    `tags` and `model_tags` name the keys that count, of versions and of the model; every other tag is free.
    The same counts of the registry's other models.
    """

    stages: bool = True
    aliases: bool = False
    tags: Keys = ()
    model_tags: Keys = ()
    descriptions: bool = False


Compared = Variable | Printed | RegistryState


@dataclass(frozen=True)
class Registries:
    """A registry in one situation: before the answer, as it should be afterwards, and as it was then.

    Each holds models by their names. `compared` says what counts; where that are descriptions, they stand
    among a version's tags.
    """

    compared: RegistryState
    before: Mapping[str, Model]
    expected: Mapping[str, Model]
    came: Mapping[str, Model]


@dataclass(frozen=True)
class Raised:
    """An exception that left the answer: its type's name, its message, and the answer's line (from 1)."""

    type: str
    message: str
    line: int | None = None


@dataclass(frozen=True)
class Run:
    """What one run of an answer left behind, as plain values.

    `values` holds the compared variables that were defined. A rich object is a `Rich`.
    `registry` is version → stage after the run, or None where the situation has no registry.
    """

    situation: Situation
    values: Mapping[str, object]
    printed: str
    raised: Raised | None
    registry: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Rich:
    """An object that is not plain data, by its type's name and the attribute that stands for it."""

    type: str
    value: object = None


@dataclass(frozen=True)
class Seen:
    """All there is to explain a wrong Step by: its source, its syntax tree (None: not Python), its runs."""

    source: str
    tree: ast.Module | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Misconception:
    """A way of being wrong that deserves its own words.

    `says` is one sentence on what is wrong, `advice` what to try (Markdown both). `samples` are wrong
    answers that hold it. A Step's answer holds it if it does what a sample does in every situation, and
    `only` finds in its source what the words speak of; or, where `when` is given, if that says so. A FillIn's
    does if it fits a sample (`ANY` fits every option), a Choice's if it is the sample. The first that fits is
    told.
    """

    id: str
    says: str
    advice: str
    samples: tuple[Answer, ...]
    when: Callable[[Seen], bool] | None = None
    only: Callable[[Seen], bool] | None = None


@dataclass(frozen=True)
class Form:
    """What a Step asks for by name, such as a `for` loop over `version, status`.

    Told, in its own words and as a misconception of this id, to an answer that works but has no such
    form; `samples` are such answers.
    """

    id: str
    says: str
    advice: str
    found: Callable[[ast.Module], bool]
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Equivalent:
    """A change to a right answer after which it still means the same, as a diff in one line, and why so."""

    change: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What every kind has; texts are Markdown. `right` tells why it is right and what to know today."""

    id: str
    title: str
    difficulty: Difficulty
    task: str
    hints: tuple[str, ...]
    common_mistakes: tuple[str, ...]
    explanation: str
    right: str
    misconceptions: tuple[Misconception, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Runnable(Exercise):
    """An exercise whose answer is run, on every situation: the named ones, from the smallest, come first.

    `before` is Python that runs first and stands for what earlier steps define. `after` is Python that runs
    after the answer, among its names: it calls the functions that the answer defines and sets each compared
    variable to a plain value. What a function of the answer raises there counts as raised by the answer.

    `makes` makes a further situation from a seeded random, of which `many` are tried; `smaller` gives those
    like a given one but smaller, the smallest first, so that the smallest failing one can be shown.
    `possible` says why a situation that somebody else made up can be none of it, "" where it can; it is
    asked for what its own situations do not show. `seconds` is the wall-clock limit of all three together.
    """

    situations: tuple[Situation, ...]
    compares: tuple[Compared, ...]
    before: str = ""
    after: str = ""
    seconds: float = 5.0
    makes: Callable[[Random], Situation] | None = None
    many: int = 0
    smaller: Callable[[Situation], Iterable[Situation]] | None = None
    possible: Callable[[Situation], str] | None = None

    @property
    def solution(self) -> str:
        """A right answer, as source to run."""
        raise NotImplementedError

    @property
    def mlflow(self) -> bool:
        """Whether it is run beside a registry."""
        return any(situation.registry is not None for situation in self.situations)


@dataclass(frozen=True, kw_only=True)
class Step(Runnable):
    """The learner writes a cell, handed out as `starter`. `alternatives` are other right answers.

    `shown` are the values of the givens as the notebook shows them, where they are not those of the first
    situation: who pastes them once more has set nothing new.
    """

    reference: str
    starter: str = STARTER
    asks_for: tuple[Form, ...] = ()
    alternatives: tuple[str, ...] = ()
    equivalent: tuple[Equivalent, ...] = ()
    shown: Mapping[str, object] = field(default_factory=dict)

    @property
    def solution(self) -> str:
        return self.reference


@dataclass(frozen=True, kw_only=True)
class FillIn(Runnable):
    """Code with blanks `[1]`, `[2]`, … and options that may be used more than once."""

    code: str
    options: tuple[str, ...]
    answer: tuple[str, ...]
    attempts: int = 3

    @property
    def blanks(self) -> int:
        """How many different blanks the code has."""
        return len({int(number) for number in _BLANK.findall(self.code)})

    @property
    def solution(self) -> str:
        return self.fill(self.answer)

    def fill(self, answer: tuple[str, ...]) -> str:
        """The code with each blank replaced by its option, as source to run."""
        return _BLANK.sub(lambda blank: answer[int(blank[1]) - 1], self.code)


@dataclass(frozen=True)
class PipelineRun:
    """A pipeline that is run after an answer, so that its timeline can be shown.

    `shown_for` names the option it belongs to; "" belongs to all. A wrong answer shows the runs of its
    own option, a right one every run, those of other options in a line each. `caption` introduces it
    (Markdown), with `shows_yaml` together with the pipeline's text; decisions are step → (who, "approve" or
    "reject"), metrics fractions from 0 to 1.
    """

    caption: str
    yaml: str
    decisions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    shown_for: str = ""
    shows_yaml: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice(Exercise):
    """One right letter among options, lettered a, b, c, … in the order given.

    Every wrong letter is the sample of one misconception, which is its feedback; `right` is the right one's.
    A question of the bank also has the `lesson` it belongs to, the exercise it leads `back_to`, and, where it
    claims something that can be run, a `proof`: Python that fails if the claim is false.
    """

    options: tuple[str, ...]
    answer: str
    quick_check: str
    shows: tuple[PipelineRun, ...] = ()
    lesson: str = ""
    back_to: str = ""
    proof: str = ""

    def runs(self, letter: str) -> tuple[PipelineRun, ...]:
        """The pipelines to run once `letter` has been answered."""
        return tuple(run for run in self.shows if letter == self.answer or run.shown_for in ("", letter))

    @property
    def letters(self) -> str:
        return "abcdefghijklmnopqrstuvwxyz"[: len(self.options)]

    def letter(self, answer: str) -> str:
        """The option that an answer names, however its letter is written; "" for none."""
        text = answer.strip().lower()
        return text if text in tuple(self.letters) else ""

    @property
    def reasons(self) -> dict[str, str]:
        """What is said of each letter."""
        told = {str(sample[0]): one.says for one in self.misconceptions for sample in one.samples}
        return {letter: told.get(letter, self.right) for letter in self.letters}


@dataclass(frozen=True)
class Interview:
    """A question to answer aloud, what a good answer says, and what to listen for in one's own."""

    asks: str
    says: str
    listen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A notebook's exercises. `slug` begins their ids; `unit` is what the learner is told they are, and `one`
    such a one, where that is another word than `unit` without its s.

    `can` completes the sentence "You can now …". `counts` is False for a lesson whose exercises give no
    marks; `test` names the test of ten that its questions in the bank belong to, "" for none. `incident` is
    what one predicts before its demonstration: it gives no marks and is none of its exercises.
    """

    slug: str
    number: int
    notebook: str
    title: str
    minutes: int
    unit: str
    exercises: tuple[Exercise, ...]
    can: str = ""
    one: str = ""
    counts: bool = True
    test: str = ""
    incident: Choice | None = None

    @property
    def mlflow(self) -> bool:
        """Whether any of its exercises is run beside a registry."""
        return any(isinstance(exercise, Runnable) and exercise.mlflow for exercise in self.exercises)

    def place(self, exercise: Exercise) -> str:
        """Where one of its exercises stands, such as "step 3"."""
        number = [each.id for each in self.exercises].index(exercise.id) + 1
        return f"{self.one or self.unit.removesuffix('s')} {number}"

    def how_many(self, done: Collection[str]) -> int:
        """How many of its exercises are among these, by id."""
        return sum(exercise.id in done for exercise in self.exercises)
