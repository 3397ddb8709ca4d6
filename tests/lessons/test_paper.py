"""Which questions a test draws, and what the answers say; and that it stays so."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import lessons
from checks.lessons import bank_questions
from checks.lessons import paper as papers

TESTS = [*lessons.tests(), None]


SEED = st.integers(0, 10**9 - 1)


def right(test: str | None, seed: int) -> str:
    return "".join(question.answer for question in papers.quiz(test, seed).questions)


@settings(max_examples=200)
@given(test=st.sampled_from(TESTS), seed=SEED)
def test_ten_different_questions_from_easy_to_hard(test: str | None, seed: int) -> None:
    paper = papers.quiz(test, seed)
    levels = [question.difficulty for question in paper.questions]
    assert levels == ["easy"] * 4 + ["medium"] * 3 + ["hard"] * 3
    assert len({question.id for question in paper.questions}) == 10
    if test:
        assert {question.lesson for question in paper.questions} <= set(lessons.tests()[test])


def test_every_question_can_be_drawn_by_its_quiz_and_by_the_quiz_on_everything() -> None:
    of = len(bank_questions())
    for test in TESTS:
        wanted = {q.id for q in bank_questions() if test is None or q.lesson in lessons.tests()[test]}
        drawn = Counter(q.id for seed in range(400) for q in papers.quiz(test, seed, of).questions)
        assert set(drawn) == wanted


def test_a_seed_draws_the_same_on_every_machine() -> None:
    assert papers.quiz("approval", 7) == papers.quiz("approval", 7) != papers.quiz("approval", 8)
    # Written down once: a change of this would change tests that were handed in.
    assert [papers._chance(7, "bank.x").hex()[:8], papers._chance("quiz None 7", "b", "a").hex()[:8]] == [
        "8450ddf2",
        "ae0f3594",
    ]


def test_the_line_that_draws_another_test_names_no_seed() -> None:
    assert papers.quiz("approval", 7).another == 'quiz("approval")'
    assert papers.quiz(None, 7).another == "quiz()"


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


# ── the bank grows ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> int:
    """The bank with a question more for each level and test; how many it has then."""
    bank = bank_questions()
    more = tuple(
        replace(bank[0], id=f"bank.more-{level}-{about}", difficulty=level, lesson=about)
        for level in papers.LEVELS
        for about in ("rollback", "approval")
    )
    monkeypatch.setattr(papers, "bank_questions", lambda: bank + more)
    return len(bank + more)


def test_what_was_handed_in_before_is_drawn_and_marked_as_it_was(grown: int) -> None:
    drawn = {seed: papers.quiz("approval", seed) for seed in range(100)}
    assert not any("more-" in question.id for paper in drawn.values() for question in paper.questions)
    # Written down when there was no `of` yet: a change of these would change marks that were given.
    assert papers.marks("approval", 7, "dacddcdccd") == 10
    assert papers.marks("rollback", 3, "bacbababaa") == 8
    assert papers.quiz("approval", 7).call == 'quiz("approval", seed=7'


def test_a_new_question_is_drawn_by_a_test_that_says_how_many_there_are(grown: int) -> None:
    for test in TESTS:
        drawn = {question.id for seed in range(200) for question in papers.quiz(test, seed, grown).questions}
        assert sum("more-" in id_ for id_ in drawn) == (6 if test is None else 3)
    paper = papers.quiz("approval", 7, grown)
    assert paper.call == f'quiz("approval", seed=7, of={grown}'
    assert paper.by != papers.quiz("approval", 7).by
    # Each further question displaces at most one.
    one_fewer = papers.quiz("approval", 7, grown - 1)
    assert len(set(paper.questions) - set(one_fewer.questions)) <= 1


def test_the_first_questions_are_what_they_were() -> None:
    """Their order, lessons and levels decide what a test without `of` draws: order.txt only ever grows."""
    told = repr([(q.id, q.lesson, q.difficulty) for q in bank_questions()[: papers.FIRST]])
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == "92dc19c540e902ac"


@pytest.mark.parametrize("of", [0, -1, 50, 10**6, True, "51", 51.0, None, pytest.param(10**5000, id="huge")])
def test_an_of_that_no_drawing_has_is_refused(of: object) -> None:
    with pytest.raises(ValueError, match="`of` says how many questions the bank had"):
        papers.marks("approval", 7, "dacd", of)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 10**9, True, "7", None, pytest.param(10**5000, id="huge")])
def test_a_seed_that_no_drawing_has_is_refused(seed: object) -> None:
    with pytest.raises(ValueError, match="A seed is a whole number"):
        papers.quiz("approval", seed)  # type: ignore[arg-type]
