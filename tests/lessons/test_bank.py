"""The question bank: what is in it, and that its claims are true. What is refused is in test_loader.py."""

import ast
import subprocess
import sys
from collections import Counter

import pytest

from checks import lessons
from checks.author.proofs import refuted
from checks.lessons import bank_questions, paper

QUESTIONS = bank_questions()

# The syllabus's topics, each with the misconception that it tests: the slug and the wrong option's id.
TOPICS = """
purpose-approval/trains-faster purpose-versioning/backup rollback-not-retraining/retrains
rejecting-keeps/deletes valid-stages/rejected unquoted-stage/syntax-error status-is-not-stage/stage
version-type/string approver-keys/users on-reject/continues alias-is-a-name/copy latest-not-best/best
v9-before-v10/true dictionary-order/newest-last nothing-stable/none stale-variable/resets
two-productions/impossible stage-to-version-map/lossless empty-list/filter-right search-order/version-order
approvers-elsewhere/same-everywhere gate-at-threshold/approved stage-case/refused aliases-in-search/filled
alias-move/reloads timeout/always-rejects
rejected-tag/blocks copy-model-version/copies-bytes ready-not-loadable/loadable airflow-reject/fails
tags-overwrite/history webhooks-need-a-server/fires killed-while-paused/always-lost
killed-while-paused/always-safe resume-runs-again/not-again self-approval/fine-if-listed
quorum-double-vote/counts-twice newer-stable/valid github-reviewers/all name-in-payload/authenticated
"""


def _slug(question):
    return question.id.removeprefix("bank.")


@pytest.mark.parametrize("slug", sorted({question.back_to.partition(".")[0] for question in QUESTIONS}))
def test_at_least_two_questions_lead_back_to_each_lesson(slug):
    assert sum(question.back_to.startswith(f"{slug}.") for question in QUESTIONS) >= 2


def test_every_topic_of_the_syllabus_is_asked_with_its_misconception():
    held = {f"{_slug(question)}/{m.id}" for question in QUESTIONS for m in question.misconceptions}
    assert set(TOPICS.split()) <= held


def test_enough_questions_a_level_and_in_every_quiz():
    levels = Counter(question.difficulty for question in QUESTIONS)
    assert set(levels) == set(paper.LEVELS)
    assert min(levels.values()) >= len(QUESTIONS) / 4, "a level has gone short"
    for about in lessons.tests().values():
        levels = Counter(q.difficulty for q in QUESTIONS if q.lesson in about)
        assert all(levels[level] >= count for level, count in paper.LEVELS.items())


def test_every_option_has_its_own_reason_and_every_wrong_one_its_misconception():
    for question in QUESTIONS:
        assert len(set(question.reasons.values())) == 4
        wrong = {letter: m for m in question.misconceptions for ((letter,),) in [m.samples]}
        assert sorted([*wrong, question.answer]) == list(question.letters)
        for letter, misconception in wrong.items():
            assert misconception.says == question.reasons[letter]
        assert question.right == question.reasons[question.answer]


def test_neither_the_letter_nor_the_length_gives_the_answer_away():
    for level in ("easy", "medium", "hard"):
        answers = [q.answer for q in QUESTIONS if q.difficulty == level]
        for letter in "abcd":  # a fourth each, give or take a sixth: guessing one letter gains nothing
            assert 1 / 12 <= answers.count(letter) / len(answers) <= 5 / 12, (level, letter)
    longest = [q for q in QUESTIONS if q.options["abcd".index(q.answer)] == _longest(q)]
    assert len(QUESTIONS) * 0.1 <= len(longest) <= len(QUESTIONS) * 0.4


def _longest(question):
    return max(question.options, key=len)


def test_what_the_questions_claim_is_true():
    """Their proofs are run: those about Python, MLflow and the pipeline."""
    proved = [question for question in QUESTIONS if question.proof]
    for question in proved:
        nodes = ast.walk(ast.parse(question.proof))
        assert any(isinstance(node, ast.Assert | ast.Raise) for node in nodes), question.id
    assert refuted(proved) == {}
    assert len(proved) >= 0.8 * len(QUESTIONS), "what Python, MLflow or the engine does can be run"


def test_importing_the_workbook_reads_no_question():
    code = "import sys, checks, checks.lessons; assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
