"""Exercises that no lesson has: a choice, and options that try to be more than text.

Imported by the notebook that tests/browser/test_made_up.py writes, before the workbook's words.
"""

import checks.lessons
from checks.exercise import Choice, FillIn, Lesson, Misconception, Situation, Variable

ATTACK = "<img src=x onerror='window.attacked=1'>"
QUOTES = "'it''s' + \"\\\\\""

_CHOICE = Choice(
    id="made.1",
    title="What is an approval for?",
    difficulty="easy",
    task="Choose what an approval workflow is for.",
    options=(
        "To delete old models",
        "```yaml\nsteps: [{name: approve, type: approval}]\n```",
        f"To train faster {ATTACK}",
        "To check a model before production",
    ),
    answer="d",
    quick_check="Who looks at it before customers do?",
    hints=("It comes before production.",),
    common_mistakes=("Taking approval for training.",),
    explanation="A person looks at a model before it serves anyone.",
    right="A model is checked before production.",
    misconceptions=(
        Misconception("deleting", "Approval deletes nothing.", "Read again.", (("a",),)),
        Misconception("syntax", "That is how it is written.", "Read again.", (("b",),)),
        Misconception("training", f"Approval trains nothing {ATTACK}.", "Read again.", (("c",),)),
    ),
)
_FILL = FillIn(
    id="made.2",
    title=f"Text that stays text {ATTACK}",
    difficulty="hard",
    task=f"Set `label` {ATTACK}.",
    code="label = [1]  # <b>a comment</b>",
    options=(f'"{ATTACK}"', QUOTES, "</code><script>window.attacked=1</script>", "'right'"),
    answer=("'right'",),
    hints=(f"No {ATTACK}",),
    common_mistakes=(f"Any {ATTACK}",),
    explanation=f"No {ATTACK}",
    right=f"Right {ATTACK}",
    situations=(Situation("nothing set"),),
    compares=(Variable("label"),),
)
LESSON = Lesson(
    slug="made",
    number=99,
    notebook="made_up",
    title="Made up",
    minutes=1,
    unit="questions",
    exercises=(_CHOICE, _FILL),
)
if __name__ == "made_up":  # in the notebook's kernel alone: the tests of the real lessons share our process
    _lessons = (*checks.lessons.lessons(), LESSON)
    checks.lessons.lessons = lambda: _lessons
