"""A kata's faces: what is asked and how to answer by typing, and at the end what comes back when."""

from dataclasses import replace

from checks.exercise import Verdict
from checks.learner.card.card import CardState
from checks.learner.card.kata import Answered, KataState, Turn, faces
from checks.learner.card.view import kata_view
from checks.lessons import exercises, lesson_of

QUESTION = exercises()["bank.f-string"]
TURN = Turn("kata", "rollback", "", "Lesson 1, a question", "", 'kata("rollback", seed=7, answers=…)')
NOW = CardState(QUESTION, lesson_of(QUESTION.id), practice=TURN)
ASKED = KataState("Kata on rollback, seed 7", 'kata("rollback", seed=7', 2, (), NOW, "bank.f-string:ask")
ROW = Answered("A <title>", "Lesson 1, step 1", True, "quite sure", "tomorrow")
GIVEN = (("bank.f-string:ask", "quite", "b"),)
END = replace(ASKED, now=None, given=GIVEN * 2, answered=(ROW, replace(ROW, right=False)))


def test_an_item_at_hand() -> None:
    view, face = kata_view(ASKED), faces(ASKED)
    assert view["facts"] == ["Kata on rollback, seed 7, 1 of 2", "Lesson 1, a question", "Easy"]
    assert view["buttons"] == ["little", "fairly", "quite"] and not view["locked"]
    assert "kata(&quot;rollback&quot;" in face["text/html"]
    assert face["text/plain"] == "Kata on rollback, seed 7: 0 of 2 answered"


def test_an_item_that_is_answered_keeps_its_place_until_next() -> None:
    told = replace(ASKED, given=GIVEN, now=replace(NOW, answer=("b",), verdict=Verdict("wrong", "Why.")))
    view = kata_view(told)
    assert (view["turn"], view["locked"], view["buttons"]) == (0, True, ["check"])
    assert "1 of 2" in view["facts"][0] and "Why." in view["feedback"]


def test_the_end_says_what_comes_back_and_escapes_what_it_shows() -> None:
    view, face = kata_view(END), faces(END)
    assert face["text/plain"].endswith("1 of 2 right") and view["over"]
    for html in (face["text/html"], view["explanation"]):
        assert "tomorrow" in html and "quite sure" in html and "A &lt;title&gt;" in html
