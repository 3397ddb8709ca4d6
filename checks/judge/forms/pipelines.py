"""Predict, of a pipeline: what becomes of it with these decisions and metrics? Run by the course's engine.

Called by `forms.make` for the questions that run a pipeline. The pipeline is made from the seed; the options
are what becomes of it with other decisions and metrics.
"""

from dataclasses import dataclass
from random import Random

from checks.catalogue import later, tr
from checks.exercise import Choice, Misconception, PipelineRun
from checks.markdown import code

_FEWEST, _OPTIONS, _TRIES = 3, 4, 12
_PEOPLE = ("alice", "bob", "carol", "dan")
_THRESHOLDS = ("0.80", "0.85", "0.90", "0.95")


@dataclass(frozen=True)
class _Case:
    """Who decides what, and the accuracy that was measured; in words."""

    told: str
    decisions: dict[str, tuple[str, str]]
    accuracy: float


def make(question: Choice, id_: str, random: Random) -> Choice:
    """The item. ValueError for a question that runs no pipeline."""
    if not question.shows:
        raise ValueError(tr("{id} runs nothing that could be predicted.", id=question.id))
    for _ in range(_TRIES):
        text, cases = _pipeline(random)
        random.shuffle(cases)
        found: dict[str, _Case] = {}
        for case in cases:
            found.setdefault(_line(text, case), case)
        if len(found) >= _FEWEST:
            return _item(question, id_, text, list(found.items())[:_OPTIONS], random)
    raise ValueError(tr("{id} gave nothing to predict by this seed: take another one.", id=question.id))


def _pipeline(random: Random) -> tuple[str, list[_Case]]:
    """A pipeline's text, and the cases in which its engine takes it."""
    approvers = random.sample(_PEOPLE, random.choice((1, 2)))
    lines = ["steps:", "  - name: train_model", "    type: training"]
    passes, approves = random.choice(("", *_THRESHOLDS)), random.choice(("", *_THRESHOLDS))
    if passes:
        lines += [
            "  - name: test_model",
            "    type: test",
            "    inputs:",
            f"      pass_if: accuracy > {passes}",
        ]
    approval = ["  - name: approve_model", "    type: approval", "    inputs:"]
    approval.append(f"      approvers: [{', '.join(approvers)}]")
    if approves:
        approval.append(f"      approve_if: accuracy > {approves}")
    deploy = ["  - name: deploy_model", "    type: deploy"]
    # Now and then the step that should be asked first comes last.
    lines += [*deploy, *approval] if random.random() < 0.2 else [*approval, *deploy]
    accuracies = {0.5, 0.99, *(float(each) for each in (passes, approves) if each)}
    who = random.choice(approvers)
    decided: list[tuple[str, dict[str, tuple[str, str]]]] = [
        (later("an accuracy of {accuracy} and nobody deciding"), {}),
        (later("an accuracy of {accuracy} and {who} approving"), {"approve_model": (who, "approve")}),
        (later("an accuracy of {accuracy} and {who} rejecting"), {"approve_model": (who, "reject")}),
    ]
    cases = [
        _Case(tr(told, accuracy=f"{accuracy:.2f}", who=who), decisions, accuracy)
        for accuracy in sorted(accuracies)
        for told, decisions in decided
    ]
    return "\n".join(lines) + "\n", [case for case in cases if _line("\n".join(lines), case)]


def _line(text: str, case: _Case) -> str:
    """What becomes of it, in a line; "" where the engine refuses it, as a decision that is not asked for."""
    from checks.world import pipeline  # pydantic and YAML: only for these questions

    try:
        return pipeline.run(pipeline.read(text), case.decisions, {"accuracy": case.accuracy}).line()
    except pipeline.PipelineError:
        return ""


def _item(question: Choice, id_: str, text: str, found: list[tuple[str, _Case]], random: Random) -> Choice:
    (right, case), *_ = found
    random.shuffle(found)
    letters = "abcd"[: len(found)]
    answer = letters[[line for line, _ in found].index(right)]
    wrong = [(letter, each) for letter, (_, each) in zip(letters, found, strict=True) if letter != answer]
    return Choice(
        id=id_,
        title=f"{tr('Predict')}: {question.title}",
        difficulty=question.difficulty,
        task=f"```yaml\n{text}```\n\n"
        + tr("The pipeline runs with {case}. **What becomes of it?**", case=case.told),
        hints=(
            tr(
                "Go through the steps from the top: each runs, waits, or is left out because of one "
                "before it."
            ),
            tr(
                "Put the accuracy into each condition: is {accuracy} above the threshold?",
                accuracy=code(f"{case.accuracy:.2f}"),
            ),
        ),
        common_mistakes=(tr("Taking a threshold for reached where the metric only equals it."),),
        explanation=tr("With {case}: {came}", case=case.told, came=right),
        right=tr("It was run: {came}", came=right),
        misconceptions=tuple(
            Misconception(
                f"with-{letter}",
                tr("That becomes of it with {case}.", case=each.told),
                tr("Go through the steps from the top, with what is given here."),
                ((letter,),),
            )
            for letter, each in wrong
        ),
        options=tuple(line for line, _ in found),
        answer=answer,
        quick_check=tr("What would have to be otherwise for each of the other options?"),
        shows=(
            PipelineRun(tr("With {case}", case=case.told), text, case.decisions, {"accuracy": case.accuracy}),
        ),
    )
