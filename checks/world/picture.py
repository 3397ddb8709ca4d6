"""Pictures of what is there: a registry's versions, what a server answered, the processes of a run.

Called in notebooks as `timeline(client)`, and by what they use. Data in, picture out: the same for the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.catalogue import tr
from checks.drawing import BLUE, GREY, INK, ORANGE, PAPER, as_image, canvas
from checks.world.registry import State, state_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from mlflow import MlflowClient

#: How a version is marked, by its tag or else by its stage: full, grey, crossed; otherwise it is hollow.
_GOOD = ("approved", "Production")
_PAST = ("retired", "Archived")
_BAD = ("rejected", "revoked")


@dataclass(frozen=True)
class Picture:
    """A drawing, and the same in words: its text alternative, and what a plain terminal shows."""

    svg: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": as_image(self.svg, self.text)}


def timeline(
    *moments: "State | MlflowClient", titles: Sequence[str] = (), tag: str = "validation_status"
) -> Picture:
    """Draw MyModel's versions in order: aliases above them, the stage and the value of `tag` below.

    Each moment is a client of a practice registry, which is read now, or what `state_of` gave of one
    earlier; several are drawn one below the other under their titles ("before" and "after" if there are
    two), with what changed in bold.
    """
    states = [each if isinstance(each, State) else state_of(each) for each in moments]
    names = list(titles) or (["before", "after"] if len(states) == 2 else [""] * len(states))
    lines = [
        line
        for state, name in zip(states, names, strict=True)
        for line in (*([f"{name}:"] if name else []), *_lines(state, tag))
    ]
    text = "\n".join(lines)
    versions = sorted({number for state in states for number in state.stages})
    with canvas(1.2 + 1.4 * max(len(versions), 2), 0.6 + 1.3 * len(states), text) as drawn:
        axes = drawn.axes
        for row, state in enumerate(states):
            _row(axes, row, versions, state, states[row - 1] if row else None, tag)
        axes.set_xlim(-0.6, max(len(versions), 2) - 0.4)
        axes.set_xticks(range(len(versions)), list(map(str, versions)))
        axes.set_xlabel(tr("version of MyModel"))
        axes.set_ylim(len(states) - 0.45, -0.5)
        axes.set_yticks(range(len(states)), names)
        axes.tick_params("y", length=0)
        axes.grid(visible=False)
        axes.spines["left"].set_visible(False)
        if not versions:
            _say(axes, tr("no version"))
    return Picture(drawn.svg, text)


def _say(axes: "Axes", text: str) -> None:
    """In place of what is not there yet."""
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center")


def _lines(state: State, tag: str) -> Iterable[str]:
    if not state.stages:
        yield f"  {tr('no version')}"
    for number in state.stages:
        notes = ", ".join(filter(None, [*_notes(state, number, tag), _on(state, number)]))
        yield f"  {tr('version {number}', number=number)}" + (f": {notes}" if notes else "")


def _notes(state: State, number: int, tag: str) -> tuple[str, str]:
    """A version's stage and tag; empty where it has none."""
    stage = state.stages[number]
    return "" if stage == "None" else stage, state.tags.get(number, {}).get(tag, "")


def _on(state: State, number: int) -> str:
    return ", ".join(f"@{alias}" for alias, version in state.aliases.items() if version == number)


def _row(
    axes: "Axes", row: int, versions: Sequence[int], state: State, earlier: State | None, tag: str
) -> None:
    """One moment: a line through the versions that there are, and what is known of each."""
    there = [place for place, number in enumerate(versions) if number in state.stages]
    axes.plot(there, [row] * len(there), color=GREY, linewidth=1, zorder=1)
    for place in there:
        number = versions[place]
        stage, status = _notes(state, number, tag)
        _mark(axes, place, row, status or stage)
        known = earlier is not None and number in earlier.stages
        before = (_on(earlier, number), *_notes(earlier, number, tag)) if earlier and known else None
        for index, (text, shift) in enumerate(((_on(state, number), 12), (stage, -22), (status, -36))):
            axes.annotate(
                text,
                (place, row),
                (0, shift),
                textcoords="offset points",
                ha="center",
                weight="bold" if before is not None and before[index] != text else "normal",
            )


def _mark(axes: "Axes", place: float, row: float, status: str) -> None:
    """Told apart by form and by colour."""
    colour = BLUE if status in _GOOD else GREY if status in _PAST else ORANGE if status in _BAD else INK
    filled = colour if colour in (BLUE, GREY) else PAPER
    axes.plot(place, row, "o", markersize=11, color=colour, markerfacecolor=filled, markeredgewidth=2)
    if status in _BAD:
        axes.plot(place, row, "x", markersize=6, color=colour, markeredgewidth=2)


# ── what a server answered ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Answered:
    """What a server answered at one time: the version that it served, if any, and its predictions."""

    when: str
    version: int | None
    predictions: tuple[float, ...]


def predictions(moments: Sequence[Answered], quantity: str) -> Picture:
    """Draw predictions moment by moment, as dots; a cross where none were given. `quantity` is the axis."""
    lines = [
        f"{each.when}: {_who(each)}, "
        + (", ".join(f"{one:g}" for one in each.predictions) or tr("no answer"))
        for each in moments
    ]
    text = "\n".join(lines) or tr("nothing was asked yet")
    with canvas(1.2 + 1.5 * max(len(moments), 2), 3, text) as drawn:
        axes = drawn.axes
        for place, each in enumerate(moments):
            count = len(each.predictions)
            side_by_side = [place + (index + 1) / (count + 1) - 0.5 for index in range(count)]
            axes.plot(side_by_side, each.predictions, "o", color=BLUE)
            if not each.predictions:
                axes.plot(place, 0, "x", color=ORANGE, markersize=12, mew=3, clip_on=False)
                axes.annotate(tr("no answer"), (place, 0), (0, 14), textcoords="offset points", ha="center")
        axes.set_xlim(-0.5, max(len(moments), 1) - 0.5)
        axes.set_ylim(bottom=0)
        axes.set_xticks(range(len(moments)), [f"{each.when}\n{_who(each)}" for each in moments])
        axes.set_ylabel(quantity)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.grid(visible=False, axis="x")
        if not moments:
            axes.set_yticks([])
            _say(axes, text)
    return Picture(drawn.svg, text)


def _who(moment: Answered) -> str:
    return tr("version {number}", number=moment.version) if moment.version else tr("no model")


# ── the processes that worked on a run ────────────────────────────────────────────────────────────────


#: How an event ends that reached nobody.
LOST = "lost"


@dataclass(frozen=True)
class Stretch:
    """A part of a run's history: a process from its start to its end, or, without one, the time between.

    An event that came from outside, such as a vote, begins with `>`; one that reached nobody ends with
    `LOST`. `killed` says how the process ended.
    """

    process: int | None
    events: tuple[str, ...]
    killed: bool = False


def processes(stretches: Sequence[Stretch]) -> Picture:
    """Draw who worked on a run and when: a line for each process, broken while there is none."""
    lines = []
    for each in stretches:
        said = [event.removeprefix(">") for event in each.events] + [tr("killed")] * each.killed
        lines.append(f"{_name(each)}: {', '.join(said)}")
    text = "\n".join(lines) or tr("nothing has happened yet")
    names = list(dict.fromkeys(map(_name, stretches)))
    moments = sum(_length(each) for each in stretches)
    with canvas(1.4 + 1.2 * max(moments, 3), 0.9 + 0.75 * max(len(names), 1), text) as drawn:
        axes, start = drawn.axes, 0
        for each in stretches:
            row = names.index(_name(each))
            _stretch(axes, start, row, each)
            start += _length(each)
        axes.set_xlim(0, max(moments, 1))
        axes.set_xticks([])
        axes.set_xlabel(tr("what happened, in this order →"))
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(max(len(names), 1) - 0.4, -0.6)
        axes.tick_params("y", length=0)
        axes.grid(visible=False)
        if not stretches:
            _say(axes, text)
    return Picture(drawn.svg, text)


def _name(stretch: Stretch) -> str:
    return tr("process {number}", number=stretch.process) if stretch.process else tr("no process")


def _length(stretch: Stretch) -> int:
    return max(1, len(stretch.events) + stretch.killed)


def _stretch(axes: "Axes", start: int, row: int, stretch: Stretch) -> None:
    ends = [start + 0.1, start + _length(stretch) - 0.1]
    there = stretch.process is not None
    axes.plot(ends, [row, row], color=INK if there else GREY, linewidth=2, linestyle="-" if there else ":")
    events = [(event, "o" if there else "", BLUE) for event in stretch.events]
    for place, (event, mark, colour) in enumerate([*events, *[(tr("killed"), "X", ORANGE)] * stretch.killed]):
        outside, lost = event.startswith(">"), event.endswith(LOST)
        x = start + place + 0.5
        mark, colour = ("x", ORANGE) if lost else ("v", colour) if outside else (mark, colour)
        axes.plot(x, row, mark, color=colour, markersize=9, mew=3 if lost else 1)
        axes.annotate(
            event.removeprefix(">"),
            (x, row),
            (0, 9 if outside else -20),
            textcoords="offset points",
            ha="center",
            weight="bold" if lost or event == tr("killed") else "normal",
        )
