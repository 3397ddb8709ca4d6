"""A kata as its call has it: which items were asked, how sure one was of each, and what one answered.

Called by the word `kata`, which chooses the items, and by grading, which has nothing but the call.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checks.catalogue import later, tr
from checks.exercise import Answer, Exercise, Step, Verdict
from checks.judge.forms import Item, make
from checks.judge.judging import judge
from checks.judge.runners import Runners
from checks.markdown import code

#: Items of a kata: about ten minutes.
ITEMS = 8
#: The forms that a kata asks in, and of each the levels.
FORMS: dict[str, tuple[int | None, ...]] = {
    "predict": (None,),
    "why": (None,),
    "fade": (2, 3),
    "order": (1, 2),
    "break": (None,),
    "mend": (None,),
}
#: A question of the bank, asked as it stands.
ASK = "ask"
#: How sure one can be, from not to very: what stands in the call, and what that means.
SURE = {"little": later("a little sure"), "fairly": later("fairly sure"), "quite": later("quite sure")}
_SEEDS = 10**6
_ITEM = re.compile(r"([a-z]+\.\d+|bank\.[a-z0-9-]+):([a-z]+)(?::(\d))?")


@dataclass(frozen=True)
class Given:
    """An item and the answer to it. In a call: `["order.3:predict", "quite", "b"]`."""

    item: Item
    sure: str
    answer: tuple[str, ...]

    @property
    def parts(self) -> list[str]:
        """As the call has it."""
        return [named(self.item), self.sure, *self.answer]


@dataclass(frozen=True)
class Kata:
    """One session on a pattern, as far as it is answered."""

    pattern: str
    seed: int
    given: tuple[Given, ...] = ()

    @property
    def by(self) -> str:
        """Its name in the record."""
        return f"kata {self.pattern} {self.seed}"

    @property
    def call(self) -> str:
        """The line to type, up to its answers."""
        return f'kata("{self.pattern}", seed={self.seed}'

    def line(self, more: Sequence[list[str]] = ()) -> str:
        """The whole line, with `more` answers."""
        answers = [*(each.parts for each in self.given), *more]
        told = f", answers={json.dumps(answers, ensure_ascii=False)}" if answers else ""
        return f"{self.call}{told})"

    def answered(self, given: Given) -> "Kata":
        """With one more answer."""
        return replace(self, given=(*self.given, given))

    def item(self, exercise: str, form: str, level: int | None = None) -> Item:
        """The item of this kind that would come next: its seed follows from the kata's own and its place."""
        return Item(exercise, form, self.seed * 10 + len(self.given), level)


def named(item: Item) -> str:
    """An item without its seed, as a call has it."""
    return f"{item.exercise}:{item.form}" + ("" if item.level is None else f":{item.level}")


def read(pattern: str, seed: object, answers: object, exercises: Collection[str]) -> Kata:
    """The kata that a call says; `exercises` are the pattern's. ValueError, in Markdown, for none."""
    if type(seed) is not int or not 0 <= seed < _SEEDS:
        raise ValueError(tr("A kata's seed is a whole number below {most:,}, as in `seed=7`.", most=_SEEDS))
    if not isinstance(answers, list | tuple) or len(answers) > ITEMS:
        raise ValueError(
            tr("The answers are a list, of {most} at the most: take the whole line again.", most=ITEMS)
        )
    kata = Kata(pattern, seed)
    for number, each in enumerate(answers, 1):
        parts = list(each) if isinstance(each, list | tuple) else []
        if len(parts) < 3 or not all(isinstance(part, str) for part in parts) or parts[1] not in SURE:
            raise ValueError(
                tr(
                    'Answer {number} is a list such as `["order.3:predict", "quite", "b"]`: what was '
                    "asked, how sure you are ({sure}), and the answer.",
                    number=number,
                    sure=", ".join(SURE),
                )
            )
        found = _ITEM.fullmatch(parts[0])
        item = kata.item(found[1], found[2], int(found[3]) if found[3] else None) if found else None
        if item is None or item.exercise not in exercises or item.level not in _levels(item):
            raise ValueError(
                tr(
                    "{item} is no item of a kata on {pattern}: take the line again.",
                    item=code(parts[0]),
                    pattern=code(pattern),
                )
            )
        if parts[0] in [named(before.item) for before in kata.given]:
            raise ValueError(
                tr("{item} is answered twice, and a kata asks nothing twice.", item=code(parts[0]))
            )
        kata = kata.answered(Given(item, parts[1], tuple(parts[2:])))
    return kata


def _levels(item: Item) -> tuple[int | None, ...]:
    if item.form == ASK:
        return (None,) if item.exercise.startswith("bank.") else ()
    return FORMS.get(item.form, ()) if not item.exercise.startswith("bank.") else ()


def made(item: Item, exercise: Exercise, runners: Runners | None = None) -> Exercise:
    """The item as an exercise. ValueError where there is none."""
    return exercise if item.form == ASK else make(exercise, item.form, item.seed, item.level, runners)


def verdict(item: Exercise, answer: tuple[str, ...], runners: Runners | None = None) -> Verdict:
    """The verdict on what was answered to an item."""
    given: Answer = answer[0] if isinstance(item, Step) else answer
    return judge(item, given, runners)


def verdicts(kata: Kata, exercises: Mapping[str, Exercise], runners: Runners) -> Iterator[Verdict]:
    """The verdict on each answer, by making every item anew. ValueError where there is none."""
    for given in kata.given:
        item = made(given.item, exercises[given.item.exercise], runners)
        yield verdict(item, given.answer, runners)


def calibration(given: Sequence[Given], right: Sequence[bool]) -> dict[str, tuple[int, int]]:
    """How sure → of how many answers how many were right: (right, of)."""
    found = {}
    for sure in SURE:
        known = [ok for each, ok in zip(given, right, strict=True) if each.sure == sure]
        if known:
            found[sure] = sum(known), len(known)
    return found
