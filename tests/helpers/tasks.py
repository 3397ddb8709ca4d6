"""Small exercises for the tests of judging."""

from checks.exercise import Misconception, Situation, Step, Variable

TEXTS = {
    "title": "Double it",
    "difficulty": "easy",
    "task": "Set `doubled` to twice `n`.",
    "hints": ("Multiply.",),
    "common_mistakes": ("Adding two.",),
    "explanation": "Twice is times two.",
    "right": "Twice, whatever `n` is.",
}


DOUBLE = Step(
    id="t.1",
    reference="doubled = 2 * n",
    situations=tuple(Situation(f"n = {n!r}", {"n": n}) for n in (2, 3, "ab")),
    compares=(Variable("doubled"),),
    misconceptions=(
        Misconception("adds", "You add two.", "multiply.", ("doubled = n + 2 if n != 'ab' else n",)),
        Misconception(
            "reads",
            "You read a file.",
            "do not.",
            ("doubled = open('nothing')",),
            when=lambda seen: "open" in seen.source,
        ),
    ),
    seconds=1,
    **TEXTS,
)


HALVE = Step(
    id="t.4",
    reference="""
def halve(n):
    if n % 2:
        raise LookupError(f"{n} has no half")
    return n // 2
""",
    situations=tuple(
        Situation(given, after={"numbers": numbers})
        for given, numbers in (("4", [4]), ("4 and 6", [4, 6]), ("3", [3]))
    ),
    after="halves = [halve(n) for n in list(numbers)]\nhalf, most = halves[0], max(halves)",
    compares=(Variable("half", shown="the half"), Variable("halves"), Variable("most")),
    seconds=1,
    **TEXTS,
)
