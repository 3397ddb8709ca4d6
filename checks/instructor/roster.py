"""The instructor's list of learners, for what neither a folder nor a platform's name can tell.

Called by `who`, with what `--roster` names.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks.instructor.exports import Named


@dataclass(frozen=True)
class Roster:
    """The instructor's list of learners: id → name, as read from a file; empty where there is none."""

    names: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, named: Named) -> Named:
        """The learner by the roster's id and name, where it has them by id, or by a name of one alone."""
        if named.id in self.names:
            return replace(named, name=self.names[named.id])
        known = [id_ for id_, name in self.names.items() if _same_name(name, named.name or named.id)]
        if len(known) == 1:
            return replace(named, id=known[0], name=self.names[known[0]])
        return named

    def found_in(self, name: str) -> list[str]:
        """The ids of those whose id, or else whose name, stands in a file's name as words of its own."""
        for whats in (self.names, self.names.values()):
            ids = [
                id_
                for id_, what in zip(self.names, whats, strict=True)
                if what and re.search(rf"(?<![^\W_]){re.escape(what)}(?![^\W_])", name, re.IGNORECASE)
            ]
            if ids:
                return ids
        return []


def read_roster(path: Path) -> Roster:
    """A roster as CSV: learner id, name; a line of headings is left out.

    OSError if it cannot be read, ValueError, in one sentence, if it is no roster.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not in UTF-8: save the roster as CSV (UTF-8).") from error
    separator = next((sign for sign in (";", "\t") if sign in text.partition("\n")[0]), ",")
    names: dict[str, str] = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=separator), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (
            number == 1 and re.search(r"\b(id|learner|name|user)", cells[0], re.IGNORECASE)
        ):
            continue
        id_, name = cells[0], cells[1] if len(cells) > 1 else ""
        if not id_:
            raise ValueError(f"{path}, line {number}, has no learner id: each line is `learner id, name`.")
        if id_ in names:
            raise ValueError(
                f"{path}, line {number}: the learner id {id_!r} is there twice. Each has its own."
            )
        names[id_] = name
    if not names:
        raise ValueError(f"{path} names nobody: each line is `learner id, name`.")
    return Roster(names)


def _same_name(first: str, second: str) -> bool:
    """Whether two names are the same, however written: Jane Doe, Doe, Jane, doejane."""

    def forms(name: str) -> set[str]:
        words = re.findall(r"[^\W_]+", name.casefold())
        turned = words[-1:] + words[:-1]
        return {"".join(words), "".join(turned)} - {""}

    return bool(forms(first) & forms(second))
