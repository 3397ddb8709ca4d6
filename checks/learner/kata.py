"""A kata as a learner does it: what is chosen for them, what they answer, and the card that comes of it.

Called by the word `kata`. What to ask next follows from the record; the call then holds what was asked and
answered, so that the same line says the same to everyone.
"""

import contextlib
import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, partial
from random import Random
from typing import Any

from checks.catalogue import language, tr
from checks.exercise import Choice, Exercise, Runnable, Verdict
from checks.judge import can_play
from checks.judge import kata as katas
from checks.judge.forms import Item, forms_of
from checks.judge.kata import ASK, ITEMS, SURE, Given, Kata
from checks.learner import alive, attempts, twin
from checks.learner.card.card import CardState
from checks.learner.card.kata import Answered, KataCard, KataState, Turn
from checks.learner.record import Attempt, Sure
from checks.learner.repetition import by_need, of_all
from checks.lessons import exercises, lessons, of_test, tests
from checks.practice import Breaking, Prediction, Reason

#: With fewer exercises and questions than these a kata would soon have nothing new.
_FEW = 6


def _lesson(id_: str) -> str:
    """The lesson that an exercise or a question is about."""
    exercise = exercises()[id_]
    return exercise.lesson if isinstance(exercise, Choice) and exercise.lesson else id_.partition(".")[0]


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────────


def _next(kata: Kata, given: Sequence[Attempt]) -> Item:
    """What to ask next: what needs practice most, asked least here. ValueError where nothing is left."""
    met = _met(kata.pattern, given)
    steps = [id_ for id_ in met if not id_.startswith("bank.")]
    here = [one.item for one in kata.given]
    asked = Counter(item.exercise for item in here)
    last = _lesson(here[-1].exercise) if here else ""
    order = by_need(steps, of_all(given), _today())
    known = {each.exercise for each in given}
    new = [id_ for id_ in met if id_.startswith("bank.") and id_ not in known]
    for id_ in sorted(order, key=lambda id_: (asked[id_], not here and _slow(id_), _lesson(id_) == last)):
        if not here and new and _slow(id_):
            break  # MLflow is being loaded while a question is read
        if found := next(_forms(kata, id_, given), None):
            return found
    if not new:
        raise ValueError(
            tr(
                "All that there is on {pattern} so far is answered. Go on with the lessons: each has more.",
                pattern=kata.pattern,
            )
        )
    return kata.item(Random(f"{kata.seed} {len(here)}").choice(new), ASK)


def _ahead(kata: Kata, given: Sequence[Attempt]) -> None:
    """Make an item that may be asked next, and remember it; whatever is wrong with it shows then."""
    with contextlib.suppress(Exception):
        if len(kata.given) < ITEMS:
            _next(kata, given)


def _slow(id_: str) -> bool:
    """Whether an exercise runs MLflow, which takes seconds to load."""
    exercise = exercises()[id_]
    return isinstance(exercise, Runnable) and exercise.mlflow


def _met(pattern: str, given: Sequence[Attempt]) -> list[str]:
    """What the learner has met: of the lessons that were begun, up to the last exercise that was tried.

    Where that is little all of those lessons, and of the pattern's first one where none was begun.
    """
    about = tests()[pattern]
    tried = {each.exercise.partition(":")[0] for each in given}
    begun = {id_.partition(".")[0] for id_ in tried} & set(about) or {about[0]}
    reached: set[str] = set()
    for lesson in lessons():
        ids = [each.id for each in lesson.exercises] if lesson.slug in begun else []
        reached.update(ids[: max((ids.index(id_) + 1 for id_ in tried if id_ in ids), default=0)])
    known = of_test(pattern).items()
    asked = [id_ for id_, each in known if forms_of(each) or id_.startswith("bank.")]
    met = [id_ for id_ in asked if (getattr(exercises()[id_], "back_to", "") or id_) in reached]
    return met if len(met) >= _FEW else [id_ for id_ in asked if _lesson(id_) in begun]


def _forms(kata: Kata, id_: str, given: Sequence[Attempt]) -> Iterator[Item]:
    """The items that can be asked of an exercise: those first whose form came least, and none ever twice.

    Nor is the same answer of somebody else's read twice in a kata.
    """
    asked = [item for each in given if (item := Item.of(each.exercise))]
    here = Counter(one.item.form for one in kata.given)
    before = Counter(item.form for item in asked if item.exercise == id_)
    ways = [(form, level) for form, levels in katas.FORMS.items() for level in levels]
    Random(f"{kata.seed} {len(kata.given)}").shuffle(ways)
    read = {_code(one.item) for one in kata.given if one.item.exercise == id_} - {""}
    for form, level in sorted(ways, key=lambda way: (here[way[0]], before[way[0]])):
        item = kata.item(id_, form, level)
        if katas.named(item) in [katas.named(one.item) for one in kata.given]:
            continue
        shown = _shown(item)
        alike = [one for one in asked if (one.exercise, one.form) == (id_, form)]
        if shown and shown not in map(_shown, alike) and _code(item) not in read:
            yield item


def _made(item: Item) -> Exercise | None:
    return _made_in(language(), item)


@cache
def _made_in(_: str, item: Item) -> Exercise | None:
    try:
        return twin.made(item.exercise, partial(katas.made, item))
    except (ValueError, KeyError):  # nothing of that kind by this seed, or an exercise that is no more
        return None


def _shown(item: Item) -> tuple[str, ...] | None:
    """What an item asks, by which two of them are the same, whatever options they offer.

    Where the mistake is asked for, that is the code alone: its mistake is the same in every situation.
    """
    made = _made(item)
    if isinstance(made, Reason):
        return (made.code,)
    parts = ("code", "start", "lines")
    return (made.task, *(str(getattr(made, part, "")) for part in parts)) if made else None


def _code(item: Item) -> str:
    """The answer of somebody else's that an item shows, to be read; "" where it shows none."""
    made = _made(item)
    return made.code if isinstance(made, Prediction | Reason | Breaking) else ""


# ── what is answered ──────────────────────────────────────────────────────────────────────────────────


class Session:
    """One kata at hand: its call as it grows, the verdicts so far, and the item that is asked now.

    ValueError, in Markdown, for an answer that cannot be judged.
    """

    def __init__(self, kata: Kata) -> None:
        self.kata = Kata(kata.pattern, kata.seed)
        self.verdicts: list[Verdict] = []
        self.item: Item | None = None
        for number, given in enumerate(kata.given, 1):
            if self._answer(given).status not in ("correct", "wrong"):
                raise ValueError(
                    tr(
                        "Answer {number} does not fit its item: take it out and run the line again.",
                        number=number,
                    )
                )

    def next(self) -> KataState:
        """The next item, or what came of all of them."""
        if len(self.kata.given) == ITEMS:
            return self._end()
        given = attempts.use(lambda record: record.attempts())
        self.item = _next(self.kata, given)
        # What most likely comes next is made while this one is read. A browser has no threads.
        following = self.kata.answered(Given(self.item, "fairly", ()))
        with contextlib.suppress(RuntimeError):
            threading.Thread(target=_ahead, args=(following, given), daemon=True).start()
        return self._state(self._card(self.item))

    def clicked(self, state: KataState, click: Mapping[str, Any]) -> KataState:
        """Do what a button of a live kata says. Raises ValueError on nonsense."""
        match click:
            case {"action": "check"}:
                return self.next() if state.told else state
            case {"action": str() as sure, "answer": [*parts]} if sure in SURE and self.item:
                if state.told or not all(isinstance(each, str) for each in parts):
                    return state
                verdict = self._answer(Given(self.item, sure, tuple(parts)))
                return self._state(self._card(self.item, tuple(parts), verdict))
        raise ValueError(f"the page sent what no button sends: {dict(click)!r}")

    def _answer(self, given: Given) -> Verdict:
        """Judge and record an answer; what cannot be judged is no answer."""
        verdict = katas.verdict(_item(given.item), given.answer)
        if verdict.status in ("correct", "wrong"):
            sure: Sure = given.sure  # type: ignore[assignment]
            answers = [(_recorded(given.item), given.answer, verdict)]
            attempts.use(lambda record: record.record_asked(self.kata.by, answers, sure))
            self.kata = self.kata.answered(given)
            self.verdicts.append(verdict)
        return verdict

    def _card(self, item: Item, answer: tuple[str, ...] = (), verdict: Verdict | None = None) -> CardState:
        made, lesson = _item(item), next(each for each in lessons() if each.slug == _lesson(item.exercise))
        asks = item.form == ASK
        place = (
            tr("Lesson {number}, a question", number=lesson.number)
            if asks
            else tr(
                "Lesson {number}, {place}",
                number=lesson.number,
                place=lesson.place(exercises()[item.exercise]),
            )
        )
        line = self.kata.line([[katas.named(item), "quite", "…"]])
        step = getattr(made, "of", None)
        playable = verdict is not None and bool(verdict.given) and step is not None and can_play(step)
        turn = Turn("kata", self.kata.pattern, "", place, "", line)
        missed = verdict is not None and verdict.status == "wrong"
        return CardState(made, lesson, answer, verdict, explained=missed, playable=playable, practice=turn)

    def _state(self, now: CardState | None) -> KataState:
        kata = self.kata
        return KataState(
            tr("Kata on {pattern}, seed {seed}", pattern=kata.pattern, seed=kata.seed),
            kata.call,
            ITEMS,
            tuple(tuple(each.parts) for each in kata.given),
            now,
            katas.named(self.item) if self.item else "",
            another=f'kata("{kata.pattern}")',
        )

    def _end(self) -> KataState:
        kata = self.kata
        right = [verdict.correct for verdict in self.verdicts]
        known = of_all(attempts.use(lambda record: record.attempts()))
        today = _today()
        answered = []
        for given, ok in zip(kata.given, right, strict=True):
            card = self._card(given.item)
            memory = known.get(given.item.exercise)
            back = _in_days((memory.due - today).days) if memory else ""
            answered.append(Answered(card.exercise.title, card.place, ok, tr(SURE[given.sure]), back))
        told = katas.calibration(kata.given, right).items()
        return replace(
            self._state(None),
            answered=tuple(answered),
            calibration=tuple(
                tr("{sure}: {right} of {count} right", sure=tr(SURE[sure]), right=ok, count=of)
                for sure, (ok, of) in told
            ),
        )


def _item(item: Item) -> Exercise:
    made = _made(item)
    if made is None:
        raise ValueError(
            tr("`{item}` cannot be asked by this seed: draw another kata.", item=katas.named(item))
        )
    return made


def _recorded(item: Item) -> str:
    """What an answer is recorded as: a question of the bank under its own name, so that reviews know it."""
    return item.exercise if item.form == ASK else item.id


def _today() -> date:
    return datetime.now(UTC).date()


def _in_days(days: int) -> str:
    if days < 1:
        return tr("today")
    return tr("tomorrow") if days == 1 else tr("in {days} days", days=days)


def begun(pattern: str, seed: int | None, answers: object) -> KataCard:
    """The kata that a call says, as far as it is answered; a new one where it says no seed.

    ValueError, in Markdown, for a call that says none; RunnerError where items cannot be made.
    """
    if seed is None and answers:
        raise ValueError(
            tr("Answers belong to a seed: take the whole line that {line} showed you.", line="`kata(…)`")
        )
    if seed is None:
        seed = random.randrange(1, 10_000)
    session = Session(katas.read(pattern, seed, answers, of_test(pattern)))
    return alive.kata(session.next(), session.clicked)
