"""Deciding by hand: a desk with Approve and Reject, and decisions typed in a terminal.

Called in the notebook of lesson 7 and by `workbook decide`. Both lead through the learner's own `decide`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from checks.catalogue import tr

#: version, decision, by, approvers → whatever the learner returns; refusals are exceptions.
Decide = Callable[[str, str, str, list[str]], object]

#: Where a terminal leaves decisions for the notebook in the same folder, a line each.
INBOX = ".decisions.jsonl"


@dataclass(frozen=True)
class Desk:
    """A card for one version. Live where the front end draws widgets; elsewhere it says what to type.

    `quorum` is how many have to approve, None where that is not known.
    """

    decide: Decide
    version: str
    approvers: list[str]
    quorum: int | None = None

    def __repr__(self) -> str:
        arguments = json.dumps([self.version, "approve", self.approvers[-1], self.approvers])[1:-1]
        facts = "; ".join([", ".join(self.approvers), *self._needed()])
        return tr(
            "{version} waits for a decision ({facts}). Without buttons: {line}",
            version=self.version,
            facts=facts,
            line=f"decide({arguments})",
        )

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        faces = {"text/plain": repr(self), "text/html": f"<p>{escape(repr(self))}</p>"}
        if not _names_cells():
            return faces, {}
        # By this mark the page's code leaves the view out of the saved notebook, which then shows the text.
        return {**self._live()._repr_mimebundle_(), **faces}, {"workbook": True}

    def _needed(self) -> list[str]:
        return [] if self.quorum is None else [tr("{count} approvals needed", count=self.quorum)]

    def _live(self) -> Any:
        import ipywidgets as widgets  # type: ignore[import-untyped]

        from checks.world.frame import framed, heading

        def state(now: str) -> str:
            title = tr("Decide about {version}", version=self.version)
            return heading(title, [tr("State: {state}", state=now), *self._needed()])

        title = widgets.HTML(state(tr("waits for a decision")))
        who = widgets.Dropdown(options=self.approvers, description=tr("Approver"))
        said = widgets.HTML()
        lines: list[str] = []

        def decided(decision: str) -> None:
            line, outcome = attempt(self.decide, self.version, decision, who.value, self.approvers)
            lines.append(line)
            if isinstance(outcome, str):
                title.value = state(outcome)
            said.value = f'<div role="status">{"<br>".join(map(escape, lines))}</div>'

        approve = widgets.Button(description=tr("Approve"))
        reject = widgets.Button(description=tr("Reject"))
        approve.on_click(lambda _: decided("approve"))
        reject.on_click(lambda _: decided("reject"))
        return framed(title, who, widgets.HBox([approve, reject]), said)


def decision_desk(decide: Decide, version: str, approvers: Sequence[str], quorum: int | None = None) -> Desk:
    """A desk on which one of the approvers approves or rejects the version, through `decide`.

    `quorum` is how many have to approve; the desk shows it. Raises ValueError without approvers.
    """
    if not approvers:
        raise ValueError(tr("A desk needs somebody to sit at it: name at least one approver."))
    return Desk(decide, version, list(approvers), quorum)


def attempt(decide: Decide, version: str, decision: str, by: str, approvers: list[str]) -> tuple[str, object]:
    """Hand one decision to `decide`; a line on what came of it, and what it returned (None if it refused)."""
    outcome = None
    try:
        outcome = decide(version, decision, by, approvers)
        told = repr(outcome)
    except Exception as refusal:  # the learner's own: whatever it is, it is what they want to see
        told = tr("refused, {error}", error=f"{type(refusal).__name__}: {refusal}")
    return f"{by}, {decision} {version}: {told}", outcome


def take_in(decide: Decide, approvers: Sequence[str], folder: Path | str = ".") -> None:
    """Hand what was typed in a terminal to `decide`, once each, and print what came of it."""
    inbox = Path(folder) / INBOX
    taken = inbox.with_suffix(".taken")
    try:
        inbox.replace(taken)  # first, so that what arrives now waits for the next time
    except FileNotFoundError:
        print(tr("No decision from a terminal is waiting."))
        return
    for line in taken.read_text("utf-8").splitlines():
        version, decision, by = json.loads(line)
        print(attempt(decide, version, decision, by, list(approvers))[0])
    taken.unlink()


def leave(version: str, decision: str, by: str, folder: Path) -> None:
    """Leave a decision for the notebook in this folder. Raises OSError if it cannot be written."""
    with (folder / INBOX).open("a", encoding="utf-8") as inbox:
        inbox.write(json.dumps([version, decision, by]) + "\n")


def _names_cells() -> bool:
    """The front end says which cell it runs, as those do that draw widgets; nbval and nbclient do not."""
    from IPython import get_ipython

    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return bool((parent.get("metadata") or {}).get("cellId"))
