"""The player's trace: it agrees with an independent one on the bank of answers, and tells what happens."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml

from checks.exercise import Situation, Step, Variable
from checks.judge import Runners, can_play, judge, play
from checks.judge.trials import jobs
from checks.lessons import exercises
from checks.notebook import ROOT
from checks.runner.trace import STEPS
from checks.runner.values import show
from tests.helpers.tasks import DOUBLE, HALVE, TEXTS

WRONG = """for version, status in model_versions.items():
    if status == 'stable':
        rollback_version = version"""

#: An independent trace: it runs before the answer and writes each line, with its plain variables, to where
#: the answer prints; after so many lines it ends the process.
LOOKS = """
import json as _json, os as _os, sys as _sys

def _look(frame, event, what, _left=[STEPS], _write=_os.write, _exit=_os._exit, _dumps=_json.dumps, _str=str):
    if frame.f_code.co_filename != "<answer>":
        return None
    if event in ("line", "exception"):
        plain = {
            name: repr(value)
            for name, value in frame.f_locals.items()
            if type(value) in (int, _str, bool, type(None)) and name[0] not in "_." and len(repr(value)) < 300
        }
        kind = what[0].__name__ if event == "exception" else ""
        if kind not in ("StopIteration", "GeneratorExit"):
            _write(1, f"\\x1f{_dumps([frame.f_lineno, frame.f_code.co_name, kind, plain])}\\x1e".encode())
            _left[0] -= 1
    if not _left[0]:
        _exit(0)
    return _look

_sys.settrace(_look)
""".replace("STEPS", str(STEPS))


def bank() -> Iterator[tuple[str, str]]:
    """All right answers to the steps that can be walked through, and 300 wrong ones, of every step some."""
    found: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for path in sorted((ROOT / "tests" / "answers").glob("*.yaml")):
        for id_, answers in yaml.safe_load(path.read_text("utf-8")).items():
            step = exercises()[id_]
            if isinstance(step, Step) and can_play(step):
                found[True] += [(id_, source) for source in answers["right"]]
                found[False] += [(id_, wrong["answer"]) for wrong in answers["wrong"]]
    wrong = found[False]
    yield from found[True]
    yield from [wrong[number * len(wrong) // 300] for number in range(300)]


@pytest.mark.parametrize("id_", sorted({id_ for id_, _ in bank()}))
def test_the_trace_agrees_with_an_independent_one(runners: Runners, id_: str) -> None:
    step = exercises()[id_]
    assert isinstance(step, Step)
    compared = 0
    for source in [source for of, source in bank() if of == id_]:
        (job,) = jobs(step, source, step.situations[:1])
        (mine,) = runners.answers([replace(job, traced=True)])
        (looked,) = runners.answers([replace(job, setup=job.setup + LOOKS)])
        expected = [
            tuple(json.loads(each)) for each in re.findall("\x1f(.*?)\x1e", looked.printed, re.DOTALL)
        ]
        assert mine.trace is not None
        noted = [
            (
                each.line,
                each.function or "<module>",
                each.raised.type if each.raised else "",
                {name: show(value) for name, value in each.names.items() if value[0] in _PLAIN},
            )
            for each in mine.trace.moments
            if each.event != "return"
        ]
        if mine.trace.stopped == "steps":
            expected = expected[: len(noted)]
        assert noted == [(line, name, kind, names) for line, name, kind, names in expected], source
        compared += len(noted)
    assert compared > 0


_PLAIN = ("int", "str", "bool", "none")


def test_what_is_asked_for_with_a_loop_or_a_function_can_be_played() -> None:
    steps = {id_: each for id_, each in exercises().items() if isinstance(each, Step)}
    assert not can_play(steps["rollback.1"]) and not can_play(steps["rollback.4"])
    assert can_play(steps["rollback.3"]) and can_play(steps["gate.1"]) and can_play(steps["order.3"])


def test_it_plays_where_the_verdict_says_that_it_goes_wrong(runners: Runners) -> None:
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    verdict = judge(step, WRONG, runners)
    shown = play(step, WRONG, verdict.given, runners=runners)
    assert shown is not None
    assert shown.cases[shown.chosen] == verdict.given
    assert shown.cases[: len(step.situations)] == tuple(each.given for each in step.situations)
    told = [each.says for each in shown.moments]
    assert told[0] == "The code begins. Next is line 1."
    assert told[1] == "Line 1 has set `version` to `'v1'` and `status` to `'stable'`. Next is line 2."
    assert told[2] == "The condition in line 2 is True. Next is line 3."
    assert told[3] == "Line 3 has set `rollback_version` to `'v1'`. Next is line 1."
    assert told[5] == "The condition in line 2 is False. Next is line 1."
    assert told[-1] == "The loop of line 1 is over. That was the last line."
    second = shown.moments[1]
    assert [(each.name, each.change) for each in second.held[-2:]] == [("version", "new"), ("status", "new")]
    assert second.of == "model_versions"
    assert [(each.key, each.names, each.at_hand) for each in second.history][:3] == [
        ("'v1'", ("version",), True),
        ("'v2'", (), False),
        ("'v3'", ("current_version",), False),
    ]
    other = play(step, WRONG, verdict.given, 1, runners)
    assert other is not None and other.chosen == 1 and other.cases == shown.cases
    with pytest.raises(IndexError):
        play(step, WRONG, verdict.given, 99, runners)


def test_a_made_situation_that_shows_the_fault_is_one_of_the_cases(runners: Runners) -> None:
    step = exercises()["rollback.3"]
    assert isinstance(step, Step)
    few = replace(step, situations=step.situations[:1])
    lucky = "rollback_version = 'v1'"
    verdict = judge(few, lucky, runners)
    assert verdict.status == "wrong"
    shown = play(few, lucky, verdict.given, runners=runners)
    assert shown is not None and shown.chosen == 1 and shown.cases == (few.situations[0].given, verdict.given)


def test_it_starts_with_the_call_that_counts(runners: Runners) -> None:
    step = exercises()["order.3"]
    assert isinstance(step, Step)
    shown = play(step, step.reference, runners=runners)
    assert shown is not None
    assert "first call, about something else" in shown.moments[2].says
    first = shown.moments[shown.start]
    assert first.says.startswith("`rollback_target(model_versions={'v1'")
    assert first.where.endswith("current_version='v3')")
    assert shown.moments[-1].says == "Line 7 gives back `'v1'`."


def step(reference: str, **more: object) -> Step:
    situation = Situation("n = 2", {"n": 2})
    parts = {"situations": (situation,), "compares": (Variable("doubled"),), "seconds": 1.5, **TEXTS, **more}
    return Step(id="t.9", reference=reference, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("while True:\n    n += 1", f"The player shows the first {STEPS} steps; the code goes on."),
        ("import time\ntime.sleep(9)", "Line 2 was still running after 1.5 seconds, and was stopped."),
        ("import sys\nsys.settrace(None)\nn = 1", "The code has called `sys.settrace`"),
        ("import os\nos._exit(0)", "In line 2 the code leaves Python: nothing more could be noted."),
        ("n = 1 / 0", "Line 1 raises `ZeroDivisionError: division by zero`. Nobody handles it"),
        (
            "def f():\n    raise KeyError('v')\ndoubled = f()",
            "`KeyError: v` goes on to line 3, which had made",
        ),
        ("doubled = [m for m in (n,)][0]", "Line 1 has set `doubled` to `2`. That was the last line."),
        ("doubled = next(m for m in [n])", "Line 1 has set `doubled` to `2`. That was the last line."),
    ],
)
def test_the_last_moment_says_how_it_ended(runners: Runners, source: str, end: str) -> None:
    shown = play(step("doubled = 2 * n"), source, runners=runners)
    assert shown is not None
    assert end in shown.moments[-1].says


def test_what_only_tries_the_answer_is_left_out_where_the_judge_leaves_it_out(runners: Runners) -> None:
    source = f"{HALVE.reference.strip()}\n\nprint(halve('no number'))"
    shown = play(HALVE, source, runners=runners)
    assert shown is not None
    assert "no number" not in repr(shown)


@pytest.mark.parametrize("source", ["for x in", "", "x" * 200_000])
def test_what_python_cannot_read_or_run_is_not_played(runners: Runners, source: str) -> None:
    assert play(DOUBLE, source, runners=runners) is None


def test_what_leaves_nothing_to_be_read_is_not_played(runners: Runners) -> None:
    in_the_way = "import os\nos.mkfifo('../pipe')\nos.replace('../pipe', '../trace')\ndoubled = n"
    assert play(DOUBLE, in_the_way, runners=runners) is None


def test_lines_are_those_that_python_counts(runners: Runners) -> None:
    shown = play(DOUBLE, "a = '\N{LINE SEPARATOR}'\rdoubled = n * 2", runners=runners)
    assert shown is not None
    assert shown.code == ("a = '\N{LINE SEPARATOR}'", "doubled = n * 2")
