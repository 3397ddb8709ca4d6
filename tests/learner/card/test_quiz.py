"""A test as it is shown: one question at a time, nothing that tells before the end, and then what showed."""

from dataclasses import replace

from checks.exercise import Verdict
from checks.learner.card.quiz import Asked, QuizCard, QuizState
from checks.lessons import bank_questions

FIRST, SECOND = bank_questions()[:2]
OPEN = QuizState(
    "Test on x, seed 7", 'quiz("x", seed=7', tuple(Asked(each, "step 1") for each in (FIRST, SECOND))
)


def over(*verdicts: str) -> QuizState:
    asked = []
    for one, status in zip(OPEN.asked, verdicts, strict=True):
        right = one.exercise.answer
        letter = right if status == "correct" else next(each for each in "abcd" if each != right)
        asked.append(replace(one, letter=letter, verdict=Verdict(status, "")))  # type: ignore[arg-type]
    letters = "".join(one.letter for one in asked)
    return replace(OPEN, asked=tuple(asked), answers=letters, strengths=(("easy", "strong"),))


def faces(state: QuizState) -> tuple[str, str]:
    shown = QuizCard(state)._repr_mimebundle_()
    return shown["text/plain"], shown["text/html"]  # type: ignore[call-overload]


def test_a_question_is_shown_with_its_options_as_drawn_and_the_line_to_type() -> None:
    text, html = faces(replace(OPEN, answers="b"))
    assert text == "Test on x, seed 7: question 2 of 2"
    assert f"Question 2 of 2 · {SECOND.difficulty.capitalize()}" in html
    assert "quiz(&quot;x&quot;, seed=7, answers=&quot;b…&quot;)" in html
    assert [f"<strong>{letter}</strong>" in html for letter in "ABCD"] == [True] * 4


def test_before_the_end_nothing_is_told() -> None:
    state = replace(OPEN, answers="b")
    assert (state.status, state.headline, state.over) == ("unanswered", "1 of 2 answered", False)
    assert not any(reason in faces(state)[1] for reason in FIRST.reasons.values())


def test_a_score_is_no_failure_and_all_right_is_correct() -> None:
    assert (over("correct", "correct").status, over("correct", "wrong").status) == ("correct", "over")
    assert over("correct", "wrong").headline == "1 of 2 right"
    assert over("correct", "wrong").facts == []


def test_at_the_end_each_wrong_answer_is_told_its_misconception_and_where_to_go_back_to() -> None:
    state = over("correct", "wrong")
    text, html = faces(state)
    assert text == "Test on x, seed 7: 1 of 2 right; easy strong"
    assert f"✗ <strong>{state.asked[1].letter.upper()}</strong>" in html
    assert f"✓ <strong>{SECOND.answer.upper()}</strong>" in html
    assert "<p>Back to step 1</p>" in html
    assert html.count("✗") == 1
    assert "No misconception showed." in faces(over("correct", "correct"))[1]


def test_a_notice_stands_below() -> None:
    assert faces(replace(OPEN, notice="Not *kept*."))[1].endswith("<p>Not <em>kept</em>.</p></div>")
