"""What goes into the runner and what comes out: plain data, shared by the client and the child.

The judge makes jobs and reads outcomes; nothing here knows an answer or MLflow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checks.runner.values import Value
from checks.world.registry import Seed, State

#: How the job's process ended. `finished`: the code ran to its end; `raised`: an exception left it;
#: `exited`: it ended its process itself (`sys.exit`, `os._exit`, a signal to itself). `not_run`, which only
#: `run_many` gives: the process had ended, or had no room left to tell, before this situation's turn.
Ended = Literal["finished", "raised", "timed_out", "out_of_memory", "too_much_output", "exited", "not_run"]


class RunnerError(Exception):
    """The runner failed, not the code it ran. Says what and, where known, the mend."""


class NotHere(RunnerError):
    """The scenario's setup needs a package that cannot be had where the job would run: `package` names it."""

    def __init__(self, package: str) -> None:
        super().__init__(f"There is no {package} here, and there cannot be.")
        self.package = package


@dataclass(frozen=True)
class Observe:
    """A variable to bring back; a rich object in it is read through `attribute`, if one is named."""

    name: str
    attribute: str | None = None


@dataclass(frozen=True)
class Given:
    """What a situation starts with: names with plain values, and a registry, made anew for every run.

    The values of `before` are there when `setup` begins; those of `after` only `after` finds. `registry`
    seeds a private MLflow registry; None: no registry.

    Plain are None, bool, int, float, complex, str, bytes, list, tuple, set, frozenset and dict of these, no
    subclasses.
    """

    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    registry: Seed | None = None


@dataclass(frozen=True)
class Job:
    """One answer in one situation.

    `setup`, `code` and `after` run one after the other. `after` finds what the others defined, but Python's
    own functions and exceptions as they were before. `seconds` is the wall-clock limit of all three.

    `given` is what it starts with. `traced` has each line of `code` noted as it runs, for the player.
    """

    code: str
    setup: str = ""
    observe: tuple[Observe, ...] = ()
    seconds: float = 5.0
    after: str = ""
    given: Given = field(default_factory=Given)
    traced: bool = False


@dataclass(frozen=True)
class Error:
    """An exception that left `code` or `after`: its type's name, its message, its line in `code` if known.

    `within` is the function of `setup` that this line called and that raised it; "" for none.
    """

    type: str
    message: str
    line: int | None = None
    within: str = ""


#: How a trace ended: with the code, after as many moments as are noted, or when the code had sent the
#: recorder away; "": with the process, and the outcome says how that ended.
Stopped = Literal["over", "steps", "replaced", ""]


@dataclass(frozen=True)
class Moment:
    """A moment of a run of `code`: a line that runs next, a function that returns, or an exception.

    `frame` is the same for as long as a call lasts, `function` its name ("" for the code itself), `takes` its
    arguments' names, and `caller` the line of `after` that called it, 0 where that was another. `names` has
    the variables as they are now, encoded, `around` those of the code itself that a function speaks of.
    `returned` is what a function returns, `raised` what a line raised; `printed` is the text so far.
    """

    event: Literal["line", "return", "raise"]
    line: int
    frame: int
    function: str = ""
    takes: tuple[str, ...] = ()
    caller: int = 0
    names: Mapping[str, Value] = field(default_factory=dict)
    around: Mapping[str, Value] = field(default_factory=dict)
    returned: Value | None = None
    raised: Error | None = None
    printed: str = ""


@dataclass(frozen=True)
class Trace:
    """The moments of a run, one after the other, and how it came that there are no more."""

    moments: tuple[Moment, ...] = ()
    stopped: Stopped = ""


@dataclass(frozen=True)
class Outcome:
    """What a job left behind. `values` has the observed variables that were defined, encoded.

    `registry` was read from the SQLite file after the job's process ended; None where there was none.
    `seconds` is the job's wall-clock time, with `run_many` that of all situations together. `trace` is there
    for a job that was `traced`, with `run_many` never.
    """

    ended: Ended
    values: Mapping[str, Value] = field(default_factory=dict)
    printed: str = ""
    raised: Error | None = None
    registry: State | None = None
    seconds: float = 0.0
    trace: Trace | None = None
