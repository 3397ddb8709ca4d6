"""Tests and reviews as a learner sits them: what is shown and recorded, and that nothing typed fails."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import lessons
from checks.exercise import Verdict
from checks.learner import attempts, sitting, words
from checks.learner.card.card import Message
from checks.learner.card.quiz import QuizCard
from checks.learner.record import Attempt, Record
from checks.lessons import bank_questions
from checks.lessons import paper as papers

TESTS = [*lessons.tests(), None]


IDS = [question.id for question in bank_questions()]


SEED = st.integers(0, 10**9 - 1)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(attempts, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(attempts, "_trouble", "")


def right(test: str | None, seed: int) -> str:
    return "".join(question.answer for question in papers.quiz(test, seed).questions)


def html(shown: QuizCard | Message) -> str:
    return shown._repr_mimebundle_()["text/html"]


def text(shown: QuizCard | Message) -> str:
    return shown._repr_mimebundle_()["text/plain"]


@settings(max_examples=100)
@given(test=st.sampled_from(TESTS), seed=SEED, answers=st.text("abcd", max_size=10))
def test_any_answers_have_a_result_and_a_face(test: str | None, seed: int, answers: str) -> None:
    paper = papers.quiz(test, seed)
    results = papers.results(paper, answers)
    assert [result.asked for result in results] == [4, 3, 3]
    assert papers.marks(test, seed, answers) == sum(result.right for result in results)
    face = sitting.face(paper, answers)
    assert face.state.over == (len(answers) == 10)
    assert html(face) == html(sitting.face(paper, answers))
    if not face.state.over:
        assert f"question {len(answers) + 1} of 10" in text(face)
        for question in paper.questions:
            for reason in question.reasons.values():
                assert reason not in html(face)


def test_the_result_names_levels_misconceptions_and_where_to_go_back_to() -> None:
    answers = right("rollback", 3)
    question = papers.quiz("rollback", 3).questions[4]
    wrong = "abcd"[("abcd".index(answers[4]) + 1) % 4]
    card = words.quiz("rollback", seed=3, answers=answers[:4] + wrong + answers[5:])
    assert text(card) == (
        "Test on rollback, seed 3: 9 of 10 right; easy strong, medium getting there, hard strong"
    )
    lesson, back_to = lessons.lesson_of(question.back_to), lessons.exercises()[question.back_to]
    assert f">lesson {lesson.number}, {lesson.place(back_to)}</a>: {back_to.title}" in html(card)
    assert question.title in html(card)
    (attempt,) = [one for one in attempts._record.attempts() if one.status == "wrong"]
    assert attempt.misconception and attempt.misconception.startswith(f"{question.id}/")


def test_a_test_goes_on_from_its_line_and_is_recorded_once_at_its_end() -> None:
    answers = right("approval", 7)
    for given_so_far in range(10):
        card = words.quiz("approval", seed=7, answers=answers[:given_so_far])
        assert text(card) == f"Test on approval, seed 7: question {given_so_far + 1} of 10"
        assert f"seed=7, answers=&quot;{answers[:given_so_far]}…&quot;)" in html(card)
    assert attempts._record.attempts() == []
    for spelt in (answers, answers, answers.upper(), " ".join(answers)):
        assert "10 of 10 right" in text(words.quiz("approval", seed=7, answers=spelt))
    words.quiz("approval", seed=7, answers="aaaaaaaaaa")
    assert len(attempts._record.attempts()) == 10
    words.quiz("approval", seed=8, answers=right("approval", 8))
    assert len(attempts._record.attempts()) == 20, "a right answer given again is an attempt of its own"


def test_without_a_seed_the_line_shows_one() -> None:
    card = words.quiz("approval")
    assert isinstance(card, QuizCard)
    again = eval(f"{card.state.call})", {"quiz": words.quiz})
    assert (again.state.call, again.state.asked) == (card.state.call, card.state.asked)


def test_in_a_bank_that_has_grown_the_line_says_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = (*bank_questions(), replace(bank_questions()[0], id="bank.one-more"))
    for module in (words, papers):
        monkeypatch.setattr(module, "bank_questions", lambda: bank)
    card = words.quiz("approval")
    assert isinstance(card, QuizCard)
    assert card.state.call.endswith(f", of={len(bank)}")
    assert f"of={len(bank)}, answers=" in html(card)
    assert "of=" not in html(words.quiz("approval", seed=7))


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (lambda: words.quiz("aproval"), "Did you mean <code>approval</code>?"),
        (lambda: words.quiz(7), "There is no test <code>7</code>"),  # type: ignore[arg-type]
        (lambda: words.quiz("approval", seed="7"), "A seed is a whole number"),  # type: ignore[arg-type]
        (lambda: words.quiz("approval", seed=True), "A seed is a whole number"),
        (lambda: words.quiz("approval", answers="b"), "Answers belong to a seed"),
        (lambda: words.quiz("approval", of=51), "<code>of</code> belongs to a seed"),
        (lambda: words.quiz("approval", 7, of=0), "<code>of</code> says how many"),
        (lambda: words.quiz("approval", 7, of=10**5000), "<code>of</code> says how many"),
        (lambda: words.quiz("approval", 7, of=True), "<code>of</code> says how many"),
        (lambda: words.quiz("approval", 7, of="51"), "<code>of</code> says how many"),  # type: ignore[arg-type]
        (lambda: words.quiz("approval", 7, "bx"), "Answer 2 is <code>x</code>"),
        (lambda: words.quiz("approval", 7, "a" * 11), "10 questions and 11 answers"),
        (lambda: words.quiz("approval", 7, ["a"]), "is no text"),  # type: ignore[arg-type]
        (lambda: words.review(), "No question is due today"),
        (lambda: words.review("2026-13-01"), "A day is written as"),
        (lambda: words.review(20261121), "A day is written as"),  # type: ignore[arg-type]
        (lambda: words.review("9999-01-01"), "has not come yet"),
        (lambda: words.review(answers="b"), "Answers belong to a day"),
    ],
)
def test_a_foreseeable_mistake_gets_a_sentence(shown, says) -> None:  # type: ignore[no-untyped-def]
    assert says in html(shown())
    assert attempts._record.attempts() == []


def test_a_question_of_the_bank_can_be_asked_alone() -> None:
    face = words.ask("bank.stage-case", "a")._repr_mimebundle_()
    assert face["text/plain"].startswith("bank.stage-case Stage names in lower case: ")
    assert "Question" in face["text/html"] and len(attempts._record.attempts()) == 1


def attempt(id_: str, days_ago: float, status: str = "correct") -> Attempt:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Attempt(at, id_, ("a",), status, None, "")


def _in_the_past(record: Record, ids: list[str]) -> None:
    record.record_asked("quiz None 1", [(id_, ("a",), Verdict("wrong", "")) for id_ in ids])
    with record._open() as connection:
        connection.execute("UPDATE events SET at = '2026-01-01T12:00:00.000+00:00'")


def test_a_review_asks_what_is_due_and_records_each_answer_once() -> None:
    _in_the_past(attempts._record, IDS[:3])
    card = words.review("2026-02-01")
    assert text(card) == "Review of 2026-02-01: question 1 of 3"
    assert isinstance(card, QuizCard)
    answers = "".join(one.exercise.answer for one in card.state.asked)
    for _ in range(2):  # Run All does the same again
        assert "question 2 of 3" in text(words.review("2026-02-01", answers[:1]))
    assert len(attempts._record.attempts()) == 3 + 1
    for _ in range(2):
        assert "3 of 3 right" in text(words.review("2026-02-01", answers))
    assert len(attempts._record.attempts()) == 3 + 3
    assert "Today's review is done" in html(words.review())


def test_a_review_says_how_many_are_due_and_takes_them_all() -> None:
    _in_the_past(attempts._record, IDS)
    assert text(words.review()).endswith(f": question 1 of {len(IDS)}")
    assert f" · {len(IDS)} due</p>" in html(words.review())


def test_a_review_without_a_day_goes_on_today_and_asks_anew_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    _in_the_past(attempts._record, IDS[:2])
    first = words.review()
    assert isinstance(first, QuizCard) and "question 1 of 2" in text(first)
    paper = papers.review(datetime.now(UTC).date(), [one.exercise for one in first.state.asked])
    attempts.answered(paper, next(each for each in "abcd" if each != paper.questions[0].answer))
    assert "question 2 of 2" in text(words.review())
    attempts.answered(paper, words.review().state.answers + paper.questions[1].answer)  # type: ignore[union-attr]
    assert "1 of 2 right" in text(words.review())
    with attempts._record._open() as connection:  # a day goes by
        connection.execute("UPDATE events SET at = '2026-01-02T12:00:00.000+00:00' WHERE at > '2026-01-02'")
        connection.execute("UPDATE events SET answer = 'review 2026-01-02' WHERE answer LIKE 'review%'")
    again = words.review()
    assert isinstance(again, QuizCard) and again.state.answers == ""


def test_what_was_missed_is_asked_once_more_and_not_recorded() -> None:
    paper = papers.quiz("approval", 7)
    answers = right("approval", 7)
    wrong = "abcd"[("abcd".index(answers[4]) + 1) % 4]
    attempts.answered(paper, answers[:4] + wrong + answers[5:])
    practice = sitting.missed(paper, answers[:4] + wrong + answers[5:])
    assert [question.id for question in practice.questions] == [paper.questions[4].id]
    before = attempts._record.attempts()
    assert "1 of 1 right" in text(attempts.answered(practice, answers[4]))
    assert attempts._record.attempts() == before
