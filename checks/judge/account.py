"""What can be said of a wrong answer whose misconception is not known: how often it is right, and where not.

Called by judging. Every sentence is counted from what the answer did, and so true of it.
"""

from checks.judge.trials import Trial

#: From so many named situations on, they are shown as a table.
_TABLE_FROM = 3


def says(trial: Trial) -> str:
    """In how many situations it does what is asked, and what those have in common where it does not."""
    failing = set(trial.failing)
    tried = [place for place, came in enumerate(trial.outcomes) if came.ended != "not_run"]
    right = len(tried) - len(failing)
    if not right:
        return "Your code runs, but it does not do what is asked yet."
    counted = f"Your code does what is asked in {right} of {len(tried)} cases."
    common = _in_common(trial, failing, tried)
    return f"{counted} {common}" if common else counted


def _in_common(trial: Trial, failing: set[int], tried: list[int]) -> str:
    """The one thing that is true of every case in which it fails, and of fewest others."""
    shared = set.intersection(*(set(trial.situations[place].about) for place in failing))
    passing = [place for place in tried if place not in failing]
    found = sorted(
        (sum(about in trial.situations[place].about for place in passing), about) for about in shared
    )
    if not found or len(failing) < 2 or 2 * found[0][0] > len(passing):
        return ""
    others, about = found[0]
    return f"It goes wrong only where {about}{'' if others else ', and always there'}."


def cases(trial: Trial) -> str:
    """The named situations, and the shown one, as a table; empty where there are too few to be worth it."""
    named = [place for place in range(trial.named) if trial.outcomes[place].ended != "not_run"]
    failing = set(trial.failing)
    rows = [(trial.situations[place].given, place not in failing) for place in named]
    if trial.shown and trial.shown.situation not in trial.situations[: trial.named]:
        rows.append((trial.shown.situation.given, False))
    passed = sum(right for _, right in rows)
    if len(rows) < _TABLE_FROM or not passed:
        return ""
    lines = [f"| {_cell(given)} | {'✓ right' if right else '✗ **wrong**'} |" for given, right in rows]
    head = f"**Cases:** {passed} of these {len(rows)} {'is' if passed == 1 else 'are'} right."
    return "\n".join([head, "", "| With … | Your code |", "| --- | --- |", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
