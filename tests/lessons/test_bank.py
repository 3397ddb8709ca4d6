"""The question bank: what is in it, that its claims are true, and what is refused at load."""

import ast
import subprocess
import sys
from collections import Counter

import pytest
import yaml

from checks.author.proofs import refuted
from checks.lessons import LESSONS, bank
from checks.lessons.bank import BankError

STEPS = {exercise.id for lesson in LESSONS for exercise in lesson.exercises}
QUESTIONS = bank.load(sorted(bank.FOLDER.glob("*.yaml")), STEPS)

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


@pytest.mark.parametrize(
    "slug", ["rollback", "approval", "pipeline", "order", "alias", "restore", "gate", "durable"]
)
def test_at_least_two_questions_lead_back_to_each_lesson(slug):
    assert sum(question.back_to.startswith(f"{slug}.") for question in QUESTIONS) >= 2


def test_every_topic_of_the_syllabus_is_asked_with_its_misconception():
    held = {f"{question.slug}/{m.id}" for question in QUESTIONS for m in question.exercise.misconceptions}
    assert set(TOPICS.split()) <= held


def test_enough_questions_a_level_and_in_every_quiz():
    levels = Counter(question.exercise.difficulty for question in QUESTIONS)
    assert len(QUESTIONS) >= 45
    assert min(levels["easy"], levels["medium"], levels["hard"]) >= 15
    for lessons in bank.QUIZZES.values():
        levels = Counter(q.exercise.difficulty for q in QUESTIONS if q.lesson in lessons)
        assert levels["easy"] >= 4 and levels["medium"] >= 3 and levels["hard"] >= 3


def test_every_option_has_its_own_reason_and_every_wrong_one_its_misconception():
    for question in QUESTIONS:
        exercise = question.exercise
        assert len(set(question.reasons.values())) == 4
        wrong = {letter: m for m in exercise.misconceptions for ((letter,),) in [m.samples]}
        assert sorted([*wrong, exercise.answer]) == list(exercise.letters)
        for letter, misconception in wrong.items():
            assert misconception.says == question.reasons[letter]
        assert exercise.right == question.reasons[exercise.answer]


def test_neither_the_letter_nor_the_length_gives_the_answer_away():
    for level in ("easy", "medium", "hard"):
        answers = [q.exercise.answer for q in QUESTIONS if q.exercise.difficulty == level]
        assert max(Counter(answers).values()) - min(Counter(answers).values()) <= 1
    longest = [q for q in QUESTIONS if q.exercise.options["abcd".index(q.exercise.answer)] == _longest(q)]
    assert len(QUESTIONS) * 0.1 <= len(longest) <= len(QUESTIONS) * 0.4


def _longest(question):
    return max(question.exercise.options, key=len)


def test_what_the_questions_claim_is_true():
    """Their proofs are run: those about Python, MLflow and the pipeline."""
    proved = [question for question in QUESTIONS if question.proof]
    for question in proved:
        nodes = ast.walk(ast.parse(question.proof))
        assert any(isinstance(node, ast.Assert | ast.Raise) for node in nodes), question.slug
    assert refuted(proved) == {}
    about_others = {"airflow-reject", "github-reviewers", "timeout", "killed-while-paused"}
    in_words = {"purpose-versioning", "rollback-not-retraining", "purpose-approval", "delete-the-bad-one"}
    assert {q.slug for q in QUESTIONS} - {q.slug for q in proved} == about_others | in_words


QUESTION = {
    "slug": "one",
    "topic": "One",
    "lesson": "approval",
    "level": "easy",
    "text": "What?",
    "options": {
        "a": {"text": "A", "reason": "no a", "misconception": "aa"},
        "b": {"text": "B", "reason": "yes b"},
        "c": {"text": "C", "reason": "no c", "misconception": "cc"},
        "d": {"text": "D", "reason": "no d", "misconception": "dd"},
    },
    "right": "b",
    "remember": "This.",
    "back_to": "approval.1",
    "proof": "assert 1 + 1 == 2",
}


def _load(tmp_path, *entries, prove=None):
    path = tmp_path / "some.yaml"
    path.write_text(entries[0] if isinstance(entries[0], str) else yaml.safe_dump(list(entries)))
    return bank.load([path], STEPS, prove)


def _changed(**fields):
    entry = yaml.safe_load(yaml.safe_dump(QUESTION))
    for path, value in fields.items():
        *parents, last = path.split("__")
        within = entry
        for parent in parents:
            within = within[parent]
        if value is None:
            del within[last]
        else:
            within[last] = value
    return entry


def test_a_question_in_order_becomes_a_choice(tmp_path):
    (question,) = _load(tmp_path, QUESTION, prove=refuted)
    assert question.id == question.exercise.id == "bank.one"
    assert question.exercise.answer == "b"
    assert question.exercise.misconceptions[0].samples == (("a",),)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"options__c__reason": None}, "options.c.reason"),
        ({"options__b__reason": "  "}, "options.b.reason"),
        ({"options__c__misconception": None}, "options.c.misconception"),  # two right options
        ({"options__b__misconception": "bb"}, "options.b.misconception"),
        ({"options__c__misconception": "aa"}, "options.c.misconception"),
        ({"right": ["b", "c"]}, "right"),
        ({"right": "bc"}, "right"),
        ({"right": "e"}, "right"),
        ({"right": ""}, "right"),
        ({"back_to": "approval.9"}, "back_to"),
        ({"options__d": None}, "options"),
        ({"options__e": {"text": "E"}}, "options"),
        ({"options__d__text": "A"}, "options.d.text"),
        ({"options__d": "D"}, "options.d"),
        ({"options__d__why": "x"}, "options.d.why"),
        ({"level": "harder"}, "level"),
        ({"lesson": "cooking"}, "lesson"),
        ({"slug": "One!"}, "slug"),
        ({"slug": 1}, "slug"),
        ({"topic": None}, "topic"),
        ({"remember": 7}, "remember"),
        ({"hint": "x"}, "hint"),
        ({"proof": "assert 1 +"}, "proof"),
        ({"proof": "assert 1 + 1 == 3"}, "proof"),
        ({"proof": "client.transition_model_version_stage('MyModel', 1, stage='Rejected')"}, "proof"),
    ],
)
def test_what_is_not_in_order_is_refused_with_file_question_and_field(tmp_path, change, field):
    with pytest.raises(BankError) as refused:
        _load(tmp_path, _changed(**change), prove=refuted if field == "proof" else None)
    assert refused.value.file == "some.yaml"
    assert refused.value.field == field
    assert str(change.get("slug", "one")) in str(refused.value)
    assert "some.yaml" in str(refused.value) and repr(field) in str(refused.value)


def test_doubled_slugs_and_keys_are_refused(tmp_path):
    with pytest.raises(BankError) as refused:
        _load(tmp_path, QUESTION, QUESTION)
    assert (refused.value.question, refused.value.field) == ("one", "slug")
    with pytest.raises(BankError) as refused:
        _load(tmp_path, yaml.safe_dump([QUESTION]).replace("right: b", "right: b\n  right: c"))
    assert refused.value.field == "right"


@pytest.mark.parametrize("text", ["", "hello", "a: [", "- 1", "[]"])
def test_a_file_that_holds_no_questions_is_refused(tmp_path, text):
    with pytest.raises(BankError) as refused:
        _load(tmp_path, text)
    assert refused.value.file == "some.yaml"


def test_importing_the_workbook_reads_no_question():
    code = "import sys, checks, checks.lessons.bank; assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
