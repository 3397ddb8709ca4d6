"""Pages made of the results: one for each learner, and one for the instructor about the class.

Called by grading. A page is one file without scripts; everything that came from a submission is escaped.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from checks.exercise import Answer, Exercise, FillIn, Form, Lesson, Misconception, Step
from checks.instructor import course, marks, plots, statistics
from checks.instructor.handed import Handed
from checks.instructor.marks import Override, Overrides, Result
from checks.instructor.submission import Class
from checks.markdown import inline_html, to_html
from checks.text import html, one_line

FEEDBACK, CLASS_PAGE = "feedback", "class.html"

#: What a page shows of an answer; what is longer is cut, and says so.
LONGEST_ANSWER = 5_000
#: Bytes of a page's file name, of which a file system takes 255.
LONGEST_NAME = 150
#: Files named that count for nothing; a whole course handed in has hundreds.
MOST_LEFT_OUT = 30

_STATUS = {
    "correct": "right",
    "wrong": "not right yet",
    "not_attempted": "not attempted",
    "error": "could not be judged; that is not your fault",
}


def write(
    grades: Path,
    class_: Class,
    lessons: Sequence[Lesson],
    results: Sequence[Result],
    overrides: Overrides,
    tests: Mapping[str, int],
) -> list[str]:
    """Write feedback/<learner>.html for everyone and class.html; pages of learners who are gone go too.

    `tests` has the points of those who took the test on approval. Returns a sentence on every page that could
    not be made: one learner's must not cost the others theirs. Raises OSError where none can be written.
    """
    folder = grades / FEEDBACK
    folder.mkdir(exist_ok=True)
    files = file_names(class_.learners)
    for old in folder.glob("*.html"):
        if old.name not in files.values():
            old.unlink()
    mine: dict[str, list[Result]] = {learner: [] for learner in class_.learners}
    for result in results:
        mine[result.learner].append(result)
    failed = []

    def write_page(path: Path, title: str, made: Callable[[], str]) -> None:
        try:
            page = made()
        except Exception as error:
            failed.append(one_line(f"{title} could not be made: {type(error).__name__}: {error}"))
            page = _page(title, ["<p>This page could not be made; the marks are not concerned.</p>"])
        marks.write(path, page)

    for learner in class_.learners:
        handed = [one for one in class_.handed if one.learner == learner]
        page = partial(
            learner_page,
            learner,
            handed,
            lessons,
            mine[learner],
            overrides,
            tests.get(learner),
            class_.left_out(learner),
        )
        write_page(folder / files[learner], f"Feedback for {learner}", page)
    page = partial(class_page, class_, lessons, results, overrides, files)
    write_page(grades / CLASS_PAGE, "The class's page", page)
    return failed


def file_names(learners: Iterable[str]) -> dict[str, str]:
    """A page's file name for each learner: the name itself where any system can have such a file."""
    names: dict[str, str] = {}
    for learner in learners:
        safe = re.sub(r'[\x00-\x1f<>:"/\\|?*]|^[. ]+|[. ]+$', "_", learner) or "_"
        safe = safe.encode()[:LONGEST_NAME].decode(errors="ignore")
        if safe != learner or safe.lower() in {name.lower() for name in names.values()}:
            safe = f"{safe}-{hashlib.sha256(learner.encode()).hexdigest()[:8]}"
        names[learner] = safe
    return {learner: f"{safe}.html" for learner, safe in names.items()}


# ── a learner's page ──────────────────────────────────────────────────────────────────────────────────


def learner_page(
    learner: str,
    handed: Sequence[Handed],
    lessons: Sequence[Lesson],
    results: Sequence[Result],
    overrides: Overrides,
    points: int | None = None,
    left_out: Sequence[str] = (),
) -> str:
    """Every exercise with what the learner wrote, the verdict, what really happened and what to try."""
    found = {result.exercise: result for result in results}
    total = sum(marks.mark(result, overrides) for result in results)
    body = [f"<h1>{html(learner)}</h1>", f'<p class="total">{total} of {len(results)} right</p>']
    body += _tests(learner, overrides, points)
    if left_out:
        body.append("<p>These files of yours count for nothing:</p><ul>")
        body += [f'<li class="notice">{html(text)}.</li>' for text in left_out[:MOST_LEFT_OUT]]
        if more := len(left_out) - MOST_LEFT_OUT:
            body += [f"<li>… and {more} more.</li>"] * (more > 0)
        body.append("</ul>")
    for lesson in lessons:
        body.append(f"<h2>{html(lesson.title)}</h2>")
        one = next((one for one in handed if one.lesson == lesson.notebook), None)
        body += _about_the_file(one)
        for exercise in lesson.exercises:
            decided = overrides.get((learner, exercise.id))
            answer = one.answers.get(exercise.id) if one else None
            body.append(_exercise(exercise, answer, found[exercise.id], decided))
    return _page(f"Feedback for {learner}", body)


def _tests(learner: str, overrides: Overrides, points: int | None) -> Iterator[str]:
    decided = {id_: one for (whose, id_), one in overrides.items() if whose == learner and marks.is_test(id_)}
    if points is not None:
        came = "" if marks.TEST not in decided else ", by the answers"
        yield f"<p>Test on approval: {points} of 10 points{came}, outside this total.</p>"
    for id_, one in sorted(decided.items()):
        given = f"{one.mark} of 10 points for {id_}"
        yield (f'<p class="decided"><strong>Your instructor gave {html(given)}:</strong> {html(one.why)}</p>')


def _about_the_file(handed: Handed | None) -> Iterator[str]:
    if handed is None:
        yield "<p>Nothing was handed in for this lesson.</p>"
        return
    for text in (*([f"{handed.file} {handed.trouble}."] if handed.trouble else []), *handed.notices):
        yield f'<p class="notice">{html(text)}</p>'


def _exercise(exercise: Exercise, answer: Answer | None, result: Result, decided: Override | None) -> str:
    status = result.status if decided is None else ("correct" if decided.mark else "wrong")
    parts = [
        f'<section class="{html(status)}" data-exercise="{html(exercise.id)}">',
        f"<h3>{html(exercise.id)} {inline_html(exercise.title)}: "
        f'<span class="verdict">{html(_STATUS[status])}</span></h3>',
        f'<div class="task">{to_html(exercise.task)}</div>',
    ]
    if answer is not None:
        parts.append(f"<h4>Your answer</h4><pre><code>{html(_shown(exercise, answer))}</code></pre>")
    if decided is not None:
        given = "1 point" if decided.mark else "no point"
        parts.append(
            f'<p class="decided"><strong>Your instructor gave {given}:</strong> {html(decided.why)}</p>'
        )
        parts.append(f"<h4>What the check said: {html(_STATUS[result.status])}</h4>")
    parts.append(f'<div class="feedback">{to_html(result.feedback)}</div></section>')
    return "\n".join(parts)


def _shown(exercise: Exercise, answer: Answer) -> str:
    """The answer as the learner would recognise it; a FillIn's as the line that was run."""
    if isinstance(answer, str):
        text = answer
    elif isinstance(exercise, FillIn) and len(answer) == exercise.blanks:
        text = exercise.fill(answer)
    else:
        text = ", ".join(answer)
    return text if len(text) <= LONGEST_ANSWER else f"{text[:LONGEST_ANSWER]}\n… ({len(text):,} characters)"


# ── the class's page ──────────────────────────────────────────────────────────────────────────────────


def class_page(
    class_: Class,
    lessons: Sequence[Lesson],
    results: Sequence[Result],
    overrides: Overrides,
    files: dict[str, str],
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
        _marks(class_, list(titles), results, overrides, files),
    ]
    return _page("The class", body)


def _notices(class_: Class) -> Iterator[str]:
    own = [f"{one.learner}: {one.file} {one.trouble}." for one in class_.handed if one.trouble]
    own += [f"{one.learner}: {notice}" for one in class_.handed for notice in one.notices]
    texts = [*class_.notices, *own]
    if texts:
        yield f"<details open><summary>{len(texts)} notices about what was handed in</summary><ul>"
        yield from (f"<li>{html(text)}</li>" for text in texts)
        yield "</ul></details>"


def _pass_rates(items: Sequence[statistics.Item], titles: dict[str, Exercise]) -> Iterator[str]:
    yield plots.pass_rates(items)
    yield _table(
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
    yield _table(
        ("misconception", "what it is", "learners", "who"),
        (
            (
                one.misconception,
                _Prose(says(one.misconception, titles)),
                len(one.learners),
                ", ".join(one.learners),
            )
            for one in held
        ),
    )


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
    yield _table(
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
    class_: Class, ids: list[str], results: Sequence[Result], overrides: Overrides, files: dict[str, str]
) -> str:
    found = {(result.learner, result.exercise): marks.mark(result, overrides) for result in results}
    rows = []
    for learner in class_.learners:
        own = [found[learner, id_] for id_ in ids]
        cells = "".join(
            f'<td class="number">{mark}{"*" if (learner, id_) in overrides else ""}</td>'
            for id_, mark in zip(ids, own, strict=True)
        )
        link = f'<a href="{FEEDBACK}/{html(_url(files[learner]))}">{html(learner)}</a>'
        rows.append(f'<tr><th>{link}</th>{cells}<td class="number">{sum(own)}</td></tr>')
    head = "".join(f"<th>{html(name)}</th>" for name in ("learner", *ids, "total"))
    note = "<p>* decided by the instructor</p>" if overrides else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"


def _url(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


class _Prose(str):
    """A table's cell in the course's own words, in Markdown; any other text is shown as it is."""


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def cell(value: object) -> str:
        if isinstance(value, str):
            return f"<td>{inline_html(value) if isinstance(value, _Prose) else html(value)}</td>"
        return f'<td class="number">{value}</td>'

    top = "".join(f"<th>{html(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


# ── both ──────────────────────────────────────────────────────────────────────────────────────────────

_STYLE = """
body { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { background: #f4f4f4; padding: .6rem .8rem; overflow-x: auto }
code { font-family: ui-monospace, monospace }
section { border-left: 6px solid #767676; padding: .1rem 1rem; margin: 1rem 0 }
section.correct { border-color: #1a7f37 } section.wrong { border-color: #b35900 }
.correct .verdict { color: #1a6e31 } .wrong .verdict { color: #944a00 }
.notice, .decided { background: #fff8e0; padding: .4rem .8rem } .total { font-size: 1.3rem }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem } td, th { border: 1px solid #ccc;
  padding: .2rem .5rem; text-align: left; vertical-align: top } td.number { text-align: right }
svg { display: block }
"""


def _page(title: str, body: Iterable[str]) -> str:
    """A whole page. Its policy forbids scripts and loading anything: a second wall behind escaping."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html(title)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )
