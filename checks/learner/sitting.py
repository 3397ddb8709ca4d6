"""A test or a review as a learner sits it: the verdicts on the answers so far, and the card that shows it.

Called by the words `quiz` and `review`, and by authors for the unanswered face in `notebooks/`.
"""

from collections.abc import Sequence

from checks.exercise import Verdict
from checks.judge import judge
from checks.learner.card.quiz import Asked, QuizCard, QuizState
from checks.lessons import exercises, lesson_of
from checks.lessons.paper import Paper, order, results
from checks.markdown import code


def verdicts(paper: Paper, letters: str) -> tuple[Verdict, ...]:
    """The verdict on each answer given so far."""
    pairs = zip(paper.questions, letters, strict=False)
    return tuple(judge(question, (letter,)) for question, letter in pairs)


def face(paper: Paper, letters: str = "", notice: str = "") -> QuizCard:
    """The paper as the learner sees it: the next question, or what all the answers say."""
    over = len(letters) == len(paper.questions)
    told: Sequence[tuple[str, Verdict | None]] = [("", None)] * len(paper.questions)
    if over:
        told = list(zip(letters, verdicts(paper, letters), strict=True))
    asked = tuple(
        Asked(question, order(paper, question), _place(question.back_to), letter, verdict)
        for question, (letter, verdict) in zip(paper.questions, told, strict=True)
    )
    strengths = tuple((r.level, r.strength) for r in results(paper, letters)) if over else ()
    state = QuizState(paper.title, paper.call, asked, letters, strengths, notice, final=paper.part_by_part)
    return QuizCard(state)


def _place(exercise: str) -> str:
    """Where an exercise is found, as Markdown."""
    lesson, title = lesson_of(exercise), exercises()[exercise].title
    return f"{code(exercise)} {title}, in [{lesson.number} {lesson.title}]({lesson.notebook}.ipynb)"
