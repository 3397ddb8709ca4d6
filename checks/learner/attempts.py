"""What a learner does about an exercise, judged and recorded, and the state of its card that comes of it.

Called by the notebook's words and by `alive`; one record for both.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from checks.calls import call
from checks.catalogue import later, tr
from checks.exercise import Answer, Exercise, Lesson, Step, Verdict
from checks.judge import can_play, judge, play
from checks.learner import cells, chosen, sitting, summary
from checks.learner.card.card import CardState
from checks.learner.card.overview import Overview
from checks.learner.card.overview import overview_of as drawn_of
from checks.learner.card.quiz import QuizCard
from checks.learner.record import Kind, Record
from checks.lessons import lesson_of, lessons
from checks.lessons.paper import Paper
from checks.markdown import code, fenced
from checks.player import Player
from checks.runner import RunnerError

if sys.platform == "emscripten":
    from checks.learner.drive import open_record
else:
    from checks.learner.record import open_record

T = TypeVar("T")

_EDITED = later(
    "Your cell has changed since it was last run, and this is the verdict on what was run. "
    "Run your cell to have the new text judged."
)

_NONE_RUN = later("No answer has been run yet. Run the cell above.")

_record = open_record()
_trouble = ""
#: The verdict on a step's cell that has just run, with the answer that it is on: a check that runs next, as
#: when all cells are run, need not judge the same once more.
_judged: dict[str, tuple[str, Verdict]] = {}


def checked(step: Step, ran: cells.Ran | None) -> CardState:
    """The state once the answer that was found is judged."""
    if ran is None:
        state = state_of(step, "", notice=tr(_NONE_RUN))
    else:
        state = judged(step, ran.source, notice=tr(_EDITED) if ran.edited_since else "")
    lost = state.solved and (state.verdict is None or state.verdict.status == "not_attempted")
    return state_of(step, "", empty=True) if lost else state


def judged(exercise: Exercise, answer: Answer, notice: str = "") -> CardState:
    """The state once an answer is judged and recorded."""
    verdict = _verdict(exercise, answer)
    if verdict.status in ("correct", "wrong"):
        use(lambda record: record.record_attempt(exercise.id, answer, verdict))
    return state_of(exercise, answer, verdict, notice)


def _verdict(exercise: Exercise, answer: Answer) -> Verdict:
    last = _judged.pop(exercise.id, None)
    if last and last[0] == answer:
        return last[1]
    return judge(exercise, answer)


def judged_when_run(step: Step, ran: cells.Ran | None) -> CardState:
    """The same for the answer's cell, anew each time that it runs; a check that runs next has its verdict."""
    _judged.pop(step.id, None)
    state = checked(step, ran)
    if ran and state.verdict and state.verdict.status != "error":
        _judged[step.id] = ran.source, state.verdict
    return state


def answered(paper: Paper, letters: str) -> QuizCard:
    """A test or a review with the answers given so far, recorded as far as they count already."""
    if paper.by and (paper.part_by_part or len(letters) == len(paper.questions)):
        pairs = zip(paper.questions, letters, sitting.verdicts(paper, letters), strict=False)
        given = [(question.id, (letter,), verdict) for question, letter, verdict in pairs]
        use(lambda record: record.record_asked(paper.by, given))
    return sitting.face(paper, letters, _trouble)


def opened(state: CardState, kind: Kind) -> CardState:
    """The state once the next hint or the explanation is open, or all is as on the first day."""
    exercise = state.exercise
    if kind == "hint" and state.hints >= len(exercise.hints):
        return replace(state, notice=tr("There are no more hints: all of them are open."))
    use(lambda record: record.record(exercise.id, kind))
    if kind == "reset":
        return unanswered(exercise)
    return state_of(exercise, state.answer, state.verdict, empty=bool(state.kept))


def watched(step: Step, ran: cells.Ran | None, case: int | None) -> CardState:
    """The state with the answer that was found walked through; nothing of it is recorded."""
    if ran is None:
        return state_of(step, "", notice=tr(_NONE_RUN))
    state = state_of(step, ran.source, judge(step, ran.source))
    try:
        return replace(state, player=played(state, case)) if state.playable else state
    except (ValueError, RunnerError) as problem:
        return replace(state, notice=tr("It could not be walked through: {problem}.", problem=problem))


def played(state: CardState, case: int | None = None) -> Player:
    """How the card's answer ran, in the situation that its verdict tells of or in the case of this number.

    Raises ValueError where there is nothing to be played, IndexError where there is no such case.
    """
    found = None
    if isinstance(state.exercise, Step) and isinstance(state.answer, str) and state.verdict:
        found = play(state.exercise, state.answer, state.verdict.given, case)
    if found is None:
        raise ValueError(tr("nothing of this answer could be noted"))
    return found


def unanswered(exercise: Exercise, empty: bool = False) -> CardState:
    """The state before anything is answered on this card; `empty` as in `state_of`."""
    return state_of(exercise, "" if isinstance(exercise, Step) else (), empty=empty)


def state_of(
    exercise: Exercise,
    answer: Answer,
    verdict: Verdict | None = None,
    notice: str = "",
    empty: bool = False,
) -> CardState:
    """The card's state, with what the record says of the exercise; `empty` if its cell has no answer."""
    lesson = lesson_of(exercise.id)
    standing, right = use(lambda record: record.standing(exercise.id)), done()
    kept = (standing.right or ()) if empty else ()
    complete = verdict is not None and verdict.correct and lesson.how_many(right) == len(lesson.exercises)
    return CardState(
        exercise,
        lesson,
        answer,
        verdict,
        done=lesson.how_many(right),
        hints=standing.hints,
        wrong=standing.wrong,
        explained=standing.explained,
        solved=standing.done,
        kept=kept,
        following=_following(lesson),
        summary=_summary(lesson, exercise) if complete else "",
        notice="\n\n".join(filter(None, [notice, _lost(exercise, kept), _trouble])),
        playable=bool(
            isinstance(exercise, Step) and verdict is not None and verdict.given and can_play(exercise)
        ),
    )


def _lost(exercise: Exercise, kept: Answer) -> str:
    """What to do where the record has a right answer and the cell has none."""
    if not kept:
        return ""
    if isinstance(kept, str):
        said = tr(
            "You solved this before, and the cell is empty now. Your last right answer is kept; to have "
            "it back, "
            "put it there and run the cell:"
        )
        return f"{said}\n\n{fenced(kept)}"
    return tr(
        "You solved this before, and the cell is empty now. Your last right answer is kept; to have it "
        "back, run "
        "{line}.",
        line=code(call(exercise.id, kept)),
    )


def _following(lesson: Lesson) -> Lesson | None:
    """The lesson that comes next; None after the last, and for the bank."""
    numbers = {each.number: each for each in lessons()}
    return numbers.get(lesson.number + 1) if lesson.notebook else None


def _summary(lesson: Lesson, exercise: Exercise) -> str:
    """What is said on the card that completed the lesson; "" on the others."""
    return summary.of(lesson, exercise, use(lambda record: record.standings()))


def right_answer(step: Step) -> str | None:
    """The learner's last right answer, or None while the step is not solved."""
    answer = use(lambda record: record.standing(step.id)).right
    return answer if isinstance(answer, str) else None


def overview_of(lessons: tuple[Lesson, ...], right: frozenset[str]) -> Overview:
    """How far the learner is in these lessons, if those exercises are right."""
    return drawn_of(lessons, right, _trouble)


def done() -> frozenset[str]:
    """The exercises that are right, all in one query."""
    return use(lambda record: record.done())


def speak() -> None:
    """Speak the learner's language; where the environment names none that there is, every card says so."""
    global _trouble
    try:
        chosen.speak(_record)
    except ValueError as problem:
        _trouble = str(problem)


def choose(code: str) -> None:
    """Speak this language from now on, in all lessons. ValueError, in a sentence, if there is no such one."""
    use(lambda record: chosen.choose(record, code))
    _judged.clear()


def use(action: Callable[[Record], T]) -> T:
    """Use the record; where its file cannot be read or written, one that lasts as long as the kernel."""
    global _record, _trouble
    try:
        return action(_record)
    except (sqlite3.Error, OSError) as error:
        _trouble = tr(
            "Your progress cannot be kept in {file} ({error}). It is kept until this kernel ends, and "
            "verdicts "
            "are not affected. Give the notebook a folder that it may write to.",
            file=code(_record.path.name),
            error=error,
        )
        _record = Record(Path(tempfile.mkdtemp(prefix="workbook-")) / "progress.sqlite")
        return action(_record)
