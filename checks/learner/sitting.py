"""A test or a review as a learner sits it: the verdicts on the answers so far, and the card that shows it.

Called by the words `quiz` and `review`, and by authors for the unanswered face in `notebooks/`.
"""

from collections.abc import Sequence

from checks.catalogue import tr
from checks.exercise import Verdict
from checks.judge import judge
from checks.learner.card.quiz import Asked, QuizCard, QuizState
from checks.lessons import exercises, lesson_of
from checks.lessons.paper import Paper, practice, results


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
        Asked(question, _place(question.back_to), letter, verdict)
        for question, (letter, verdict) in zip(paper.questions, told, strict=True)
    )
    strengths = tuple((r.level, r.strength) for r in results(paper, letters)) if over else ()
    state = QuizState(
        paper.title,
        paper.call,
        asked,
        letters,
        strengths,
        notice,
        final=paper.part_by_part,
        another=paper.another,
    )
    return QuizCard(state)


def missed(paper: Paper, letters: str) -> Paper:
    """For practice: the questions of a paper that is over whose answers were wrong."""
    told = zip(paper.questions, verdicts(paper, letters), strict=True)
    wrong = [question for question, verdict in told if not verdict.correct]
    again = paper.title if not paper.by else tr("Practice: {title}", title=paper.title)
    return practice(wrong, again)


def _place(exercise: str) -> str:
    """Where an exercise is found, as Markdown."""
    lesson, there = lesson_of(exercise), exercises()[exercise]
    where = tr("lesson {number}, {place}", number=lesson.number, place=lesson.place(there))
    return f"[{where}]({lesson.notebook}.ipynb): {there.title}"
