"""The player's trace: what is noted, where it ends, and that no answer can make it hang or crash."""

import pytest

from checks.runner import Error, Given, Job
from checks.runner.trace import STEPS, read
from checks.runner.values import show


def traced(runner, code, seconds=20.0, after="", **before):
    return runner.run(Job(code, after=after, seconds=seconds, given=Given(before), traced=True))


def told(outcome):
    """The moments in short: what, in which line, with which variables."""
    return [
        (each.event, each.line, {name: show(value) for name, value in each.names.items()})
        for each in outcome.trace.moments
    ]


def test_lines_come_in_their_order_with_the_variables_before_them(runner) -> None:
    found = traced(runner, "for n in given:\n    if n > 1:\n        last = n\n", given=[1, 2])
    given = {"given": "[1, 2]"}
    assert told(found) == [
        ("line", 1, given),
        ("line", 2, {**given, "n": "1"}),
        ("line", 1, {**given, "n": "1"}),
        ("line", 2, {**given, "n": "2"}),
        ("line", 3, {**given, "n": "2"}),
        ("line", 1, {**given, "n": "2", "last": "2"}),
        ("return", 1, {**given, "n": "2", "last": "2"}),
    ]
    assert (found.ended, found.trace.stopped) == ("finished", "over")


def test_a_job_that_is_not_traced_has_no_trace(runner) -> None:
    assert runner.run(Job("x = 1")).trace is None


def test_a_function_is_followed_with_what_it_gives_back_and_raises(runner) -> None:
    code = "log = []\ndef f(n):\n    log.append(n)\n    return 1 / n\n"
    found = traced(runner, code, after="f(2)\ntry:\n    f(0)\nexcept ZeroDivisionError:\n    pass")
    inside = [each for each in found.trace.moments if each.function]
    assert [(each.event, each.line, each.caller) for each in inside] == [
        ("line", 3, 1),
        ("line", 4, 1),
        ("return", 4, 1),
        ("line", 3, 3),
        ("line", 4, 3),
        ("raise", 4, 3),
    ]
    assert [show(each.around["log"]) for each in inside[:2]] == ["[]", "[2]"]
    assert inside[0].takes == ("n",)
    assert inside[2].returned == ("float", "0.5")
    assert inside[5].raised == Error("ZeroDivisionError", "division by zero", 4)
    assert inside[0].frame != inside[3].frame


def test_what_is_printed_so_far_goes_with_each_moment(runner) -> None:
    found = traced(runner, "print('a', end='')\nprint('b')\nx = 1")
    assert [each.printed for each in found.trace.moments] == ["", "a", "ab\n", "ab\n"]


def test_an_endless_loop_shows_its_first_steps_at_once(runner) -> None:
    found = traced(runner, "n = 0\nwhile True:\n    n += 1\n")
    assert len(found.trace.moments) == STEPS
    assert found.trace.stopped == "steps"
    assert found.seconds < 15


def test_what_was_stopped_has_shown_what_came_before(runner) -> None:
    found = traced(runner, "import time\nx = 1\ntime.sleep(60)", seconds=1.5)
    assert found.ended == "timed_out"
    assert [each.line for each in found.trace.moments] == [1, 2, 3]
    assert found.trace.stopped == ""


@pytest.mark.parametrize(
    "code",
    [
        "import sys\nsys.settrace(None)\nx = 1",
        "import sys\nsys.settrace(lambda *a: 1 / 0)\ndef f(): pass\ntry: f()\nexcept Exception: pass",
        "class A:\n def __repr__(self): raise SystemExit\n __str__ = __eq__ = __repr__\na = A()\nb = 1",
        "class A:\n    def __getattribute__(self, name): raise KeyboardInterrupt\na = A()\nb = 1",
        "class D(dict):\n    def items(self): raise SystemExit\nd = D(a=1)\nb = 1",
        "big = 'x' * 10**7\nmany = list(range(10**6))\nb = 1",
        "own = []\nown.append(own)\nb = 1",
        "def f(n): return f(n + 1)\nf(0)",
        "import sys\nsys.setrecursionlimit(60)\ndef f(n): return n and f(n - 1)\nf(40)",
        "def g():\n yield 1\n yield 2\nx = [*g()], {n: n for n in g()}\ny = sum(n for n in g())",
        "import threading\nt = threading.Thread(target=lambda: 1)\nt.start()\nt.join()\nb = 1",
        "import os\nos.write = os.open = os.close = os._exit = lambda *a, **k: 1 / 0\nb = 1",
        "import json, builtins\njson.JSONEncoder.iterencode = builtins.isinstance = None\nb = 1",
        "import os\nos.closerange(0, 100)\nb = 1",
        "import sys\nsys._getframe().f_trace = None\nb = 1",
        "async def f(): return 1\nimport asyncio\nx = asyncio.run(f())",
        "class M(type):\n @classmethod\n def __prepare__(*_): return type('N', (dict,), {'items': 1})()\n"
        "class C(metaclass=M):\n    x = 1\nb = 1",
        "raise ExceptionGroup('no', [ValueError(object())])",
        "class E(Exception):\n def __str__(self): raise SystemExit\ntry:\n    raise E\nexcept E:\n    pass",
        "\N{RIGHT-TO-LEFT OVERRIDE}".join(["x = '", "'"]),
        "x = '\\ud800'\nd = {'\\udfff': x}",
        "import os\nos._exit(0)",
    ],
)
def test_nothing_that_an_answer_does_keeps_it_from_being_shown(forked, code) -> None:
    plain, found = forked.run(Job(code)), traced(forked, code)
    assert found.trace.moments
    assert found.trace.moments[0].line == 1
    if found.trace.stopped != "steps":
        assert found.ended == plain.ended
        assert (found.raised and found.raised.type) == (plain.raised and plain.raised.type)


def test_a_value_is_noted_without_its_own_methods_and_never_at_length(forked) -> None:
    code = "class A:\n    def __repr__(self): return 'forged'\na = A()\nbig = 'x' * 5000\nb = 1"
    last = traced(forked, code).trace.moments[-1]
    assert show(last.names["a"]) == "<A>"
    assert show(last.names["big"]) == "(too large to show)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        "[" * 5000,
        '["line", -1, 0, "", [], 0, {}, {}, null, 0]',
        '["line", 1, 0, "", [], 0, {"x": ["int", "no"]}, {}, null, 0]',
        '["line", 1, 0, "", [], 0, {}, {}, null, -5]',
        '["raise", 1, 0, "", [], 0, {}, {}, null, 0]',
        '["line", 1, 0, "", [], 0, 5, {}, null, 0]',
    ],
)
def test_a_forged_trace_ends_where_it_is_none(text) -> None:
    good = '["line", 1, 0, "", [], 0, {"x": ["int", "1"]}, {}, null, 3]'
    found = read(f"{good}\n{text}\n{good}", b"printed")
    assert [each.line for each in found.moments] == [1]
    assert found.moments[0].printed == "pri"


def test_no_more_is_read_than_is_noted() -> None:
    good = '["line", 1, 0, "", [], 0, {}, {}, null, 0]'
    assert len(read("\n".join([good] * 900), b"").moments) <= STEPS + 1
