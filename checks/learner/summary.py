"""What is said of a lesson when all of it is right: what one can do now, what was hard, another right way.

Called by `attempts` for the card that completes the lesson.
"""

import ast
from collections.abc import Mapping
from datetime import UTC, datetime

from checks.catalogue import tr, trn
from checks.exercise import Exercise, Lesson, Step
from checks.learner.record import Standing
from checks.markdown import fenced

_NEVER = datetime.max.replace(tzinfo=UTC)


def of(lesson: Lesson, exercise: Exercise, standings: Mapping[str, Standing]) -> str:
    """The summary as Markdown, on the card of the exercise that completed the lesson; "" on every other card.

    `standings` has those of the lesson's exercises, by id.
    """
    since = {each.id: _solved(standings[each.id]) for each in lesson.exercises}
    last = max(reversed(lesson.exercises), key=lambda each: since[each.id])
    if not lesson.can or since[last.id] is _NEVER or last != exercise:
        return ""
    hardest = max(lesson.exercises, key=lambda each: _trouble(standings[each.id]))
    trouble = _trouble(standings[hardest.id])
    alone = [_trouble(standings[each.id]) for each in lesson.exercises].count(trouble) == 1
    said = [tr("**Lesson {number} is done.** You can now {what}.", number=lesson.number, what=lesson.can)]
    if trouble and alone:
        hard = tr(
            "Hardest for you was {step}: {why}.",
            step=lesson.place(hardest),
            why=_told(standings[hardest.id]),
        )
        said.append(hard)
    another = _another(lesson, hardest if trouble else last, standings)
    return "\n\n".join([*said, *filter(None, [another])])


def _solved(standing: Standing) -> datetime:
    return next((one.at for one in standing.attempts if one.status == "correct"), _NEVER)


def _trouble(standing: Standing) -> int:
    return standing.wrong + standing.hints + standing.explained


def _told(standing: Standing) -> str:
    """Such as "2 wrong answers and 1 hint"."""
    counted = [
        trn("{count} wrong answer", "{count} wrong answers", standing.wrong) if standing.wrong else "",
        trn("{count} hint", "{count} hints", standing.hints) if standing.hints else "",
        tr("1 explanation") if standing.explained else "",
    ]
    return tr(" and ").join(filter(None, counted))


def _another(lesson: Lesson, wanted: Exercise, standings: Mapping[str, Standing]) -> str:
    """Another right way to write a step: the wanted one, or else the last that has one."""
    steps = [each for each in lesson.exercises if isinstance(each, Step)]
    for step in sorted(steps, key=lambda each: (each == wanted, lesson.exercises.index(each)), reverse=True):
        own = _read(str(standings[step.id].right))
        for way in (*step.alternatives, step.reference):
            if _read(way) != own:
                head = tr("Another right way to write {step}:", step=lesson.place(step))
                return f"{head}\n\n{fenced(way.strip())}"
    return ""


def _read(source: str) -> str:
    """What Python reads in a source, whatever its spaces and comments."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
