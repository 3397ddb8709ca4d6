"""Pages made of the results: one for each learner, here, and the class's from `class_page`.

Called by grading. A page is one file without scripts; everything that came from a submission is escaped.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from checks.exercise import Answer, Exercise, FillIn, Lesson
from checks.instructor import marks
from checks.instructor.class_page import FEEDBACK, class_page
from checks.instructor.handed import Handed
from checks.instructor.marks import Override, Overrides, Points, Result
from checks.instructor.page import page
from checks.instructor.submission import Class
from checks.markdown import inline_html, to_html
from checks.text import html, one_line

CLASS_PAGE = "class.html"

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
    points: Points,
) -> list[str]:
    """Write feedback/<learner>.html for everyone and class.html; pages of learners who are gone go too.

    `points` are those of tests and katas. Returns a sentence on every page that could not be made: one
    learner's must not cost the others theirs. Raises OSError where none can be written.
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
            text = made()
        except Exception as error:
            failed.append(one_line(f"{title} could not be made: {type(error).__name__}: {error}"))
            text = page(title, ["<p>This page could not be made; the marks are not concerned.</p>"])
        marks.write(path, text)

    handed: dict[str, list[Handed]] = {learner: [] for learner in class_.learners}
    for one in class_.handed:
        handed[one.learner].append(one)
    left_out = class_.left_out()
    for learner in class_.learners:
        made = partial(
            learner_page,
            learner,
            handed[learner],
            lessons,
            mine[learner],
            overrides,
            {id_: own[learner] for id_, own in points.items() if learner in own},
            left_out.get(learner, ()),
        )
        write_page(folder / files[learner], f"Feedback for {learner}", made)
    made = partial(class_page, class_, lessons, results, overrides, files, points)
    write_page(grades / CLASS_PAGE, "The class's page", made)
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
    points: Mapping[str, int],
    left_out: Sequence[str] = (),
) -> str:
    """Every exercise with what the learner wrote, the verdict, what really happened and what to try."""
    found = {result.exercise: result for result in results}
    total = sum(marks.mark(result, overrides) for result in results)
    body = [f"<h1>{html(learner)}</h1>", f'<p class="total">{total} of {len(results)} right</p>']
    body += _beside(learner, overrides, points)
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
    return page(f"Feedback for {learner}", body)


def _beside(learner: str, overrides: Overrides, points: Mapping[str, int]) -> Iterator[str]:
    """The points of tests and katas, and those that the instructor gave."""
    decided = {id_: one for (whose, id_), one in overrides.items() if whose == learner and marks.beside(id_)}
    for id_, own in points.items():
        kind, _, pattern = id_.partition(".")
        came = ", by the answers" if id_ in decided else ""
        of = f"{own} of {marks.beside(id_)} points"
        yield f"<p>{kind.capitalize()} on {html(pattern)}: {of}{came}, outside this total.</p>"
    for id_, one in sorted(decided.items()):
        given = f"{one.mark} of {marks.beside(id_)} points for {id_}"
        yield f'<p class="decided"><strong>Your instructor gave {html(given)}:</strong> {html(one.why)}</p>'


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
