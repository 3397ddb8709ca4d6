"""Quizzes and reviews: what is drawn, what the answers say, and that nothing typed makes them fail."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import authoring, cli, exam, repetition, words
from checks.card.card import Message
from checks.card.quiz import QuizCard
from checks.exercise import Verdict
from checks.lessons import bank_questions
from checks.lessons.bank import QUIZZES
from checks.record import Attempt, Record

TESTS = [*QUIZZES, None]
IDS = [question.id for question in bank_questions()]
SEED = st.integers(-(10**9), 10**9)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(words, "_record", Record(tmp_path / "progress.sqlite"))
    monkeypatch.setattr(words, "_trouble", "")


def right(test: str | None, seed: int) -> str:
    return "".join(question.exercise.answer for question in exam.quiz(test, seed).questions)


def html(shown: QuizCard | Message) -> str:
    return shown._repr_mimebundle_()["text/html"]


def text(shown: QuizCard | Message) -> str:
    return shown._repr_mimebundle_()["text/plain"]


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=200, deadline=None)
@given(test=st.sampled_from(TESTS), seed=SEED)
def test_ten_different_questions_from_easy_to_hard(test: str | None, seed: int) -> None:
    paper = exam.quiz(test, seed)
    levels = [question.exercise.difficulty for question in paper.questions]
    assert levels == ["easy"] * 4 + ["medium"] * 3 + ["hard"] * 3
    assert len({question.id for question in paper.questions}) == 10
    if test:
        assert {question.lesson for question in paper.questions} <= set(QUIZZES[test])
    for question in paper.questions:
        assert sorted(exam.order(paper, question)) == ["a", "b", "c", "d"]


def test_every_question_can_be_drawn_by_its_quiz_and_by_the_quiz_on_everything() -> None:
    for test in TESTS:
        wanted = {q.id for q in bank_questions() if test is None or q.lesson in QUIZZES[test]}
        drawn = Counter(q.id for seed in range(400) for q in exam.quiz(test, seed).questions)
        assert set(drawn) == wanted


def test_a_seed_draws_the_same_on_every_machine() -> None:
    assert exam.quiz("approval", 7) == exam.quiz("approval", 7) != exam.quiz("approval", 8)
    # Written down once: a change of this would change tests that were handed in.
    assert [exam._chance(7, "bank.x").hex()[:8], exam._chance("quiz None 7", "b", "a").hex()[:8]] == [
        "8450ddf2",
        "ae0f3594",
    ]


def test_options_stand_in_every_order() -> None:
    papers = [exam.quiz(None, seed) for seed in range(100)]
    orders = Counter(exam.order(paper, question) for paper in papers for question in paper.questions)
    assert len(orders) == 24


# ── what the answers say ──────────────────────────────────────────────────────────────────────────────


@settings(max_examples=100, deadline=None)
@given(test=st.sampled_from(TESTS), seed=SEED, answers=st.text("abcd", max_size=10))
def test_any_answers_have_a_result_and_a_face(test: str | None, seed: int, answers: str) -> None:
    paper = exam.quiz(test, seed)
    results = exam.results(paper, answers)
    assert [result.asked for result in results] == [4, 3, 3]
    assert exam.marks(test, seed, answers) == sum(result.right for result in results)
    face = exam.face(paper, answers)
    assert face.state.over == (len(answers) == 10)
    assert html(face) == html(exam.face(paper, answers))
    if not face.state.over:
        assert f"question {len(answers) + 1} of 10" in text(face)
        for question in paper.questions:
            for reason in question.reasons.values():
                assert reason not in html(face)


@pytest.mark.parametrize(
    ("right", "asked", "strength"),
    [
        (4, 4, "strong"),
        (3, 4, "getting there"),
        (2, 4, "getting there"),
        (1, 4, "not yet"),
        (3, 3, "strong"),
        (2, 3, "getting there"),
        (1, 3, "not yet"),
        (0, 3, "not yet"),
        (1, 1, "strong"),
        (0, 1, "not yet"),
    ],
)
def test_strength(right: int, asked: int, strength: str) -> None:
    assert exam.Result("easy", right, asked).strength == strength


def test_the_result_names_levels_misconceptions_and_where_to_go_back_to() -> None:
    answers = right("rollback", 3)
    question = exam.quiz("rollback", 3).questions[4]
    wrong = "abcd"[("abcd".index(answers[4]) + 1) % 4]
    card = words.quiz("rollback", seed=3, answers=answers[:4] + wrong + answers[5:])
    assert text(card) == (
        "Test on rollback, seed 3: 9 of 10 right; easy strong, medium getting there, hard strong"
    )
    assert question.back_to in html(card) and question.exercise.title in html(card)
    (attempt,) = [one for one in words._record.attempts() if one.status == "wrong"]
    assert attempt.misconception and attempt.misconception.startswith(f"{question.id}/")


def test_a_test_goes_on_from_its_line_and_is_recorded_once_at_its_end() -> None:
    answers = right("approval", 7)
    for given_so_far in range(10):
        card = words.quiz("approval", seed=7, answers=answers[:given_so_far])
        assert text(card) == f"Test on approval, seed 7: question {given_so_far + 1} of 10"
        assert f"seed=7, answers=&quot;{answers[:given_so_far]}…&quot;)" in html(card)
    assert words._record.attempts() == []
    for spelt in (answers, answers, answers.upper(), " ".join(answers)):
        assert "10 of 10 right" in text(words.quiz("approval", seed=7, answers=spelt))
    words.quiz("approval", seed=7, answers="aaaaaaaaaa")
    assert len(words._record.attempts()) == 10
    words.quiz("approval", seed=8, answers=right("approval", 8))
    assert len(words._record.attempts()) == 20, "a right answer given again is an attempt of its own"


def test_without_a_seed_the_line_shows_one() -> None:
    card = words.quiz("approval")
    assert isinstance(card, QuizCard)
    seed = int(card.state.call.rsplit("=", 1)[1])
    assert text(words.quiz("approval", seed=seed)) == text(card)


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (lambda: words.quiz("aproval"), "Did you mean <code>approval</code>?"),
        (lambda: words.quiz(7), "There is no test <code>7</code>"),  # type: ignore[arg-type]
        (lambda: words.quiz("approval", seed="7"), "A seed is a whole number"),  # type: ignore[arg-type]
        (lambda: words.quiz("approval", seed=True), "A seed is a whole number"),
        (lambda: words.quiz("approval", answers="b"), "Answers belong to a seed"),
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
    assert words._record.attempts() == []


def test_a_question_of_the_bank_can_be_asked_alone() -> None:
    face = words.ask("bank.stage-case", "a")._repr_mimebundle_()
    assert face["text/plain"].startswith("bank.stage-case Stage names in lower case: ")
    assert "Question" in face["text/html"] and len(words._record.attempts()) == 1


# ── reviews ───────────────────────────────────────────────────────────────────────────────────────────

DAY = date(2026, 3, 1)


def attempt(id_: str, days_ago: float, status: str = "correct") -> Attempt:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Attempt(at, id_, ("a",), status, None, "")


ATTEMPTS = st.builds(
    attempt,
    st.sampled_from([*IDS, "rollback.1", "bank.gone"]),
    st.floats(-400, 4000),
    st.sampled_from(["correct", "wrong"]),
)


@settings(max_examples=200, deadline=None)
@given(attempts=st.lists(ATTEMPTS, max_size=60), day=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_attempts_can_be_scheduled(attempts: list[Attempt], day: date) -> None:
    due = repetition.due(attempts, day)
    ids = [question.id for question in due]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {one.exercise for one in attempts if one.at.date() < day}
    assert set(repetition.waiting(attempts, day)) <= set(due)
    assert repetition.due(attempts, day) == due


def test_a_missed_question_comes_back_before_one_that_was_known() -> None:
    missed, known = IDS[:2]
    attempts = [attempt(missed, 0, "wrong"), attempt(known, 0)]
    days = [repetition.due(attempts, DAY + timedelta(number)) for number in range(10)]
    first = {id_: [id_ in [q.id for q in due] for due in days].index(True) for id_ in (missed, known)}
    assert 0 < first[missed] < first[known]


def test_what_was_tried_on_the_day_or_never_is_not_due() -> None:
    assert repetition.due([], DAY) == ()
    assert repetition.due([attempt(IDS[0], 0, "wrong")], DAY) == ()
    assert len(repetition.due([attempt(IDS[0], 30, "wrong")], DAY)) == 1


def _in_the_past(record: Record, ids: list[str]) -> None:
    record.record_asked("quiz None 1", [(id_, ("a",), Verdict("wrong", "")) for id_ in ids])
    with record._open() as connection:
        connection.execute("UPDATE events SET at = '2026-01-01T12:00:00.000+00:00'")


def test_a_review_asks_what_is_due_and_records_each_answer_once() -> None:
    _in_the_past(words._record, IDS[:3])
    card = words.review("2026-02-01")
    assert text(card) == "Review of 2026-02-01: question 1 of 3"
    assert isinstance(card, QuizCard)
    answers = "".join(one.exercise.answer for one in card.state.asked)
    for _ in range(2):  # Run All does the same again
        assert "question 2 of 3" in text(words.review("2026-02-01", answers[:1]))
    assert len(words._record.attempts()) == 3 + 1
    for _ in range(2):
        assert "3 of 3 right" in text(words.review("2026-02-01", answers))
    assert len(words._record.attempts()) == 3 + 3
    assert "Today's review is done" in html(words.review())


def test_a_review_has_at_most_ten_questions() -> None:
    _in_the_past(words._record, IDS)
    assert "question 1 of 10" in text(words.review())


def test_status_says_how_many_are_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", str(tmp_path)]) == 0
    assert "due" not in capsys.readouterr().out
    _in_the_past(Record(tmp_path / ".progress.sqlite"), IDS[:2])
    assert cli.main(["status", str(tmp_path)]) == 0
    assert "2 questions are due: `review()`" in capsys.readouterr().out


# ── notebooks and the command ─────────────────────────────────────────────────────────────────────────


def test_a_handed_out_quiz_has_its_seed_and_no_answers() -> None:
    solution = authoring.read(authoring.SOLUTIONS / "09_test.ipynb")
    handed_out = authoring.hand_out(solution)
    cells = {cell.id: cell for cell in handed_out.cells}
    assert cells["test-approval-quiz"].source == 'quiz("approval", seed=7)'
    assert "question 1 of 10" in cells["test-approval-quiz"].outputs[0]["data"]["text/plain"]
    assert "answers" in next(cell for cell in solution.cells if cell.id == "test-approval-quiz").source
    assert authoring.carry_over(solution, handed_out) == 2
    assert authoring.carry_over(authoring.hand_out(solution), authoring.hand_out(solution)) == 0


@pytest.mark.parametrize("format", ["gift", "qti", "anki"])
def test_the_command_exports(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bank"
    assert cli.main(["export", "--format", format, str(out)]) == 0
    assert out.stat().st_size > 10_000
    assert f"{len(IDS)} questions written" in capsys.readouterr().out
    assert cli.main(["export", "--format", format, str(tmp_path / "no" / "bank")]) == 1
    assert "cannot be written" in capsys.readouterr().out
