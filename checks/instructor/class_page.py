"""The page on a class, for its instructor: marks, pass rates, misconceptions, how good the exercises are.

Called by `report`. Each plot has its table.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from checks.exercise import Exercise, Form, Lesson, Misconception, Step
from checks.instructor import course, marks, plots, statistics
from checks.instructor.marks import Overrides, Points, Result
from checks.instructor.page import Prose, Raw, page, table
from checks.instructor.submission import Class
from checks.text import html

#: The folder of the learners' pages, beside the class's.
FEEDBACK = "feedback"

#: Names or notices that are open to read; more are folded away.
MOST_OPEN = 20

#: In a mark's place: not attempted, not judged.
_MISSING, _OURS = "–", "!"


def class_page(
    class_: Class,
    lessons: Sequence[Lesson],
    results: Sequence[Result],
    overrides: Overrides,
    files: Mapping[str, str],
    points: Points,
) -> str:
    """Marks, pass rates, misconceptions, difficulty and discrimination: each plot with its table."""
    items = statistics.items(results, overrides)
    titles = {exercise.id: exercise for lesson in lessons for exercise in lesson.exercises}
    body = [
        "<h1>The class</h1>",
        f"<p>{len(class_.learners)} learners, {len(titles)} exercises.</p>",
        f"<p>{html(course.which_count(class_))}</p>",
        *_notices(class_),
        "<h2>Who passed what</h2>",
        *_pass_rates(items, titles),
        "<h2>Misconceptions</h2>",
        *_misconceptions(statistics.misconceptions(results), titles),
        "<h2>Difficulty and discrimination</h2>",
        *_quality(items),
        "<h2>Marks</h2>",
        *_marks(class_, lessons, results, overrides, files, points),
    ]
    return page("The class", body)


def _notices(class_: Class) -> Iterator[str]:
    own = [f"{one.learner}: {one.file} {one.trouble}." for one in class_.handed if one.trouble]
    own += [f"{one.learner}: {notice}" for one in class_.handed for notice in one.notices]
    texts = [*class_.notices, *own]
    if texts:
        open_ = " open" if len(texts) <= MOST_OPEN else ""
        yield f"<details{open_}><summary>{len(texts)} notices about what was handed in</summary><ul>"
        yield from (f"<li>{html(text)}</li>" for text in texts)
        yield "</ul></details>"


def _pass_rates(items: Sequence[statistics.Item], titles: dict[str, Exercise]) -> Iterator[str]:
    yield plots.pass_rates(items)
    yield table(
        ("exercise", "title", "right", "wrong", "not attempted", "pass rate"),
        (
            (
                item.exercise,
                titles[item.exercise].title,
                item.right,
                item.wrong,
                item.missing,
                f"{item.difficulty:.0%}",
            )
            for item in items
        ),
    )


def _misconceptions(held: Sequence[statistics.Held], titles: dict[str, Exercise]) -> Iterator[str]:
    if not held:
        yield "<p>Nobody holds one that has a name.</p>"
        return
    yield plots.misconceptions(held[:15])
    yield table(
        ("misconception", "what it is", "learners", "who"),
        (
            (
                one.misconception,
                Prose(says(one.misconception, titles)),
                len(one.learners),
                _who(one.learners),
            )
            for one in held
        ),
    )


def _who(learners: Sequence[str]) -> Raw:
    names = html(", ".join(learners))
    many = len(learners) > MOST_OPEN
    return Raw(f"<details><summary>show them</summary>{names}</details>" if many else names)


def says(misconception: str, titles: dict[str, Exercise]) -> str:
    """The course's sentence on a misconception, by its full id; "" if it has none."""
    id_, _, name = misconception.partition("/")
    exercise = titles.get(id_)
    told: list[Misconception | Form] = list(exercise.misconceptions) if exercise else []
    if isinstance(exercise, Step):
        told += exercise.asks_for
    return next((one.says for one in told if one.id == name), "")


def _quality(items: Sequence[statistics.Item]) -> Iterator[str]:
    yield (
        "<p>Difficulty is the share of the class that has it right. Discrimination is the correlation of "
        "this mark with the rest of the total: above 0.3 the question tells strong from weak; near or below "
        "0 look at the question.</p>"
    )
    yield plots.quality(items)
    yield table(
        ("exercise", "difficulty", "discrimination"),
        (
            (
                item.exercise,
                f"{item.difficulty:.2f}",
                "all the same" if item.discrimination is None else f"{item.discrimination:+.2f}",
            )
            for item in items
        ),
    )


def _marks(
    class_: Class,
    lessons: Sequence[Lesson],
    results: Sequence[Result],
    overrides: Overrides,
    files: Mapping[str, str],
    points: Points,
) -> Iterator[str]:
    """A row for each learner: marks and a sum by lesson, the sum of all, and tests and katas beside it."""
    found = {(result.learner, result.exercise): result for result in results}
    taken = marks.taken(overrides, points)
    signs = ["1 right", "0 wrong", f"{_MISSING} not attempted"]
    signs += [f"{_OURS} could not be judged"] * any(one.status == "error" for one in results)
    signs += ["* decided by the instructor"] * bool(overrides)
    yield f"<p>{', '.join(signs)}.</p>"

    def cell(learner: str, exercise: str) -> str:
        result, decided = found[learner, exercise], "*" if (learner, exercise) in overrides else ""
        mark = marks.mark(result, overrides)
        kind = "correct" if mark else "wrong" if decided else result.status
        sign = {"not_attempted": _MISSING, "error": _OURS}.get(kind, str(mark))
        return f'<td class="{kind}">{sign}{decided}</td>'

    def row(learner: str) -> str:
        link = f'<a href="{FEEDBACK}/{quote(files[learner])}">{html(learner)}</a>'
        cells, total = [], 0
        for lesson in lessons:
            ids = [exercise.id for exercise in lesson.exercises]
            own = sum(marks.mark(found[learner, id_], overrides) for id_ in ids)
            cells += [*(cell(learner, id_) for id_ in ids), f"<td><b>{own}</b></td>"]
            total += own
        beside = (marks.points_of(learner, id_, overrides, points) for id_ in taken)
        after = "".join(f"<td>{shown}</td>" for shown in (f"<b>{total}</b>", *beside))
        return f'<tr><th scope="row">{link}</th>{"".join(cells)}{after}</tr>'

    above = "".join(
        f'<th scope="colgroup" colspan="{len(lesson.exercises) + 1}">{html(lesson.title)}</th>'
        for lesson in lessons
    )
    names = [name for lesson in lessons for name in (*(each.id for each in lesson.exercises), "sum")]
    below = "".join(f'<th scope="col">{html(name)}</th>' for name in names)
    after = "".join(f'<th scope="col" rowspan="2">{html(name)}</th>' for name in ("total", *taken))
    yield '<div class="marks" tabindex="0" role="region" aria-label="Marks"><table><thead>'
    yield f'<tr><th rowspan="2">learner</th>{above}{after}</tr><tr>{below}</tr></thead><tbody>'
    yield from map(row, class_.learners)
    yield "</tbody></table></div>"
