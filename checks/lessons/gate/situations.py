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
    Meanwhile,
    Noted,
    Parts,
    calls_of,
    described,
    is_welcome,
    only,
    parts_of,
    votes_of,
    with_one_error,
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
    """The same, NaN, and what is no accuracy: percentages, far beyond the ends and a little, infinities."""
    if random.random() < 0.5:
        return an_accuracy(random)
    little, much = 10 ** random.uniform(-15, 0), 10 ** random.uniform(0, random.choice((4, 18)))
    odd = (1 + little, -little, 1 + much, -much, random.randint(2, 100), -random.randint(1, 100))
    value = random.choice((*odd, round(much) + 1, nextafter(1, 2), 1 - nextafter(1, 2), inf, -inf, nan))
    return _accuracy(value, "NaN" if value != value else "")


#: Some of them are parts of others, and some differ in a blank or a capital alone.
_NAMES = (*TEAM, "eli", "an", "bo", "diana", "Bob", " cy")
_PEOPLE = (*TEAM, "bo", "b", "eve", "Bob", "an", "deeds")
_OF_OTHERS = (
    {"v3": "bob", "v4": "cy"},
    {"v3": "ana", "v12": "dee"},
    {"v1": "cy", "v12": "ana"},
    {"v3": "bob"},
)


def _alike(random: Random, name: str) -> str:
    """Somebody else's name, which looks like this one."""
    spelled = (name.capitalize(), name.upper(), f" {name}", f"{name} ", f"{name}\n")
    return random.choice(
        (*spelled, name[:-1], name[1:], f"{name}by", f"di{name}", f"{name} jr", f"{name},jr")
    )


def some_calls(random: Random) -> Situation:
    """Calls of step 3, whose decisions are all `approve` or `reject`."""
    calls, authors = _some(random, WORDS, random.randint(1, 5))
    version, _, by, _ = random.choice(calls)
    crowd = {f"p{n}": "approve" for n in range(1, 13)}
    noted: Noted = random.choice(
        ({}, {}, {}, {"v4": {"gus": "approve"}}, {"v9": {"bob": "reject"}}, {version: {by: "approve"}})
    )
    noted = {version: crowd} if random.random() < 0.04 else noted
    return described(Parts(calls, 2, noted, authors, None, {}))


#: Words that are neither of the two, though some look like them.
_OTHER_WORDS = (
    *("approved", "rejected", "Approve", "REJECT", "APPROVE", "Reject", "approve ", " reject", "approve\n"),
    *("disapprove", "app", "eject", "accept", "maybe", "yes", "no", "pending", "abstain", ""),
)


def some_votes(random: Random) -> Situation:
    """Calls of step 4: votes in any order, many about one version, some with another word.

    By the time of the calls, and between two of them, the rule may have changed and somebody have decided
    elsewhere.
    """
    words = ("approve",) * random.choice((4, 8, 20)) + ("reject",) * random.choice((1, 3))
    calls, authors = _some(random, words + tuple(random.sample(_OTHER_WORDS, 3)), random.randint(2, 9))
    quorum, was = random.choice((1, 2, 2, 2, 3, 3, 4)), random.choice((None, None, None, 1, 2, 3, 4))
    noted: Noted = random.choice(({}, {}, {"v4": {"gus": "approve"}}, {"v9": {"bob": "reject"}}))
    version, _, by, _ = random.choice(calls)
    if random.random() < 0.4 and by != authors[version]:
        alike = by.swapcase()
        people = random.choice(
            (
                [],
                [by],
                [alike],
                [alike],
                ["gus", f"{by} "],
                [alike, "gus"],
                ["gus", "hal"],
                ["gus", "hal", "ida"],
            )
        )
        noted = {version: {who: random.choice(("approve", "approve", "reject")) for who in people}}
    elif random.random() < 0.05:
        quorum, noted = 12, {version: {f"p{n}": "approve" for n in range(1, random.choice((4, 11, 12)))}}
    meanwhile: Meanwhile = {}
    if random.random() < 0.4 and len(calls) > 1:
        place = random.randrange(1, len(calls))
        version, _, by, _ = calls[place]
        new = by != authors[version] and (version, by) not in [(one, who) for one, _, who, _ in calls[:place]]
        who = random.choice(("hal", "ida", by if new else "ida"))
        theirs: Noted = random.choice(({}, {version: {who: random.choice(("approve", "approve", "reject"))}}))
        meanwhile = {place: (random.choice((quorum, random.randint(1, 4))), theirs)}
    return described(with_one_error(Parts(calls, quorum, noted, authors, was, meanwhile)))


def _some(random: Random, words: Sequence[str], count: int) -> tuple[list[Call], dict[str, str]]:
    """So many calls, none refused by two rules of step 3, and who trained the versions."""
    team = random.sample(_NAMES, random.choice((1, *range(1, 8))))
    authors = random.choice((AUTHORS, AUTHORS, *_OF_OTHERS))
    versions = random.sample([*authors], random.randint(1, len(authors)))
    outsider = random.choice((random.choice(_PEOPLE), _alike(random, random.choice(team))))
    if random.random() < 0.3:  # somebody with another's name in place of that person, or beside the author
        outsider = random.choice([*team, *authors.values()])
        team = [name for name in team if name != outsider]
        team.insert(random.randint(0, len(team)), _alike(random, outsider))
    people = team * random.choice((1, 3)) + [outsider, outsider, *authors.values()]
    if random.random() < 0.1:
        team.append(random.choice([name for name in team if name not in authors.values()] or team))
    # Somebody leaves the list, or joins it.
    leaves = random.choice(team)
    later = random.choice((team, [*team, outsider], [name for name in team if name != leaves]))
    people += [leaves] * random.choice((0, 3))
    since = random.randint(0, count)
    calls: list[Call] = []
    for place in range(count):
        version, by, on = random.choice(versions), random.choice(people), later if place >= since else team
        word = random.choice(words)
        if not is_welcome((version, word, by, on), authors):
            calls.append((version, random.choice(WORDS), by, on))
        elif random.random() < 0.12:
            odd = (
                tuple(on),
                " ".join(on),
                f"{by}by",
                by,
                dict.fromkeys(on, True),
                {by},
                frozenset({by}),
                None,
            )
            calls.append((version, random.choice(WORDS), by, random.choice(odd)))
        else:
            calls.append((version, word, by, on))
    return calls, authors


def smaller_calls(situation: Situation) -> Iterator[Situation]:
    """The same with one call alone, with two, with one less, and with nothing noted before."""
    parts = parts_of(situation)
    less = [only(parts, kept) for kept in fewer(range(len(parts.calls)))]
    less += [parts._replace(meanwhile={}), parts._replace(noted={}), parts._replace(was=parts.quorum)]
    for each in map(with_one_error, less):
        if each.calls and each != parts:
            yield described(each)


def each_has_an_author(situation: Situation) -> str:
    """Every version that is decided on was trained by somebody: what comes of another is not said."""
    parts = parts_of(situation)
    unknown = sorted({call[0] for call in parts.calls} - {*parts.authors})
    return f"Nobody trained `{unknown[0]}`: every version has its author." if unknown else ""
