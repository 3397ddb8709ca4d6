"""What the page's code is given: plain data, with all HTML made and escaped before."""

import json
from dataclasses import replace

from checks.exercise import Choice, FillIn, Verdict
from checks.learner.card import view
from checks.learner.card.card import CardState, faces
from checks.learner.card.overview import Overview
from checks.learner.card.quiz import Asked, QuizState
from checks.lessons import bank_questions, exercises, lesson_of

FILL_IN, CHOICE = exercises()["approval.1"], exercises()["pipeline.1"]
assert isinstance(FILL_IN, FillIn) and isinstance(CHOICE, Choice)
STATE = CardState(FILL_IN, lesson_of(FILL_IN.id))


def test_a_fill_ins_code_is_pieces_and_blanks() -> None:
    shown = view.card_view(STATE)
    assert [piece for piece in shown["code"] if isinstance(piece, int)] == list(range(1, FILL_IN.blanks + 1))
    text = "".join(f"[{piece}]" if isinstance(piece, int) else piece[1] for piece in shown["code"])
    assert text == FILL_IN.code
    assert [option["key"] for option in shown["options"]] == list(FILL_IN.options)


def test_code_is_coloured_by_kind() -> None:
    pieces = view._pieces('if x == "a": 1  # no')
    kinds = {text: kind for kind, text in pieces if text.strip()}
    assert kinds["if"] == "keyword"
    assert kinds["=="] == "operator"
    assert kinds["1"] == "number"
    assert kinds["# no"] == "comment"
    task = replace(FILL_IN, task="See\n\n```python\nif '<b>':\n```")
    shown = view.card_view(replace(STATE, exercise=task))["task"]
    assert '<span class="wb-keyword">if</span>' in shown
    assert "&lt;b&gt;" in shown


def test_a_typed_letter_is_chosen_however_it_was_written() -> None:
    shown = view.card_view(CardState(CHOICE, lesson_of(CHOICE.id), (" B ",)))
    assert shown["answer"] == ["b"]
    assert [option["key"] for option in shown["options"]] == list(CHOICE.letters)


def test_only_what_nobody_has_touched_is_untouched() -> None:
    assert view.card_view(STATE)["untouched"]
    for touched in ({"answer": ("x",)}, {"hints": 1}, {"wrong": 1}, {"explained": True}, {"solved": True}):
        assert not view.card_view(replace(STATE, **touched))["untouched"], touched  # type: ignore[arg-type]


def test_feedback_and_explanation_are_html_once_they_are_there() -> None:
    shown = view.card_view(replace(STATE, verdict=Verdict("wrong", "`<b>`"), wrong=1, hints=1))
    assert shown["feedback"] == "<p><code>&lt;b&gt;</code></p>"
    assert (len(shown["hints"]), shown["explanation"]) == (1, "")
    assert "Explanation" in view.card_view(replace(STATE, explained=True))["explanation"]


def test_a_test_shows_one_question_and_at_its_end_what_they_say() -> None:
    question = bank_questions()[0]
    asked = (Asked(question, "step 1"),)
    shown = view.quiz_view(QuizState("Test", "quiz(7", asked))
    assert shown["written"], "its letters go into the call"
    assert not view.quiz_view(QuizState("Review", "review(7", asked, final=True))["written"]
    assert [option["key"] for option in shown["options"]] == list("abcd")
    assert (shown["over"], shown["last"], shown["back"], shown["id"]) == (False, True, False, question.id)
    right = replace(asked[0], letter=question.answer, verdict=Verdict("correct", ""))
    ended = view.quiz_view(QuizState("Test", "quiz(7", (right,), question.answer, (("easy", "strong"),)))
    assert (ended["over"], ended["options"], ended["status"]) == (True, [], "correct")
    assert "<strong>strong</strong>" in ended["feedback"]
    assert "No misconception showed." in ended["explanation"]
    assert ended["back"] and not view.quiz_view(replace(QuizState("", "", asked, "a"), final=True))["back"]


def test_every_view_is_json_and_carries_its_static_faces() -> None:
    lesson = lesson_of(FILL_IN.id)
    overview = view.overview_view(Overview(((lesson, 2),), "`x`"))
    assert overview["lessons"][0]["done"] == 2
    assert overview["notice"] == "<p><code>x</code></p>"
    assert overview["faces"] == Overview(((lesson, 2),), "`x`").faces()
    assert view.card_view(STATE)["faces"] == faces(STATE)
    for shown in (overview, view.card_view(STATE)):
        json.dumps(shown)
