"""The situations of lesson 7: accuracies for the gate, and calls of `decide`, one after the other."""

from checks.exercise import Situation

#: A call of decide: version, decision, by whom, and the approvers.
Call = tuple[str, str, str, object]

_TEAM = ["ana", "bob", "cy", "dee"]


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
        _accuracy(float("nan"), "NaN"),
        _accuracy(91, "91 (a percentage)"),
        *map(_accuracy, (-0.2, 1.0, 0.0, 1.01, 0.42, 1.5, -3, 1234)),
    )


def _accuracy(value: float, given: str = "") -> Situation:
    return Situation(given or f"an accuracy of {value}", after={"accuracy": value})


_AT_THE_THRESHOLD = _accuracy(0.90, "an accuracy of 0.90")


def who_decides() -> tuple[Situation, ...]:
    return (
        _calls("bob, who is listed, approving ana's v3", ("v3", "approve", "bob", ["ana", "bob"])),
        _calls("eve, who is not listed, approving v3", ("v3", "approve", "eve", ["ana", "bob"])),
        _calls("ana, who is listed, approving her own v3", ("v3", "approve", "ana", ["ana", "bob"])),
        _calls("approvers given as the text `'bob'`", ("v3", "approve", "bob", "bob")),
        _calls("approvers given as the text `'bob'`, and b approving", ("v3", "approve", "b", "bob")),
        _calls("bo, who is not listed, while bob is", ("v3", "approve", "bo", ["ana", "bob"])),
        _calls("approvers given as a tuple", ("v3", "approve", "bob", ("ana", "bob"))),
        _calls(
            "cy rejecting v3, bob approving v3, bob trying his own v4, ana approving v4, "
            "eve and an empty list",
            ("v3", "reject", "cy", _TEAM),
            ("v3", "approve", "bob", _TEAM),
            ("v4", "approve", "bob", _TEAM),
            ("v4", "approve", "ana", _TEAM),
            ("v4", "approve", "eve", _TEAM),
            ("v4", "reject", "cy", []),
        ),
    )


def _calls(given: str, *calls: Call) -> Situation:
    return Situation(given, after={"calls": list(calls)})


def whole_decisions() -> tuple[Situation, ...]:
    return (
        _votes("bob and cy approving v3", ("v3", "approve", "bob"), ("v3", "approve", "cy")),
        _votes("bob rejecting v3", ("v3", "reject", "bob")),
        _votes("bob approving v3 twice", ("v3", "approve", "bob"), ("v3", "approve", "bob")),
        _votes(
            "bob rejecting v3, and cy approving it afterwards",
            ("v3", "reject", "bob"),
            ("v3", "approve", "cy"),
        ),
        _votes(
            "bob and cy approving v3, and dee rejecting it afterwards",
            ("v3", "approve", "bob"),
            ("v3", "approve", "cy"),
            ("v3", "reject", "dee"),
        ),
        _votes(
            "bob approving v3, and then changing his mind", ("v3", "approve", "bob"), ("v3", "reject", "bob")
        ),
        _votes("bob saying maybe to v3", ("v3", "maybe", "bob"), ("v3", "approve", "cy")),
        _votes(
            "bob saying approved to v3, cy nothing, bob approving his own v4, and dee v3",
            ("v3", "approved", "bob"),
            ("v3", "", "cy"),
            ("v4", "approve", "bob"),
            ("v3", "approve", "dee"),
        ),
        _votes(
            "cy approving v3 and v4, and dee approving v4",
            ("v3", "approve", "cy"),
            ("v4", "approve", "cy"),
            ("v4", "approve", "dee"),
        ),
        _votes(
            "a quorum of 3, bob, cy and dee approving v3, and bob trying twice",
            ("v3", "approve", "bob"),
            ("v3", "approve", "bob"),
            ("v3", "approve", "cy"),
            ("v3", "approve", "dee"),
            quorum=3,
        ),
        _votes("cy approving v3, then dee rejecting it", ("v3", "approve", "cy"), ("v3", "reject", "dee")),
        _votes(
            "ana approving her own v3, eve, and a text of approvers",
            ("v3", "approve", "ana"),
            ("v3", "approve", "eve"),
            ("v3", "approve", "bo"),
            ("v3", "approve", "b", "bob"),
            ("v3", "approve", "bob"),
        ),
        _votes("a quorum of 1, and bob approving v3", ("v3", "approve", "bob"), quorum=1),
    )


def _votes(given: str, *votes: tuple[str, ...], quorum: int = 2) -> Situation:
    """Calls with the team as approvers, where a vote names no others."""
    calls = [vote if len(vote) == 4 else (*vote, _TEAM) for vote in votes]
    return Situation(given, {"quorum": quorum}, {"calls": calls})
