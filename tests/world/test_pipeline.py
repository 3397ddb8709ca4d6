"""The course's pipeline engine: what it honours, what it refuses and in which words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.world import pipeline
from checks.world.pipeline import PipelineError

FULL = """
steps:
  - name: train_model
    type: training
  - name: test_model
    type: test
  - name: approve_model
    type: approval
    inputs:
      approvers: [alice, bob]
      approve_if: accuracy > 0.90
    on_reject: fail_pipeline
  - name: deploy_model
    type: deploy
"""
PLAIN = "steps: [{name: ask, type: approval, inputs: {approvers: [alice, bob]}}, {name: ship, type: deploy}]"


def states(text, decisions=None, metrics=None):
    timeline = pipeline.run(pipeline.read(text), decisions, metrics)
    return [row.state for row in timeline.rows], timeline.result


@pytest.mark.parametrize(
    ("accuracy", "approval", "deploy", "result"),
    [
        (0.95, "approved", "ran", "succeeded"),
        (0.9000001, "approved", "ran", "succeeded"),
        (0.90, "waiting", "pending", "waiting"),
        (0.85, "waiting", "pending", "waiting"),
        (float("nan"), "waiting", "pending", "waiting"),
    ],
)
def test_a_condition_approves_only_above_its_threshold(accuracy, approval, deploy, result):
    assert states(FULL, metrics={"accuracy": accuracy}) == (["ran", "ran", approval, deploy], result)


def test_a_persons_decision_comes_before_the_condition():
    reject = {"approve_model": ("bob", "reject")}
    assert states(FULL, reject, {"accuracy": 0.95}) == (["ran", "ran", "rejected", "skipped"], "failed")


def test_one_approver_is_enough():
    assert states(PLAIN, {"ask": ("bob", "approve")}) == (["approved", "ran"], "succeeded")


def test_a_test_that_fails_ends_the_pipeline_and_asks_nobody():
    text = FULL.replace("type: test\n", "type: test\n    inputs: {pass_if: accuracy > 0.5}\n")
    assert states(text, metrics={"accuracy": 0.4}) == (["ran", "failed", "skipped", "skipped"], "failed")


def test_the_timeline_as_text_and_as_markdown():
    timeline = pipeline.run(pipeline.read(FULL), metrics={"accuracy": 0.85})
    assert str(timeline) == (
        "train_model    ran\n"
        "test_model     ran       accuracy is 0.85\n"
        "approve_model  waiting   for alice or bob: accuracy is 0.85, not above 0.90\n"
        "deploy_model   pending   until approve_model is decided\n"
        "pipeline waiting"
    )
    assert timeline.markdown() == (
        "| step | state | why |\n"
        "|---|---|---|\n"
        "| `train_model` | ran |  |\n"
        "| `test_model` | ran | accuracy is 0.85 |\n"
        "| `approve_model` | waiting | for alice or bob: accuracy is 0.85, not above 0.90 |\n"
        "| `deploy_model` | pending | until approve_model is decided |\n"
        "\n"
        "The pipeline: **waiting**."
    )


@pytest.mark.parametrize(
    ("text", "field", "value", "mend"),
    [
        # The three wrong options of lesson 3's second question, and its fourth question.
        (
            "steps: [{approval_step: {users: [team_lead]}}]",
            "steps[0].approval_step",
            None,
            "`type: approval`",
        ),
        (
            "steps: [{manual_approval: {approvers: x}}]",
            "steps[0].manual_approval",
            {"approvers": "x"},
            "type",
        ),
        ("steps: [{name: approval, type: manual, approvers: x}]", "steps[0].type", "manual", "approval"),
        (PLAIN.replace("[alice, bob]", "'bob'"), "steps[0].inputs.approvers", "bob", "`approvers: [bob]`"),
        (PLAIN.replace("[alice, bob]", "[]"), "steps[0].inputs.approvers", [], "at least one"),
        (PLAIN.replace("[alice, bob]", "[yes]"), "steps[0].inputs.approvers[0]", True, "quote"),
        (PLAIN.replace("[alice, bob]", "[bob, bob]"), "steps[0].inputs.approvers", ["bob", "bob"], "once"),
        (PLAIN.replace("approvers", "users"), "steps[0].inputs.users", ["alice", "bob"], "`approvers`"),
        ("steps: [{name: a, type: approval}]", "steps[0].inputs", None, "`[alice]`"),
        ("steps: [{name: a, type: approval, inputs: {}}]", "steps[0].inputs.approvers", None, "`[alice]`"),
        ("steps: [{name: a}]", "steps[0].type", None, "Add `type`"),
        ("steps: [{type: deploy}]", "steps[0].name", None, "`name`"),
        ("steps: [{name: a, type: deploy, inputs: {}}]", "steps[0].inputs", {}, "unknown"),
        ("steps: [{name: a, type: deploy}, {name: a, type: deploy}]", "steps[1].name", "a", "another"),
        (FULL.replace("fail_pipeline", "continue"), "steps[2].on_reject", "continue", "`fail_pipeline`"),
        (FULL.replace("> 0.90", ">= 0.90"), "steps[2].inputs.approve_if", "accuracy >= 0.90", "`>`"),
        (FULL.replace("0.90", "90"), "steps[2].inputs.approve_if", "accuracy > 90", "0.90"),
        (FULL.replace("type: test\n", "type: training\n"), "steps[2].inputs.approve_if", None, "test step"),
        ("steps: [{name: '<b>', type: deploy}]", "steps[0].name", "<b>", "letters"),
        ("steps: []", "steps", [], "list"),
        ("steps: [x]", "steps[0]", "x", "mapping"),
        ("hello", "(document)", "hello", "`steps`"),
        ("", "(document)", None, "`steps`"),
        ("steps: [", "(line 1)", "steps: [", "not YAML"),
        ("a: 1\na: 2", "(line 2)", "a", "twice"),
        ("on: 1", "(line 1)", "on", "plain words"),
        ("a: &x []\nb: *x", "(line 2)", "*x", "aliases"),
        ("!!python/object/apply:os.getcwd []", "(line 1)", None, "tag"),
        ("steps: !!bool x", "(line 1)", "tag:yaml.org,2002:bool", "tag"),
        ("steps: !!timestamp x", "(line 1)", "tag:yaml.org,2002:timestamp", "tag"),
        ("steps: 0x" + "f" * 15_000, "steps", None, "list"),
        ("? [a]\n: b", "(line 1)", None, "plain words"),
        ("steps: 2020-99-99", "(document)", "steps: 2020-99-99", "not YAML"),
        ("[" * 15_000, "(document)", None, "nested"),
        ("x" * 30_000, "(document)", None, "20000"),
    ],
)
def test_what_it_cannot_honour_is_refused_with_field_value_and_mend(text, field, value, mend):
    with pytest.raises(PipelineError) as refused:
        pipeline.read(text)
    assert refused.value.field == field
    if value is not None:
        assert refused.value.value == value
    assert mend in refused.value.mend
    assert field in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("decisions", "metrics", "field"),
    [
        ({"approve_model": ("eve", "approve")}, {"accuracy": 0.9}, "decisions.approve_model"),
        ({"approve_model": ("b", "approve")}, {"accuracy": 0.9}, "decisions.approve_model"),
        ({"approve_model": ("bob", "")}, {"accuracy": 0.9}, "decisions.approve_model"),
        ({"approve_model": "bob"}, {"accuracy": 0.9}, "decisions.approve_model"),
        ({"deploy_model": ("bob", "approve")}, {"accuracy": 0.95}, "decisions.deploy_model"),
        ({"nothing": ("bob", "approve")}, {"accuracy": 0.95}, "decisions.nothing"),
        ({}, {}, "metrics.accuracy"),
        ({"approve_model": ("bob", "approve")}, {}, "metrics.accuracy"),
        ({}, {"accuracy": 91}, "metrics.accuracy"),
        ({}, {"accuracy": -0.1}, "metrics.accuracy"),
        ({}, {"accuracy": float("inf")}, "metrics.accuracy"),
        ({}, {"accuracy": True}, "metrics.accuracy"),
        ({}, {"accuracy": 10**5000}, "metrics.accuracy"),
        ({}, {"accuracy": "0.95"}, "metrics.accuracy"),
    ],
)
def test_decisions_and_metrics_it_cannot_honour_are_refused(decisions, metrics, field):
    with pytest.raises(PipelineError) as refused:
        pipeline.run(pipeline.read(FULL), decisions, metrics)
    assert refused.value.field == field


TYPES = {
    "training": "{{name: s{0}, type: training}}",
    "test": "{{name: s{0}, type: test}}",
    "gate": "{{name: s{0}, type: test, inputs: {{pass_if: accuracy > 0.5}}}}",
    "approval": "{{name: s{0}, type: approval, inputs: {{approvers: [alice]}}}}",
    "auto": "{{name: s{0}, type: approval, inputs: {{approvers: [alice], approve_if: accuracy > 0.9}}}}",
    "deploy": "{{name: s{0}, type: deploy}}",
}


@given(
    kinds=st.lists(st.sampled_from(sorted(TYPES)), min_size=1, max_size=7),
    verdicts=st.lists(st.sampled_from(["approve", "reject", None]), min_size=7, max_size=7),
    accuracy=st.one_of(st.floats(0, 1), st.just(float("nan"))),
)
def test_an_approval_is_never_skipped(kinds, verdicts, accuracy):
    kinds = ["test", *kinds]
    read = pipeline.read("steps: [" + ", ".join(TYPES[k].format(i) for i, k in enumerate(kinds)) + "]")
    decisions = {}
    for index, (kind, verdict) in enumerate(zip(kinds, itertools.chain([None], verdicts), strict=False)):
        if kind in ("approval", "auto") and verdict:
            decisions[f"s{index}"] = ("alice", verdict)
    reached = {}
    try:
        timeline = pipeline.run(read, decisions, {"accuracy": accuracy})
    except PipelineError as refused:  # a decision about a step that was never reached
        assert refused.field.startswith("decisions.")
        return
    stopped = False
    for kind, row in zip(kinds, timeline.rows, strict=True):
        reached[row.step] = row.state
        if stopped:
            assert row.state in ("skipped", "pending")
            continue
        if kind in ("approval", "auto"):
            decided = decisions.get(row.step, (None, None))[1]
            automatic = kind == "auto" and accuracy > 0.9
            expected = {"approve": "approved", "reject": "rejected"}.get(decided)
            assert row.state == (expected or ("approved" if automatic else "waiting"))
        stopped = row.state in ("failed", "rejected", "waiting")
    assert (timeline.result == "succeeded") == (not stopped)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_our_words(text):
    try:
        pipeline.read(text)
    except PipelineError as refused:
        assert refused.field and refused.mend
