"""What a code cell says to the workbook: its calls, read as they are written and never run."""

import pytest

from checks import calls
from checks.calls import Quiz


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ('ask("approval.2", "status")', [("approval.2", ("status",))]),
        ('checks.ask("approval.2")', [("approval.2", ())]),
        ('ask("a.1", "x"); ask("a.2", "y")', [("a.1", ("x",)), ("a.2", ("y",))]),
        ('ask("approval.2", status)', [("approval.2", None)]),
        ('ask("approval.2", *["status"])', [("approval.2", None)]),
        ('ask("approval.2", option="status")', [("approval.2", None)]),
        ("ask(name)", []),
        ("# ask('approval.2')\n'ask(\"approval.2\")'", []),
        ('%time\nask("approval.2", "status")', [("approval.2", ("status",))]),
        ('x = (\nask("approval.2", "status")', [("approval.2", ("status",))]),  # a line of what is no Python
    ],
)
def test_a_card_is_answered_by_what_is_written_out(source: str, asks: list[object]) -> None:
    assert list(calls.said(source).asks) == asks


@pytest.mark.parametrize(
    ("source", "checks"),
    [
        ('check("a.1")', [("a.1", None)]),
        ('from checks import check\ncheck("a.1")', [("a.1", None)]),
        ('x = "é"\ncheck("a.1")', [("a.1", 'x = "é"\n')]),
        ('x = 1; check("a.1")', [("a.1", "x = 1; ")]),
        ('%time\nx = 1\ncheck("a.1")', [("a.1", "%time\nx = 1\n")]),
        ('print(check("a.1"))', [("a.1", None)]),
        ('x = 1\ncheck("a.1")\ny = 2\ncheck("a.1")', [("a.1", "x = 1\n")]),
        ('x = (\ncheck("a.1")', [("a.1", None)]),
    ],
)
def test_a_check_comes_with_what_stands_above_it(source: str, checks: list[object]) -> None:
    assert list(calls.said(source).checks) == checks


def test_of_a_hundred_checks_in_a_cell_only_some_are_read() -> None:
    many = "\n".join(f'check("a.{number}")' for number in range(100))
    assert len(calls.said(many).checks) == 20


@pytest.mark.parametrize(
    ("source", "quizzes"),
    [
        ('quiz("x", seed=7, answers="ba")', [Quiz("x", 7, "ba")]),
        ('quiz("x", 7, "ba", of=51)', [Quiz("x", 7, "ba", 51)]),
        ('quiz("x", seed=7)', []),
        ('quiz("x", answers="ba")', []),
        ('quiz("x", seed=7, answers=open("a"))', []),
        ('quiz("x", seed=len("a"), answers="b", of=True)', [Quiz("x", -1, "b", -1)]),
        (f'quiz("x", seed={10**9}, answers="b")', [Quiz("x", -1, "b")]),
        (f'quiz("x", seed={"9" * 5000}, answers="b")', [Quiz("x", -1, "b")]),  # which Python does not parse
    ],
)
def test_a_test_is_read_with_its_seed_and_answers(source: str, quizzes: list[Quiz]) -> None:
    assert list(calls.said(source).quizzes) == quizzes


@pytest.mark.parametrize("sat", [Quiz("x", 7, "ba"), Quiz("x", 7, 'b"é', 51)])
def test_a_tests_line_is_read_back_as_it_was_written(sat: Quiz) -> None:
    assert calls.said(sat.call).quizzes == (sat,)


def test_a_cards_line_is_read_back_as_it_was_written() -> None:
    line = calls.call("approval.3", ('"Archived"', "é"))
    assert line == 'ask("approval.3", "\\"Archived\\"", "é")'
    assert calls.said(line).asks == (("approval.3", ('"Archived"', "é")),)


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("from checks import check\nprogress()", True),
        ('checks.hint("a.1")', True),
        ('x = 1\ncheck("a.1")', False),
        ('other.hint("a.1")', False),
        ("x = 1", False),
        ("", False),
        ("import os" + " " * calls.LONGEST_CALL, False),
    ],
)
def test_a_cell_of_our_words_alone_is_no_answer(source: str, ours: bool) -> None:
    assert calls.only_words(source) == ours


def test_a_cell_binds_what_it_sets_at_its_outermost_level() -> None:
    source = "a, *b = 1, 2\nfor c in []: d = 1\ndef f(): inner = 1\nclass K: x = 1\nwith o as w: pass"
    assert calls.binds(source) == {"a", "b", "c", "d", "f", "K", "w"}
    assert calls.binds("x = 1" + " " * calls.LONGEST_CALL) == set()


def test_parsing_gives_up_without_a_word() -> None:
    for source in ("x = " + "(" * 90_000, "\0", "x = (1", "-" * 100_000 + "1"):
        assert calls.said(source) == calls.Said()
