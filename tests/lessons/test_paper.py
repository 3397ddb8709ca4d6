"""Which questions a test draws, in which order they stand, and what the answers say."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import lessons
from checks.lessons import bank_questions
from checks.lessons import paper as papers

TESTS = [*lessons.tests(), None]


IDS = [question.id for question in bank_questions()]


SEED = st.integers(-(10**9), 10**9)


def right(test: str | None, seed: int) -> str:
    return "".join(question.answer for question in papers.quiz(test, seed).questions)


@settings(max_examples=200, deadline=None)
@given(test=st.sampled_from(TESTS), seed=SEED)
def test_ten_different_questions_from_easy_to_hard(test: str | None, seed: int) -> None:
    paper = papers.quiz(test, seed)
    levels = [question.difficulty for question in paper.questions]
    assert levels == ["easy"] * 4 + ["medium"] * 3 + ["hard"] * 3
    assert len({question.id for question in paper.questions}) == 10
    if test:
        assert {question.lesson for question in paper.questions} <= set(lessons.tests()[test])
    for question in paper.questions:
        assert sorted(papers.order(paper, question)) == ["a", "b", "c", "d"]


def test_every_question_can_be_drawn_by_its_quiz_and_by_the_quiz_on_everything() -> None:
    for test in TESTS:
        wanted = {q.id for q in bank_questions() if test is None or q.lesson in lessons.tests()[test]}
        drawn = Counter(q.id for seed in range(400) for q in papers.quiz(test, seed).questions)
        assert set(drawn) == wanted


def test_a_seed_draws_the_same_on_every_machine() -> None:
    assert papers.quiz("approval", 7) == papers.quiz("approval", 7) != papers.quiz("approval", 8)
    # Written down once: a change of this would change tests that were handed in.
    assert [papers._chance(7, "bank.x").hex()[:8], papers._chance("quiz None 7", "b", "a").hex()[:8]] == [
        "8450ddf2",
        "ae0f3594",
    ]


def test_options_stand_in_every_order() -> None:
    drawn = [papers.quiz(None, seed) for seed in range(100)]
    orders = Counter(papers.order(paper, question) for paper in drawn for question in paper.questions)
    assert len(orders) == 24


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
    assert papers.Result("easy", right, asked).strength == strength
