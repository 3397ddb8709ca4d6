"""What the player shows: a run of an answer, moment by moment, as plain data. Imports nothing of ours.

Made by the judge, drawn by a card.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Held:
    """A variable at a moment, and what the line before did to it."""

    name: str
    value: str
    change: Literal["", "new", "changed"] = ""


@dataclass(frozen=True)
class Entry:
    """An entry of a history: its key, what it holds, and the variables that hold its key now.

    `at_hand` says whether a loop's own variable is among them.
    """

    key: str
    value: str
    names: tuple[str, ...] = ()
    at_hand: bool = False


@dataclass(frozen=True)
class Moment:
    """A moment of a run. `line` counts from 1 and is the one that runs next, or that returns or raises.

    `says` tells what has happened (Markdown), `where` the function that it happens in, "" for none.
    `history` are the entries of the dictionary or list that the code goes through, called `of`.
    """

    line: int
    says: str
    where: str = ""
    held: tuple[Held, ...] = ()
    of: str = ""
    history: tuple[Entry, ...] = ()
    printed: str = ""


@dataclass(frozen=True)
class Player:
    """A run of the code, a text a line, in one of several cases, each told by what it is given.

    `start` is the moment to begin with: for a function, the call that counts.
    """

    code: tuple[str, ...]
    cases: tuple[str, ...]
    chosen: int
    moments: tuple[Moment, ...]
    start: int = 0
