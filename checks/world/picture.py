"""Pictures of what is there: a registry's versions, the processes that worked on a run; SVG with a text form.

Called in notebooks as `timeline(client)`, and by what they use. Data in, text out: the same picture for the
same content.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from checks.world.registry import State, state_of

if TYPE_CHECKING:
    from mlflow import MlflowClient

#: Pixels: the width of one version, the height of one moment, and where the line runs in it.
_WIDE, _HIGH, _LINE = 130, 150, 72
_FONT = "font-family:var(--jp-ui-font-family,sans-serif);font-size:13px"

#: How a version's dot is drawn, by its tag or else by its stage; otherwise it is hollow.
_FULL = ("approved", "Production")
_CROSSED = ("rejected", "revoked", "Archived")


@dataclass(frozen=True)
class Picture:
    """A drawing and the same in words. A front end shows both; a plain terminal the words."""

    svg: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        words = escape(self.text)
        html = f'<figure style="margin:0">{self.svg}<figcaption><pre>{words}</pre></figcaption></figure>'
        return {"text/plain": self.text, "text/html": html}


def timeline(
    *moments: "State | MlflowClient", titles: Sequence[str] = (), tag: str = "validation_status"
) -> Picture:
    """Draw MyModel's versions in order: aliases above the line, the stage and the value of `tag` below it.

    Each moment is a client of a practice registry, which is read now, or what `state_of` gave of one
    earlier; several are drawn one below the other under their titles ("before" and "after" if there are
    two), with what changed in bold.
    """
    states = [each if isinstance(each, State) else state_of(each) for each in moments]
    names = list(titles) or (["before", "after"] if len(states) == 2 else [""] * len(states))
    wide = 20 + _WIDE * max((len(state.stages) for state in states), default=0)
    rows, lines = [], []
    earlier: State | None = None
    for place, (state, name) in enumerate(zip(states, names, strict=True)):
        rows.append(f'<g transform="translate(0,{place * _HIGH})">{_row(state, earlier, name, tag)}</g>')
        lines += [*([f"{name}:"] if name else []), *_lines(state, tag)]
        earlier = state
    text = "\n".join(lines)
    svg = (
        f'<svg role="img" aria-label="{escape(text)}" width="{wide}" height="{_HIGH * len(states)}" '
        f'style="color:var(--jp-content-font-color1,currentColor);max-width:100%;{_FONT}" '
        f'viewBox="0 0 {wide} {_HIGH * len(states)}" fill="currentColor" stroke="none">{"".join(rows)}</svg>'
    )
    return Picture(svg, text)


def _lines(state: State, tag: str) -> Iterable[str]:
    if not state.stages:
        yield "  no version"
    for number in state.stages:
        notes = ", ".join(filter(None, [*_notes(state, number, tag), *map("@{}".format, _on(state, number))]))
        yield f"  version {number}" + (f": {notes}" if notes else "")


def _notes(state: State, number: int, tag: str) -> tuple[str, str]:
    """A version's stage and tag; empty where it has none."""
    stage = state.stages[number]
    return "" if stage == "None" else stage, state.tags.get(number, {}).get(tag, "")


def _on(state: State, number: int) -> list[str]:
    return [alias for alias, version in state.aliases.items() if version == number]


def _row(state: State, earlier: State | None, name: str, tag: str) -> str:
    places = {number: 20 + _WIDE * index + _WIDE // 2 for index, number in enumerate(state.stages)}
    drawn = [f'<text x="10" y="14" opacity="0.8">{escape(name)}</text>'] if name else []
    for left, right in itertools.pairwise(places.values()):
        drawn.append(f'<path d="M{left + 10} {_LINE}H{right - 10}" stroke="currentColor" opacity="0.4"/>')
    for number, x in places.items():
        stage, status = _notes(state, number, tag)
        drawn.append(_dot(x, status or stage))
        known = earlier is not None and number in earlier.stages
        before = (*_notes(earlier, number, tag), _on(earlier, number)) if earlier and known else None
        aliases = _on(state, number)
        if aliases:
            drawn.append(f'<path d="M{x} {_LINE - 11}V46" stroke="currentColor"/>')
        above = ", ".join(map("@{}".format, aliases))
        drawn.append(_text(x, 40, above, before is not None and before[2] != aliases))
        drawn.append(_text(x, _LINE + 30, f"version {number}", False))
        drawn.append(_text(x, _LINE + 47, stage, before is not None and before[0] != stage))
        drawn.append(_text(x, _LINE + 64, status, before is not None and before[1] != status))
    return "".join(drawn)


def _dot(x: int, status: str) -> str:
    fill = "currentColor" if status in _FULL else "none"
    dot = f'<circle cx="{x}" cy="{_LINE}" r="9" fill="{fill}" stroke="currentColor" stroke-width="2"/>'
    if status in _CROSSED:
        cross = f"M{x - 5} {_LINE - 5}l10 10m0 -10l-10 10"
        dot += f'<path d="{cross}" stroke="currentColor" stroke-width="2"/>'
    return dot


def _text(x: int, y: int, text: str, changed: bool) -> str:
    if not text:
        return ""
    weight = ' font-weight="bold"' if changed else ""
    return f'<text x="{x}" y="{y}" text-anchor="middle"{weight}>{escape(text)}</text>'


# ── what a server answered ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Answered:
    """What a server answered at one time: the version that it served, if any, and its predictions."""

    when: str
    version: int | None
    predictions: tuple[float, ...]


def predictions(moments: Sequence[Answered]) -> Picture:
    """Draw predictions moment by moment, as dots over a line at zero; a cross where none were given."""
    top = max((each for moment in moments for each in moment.predictions), default=0) or 1
    drawn, lines, wide, high = [], [], 150, 130
    for place, moment in enumerate(moments):
        left = 60 + wide * place
        shown = ", ".join(f"{each:g}" for each in moment.predictions) or "no answer"
        who = f"version {moment.version}" if moment.version else "no model"
        lines.append(f"{moment.when}: {who}, {shown}")
        if place:
            drawn.append(f'<path d="M{left} 10V{high + 56}" stroke="currentColor" opacity="0.25"/>')
        for index, value in enumerate(moment.predictions):
            x = left + wide * (index + 1) // (len(moment.predictions) + 1)
            drawn.append(f'<circle cx="{x}" cy="{20 + high - high * value / top:.1f}" r="5"/>')
        if not moment.predictions:
            x, y = left + wide // 2, 20 + high // 2
            drawn.append(
                f'<path d="M{x - 9} {y - 9}l18 18m0 -18l-18 18" stroke="currentColor" stroke-width="3"/>'
            )
        drawn.append(_text(left + wide // 2, high + 40, moment.when, False))
        drawn.append(_text(left + wide // 2, high + 57, who, True))
    end = 60 + wide * len(moments)
    drawn.append(f'<path d="M55 {20 + high}H{end}" stroke="currentColor" opacity="0.6"/>')
    drawn += [_text(30, 25, f"{top:g}", False), _text(30, 24 + high, "0", False)]
    text = "\n".join(lines) or "nothing was asked yet"
    size = f'width="{end + 10}" height="{high + 66}" viewBox="0 0 {end + 10} {high + 66}"'
    svg = (
        f'<svg role="img" aria-label="{escape(text)}" {size} '
        f'style="color:var(--jp-content-font-color1,currentColor);max-width:100%;{_FONT}" '
        f'fill="currentColor" stroke="none">{"".join(drawn)}</svg>'
    )
    return Picture(svg, text)


# ── the processes that worked on a run ────────────────────────────────────────────────────────────────

_STEP_WIDE = 104


@dataclass(frozen=True)
class Stretch:
    """A part of a run's history: a process from its start to its end, or, without one, the time between.

    An event that came from outside, such as a vote, begins with `>`. `killed` says how the process ended.
    """

    process: int | None
    events: tuple[str, ...]
    killed: bool = False


def processes(stretches: Sequence[Stretch]) -> Picture:
    """Draw who worked on a run and when: a line for each process, a gap while there is none."""
    lines, drawn, x = [], [], 20
    for each in stretches:
        who = f"process {each.process}" if each.process else "no process"
        said = [event.removeprefix(">") for event in each.events] + ["killed"] * each.killed
        lines.append(f"{who}: {', '.join(said)}")
        places = [x + _STEP_WIDE * index + _STEP_WIDE // 2 for index in range(max(1, len(said)))]
        end = x + _STEP_WIDE * len(places)
        drawn.append(f'<text x="{x + 6}" y="16" opacity="0.8">{who}</text>')
        line = 'stroke-width="3"' if each.process else 'stroke-dasharray="2 6" opacity="0.6"'
        drawn.append(f'<path d="M{x + 6} {_LINE}H{end - 6}" stroke="currentColor" {line}/>')
        for place, event in zip(places, each.events, strict=False):
            if event.startswith(">"):
                drawn.append(f'<path d="M{place} 46v17m-4 -6l4 6l4 -6" stroke="currentColor" fill="none"/>')
                drawn.append(_text(place, 40, event[1:], False))
            else:
                drawn.append(f'<circle cx="{place}" cy="{_LINE}" r="7" fill="currentColor"/>')
                drawn.append(_text(place, _LINE + 30, event, False))
        if each.killed:
            cross = f"M{places[-1] - 8} {_LINE - 8}l16 16m0 -16l-16 16"
            drawn.append(f'<path d="{cross}" stroke="currentColor" stroke-width="3"/>')
            drawn.append(_text(places[-1], _LINE + 30, "killed", True))
        x = end
    text = "\n".join(lines) or "nothing has happened yet"
    svg = (
        f'<svg role="img" aria-label="{escape(text)}" width="{x + 20}" height="120" '
        f'style="color:var(--jp-content-font-color1,currentColor);max-width:100%;{_FONT}" '
        f'viewBox="0 0 {x + 20} 120" fill="currentColor" stroke="none">{"".join(drawn)}</svg>'
    )
    return Picture(svg, text)
