"""What learners will see of an exercise: the verdict on an answer, and the card in every state as one page.

Called by `workbook try` and `workbook preview`.
"""

from collections.abc import Iterator
from html import escape

from checks.answers import Cell, Reading
from checks.author import places, trials
from checks.author.faults import all_fills
from checks.exercise import Answer, Choice, Exercise, FillIn, Misconception, Step, Verdict
from checks.judge import default_runners, fits, judge
from checks.learner.card.card import CardState, html_face
from checks.lessons import lesson_of
from checks.lessons.reading import ContentError
from checks.markdown import pre


def judged(exercise: Exercise, text: str) -> tuple[Verdict, list[ContentError]]:
    """The verdict on the answer that a text holds, and what the lesson's functions raised on the way."""
    raised: dict[str, Exception] = {}
    verdict = judge(trials.watched(exercise, raised), _answer(exercise, text), default_runners())
    return verdict, [places.raised(exercise.id, error, what) for what, error in raised.items()]


def _answer(exercise: Exercise, text: str) -> Answer:
    """A step's source; a card's options, from its call or a line each."""
    if isinstance(exercise, Step):
        return text
    called, _ = Reading([Cell(text)], {}).card(exercise.id)
    return called or tuple(line.strip() for line in text.splitlines() if line.strip())


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; line-height: 1.5; max-width: 50rem; margin: 2rem auto; }}
h2 {{ margin-top: 3rem; border-top: 1px solid; padding-top: 1rem; font-size: 1.1rem; }}
pre {{ overflow-x: auto; }}
</style></head>
<body><h1>{title}</h1>
{states}
</body></html>
"""


def page(exercise: Exercise) -> str:
    """HTML of the static card: unanswered, with each misconception, right, and with hints and explanation."""
    states = "\n".join(
        f"<h2>{escape(name)}</h2>\n{pre(answer) if isinstance(answer, str) else ''}{html_face(state)}"
        for name, answer, state in _states(exercise)
    )
    return _PAGE.format(title=escape(f"{exercise.id} {exercise.title}"), states=states)


def _states(exercise: Exercise) -> Iterator[tuple[str, Answer, CardState]]:
    lesson = lesson_of(exercise.id)
    nothing: Answer = "" if isinstance(exercise, Step) else ()
    yield "unanswered", nothing, CardState(exercise, lesson, nothing)
    for name, answer in _answers(exercise):
        verdict = judge(exercise, answer, default_runners())
        told = f"{name}, told {verdict.misconception or verdict.status}"
        state = CardState(
            exercise, lesson, answer, verdict, wrong=not verdict.correct, solved=verdict.correct
        )
        yield told, answer, state
    opened = CardState(exercise, lesson, nothing, hints=len(exercise.hints), explained=True)
    yield "with every hint and the explanation", nothing, opened


def _answers(exercise: Exercise) -> Iterator[tuple[str, Answer]]:
    for one in exercise.misconceptions:
        for sample in one.samples:
            yield f"wrong: {one.id}", _filled(exercise, one, sample)
    if isinstance(exercise, Step):
        for form in exercise.asks_for:
            yield from ((f"without what is asked for: {form.id}", sample) for sample in form.samples)
        yield "right", exercise.reference
    elif isinstance(exercise, FillIn | Choice):
        yield "right", tuple(exercise.answer)


def _filled(exercise: Exercise, one: Misconception, sample: Answer) -> Answer:
    """A wrong answer; of a card's that stands for several the first that no earlier misconception takes."""
    if not isinstance(exercise, FillIn):
        return sample
    earlier = exercise.misconceptions[: exercise.misconceptions.index(one)]
    taken = [each for other in earlier for each in other.samples]
    fills = [fill for fill in all_fills(exercise) if fill != exercise.answer and fits(fill, sample)]
    return next((fill for fill in fills if not any(fits(fill, each) for each in taken)), fills[0])
