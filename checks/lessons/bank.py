"""The question bank: reads questions/*.yaml, refuses what is not in order, makes `Choice` exercises of it.

Called by checks.lessons for the exercises and by the quiz, the reviews and the exports for the questions.

A file is a list of questions, each with exactly these fields (texts are Markdown: code spans and blocks)::

    - slug: stage-case              # the exercise becomes bank.stage-case; unique in all files
      topic: Stage names in lower case
      lesson: approval              # which lesson it belongs to, see LESSONS
      level: medium                 # easy, medium or hard
      text: What does … do?
      options:
        a:
          text: It raises an error about the name.
          misconception: refused    # every wrong option has one: bank.stage-case/refused
          reason: The lower-case name is accepted.
        b: …                        # the right one has no misconception; there are four, a to d
      right: b
      remember: Stages ignore case, aliases do not.
      back_to: approval.3           # the exercise to go back to
      proof: |                      # optional: Python that fails if what the question claims is false
        client.transition_model_version_stage('MyModel', 1, stage='production')

A proof runs in a namespace of its own in which `client` is an `MlflowClient` on a private registry that
holds MyModel with versions 1 to 4, all in the stage None (see checks/author/proofs.py).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from checks.exercise import Choice, Difficulty, Misconception

FOLDER = Path(__file__).parent / "questions"

#: The lessons that a question may belong to, and the quizzes made of them.
QUIZZES: Mapping[str, tuple[str, ...]] = {
    "rollback": ("rollback", "order", "restore"),
    "approval": ("approval", "pipeline", "alias", "gate", "durable"),
}
LESSONS = tuple(lesson for lessons in QUIZZES.values() for lesson in lessons)

LETTERS = "abcd"
_FIELDS = ("slug", "topic", "lesson", "level", "text", "options", "right", "remember", "back_to")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class BankError(ValueError):
    """A question that is not in order. Says file, question, field, and what is wrong with it."""

    def __init__(self, file: str, question: str, field: str, problem: str) -> None:
        self.file, self.question, self.field, self.problem = file, question, field, problem
        super().__init__(f"{file}, question {question!r}, field {field!r}: {problem}")


@dataclass(frozen=True)
class Question:
    """A question of the bank: the exercise, the lesson it belongs to, where it leads back to, its proof."""

    exercise: Choice
    lesson: str
    back_to: str
    reasons: Mapping[str, str] = field(hash=False)  # by letter
    proof: str = ""
    file: str = ""

    @property
    def id(self) -> str:
        return self.exercise.id

    @property
    def slug(self) -> str:
        return self.exercise.id.removeprefix("bank.")


#: Runs proofs; gives for each id whose proof is false what it failed with.
Prove = Callable[[Iterable[Question]], Mapping[str, str]]


def load(paths: Iterable[Path], steps: Collection[str], prove: Prove | None = None) -> tuple[Question, ...]:
    """The questions of these files, in their order. BankError for the first that is not in order.

    `steps` are the ids of the exercises that a question may lead back to. Proofs are compiled, and run
    only by `prove`, which tests and the authors' checks give: a learner's kernel runs none.
    """
    questions: dict[str, Question] = {}
    for path in paths:
        for entry in _entries(path):
            question = _question(path.name, entry, steps)
            if question.id in questions:
                raise BankError(
                    path.name,
                    question.slug,
                    "slug",
                    f"{questions[question.id].file} has it already: rename one.",
                )
            questions[question.id] = question
    for id_, failure in (prove(questions.values()) if prove else {}).items():
        raise BankError(questions[id_].file, questions[id_].slug, "proof", f"it is false: {failure}")
    return tuple(questions.values())


def _entries(path: Path) -> list[object]:
    import yaml  # only where questions are wanted: `import checks` stays quick

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
            keys = [key.value for key, _ in node.value]
            for key in keys:
                if keys.count(key) > 1:
                    line = node.start_mark.line + 1
                    raise BankError(
                        path.name, f"at line {line}", str(key), "it stands there twice: remove one."
                    )
            return super().construct_mapping(node, deep)

    try:
        data = yaml.load(path.read_text("utf-8"), Loader=Loader)
    except yaml.YAMLError as error:
        raise BankError(path.name, "", "", f"it is not YAML: {error}") from None
    if not isinstance(data, list) or not data:
        raise BankError(path.name, "", "", "the file must be a list of questions.")
    return data


def _question(file: str, entry: object, steps: Collection[str]) -> Question:
    slug = entry.get("slug") if isinstance(entry, dict) else None
    name = slug if isinstance(slug, str) else str(entry)[:40]

    def need(right: bool, field: str, problem: str) -> None:
        if not right:
            raise BankError(file, name, field, problem)

    def text(of: Mapping[str, object], key: str, field: str) -> str:
        value = of.get(key)
        if not isinstance(value, str) or not value.strip():
            raise BankError(file, name, field, f"it must be a text, and is {value!r}.")
        return value.strip()

    if not isinstance(entry, dict):
        raise BankError(file, name, "", f"a question is a mapping with {', '.join(_FIELDS)}.")
    _keys(file, name, "", entry, _FIELDS, ("proof",))
    need(
        bool(_SLUG.fullmatch(text(entry, "slug", "slug"))), "slug", "write small letters, digits and hyphens."
    )
    level, lesson, back_to = (text(entry, key, key) for key in ("level", "lesson", "back_to"))
    need(level in get_args(Difficulty), "level", f"{level!r} is none of {', '.join(get_args(Difficulty))}.")
    need(lesson in LESSONS, "lesson", f"{lesson!r} is none of {', '.join(LESSONS)}.")
    need(back_to in steps, "back_to", f"there is no exercise {back_to!r}.")

    options = entry["options"]
    if not isinstance(options, dict) or "".join(map(str, options)) != LETTERS:
        raise BankError(file, name, "options", "give the four options a, b, c, d, in this order.")
    right = entry["right"]
    if not isinstance(right, str) or right not in tuple(LETTERS):
        raise BankError(file, name, "right", f"name the one right option by its letter; it is {right!r}.")
    texts: dict[str, str] = {}
    reasons: dict[str, str] = {}
    misconceptions: list[Misconception] = []
    for letter, option in options.items():
        field = f"options.{letter}"
        if not isinstance(option, dict):
            raise BankError(file, name, field, "an option is a mapping with text, reason and misconception.")
        _keys(file, name, f"{field}.", option, ("text", "reason"), ("misconception",))
        shown = text(option, "text", f"{field}.text")
        need(shown not in texts.values(), f"{field}.text", "another option says the same.")
        texts[letter], reasons[letter] = shown, text(option, "reason", f"{field}.reason")
        if letter == right:
            need("misconception" not in option, f"{field}.misconception", "the right option has none.")
            continue
        if "misconception" not in option:
            problem = f"the right option is {right}, so this one needs one: only one option can be right."
            raise BankError(file, name, f"{field}.misconception", problem)
        held = text(option, "misconception", f"{field}.misconception")
        need(
            bool(_SLUG.fullmatch(held)), f"{field}.misconception", "write small letters, digits and hyphens."
        )
        need(held not in [m.id for m in misconceptions], f"{field}.misconception", "another option has it.")
        misconceptions.append(
            Misconception(held, says=reasons[letter], advice=f"Go back to `{back_to}`.", samples=((letter,),))
        )
    proof = text(entry, "proof", "proof") if "proof" in entry else ""
    try:
        compile(proof, file, "exec")
    except (SyntaxError, ValueError) as error:
        raise BankError(file, name, "proof", f"it is not Python: {error}") from None
    remember = text(entry, "remember", "remember")
    others = "".join(f"\n- **{letter}**: {reasons[letter]}" for letter in LETTERS if letter != right)
    exercise = Choice(
        id=f"bank.{slug}",
        title=text(entry, "topic", "topic"),
        difficulty=cast(Difficulty, level),
        task=text(entry, "text", "text"),
        options=tuple(texts.values()),
        answer=right,
        hints=(f"Think back to `{back_to}`, which is about the same thing.",),
        common_mistakes=tuple(reasons[letter] for letter in LETTERS if letter != right),
        explanation=f"The answer is **{right}**. {reasons[right]}\n\nThe others:\n{others}",
        right=reasons[right],
        quick_check=remember,
        misconceptions=tuple(misconceptions),
    )
    return Question(exercise, lesson, back_to, reasons, proof, file)


def _keys(
    file: str,
    name: str,
    prefix: str,
    of: Mapping[str, object],
    needed: tuple[str, ...],
    free: tuple[str, ...],
) -> None:
    for key in needed:
        if key not in of:
            raise BankError(file, name, f"{prefix}{key}", "it is missing.")
    for key in of:
        if key not in needed + free:
            known = ", ".join(needed + free)
            raise BankError(file, name, f"{prefix}{key}", f"there is no such field; there are {known}.")
