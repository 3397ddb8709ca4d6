"""The faces of an interview: the question is asked, and what a good answer says is folded away."""

from checks.learner.card.interview import InterviewCard
from checks.lessons import interviews


def test_the_answer_is_folded_and_the_question_is_not() -> None:
    asked = interviews()["rollback"][0]
    faces = InterviewCard("rollback", asked, 'interview("rollback", 2)')._repr_mimebundle_()
    assert asked.asks in faces["text/plain"] and asked.says not in faces["text/plain"]
    before, folded = faces["text/html"].split("<details>", 1)
    assert "Answer aloud" in before and "A good answer" not in before
    assert folded.count("<li>") == len(asked.listen)
    assert '<code>interview("rollback", 2)</code>' in folded
