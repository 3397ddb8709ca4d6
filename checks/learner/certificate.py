"""A page to keep after a test with ten of ten right: when, how strong, and what was run. It proves nothing.

Called by the word `certificate` and by the button of a test.
"""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from checks.catalogue import later, tag, tr
from checks.exercise import Lesson
from checks.learner import attempts, strength
from checks.learner.card.overview import how_many
from checks.learner.record import Attempt
from checks.lessons import lessons

FILE = "certificate.html"

_MONTHS = (
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
)

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
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
        return tr("A certificate is made after a test with **10 of 10 right**: `quiz()` draws one.")
    by, answers = perfect[-1]
    try:
        page = _PAGE.format(lang=tag(), title=tr("Certificate"), body=_body(name, by, answers))
        Path(FILE).write_text(page, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        return tr(
            "{file} cannot be written ({reason}). Give the notebook a folder that it may write to.",
            file=FILE,
            reason=reason,
        )
    return tr(
        "Your certificate is in {file}, beside your notebooks; a browser can print it.",
        file=f"[{FILE}]({FILE})",
    )


def _perfect(answers: Sequence[Attempt]) -> bool:
    return len(answers) == 10 and all(one.status == "correct" for one in answers)


def _body(name: str, by: str, answers: Sequence[Attempt]) -> str:
    done, on = attempts.done(), answers[-1].at.date()
    topics = strength.by_topic(attempts.use(lambda record: record.attempts()))
    answered = tr(
        "{who} answered every question of the test {test} right, on {day} {month} {year}.",
        who=_who(name),
        test=escape(_test(by)),
        day=on.day,
        month=tr(_MONTHS[on.month - 1]),
        year=on.year,
    )
    made_with = tr(
        "With Python {python} and MLflow {mlflow}. Made by the MLOps workbook on the learner's own computer, "
        "from the learner's own record. It proves nothing to anybody else: the record and this page can be "
        "edited.",
        python=python_version(),
        mlflow=version("mlflow-skinny"),
    )
    parts = [
        f"<h1>{tr('10 of 10')}</h1><p>{answered}</p>",
        f"<h2>{tr('Strength by topic')}</h2><p>{tr(strength.MEANS)}</p>",
        _list(map(_strength, topics)),
        f"<h2>{tr('What was written and run')}</h2>",
        _list([_how_far(lesson, done) for lesson in lessons() if lesson.how_many(done)]),
        f"<p><small>{made_with}</small></p>",
    ]
    return "".join(parts)


def _how_far(lesson: Lesson, done: frozenset[str]) -> str:
    return tr(
        "Lesson {number}, {title}: {count}",
        number=lesson.number,
        title=lesson.title,
        count=how_many(lesson, lesson.how_many(done)),
    )


def _strength(topic: strength.Topic) -> str:
    return tr(
        "{topic}: {strength}, {right} of {asked}",
        topic=topic.title,
        strength=tr(topic.strength),
        right=topic.right,
        asked=topic.asked,
    )


def _who(name: str) -> str:
    return f"<strong>{escape(name)}</strong>" if name.strip() else tr("The owner of this page")


def _test(by: str) -> str:
    """Such as "approval (seed 7)" of "quiz approval 7 of 58"."""
    _, about, seed, *_ = by.split()
    return tr("{test} (seed {seed})", test=tr("everything") if about == "None" else about, seed=seed)


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
