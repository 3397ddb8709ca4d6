"""What the live card's page code is given: a card's state, a test's or the overview's, as plain data.

Used by `live`; drawn by the page's code. All HTML in it is made here, from Markdown, with raw HTML off.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape, unescape
from typing import Any

from checks.catalogue import tr
from checks.exercise import Choice, FillIn, Step
from checks.learner.card.card import CardState, board_of, explanation_html, faces
from checks.learner.card.incident import IncidentState
from checks.learner.card.incident import faces as incident_faces
from checks.learner.card.kata import KataState, end_html
from checks.learner.card.kata import faces as kata_faces
from checks.learner.card.overview import Overview, how_many
from checks.learner.card.practice import kind_of, made_of
from checks.learner.card.quiz import QuizState, lessons_html, strengths_html
from checks.learner.card.quiz import faces as quiz_faces
from checks.markdown import inline_html, to_html

#: What a view is made of: whatever JSON can say.
View = dict[str, Any]

#: A piece of code: its kind (a class of card.css) and its text.
Piece = tuple[str, str]

_BLANK = re.compile(r"\[(\d+)\]")
#: Fenced code in HTML made by checks.markdown: what stands in it is escaped, so it cannot end it.
_FENCED = re.compile(r'<pre><code class="language-(python|yaml)">(.*?)</code></pre>', re.DOTALL)
#: Stands for a blank while the code is split into tokens: a name, which is what a blank mostly is.
_STAND_IN = re.compile(r"(blank_\d+_)")


def card_view(state: CardState) -> View:
    """Everything that a live card shows of `state`, and the static faces to save in its place."""
    exercise = state.exercise
    return {
        "kind": kind_of(exercise),
        "id": exercise.id,
        "status": state.status,
        "verdict": state.headline,
        "title": exercise.title,
        "facts": list(state.facts),
        "task": _html(exercise.task),
        "code": _code(exercise.code) if isinstance(exercise, FillIn) else [],
        "blanks": exercise.blanks if isinstance(exercise, FillIn) else 0,
        "options": _options(state),
        "answer": _answer(state),
        "feedback": _html(state.verdict.feedback) if state.verdict else "",
        "notice": _html(state.notice) if state.notice else "",
        "summary": _html(state.summary) if state.summary else "",
        "next": _next(state),
        "solved": state.solved,
        "kept": state.kept or None,
        "starter": exercise.starter if isinstance(exercise, Step) else "",
        "hints": [inline_html(hint) for hint in exercise.hints[: state.hints]],
        "explanation": _FENCED.sub(_highlighted, explanation_html(state)),
        "board": board_of(state),
        "playable": state.playable,
        "untouched": not any(
            (state.answer, state.verdict, state.hints, state.wrong, state.explained, state.solved)
        ),
        "practice": {**state.practice.view(), **made_of(exercise)} if state.practice else None,
        "faces": faces(state),
    }


def quiz_view(state: QuizState) -> View:
    """Everything that a live test shows: a choice, or what its answers say."""
    view = {
        "kind": "Quiz",
        "id": "",
        "status": state.status,
        "verdict": state.headline,
        "title": state.title,
        "facts": state.facts,
        "task": "",
        "options": [],
        "answer": [],
        "feedback": "",
        "notice": to_html(state.notice) if state.notice else "",
        "hints": [],
        "explanation": "",
        "over": state.over,
        "call": state.call,
        "given": list(state.answers),
        "last": len(state.answers) + 1 == len(state.asked),
        "back": bool(state.answers) and not state.final,
        "written": not state.final,
        "wrong": state.wrong,
        "another": state.another,
        "perfect": bool(state.over and state.another and not state.wrong),
        "faces": quiz_faces(state.test or state),
    }
    if state.over:
        lessons = _FENCED.sub(_highlighted, lessons_html(state))
        return {**view, "feedback": strengths_html(state), "explanation": lessons}
    exercise = state.next.exercise
    return {
        **view,
        "id": exercise.id,
        "task": _html(exercise.task),
        "options": _lettered(exercise, lambda _: ""),
    }


def incident_view(state: IncidentState) -> View:
    """Everything that a live incident shows before it happens. `word` is what its call begins with."""
    exercise = state.exercise
    return {
        "kind": "Choice",
        "word": "predict",
        "labels": {"check": tr("Predict")},
        "id": exercise.id,
        "status": state.status,
        "verdict": state.headline,
        "title": exercise.title,
        "facts": state.facts,
        "task": _html(exercise.task),
        "options": _lettered(exercise, state.mark),
        "answer": [state.letter] if state.letter else [],
        "feedback": _html(state.feedback) if state.feedback else "",
        "notice": to_html(state.notice) if state.notice else "",
        "hints": [],
        "explanation": "",
        "faces": incident_faces(state),
    }


def kata_view(state: KataState) -> View:
    """Everything that a live kata shows: the item at hand, or what came of all of them.

    `turn` changes where another item is to be drawn; `locked` says that it is answered.
    """
    over: View = {"kind": "Kata", "id": "", "task": "", "options": [], "answer": [], "hints": [], "wrong": 0}
    told = {"title": state.title, "feedback": "", "explanation": "" if state.now else end_html(state)}
    return {
        **(card_view(state.now) if state.now else {**over, **told}),
        "kata": state.asks or "over",
        "turn": len(state.given) - state.told,
        "call": state.call,
        "given": list(map(list, state.given)),
        "labels": {
            "little": tr("A little sure"),
            "fairly": tr("Fairly sure"),
            "quite": tr("Quite sure"),
            "check": tr("Next"),
        },
        "buttons": ["check"] if state.told else ["little", "fairly", "quite"],
        "locked": state.told,
        "last": state.told and len(state.given) == state.total,
        "over": state.over,
        "another": state.another,
        "status": state.status,
        "verdict": state.headline,
        "facts": state.facts,
        "notice": to_html(state.notice) if state.notice else "",
        "faces": kata_faces(state),
    }


def overview_view(overview: Overview) -> View:
    """Everything that the live overview shows."""
    return {
        "kind": "Overview",
        "lessons": [
            {
                "title": f"{lesson.number} {lesson.title}",
                "done": done,
                "of": len(lesson.exercises),
                "count": how_many(lesson, done),
                "unit": lesson.unit,
                "time": tr("{minutes} minutes", minutes=lesson.minutes),
            }
            for lesson, done in overview.lessons
        ],
        "notice": to_html(overview.notice) if overview.notice else "",
        "faces": overview.faces(),
    }


def _answer(state: CardState) -> list[str]:
    if isinstance(state.exercise, Choice):
        # Typed in whatever way the judge takes it; a value stays as it is.
        letters = [each.strip().lower() for each in state.answer]
        return [
            letter if letter in tuple(state.exercise.letters) else each
            for letter, each in zip(letters, state.answer, strict=True)
        ]
    return list(state.answer) if isinstance(state.answer, tuple) else []


def _next(state: CardState) -> View | None:
    """Where to go on once the answer is right: the next exercise, or the next lesson's notebook."""
    if state.status != "correct" or state.practice:
        return None
    after = [each.id for each in state.lesson.exercises].index(state.exercise.id) + 1
    if after < len(state.lesson.exercises):
        follows = state.lesson.exercises[after]
        return {"label": tr("Next: {place}", place=state.lesson.place(follows)), "id": follows.id}
    lesson = state.following
    if lesson is None:
        return None
    label = tr("Next: lesson {number}, {title}", number=lesson.number, title=lesson.title)
    return {"label": label, "notebook": f"{lesson.notebook}.ipynb"}


def _options(state: CardState) -> list[View]:
    exercise = state.exercise
    if isinstance(exercise, FillIn):
        return [{"key": option, "code": _pieces(option)} for option in exercise.options]
    if isinstance(exercise, Choice):
        return _lettered(exercise, state.mark)
    return []


def _lettered(exercise: Choice, mark: Callable[[str], str]) -> list[View]:
    lettered = zip(exercise.letters, exercise.options, strict=True)
    return [{"key": letter, "html": _html(option), "mark": mark(letter)} for letter, option in lettered]


@cache
def _code(code: str) -> list[Piece | int]:
    """The code as pieces, a blank as its number."""
    found: list[Piece | int] = []
    for kind, text in _tokens(_BLANK.sub(r"blank_\1_", code)):
        for part in filter(None, _STAND_IN.split(text)):
            found.append(int(part[6:-1]) if _STAND_IN.fullmatch(part) else (kind, part))
    return found


@cache
def _pieces(code: str) -> list[Piece]:
    return list(_tokens(code))


def _html(markdown: str) -> str:
    """HTML as everywhere, its fenced code highlighted if it names a language that lessons are written in."""
    return _FENCED.sub(_highlighted, to_html(markdown))


def _highlighted(fenced: re.Match[str]) -> str:
    pieces = _tokens(unescape(fenced[2]), fenced[1])
    spans = "".join(
        f'<span class="wb-{kind}">{escape(text)}</span>' if kind else escape(text) for kind, text in pieces
    )
    return f"<pre><code>{spans}</code></pre>"


def _tokens(code: str, language: str = "python") -> Iterator[Piece]:
    # Only a live card needs pygments.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.token import Token  # type: ignore[import-untyped]

    kinds = {
        Token.Keyword: "keyword",
        Token.Operator.Word: "keyword",
        Token.Name.Tag: "keyword",  # a key in YAML
        Token.Operator: "operator",
        Token.Literal.String: "string",
        Token.Literal.Number: "number",
        Token.Comment: "comment",
    }
    for token, text in get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens(code):
        yield next((kind for of, kind in kinds.items() if token in of), ""), text
