"""A step's wrong answers, as forms take them."""

from dataclasses import replace

from checks.exercise import Misconception, Step
from checks.judge.forms.wrongs import wrong_answers
from checks.lessons import exercises


def test_what_python_cannot_read_is_left_out() -> None:
    step = exercises()["rollback.2"]
    assert isinstance(step, Step)
    held = Misconception("x", "Wrong.", "Mend it.", ("\nx = 1\n", "x = = 1", "# nothing", "y = 2"))
    assert wrong_answers(replace(step, misconceptions=(held,))) == [(held, "x = 1"), (held, "y = 2")]
