"""Predict: here is code and a situation; what does it give? The options are what answers really gave.

Called by `forms.make`, and by the judge for the verdict.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from checks.catalogue import tr
from checks.exercise import ANY, Answer, Compared, FillIn, Misconception, Situation, Step, Verdict
from checks.judge.compare import what_counts
from checks.judge.feedback import wrong
from checks.judge.forms import tell
from checks.judge.forms.wrongs import wrong_answers
from checks.judge.runners import Runners
from checks.judge.situations import at_a_glance, only, varies
from checks.judge.trials import samples
from checks.markdown import code, fenced
from checks.practice import Prediction, texts
from checks.runner import Outcome
from checks.runner.values import Value, canonical, encode, show

#: Options of an item: three wrong ones where there are as many.
_OPTIONS, _FEWEST = 4, 3
#: Answers that are run beside the one that is shown; fewer where each has a registry made for it.
_OTHERS, _OTHERS_MLFLOW = 14, 8
#: Situations that are tried before it is said that there is nothing to predict.
_TRIES = 12
#: An option is read at a glance.
_LONGEST = 160
#: Seconds that a card's code may take, where all options are to be tried.
_QUICK = 20.0
_NUMBER = re.compile(r"\d+")
#: In place of a misconception, for an option that a right answer gives.
_AS_ASKED = "as-asked"


@dataclass(frozen=True)
class _Answer:
    """An answer whose outcome may be an option; None for a right one."""

    source: str
    held: Misconception | None = None


@dataclass(frozen=True)
class _Option:
    text: str
    gives: str
    answer: _Answer


def as_step(task: FillIn) -> Step:
    """The code with blanks as a step, whose answer is the code filled in. ValueError where that takes long.

    The wrong answers are the task's, whatever stands in a blank for which any option does.
    """
    if task.seconds > _QUICK:
        raise ValueError(
            tr("{id} starts a worker: there is no time to try what others give there.", id=task.id)
        )
    return Step(
        **texts(task, task.id, ""),
        situations=task.situations,
        compares=task.compares,
        before=task.before,
        after=task.after,
        seconds=task.seconds,
        misconceptions=tuple(
            replace(held, samples=tuple(task.fill(_filled(task, sample)) for sample in held.samples))
            for held in task.misconceptions
        ),
        reference=task.solution,
    )


def _filled(task: FillIn, sample: Answer) -> tuple[str, ...]:
    return tuple(
        right if option == ANY else option for option, right in zip(sample, task.answer, strict=True)
    )


def make(step: Step, id_: str, random: Random, runners: Runners) -> Prediction:
    """The item. ValueError where the step's answers give nothing that one could get wrong."""
    if not varies(step):
        raise ValueError(
            tr("{id} has nothing to predict: its answer is a value that stands in it.", id=step.id)
        )
    right, wrong_ones = _answers(step)
    for _ in range(_TRIES):
        given = random.choice(step.situations if random.random() < 0.3 else at_a_glance(step))
        shown = random.choice(right if random.random() < 0.4 else wrong_ones or right)
        told, found = _options(step, given, shown, wrong_ones, random, runners)
        if found and _is_fair(item := _item(step, id_, given, shown, told, found, random)):
            return item
    raise ValueError(
        tr("{id} gave too few different things to choose from by this seed: take another one.", id=step.id)
    )


def _answers(step: Step) -> tuple[list[_Answer], list[_Answer]]:
    right = [_Answer(source) for source in (step.reference, *step.alternatives)]
    wrong_ones = [_Answer(source, held) for held, source in wrong_answers(step)]
    return right, wrong_ones


def _options(
    step: Step,
    given: Situation,
    shown: _Answer,
    wrong_ones: Sequence[_Answer],
    random: Random,
    runners: Runners,
) -> tuple[tuple[Compared, ...], list[_Option]]:
    """What is told, and what the code gives, first, and what others gave; empty where these are too few."""
    most = min(len(wrong_ones), _OTHERS_MLFLOW if step.mlflow else _OTHERS)
    tried = [shown, _Answer(step.reference), *random.sample(wrong_ones, most)]
    outcomes = samples(step, [each.source for each in tried], given, runners)
    ended = {
        answer: outcome
        for answer, outcome in zip(tried, outcomes, strict=True)
        if outcome.ended in ("finished", "raised")
    }
    told = tell.parts(step, list(ended.values()), given)
    kinds: dict[str, tuple[_Answer, Outcome]] = {}
    said = set[str]()
    for answer, outcome in ended.items():
        text = tell.gives(step, outcome, told, given)
        if text not in said and len(text) <= _LONGEST:
            said.add(text)
            kinds.setdefault(repr(what_counts(step, outcome)), (answer, outcome))
    picked = _picked(step, list(kinds.values()))
    if not picked or picked[0][0] != shown:
        return (), []
    # Of those that are left, less may tell them apart.
    told = tell.parts(step, [outcome for _, outcome in picked], given)
    return told, [
        _Option(tell.gives(step, outcome, told, given), _typed(step, told, outcome), answer)
        for answer, outcome in picked
    ]


def _picked(step: Step, found: list[tuple[_Answer, Outcome]]) -> list[tuple[_Answer, Outcome]]:
    """The right one and the most telling others: values before exceptions, each mistake once."""
    others = sorted(found[1:], key=lambda each: bool(tell.exception(step, each[1])))
    kept, mistakes = found[:1], set[str]()
    for answer, outcome in others:
        mistake = answer.held.id if answer.held else ""
        if mistake not in mistakes and len(kept) < _OPTIONS:
            mistakes.add(mistake)
            kept.append((answer, outcome))
    return kept if len(kept) >= _FEWEST else []


def _typed(step: Step, told: Sequence[Compared], outcome: Outcome) -> str:
    """What the option is as Python, where it is one value or an exception."""
    if raised := tell.exception(step, outcome):
        return raised
    name = getattr(told[0], "name", "") if len(told) == 1 else ""
    value = outcome.values.get(name)
    text = "" if value is None else show(value)
    return text if _literal(text) is not None else ""


def _literal(text: str) -> Value | None:
    try:
        return encode(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _is_fair(item: Prediction) -> bool:
    """Whether the right option is not the only one whose text stands in the task, or does not stand there;
    and holds no number that follows from what the situation keeps to itself.
    """
    stands = [each.strip("`") in item.task for each in item.options]
    right = item.letters.index(item.answer)
    hides = any(name.startswith("_") for name in item.of.situations[0].before)
    if hides and not set(_NUMBER.findall(item.options[right])) <= set(_NUMBER.findall(item.task)):
        return False
    return stands[right] in stands[:right] + stands[right + 1 :]


def _item(
    step: Step,
    id_: str,
    given: Situation,
    shown: _Answer,
    told: tuple[Compared, ...],
    found: list[_Option],
    random: Random,
) -> Prediction:
    right, options = found[0], random.sample(found, len(found))
    letters = "abcdefgh"[: len(options)]
    place = options.index(right)
    earlier = tell.defined(step, shown.source)
    task = [
        tr("Here is an answer to **{title}**, right or wrong.", title=step.title),
        *tell.from_earlier(earlier),
        fenced(shown.source),
        tell.situation(step, given),
        tr("**{question}** Decide before you see it run.", question=tell.asks(told)),
    ]
    said = texts(
        step,
        id_,
        tr("Predict"),
        task="\n\n".join(task),
        hints=(
            tr(
                "Go through the code line by line, with the values that stand there, and write down what "
                "each variable holds."
            ),
            tr(
                "Read each comparison aloud with its values: which side is text, which a number, and is "
                "it met?"
            ),
        ),
        common_mistakes=(tr("Reading what the code should do in place of what it does."),),
        explanation=_explanation(step, shown),
        right=_about(step, shown),
    )
    return Prediction(
        **said,
        misconceptions=tuple(
            _reason(letter, option)
            for letter, option in zip(letters, options, strict=True)
            if option != right
        ),
        options=tuple(each.text for each in options),
        answer=letters[place],
        quick_check="",
        of=only(step, given),
        code=shown.source,
        told=told,
        gives=tuple(each.gives for each in options),
    )


def _about(step: Step, shown: _Answer) -> str:
    if shown.held is None:
        return f"{tr('The code is a right answer to the step.')} {step.right}"
    return f"{tr('As an answer to the step it is wrong.')} {shown.held.says}"


def _explanation(step: Step, shown: _Answer) -> str:
    if shown.held is None:
        return f"{step.right}\n\n{step.explanation}"
    return f"{shown.held.says} {shown.held.advice}\n\n{tell.right(step.reference)}"


def _reason(letter: str, option: _Option) -> Misconception:
    """What gives the result that this letter stands for."""
    held = option.answer.held
    if held is None:
        says, name = tr("That is what a right answer gives."), _AS_ASKED
    else:
        says = tr("That is what comes of another mistake. {says}", says=held.says)
        name = held.id
    return Misconception(name, says, tr("Walk through the code below, line by line."), ((letter,),))


# ── the verdict ───────────────────────────────────────────────────────────────────────────────────────


def letter_of(item: Prediction, typed: str) -> str | None:
    """The letter that an answer means; "" for a value that is no option, None for what is no answer."""
    if letter := item.letter(typed):
        return letter
    text = typed.strip()
    if (value := _literal(text)) is None:
        return "" if text.isidentifier() and text.endswith(("Error", "Exception")) else None
    for letter, gives in zip(item.letters, item.gives, strict=True):
        known = _literal(gives) if gives else None
        if known is not None and canonical(known, True) == canonical(value, True):
            return letter
    return ""


def verdict(item: Prediction, typed: str) -> Verdict:
    """The verdict on a letter or a typed value."""
    letter = letter_of(item, typed)
    if letter is None:
        letters = ", ".join(item.letters)
        return Verdict(
            "not_attempted",
            tr(
                "{typed} is neither one of the letters {letters} nor a value as Python writes it: a text "
                "stands in quotes, an exception is named. It cost you no attempt.",
                typed=code(typed),
                letters=letters,
            ),
        )
    gives = item.options[item.letters.index(item.answer)]
    given = item.of.situations[0].given
    happened = tr("It was run: {gives}.", gives=gives)
    if letter == item.answer:
        return Verdict("correct", f"{happened}\n\n{item.right}", given=given)
    held = next((each for each in item.misconceptions if (letter,) in each.samples), None)
    says = (
        held.says
        if held
        else tr("{typed} is not what it gives, nor what any of our answers gave.", typed=code(typed.strip()))
    )
    said = wrong(says, happened=happened, advice=tr("Walk through the code below, line by line."))
    name = f"{item.of.id}/{held.id}" if held and held.id != _AS_ASKED else None
    return replace(said, misconception=name, given=given)
