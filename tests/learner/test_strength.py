"""How strong a topic is: what was known at once in its lesson, and when a test last asked."""

from pathlib import Path

from checks.exercise import Verdict
from checks.learner.record import Record
from checks.learner.strength import Topic, by_topic
from checks.lessons import bank_questions

RIGHT, WRONG = Verdict("correct", ""), Verdict("wrong", "")
QUESTION = next(one for one in bank_questions() if one.lesson == "alias")


def test_a_topic_is_as_strong_as_what_was_known_at_once(tmp_path: Path) -> None:
    record = Record(tmp_path / "record.sqlite")
    assert by_topic(record.attempts()) == ()
    record.record_attempt("order.1", "x", WRONG)
    record.record_attempt("order.1", "y", RIGHT)
    record.record_attempt("alias.1", "x", RIGHT)
    record.record_attempt("alias.2", "x", WRONG)
    record.record_attempt("start.1", "x", RIGHT)  # of a lesson that does not count
    order, alias = Topic("Version order", 0, 1), Topic("Aliases and tags", 1, 2)
    assert by_topic(record.attempts()) == (order, alias)
    assert (order.strength, alias.strength) == ("not yet", "getting there")


def test_of_a_question_the_last_answer_counts(tmp_path: Path) -> None:
    record = Record(tmp_path / "record.sqlite")
    for number, verdict in enumerate((RIGHT, WRONG, RIGHT)):
        record.record_asked(f"quiz approval {number}", [(QUESTION.id, ("a",), verdict)])
        [topic] = by_topic(record.attempts())
        assert (topic.right, topic.asked) == (verdict.correct, 1)
