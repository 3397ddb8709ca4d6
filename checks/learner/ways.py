"""The ways to study a pattern, rollback or approval: what to do or to type for each, and how far one is.

Called by the word `ways` and by the course home.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from checks.catalogue import tr
from checks.exercise import Lesson
from checks.learner.record import Attempt
from checks.learner.strength import last_answers
from checks.lessons import bank_questions, interviews, lessons, tests
from checks.lessons.paper import Strength, strength

#: What one sees at work, and where one is on call, by pattern.
_SHOWN = {"rollback": "rollback.3", "approval": "gate.3"}
_ON_CALL = {"rollback": "restore", "approval": "durable"}


@dataclass(frozen=True)
class Way:
    """A way to study: its name, the line to type or "" where it is a place, and how far one is, in words.

    `lesson` and `cell` are where it is done, as far as that is one place.
    """

    name: str
    line: str
    far: str
    lesson: str
    cell: str = ""


@dataclass(frozen=True)
class Ways:
    """Those of a pattern, how strong it is ("" before anything was asked), and what may be skipped."""

    pattern: str
    strength: Strength | str
    ways: tuple[Way, ...]
    skip: tuple[Lesson, ...]


def interviewed(pattern: str, number: int) -> str:
    """What the record calls an interview's question, from 1."""
    return f"interview.{pattern}:{number}"


def of(pattern: str, given: Sequence[Attempt], seen: Collection[str] = ()) -> Ways:
    """The ways to study a pattern, by the attempts on record, in the order in which they came, and by what
    there was to see: worked examples and interviews.
    """
    mine = [each for each in lessons() if each.slug in tests()[pattern]]
    ids = [exercise.id for lesson in mine for exercise in lesson.exercises]
    solved = {each.exercise for each in given if each.status == "correct"}
    begun = sum(any(each.exercise.partition(".")[0] == lesson.slug for each in given) for lesson in mine)
    parts = [each.exercise.split(":") for each in given if ":" in each.exercise]
    forms = Counter(part[1] for part in parts if part[0] in ids)
    asked = {each.id for each in bank_questions() if each.lesson in tests()[pattern]}
    known = sum(each in asked for each in last_answers(given))
    shown, first = _SHOWN[pattern], mine[0].slug
    practised = [
        Way(
            name,
            f'practise("{shown}", form="{form}")',
            tr("{count} answered", count=forms[form]),
            shown.partition(".")[0],
        )
        for name, form in (
            (tr("Predict"), "predict"),
            (tr("Say why"), "why"),
            (tr("Put in order"), "order"),
            (tr("Break"), "break"),
            (tr("Fix"), "mend"),
        )
    ]
    done = sum(id_ in solved for id_ in ids)
    worked = {id_.partition(":")[0] for id_ in seen}.intersection(ids)
    several = range(1, len(interviews()[pattern]) + 1)
    heard = sum(interviewed(pattern, number) in seen for number in several)
    ways = (
        Way(
            tr("Read"),
            "",
            tr("{begun} of {count} lessons begun", begun=begun, count=len(mine)),
            first,
            f"{first}-intro",
        ),
        Way(
            tr("See it in action"),
            f'practise("{shown}", level=1)',
            tr("{count} seen", count=len(worked)),
            shown.partition(".")[0],
        ),
        Way(tr("Practise"), "", tr("{solved} of {count} solved", solved=done, count=len(ids)), first),
        *practised,
        Way(
            tr("Kata"),
            f'kata("{pattern}")',
            tr("{count} answered", count=forms.total()),
            "test",
            f"kata-{pattern}-kata",
        ),
        Way(
            tr("Flash cards"),
            "review()",
            tr("{known} of {count} known to you", known=known, count=len(asked)),
            "test",
            "test-review",
        ),
        Way(tr("Test of ten, or pre-test"), f'quiz("{pattern}")', "", "test", f"test-{pattern}-quiz"),
        Way(
            tr("Interview"),
            f'interview("{pattern}")',
            tr("{asked} of {count} asked", asked=heard, count=len(several)),
            "test",
        ),
        Way(tr("On call"), "", "", _ON_CALL[pattern], f"{_ON_CALL[pattern]}-intro"),
    )
    answers = last_answers(given)
    right = [ok for id_, ok in answers.items() if id_ in ids or id_ in asked]
    skip = tuple(lesson for lesson in mine if _may_be_skipped(lesson, answers))
    return Ways(pattern, strength(sum(right), len(right)) if right else "", ways, skip)


def _may_be_skipped(lesson: Lesson, answers: dict[str, bool]) -> bool:
    """Whether nobody began it, and at least two questions on it were asked, all answered right."""
    if any(exercise.id in answers for exercise in lesson.exercises):
        return False
    asked = [
        answers[each.id] for each in bank_questions() if each.lesson == lesson.slug and each.id in answers
    ]
    return len(asked) >= 2 and all(asked)


def markdown(ways: Ways) -> str:
    """All that as a page."""
    rows = [
        f"| {way.name} | {f'`{way.line}`' if way.line else _link(way)} | {way.far} |" for way in ways.ways
    ]
    head = tr("**Ways to study {pattern}**", pattern=ways.pattern)
    if ways.strength:
        strength = tr(ways.strength)
        head = tr("**Ways to study {pattern}**: so far {strength}", pattern=ways.pattern, strength=strength)
    skip = ", ".join(f"{lesson.number} {lesson.title}" for lesson in ways.skip)
    pre = (
        tr("You may skip: {lessons}. All that a test asked you about it was right.", lessons=skip)
        if skip
        else tr(
            'Before you begin, `quiz("{pattern}")` is a pre-test: this page then says what to skip.',
            pattern=ways.pattern,
        )
    )
    titles = f"| {tr('Way')} | {tr('How')} | {tr('So far')} |"
    return "\n".join([head, "", titles, "|---|---|---|", *rows, "", pre])


def _link(way: Way) -> str:
    lesson = next(each for each in lessons() if each.slug == way.lesson)
    return f"[{lesson.number} {lesson.title}]({lesson.notebook}.ipynb)"
