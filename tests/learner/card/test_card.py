"""A card's state in words, and its static face: all that it shows, and nothing of an answer as HTML."""

import pytest

from checks.exercise import Choice, FillIn, Step, Verdict
from checks.learner.card.card import Card, CardState, Message, Status, text_face
from checks.lessons import exercises, lesson_of

RIGHT, WRONG, OURS = Verdict("correct", "Yes."), Verdict("wrong", "No."), Verdict("error", "We failed.")
FILL_IN, STEP, CHOICE = (exercises()[id_] for id_ in ("approval.1", "rollback.2", "pipeline.1"))
assert isinstance(FILL_IN, FillIn) and isinstance(STEP, Step) and isinstance(CHOICE, Choice)


def state(exercise: object = FILL_IN, **more: object) -> CardState:
    return CardState(exercise, lesson_of(exercise.id), **more)  # type: ignore[arg-type,attr-defined]


def html(shown: CardState) -> str:
    return str(Card(shown)._repr_mimebundle_()["text/html"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("shown", "status", "headline"),
    [
        (state(), "unanswered", "Not answered yet"),
        (state(solved=True), "unanswered", "✓ Solved before"),
        (state(verdict=WRONG, wrong=1), "wrong", "✗ Not yet"),
        (state(verdict=WRONG, wrong=3), "spent", "✗ No attempts left: "),
        (state(wrong=3), "spent", "✗ No attempts left: "),
        (state(wrong=3, solved=True), "unanswered", "✓ Solved before"),
        (state(verdict=RIGHT, wrong=3), "correct", "✓ Correct"),
        (state(verdict=OURS, wrong=3), "error", "! Something failed on our side"),
        (state(verdict=Verdict("not_attempted", "")), "unanswered", "Not answered yet"),
        (state(STEP, verdict=WRONG, wrong=30), "wrong", "✗ Not yet"),
    ],
)
def test_where_an_exercise_stands(shown: CardState, status: Status, headline: str) -> None:
    assert shown.status == status
    assert shown.headline.startswith(headline)
    assert text_face(shown) == f"{shown.exercise.id} {shown.exercise.title}: {status}"


def test_attempts_are_counted_for_a_fill_in_alone() -> None:
    assert [state(wrong=n).attempts for n in (0, 2, 9)] == [
        "3 attempts left",
        "1 attempt left",
        "0 attempts left",
    ]
    assert (state(STEP, wrong=2).attempts, state(STEP).attempts_left) == ("", None)


def test_the_explanation_opens_when_it_is_asked_for_or_the_attempts_are_spent() -> None:
    assert state(wrong=2).explanation is None
    for opened in (state(wrong=3), state(explained=True)):
        assert opened.explanation == FILL_IN.explanation
        assert "<strong>Explanation</strong>" in html(opened)
    assert "<strong>Explanation</strong>" not in html(state(wrong=2))


def test_a_card_says_its_place_and_how_far_the_lesson_is() -> None:
    lesson = lesson_of(STEP.id)
    shown = state(STEP, done=1)
    assert shown.place == "Lesson 1, step 2"
    assert shown.progress == f"1 of {len(lesson.exercises)} steps done"


def test_hints_show_as_far_as_they_are_open() -> None:
    assert "<strong>Hints</strong>" not in html(state(STEP))
    assert html(state(STEP, hints=1)).count("<li>") == 1


def test_a_fill_in_shows_what_stands_in_its_blanks_and_a_choice_what_was_chosen() -> None:
    assert "[1: ____]" in html(state())
    filled = html(state(answer=("<script>",)))
    assert "[1: ____]" not in filled
    assert "&lt;script&gt;" in filled
    assert "<script>" not in filled
    assert "<strong>B</strong> ◀ your answer" in html(state(CHOICE, answer=(" B ",)))


def test_an_option_is_marked_by_what_the_check_said_of_it() -> None:
    for verdict, mark in ((RIGHT, "✓ right"), (WRONG, "✗ not this one"), (None, "")):
        shown = state(CHOICE, answer=(" B ",), verdict=verdict)
        assert [shown.mark(letter) for letter in CHOICE.letters] == ["", mark, "", ""]
        assert html(shown).count("◀") == 1 + bool(mark)


def test_attempts_are_not_shown_where_they_mean_nothing() -> None:
    assert "3 attempts left" in html(state())
    for shown in (state(solved=True), state(STEP), state(CHOICE)):
        assert "attempt" not in " ".join(shown.facts)


@pytest.mark.parametrize("word", ["hint", "explain", "reset"])
def test_without_buttons_the_words_can_be_typed(word: str) -> None:
    for exercise in (FILL_IN, STEP, CHOICE):
        assert f'<code>{word}("{exercise.id}")</code>' in html(state(exercise))


def test_a_live_face_is_drawn_where_there_is_one() -> None:
    assert Card(state(), live=lambda _: ({"live": "face"}, {}))._repr_mimebundle_() == ({"live": "face"}, {})


def test_a_message_stands_in_place_of_a_card() -> None:
    faces = Message("There is no `x` <here>.")._repr_mimebundle_()
    assert faces["text/plain"] == "There is no x <here>."
    assert '<div role="status"><p>There is no <code>x</code> &lt;here&gt;.</p></div>' in faces["text/html"]
