"""The course's approval pipeline: YAML text → validated model → run with given decisions → timeline.

Called by the judge for the questions of lesson 3, by the lesson's notebook and by the bank's proofs.

A pipeline is a list of steps of four types. This one uses all there is::

    steps:
      - name: train_model
        type: training
      - name: test_model
        type: test
        inputs:
          pass_if: accuracy > 0.50        # optional: below it the pipeline fails
      - name: approve_model
        type: approval
        inputs:
          approvers: [alice, bob]         # always a list; one decision is enough
          approve_if: accuracy > 0.90     # optional: above it no person is asked
        on_reject: fail_pipeline          # the only way, and the default
      - name: deploy_model
        type: deploy

What the engine cannot honour it refuses, and an approval is never skipped: without a decision it waits.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from checks.catalogue import later, tr

State = Literal["ran", "approved", "rejected", "waiting", "failed", "skipped", "pending"]
Result = Literal["succeeded", "failed", "waiting"]

#: Who decides, and what: "approve" or "reject". By the approval step's name.
Decisions = Mapping[str, tuple[str, str]]

_TYPES = ("training", "test", "approval", "deploy")
_LONGEST = 20_000


#: What is shown of a state and of a result.
_SHOWN = (
    *(later("ran"), later("approved"), later("rejected"), later("waiting"), later("failed")),
    *(later("skipped"), later("pending"), later("succeeded")),
)


class PipelineError(ValueError):
    """A pipeline, a decision or a metric that cannot be honoured: the field's path, its value, the mend."""

    def __init__(self, field: str, value: object, mend: str) -> None:
        self.field, self.value, self.mend = field, value, mend
        try:
            shown = repr(value)
        except ValueError:  # Python writes out no number of more than 4,300 digits
            shown = tr("a very long number")
        super().__init__(f"{field}: {shown if len(shown) <= 80 else shown[:77] + '…'}. {mend}")

    def _render_traceback_(self) -> list[str]:
        """IPython's hook: what is refused, and the mend, without our own lines of code above it."""
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True)
class Condition:
    """`metric > threshold`, the threshold as written. Metrics are fractions, 0 to 1; NaN is above none."""

    metric: str
    threshold: str

    def holds(self, metrics: Mapping[str, float]) -> bool:
        return metrics[self.metric] > float(self.threshold)

    def __str__(self) -> str:
        return f"{self.metric} > {self.threshold}"


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


#: Names of steps and people: words, no markup.
Name = Annotated[str, Field(max_length=80, pattern=r"^[\w.@+-]+( [\w.@+-]+)*$")]


class _Step(_Model):
    name: Name
    type: Literal["training", "test", "approval", "deploy"]


class Training(_Step):
    """Trains the model. Takes no inputs."""

    type: Literal["training"]


class TestInputs(_Model):
    pass_if: str | None = None


class Test(_Step):
    """Measures the model; with `pass_if`, fails the pipeline where the condition does not hold."""

    type: Literal["test"]
    inputs: TestInputs = TestInputs()


class ApprovalInputs(_Model):
    approvers: Annotated[list[Name], Field(min_length=1)]
    approve_if: str | None = None


class Approval(_Step):
    """Waits for one of the approvers; with `approve_if`, approves by itself where the condition holds."""

    type: Literal["approval"]
    inputs: ApprovalInputs
    on_reject: Literal["fail_pipeline"] = "fail_pipeline"


class Deploy(_Step):
    """Puts the model into production. Takes no inputs."""

    type: Literal["deploy"]


def _tag(step: Any) -> str:
    kind = step.get("type") if isinstance(step, dict) else None
    return kind if isinstance(kind, str) and kind in _TYPES else "untyped"


Step = Annotated[
    Annotated[Training, Tag("training")]
    | Annotated[Test, Tag("test")]
    | Annotated[Approval, Tag("approval")]
    | Annotated[Deploy, Tag("deploy")]
    | Annotated[_Step, Tag("untyped")],  # never valid: says what is wrong with a step of no known type
    Discriminator(_tag),
]


class Pipeline(_Model):
    """A validated pipeline: what `read` returns and `run` runs."""

    steps: Annotated[list[Step], Field(min_length=1)]


@dataclass(frozen=True)
class Row:
    """What became of one step. `why` is a short phrase."""

    step: str
    type: str
    state: State
    why: str


@dataclass(frozen=True)
class Timeline:
    """What became of every step, in order, and of the pipeline."""

    rows: tuple[Row, ...]
    result: Result

    def state(self, step: str) -> State:
        """The state of the step of that name; KeyError if there is none."""
        return {row.step: row.state for row in self.rows}[step]

    def __str__(self) -> str:
        names = max(len(row.step) for row in self.rows)
        lines = [f"{row.step:<{names}}  {tr(row.state):<8}  {row.why}".rstrip() for row in self.rows]
        return "\n".join([*lines, tr("pipeline {result}", result=tr(self.result))])

    def line(self) -> str:
        """The same in one line of Markdown, without the reasons."""
        steps = " → ".join(f"`{row.step}` {tr(row.state)}" for row in self.rows)
        return tr("{steps}. The pipeline: **{result}**.", steps=steps, result=tr(self.result))

    def markdown(self) -> str:
        """The same as a Markdown table."""
        rows = [f"| `{row.step}` | {tr(row.state)} | {row.why} |" for row in self.rows]
        head = f"| {tr('step')} | {tr('state')} | {tr('why')} |"
        came = tr("The pipeline: **{result}**.", result=tr(self.result))
        return "\n".join([head, "|---|---|---|", *rows, "", came])


def read(text: str) -> Pipeline:
    """The pipeline that YAML `text` describes; PipelineError, with field, value and mend, if it is none."""
    data = _load(text)
    if not isinstance(data, dict):
        raise PipelineError("(document)", data, tr("A pipeline is a mapping with the key `steps`."))
    try:
        pipeline = Pipeline.model_validate(data)
    except ValidationError as error:
        # An unknown key or type is the cause of whatever else is missing, so it is told first.
        first = min(error.errors(), key=lambda e: e["type"] not in ("extra_forbidden", "literal_error"))
        raise _refusal(first["loc"], first["type"], first.get("input"), first["msg"]) from None
    _check(pipeline)
    return pipeline


def run(
    pipeline: Pipeline, decisions: Decisions | None = None, metrics: Mapping[str, float] | None = None
) -> Timeline:
    """What becomes of each step, given who decided what and what the test measured (fractions, 0 to 1).

    A person's decision comes before `approve_if`. PipelineError for a decision by someone who is not an
    approver, that is neither "approve" nor "reject", or about a step that did not ask for one; and for a
    metric that a condition needs and that is missing or not a fraction.
    """
    decisions, metrics = dict(decisions or {}), dict(metrics or {})
    for metric, value in metrics.items():
        _check_metric(metric, value)
    rows: list[Row] = []
    result: Result = "succeeded"
    ended = ""
    for step in pipeline.steps:
        if ended:
            state: State = "pending" if result == "waiting" else "skipped"
            rows.append(Row(step.name, step.type, state, ended))
            continue
        if isinstance(step, Approval):
            row = _approve(step, decisions.pop(step.name, None), metrics)
        elif isinstance(step, Test):
            row = _test(step, metrics)
        else:
            row = Row(step.name, step.type, "ran", "")
        rows.append(row)
        if row.state in ("failed", "rejected"):
            result = "failed"
            ended = tr("after {step} {state}", step=step.name, state=tr(row.state))
        elif row.state == "waiting":
            result, ended = "waiting", tr("until {step} is decided", step=step.name)
    for name, decision in decisions.items():
        mend = tr(
            "No approval of that name was reached, so there is nothing to decide. Leave this decision out."
        )
        raise PipelineError(f"decisions.{name}", decision, mend)
    return Timeline(tuple(rows), result)


def _approve(step: Approval, decision: tuple[str, str] | None, metrics: Mapping[str, float]) -> Row:
    approvers = step.inputs.approvers
    condition = _condition(step.inputs.approve_if, "approve_if")
    if condition:
        _need(condition, metrics)
    if decision is not None:
        if not isinstance(decision, tuple) or len(decision) != 2:
            mend = tr("A decision is a pair: who, and `approve` or `reject`.")
            raise PipelineError(f"decisions.{step.name}", decision, mend)
        by, verdict = decision
        if by not in approvers:
            mend = tr("Only {approvers} may decide here.", approvers=", ".join(approvers))
            raise PipelineError(f"decisions.{step.name}", by, mend)
        if verdict == "approve":
            return Row(step.name, step.type, "approved", tr("by {who}", who=by))
        if verdict == "reject":
            why = tr("by {who}; {reject}", who=by, reject=f"on_reject: {step.on_reject}")
            return Row(step.name, step.type, "rejected", why)
        raise PipelineError(f"decisions.{step.name}", verdict, tr("Decide with `approve` or `reject`."))
    asked = tr("for {approvers}", approvers=tr(" or ").join(approvers))
    if condition is None:
        return Row(step.name, step.type, "waiting", asked)
    measured = _measured(condition.metric, metrics[condition.metric])
    if condition.holds(metrics):
        why = tr("automatically: {measured}, above {least}", measured=measured, least=condition.threshold)
        return Row(step.name, step.type, "approved", why)
    why = tr(
        "{asked}: {measured}, not above {least}", asked=asked, measured=measured, least=condition.threshold
    )
    return Row(step.name, step.type, "waiting", why)


def _measured(name: str, value: float) -> str:
    return tr("{metric} is {value}", metric=name, value=_number(value))


def _test(step: Test, metrics: Mapping[str, float]) -> Row:
    measured = ", ".join(_measured(name, value) for name, value in metrics.items())
    condition = _condition(step.inputs.pass_if, "pass_if")
    if condition:
        _need(condition, metrics)
        if not condition.holds(metrics):
            why = tr("{measured}; needs {condition}", measured=measured, condition=condition)
            return Row(step.name, step.type, "failed", why)
    return Row(step.name, step.type, "ran", measured)


def _number(value: float) -> str:
    return "NaN" if math.isnan(value) else f"{value:.12g}"


def _need(condition: Condition, metrics: Mapping[str, float]) -> None:
    if condition.metric not in metrics:
        mend = tr(
            "`{condition}` needs it: give what the test measured, such as {such}.",
            condition=condition,
            such=f"{{'{condition.metric}': 0.95}}",
        )
        raise PipelineError(f"metrics.{condition.metric}", None, mend)


def _check_metric(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, float | int):
        raise PipelineError(f"metrics.{name}", value, tr("A metric is a number from 0 to 1."))
    is_nan = isinstance(value, float) and math.isnan(value)
    if not is_nan and not 0 <= value <= 1:
        mend = tr("A metric is a fraction from 0 to 1.")
        if 1 < value <= 100:
            mend = tr(
                "A metric is a fraction from 0 to 1; {percent} percent would be {fraction}.",
                percent=value,
                fraction=value / 100,
            )
        raise PipelineError(f"metrics.{name}", value, mend)


_CONDITION = re.compile(r"([a-z][a-z0-9_]*) *> *([0-9]+(?:\.[0-9]+)?)", re.ASCII)


def _condition(text: str | None, field: str) -> Condition | None:
    if text is None:
        return None
    match = _CONDITION.fullmatch(text)
    if not match:
        mend = tr("A condition compares a metric with `>`, as in `accuracy > 0.90`.")
        raise PipelineError(field, text, mend)
    if float(match[2]) > 1:
        mend = tr("Metrics are fractions from 0 to 1, so 90 % is `{metric} > 0.90`.", metric=match[1])
        raise PipelineError(field, text, mend)
    return Condition(match[1], match[2])


def _check(pipeline: Pipeline) -> None:
    """What no single field can tell: names are unique, conditions make sense where they stand."""
    names: set[str] = set()
    tested = False
    for index, step in enumerate(pipeline.steps):
        if step.name in names:
            mend = tr("Another step has this name: choose another.")
            raise PipelineError(f"steps[{index}].name", step.name, mend)
        names.add(step.name)
        if isinstance(step, Test):
            tested = True
            _condition(step.inputs.pass_if, f"steps[{index}].inputs.pass_if")
        if isinstance(step, Approval):
            field = f"steps[{index}].inputs"
            approvers = step.inputs.approvers
            if len(set(approvers)) < len(approvers):
                raise PipelineError(f"{field}.approvers", approvers, tr("Name each approver once."))
            condition = _condition(step.inputs.approve_if, f"{field}.approve_if")
            if condition and not tested:
                mend = tr("No test step comes before it, so nothing has been measured: put one there.")
                raise PipelineError(f"{field}.approve_if", step.inputs.approve_if, mend)


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, without what a reader would stumble over: doubled keys, aliases, tags."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            mend = tr("Write the value out: no YAML aliases.")
            raise PipelineError(_where(event.start_mark), f"*{event.anchor}", mend)
        if tag := getattr(event, "tag", None):
            raise PipelineError(
                _where(event.start_mark), tag, tr("Leave the YAML tag out: a value says what it is.")
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
                mend = tr("Keys are plain words; YAML reads on, yes, no and numbers as something else.")
                raise PipelineError(_where(key.start_mark), str(key.value), mend)
            if key.value in seen:
                mend = tr("This key stands there twice, and YAML would keep the last: remove one.")
                raise PipelineError(_where(key.start_mark), key.value, mend)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _load(text: str) -> object:
    if not isinstance(text, str) or len(text) > _LONGEST:
        mend = tr("A pipeline is YAML text of at most {count} characters.", count=_LONGEST)
        raise PipelineError("(document)", text, mend)
    try:
        return yaml.load(text, Loader=_Loader)
    except PipelineError:
        raise
    except RecursionError:
        raise PipelineError("(document)", text, tr("This is nested too deep for a pipeline.")) from None
    except yaml.MarkedYAMLError as error:
        mark, mend = error.problem_mark, tr("This is not YAML: {reason}.", reason=error.problem)
        raise PipelineError(_where(mark), _line(text, mark.line if mark else 0), mend) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise PipelineError("(document)", text, tr("This is not YAML: {reason}.", reason=reason)) from None


def _where(mark: Any) -> str:
    return tr("(line {number})", number=mark.line + 1) if mark else "(document)"


def _line(text: str, number: int) -> str:
    """The line of that number, from 0; YAML may complain of the one after the last."""
    lines = text.splitlines()
    return lines[number].strip() if number < len(lines) else ""


_KEYS = {
    (): later("The only key here is `steps`."),
    ("training",): later("A training step has `name` and `type`."),
    ("deploy",): later("A deploy step has `name` and `type`."),
    ("test",): later("A test step has `name`, `type` and `inputs`."),
    ("approval",): later("An approval step has `name`, `type`, `inputs` and `on_reject`."),
    ("test", "inputs"): later("A test's inputs are `pass_if`."),
    ("approval", "inputs"): later("An approval's inputs are `approvers`, a list, and `approve_if`."),
    ("untyped",): later("A step has `name`, `type` and what its type takes, as in `type: approval`."),
}

_MISSING = {
    "steps": later("Add `steps`, a list."),
    "name": later("Give the step a `name`."),
    "type": later("Add `type`: {types}."),
    "inputs": later("Add `inputs` with `approvers`, a list such as `[alice]`."),
    "approvers": later("Say who approves, in a list such as `[alice]`."),
}


def _refusal(loc: tuple[int | str, ...], kind: str, value: object, message: str) -> PipelineError:
    """pydantic's error as ours. Its location names the union's member after the index: taken out."""
    inside = tuple(part for part in loc[2:-1] if isinstance(part, str))
    parts = [part for place, part in enumerate(loc) if not (place == 2 and loc[0] == "steps")]
    field = ""
    for part in parts:
        field += f"[{part}]" if isinstance(part, int) else f".{part}" if field else part
    last = parts[-1]
    if kind == "extra_forbidden":
        mend = f"{tr('This key is unknown.')} {tr(_KEYS[inside])}"
    elif kind == "missing":
        value, mend = None, tr(_MISSING.get(str(last), later("It is missing.")), types=", ".join(_TYPES))
    elif last == "type":
        mend = tr("This type is unknown: choose {types}.", types=", ".join(_TYPES))
    elif last == "on_reject":
        mend = tr("A rejection ends the pipeline: write `fail_pipeline`, or leave it out.")
    elif last == "approvers" and isinstance(value, str):
        mend = tr("Approvers must be a list, also of one person: write `approvers: [{who}]`.", who=value)
    elif last == "approvers" and value == []:
        mend = tr("Somebody has to approve: name at least one person.")
    elif last in ("approvers", "steps"):
        mend = tr("This must be a list with at least one entry.")
    elif kind in ("string_type", "string_too_long", "string_pattern_mismatch"):
        mend = tr(
            "This must be text of up to 80 letters, digits, spaces and . _ @ + -; quote yes, no and numbers."
        )
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        mend = tr("This must be a mapping of keys and values.")
    else:
        mend = f"{message}."
    return PipelineError(field, value, mend)
