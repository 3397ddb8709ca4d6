"""What is said of a lesson once all of it is right."""

from datetime import UTC, datetime, timedelta

from checks.exercise import Step
from checks.learner import summary
from checks.learner.record import Attempt, Standing
from checks.lessons import exercises, lesson_of, lessons

LESSON = lesson_of("rollback.3")
START = datetime(2026, 11, 20, tzinfo=UTC)


def right(id_: str, minute: int, wrong: int = 0, answer: str | None = None, **more: int) -> Standing:
    step = exercises()[id_]
    assert isinstance(step, Step)

    def attempt(status: str, at: int) -> Attempt:
        return Attempt(START + timedelta(minutes=at), id_, answer or step.reference, status, None, "")

    return Standing((*[attempt("wrong", minute)] * wrong, attempt("correct", minute)), **more)


def standings(**changed: Standing) -> dict[str, Standing]:
    found = {each.id: right(each.id, minute) for minute, each in enumerate(LESSON.exercises)}
    return {**found, **{name.replace("_", "."): standing for name, standing in changed.items()}}


def said(exercise: str, there: dict[str, Standing]) -> str:
    return summary.of(LESSON, exercises()[exercise], there)


def test_it_is_said_on_the_card_that_completed_the_lesson_and_on_no_other() -> None:
    out_of_order = standings(rollback_2=right("rollback.2", 60))
    for there, last in ((standings(), "rollback.4"), (out_of_order, "rollback.2")):
        assert said(last, there).startswith(f"**Lesson 1 is done.** You can now {LESSON.can}.")
        assert not any(said(each.id, there) for each in LESSON.exercises if each.id != last)
    assert not any(said(each.id, standings(rollback_1=Standing())) for each in LESSON.exercises)


def test_every_lesson_says_what_one_can_do_after_it() -> None:
    for lesson in lessons():
        assert bool(lesson.can) == bool(lesson.exercises), lesson.slug
        assert not lesson.can.endswith(".") and lesson.can[:1].islower() == bool(lesson.can)


def test_all_solved_in_one_moment_it_is_said_once() -> None:
    together = {each.id: right(each.id, 0) for each in LESSON.exercises}
    assert [bool(said(each.id, together)) for each in LESSON.exercises] == [False, False, False, True]


def test_what_was_hard_is_named_and_another_way_to_write_it_shown() -> None:
    hard = right("rollback.3", 2, wrong=2, hints=1)
    told = said("rollback.4", standings(rollback_3=hard))
    assert "Hardest for you was step 3: 2 wrong answers and 1 hint." in told
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    assert "Another right way to write step 3:" in told and step.alternatives[0].strip() in told
    assert "Hardest" not in said("rollback.4", standings())


def test_the_other_way_is_not_the_learners_own() -> None:
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    own = right("rollback.3", 2, wrong=1, answer="# mine\n" + step.alternatives[0])
    told = said("rollback.4", standings(rollback_3=own))
    assert step.alternatives[0].strip() not in told and step.alternatives[1].strip() in told
