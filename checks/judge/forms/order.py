"""Order: the lines of a right answer, shuffled and without their indentation; any order that works is right.

Called by `forms.make`, and by the judge for what is no answer. At level 2 lines of wrong answers are among
them, of the kind that one takes for the right ones.
"""

import difflib
import io
import tokenize
from collections import Counter
from collections.abc import Iterable
from functools import cache
from random import Random

from checks.catalogue import tr
from checks.exercise import Step
from checks.markdown import code
from checks.practice import Ordering, texts

#: How many lines make a task: fewer have no order, more are a wall of text.
_FEWEST, _MOST = 3, 16
#: Lines of wrong answers at level 2, and how like a right one each has to be.
_WRONG, _ALIKE = 2, 0.6


def make(step: Step, id_: str, level: int, random: Random) -> Ordering:
    """The item. ValueError where no right answer has lines enough."""
    able = [lines for source in (step.reference, *step.alternatives) if (lines := _lines(source))]
    if not able:
        raise ValueError(
            tr("{id} has no lines to put in order: its answers are too short or too long.", id=step.id)
        )
    right = random.choice(able)
    lines = [*right, *(_wrong(step, right, random) if level == 2 else ())]
    shuffled = list(lines)
    while shuffled[: len(right)] == right:
        random.shuffle(shuffled)
    here = tr("The lines of an answer are here, in a wrong order and without their indentation.")
    if len(lines) > len(right):
        here = f"{here} {tr('Not all of them are needed.')}"
    said = texts(step, id_, tr("Put in order"), task=f"{step.task}\n\n{here}")
    return Ordering(**said, of=step, lines=tuple(shuffled))


def _lines(source: str) -> list[str]:
    """The lines of a source without comments and indentation; none where there are too few or too many."""
    # Where nothing is indented, the shuffled lines might run as they stand.
    if _is_continued(source) or not any(line.startswith(" ") for line in source.splitlines()):
        return []
    lines = [
        line.strip() for line in source.splitlines() if line.strip() and not line.strip().startswith("#")
    ]
    return lines if _FEWEST <= len(lines) <= _MOST and len(set(lines)) > 2 else []


def _is_continued(source: str) -> bool:
    """Whether a text or a bracket goes over several lines: such lines are none by themselves."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.start[0] != token.end[0] and token.type == tokenize.STRING:
            return True
        if depth and token.type == tokenize.NL:
            return True
    return False


def _wrong(step: Step, right: list[str], random: Random) -> list[str]:
    """Lines of wrong answers, each like one of these."""
    samples = tuple(str(sample) for held in step.misconceptions for sample in held.samples)
    able = _like(samples, tuple(right))
    return random.sample(able, min(_WRONG, len(able)))


@cache
def _like(samples: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """The lines of samples that one may take for one of these."""
    lines = sorted({line.strip() for sample in samples for line in sample.splitlines()})
    return [line for line in lines if not _means_the_same(line, right) and _nearest(line, right) >= _ALIKE]


def _nearest(line: str, lines: Iterable[str]) -> float:
    near = [difflib.SequenceMatcher(None, line, each) for each in lines]
    near = [each for each in near if each.real_quick_ratio() >= _ALIKE <= each.quick_ratio()]  # much quicker
    return max((each.ratio() for each in near), default=0.0)


def _means_the_same(line: str, lines: Iterable[str]) -> bool:
    """Whether it differs from one of these only in quotes and spaces."""
    return _plain(line) in map(_plain, lines)


def _plain(line: str) -> str:
    return "".join(line.replace('"', "'").split())


def unfit(item: Ordering, answer: tuple[str, ...]) -> str | None:
    """Why an answer cannot be judged, with the mend; else None."""
    left = Counter(item.lines)
    for line in (each.strip() for each in answer):
        if not line:
            continue
        left[line] -= 1
        if left[line] < 0:
            if line in item.lines:
                return tr(
                    "{line} stands there only once. Take the lines as they stand, with their indentation "
                    "before them.",
                    line=code(line),
                )
            return tr(
                "{line} is none of the lines. Take the lines as they stand, with their indentation "
                "before them.",
                line=code(line),
            )
    return None
