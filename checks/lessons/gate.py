"""Lesson 7: a gate that approves by itself above a threshold, and people who decide about the rest.

Listed in checks.lessons; read by the notebook 07_gate.
"""

from collections.abc import Callable

import checks.lessons._looks as look
from checks.exercise import Lesson, Misconception, Scenario, Seen, Step, Variable
from checks.lessons._functions import about, unknown_name

# ── 1 and 2 The gate ──────────────────────────────────────────────────────────────────────────────────


def _gate(*lines: str) -> str:
    return "def gate(accuracy):\n" + "".join(f"    {line}\n" for line in lines)


_DECIDE = ("if accuracy > 0.90:", "    return 'approved'", "return 'pending'")


def _gated(accuracy: str, *, given: str = "", guarded: bool = False) -> Scenario:
    call = f"gate({accuracy})"
    after = (
        f"result, raised = None, False\ntry:\n    result = {call}\nexcept ValueError:\n    raised = True\n"
        if guarded
        else f"result = {call}\n"
    )
    return Scenario(given or f"an accuracy of {accuracy}", after=after)


def _in_run(seen: Seen, accuracy: str, test: Callable[[object], bool]) -> bool:
    """The scenario with this accuracy ended with a result that passes the test."""
    return any(
        f"gate({accuracy})" in run.scenario.after and not run.raised and test(run.values.get("result"))
        for run in seen.runs
    )


def _refused(seen: Seen, accuracy: str) -> bool:
    """The scenario with this accuracy ended with a ValueError."""
    return any(
        f"gate({accuracy})" in run.scenario.after and run.values.get("raised") is True for run in seen.runs
    )


_GATE = Step(
    id="gate.1",
    title="Approve above a threshold",
    difficulty="easy",
    task=(
        "Write `gate(accuracy)`: it returns `'approved'` if the accuracy is strictly above 0.90, and "
        "otherwise `'pending'`, which means that a person has to decide."
    ),
    starter="def gate(accuracy):\n    ...\n",
    hints=(
        "One comparison decides. What is to happen at exactly 0.90?",
        "*Strictly above* leaves the threshold itself out: that is `>`, not `>=`.",
        "`if accuracy > 0.90:` returns `'approved'`; after it, `return 'pending'`.",
    ),
    common_mistakes=(
        "`>=`: a model at exactly 0.90 slips through.",
        "Rounding first: 0.9000001 is above 0.90, and 0.899 is not.",
        "Turning the model down below the threshold: the rule says that a person looks at it.",
    ),
    explanation=(
        "```python\ndef gate(accuracy):\n    if accuracy > 0.90:\n        return 'approved'\n"
        "    return 'pending'\n```\n"
        "The threshold itself is the one value at which `>` and `>=` differ, so it is the one to try. "
        "Nothing is "
        "rounded: a rule with a limit is applied to the number as it is."
    ),
    right=(
        "Above the threshold the gate approves by itself, and everything else waits for a person. Try the "
        "limit itself whenever a rule has one."
    ),
    reference=_gate(*_DECIDE),
    alternatives=(
        _gate("return 'approved' if accuracy > 0.9 else 'pending'"),
        _gate("if accuracy <= 0.90:", "    return 'pending'", "else:", "    return 'approved'"),
        "THRESHOLD = 0.90\n\ngate = lambda accuracy: ('pending', 'approved')[accuracy > THRESHOLD]",
        _gate("status = 'pending'", "if 0.90 < accuracy:", "    status = 'approved'", "return status"),
    ),
    scenarios=(
        _gated("0.95"),
        _gated("0.85"),
        _gated("0.90"),
        _gated("0.9000001"),
        _gated("0.899"),
        _gated("0.99"),
        _gated("0.5"),
        _gated("0.91"),
        _gated("0.00001"),
    ),
    compares=(Variable("result", shown="what `gate` returns"),),
    misconceptions=(
        *about("gate", "accuracy", "'approved' if accuracy > 0.9 else 'pending'"),
        Misconception(
            id="at-the-threshold",
            says="A model at exactly 0.90 slips through; the rule asks for more than that.",
            advice="Write `>`, not `>=`.",
            samples=(_gate("return 'approved' if accuracy >= 0.90 else 'pending'"),),
        ),
        Misconception(
            id="rounds",
            says="Rounding moves values across the limit.",
            advice="Compare `accuracy` as it is.",
            samples=(
                _gate("return 'approved' if round(accuracy, 2) > 0.90 else 'pending'"),
                _gate("return 'approved' if round(accuracy, 2) >= 0.90 else 'pending'"),
                _gate("return 'approved' if int(accuracy * 100) > 90 else 'pending'"),
                _gate("return 'approved' if round(accuracy, 1) > 0.90 else 'pending'"),
            ),
            when=lambda seen: look.source_has(seen, r"\b(round|int|floor)\(|//"),
        ),
        Misconception(
            id="percent",
            says="An accuracy here is a share between 0 and 1, so it is never above 90.",
            advice="Compare with `0.90`.",
            samples=(_gate("return 'approved' if accuracy > 90 else 'pending'"),),
            when=lambda seen: (
                look.source_has(seen, r"(?<![\d.])9[01]\b")
                and all(run.values.get("result") == "pending" for run in seen.runs)
            ),
        ),
        Misconception(
            id="turned-round",
            says="It is the wrong way round: the good ones wait and the others pass.",
            advice="`'approved'` belongs to what is above the threshold.",
            samples=(_gate("return 'pending' if accuracy > 0.90 else 'approved'"),),
        ),
        Misconception(
            id="rejects",
            says="At or below the threshold the model is turned down, and nobody looks at it.",
            advice="Return `'pending'` there: a person decides.",
            samples=(
                _gate("return 'approved' if accuracy > 0.90 else 'rejected'"),
                _gate("return 'approved' if accuracy >= 0.90 else 'rejected'"),
            ),
        ),
        Misconception(
            id="true-or-false",
            says=(
                "The gate answers with True or False; the rest of the team reads `'approved'` and "
                "`'pending'`."
            ),
            advice="Return one of the two words.",
            samples=(_gate("return accuracy > 0.90"), _gate("return accuracy >= 0.90")),
        ),
        Misconception(
            id="one-way-only",
            says="In one of the two cases nothing is returned, so the caller gets `None`.",
            advice="Return a word in both cases.",
            samples=(
                _gate("if accuracy > 0.90:", "    return 'approved'"),
                _gate("if accuracy <= 0.90:", "    return 'pending'"),
                _gate(
                    "if accuracy < 0.90:",
                    "    return 'pending'",
                    "if accuracy > 0.90:",
                    "    return 'approved'",
                ),
            ),
            when=lambda seen: any(run.values.get("result", "") is None for run in seen.runs),
        ),
        Misconception(
            id="another-threshold",
            says="The comparison is right, but with another number than 0.90.",
            advice="Compare with exactly `0.90`.",
            samples=(
                _gate("return 'approved' if accuracy > 0.95 else 'pending'"),
                _gate("return 'approved' if accuracy > 0.89 else 'pending'"),
                _gate("return 'approved' if accuracy > 0.91 else 'pending'"),
                _gate("return 'approved' if accuracy > 0.8 else 'pending'"),
            ),
        ),
        Misconception(
            id="always-the-same",
            says="Every model gets the same answer.",
            advice="Compare `accuracy` with 0.90.",
            samples=(_gate("return 'approved'"), _gate("return 'pending'")),
        ),
        Misconception(
            id="spelling",
            says="The words are not exactly `'approved'` and `'pending'`.",
            advice="Copy them: small letters, no space.",
            samples=(_gate("return 'Approved' if accuracy > 0.90 else 'Pending'"),),
            when=lambda seen: any(
                isinstance(run.values.get("result"), str)
                and run.values.get("result") not in ("approved", "pending")
                for run in seen.runs
            ),
        ),
        unknown_name(_gate("return 'approved' if acuracy > 0.90 else 'pending'")),
    ),
)

_RANGE = ("if accuracy < 0 or accuracy > 1:", "    raise ValueError(f'{accuracy} is no accuracy')")
_NAN = "float('nan')"

_FULL_GATE = Step(
    id="gate.2",
    title="Let nothing odd slip through",
    difficulty="medium",
    task=(
        "Write `gate(accuracy)` once more, beginning with your own of step 1. An accuracy lies between 0 "
        "and 1, both included: for a number outside, such as 91, it raises a `ValueError`. NaN, which is "
        "what a failed measurement leaves, is `'pending'`. Everything else stays."
    ),
    starter="def gate(accuracy):\n    ...\n",
    hints=(
        "Refuse first, decide afterwards. And ask yourself what each comparison says of NaN.",
        "NaN is neither less than, nor equal to, nor greater than anything: every one of these is False. So "
        "a rule of the form “pending if it is low, else approved” approves it.",
        "`if accuracy < 0 or accuracy > 1:` raises, and NaN passes by it. Then `if accuracy > 0.90:` returns "
        "`'approved'`, and all the rest, NaN too, is `'pending'`.",
    ),
    common_mistakes=(
        "“Pending if `accuracy <= 0.90`, else approved”: NaN lands in the else.",
        "`if not 0 <= accuracy <= 1:` raises for NaN as well, as that comparison is False for it.",
        "Dividing 91 by 100: a guess about what somebody meant, where an error would have told them.",
    ),
    explanation=(
        f"```python\n{_gate(*_RANGE, *_DECIDE)}```\n"
        "The error stops a number that cannot be meant. For NaN all comparisons are False, so it falls "
        "through both conditions to the last line, which is the safe one. That is the pattern: approve only "
        "where something is known to be true, and let all else wait."
    ),
    right=(
        "Whatever is not clearly above the threshold waits, and what cannot be an accuracy is refused. "
        "“Approve only what is known to be good” is safer than “stop what is known to be bad”."
    ),
    reference=_gate(*_RANGE, *_DECIDE),
    alternatives=(
        "import math\n\n"
        + _gate(
            "if math.isnan(accuracy):",
            "    return 'pending'",
            "if not 0 <= accuracy <= 1:",
            "    raise ValueError('an accuracy lies between 0 and 1')",
            "return 'approved' if accuracy > 0.90 else 'pending'",
        ),
        _gate(
            "if 0.90 < accuracy <= 1:",
            "    return 'approved'",
            "if accuracy > 1 or accuracy < 0:",
            "    raise ValueError",
            "return 'pending'",
        ),
        _gate(
            "if accuracy != accuracy or 0 <= accuracy <= 0.90:",
            "    return 'pending'",
            "if 0.90 < accuracy <= 1:",
            "    return 'approved'",
            "raise ValueError(accuracy)",
        ),
    ),
    scenarios=(
        _gated("0.95", guarded=True),
        _gated("0.90", guarded=True),
        _gated("0.9000001", guarded=True),
        _gated(_NAN, given="NaN", guarded=True),
        _gated("91", given="91 (a percentage)", guarded=True),
        _gated("-0.2", guarded=True),
        _gated("1.0", guarded=True),
        _gated("0.0", guarded=True),
        _gated("1.01", guarded=True),
        _gated("0.42", guarded=True),
        _gated("1.5", guarded=True),
        _gated("-3", guarded=True),
        _gated("1234", guarded=True),
    ),
    compares=(
        Variable("raised", shown="whether a `ValueError` is raised"),
        Variable("result", shown="what `gate` returns"),
    ),
    misconceptions=(
        *about("gate", "accuracy", "'approved' if accuracy > 0.9 else 'pending'"),
        Misconception(
            id="at-the-threshold",
            says="A model at exactly 0.90 slips through; the rule asks for more than that.",
            advice="Write `>`, not `>=`.",
            samples=(_gate(*_RANGE, "return 'approved' if accuracy >= 0.90 else 'pending'"),),
            when=lambda seen: _in_run(seen, "0.90", lambda result: result == "approved"),
        ),
        Misconception(
            id="rounds",
            says="Rounding moves values across the limit.",
            advice="Compare `accuracy` as it is.",
            samples=(_gate(*_RANGE, "return 'approved' if round(accuracy, 2) > 0.90 else 'pending'"),),
            when=lambda seen: look.source_has(seen, r"\bround\("),
        ),
        Misconception(
            id="nan-approved",
            says="NaN is approved: it is not below the threshold, as it is not anything.",
            advice="Ask for what is good, `accuracy > 0.90`, and let everything else wait.",
            samples=(_gate(*_RANGE, "return 'pending' if accuracy <= 0.90 else 'approved'"),),
            when=lambda seen: _in_run(seen, _NAN, lambda result: result == "approved"),
        ),
        Misconception(
            id="refuses-too-much",
            says="An error is raised for an ordinary accuracy.",
            advice="Raise only for what lies outside 0 to 1.",
            samples=(
                _gate("if accuracy > 0.90:", "    return 'approved'", "raise ValueError"),
                _gate("if accuracy < 0 and accuracy > 1:", "    return 'pending'", "raise ValueError"),
            ),
            when=lambda seen: any(_refused(seen, fine) for fine in ("0.95", "0.90", "0.42")),
        ),
        Misconception(
            id="nan-refused",
            says="NaN raises an error: `0 <= accuracy <= 1` is False for it, like every comparison.",
            advice="Ask for what is outside, `accuracy < 0 or accuracy > 1`, or look for NaN first.",
            samples=(
                _gate("if not 0 <= accuracy <= 1:", "    raise ValueError(accuracy)", *_DECIDE),
                _gate("if accuracy != accuracy:", "    raise ValueError", *_RANGE, *_DECIDE),
            ),
            when=lambda seen: _refused(seen, _NAN),
        ),
        Misconception(
            id="percent-approved",
            says="91 is approved, although it cannot be an accuracy: somebody sent a percentage.",
            advice="Raise a `ValueError` for numbers above 1.",
            samples=(_gate(*_DECIDE), _gate("if accuracy < 0:", "    raise ValueError", *_DECIDE)),
            when=lambda seen: (
                _in_run(seen, "91", lambda result: result == "approved")
                and not look.source_has(seen, r"/=? *100")
            ),
        ),
        Misconception(
            id="percent-guessed",
            says="91 is turned into 0.91: a guess that nobody hears about, and wrong for 1.01.",
            advice="Raise a `ValueError`: whoever sent it should know.",
            samples=(_gate("if accuracy > 1:", "    accuracy /= 100", *_DECIDE),),
            when=lambda seen: look.source_has(seen, r"/=? *100"),
        ),
        Misconception(
            id="no-error",
            says="A number that cannot be an accuracy gets an answer like any other, and nobody notices.",
            advice="Write `raise ValueError(…)` there.",
            samples=(
                _gate("if accuracy < 0 or accuracy > 1:", "    return 'error'", *_DECIDE),
                _gate("if accuracy < 0 or accuracy > 1:", "    return 'pending'", *_DECIDE),
                _gate("if accuracy < 0 or accuracy > 1:", "    return ValueError", *_DECIDE),
            ),
            when=lambda seen: _in_run(seen, "91", lambda _: True) and not _refused(seen, "91"),
        ),
        Misconception(
            id="below-zero",
            says="A number below 0 gets through; it cannot be an accuracy either.",
            advice="Refuse on both sides: `accuracy < 0 or accuracy > 1`.",
            samples=(_gate("if accuracy > 1:", "    raise ValueError", *_DECIDE),),
        ),
        Misconception(
            id="over-one",
            says="Some number above 1 gets through: the limit is 1, not 2 and not 90.",
            advice="Refuse `accuracy > 1`.",
            samples=(
                _gate("if accuracy < 0 or accuracy >= 2:", "    raise ValueError", *_DECIDE),
                _gate("if accuracy < 0 or accuracy > 90:", "    raise ValueError", *_DECIDE),
            ),
        ),
        Misconception(
            id="ends-refused",
            says="0 and 1 are refused, and both can be an accuracy.",
            advice="Write `<` and `>` where you refuse, so that the ends themselves pass.",
            samples=(
                _gate("if accuracy <= 0 or accuracy >= 1:", "    raise ValueError", *_DECIDE),
                _gate("if accuracy < 0 or accuracy >= 1:", "    raise ValueError", *_DECIDE),
                _gate("if accuracy <= 0 or accuracy > 1:", "    raise ValueError", *_DECIDE),
            ),
        ),
        Misconception(
            id="another-error",
            says="An error is raised, but it is not a `ValueError`.",
            advice="Write `raise ValueError(…)`. An `assert` is none, and can be switched off.",
            samples=(
                _gate("assert not (accuracy < 0 or accuracy > 1)", *_DECIDE),
                _gate("if accuracy < 0 or accuracy > 1:", "    raise TypeError", *_DECIDE),
                _gate("if accuracy < 0 or accuracy > 1:", "    raise 'no accuracy'", *_DECIDE),
            ),
            when=lambda seen: look.unknown_name(seen) is None and any(run.raised for run in seen.runs),
        ),
        unknown_name(_gate(*_RANGE, "return 'approved' if acuracy > 0.90 else 'pending'")),
    ),
)

# ── 3 and 4 The decision ──────────────────────────────────────────────────────────────────────────────

_HEAD = "def decide(version, decision, by, approvers):\n"
_LIST = (
    "    if not isinstance(approvers, list):\n        raise TypeError('approvers must be a list of names')\n"
)
_MEMBER = "    if by not in approvers:\n        raise PermissionError(f'{by} is not one of the approvers')\n"
_OWN = "    if by == authors[version]:\n        raise PermissionError(f'{by} trained {version}')\n"
_WHO = _LIST + _MEMBER + _OWN
_NOTE = "    decisions.setdefault(version, {})[by] = decision\n"

#: A call's outcome, as data that no other outcome can be taken for. A call that does not fit is no outcome.
_ATTEMPT = """
def attempt(*call):
    try:
        result = decide(*call)
    except (PermissionError, TypeError, ValueError) as error:
        if error.__traceback__.tb_next is None:
            raise
        for kind in (PermissionError, TypeError, ValueError):
            if isinstance(error, kind):
                return ("raises", kind.__name__)
    return ("returns", result) if RETURNS else ("goes through",)

"""

_AUTHORS = {"v3": "ana", "v4": "bob"}
_TEAM = ["ana", "bob", "cy", "dee"]

Call = tuple[str, str, str, object]


def _calls(given: str, *calls: Call, returns: bool = True, quorum: int = 2) -> Scenario:
    setup = f"authors = {_AUTHORS!r}\ndecisions = {{}}\n" + (f"quorum = {quorum}\n" if returns else "")
    attempt = _ATTEMPT.replace("RETURNS", str(returns))
    return Scenario(
        given,
        setup=setup,
        # Emptied: whoever tries the function in the cell has noted something there.
        after=(
            f"{attempt}decisions.clear()\ncalls = {list(calls)!r}\n"
            "outcomes = [attempt(*call) for call in calls]\n"
            "lists = [call[3] for call in calls]\n"
        ),
    )


def _who(given: str, *calls: Call) -> Scenario:
    return _calls(given, *calls, returns=False)


def _may(body: str) -> str:
    return _HEAD + body


_COMPARED = (
    Variable("outcomes", shown="what becomes of the calls, one by one,"),
    Variable("decisions", shown="`decisions` afterwards"),
    Variable("lists", shown="`approvers` afterwards, call by call,"),
)

_PERMISSION = Step(
    id="gate.3",
    title="Say who may decide",
    difficulty="medium",
    task=(
        "Write `decide(version, decision, by, approvers)`, which notes the decision of one person with "
        "`decisions.setdefault(version, {})[by] = decision`. Before that it raises a `TypeError` if "
        "`approvers` is not a list, and a `PermissionError` if `by` is not on it, or trained the version: "
        "`authors[version]` says who did."
    ),
    starter=(
        "def decide(version, decision, by, approvers):\n    ...\n    decisions.setdefault(version, "
        "{})[by] = decision\n"
    ),
    hints=(
        "Three questions come before the note, and each has an answer that ends the call.",
        "`isinstance(approvers, list)` is true for a list only. `by not in approvers` asks for the name. "
        "`authors[version]` is the name of whoever trained the version.",
        "Three times `if …: raise …`, and the note last. A text of approvers has to be refused, as `'b' in "
        "'bob'` is true.",
    ),
    common_mistakes=(
        "Not looking at what `approvers` is: in a string, `in` finds parts of names.",
        "Forgetting that a listed approver may not approve a model of their own.",
        "Noting the decision first and refusing afterwards.",
    ),
    explanation=(
        f"```python\n{_HEAD}{_WHO}{_NOTE}```\n"
        "All that can refuse comes first, so that a refused call leaves no trace. The list is checked "
        "because a string would quietly make approvers of parts of names. And nobody approves a model of "
        "their own, listed or not: two pairs of eyes are what approval is for. (A name alone proves "
        "nothing: in a real system `by` comes from whoever is logged in, never from the message.)"
    ),
    right=(
        "Only people on a real list get through, and never with a model of their own; what is refused "
        "leaves no trace."
    ),
    reference=_HEAD + _WHO + _NOTE,
    alternatives=(
        _HEAD
        + "    if type(approvers) is not list:\n        raise TypeError(type(approvers))\n"
        + "    if by == authors[version] or by not in approvers:\n        raise PermissionError(by)\n"
        + _NOTE,
        _HEAD
        + "    if isinstance(approvers, list):\n"
        + "        if by in approvers and authors[version] != by:\n"
        + "            decisions.setdefault(version, {})[by] = decision\n"
        + "        else:\n            raise PermissionError\n"
        + "    else:\n        raise TypeError\n",
        "def allowed(version, approvers):\n    return [name for name in approvers if name != "
        "authors[version]]\n\n"
        + _HEAD
        + _LIST
        + "    if by not in allowed(version, approvers):\n        raise PermissionError(by)\n"
        + "    if version not in decisions:\n        decisions[version] = {}\n"
        + "    decisions[version][by] = decision\n    return decisions\n",
    ),
    scenarios=(
        _who("bob, who is listed, approving ana's v3", ("v3", "approve", "bob", ["ana", "bob"])),
        _who("eve, who is not listed, approving v3", ("v3", "approve", "eve", ["ana", "bob"])),
        _who("ana, who is listed, approving her own v3", ("v3", "approve", "ana", ["ana", "bob"])),
        _who("approvers given as the text `'bob'`", ("v3", "approve", "bob", "bob")),
        _who("approvers given as the text `'bob'`, and b approving", ("v3", "approve", "b", "bob")),
        _who("bo, who is not listed, while bob is", ("v3", "approve", "bo", ["ana", "bob"])),
        _who("approvers given as a tuple", ("v3", "approve", "bob", ("ana", "bob"))),
        _who(
            "cy rejecting v3, bob approving v3, bob trying his own v4, ana approving v4, eve and an empty "
            "list",
            ("v3", "reject", "cy", _TEAM),
            ("v3", "approve", "bob", _TEAM),
            ("v4", "approve", "bob", _TEAM),
            ("v4", "approve", "ana", _TEAM),
            ("v4", "approve", "eve", _TEAM),
            ("v4", "reject", "cy", []),
        ),
    ),
    compares=_COMPARED,
    misconceptions=(
        *about("decide", "version, decision, by, approvers", "None", returns=False),
        Misconception(
            id="no-list-check",
            says=(
                "A text of approvers is let through, and in a text `in` finds parts of names: `'b' in 'bob'`."
            ),
            advice="Raise a `TypeError` unless `isinstance(approvers, list)`.",
            samples=(
                _may(_MEMBER + _OWN + _NOTE),
                _may("    if not approvers:\n        raise TypeError\n" + _MEMBER + _OWN + _NOTE),
                _may(_LIST.replace(", list)", ", (list, str))") + _MEMBER + _OWN + _NOTE),
                _may(
                    "    if isinstance(approvers, str):\n        approvers = [approvers]\n"
                    + _MEMBER
                    + _OWN
                    + _NOTE
                ),
            ),
        ),
        Misconception(
            id="only-text-refused",
            says="A text of approvers is refused, but other things that are no list get through.",
            advice="Raise a `TypeError` unless `isinstance(approvers, list)`.",
            samples=(
                _may(
                    "    if isinstance(approvers, str):\n        raise TypeError\n" + _MEMBER + _OWN + _NOTE
                ),
                _may(
                    "    if not isinstance(approvers, (list, tuple)):\n        raise TypeError\n"
                    + _MEMBER
                    + _OWN
                    + _NOTE
                ),
            ),
        ),
        Misconception(
            id="not-on-the-list",
            says="Whether the person is on the list is not asked, so an outsider's decision counts.",
            advice="Raise a `PermissionError` if `by not in approvers`.",
            samples=(_may(_LIST + _OWN + _NOTE), _may(_OWN + _NOTE)),
        ),
        Misconception(
            id="own-model",
            says="People approve models of their own.",
            advice="Raise a `PermissionError` if `by == authors[version]`.",
            samples=(_may(_LIST + _MEMBER + _NOTE), _may(_MEMBER + _NOTE)),
        ),
        Misconception(
            id="nobody-refused",
            says="Whoever comes is let through.",
            advice="Ask the three questions before the note, and raise where the answer is no.",
            samples=(_may(_NOTE), _may(_LIST + _NOTE)),
        ),
        Misconception(
            id="author-of-anything",
            says="Whoever trained any model at all is refused; the rule is about this version's author.",
            advice="Compare with `authors[version]`.",
            samples=(
                _may(
                    _LIST
                    + _MEMBER
                    + "    if by in authors.values():\n        raise PermissionError\n"
                    + _NOTE
                ),
            ),
        ),
        Misconception(
            id="wrong-way-round",
            says="A condition is turned round: those who may decide are refused.",
            advice="Refuse where `by` is *not* among the approvers, and where it *is* the author.",
            samples=(
                _may(_LIST + _MEMBER.replace("not in", "in") + _OWN + _NOTE),
                _may(_LIST + _MEMBER + _OWN.replace("==", "!=") + _NOTE),
            ),
        ),
        Misconception(
            id="too-late",
            says="The decision is noted before it is refused, so it stays.",
            advice="Note it as the last thing.",
            samples=(
                _may(_NOTE + _WHO),
                _may(_LIST + _NOTE + _MEMBER + _OWN),
                _may(_LIST + _MEMBER + _NOTE + _OWN),
            ),
        ),
        Misconception(
            id="silent",
            says="A refusal makes no sound: the caller believes that the decision counts.",
            advice="Raise a `PermissionError` in place of `return` or `print`.",
            samples=(
                _may(
                    _LIST + "    if by not in approvers or by == authors[version]:\n        return\n" + _NOTE
                ),
                _may("    if by in list(approvers) and by != authors[version]:\n    " + _NOTE),
                _may(_LIST + "    if by not in approvers:\n        return\n" + _OWN + _NOTE),
                _may(_LIST + _MEMBER + "    if by == authors[version]:\n        return\n" + _NOTE),
                _may("    if not isinstance(approvers, list):\n        return\n" + _MEMBER + _OWN + _NOTE),
            ),
        ),
        Misconception(
            id="wrong-kind",
            says="The right calls are refused, but not with the kind of error that is asked for.",
            advice="A `TypeError` for what is no list, a `PermissionError` for a person who may not decide.",
            samples=(
                _may((_LIST + _MEMBER + _OWN).replace("PermissionError", "ValueError") + _NOTE),
                _may((_LIST + _MEMBER + _OWN).replace("TypeError", "ValueError") + _NOTE),
                _may((_LIST + _MEMBER + _OWN).replace("TypeError", "PermissionError") + _NOTE),
                _may((_LIST + _MEMBER + _OWN).replace("PermissionError", "TypeError") + _NOTE),
                _may(_LIST + _MEMBER.replace("PermissionError", "ValueError") + _OWN + _NOTE),
                _may(_LIST + _MEMBER + _OWN.replace("PermissionError", "ValueError") + _NOTE),
            ),
        ),
        Misconception(
            id="not-noted",
            says="The right people get through, but their decision is not noted as it should be.",
            advice="End with `decisions.setdefault(version, {})[by] = decision`.",
            samples=(
                _may(_WHO + "    return decision\n"),
                _may(_WHO + "    decisions[version] = decision\n"),
                _may(_WHO + "    decisions[version] = {by: decision}\n"),
                _may(_WHO + "    decisions.setdefault(version, {})[by] = 'approve'\n"),
                _may(_WHO + "    decisions[by] = decision\n"),
            ),
        ),
        Misconception(
            id="another-error",
            says="A call ends in an error that is none of the two asked for.",
            advice="A `TypeError` for what is no list, a `PermissionError` for a person who may not decide.",
            samples=(
                _may((_LIST + _MEMBER + _OWN).replace("PermissionError", "Exception") + _NOTE),
                _may("    assert isinstance(approvers, list)\n" + _MEMBER + _OWN + _NOTE),
                _may(_WHO + "    decisions[version][by] = decision\n"),
            ),
            when=lambda seen: look.unknown_name(seen) is None and any(run.raised for run in seen.runs),
        ),
        unknown_name(_may(_WHO.replace("authors", "author") + _NOTE)),
    ),
)

_KNOWN = "    if decision not in ('approve', 'reject'):\n        raise ValueError('approve or reject')\n"
_VOTES = "    votes = decisions.setdefault(version, {})\n"
_STATUS = (
    "def status(version):\n    votes = list(decisions.get(version, {}).values())\n"
    "    if 'reject' in votes:\n        return 'rejected'\n"
    "    return 'approved' if votes.count('approve') >= quorum else 'pending'\n\n"
)
_FINAL = "    if status(version) != 'pending':\n        raise ValueError(f'{version} is decided')\n"
_ONCE = "    if by in decisions.get(version, {}):\n        raise ValueError(f'{by} has decided already')\n"
_SAME = "return status(version)"
_END = _NOTE + "    return status(version)\n"
_RULES = _KNOWN + _FINAL + _ONCE


def _full(rules: str, end: str = _END, status: str = _STATUS) -> str:
    return status + _HEAD + _WHO + rules + end


_QUORUM = Step(
    id="gate.4",
    title="Count decisions, once each and for good",
    difficulty="hard",
    task=(
        "Write `decide(version, decision, by, approvers)` once more, beginning with your own of step 3, and "
        "let it return the version's status: `'rejected'` once anybody has rejected it, `'approved'` once "
        "`quorum` different people have approved it, and until then `'pending'`. It raises a `ValueError`, "
        "and notes nothing, if the decision is neither `'approve'` nor `'reject'`, if this person has "
        "decided about this version already, or if the version is approved or rejected already: a decision "
        "is final."
    ),
    starter=(
        "def decide(version, decision, by, approvers):\n    ...\n    decisions.setdefault(version, "
        "{})[by] = decision\n"
    ),
    hints=(
        "A second function helps: `status(version)`, which works the status out from `decisions`. `decide` "
        "needs it twice: before the note, to see whether all is decided, and after it, to return it.",
        "`decisions.get(version, {})` is a dictionary of person and decision. A person is in it once, so "
        "counting its values counts different people: `list(….values()).count('approve')`.",
        "After the three questions of step 3, three more `if …: raise ValueError(…)`: for the word, for "
        "`status(version) != 'pending'`, for `by in decisions.get(version, {})`. Then the note, then "
        "`return status(version)`.",
    ),
    common_mistakes=(
        "Letting a second decision of the same person replace the first, or count once more.",
        "Looking for a quorum of votes instead of a quorum of people.",
        "Writing down the number 2: `quorum` may be another one.",
    ),
    explanation=(
        f"```python\n{_STATUS}{_HEAD}{_WHO}{_RULES}{_END}```\n"
        "The status is worked out and not stored, so it cannot contradict the decisions. A dictionary by "
        "person keeps each person once, and the checks see to it that what is noted stays. One rejection is "
        "enough, as a quorum is about approving."
    ),
    right=(
        "Each person counts once, a decision stays, and the status follows from what was noted. Real "
        "systems differ in the details: some take the first answer of any reviewer. Say which rule is yours."
    ),
    reference=_STATUS + _HEAD + _WHO + _RULES + _END,
    alternatives=(
        _HEAD
        + _WHO
        + "    if decision not in {'approve', 'reject'}:\n        raise ValueError(decision)\n"
        + "    votes = decisions.get(version, {})\n"
        + "    approvals = [who for who, said in votes.items() if said == 'approve']\n"
        + "    if by in votes or 'reject' in votes.values() or len(approvals) >= quorum:\n"
        + "        raise ValueError('too late')\n"
        + _NOTE
        + "    if decision == 'reject':\n        return 'rejected'\n"
        + "    return 'approved' if len(approvals) + 1 >= quorum else 'pending'\n",
        "def count(version, word):\n"
        "    return sum(said == word for said in decisions.get(version, {}).values())\n\n"
        + _HEAD
        + _WHO
        + "    assert_open(version, decision, by)\n"
        + _NOTE
        + "    if count(version, 'reject'):\n        return 'rejected'\n"
        + "    if count(version, 'approve') < quorum:\n        return 'pending'\n    return 'approved'\n\n"
        + "def assert_open(version, decision, by):\n"
        + "    if decision != 'approve' and decision != 'reject':\n        raise ValueError\n"
        + "    if by in decisions.get(version, ()):\n        raise ValueError\n"
        + "    if count(version, 'reject') > 0 or count(version, 'approve') >= quorum:\n"
        + "        raise ValueError\n",
    ),
    scenarios=(
        _calls("bob and cy approving v3", ("v3", "approve", "bob", _TEAM), ("v3", "approve", "cy", _TEAM)),
        _calls("bob rejecting v3", ("v3", "reject", "bob", _TEAM)),
        _calls("bob approving v3 twice", ("v3", "approve", "bob", _TEAM), ("v3", "approve", "bob", _TEAM)),
        _calls(
            "bob rejecting v3, and cy approving it afterwards",
            ("v3", "reject", "bob", _TEAM),
            ("v3", "approve", "cy", _TEAM),
        ),
        _calls(
            "bob and cy approving v3, and dee rejecting it afterwards",
            ("v3", "approve", "bob", _TEAM),
            ("v3", "approve", "cy", _TEAM),
            ("v3", "reject", "dee", _TEAM),
        ),
        _calls(
            "bob approving v3, and then changing his mind",
            ("v3", "approve", "bob", _TEAM),
            ("v3", "reject", "bob", _TEAM),
        ),
        _calls("bob saying maybe to v3", ("v3", "maybe", "bob", _TEAM), ("v3", "approve", "cy", _TEAM)),
        _calls(
            "bob saying approved to v3, cy nothing, bob approving his own v4, and dee v3",
            ("v3", "approved", "bob", _TEAM),
            ("v3", "", "cy", _TEAM),
            ("v4", "approve", "bob", _TEAM),
            ("v3", "approve", "dee", _TEAM),
        ),
        _calls(
            "cy approving v3 and v4, and dee approving v4",
            ("v3", "approve", "cy", _TEAM),
            ("v4", "approve", "cy", _TEAM),
            ("v4", "approve", "dee", _TEAM),
        ),
        _calls(
            "a quorum of 3, bob, cy and dee approving v3, and bob trying twice",
            ("v3", "approve", "bob", _TEAM),
            ("v3", "approve", "bob", _TEAM),
            ("v3", "approve", "cy", _TEAM),
            ("v3", "approve", "dee", _TEAM),
            quorum=3,
        ),
        _calls(
            "cy approving v3, then dee rejecting it",
            ("v3", "approve", "cy", _TEAM),
            ("v3", "reject", "dee", _TEAM),
        ),
        _calls(
            "ana approving her own v3, eve, and a text of approvers",
            ("v3", "approve", "ana", _TEAM),
            ("v3", "approve", "eve", _TEAM),
            ("v3", "approve", "bo", _TEAM),
            ("v3", "approve", "b", "bob"),
            ("v3", "approve", "bob", _TEAM),
        ),
        _calls("a quorum of 1, and bob approving v3", ("v3", "approve", "bob", _TEAM), quorum=1),
    ),
    compares=_COMPARED,
    misconceptions=(
        *about("decide", "version, decision, by, approvers", "'pending'"),
        Misconception(
            id="twice",
            says="One person decides twice, and the second decision replaces the first or counts once more.",
            advice="Raise a `ValueError` if `by` is in `decisions.get(version, {})` already.",
            samples=(_full(_KNOWN + _FINAL), _full(_KNOWN)),
        ),
        Misconception(
            id="no-rule",
            says="None of the three new rules is there: every decision counts, at any time.",
            advice="Raise a `ValueError` for another word, for a second decision, and after the end.",
            samples=(_full(""),),
        ),
        Misconception(
            id="not-final",
            says="After a version is approved or rejected, it is still decided about.",
            advice="Raise a `ValueError` if the version's status is no longer `'pending'`.",
            samples=(_full(_KNOWN + _ONCE), _full(_ONCE)),
        ),
        Misconception(
            id="final-after-reject-only",
            says="A rejection is final here, but an approval is not.",
            advice="Whatever is no longer `'pending'` is decided.",
            samples=(_full(_KNOWN + _FINAL.replace("!= 'pending'", "== 'rejected'") + _ONCE),),
        ),
        Misconception(
            id="final-after-approval-only",
            says="An approval is final here, but a rejection is not.",
            advice="Whatever is no longer `'pending'` is decided.",
            samples=(_full(_KNOWN + _FINAL.replace("!= 'pending'", "== 'approved'") + _ONCE),),
        ),
        Misconception(
            id="any-word",
            says="Any word counts as a decision.",
            advice="Raise a `ValueError` unless it is `'approve'` or `'reject'`.",
            samples=(_full(_FINAL + _ONCE),),
        ),
        Misconception(
            id="one-is-enough",
            says="One approval is enough here, whatever the quorum.",
            advice="Count the people who approved, and compare with `quorum`.",
            samples=(
                _full(
                    _RULES, status=_STATUS.replace("votes.count('approve') >= quorum", "'approve' in votes")
                ),
            ),
        ),
        Misconception(
            id="one-more",
            says="One approval more than the quorum is asked for.",
            advice="Write `>=`.",
            samples=(_full(_RULES, status=_STATUS.replace(">=", ">")),),
        ),
        Misconception(
            id="fixed-quorum",
            says="The quorum is written down as a number.",
            advice="Compare with the variable `quorum`.",
            samples=(_full(_RULES, status=_STATUS.replace(">= quorum", ">= 2")),),
        ),
        Misconception(
            id="counts-all-votes",
            says="Rejections count towards the quorum as well.",
            advice="Count the approvals only, and look for a rejection first.",
            samples=(
                _full(
                    _KNOWN + _ONCE,
                    _NOTE + "    return 'approved' if len(decisions[version]) >= quorum else 'pending'\n",
                ),
                _full(
                    _RULES,
                    status=_STATUS.replace("votes.count('approve')", "len(votes)").replace(
                        "    if 'reject' in votes:\n        return 'rejected'\n", ""
                    ),
                ),
            ),
        ),
        Misconception(
            id="rejects-by-quorum",
            says="A rejection waits for a quorum, or is outvoted; here one is enough.",
            advice="Return `'rejected'` if anybody has rejected.",
            samples=(
                _full(_RULES, status=_STATUS.replace("'reject' in votes", "votes.count('reject') >= quorum")),
                _full(
                    _RULES,
                    status=_STATUS.replace(
                        "'reject' in votes", "votes.count('reject') > votes.count('approve')"
                    ),
                ),
            ),
        ),
        Misconception(
            id="across-versions",
            says="Decisions about another version are counted too.",
            advice="Look only at `decisions.get(version, {})`.",
            samples=(
                _full(
                    _RULES.replace(
                        _ONCE,
                        "    if any(by in each for each in decisions.values()):\n"
                        "        raise ValueError(by)\n",
                    ),
                ),
            ),
        ),
        Misconception(
            id="too-late",
            says="What is refused has been noted before, and stays.",
            advice="Let everything that may raise come before the note.",
            samples=(
                _full(_NOTE + _RULES, "    return status(version)\n"),
                _full(_NOTE + _KNOWN, "    return status(version)\n"),
                _full(_FINAL + _ONCE + _NOTE + _KNOWN, "    return status(version)\n"),
            ),
        ),
        Misconception(
            id="forgets-others",
            says="Each decision wipes out what others have said about the version.",
            advice="Add to the version's dictionary: `decisions.setdefault(version, {})[by] = decision`.",
            samples=(_full(_RULES, "    decisions[version] = {by: decision}\n    return status(version)\n"),),
        ),
        Misconception(
            id="true-or-false",
            says="What comes back is True or False; asked for is the status, in a word.",
            advice="Return `'pending'`, `'approved'` or `'rejected'`.",
            samples=(_full(_RULES, _NOTE + "    return status(version) == 'approved'\n"),),
        ),
        Misconception(
            id="step-3-lost",
            says="A rule of step 3 is missing: a real list, who is on it, or whose model it is.",
            advice="Begin with your `decide` of step 3.",
            samples=tuple(
                f"{_STATUS}{_HEAD}{kept}{_RULES}{_END}"
                for kept in ("", _LIST, _MEMBER, _OWN, _MEMBER + _OWN, _LIST + _OWN, _LIST + _MEMBER)
            ),
        ),
        Misconception(
            id="returns-decision",
            says="The decision comes back, and not the status that follows from all decisions.",
            advice="Return `'pending'`, `'approved'` or `'rejected'`.",
            samples=(
                _full(_RULES, _NOTE + "    return decision\n"),
                _full(_RULES, _NOTE + "    return decision + 'd'\n"),
            ),
        ),
        Misconception(
            id="status-before",
            says="The status is the one from before this decision.",
            advice="Note the decision first, then work out the status to return.",
            samples=(_full(_RULES, "    before = status(version)\n" + _NOTE + "    return before\n"),),
        ),
        Misconception(
            id="wrong-kind",
            says="The right calls are refused, but not with a `ValueError`.",
            advice="These three refusals are about values: `raise ValueError(…)`.",
            samples=(
                _full(_RULES.replace("ValueError", "PermissionError")),
                _full(_RULES.replace("ValueError", "TypeError")),
            ),
        ),
        Misconception(
            id="silent",
            says="A decision that does not count is passed over without a word.",
            advice="Raise a `ValueError` there.",
            samples=(
                _full(
                    _KNOWN + _FINAL + _ONCE.replace("raise ValueError(f'{by} has decided already')", _SAME)
                ),
                _full(_KNOWN + _FINAL.replace("raise ValueError(f'{version} is decided')", _SAME) + _ONCE),
                _full(
                    _KNOWN
                    + "    if status(version) != 'pending' or by in decisions.get(version, {}):\n"
                    + "        return status(version)\n"
                ),
            ),
        ),
        Misconception(
            id="another-error",
            says="A call ends in an error that nobody asked for.",
            advice=(
                "Use `decisions.get(version, {})`, which works for a version nobody has decided about too."
            ),
            samples=(
                _full(_KNOWN + "    if by in decisions[version]:\n        raise ValueError(by)\n"),
                _full(_RULES.replace("ValueError", "Exception")),
            ),
            when=lambda seen: look.unknown_name(seen) is None and any(run.raised for run in seen.runs),
        ),
        unknown_name(_full(_RULES, status="")),
    ),
)

LESSON = Lesson(
    slug="gate",
    number=7,
    notebook="07_gate",
    title="The conditional gate",
    minutes=15,
    unit="steps",
    exercises=(_GATE, _FULL_GATE, _PERMISSION, _QUORUM),
)
