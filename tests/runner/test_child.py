"""The process in which an answer runs: what the answer finds there, and what of it is told."""

import builtins
import json
import sys

import pytest

from checks.runner import Error, Job, Observe
from tests.helpers.jobs import run


def test_the_code_runs_as_main_in_one_namespace(runner):
    code = """
        class A: pass
        import pickle
        same = type(pickle.loads(pickle.dumps(A()))) is A
        name = __name__
        def f(): return [start for _ in "ab"]
        both = f()
    """
    found = run(runner, code, "same", "name", "both", setup="start = 1")
    assert found.values["same"] == ("bool", "True")
    assert found.values["name"] == ("str", "__main__")
    assert found.values["both"] == ("list", (("int", "1"), ("int", "1")))


def test_output_just_below_the_limit_is_fine(runner):
    found = run(runner, "print('x' * 10**6)")
    assert found.ended == "finished" and len(found.printed) == 10**6 + 1


def test_printed_text_that_is_no_text(runner):
    found = run(runner, r"import os; os.write(1, b'\xff' * 10**6)")
    assert found.ended == "finished" and found.printed == "\N{REPLACEMENT CHARACTER}" * 10**6
    found = run(runner, r"import os; os.write(1, b'\xff\xfe'); print('\ud800')")
    assert found.ended == "finished"
    assert found.printed == "��\\ud800\n"


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("x = 1\n1 / 0", Error("ZeroDivisionError", "division by zero", 2)),
        ("def f():\n    return {}['v']\n\nf()", Error("KeyError", "'v'", 2)),
        ("x = 1\nfor x in:\n  pass", Error("SyntaxError", "invalid syntax", 2)),
        ("\n\nimport json\njson.loads('{')", None),
        ("class E(Exception):\n def __str__(self): raise ValueError\nraise E", Error("E", "", 3)),
        ("class E(Exception):\n def __str__(self): return 'x' * 10**6\nraise E", Error("E", "x" * 2000, 3)),
        ("class E(Exception):\n def __str__(self): return '\\ud800'\nraise E", Error("E", "\\ud800", 3)),
        ("raise type('E' * 500, (Exception,), {})('m')", Error("E" * 200, "m", 1)),
        ("raise BaseException('m')", Error("BaseException", "m", 1)),
        ("exec('1/0')", Error("ZeroDivisionError", "division by zero", 1)),
        ("x = 1\x00", None),
        ("x = '\ud800'", None),
        ("await f()", None),
        ("return 1", Error("SyntaxError", "'return' outside function", 1)),
        ("  x = 1", Error("IndentationError", "unexpected indent", 1)),
    ],
)
def test_an_exception_says_what_and_where(runner, code, raised):
    found = runner.run(Job(code))
    assert found.ended == "raised"
    if raised is None:
        assert found.raised is not None
    else:
        assert found.raised == raised


def test_an_exception_leaves_the_values_of_before(runner):
    found = run(runner, "x = 1\nx / 0\nx = 2", "x")
    assert found.ended == "raised" and found.values == {"x": ("int", "1")}


def test_an_attribute_stands_for_an_object(runner):
    code = "class V:\n def __init__(self, n): self.version = n\nfound = [V(4), V(2)]"
    found = runner.run(Job(code, observe=(Observe("found", "version"),)))
    assert found.values["found"] == (
        "list",
        (("object", "V", ("int", "4")), ("object", "V", ("int", "2"))),
    )


def test_liars_are_seen_through(runner):
    code = """
        class T:
            def __eq__(self, other): return True
            __class__ = str
        x = T()
        class L(list):
            def __iter__(self): return iter([1])
        y = L([2])
    """
    found = run(runner, code, "x", "y")
    assert found.values == {"x": ("object", "T"), "y": ("list", (("int", "2"),))}


def test_patches_change_nothing_but_the_answers_own_process(runner):
    before = builtins.print, json.dumps, sys.stdout, open
    code = """
        import builtins, io, json, os, sys
        x = 'wrong'
        builtins.print = lambda *a, **k: None
        forged = '{"ended": "finished", "values": {"x": ["str", "right"]}, "raised": null}'
        json.dumps = lambda *a, **k: forged
        json.JSONEncoder.default = json.dumps
        os.write = os.open = os.close = os._exit = builtins.open = lambda *a, **k: 0
        sys.stdout = io.StringIO()
        sys.stdout.write('right')
    """
    found = run(runner, code, "x")
    assert found.ended == "finished" and found.values == {"x": ("str", "wrong")} and found.printed == ""
    assert (builtins.print, json.dumps, sys.stdout, open) == before
    assert run(runner, "print(1)").printed == "1\n"


def test_a_job_finds_nothing_of_the_judge(runner):
    code = """
        import sys
        loaded = sorted(name for name in sys.modules if name.partition('.')[0] == 'checks')
        mlflow = 'mlflow' in sys.modules
    """
    found = run(runner, code, "loaded", "mlflow")
    loaded = {name for _, name in found.values["loaded"][1]}
    assert loaded
    for unwanted in ("lessons", "judge", "learner", "instructor", "author", "exercise", "notebook"):
        assert not {name for name in loaded if name.startswith(f"checks.{unwanted}")}
    assert found.values["mlflow"] == ("bool", "False")
