"""Break: here is a plausible wrong answer; give a situation in which it goes wrong.

Called by `forms.make`, and by the judge for the verdict. A break counts where the reference and the answer
differ, the situation is a possible one, and all right answers that we know agree on it: where they do not,
the step does not say what should come of it.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from checks.catalogue import tr
from checks.exercise import Misconception, Model, Situation, Step, Verdict
from checks.judge.compare import same
from checks.judge.essential import essential
from checks.judge.feedback import free, wrong
from checks.judge.forms import tell
from checks.judge.forms.possible import impossible
from checks.judge.forms.wrongs import wrong_answers
from checks.judge.runners import Runners
from checks.judge.situations import at_hand, made, only, size, varies
from checks.judge.trials import sample, samples
from checks.markdown import code, fenced
from checks.practice import OTHERS, REGISTRY, Breaking, texts, typed
from checks.runner import Outcome

#: Wrong answers that are tried, and situations each: some must show the mistake, and some must not.
_TRIES = 16
_SITUATIONS, _SITUATIONS_MLFLOW = 24, 3
#: How NaN and the infinities are written, as values and as calls.
_WRITTEN = re.compile(r"""(?:float\(["'])?(-?(?:nan|inf))(?:["']\))?""")
#: A plausible answer is right so often at least, if there is one.
_OFTEN = 0.3


def make(step: Step, id_: str, random: Random, runners: Runners) -> Breaking:
    """The item. ValueError where answers go wrong everywhere, or nothing is given that could be changed."""
    givens = _givens(step)
    if not varies(step) or not givens:
        raise ValueError(tr("{id} has nothing to break: nothing is given that could be another.", id=step.id))
    every = at_hand(step)
    pairs = wrong_answers(step)
    found: Breaking | None = None
    tried = random.sample(every, min(_SITUATIONS_MLFLOW if step.mlflow else _SITUATIONS, len(every)))
    for held, source in random.sample(pairs, min(_TRIES, len(pairs))):
        fine = _fine(step, source, tried, runners)
        if not 0 < len(fine) < len(tried):
            continue
        item = _item(step, id_, held, source, min(fine, key=_plainness), givens)
        if not _breaks(item, [given for given in tried if given not in fine], runners):
            continue
        found = found or item
        if len(fine) >= _OFTEN * len(tried) or step.mlflow:
            return item
    if found is None:
        raise ValueError(tr("{id} gave nothing to break by this seed: take another one.", id=step.id))
    return found


def _breaks(item: Breaking, wrong: Sequence[Situation], runners: Runners) -> bool:
    """Whether one of the situations in which it goes wrong can be typed, beside what stays as it is."""
    if item.start.registry is None:
        return True
    typed_ones = []
    for given in wrong:
        try:
            typed_ones.append(read(item, typed(given, item.givens)))
        except ValueError:
            continue
    return len(_fine(item.of, item.code, typed_ones, runners)) < len(typed_ones) if typed_ones else False


def _fine(step: Step, source: str, tried: Sequence[Situation], runners: Runners) -> list[Situation]:
    """The situations in which a wrong answer does what is asked; none where it was stopped in one."""
    source = essential(step, source, ast.parse(source))  # as the judge: without what only tries it
    came, wanted = (sample(step, each, tried, runners) for each in (source, step.reference))
    if any(each.ended not in ("finished", "raised") for each in came):
        return []
    three = zip(tried, came, wanted, strict=True)
    return [given for given, one, should in three if same(step, one, should)]


def _givens(step: Step) -> tuple[str, ...]:
    given = step.situations[0]
    others = [OTHERS] if any(each.others for each in (*step.situations, *made(step))) else []
    return (*(REGISTRY if given.registry is not None else ()), *others, *given.before, *given.after)


def _plainness(given: Situation) -> tuple[bool, int]:
    """Without what cannot be typed first, then the small ones."""
    return (bool(given.sources), size(given))


def _item(
    step: Step, id_: str, held: Misconception, source: str, start: Situation, givens: tuple[str, ...]
) -> Breaking:
    earlier = tell.defined(step, source)
    task = [
        step.task,
        tr(
            "The answer below is wrong, and it does not show in the situation that stands here. Change the "
            "situation so that it goes wrong: a possible one, in which this answer does not do what is asked."
        ),
        *tell.from_earlier(earlier),
        fenced(source),
        tell.situation(step, start) if start.sources else "",
    ]
    said = texts(
        step,
        id_,
        tr("Break"),
        task="\n\n".join(filter(None, task)),
        hints=(
            tr(
                "Say in your own words what the answer does, line by line, and what is asked. "
                "Where do the two part?"
            ),
            tr("Look for what the answer does not look at, takes for granted, or compares in another way."),
        ),
        common_mistakes=(tr("Trying many situations in place of reading the answer."),),
        explanation=f"{held.says} {held.advice}\n\n{tell.right(step.reference)}",
        right=held.says,
    )
    return Breaking(
        **said,
        of=step,
        code=source,
        start=start,
        givens=givens,
    )


# ── the verdict ───────────────────────────────────────────────────────────────────────────────────────


def read(item: Breaking, answer: Sequence[str]) -> Situation:
    """The situation that was typed; what was not stays as it was. ValueError, with its reason, for none."""
    given = [*answer, *item.typed[len(answer) :]]
    if len(given) > len(item.givens):
        names = ", ".join(map(code, item.givens))
        raise ValueError(
            tr("There are {count} values to give: {names}.", count=len(item.givens), names=names)
        )
    values: dict[str, Any] = {}
    for name, text, before in zip(item.givens, given, item.typed, strict=True):
        try:
            values[name] = _value(text.strip() or before)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            raise ValueError(
                tr(
                    "{text} for {name} is no value as Python writes it: a text stands in quotes.",
                    text=code(text),
                    name=code(name),
                )
            ) from None
    start = item.start
    told = replace(
        start,
        given=tr("your situation"),
        before={name: values.get(name, value) for name, value in start.before.items()},
        after={name: values.get(name, value) for name, value in start.after.items()},
        about=(),
    )
    if start.registry is None:
        return told
    model = _model(values)
    stages = model.stages
    others = values.get(OTHERS, {})
    if not isinstance(others, dict) or not all(isinstance(each, dict) for each in others.values()):
        raise ValueError(tr("`others` is a dictionary: what there is of each other model, by its name."))
    return replace(
        told,
        registry=stages,
        aliases=model.aliases,
        tags=model.tags,
        others={name: _model(each) for name, each in others.items()} if OTHERS in values else start.others,
        touched=tuple(version for version in start.touched if version in stages),
        descriptions={version: said for version, said in start.descriptions.items() if version in stages},
        sources={version: said for version, said in start.sources.items() if version in stages},
    )


def _model(values: Mapping[str, Any]) -> Model:
    """A model of the registry. ValueError where the values are none of one."""
    stages, aliases, tags = (values.get(name, {}) for name in REGISTRY)
    if not all(isinstance(each, dict) for each in (stages, aliases, tags)) or not stages:
        raise ValueError(tr("`stages`, `aliases` and `tags` are dictionaries, and a model has a version."))
    return Model(stages, aliases, tags)


def _value(text: str) -> object:
    """A literal, or one of the numbers that have none. Raises as `ast.literal_eval`."""
    odd = _WRITTEN.fullmatch(text)
    return float(odd[1]) if odd else ast.literal_eval(text)


def alone(item: Breaking, answer: Sequence[str]) -> Step:
    """The step with the situation that was typed as its only one. ValueError as `read`."""
    return only(item.of, read(item, answer))


def verdict(item: Breaking, answer: Sequence[str], runners: Runners) -> Verdict:
    """The verdict on a situation. RunnerError where the runner fails."""
    step = item.of
    if not any(each.strip() for each in answer):
        return Verdict("not_attempted", tr("No situation is given yet."))
    try:
        given = read(item, answer)
    except ValueError as problem:
        return Verdict("not_attempted", free(str(problem)))
    if typed(given, item.givens) == item.typed:
        return Verdict("not_attempted", tr("The situation is still as it was given to you."))
    if why := impossible(step, given):
        return Verdict("not_attempted", tr("That cannot be a situation of this step. {why}", why=why))
    source = essential(step, item.code, ast.parse(item.code))
    wanted, came, *others = samples(step, [step.reference, source, *step.alternatives], given, runners)
    if not _is_settled(step, wanted, others, runners):
        return Verdict(
            "not_attempted",
            tr(
                "The step does not say what should come of that: right answers do different things there. "
                "Take a situation of which it speaks."
            ),
        )
    told = tell.parts(step, [wanted, came], given)
    should, gives = (tell.gives(step, each, told, given) for each in (wanted, came))
    if same(step, wanted, came):
        said = wrong(
            tr("The answer does what is asked there."),
            happened=tr("Both a right answer and this one gave this: {should}.", should=should),
            advice=tr("Ask what the answer takes for granted, and give a situation in which that is not so."),
        )
        return replace(said, given=given.given)
    if came.ended not in ("finished", "raised"):
        gives = tr("it did not come to an end")
    happened = tr(
        "It goes wrong there. This should have come of it: {should}. This came of it: {gives}.",
        should=should,
        gives=gives,
    )
    return Verdict("correct", f"{happened}\n\n{item.right}", given=given.given)


def _is_settled(step: Step, wanted: Outcome, others: Sequence[Outcome], runners: Runners) -> bool:
    """Whether the step says what should come of it: right answers agree, and it is of a kind that comes."""
    if any(not same(step, each, wanted) for each in others):
        return False
    return _kind(wanted) in map(_kind, sample(step, step.reference, at_hand(step), runners))


def _kind(outcome: Outcome) -> tuple[object, ...]:
    raised = outcome.raised.type if outcome.raised else ""
    return outcome.ended, raised, sorted((name, value[0]) for name, value in outcome.values.items())
