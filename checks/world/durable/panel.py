"""The worker's buttons: start it, kill it, vote. Drawn where a front end shows widgets, beside its report.

Loaded by `worker` when one is displayed in such a front end; nothing else in here loads ipywidgets.
"""

from collections.abc import Callable
from typing import Any, Protocol

import ipywidgets as widgets  # type: ignore[import-untyped]

from checks.catalogue import tr, trn
from checks.world.durable.report import Report
from checks.world.frame import framed, heading
from checks.world.picture import Picture


class Worker(Protocol):
    """A worker as its buttons know it."""

    def start(self) -> Report: ...
    def kill(self) -> Report: ...
    def vote(self, name: str, vote: str) -> Report: ...
    def report(self) -> Report: ...
    def picture(self) -> Picture: ...


def view(worker: Worker, approvers: list[str], quorum: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The mimebundle of a panel of buttons, with its metadata. `quorum` is how many have to approve."""
    title = widgets.HTML(_title(worker.report(), approvers, quorum))
    shown = widgets.HTML(_html(worker))

    def button(label: str, act: Callable[[], Report], style: str = "") -> widgets.Button:
        made = widgets.Button(description=label, button_style=style, layout=widgets.Layout(width="auto"))

        def clicked(_: widgets.Button) -> None:
            made.disabled, made.description = True, f"{label} …"  # a process takes a second or two
            try:
                report = act()
                title.value = _title(report, approvers, quorum)
                shown.value = _html(worker, report)
            except Exception as failure:  # ipywidgets would only log it
                told = f"{type(failure).__name__}: {failure}"
                shown.value = f"<p>{tr('Something failed on our side: {failure}', failure=told)}</p>"
            finally:
                made.disabled, made.description = False, label

        made.on_click(clicked)
        return made

    def votes(name: str) -> list[widgets.Button]:
        return [
            button(f"{name}: {vote}", lambda vote=vote: worker.vote(name, vote))  # type: ignore[misc]
            for vote in ("approve", "reject")
        ]

    process = [
        button(tr("Start the worker"), worker.start, "success"),
        button(tr("Kill it"), worker.kill, "danger"),
    ]
    people = [one for name in (*approvers, "mallory") for one in votes(name)]
    rows = [widgets.HBox(row, layout=widgets.Layout(flex_flow="row wrap")) for row in (process, people)]
    bundle = framed(title, *rows, shown)._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    # By this mark the page's code keeps the view, which ends with the kernel, out of the saved notebook.
    return {**(data or {}), **worker.report()._repr_mimebundle_()}, {**metadata, "workbook": True}


def _title(report: Report, approvers: list[str], quorum: int) -> str:
    needed = trn(
        "{count} approval needed, by {approvers}",
        "{count} approvals needed, by {approvers}",
        quorum,
        approvers=", ".join(approvers),
    )
    return heading(tr("Worker"), [tr("State: {state}", state=report.state), needed])


def _html(worker: Worker, report: Report | None = None) -> str:
    return (report or worker.report()).html() + worker.picture().svg
