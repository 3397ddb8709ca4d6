"""A page to keep after a test with ten of ten right: when, how strong, and what was run. It proves nothing.

Called by the word `certificate` and by the button of a test.
"""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from checks.exercise import Lesson
from checks.learner import attempts, strength
from checks.learner.record import Attempt
from checks.lessons import lessons

FILE = "certificate.html"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Certificate</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  :root {{ color-scheme: light dark; }}
  body {{ font: 17px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }}
  main {{ border: 2px solid; border-radius: 8px; padding: 1.5rem 2rem; }}
  h1 {{ margin-top: 0; }} h2 {{ font-size: 1.1rem; margin-bottom: 0.3rem; }} ul {{ margin-top: 0; }}
  @media print {{ body {{ margin: 0 auto; }} }}
</style></head>
<body><main>{body}</main></body></html>
"""


def made(name: str = "") -> str:
    """Write the page beside the notebooks; a sentence on it, as Markdown, or on what is still missing."""
    given = attempts.use(lambda record: record.sat())
    perfect = [(by, answers) for by, answers in given.items() if by.startswith("quiz ") and _perfect(answers)]
    if not perfect:
        return "A certificate is made after a test with **10 of 10 right**: `quiz()` draws one."
    by, answers = perfect[-1]
    try:
        Path(FILE).write_text(_PAGE.format(body=_body(name, by, answers)), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        return f"{FILE} cannot be written ({reason}). Give the notebook a folder that it may write to."
    return f"Your certificate is in [{FILE}]({FILE}), beside your notebooks; a browser can print it."


def _perfect(answers: Sequence[Attempt]) -> bool:
    return len(answers) == 10 and all(one.status == "correct" for one in answers)


def _body(name: str, by: str, answers: Sequence[Attempt]) -> str:
    done, on = attempts.done(), answers[-1].at.date()
    topics = strength.by_topic(attempts.use(lambda record: record.attempts()))
    parts = [
        f"<h1>10 of 10</h1><p>{_who(name)} answered every question of the test {escape(_test(by))} right, "
        f"on {on.day} {on:%B} {on.year}.</p>",
        f"<h2>Strength by topic</h2><p>{strength.MEANS}</p>",
        _list(f"{topic.title}: {topic.strength}, {topic.right} of {topic.asked}" for topic in topics),
        "<h2>What was written and run</h2>",
        _list([_how_far(lesson, done) for lesson in lessons() if lesson.how_many(done)]),
        f"<p><small>With Python {python_version()} and MLflow {version('mlflow-skinny')}. Made by the "
        "MLOps workbook on the learner's own computer, from the learner's own record. It proves nothing to "
        "anybody else: the record and this page can be edited.</small></p>",
    ]
    return "".join(parts)


def _how_far(lesson: Lesson, done: frozenset[str]) -> str:
    count = f"{lesson.how_many(done)} of {len(lesson.exercises)} {lesson.unit}"
    return f"Lesson {lesson.number}, {lesson.title}: {count}"


def _who(name: str) -> str:
    return f"<strong>{escape(name)}</strong>" if name.strip() else "The owner of this page"


def _test(by: str) -> str:
    """Such as "approval (seed 7)" of "quiz approval 7 of 58"."""
    _, about, seed, *_ = by.split()
    return f"{'everything' if about == 'None' else about} (seed {seed})"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
