"""Lesson 8: an approval that survives a crash while it waits, as a durable workflow on DBOS.

Listed in checks.lessons; read by the notebook 08_durable_approval. What DBOS does here was observed on 3.4.
"""

import checks.lessons._looks as look
from checks.exercise import ANY, FillIn, Lesson, Misconception, Scenario, Seen, Step, Variable

_UNREADABLE = "Python cannot read this cell."
_PARTNER = "Look for a parenthesis, a quote or a colon that is missing, and at the indentation."


def _results(seen: Seen, name: str) -> tuple[object, ...]:
    """The variable after each scenario; empty where an exception ended any of them."""
    return () if any(run.raised for run in seen.runs) else look.values(seen, name)


def _no_function(seen: Seen, name: str) -> bool:
    return look.raised(seen, "NameError", f"'{name}'") and name not in _defined(seen)


def _defined(seen: Seen) -> set[str]:
    """The names of the functions that the source defines."""
    return {str(getattr(node, "name", "")) for node in look.nodes(seen) if hasattr(node, "decorator_list")}


# ── 1 Count the votes ─────────────────────────────────────────────────────────────────────────────────

_THREE = "['alice', 'bob', 'carol']"


def _votes(given: str, votes: list[tuple[str, str]], quorum: int = 2) -> Scenario:
    return Scenario(
        given=f"alice, bob and carol as approvers, a quorum of {quorum}, and {given}",
        after=(f"votes, approvers = {votes!r}, {_THREE}\ndecision = outcome(votes, approvers, {quorum})\n"),
    )


_OUTCOME_SCENARIOS = (
    _votes("no vote at all", []),
    _votes("one approval, by alice", [("alice", "approve")]),
    _votes("approvals by alice and bob", [("alice", "approve"), ("bob", "approve")]),
    _votes("alice approving, then bob rejecting", [("alice", "approve"), ("bob", "reject")]),
    _votes("approvals by alice and by mallory", [("alice", "approve"), ("mallory", "approve")]),
    _votes("a rejection by mallory, then alice approving", [("mallory", "reject"), ("alice", "approve")]),
    _votes("alice approving twice", [("alice", "approve"), ("alice", "approve")]),
    _votes("alice approving, then alice rejecting", [("alice", "approve"), ("alice", "reject")]),
    _votes(
        "alice rejecting, then approving, then bob approving",
        [("alice", "reject"), ("alice", "approve"), ("bob", "approve")],
    ),
    _votes("one approval, by carol", [("carol", "approve")], quorum=1),
    _votes("approvals by alice and bob", [("alice", "approve"), ("bob", "approve")], quorum=3),
    _votes(
        "approvals by carol, bob and alice",
        [("carol", "approve"), ("bob", "approve"), ("alice", "approve")],
        quorum=3,
    ),
    _votes("approvals by alice and bob", [("alice", "approve"), ("bob", "approve")], quorum=1),
    _votes("approvals by alice and by ali", [("alice", "approve"), ("ali", "approve")]),
)
#: Which of the scenarios above is which.
_NONE, _ONE, _TWO, _AGAINST, _OUTSIDER, _OUTSIDER_AGAINST, _DOUBLE, _CHANGED, _CHANGED_BACK = range(9)
_QUORUM_1, _QUORUM_3, _ALL_3 = range(9, 12)


def _decided(seen: Seen, scenario: int, decision: object) -> bool:
    """In this scenario the function gave this decision."""
    found = _results(seen, "decision")
    return bool(found) and found[scenario] == decision


_OUTCOME_START = "def outcome(votes, approvers, quorum):\n    ...\n"

_OUTCOME = Step(
    id="durable.1",
    title="Count the votes",
    difficulty="medium",
    task=(
        "Write `outcome(votes, approvers, quorum)`. It returns `'approved'`, `'rejected'` or `'waiting'`: "
        "only "
        "the first vote of each listed approver counts, one rejection rejects, and `quorum` different "
        "approvers "
        "have to approve."
    ),
    hints=(
        "Go through the votes in order, and decide for each whether it counts at all: is this person on the "
        "list, and is it their first vote?",
        "Keep the votes that count in a dictionary, name → vote, and put a name in only if it is not there "
        "yet. "
        "A dictionary cannot hold a name twice, so nobody is counted twice.",
        "After the loop look at `counted.values()`: a `'reject'` among them means `'rejected'`; otherwise "
        "`'approved'` if there are at least `quorum` of them, and `'waiting'` if not.",
    ),
    common_mistakes=(
        "Counting votes instead of people: alice can then approve twice and make a quorum on her own.",
        "Counting everybody who writes: a vote is only a message, and anyone may send one.",
        "Letting a later vote replace an earlier one: a decision that was made has been acted upon.",
        "Returning `'rejected'` while votes are still missing: not yet approved is not the same as rejected.",
    ),
    explanation=(
        "```python\ndef outcome(votes, approvers, quorum):\n    counted = {}\n    for name, vote in votes:\n"
        "        if name in approvers and name not in counted:\n            counted[name] = vote\n"
        "    if 'reject' in counted.values():\n        return 'rejected'\n"
        "    return 'approved' if len(counted) >= quorum else 'waiting'\n```\n"
        "The dictionary holds one vote a person, the first. After a rejection nothing else matters; without "
        "one, all that is in it are approvals, so their number is the number of different approvers."
    ),
    right=(
        "It counts people, not messages. That matters more than it looks: messages are easily sent twice, by "
        "an impatient click or by a network that tries again, and a quorum is only worth something if it "
        "counts distinct approvers."
    ),
    starter=_OUTCOME_START,
    reference=(
        "def outcome(votes, approvers, quorum):\n    counted = {}\n    for name, vote in votes:\n"
        "        if name in approvers and name not in counted:\n            counted[name] = vote\n"
        "    if 'reject' in counted.values():\n        return 'rejected'\n"
        "    return 'approved' if len(counted) >= quorum else 'waiting'\n"
    ),
    alternatives=(
        "def outcome(votes, approvers, quorum):\n    first = {}\n    for name, vote in votes:\n"
        "        first.setdefault(name, vote)\n"
        "    listed = [vote for name, vote in first.items() if name in approvers]\n"
        "    if listed.count('reject') > 0:\n        return 'rejected'\n"
        "    if listed.count('approve') >= quorum:\n        return 'approved'\n    return 'waiting'\n",
        "def outcome(votes, approvers, quorum):\n    seen, yes = set(), 0\n    for name, vote in votes:\n"
        "        if name not in approvers or name in seen:\n            continue\n        seen.add(name)\n"
        "        if vote == 'reject':\n            return 'rejected'\n        yes += 1\n"
        "    return 'waiting' if yes < quorum else 'approved'\n",
    ),
    scenarios=_OUTCOME_SCENARIOS,
    compares=(
        Variable("decision", shown="what `outcome` gives"),
        Variable("votes", shown="`votes` afterwards"),
        Variable("approvers", shown="`approvers` afterwards"),
    ),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=(
                "def outcome(votes, approvers, quorum)\n    return 'waiting'\n",
                "def outcome(votes, approvers, quorum):\nreturn 'waiting'\n",
            ),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `outcome`.",
            advice="Begin with `def outcome(votes, approvers, quorum):`, letter by letter.",
            samples=(
                "def result(votes, approvers, quorum):\n    return 'waiting'\n",
                "decision = 'waiting'\n",
            ),
            when=lambda seen: _no_function(seen, "outcome"),
        ),
        Misconception(
            id="votes-are-pairs",
            says="Each vote is a pair, a name and a word; this treats it as something else.",
            advice="Take it apart in the loop: `for name, vote in votes:`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    counted = {}\n"
                "    for name, vote in votes.items():\n        counted[name] = vote\n    return 'waiting'\n",
                "def outcome(votes, approvers, quorum):\n"
                "    yes = [v for v in votes if v['vote'] == 'approve']\n    return 'waiting'\n",
            ),
            when=lambda seen: (
                look.raised(seen, "AttributeError", "'list' object")
                or look.raised(seen, "TypeError", "indices")
            ),
        ),
        Misconception(
            id="nothing-returned",
            says="The function comes to its end without a `return`, so it gives `None`.",
            advice="`print` shows a text to people; `return` gives it to whoever called the function.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    counted = dict(votes)\n"
                "    print('approved' if len(counted) >= quorum else 'waiting')\n",
            ),
            when=lambda seen: None in _results(seen, "decision"),
        ),
        Misconception(
            id="other-words",
            says="The function gives something other than the three words asked for.",
            advice="Return exactly `'approved'`, `'rejected'` or `'waiting'`: other code compares with them.",
            samples=(
                "def outcome(votes, approvers, quorum):\n"
                "    yes = {n for n, v in votes if n in approvers and v == 'approve'}\n"
                "    return len(yes) >= quorum\n",
                "def outcome(votes, approvers, quorum):\n"
                "    if not votes:\n        return 'pending'\n    return votes[-1][1]\n",
            ),
            when=lambda seen: bool(
                set(_results(seen, "decision")) - {"approved", "rejected", "waiting", look.UNDEFINED}
            ),
        ),
        Misconception(
            id="missing-is-rejected",
            says="A run that has too few votes is rejected here, although more may come.",
            advice="`'rejected'` needs a rejection. Until then a run without its quorum is `'waiting'`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n"
                "    yes = {n for n, v in votes if n in approvers and v == 'approve'}\n"
                "    return 'approved' if len(yes) >= quorum else 'rejected'\n",
            ),
            when=lambda seen: _decided(seen, _NONE, "rejected") or _decided(seen, _ONE, "rejected"),
        ),
        Misconception(
            id="too-early",
            says="The run is approved before the quorum is reached.",
            advice="Go through all votes first; only then compare the number of approvers with `quorum`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    for name, vote in votes:\n"
                "        if name in approvers:\n            return vote + 'd' if vote == 'approve' else "
                "'rejected'\n"
                "    return 'waiting'\n",
            ),
            when=lambda seen: _decided(seen, _ONE, "approved"),
        ),
        Misconception(
            id="outsiders-count",
            says="The vote of mallory counts, who is not on the list of approvers.",
            advice="Before anything else, ask `if name in approvers`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    counted = {}\n    for name, vote in votes:\n"
                "        counted.setdefault(name, vote)\n    if 'reject' in counted.values():\n"
                "        return 'rejected'\n    return 'approved' if len(counted) >= quorum else 'waiting'\n",
            ),
            when=lambda seen: _decided(seen, _OUTSIDER, "approved"),
        ),
        Misconception(
            id="outsiders-reject",
            says="An outsider cannot approve here, but can still reject.",
            advice="Ask whether the name is on the list before you look at the vote, whatever the vote is.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    seen = set()\n    for name, vote in votes:\n"
                "        if vote == 'reject' and name not in seen:\n            return 'rejected'\n"
                "        if name in approvers:\n            seen.add(name)\n"
                "    return 'approved' if len(seen) >= quorum else 'waiting'\n",
            ),
            when=lambda seen: _decided(seen, _OUTSIDER_AGAINST, "rejected"),
        ),
        Misconception(
            id="double-vote",
            says="Two approvals by alice make a quorum of two: votes are counted, not people.",
            advice="Collect names in a set, or votes in a dictionary by name, and count those.",
            samples=(
                "def outcome(votes, approvers, quorum):\n"
                "    if any(n in approvers and v == 'reject' for n, v in votes):\n        return 'rejected'\n"
                "    yes = [n for n, v in votes if n in approvers and v == 'approve']\n"
                "    return 'approved' if len(yes) >= quorum else 'waiting'\n",
            ),
            when=lambda seen: _decided(seen, _DOUBLE, "approved"),
        ),
        Misconception(
            id="rejection-ignored",
            says="A rejection by an approver changes nothing here.",
            advice="If one of the votes that count is `'reject'`, return `'rejected'`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n"
                "    yes = {n for n, v in votes if n in approvers and v == 'approve'}\n"
                "    return 'approved' if len(yes) >= quorum else 'waiting'\n",
                "def outcome(votes, approvers, quorum):\n"
                "    voted = {n for n, v in votes if n in approvers}\n"
                "    return 'approved' if len(voted) >= quorum else 'waiting'\n",
            ),
            when=lambda seen: bool(_results(seen, "decision")) and not _decided(seen, _AGAINST, "rejected"),
        ),
        Misconception(
            id="last-vote-counts",
            says="A later vote of the same person replaces the first one.",
            advice="Keep a person's vote only if there is none of theirs yet: `if name not in counted`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n"
                "    counted = {n: v for n, v in votes if n in approvers}\n"
                "    if 'reject' in counted.values():\n        return 'rejected'\n"
                "    return 'approved' if len(counted) >= quorum else 'waiting'\n",
                "def outcome(votes, approvers, quorum):\n"
                "    if any(n in approvers and v == 'reject' for n, v in votes):\n        return 'rejected'\n"
                "    yes = {n for n, v in votes if n in approvers and v == 'approve'}\n"
                "    return 'approved' if len(yes) >= quorum else 'waiting'\n",
            ),
            when=lambda seen: (
                _decided(seen, _CHANGED, "rejected") or _decided(seen, _CHANGED_BACK, "approved")
            ),
        ),
        Misconception(
            id="quorum-not-used",
            says="How many approvals are needed is fixed here; `quorum` may be another number each time.",
            advice="Compare the number of approvers who said yes with `quorum`, using `>=`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    counted = {}\n    for name, vote in votes:\n"
                "        if name in approvers and name not in counted:\n            counted[name] = vote\n"
                "    if 'reject' in counted.values():\n        return 'rejected'\n"
                "    return 'approved' if len(counted) >= 2 else 'waiting'\n",
            ),
            when=lambda seen: (
                bool(_results(seen, "decision"))
                and "quorum" not in look.loads(seen)
                and "quorum" in seen.source
            ),
        ),
        Misconception(
            id="more-than-quorum",
            says="With exactly as many approvals as the quorum asks for, the run goes on waiting.",
            advice="A quorum of two is reached with two: use `>=`, not `>`.",
            samples=(
                "def outcome(votes, approvers, quorum):\n    counted = {}\n    for name, vote in votes:\n"
                "        if name in approvers and name not in counted:\n            counted[name] = vote\n"
                "    if 'reject' in counted.values():\n        return 'rejected'\n"
                "    return 'approved' if len(counted) > quorum else 'waiting'\n",
            ),
            when=lambda seen: _decided(seen, _TWO, "waiting") and _decided(seen, _QUORUM_1, "waiting"),
        ),
    ),
)

# ── 2 Wait until the deadline ─────────────────────────────────────────────────────────────────────────

_OUTCOME_GIVEN = _OUTCOME.reference

#: Stands for DBOS: a mailbox and a clock, without the waiting.
_MAILBOX = """
class Mailbox:
    def __init__(self, votes, away=None):
        self.now, self.votes, self.away, self.asked = 1000.0, list(votes), away, 0

    def clock(self):
        return self.now

    def receive(self, seconds):
        self.asked += 1
        if self.asked > 5000:
            raise RuntimeError("receive was called 5000 times, and the loop goes on")
        until = self.now + max(float(seconds), 0.0)
        comes = self.votes[0][0] if self.votes else float("inf")
        if self.away and self.now - 1000.0 <= self.away[0] < min(comes, until - 1000.0):
            self.now, until = 1000.0 + self.away[1], max(until, 1000.0 + self.away[1])
        if self.votes and 1000.0 + self.votes[0][0] <= until:
            second, name, vote = self.votes.pop(0)
            self.now = max(self.now, 1000.0 + second)
            return name, vote
        self.now = max(self.now, until)
        return None

"""


def _wait(
    given: str,
    votes: list[tuple[int, str, str]],
    seconds: int = 60,
    quorum: int = 2,
    away: tuple[int, int] | None = None,
) -> Scenario:
    return Scenario(
        given=f"{seconds} seconds, alice and bob as approvers, a quorum of {quorum}, and {given}",
        setup=_OUTCOME_GIVEN + _MAILBOX,
        after=(
            f"mailbox = Mailbox({votes!r}, {away!r})\n"
            f"decision = wait_for_decision(mailbox.receive, mailbox.clock, {seconds}, ['alice', 'bob'], "
            f"{quorum})\n"
            "second = round(mailbox.now - 1000.0, 3)\n"
        ),
    )


_WAIT_SCENARIOS = (
    _wait("no vote at all", []),
    _wait(
        "approvals by alice at 10 s and by bob at 20 s", [(10, "alice", "approve"), (20, "bob", "approve")]
    ),
    _wait(
        "alice approving at 10 s and bob rejecting at 15 s", [(10, "alice", "approve"), (15, "bob", "reject")]
    ),
    _wait("alice approving at 50 s and nothing after that", [(50, "alice", "approve")]),
    _wait(
        "alice approving at 50 s and bob at 65 s, too late",
        [(50, "alice", "approve"), (65, "bob", "approve")],
    ),
    _wait(
        "mallory writing at 30, 55, 80 and 105 s",
        [
            (30, "mallory", "approve"),
            (55, "mallory", "reject"),
            (80, "mallory", "approve"),
            (105, "mallory", "x"),
        ],
    ),
    _wait(
        "alice approving at 40 s and bob at 58 s, just in time",
        [(40, "alice", "approve"), (58, "bob", "approve")],
    ),
    _wait("bob approving at 4 s", [(4, "bob", "approve")], seconds=5, quorum=1),
    _wait("bob approving at 7 s, too late", [(7, "bob", "approve")], seconds=5, quorum=1),
    _wait(
        "the worker killed at 20 s and started again at 90 s, and bob voting at 70 s",
        [(10, "alice", "approve"), (70, "bob", "approve")],
        away=(20, 90),
    ),
    _wait(
        "the worker killed at 20 s and started again at 40 s, and bob voting at 30 s",
        [(10, "alice", "approve"), (30, "bob", "approve")],
        away=(20, 40),
    ),
)
_SILENCE, _APPROVED, _BOB_AGAINST, _ONE_ONLY, _LATE, _NOISE, _IN_TIME, _SHORT, _SHORT_LATE, _AWAY, _BACK = (
    range(11)
)

_WAIT_HEAD = "def wait_for_decision(receive, clock, seconds, approvers, quorum):\n"
_WAIT_START = _WAIT_HEAD + (
    "    votes = []\n    while True:\n        vote = receive(seconds)\n"
    "        if vote is None:\n            return 'rejected'\n        votes.append(vote)\n"
    "        decision = outcome(votes, approvers, quorum)\n        if decision != 'waiting':\n"
    "            return decision\n"
)


def _loop(first: str, wait: str, late: str, before: str = "") -> str:
    """A loop that differs from the right one in what stands before it, in how long it waits, in when it "
    "ends."""
    return _WAIT_HEAD + (
        f"{first}    votes = []\n    while True:\n{before}        vote = receive({wait})\n"
        f"        if {late}:\n            return 'rejected'\n        votes.append(vote)\n"
        "        decision = outcome(votes, approvers, quorum)\n        if decision != 'waiting':\n"
        "            return decision\n"
    )


_DEADLINE = "    deadline = clock() + seconds\n"


def _waited(seen: Seen, scenario: int) -> tuple[object, object]:
    """Decision and second in this scenario."""
    decisions, seconds = _results(seen, "decision"), _results(seen, "second")
    return (decisions[scenario], seconds[scenario]) if decisions and seconds else (None, None)


def _after_deadline(seen: Seen, scenario: int, deadline: float) -> bool:
    second = _waited(seen, scenario)[1]
    return isinstance(second, float) and second > deadline + 0.5


_WAIT = Step(
    id="durable.2",
    title="Wait until the deadline",
    difficulty="hard",
    task=(
        "Mend `wait_for_decision`: the run has `seconds` in all, counted from the call, however many votes "
        "come. "
        "When they are over it returns `'rejected'`, and a vote that is read only after that counts no more."
    ),
    hints=(
        "`receive(seconds)` waits up to the full time again after every vote. What stays the same is not a "
        "span of time but a moment: the deadline.",
        "Work the deadline out once, before the loop, with `clock()`. In the loop wait only for what is "
        "left: "
        "the deadline less the time it is now.",
        "A worker that was away may read a vote long after it was sent. So after `receive`, ask the clock "
        "once "
        "more: `if vote is None or clock() > deadline: return 'rejected'`.",
    ),
    common_mistakes=(
        "Handing the same number of seconds to `receive` each time: every message, an outsider's too, then "
        "buys more time.",
        "Looking at the clock only before waiting: a vote that lay there while no worker ran is then counted "
        "after the deadline.",
        "Using `time.time()`: a run that is resumed must be told the times that it was told before, and only "
        "`clock` remembers them.",
        "Returning `'approved'` when time is up: silence is not consent.",
    ),
    explanation=(
        "```python\ndef wait_for_decision(receive, clock, seconds, approvers, quorum):\n"
        "    deadline = clock() + seconds\n    votes = []\n    while True:\n"
        "        vote = receive(deadline - clock())\n        if vote is None or clock() > deadline:\n"
        "            return 'rejected'\n        votes.append(vote)\n"
        "        decision = outcome(votes, approvers, quorum)\n        if decision != 'waiting':\n"
        "            return decision\n```\n"
        "The deadline is a moment, fixed once. What is handed to `receive` shrinks from vote to vote. The "
        "second "
        "look at the clock is for a worker that was away: its `receive` gives it what lies in the mailbox "
        "even "
        "when the time is over, and DBOS does just that."
    ),
    right=(
        "The deadline stands still, whoever writes and however often. And in doubt the answer is no: nobody "
        "has "
        "to be awake for a model *not* to be deployed. Systems differ in this. Argo's `suspend` with a "
        "duration "
        "goes on when the time is up, so there a timeout approves."
    ),
    starter=_WAIT_START,
    reference=_loop(_DEADLINE, "deadline - clock()", "vote is None or clock() > deadline"),
    alternatives=(
        _WAIT_HEAD
        + "    deadline, votes = clock() + seconds, []\n    while (left := deadline - clock()) > 0:\n"
        "        vote = receive(left)\n        if vote is None or clock() > deadline:\n            break\n"
        "        votes.append(vote)\n        if outcome(votes, approvers, quorum) != 'waiting':\n"
        "            return outcome(votes, approvers, quorum)\n    return 'rejected'\n",
        _WAIT_HEAD + "    start = clock()\n    votes = []\n    decision = 'waiting'\n"
        "    while decision == 'waiting':\n        vote = receive(max(0, seconds - (clock() - start)))\n"
        "        if vote is None or clock() - start > seconds:\n            decision = 'rejected'\n"
        "        else:\n            votes.append(vote)\n            decision = outcome(votes, approvers, "
        "quorum)\n"
        "    return decision\n",
    ),
    scenarios=_WAIT_SCENARIOS,
    compares=(
        Variable("decision", shown="the decision"),
        Variable("second", shown="the second at which it is made"),
    ),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=(_WAIT_HEAD.replace(":", "") + "    return 'rejected'\n",),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `wait_for_decision`.",
            advice="Keep the first line as it was handed out.",
            samples=(_WAIT_START.replace("wait_for_decision", "wait"),),
            when=lambda seen: _no_function(seen, "wait_for_decision"),
        ),
        Misconception(
            id="own-clock",
            says="This asks the computer's own clock, not `clock`.",
            advice=(
                "Use `clock()` for the time and `receive` for waiting. When DBOS resumes a run it gives the "
                "same answers again from its record; `time.time()` and `time.sleep` know nothing of that."
            ),
            samples=(
                "import time\n\n"
                + _loop("    deadline = time.time() + seconds\n", "deadline - time.time()", "vote is None"),
                "from datetime import datetime, timedelta\n\n"
                + _loop(
                    "    deadline = datetime.now() + timedelta(seconds=seconds)\n",
                    "(deadline - datetime.now()).total_seconds()",
                    "vote is None",
                ),
            ),
            when=lambda seen: look.source_has(seen, r"\btime\.(time|monotonic|sleep)\b|\.now\(|\.utcnow\("),
        ),
        Misconception(
            id="clock-not-called",
            says="`clock` without parentheses is the function itself, not the time.",
            advice="Write `clock()`.",
            samples=(_loop("    deadline = clock + seconds\n", "deadline - clock", "vote is None"),),
            when=lambda seen: look.raised(seen, "TypeError", "unsupported operand"),
        ),
        Misconception(
            id="nothing-returned",
            says="The function comes to its end without a `return`, so it gives `None`.",
            advice="After the loop, or where time is up, return `'rejected'`.",
            samples=(
                _WAIT_HEAD + "    deadline, votes = clock() + seconds, []\n    while clock() < deadline:\n"
                "        vote = receive(deadline - clock())\n        if vote is None or clock() > deadline:\n"
                "            break\n        votes.append(vote)\n"
                "        if outcome(votes, approvers, quorum) != 'waiting':\n"
                "            return outcome(votes, approvers, quorum)\n",
            ),
            when=lambda seen: None in _results(seen, "decision"),
        ),
        Misconception(
            id="silence-approves",
            says="When the time is over without enough votes, the model is approved.",
            advice="Nobody having said no is not a yes: return `'rejected'`.",
            samples=(
                _loop(_DEADLINE, "deadline - clock()", "vote is None or clock() > deadline").replace(
                    "return 'rejected'", "return 'approved'"
                ),
            ),
            when=lambda seen: _waited(seen, _SILENCE)[0] == "approved",
        ),
        Misconception(
            id="still-waiting",
            says="When the time is over, the function gives `'waiting'`, and nobody waits any more.",
            advice="At the deadline the answer is no: return `'rejected'`.",
            samples=(
                _loop(_DEADLINE, "deadline - clock()", "vote is None or clock() > deadline").replace(
                    "return 'rejected'", "return 'waiting'"
                ),
            ),
            when=lambda seen: _waited(seen, _SILENCE)[0] == "waiting",
        ),
        Misconception(
            id="first-vote-only",
            says="The function decides after the first vote, whatever `outcome` says of it.",
            advice="Stay in the loop while `outcome(…)` is `'waiting'`.",
            samples=(
                _WAIT_HEAD + "    deadline = clock() + seconds\n    vote = receive(deadline - clock())\n"
                "    if vote is None or clock() > deadline:\n        return 'rejected'\n"
                "    return outcome([vote], approvers, quorum)\n",
            ),
            when=lambda seen: _waited(seen, _APPROVED)[0] == "waiting",
        ),
        Misconception(
            id="starts-anew",
            says="The time starts anew when a vote comes, so votes can put the end off for ever.",
            advice="Fix the deadline once, before the loop, and hand `receive` only what is left until then.",
            samples=(
                _loop("", "seconds", "vote is None", before=_DEADLINE.replace("    ", "        ", 1)),
                _loop("", "deadline - clock()", "vote is None", before="    " + _DEADLINE),
                _loop(_DEADLINE, "seconds", "vote is None"),
            ),
            when=lambda seen: (
                _after_deadline(seen, _ONE_ONLY, 60.0) and _waited(seen, _LATE) == ("approved", 65.0)
            ),
        ),
        Misconception(
            id="checks-too-late",
            says="The deadline is looked at, but `receive` may still wait far beyond it.",
            advice=(
                "Do not hand the whole `seconds` to `receive`; hand it what is left: `deadline - clock()`."
            ),
            samples=(_loop(_DEADLINE, "seconds", "vote is None or clock() > deadline"),),
            when=lambda seen: _after_deadline(seen, _ONE_ONLY, 60.0),
        ),
        Misconception(
            id="late-vote",
            says=(
                "Bob's vote is read when the deadline has long passed, because no worker ran in between, "
                "and it "
                "is counted all the same."
            ),
            advice="Ask the clock once more after `receive`, before the vote is counted.",
            samples=(
                _loop(_DEADLINE, "deadline - clock()", "vote is None"),
                _WAIT_HEAD + "    deadline, votes = clock() + seconds, []\n"
                "    while (left := deadline - clock()) > 0:\n        vote = receive(left)\n"
                "        if vote is None:\n            break\n        votes.append(vote)\n"
                "        if outcome(votes, approvers, quorum) != 'waiting':\n"
                "            return outcome(votes, approvers, quorum)\n    return 'rejected'\n",
            ),
            when=lambda seen: (
                _waited(seen, _AWAY)[0] == "approved" and _waited(seen, _ONE_ONLY) == ("rejected", 60.0)
            ),
        ),
        Misconception(
            id="forgets-votes",
            says="Each vote is judged alone: the ones that came before it are forgotten.",
            advice="Keep all of them in a list, made once before the loop, and hand that to `outcome`.",
            samples=(
                _loop(_DEADLINE, "deadline - clock()", "vote is None or clock() > deadline").replace(
                    "outcome(votes,", "outcome([vote],"
                ),
            ),
            when=lambda seen: _waited(seen, _APPROVED) == ("rejected", 60.0),
        ),
        Misconception(
            id="gives-up-early",
            says="The run gives up before its time is over, and a vote that came in time finds nobody.",
            advice="What is left is the deadline less the time it is now; nothing else goes off it.",
            samples=(
                _loop("    left = seconds\n", "left", "vote is None", before="        left = left / 2\n"),
                _WAIT_HEAD + "    vote = receive(0)\n    if vote is None:\n        return 'rejected'\n"
                "    return outcome([vote], approvers, quorum)\n",
            ),
            when=lambda seen: (
                _waited(seen, _IN_TIME)[0] == "rejected" or _waited(seen, _APPROVED)[0] == "rejected"
            ),
        ),
    ),
    seconds=5.0,
)

# ── 3 Say what is recorded ────────────────────────────────────────────────────────────────────────────

#: A worker that is killed while it waits, really: every process is a fork, and SIGKILL ends the first.
_KILL = """
import functools
import os
import signal
import time

from dbos import DBOS, DBOSClient, SetWorkflowID

_DATABASE = "sqlite:///approval.sqlite"


def log(word):
    with open("log.txt", "a") as file:
        file.write(word + "\\n")


def _logged():
    return open("log.txt").read().split("\\n")[:-1] if os.path.exists("log.txt") else []


class _Inbox:
    def get(self, topic, seconds):
        time.sleep(seconds)
        return None


inbox = _Inbox()


def _process(work, *arguments):
    pid = os.fork()
    if pid == 0:
        try:
            work(*arguments)
        finally:
            os._exit(0)
    return pid


def _worker(workflow):
    DBOS(
        config={
            "name": "approval",
            "system_database_url": _DATABASE,
            "executor_id": "worker",
            "application_version": "1",
            "notification_listener_polling_interval_sec": 0.02,
            "log_level": "CRITICAL",
        }
    )
    DBOS.launch()
    with SetWorkflowID("run"):
        run = DBOS.start_workflow(workflow)
    try:
        run.get_result(polling_interval_sec=0.02)
    except Exception as error:
        log(f"stopped by {type(error).__name__}")


def _send(vote):
    client = DBOSClient(system_database_url=_DATABASE)
    client.send("run", vote, topic="votes")
    client.destroy()


def killed_while_it_waits(workflow, vote):
    first = _process(_worker, workflow)
    waited = 0
    while waited < 5:  # a tenth of a second at the pause
        time.sleep(0.02)
        waited += "waits" in _logged()
        if os.waitpid(first, os.WNOHANG) != (0, 0):
            return _logged()
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    log("killed")
    os.waitpid(_process(_send, vote), 0)
    log(f"vote: {vote}")
    os.waitpid(_process(_worker, workflow), 0)
    return _logged()


"""


def _killed(vote: str) -> Scenario:
    return Scenario(
        given=(
            f"the worker killed while it waits, the vote `{vote}` sent while none runs, and a new worker "
            f"started"
        ),
        setup=_KILL + f"the_vote = {vote!r}\n",
    )


_RECORD = FillIn(
    id="durable.3",
    title="Say what is recorded",
    difficulty="medium",
    task=(
        "Make the approval durable. Training must be recorded when it is done, so that no later worker does "
        "it "
        "again; and the vote must come from where it is kept while no worker runs."
    ),
    code=(
        '@[1]\ndef train_model():\n    log("trained")\n\n'
        "@DBOS.step()\ndef finish(how):\n    log(how)\n\n"
        '@DBOS.workflow()\ndef approval():\n    train_model()\n    log("waits")\n'
        '    vote = [2]("votes", 5)\n    finish("deployed" if vote == "approve" else "failed")\n\n'
        "happened = killed_while_it_waits(approval, the_vote)"
    ),
    options=("functools.cache", "DBOS.step()", "inbox.get", "DBOS.recv"),
    answer=("DBOS.step()", "DBOS.recv"),
    hints=(
        "The first blank stands where a decorator stands, the second is called with a mailbox's name and a "
        "number of seconds. That leaves two options for each.",
        "What is in a process's memory ends with the process. Which of the options write to a database?",
        "`finish` shows how a step is marked. And to receive is `recv`.",
    ),
    common_mistakes=(
        "`functools.cache` remembers results too, but in memory: the next process knows nothing of them.",
        "Reading the vote from a queue in memory: while no worker runs there is nobody to put it in.",
        "Taking a function that waits for a decorator, or a decorator for a function that waits.",
    ),
    explanation=(
        "`@DBOS.step()` writes the result of `train_model` to the database when it is done. `DBOS.recv` "
        "waits for "
        "a message of the topic `votes`, which lies in the database too, so it does not matter whether a "
        "worker "
        "runs when it is sent.\n\nA new worker runs the workflow **from its first line**. A step that has a "
        "recorded result gives that result, without doing its work again. Whatever is not a step runs again: "
        'that is why `log("waits")` is there twice.'
    ),
    right=(
        "Trained once, though two processes worked on it. Look at `waits`: it is there twice, because "
        "resuming "
        "means to run the workflow from its first line again, with the recorded results put in. So what "
        "costs "
        "something, or changes the world, belongs into a step; and what is outside a step must do no harm "
        "when "
        "it runs twice."
    ),
    scenarios=(_killed("approve"), _killed("reject")),
    compares=(Variable("happened"),),
    misconceptions=(
        Misconception(
            id="waits-as-decorator",
            says="A function that waits for a message cannot decorate another function.",
            advice=(
                "Blank 1 marks `train_model` as something whose result is kept. See how `finish` is marked."
            ),
            samples=(("inbox.get", ANY), ("DBOS.recv", ANY)),
        ),
        Misconception(
            id="decorator-as-wait",
            says="Blank 2 has to wait for a message; a decorator cannot be called with a topic and seconds.",
            advice="Choose one of the two options that get something.",
            samples=((ANY, "DBOS.step()"), (ANY, "functools.cache")),
        ),
        Misconception(
            id="cache-in-memory",
            says="`functools.cache` keeps results in the memory of the process, which is what was killed.",
            advice="Choose the decorator that writes the result to the database.",
            samples=(("functools.cache", "DBOS.recv"), ("functools.cache", "inbox.get")),
        ),
        Misconception(
            id="inbox-in-memory",
            says=(
                "The inbox is a queue in the worker's memory. While no worker runs nobody can put a vote "
                "into "
                "it, so the new one waits in vain until its time is up."
            ),
            advice="Choose the option that reads from the database.",
            samples=(("DBOS.step()", "inbox.get"),),
        ),
    ),
    seconds=40.0,
)

# ── 4 Deploy once ─────────────────────────────────────────────────────────────────────────────────────

_DEPLOY_HEAD = "def deploy(run, version, aliases, log):\n"
_DEPLOY_START = _DEPLOY_HEAD + (
    "    aliases['champion'] = version\n    log.append((run, 'deployed', version))\n"
)


def _deploy(given: str, calls: str, aliases: str = "{}", log: str = "[]") -> Scenario:
    return Scenario(
        given=given,
        after=f"aliases, log = {aliases}, {log}\n{calls}aliases, log = dict(aliases), list(log)\n",
    )


_DEPLOY_SCENARIOS = (
    _deploy("run `a` deploying version 7", "deploy('a', 7, aliases, log)\n"),
    _deploy(
        "run `a` deploying version 7, killed before that was recorded, and doing it again",
        "deploy('a', 7, aliases, log)\n" * 2,
        "{'champion': 6}",
    ),
    _deploy(
        "run `a` deploying 7, run `b` 8, and run `c` 7 once more, which is a deployment of its own",
        "deploy('a', 7, aliases, log)\ndeploy('b', 8, aliases, log)\ndeploy('c', 7, aliases, log)\n",
    ),
    _deploy(
        "run `a` killed between the alias and the log, and doing it again",
        "deploy('a', 7, aliases, log)\n",
        "{'champion': 7}",
    ),
    _deploy(
        "run `a` killed between the log and the alias, and doing it again",
        "deploy('a', 7, aliases, log)\n",
        "{'champion': 6}",
        "[('a', 'deployed', 7)]",
    ),
    _deploy(
        "run `b` having deployed 8 before run `a` does 7 a second time",
        "deploy('a', 7, aliases, log)\ndeploy('b', 8, aliases, log)\ndeploy('a', 7, aliases, log)\n",
    ),
    _deploy(
        "another alias, and entries of other runs in the log",
        "deploy('a', 7, aliases, log)\n",
        "{'champion': 6, 'challenger': 8}",
        "[('z', 'deployed', 6), ('b', 'rejected', 8)]",
    ),
)
_FIRST, _AGAIN, _SAME_VERSION, _HALF, _OTHER_HALF, _IN_BETWEEN = range(6)


def _left(seen: Seen, scenario: int) -> tuple[object, list[object]]:
    """The champion and the log after this scenario."""
    aliases, log = _results(seen, "aliases"), _results(seen, "log")
    if not aliases or not isinstance(aliases[scenario], dict) or not isinstance(log[scenario], list):
        return None, []
    champion = aliases[scenario].get("champion")  # type: ignore[attr-defined]
    return champion, list(log[scenario])  # type: ignore[call-overload]


_ENTRY = "    entry = (run, 'deployed', version)\n"

_DEPLOY = Step(
    id="durable.4",
    title="Deploy once, even if it is done twice",
    difficulty="medium",
    task=(
        "Mend `deploy`: done again for the same run, it must leave everything as if it had been done once. "
        "Afterwards `champion` is on the version, and the log has exactly one entry of this run. The rest "
        "of the "
        "log stays as it is."
    ),
    hints=(
        "Do the two lines one after the other in your head, twice. Which of them does harm the second time?",
        "To set an alias to 7 twice is to set it to 7. To append twice is to have two entries. So ask first "
        "whether the entry is there.",
        "`if (run, 'deployed', version) not in log:` before the `append`; leave the alias as it is.",
    ),
    common_mistakes=(
        "Returning early when the alias is set already: the worker may have been killed between the two "
        "lines, "
        "and then the log entry is missing for ever.",
        "Asking for the version in the log: another run may deploy the same version again, and that is an "
        "entry "
        "of its own.",
        "Looking at the last entry only: others may have written in between.",
    ),
    explanation=(
        "```python\ndef deploy(run, version, aliases, log):\n    aliases['champion'] = version\n"
        "    entry = (run, 'deployed', version)\n    if entry not in log:\n        log.append(entry)\n```\n"
        "Setting the alias is idempotent by nature: doing it twice is the same as doing it once. Appending "
        "is "
        "not, so it needs a mark to recognise its own work by, and the run's id is that mark."
    ),
    right=(
        "This is what *idempotent* means: twice is as good as once. A step is recorded after its work is "
        "done, "
        "so a worker killed in between does the work again. No system can promise *exactly once* for what "
        "happens outside its own database; it promises at least once, and you see to the rest."
    ),
    starter=_DEPLOY_START,
    reference=(
        _DEPLOY_HEAD + "    aliases['champion'] = version\n" + _ENTRY + "    if entry not in log:\n"
        "        log.append(entry)\n"
    ),
    alternatives=(
        _DEPLOY_HEAD + "    if not any(entry[0] == run for entry in log):\n"
        "        log.append((run, 'deployed', version))\n    aliases.update(champion=version)\n",
        _DEPLOY_HEAD + "    aliases['champion'] = version\n    runs = {who for who, *_ in log}\n"
        "    if run in runs:\n        return\n    log += [(run, 'deployed', version)]\n",
    ),
    scenarios=_DEPLOY_SCENARIOS,
    compares=(
        Variable("aliases", shown="what the aliases hold afterwards"),
        Variable("log", shown="the log afterwards"),
    ),
    misconceptions=(
        Misconception(
            id="does-not-parse",
            says=_UNREADABLE,
            advice=_PARTNER,
            samples=(_DEPLOY_HEAD + "    aliases['champion'] = version\n    if entry not in log\n",),
            when=look.unreadable,
        ),
        Misconception(
            id="another-name",
            says="The cell defines no function called `deploy`.",
            advice="Keep the first line as it was handed out.",
            samples=(_DEPLOY_START.replace("deploy(", "deploy_once("),),
            when=lambda seen: _no_function(seen, "deploy"),
        ),
        Misconception(
            id="rebinds",
            says=(
                "`log = …` makes a new list with a name inside the function; the real log is left as it was."
            ),
            advice="Change the list that was handed in: `log.append(…)`. The same goes for `aliases`.",
            samples=(
                _DEPLOY_HEAD + "    aliases['champion'] = version\n" + _ENTRY + "    if entry not in log:\n"
                "        log = log + [entry]\n",
                _DEPLOY_HEAD + "    aliases = {'champion': version}\n" + _ENTRY + "    if entry not in log:\n"
                "        log.append(entry)\n",
            ),
            when=lambda seen: (
                (bool({"log", "aliases"} & look.stores(seen)) and _left(seen, _FIRST)[0] is None)
                or ("log" in look.stores(seen) and not _left(seen, _FIRST)[1])
            ),
        ),
        Misconception(
            id="another-entry",
            says=(
                "The entry is not the one asked for: a tuple of the run, the word `'deployed'` and the "
                "version."
            ),
            advice="Keep the entry as it was handed out: `(run, 'deployed', version)`.",
            samples=(
                _DEPLOY_HEAD + "    aliases['champion'] = version\n    entry = [run, 'deployed', version]\n"
                "    if entry not in log:\n        log.append(entry)\n",
                _DEPLOY_HEAD + "    aliases['champion'] = version\n    entry = (run, version)\n"
                "    if entry not in log:\n        log.append(entry)\n",
            ),
            when=lambda seen: (
                bool(_left(seen, _FIRST)[1]) and _left(seen, _FIRST)[1] != [("a", "deployed", 7)]
            ),
        ),
        Misconception(
            id="twice-in-log",
            says="Done a second time, it writes a second entry: the log says that two deployments were made.",
            advice="Append only if this run's entry is not in the log yet.",
            samples=(
                _DEPLOY_HEAD + "    if aliases.get('champion') != version:\n"
                "        aliases['champion'] = version\n    log.append((run, 'deployed', version))\n",
                _DEPLOY_HEAD
                + "    log.append((run, 'deployed', version))\n    aliases['champion'] = version\n",
            ),
            when=lambda seen: len(_left(seen, _AGAIN)[1]) > 1,
        ),
        Misconception(
            id="no-entry",
            says="The deployment does not get into the log at all.",
            advice="The first time, append `(run, 'deployed', version)`.",
            samples=(
                _DEPLOY_HEAD + "    aliases['champion'] = version\n",
                _DEPLOY_HEAD + "    aliases['champion'] = version\n" + _ENTRY + "    if entry in log:\n"
                "        log.append(entry)\n",
            ),
            when=lambda seen: bool(_results(seen, "log")) and not _left(seen, _FIRST)[1],
        ),
        Misconception(
            id="log-rewritten",
            says="Entries of other runs are gone. A log that is rewritten proves nothing.",
            advice="Only ever append to it.",
            samples=(
                _DEPLOY_HEAD + "    aliases['champion'] = version\n    log.clear()\n"
                "    log.append((run, 'deployed', version))\n",
            ),
            when=lambda seen: (
                bool(_results(seen, "log"))
                and not {("a", "deployed", 7), ("b", "deployed", 8)} & set(_left(seen, _SAME_VERSION)[1])
                and len(_left(seen, _SAME_VERSION)[1]) < 2
            ),
        ),
        Misconception(
            id="alias-is-the-mark",
            says=(
                "That the alias is set does not mean that all is done: the worker may have been killed right "
                "after it, before the log was written."
            ),
            advice="Look at each of the two on its own; ask the log about the log.",
            samples=(
                _DEPLOY_HEAD + "    if aliases.get('champion') == version:\n        return\n"
                "    aliases['champion'] = version\n    log.append((run, 'deployed', version))\n",
            ),
            when=lambda seen: bool(_results(seen, "log")) and not _left(seen, _HALF)[1],
        ),
        Misconception(
            id="marker-in-memory",
            says="What is remembered in a variable is gone with the process; the log is what outlives it.",
            advice="Ask the log itself whether the entry is there.",
            samples=(
                "done = set()\n\n" + _DEPLOY_HEAD + "    if run in done:\n        return\n    done.add(run)\n"
                "    aliases['champion'] = version\n    log.append((run, 'deployed', version))\n",
            ),
            when=lambda seen: len(_left(seen, _AGAIN)[1]) == 1 and len(_left(seen, _OTHER_HALF)[1]) == 2,
        ),
        Misconception(
            id="alias-not-set",
            says="The alias `champion` is not on the version afterwards.",
            advice="Keep the line that sets `aliases['champion']`.",
            samples=(_DEPLOY_HEAD + _ENTRY + "    if entry not in log:\n        log.append(entry)\n",),
            when=lambda seen: bool(_results(seen, "aliases")) and _left(seen, _FIRST)[0] != 7,
        ),
        Misconception(
            id="log-is-the-mark",
            says=(
                "The entry in the log does not mean that the alias was moved: the worker may have been "
                "killed in "
                "between."
            ),
            advice="Set the alias in any case; setting it twice does no harm.",
            samples=(
                _DEPLOY_HEAD + _ENTRY + "    if entry in log:\n        return\n    log.append(entry)\n"
                "    aliases['champion'] = version\n",
            ),
            when=lambda seen: _left(seen, _OTHER_HALF)[0] == 6 and _left(seen, _FIRST)[0] == 7,
        ),
        Misconception(
            id="by-version",
            says="Another run that deploys the same version again leaves no trace.",
            advice="Recognise your own work by the run, not by the version.",
            samples=(
                _DEPLOY_HEAD + "    aliases['champion'] = version\n"
                "    if all(v != version for _, _, v in log):\n        log.append((run, 'deployed', "
                "version))\n",
            ),
            when=lambda seen: len(_left(seen, _SAME_VERSION)[1]) == 2,
        ),
        Misconception(
            id="last-entry-only",
            says="Only the last entry is looked at, and another run may have written in between.",
            advice="Search the whole log: `entry not in log`.",
            samples=(
                _DEPLOY_HEAD
                + "    aliases['champion'] = version\n"
                + _ENTRY
                + "    if not log or log[-1] != entry:\n        log.append(entry)\n",
            ),
            when=lambda seen: len(_left(seen, _IN_BETWEEN)[1]) == 3,
        ),
    ),
)

LESSON = Lesson(
    slug="durable",
    number=8,
    notebook="08_durable_approval",
    title="A durable approval",
    minutes=15,
    unit="steps",
    exercises=(_OUTCOME, _WAIT, _RECORD, _DEPLOY),
)
