"""What the course home shows, as plain data: lessons, where to go on, strengths, reviews, mistakes and tests.

Called by `server`. It asks no judge: everything is in the record.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from checks.catalogue import tr, trn
from checks.exercise import Choice, Exercise, Step
from checks.learner import strength, ways
from checks.learner.card import page
from checks.learner.card.overview import overview_of
from checks.learner.card.view import overview_view
from checks.learner.record import Attempt, Record, Standing
from checks.learner.repetition import waiting
from checks.lessons import exercises, lesson_of, lessons, tests
from checks.notebook import cell_id

#: What JSON can say.
Told = dict[str, Any]

_TRIED_NOTHING = Standing()
_PAGE = Path(__file__).parent / "page"


def told(record: Record, day: date, folder: Path) -> Told:
    """All that the home shows on `day` (UTC) of the lessons whose notebooks are in `folder`.

    A place is a notebook's name and the id of a cell in it; a lesson whose notebook is missing has "" for a
    name. A record that cannot be read is an empty one, and `notice` says why.
    """
    notice = ""
    try:
        standings, attempts, scores = record.standings(), record.attempts(), _scores(record)
        seen = record.seen()
        due = waiting(attempts, day)
    except (sqlite3.Error, ValueError, TypeError, LookupError) as problem:  # anybody may have written it
        standings, attempts, scores, due, seen = {}, [], {}, (), frozenset()
        notice = tr(
            "{file} cannot be read ({problem}). Move it away to begin a new record.",
            file=record.path.name,
            problem=problem,
        )
    done = frozenset(id_ for id_, standing in standings.items() if standing.done)
    return {
        "lessons": _lessons(standings, done, folder),
        "next": _next(attempts, done),
        "strengths": {
            "means": tr(strength.MEANS),
            "topics": [
                {**asdict(topic), "strength": tr(topic.strength)} for topic in strength.by_topic(attempts)
            ],
        },
        "due": {"say": _due(len(due)), "place": _place("test", "test-review")},
        "mistakes": _mistakes(attempts, standings),
        "tests": [
            {
                "title": tr("Test on {test}", test=test),
                "score": scores.get(test),
                "place": _place("test", f"test-{test}-quiz"),
            }
            for test in tests()
        ],
        "ways": [_ways(ways.of(test, attempts, seen)) for test in tests()],
        "notice": notice,
        "words": words(),
    }


def words() -> dict[str, str]:
    """What the home's scripts say, where that is not English."""
    return page.words(_PAGE) | page.words(Path(page.__file__).parent)


def _due(count: int) -> str:
    if not count:
        return tr("Nothing is due today")
    return trn("{count} question is due", "{count} questions are due", count)


def _ways(found: ways.Ways) -> Told:
    """The ways to study a pattern, each with where it is done."""
    rows = [
        {
            "title": way.name,
            "say": " · ".join(filter(None, [way.line, way.far])),
            "place": _place(way.lesson, way.cell or f"{way.lesson}-intro"),
        }
        for way in found.ways
    ]
    return {"pattern": found.pattern, "strength": tr(found.strength), "ways": rows}


def _scores(record: Record) -> dict[str, tuple[int, int]]:
    """Test, such as "approval" → of how many questions how many were right the last time: (right, of)."""
    sat = [(by.split(), answers) for by, answers in record.sat().items()]
    return {
        about: (sum(answer.status == "correct" for answer in answers), len(answers))
        for (kind, about, *_), answers in sat
        if kind == "quiz"
    }


def _lessons(standings: Mapping[str, Standing], done: frozenset[str], folder: Path) -> list[Told]:
    """Every lesson with a mark for each of its exercises: solved, tried or open."""
    rows = overview_view(overview_of(lessons(), done))["lessons"]
    found = []
    for lesson, row in zip(lessons(), rows, strict=True):
        name = f"{lesson.notebook}.ipynb"
        marks = [
            {**_exercise(each), "state": _state(standings.get(each.id, _TRIED_NOTHING))}
            for each in lesson.exercises
        ]
        found.append({**row, "notebook": name if (folder / name).is_file() else "", "marks": marks})
    return found


def _state(standing: Standing) -> str:
    return "solved" if standing.done else "tried" if standing.wrong else "open"


def _exercise(exercise: Exercise) -> Told:
    """An exercise as the learner is told of it, and where it is answered."""
    lesson = lesson_of(exercise.id)
    role = "answer" if isinstance(exercise, Step) else "ask"
    return {
        "title": exercise.title,
        "where": tr("Lesson {number}, {place}", number=lesson.number, place=lesson.place(exercise)),
        "place": _place(lesson.slug, cell_id(exercise.id, role)),
    }


def _place(slug: str, cell: str) -> Told:
    lesson = next(one for one in lessons() if one.slug == slug)
    return {"notebook": f"{lesson.notebook}.ipynb", "cell": cell}


def _next(attempts: Sequence[Attempt], done: frozenset[str]) -> Told | None:
    """The first exercise that is not solved, from where the learner was last; None once all are."""
    course = [exercise for lesson in lessons() for exercise in lesson.exercises]
    at = {exercise.id: number for number, exercise in enumerate(course)}
    last = next((at[one.exercise] for one in reversed(attempts) if one.exercise in at), 0)
    left = (one for one in (*course[last:], *course[:last]) if one.id not in done)
    return next(map(_exercise, left), None)


def _mistakes(attempts: Sequence[Attempt], standings: Mapping[str, Standing]) -> list[Told]:
    """Exercises that were tried and are not solved, then questions that were wrong when last answered."""
    last = {attempt.exercise: attempt.status for attempt in attempts}
    found = []
    for exercise in exercises().values():
        if isinstance(exercise, Choice) and exercise.back_to:
            if last.get(exercise.id) == "wrong":
                back = _exercise(exercises()[exercise.back_to])
                where = tr("Question; see {place}", place=back["where"])
                found.append({**back, "title": exercise.title, "where": where})
        elif _state(standings.get(exercise.id, _TRIED_NOTHING)) == "tried":
            found.append(_exercise(exercise))
    return found
