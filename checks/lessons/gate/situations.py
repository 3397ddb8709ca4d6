"""The situations of lesson 7: accuracies for the gate, and calls of `decide`, one after the other."""

from collections.abc import Iterator, Sequence
from math import inf, nan, nextafter
from random import Random

from checks.exercise import Situation
from checks.lessons.gate.votes import (
    AUTHORS,
    TEAM,
    WORDS,
    Call,
    calls_of,
    described,
    is_welcome,
    parts_of,
    votes_of,
)
from checks.lessons.shared.smaller import fewer
from checks.lessons.shared.words import that_hold


def accuracies() -> tuple[Situation, ...]:
    return (
        _accuracy(0.95),
        _accuracy(0.85),
        _AT_THE_THRESHOLD,
        *map(_accuracy, (0.9000001, 0.899, 0.99, 0.5, 0.91)),
        _accuracy(0.00001, "an accuracy of 0.00001"),
    )


def odd_accuracies() -> tuple[Situation, ...]:
    return (
        _accuracy(0.95),
        _AT_THE_THRESHOLD,
        _accuracy(0.9000001),
        _accuracy(nan, "NaN"),
        _accuracy(91, "91 (a percentage)"),
        *map(_accuracy, (-0.2, 1.0, 0.0, -0.0, 1.01, 0.42, 1.5, -3, 1234)),
    )


def _accuracy(value: float, given: str = "") -> Situation:
    about = {
        "the accuracy is exactly 0.90": value == 0.9,
        "the accuracy is a little above 0.90": 0.9 < value <= 0.91,
        "the accuracy is a little below 0.90": 0.89 <= value < 0.9,
        "the number is above 1": value > 1,
        "the number is below 0": value < 0,
        "the number is 0 or 1 itself": value in (0, 1),
        "the number is infinite": abs(value) == inf,
        "the number is whole": isinstance(value, int),
    }
    told = that_hold(about)
    return Situation(given or f"an accuracy of {value!r}", after={"accuracy": value}, about=told)


_AT_THE_THRESHOLD = _accuracy(0.90, "an accuracy of 0.90")


def who_decides() -> tuple[Situation, ...]:
    return (
        calls_of("bob, who is listed, approving ana's v3", ("v3", "approve", "bob", ["ana", "bob"])),
        calls_of("eve, who is not listed, approving v3", ("v3", "approve", "eve", ["ana", "bob"])),
        calls_of("ana, who is listed, approving her own v3", ("v3", "approve", "ana", ["ana", "bob"])),
        calls_of("ana, who is listed, rejecting her own v3", ("v3", "reject", "ana", ["ana", "bob"])),
        calls_of("approvers given as the text `'bob'`", ("v3", "approve", "bob", "bob")),
        calls_of("approvers given as the text `'bob'`, and b approving", ("v3", "approve", "b", "bob")),
        calls_of("bo, who is not listed, while bob is", ("v3", "approve", "bo", ["ana", "bob"])),
        calls_of("approvers given as a tuple", ("v3", "approve", "bob", ("ana", "bob"))),
        calls_of(
            "cy rejecting v3, bob approving v3, bob trying his own v4, ana approving v4, "
            "eve and an empty list",
            ("v3", "reject", "cy", TEAM),
            ("v3", "approve", "bob", TEAM),
            ("v4", "approve", "bob", TEAM),
            ("v4", "approve", "ana", TEAM),
            ("v4", "approve", "eve", TEAM),
            ("v4", "reject", "cy", []),
        ),
    )


def whole_decisions() -> tuple[Situation, ...]:
    return (
        votes_of("bob and cy approving v3", ("v3", "approve", "bob"), ("v3", "approve", "cy")),
        votes_of("bob rejecting v3", ("v3", "reject", "bob")),
        votes_of("bob approving v3 twice", ("v3", "approve", "bob"), ("v3", "approve", "bob")),
        votes_of(
            "bob rejecting v3, and cy approving it afterwards",
            ("v3", "reject", "bob"),
            ("v3", "approve", "cy"),
        ),
        votes_of(
            "bob and cy approving v3, and dee rejecting it afterwards",
            ("v3", "approve", "bob"),
            ("v3", "approve", "cy"),
            ("v3", "reject", "dee"),
        ),
        votes_of(
            "bob approving v3, and then changing his mind", ("v3", "approve", "bob"), ("v3", "reject", "bob")
        ),
        votes_of("bob saying maybe to v3", ("v3", "maybe", "bob"), ("v3", "approve", "cy")),
        votes_of(
            "bob saying approved to v3, cy nothing, bob approving his own v4, and dee v3",
            ("v3", "approved", "bob"),
            ("v3", "", "cy"),
            ("v4", "approve", "bob"),
            ("v3", "approve", "dee"),
        ),
        votes_of(
            "cy approving v3 and v4, and dee approving v4",
            ("v3", "approve", "cy"),
            ("v4", "approve", "cy"),
            ("v4", "approve", "dee"),
        ),
        votes_of(
            "a quorum of 3, bob, cy and dee approving v3, and bob trying twice",
            ("v3", "approve", "bob"),
            ("v3", "approve", "bob"),
            ("v3", "approve", "cy"),
            ("v3", "approve", "dee"),
            quorum=3,
        ),
        votes_of("cy approving v3, then dee rejecting it", ("v3", "approve", "cy"), ("v3", "reject", "dee")),
        votes_of(
            "ana rejecting her own v3, eve, and a text of approvers",
            ("v3", "reject", "ana"),
            ("v3", "approve", "eve"),
            ("v3", "approve", "bo"),
            ("v3", "approve", "b", "bob"),
            ("v3", "approve", "bob"),
        ),
        votes_of("a quorum of 1, and bob approving v3", ("v3", "approve", "bob"), quorum=1),
        calls_of(
            "bob and cy having approved v3 before, a quorum that was lowered from 3 to 1 since, and dee "
            "approving v3",
            ("v3", "approve", "dee", TEAM),
            quorum=1,
            was=3,
            noted={"v3": {"bob": "approve", "cy": "approve"}},
        ),
    )


# ── made from a seed ──────────────────────────────────────────────────────────────────────────────────


def an_accuracy(random: Random) -> Situation:
    """From 0 to 1: anywhere, close to 0.90, with few decimals, or whole."""
    near = 0.9 + random.choice((-1, 1)) * 10 ** random.uniform(-9, -1.1)
    decimals = round(random.random(), random.randint(1, 4))
    ends = (0, 1, 0.0, 1.0, 0.9, nextafter(0.9, 1), nextafter(0.9, 0))
    return _accuracy(random.choice((random.random(), near, near, decimals, random.choice(ends))))


def any_accuracy(random: Random) -> Situation:
    """The same, NaN, and what is no accuracy: percentages, a little beyond the ends, infinities."""
    if random.random() < 0.5:
        return an_accuracy(random)
    beyond = 10 ** random.uniform(-9, 4)
    odd = (1 + beyond, -beyond, random.randint(2, 100), -random.randint(1, 100), nextafter(1, 2), inf, -inf)
    value = random.choice((*odd, nan))
    return _accuracy(value, "NaN" if value != value else "")


_PEOPLE = (*TEAM, "bo", "b", "eve", "Bob", "an", "deeds")


def some_calls(random: Random) -> Situation:
    """Calls of step 3, whose decisions are all `approve` or `reject`."""
    return _some(random, WORDS, 2, random.randint(1, 5))


def some_votes(random: Random) -> Situation:
    """Calls of step 4: votes in any order, many about one version, some with another word."""
    odd = (
        "approved",
        "rejected",
        "Approve",
        "REJECT",
        "maybe",
        "",
        "yes",
        "approve ",
        " reject",
        "disapprove",
    )
    words = ("approve",) * random.choice((4, 8, 20)) + ("reject",) * random.choice((1, 3))
    words += tuple(random.sample(odd, 2))
    made = _some(random, words, random.choice((1, 2, 2, 2, 3, 3, 4)), random.randint(2, 9))
    calls, quorum, noted, authors, _ = parts_of(made)
    # By the time of the calls the rule may have changed, and somebody may have decided elsewhere.
    was = random.choice((None, None, None, 1, 2, 3, 4))
    welcome = [call for call in calls if is_welcome(call, authors)]  # of two errors any would do
    if welcome and random.random() < 0.3:
        calls = welcome
        version, _, by, _ = random.choice(calls)
        people = random.choice(([by], [by.swapcase()], ["gus", by.swapcase()], [by, "gus"], ["gus", "hal"]))
        noted = {version: {who: random.choice(("approve", "approve", "reject")) for who in people}}
    return described(calls, quorum, noted, authors, was)


def _some(random: Random, words: Sequence[str], quorum: int, count: int) -> Situation:
    """So many calls, none refused by two rules: the task leaves open which of two errors is raised."""
    team = random.sample([*TEAM, "eli", "an", "bo", "diana", "Bob", " cy"], random.randint(2, 7))
    authors = random.choice((AUTHORS, AUTHORS, {"v3": "bob", "v4": "cy"}, {"v3": "ana", "v12": "dee"}))
    versions = random.sample([*authors], random.randint(1, 2))
    name = random.choice(team)
    alike = random.choice((name.capitalize(), f" {name}", f"{name} "))
    people = team * random.choice((1, 3)) + [random.choice(_PEOPLE), alike, *authors.values()]
    calls: list[Call] = []
    for _ in range(count):
        version, by = random.choice(versions), random.choice(people)
        if authors[version] == by or by not in team:
            calls.insert(0, (version, random.choice(WORDS), by, team))
        elif random.random() < 0.12:
            odd = (tuple(team), " ".join(team), f"{by}by", by, dict.fromkeys(team, True), None)
            calls.insert(0, (version, random.choice(WORDS), by, random.choice(odd)))
        else:
            calls.append((version, random.choice(words), by, team))
    noted = random.choice(({}, {}, {"v4": {"gus": "approve"}}, {"v9": {"bob": "reject"}}))
    return described(calls, quorum, noted if quorum > 1 else {}, authors)


def smaller_calls(situation: Situation) -> Iterator[Situation]:
    """The same with one call alone, with two, with one less, and with nothing noted before."""
    calls, quorum, noted, authors, was = parts_of(situation)
    for kept in fewer(calls):
        yield described(kept, quorum, noted, authors, was)
    if noted:
        yield described(calls, quorum, {}, authors, was)
    if was != quorum:
        yield described(calls, quorum, noted, authors)


def each_has_an_author(situation: Situation) -> str:
    """Every version that is decided on was trained by somebody: what comes of another is not said."""
    calls, _, _, authors, _ = parts_of(situation)
    unknown = sorted({call[0] for call in calls} - {*authors})
    return f"Nobody trained `{unknown[0]}`: every version has its author." if unknown else ""
