"""What is said of an answer: one clear sentence on what really happened, and what to try."""

from dataclasses import replace

import pytest

from checks.exercise import Situation, Variable
from checks.judge import LONGEST_SOURCE, Runners, judge
from tests.helpers.tasks import DOUBLE, HALVE


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("while True: pass", "still running after 1 seconds"),
        ("while True:\n  try:\n    while True: pass\n  except BaseException: pass", "still running after"),
        ("import sys; sys.exit()", "left Python before its end"),
        ("import os; os._exit(0)", "left Python before its end"),
        ("doubled = bytearray(10 ** 10)", "more than 2 GB of memory"),
        ("print('x' * 10 ** 8)", "printed more than 1 MB"),
        ("doubled = m", "`NameError: name 'm' is not defined`"),
        ("doubled = (", "Python cannot read the code in line 1: `SyntaxError: '(' was never closed`"),
        ("doubled == 4", "NameError"),
        ("other = 4", "your code never set `doubled`"),
        ("doubled = '4'", "should be `4`; your code made it `'4'`"),
        ("doubled = True + 3.0", "should be `4`; your code made it `4.0`"),
        ("%matplotlib inline", "Line 1 is a notebook command"),
        ("x = (1\n!ls", "Python cannot read the code"),
        ("doubled = n\n" + "#" * LONGEST_SOURCE, "an answer may have 100,000"),
        ("doubled = 4 #\0", "SyntaxError"),
        ("doubled = " + "(" * 5000 + ")" * 5000, "SyntaxError"),
        ("doubled = " + "-" * 50_000 + "4", "SyntaxError"),
        ("class E(Exception):\n  def __str__(self): raise self\nraise E()", "`E"),
    ],
)
def test_a_wrong_answer_gets_one_clear_sentence_on_what_happened(
    runners: Runners, answer: str, says: str
) -> None:
    verdict = judge(DOUBLE, answer, runners)
    assert verdict.status == "wrong" and says in verdict.feedback, verdict.feedback
    assert "**Try:**" in verdict.feedback


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def halve(n):\n    return n / 2", "With 4, the half should be `2`; it is `2.0`."),
        (
            "def halve(n):\n    return n // 2",
            "With 3, `LookupError` should have been raised, and nothing was.",
        ),
        (
            "def halve(n):\n    n\n    return m",
            "this was raised in line 3: `NameError: name 'm' is not defined`",
        ),
        ("def half(n):\n    return 2", "this was raised: `NameError: name 'halve' is not defined`"),
        ("def halve():\n    return 2", "TypeError"),
        ("def halve(n):\n    raise SystemExit", "left Python"),
        ("def halve(n):\n    while True: pass", "still running"),
        # what an answer leaves under a name that `after` sets is not taken for what `after` found
        ("half, halves, most = 2, [2, 3], 3\ndef halve(n):\n    return 0", "it is `0`"),
        # and what it leaves under Python's names changes nothing for `after`
        ("import builtins\nmax = builtins.max = lambda _: 3\ndef halve(n):\n    return n - 2", "halves"),
        (
            "LookupError = ValueError\ndef halve(n):\n    if n % 2: raise LookupError\n    return n // 2",
            "ValueError",
        ),
    ],
)
def test_a_wrong_function_is_told_what_it_did(runners: Runners, source: str, says: str) -> None:
    verdict = judge(HALVE, source, runners)
    assert verdict.status == "wrong"
    assert says in verdict.feedback


ENDINGS = replace(
    HALVE,
    before="def whole(n):\n    return int(n)\n",
    situations=(Situation("4 and 3", after={"calls": [[4], [3]]}),),
    after="""
def attempt(n):
    try:
        return ("returns", halve(n))
    except LookupError as error:
        return ("raises", "LookupError", error.__traceback__.tb_next.tb_lineno, str(error))
endings = [attempt(*call) for call in calls]
""",
    compares=(Variable("endings", shown="halve", calls="calls"),),
)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("return n // 2", "`halve(3)` (call 2 of 2) should raise `LookupError`; it returns `1`."),
        ("raise LookupError(f'no {n}')", "should return `2`; it raises `LookupError` in line 2: `no 4`."),
        ("return whole('four')", "this was raised in `whole`, which line 2 called: `ValueError: invalid"),
    ],
)
def test_how_calls_end_is_told_in_words(runners: Runners, body: str, says: str) -> None:
    assert says in judge(ENDINGS, f"def halve(n):\n    {body}", runners).feedback


def test_what_an_exception_says_and_its_line_are_free(runners: Runners) -> None:
    source = "def halve(n):\n    if n % 2:\n\n        raise LookupError\n    return n // 2"
    assert judge(ENDINGS, source, runners).correct
