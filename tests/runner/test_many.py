"""Inputs are data, and many situations in one process come out as each of them does alone."""

import json
import math
import textwrap
from dataclasses import replace

import pytest

from checks.runner import Given, Job, Observe, Outcome, Runner, RunnerError
from checks.runner.frames import FRAME_LIMIT
from checks.runner.values import encode, plain
from checks.runner.wire import READ_LIMIT, Reply, outcomes
from checks.world.registry import State
from tests.helpers.sandboxes import sandbox_works


def _runner(mode):
    if mode == "forked":
        runner = Runner()
        if runner._fresh:
            pytest.skip("jobs are forked on Linux only")
        return runner
    if mode == "sandboxed":
        if not sandbox_works():
            pytest.skip("bubblewrap does not work here")
        return Runner(sandboxed=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RUNNER", "fresh")
        return Runner()


@pytest.fixture(scope="module", params=["forked", "fresh", "sandboxed"])
def runner(request):
    with _runner(request.param) as runner:
        yield runner


def job(code, *names, setup="", after="", seconds=30.0, later=None, **before):
    code, after = textwrap.dedent(code), textwrap.dedent(after)
    return Job(
        code,
        setup,
        observe=tuple(map(Observe, names)),
        seconds=seconds,
        after=after,
        given=Given(before, later or {}),
    )


def values(outcome):
    assert outcome.ended == "finished", outcome
    return {name: plain(value) for name, value in outcome.values.items()}


# ── inputs ────────────────────────────────────────────────────────────────────────────────────────────

DATA = {
    "nothing": None,
    "yes": True,
    "number": -(10**300),
    "share": 0.1,
    "endless": -math.inf,
    "text": "v1 “é” \ud800",
    "raw": b"\x00\xff",
    "nested": [(1, "1", 1.0), {"a": {1: {2, 3}}}, frozenset({(None, True)}), [], {}, set()],
}


def test_inputs_are_names_with_their_types(runner):
    found = values(runner.run(job("seen = sorted(k for k in DATA if k in globals())", **DATA, DATA=[*DATA])))
    assert found == {}
    outcome = runner.run(job("pass", *DATA, **DATA))
    assert outcome.values == {name: encode(value) for name, value in DATA.items()}
    code = (
        "import math\nsame = math.isnan(odd) and type(odd) is float and type(one) is int and one is not True"
    )
    assert values(runner.run(job(code, "same", odd=math.nan, one=1))) == {"same": True}


def test_setup_finds_the_inputs(runner):
    assert values(runner.run(job("y = x + 1", "y", setup="x = given * 2", given=3))) == {"y": 7}


PASTED = """
    history = ['pasted']
    model_versions = {'v9': 'stable'}
    def choose(versions, log):
        log.append(len(versions))
        versions['new'] = 1
        return model_versions
    mine = model_versions
"""


def test_after_has_names_of_its_own_and_sees_what_a_call_does_to_them(runner):
    found = runner.run(
        job(
            PASTED,
            *("target", "history", "model_versions", "mine"),
            after="target = choose(model_versions, history)",
            later={"model_versions": {"v1": "stable"}, "history": []},
        )
    )
    assert values(found) == {
        "target": {"v9": "stable"},
        "history": [1],
        "model_versions": {"v1": "stable", "new": 1},
        "mine": {"v9": "stable"},
    }


def test_the_answer_does_not_find_what_only_after_is_given(runner):
    found = runner.run(job("seen = 'history' in globals()", "seen", after="history", later={"history": []}))
    assert values(found) == {"seen": False}


def test_after_finds_what_the_answer_did_to_the_names_that_it_was_given(runner):
    assert values(runner.run(job("log.append(1)", "n", after="n = list(log)", log=[]))) == {"n": [1]}


def test_without_after_the_names_are_the_answers(runner):
    code = "for version in model_versions: history.append(version)\nmodel_versions = 0"
    found = runner.run(job(code, "history", "model_versions", model_versions=["v1"], history=[]))
    assert values(found) == {"history": ["v1"], "model_versions": 0}


def test_more_than_can_be_sent_is_named():
    with Runner() as runner, pytest.raises(ValueError, match="several parts"):
        runner.run_many(Job(""), [Given({"x": "\0" * 199_000})] * (FRAME_LIMIT // 199_000 // 6 + 1))


# ── many situations ───────────────────────────────────────────────────────────────────────────────────


def test_many_situations_come_out_as_each_alone(runner):
    code = """
        def choose(model_versions, current):
            print('choosing', current)
            if current == 'v3': raise LookupError('v3')
            return [v for v in model_versions if v != current]
        double = n * 2
    """
    asked = job(
        code,
        *("target", "double", "n"),
        setup="n = number + 1",
        after="target = choose(model_versions, current)",
    )
    versions = ["v1", "v2", "v3"]
    situations = [
        Given({"number": number}, {"model_versions": versions, "current": f"v{number % 4}"})
        for number in range(25)
    ]
    found = runner.run_many(asked, situations)
    alone = {number: runner.run(_with(asked, situations[number])) for number in (0, 3, 24)}
    assert len(found) == 25
    for number, outcome in alone.items():
        assert _timeless(found[number]) == _timeless(outcome)
    for number, outcome in enumerate(found):
        assert outcome.printed == f"choosing v{number % 4}\n"
        assert outcome.ended == ("raised" if number % 4 == 3 else "finished")
        assert plain(outcome.values["double"]) == 2 * (number + 1)
    assert found[3].raised.type == "LookupError" and found[3].raised.line == 4


def _with(asked, given):
    return replace(asked, given=given)


def _timeless(outcome):
    return Outcome(**{**vars(outcome), "seconds": 0.0})


def test_no_situations_are_no_outcomes(runner):
    assert runner.run_many(Job("x = 1"), []) == []


TAGGED = """
client = mlflow.MlflowClient()
found = [mv.version for mv in client.search_model_versions("name = 'MyModel'")]
client.set_model_version_tag("MyModel", str(max(found)), "seen", str(len(found)))
"""


def test_each_situation_has_a_registry_of_its_own(runner):
    runner = _with_mlflow(runner)
    seeds = [{1: "None"}, None, State({1: "Staging", 2: "None", 4: "Production"}, tags={1: {"old": "yes"}})]
    with runner:
        found = runner.run_many(
            job(f"if here:\n{textwrap.indent(TAGGED, '    ')}", "found"),
            [Given({"here": seed is not None}, registry=seed) for seed in seeds],
        )
    assert [each.registry for each in found] == [
        State({1: "None"}, tags={1: {"seen": "1"}}),
        None,
        State({1: "Staging", 2: "None", 4: "Production"}, tags={1: {"old": "yes"}, 4: {"seen": "3"}}),
    ]
    assert sorted(values(found[2])["found"]) == [1, 2, 4]


def test_a_registry_that_is_lost_is_lost_alone(runner):
    runner = _with_mlflow(runner)
    spoil = "if n == 1:\n    for each in (0, 1): open(f'../{each}/registry.db', 'w').close()"
    with runner:
        found = runner.run_many(job(spoil), [Given({"n": n}, registry={1: "Staging"}) for n in range(3)])
    # The answer had both files: it has only itself to blame, and only itself to harm.
    assert [each.registry for each in found] == [State({}), State({}), State({1: "Staging"})]


def _with_mlflow(runner):
    """Another one like this, with MLflow loaded ahead."""
    other = Runner(mlflow=True, sandboxed=runner._sandboxed)
    other._fresh = runner._fresh
    return other


LEAVES = """
    import builtins, os, random, sys
    found = [hasattr(builtins, 'leak'), len('ab'), 'leak' in globals(), os.listdir('.'), os.getcwd() == first]
    found += [sys.modules['__main__'].__dict__ is globals(), random.random() == chance, sys.stdout.closed]
    found += [list(given), sys.getrecursionlimit() > 500, __builtins__ is builtins]
    print('said')
    sys.stdout.write('not ended')
    leak = builtins.leak = 1
    builtins.len = lambda _: 7
    builtins.print = None
    os.mkdir('d'); open('d/f', 'w').close(); open('f', 'w').close(); os.symlink('f', 'g')
    given.append(1)
    os.chdir('/')
    sys.setrecursionlimit(200)
    sys.stdout.close()
    if number % 2: os.close(1)
    sys.stdout = None
"""
STARTS = """
import os, random
first, chance = os.getcwd(), random.random()
random.seed(0)
chance = random.random()
random.seed(0)
"""


def test_what_one_situation_leaves_is_put_back(runner):
    found = runner.run_many(
        job(LEAVES, "found", setup=STARTS), [Given({"number": n, "given": []}) for n in range(6)]
    )
    for outcome in found:
        assert values(outcome)["found"] == [False, 2, False, [], True, True, True, False, [], True, True]
        assert outcome.printed == "said\nnot ended"


def test_every_situation_has_the_same_memory(runner):
    code = "import resource\nx = resource.getrlimit(resource.RLIMIT_AS)[0]"
    found = runner.run_many(job(code, "x"), [Given(), Given(), Given()])
    assert found[0].values == found[1].values == found[2].values


def test_every_situation_has_the_same_random_numbers(runner):
    found = runner.run_many(job("import random\nx = random.random()", "x"), [Given(), Given()])
    assert (
        found[0].values
        == found[1].values
        == runner.run(job("import random\nx = random.random()", "x")).values
    )


ENDS = {
    "a loop": ("while True: pass", "timed_out"),
    "os._exit(0)": ("import os; os._exit(0)", "exited"),
    "os._exit(3)": ("import os; os._exit(3)", "exited"),
    "a crash": ("import ctypes; ctypes.string_at(0)", "exited"),
    "output": ("print('x' * 5_000_000)", "too_much_output"),
    "output without end": ("while True: print('x' * 9_999)", "too_much_output"),
    "memory": ("kept = [0] * 10**10", "out_of_memory"),
}


@pytest.mark.parametrize("how", ENDS)
def test_where_the_process_ends_the_rest_is_not_run(runner, how):
    code, ended = ENDS[how]
    code = f"print(n)\nx = n\nif n == 2:\n    print('here')\n    {code}"
    seconds = 2.0 if ended == "timed_out" else 30.0
    found = runner.run_many(job(code, "x", seconds=seconds), [Given({"n": n}) for n in range(5)])
    assert [each.ended for each in found] == ["finished", "finished", ended, "not_run", "not_run"]
    assert [values(each) for each in found[:2]] == [{"x": 0}, {"x": 1}]
    assert [each.printed for each in found[:2]] == ["0\n", "1\n"]
    assert found[2].printed.startswith("2\nhere\n")
    assert found[3] == found[4] == Outcome("not_run")


def test_too_much_for_one_is_not_too_much_for_all(runner):
    found = runner.run_many(job("print('x' * n)"), [Given({"n": n}) for n in (1, 1_500_000, 1)])
    assert [each.ended for each in found] == ["finished", "too_much_output", "finished"]
    assert found[0].printed == found[2].printed == "x\n" and len(found[1].printed) == READ_LIMIT


def test_sys_exit_ends_its_situation_only(runner):
    found = runner.run_many(job("import sys\nif n == 1: sys.exit()"), [Given({"n": n}) for n in range(3)])
    assert [each.ended for each in found] == ["finished", "exited", "finished"]


def test_a_cell_that_does_not_parse_raises_in_each(runner):
    found = runner.run_many(job("x = 1\nfor x in:"), [Given(), Given()])
    assert [(each.ended, each.raised.line) for each in found] == [("raised", 2)] * 2


def test_the_first_setup_is_ours_and_a_later_one_may_be_the_answers_doing(runner):
    with pytest.raises(RunnerError, match="setup failed"):
        runner.run_many(Job("x = 1", "1 / 0"), [Given(), Given()])
    asked = job("import json\ndel json.dumps", setup="import json; json.dumps({})")
    found = runner.run_many(asked, [Given(), Given(), Given()])
    assert [each.ended for each in found] == ["finished", "exited", "not_run"]


def test_what_does_not_fit_is_not_run(runner):
    found = runner.run_many(job("x = 'x' * 190_000", "x"), [Given()] * 40)
    ended = [each.ended for each in found]
    done = ended.count("finished")
    assert 15 < done < 25 and ended == ["finished"] * done + ["not_run"] * (40 - done)
    found = runner.run_many(job("print('x' * 500_000)"), [Given()] * 12)
    ended = [each.ended for each in found]
    assert ended == ["finished"] * 8 + ["not_run"] * 4
    assert {len(each.printed) for each in found[:8]} == {500_001}


# ── what an answer forges ─────────────────────────────────────────────────────────────────────────────

GOOD = json.dumps({"ended": "finished", "values": {"x": ["int", "1"]}, "raised": None, "printed": 2})


def forged(result, ended="left", count=3, printed=b"a\nb\nc\n", too_much=False):
    found = outcomes(Reply(ended, printed, too_much, result), job("", "x"), count)
    assert len(found) == count
    return [each.ended for each in found]


@pytest.mark.parametrize(
    ("result", "ended"),
    [
        ("", ["exited", "not_run", "not_run"]),
        (None, ["exited", "not_run", "not_run"]),
        ("\n" * 100_000, ["exited"] * 3),
        ("[" * 100_000 + "\n" + GOOD, ["exited", "finished", "exited"]),
        (f"{GOOD}\n{GOOD}\n{GOOD}\n{GOOD}\n", ["finished"] * 3),
        (GOOD.replace("finished", "timed_out"), ["exited", "exited", "not_run"]),
        (GOOD.replace("finished", "not_run"), ["exited", "exited", "not_run"]),
        (f"{GOOD}\n{GOOD.replace('finished', 'not_run')}", ["finished", "not_run", "not_run"]),
        (GOOD.replace("2}", "-5}"), ["finished", "exited", "not_run"]),
        (GOOD.replace("2}", "true}"), ["finished", "exited", "not_run"]),
        (GOOD.replace("2}", '"2"}'), ["finished", "exited", "not_run"]),
        (GOOD.replace("2}", "1e999}"), ["finished", "exited", "not_run"]),
        (GOOD.replace("2}", f"{10**300}}}"), ["too_much_output", "exited", "not_run"]),
    ],
    ids=range(13),
)
def test_forged_results_of_many(result, ended):
    assert forged(result) == ended


def test_the_end_of_the_process_is_told_where_the_lines_end():
    assert forged(GOOD, "timed_out") == ["finished", "timed_out", "not_run"]
    assert forged(GOOD, "timed_out", count=1) == ["timed_out"]
    assert forged(f"{GOOD}\n" * 3, "timed_out") == ["finished"] * 3
    assert forged(GOOD, "finished") == ["finished", "exited", "not_run"]


def test_printed_text_is_cut_where_it_was_told():
    lines = "\n".join(GOOD.replace("2}", f"{n}}}") for n in (2, 1, 6))
    found = outcomes(Reply("left", b"a\nb\nc\n", False, lines), job("", "x"), 3)
    assert [each.printed for each in found] == ["a\n", "", "b\nc\n"]
    assert forged(GOOD, printed=b"x" * (READ_LIMIT + 3)) == ["finished", "too_much_output", "not_run"]


@pytest.mark.parametrize("what", ["b'\\x00' * 10**7", "b'\\xff' * 10**7", "('[1]\\n' * 10**6).encode()"])
def test_a_large_forged_result_costs_little(runner, what):
    code = (
        f"import os, sys\nopen('../result', 'wb').write({what})\nos.write(1, b'\\x00' * 10**7)\nos._exit(0)"
    )
    found = runner.run_many(job(code, "x"), [Given()] * 300)
    assert {each.ended for each in found} <= {"exited", "not_run", "too_much_output"}
    assert len(found) == 300
