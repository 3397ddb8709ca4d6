"""How strong a learner is, topic by topic: the same in the course home and on a certificate.

Called by `home` and by `certificate`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.catalogue import later
from checks.exercise import Lesson
from checks.learner.record import Attempt
from checks.lessons import bank_questions, lessons
from checks.lessons.paper import Strength, strength

#: What the figures say, for those who read them.
MEANS = later("What you knew at once in a lesson, and when a test or practice last asked.")


@dataclass(frozen=True)
class Topic:
    """A topic that was tried: of how many exercises and questions how many were right."""

    title: str
    right: int
    asked: int

    @property
    def strength(self) -> Strength:
        return strength(self.right, self.asked)


def last_answers(attempts: Sequence[Attempt]) -> dict[str, bool]:
    """Exercise or question → whether it was right: a question and what is practised when last asked, an
    exercise of a lesson at first.
    """
    right: dict[str, bool] = {}
    for attempt in attempts:
        id_, practised, _ = attempt.exercise.partition(":")
        if practised or id_.startswith("bank.") or id_ not in right:
            right[id_] = attempt.status == "correct"
    return right


def by_topic(attempts: Sequence[Attempt]) -> tuple[Topic, ...]:
    """The topics that were tried, in the order of the course; `attempts` are in that in which they came."""
    right = last_answers(attempts)
    found = []
    for lesson in (each for each in lessons() if each.counts):
        known = [right[id_] for id_ in _about(lesson) if id_ in right]
        if known:
            found.append(Topic(lesson.title, sum(known), len(known)))
    return tuple(found)


def _about(lesson: Lesson) -> list[str]:
    in_tests = [each.id for each in bank_questions() if each.lesson == lesson.slug]
    return [each.id for each in lesson.exercises] + in_tests
