"""What somebody answers to an item of any form who knows everything, or nothing."""

from checks.exercise import Choice, Exercise, FillIn
from checks.judge import judge
from checks.judge.situations import made
from checks.practice import Breaking, Ordering, Writing, typed


def right(item: Exercise) -> tuple[str, ...]:
    """A right answer."""
    match item:
        case Choice():
            return (item.answer,)
        case FillIn():
            return item.answer
        case Writing():
            return tuple(item.of.reference.strip("\n").split("\n"))
        case Ordering():
            sources = (item.of.reference, *item.of.alternatives)
            ordered = (tuple(filter(str.strip, each.splitlines())) for each in sources)
            return next(each for each in ordered if {line.strip() for line in each} <= set(item.lines))
        case Breaking():
            tried = (typed(each, item.givens) for each in (*item.of.situations, *made(item.of)))
            return next(each for each in tried if judge(item, each).correct)
    raise TypeError(type(item))


def wrong(item: Exercise) -> tuple[str, ...]:
    """A wrong answer, or none at all."""
    match item:
        case Choice():
            return ("b" if item.answer == "a" else "a",)
        case FillIn():
            others = [each for each in item.options if each != item.answer[0]]
            return (others[0], *item.answer[1:])
        case Writing():
            return tuple(item.start.split("\n"))
        case Ordering():
            return item.lines
        case Breaking():
            return item.typed
    raise TypeError(type(item))
