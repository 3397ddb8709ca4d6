"""How a worker's run stands, as text and as a table.

Made by checks.world.durable.worker; shown by it and by its buttons.
"""

from dataclasses import dataclass
from html import escape

from checks.catalogue import tr

Bundle = dict[str, str]


@dataclass(frozen=True)
class Report:
    """How a run stands. A row: a step's name, how often it really ran, how many results are recorded."""

    headline: str
    state: str
    processes: int
    votes: int
    rows: tuple[tuple[str, int, int | None], ...]

    def __str__(self) -> str:
        lines = [self.headline] * bool(self.headline)
        lines += [
            tr("run: {state}", state=self.state),
            tr("processes so far: {count}", count=self.processes),
            tr("votes known: {count}", count=self.votes),
        ]
        for name, ran, recorded in self.rows:
            kept = tr("nothing is recorded") if recorded is None else tr("recorded {count}", count=recorded)
            lines.append(tr("{name}: ran {count}, {kept}", name=name, count=ran, kept=kept))
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        return {"text/plain": str(self), "text/html": self.html()}

    def html(self) -> str:
        """The same as a table."""
        head = f"<p><strong>{escape(self.headline)}</strong></p>" if self.headline else ""
        rows = _row("th", tr("step"), tr("ran"), tr("recorded"))
        for name, ran, kept in self.rows:
            rows += _row("td", f"<code>{escape(name)}</code>", ran, "–" if kept is None else kept)
        facts = [
            tr("Run: {state}", state=f"<strong>{escape(self.state)}</strong>"),
            tr("processes so far: {count}", count=self.processes),
            tr("votes known: {count}", count=self.votes),
        ]
        return f"{head}<p>{' · '.join(facts)}</p><table>{rows}</table>"


def _row(tag: str, *cells: object) -> str:
    # Styled here: in a widget no table is.
    begin = f'<{tag} style="padding: 2px 1.5em 2px 0; text-align: left">'
    return f"<tr>{''.join(f'{begin}{cell}</{tag}>' for cell in cells)}</tr>"
