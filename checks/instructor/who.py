"""Who is who: which learner a file belongs to, by where it lies and what it is called.

Called by `submission`. Two people never become one: what a platform tells apart stays apart, and what nobody
can know is refused, until a roster or a pattern says it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.instructor import exports
from checks.instructor.archives import Unreadable
from checks.instructor.exports import Attempt, Named
from checks.instructor.files import File, Listing, Path_
from checks.instructor.roster import Roster
from checks.text import one_line

LONGEST_LABEL = 200

#: nbgrader's folders beside `submitted`: what is in them is the course's.
_NBGRADER = ("source", "release", "autograded", "feedback", "solution")


@dataclass(frozen=True)
class Owned:
    """A file and whose it is; `learner` is None, with the reason `why`, where it is nobody's.

    `name` is its path below what is the learner's; `attempt` is what the platform says of its order, and
    `guessed` that only a name stands for the learner, which another may share; where `numbered`, a number in
    the file's name tells their files apart.
    """

    file: File
    learner: str | None
    name: str
    attempt: Attempt = ()
    guessed: bool = False
    numbered: bool = False
    why: str = ""


def label(id_: str, name: str = "") -> str:
    """A learner as every table shows them, on one line: `Jane Doe (4711)`, or the id alone.

    What cannot be shown as it is (a line break, an old encoding, hundreds of letters) is marked, so that
    those who look alike stay apart.
    """
    said = f"{name} ({id_})" if name and name != id_ else id_
    shown = one_line(said).strip()
    if shown == said and len(said) <= LONGEST_LABEL:
        return said
    mark = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{shown[:LONGEST_LABEL].rstrip()} ~{mark}"


def find(given: str, learners: Iterable[str]) -> list[str]:
    """The learners that somebody may mean who types this: the label, the folder's name, or the id alone."""
    learners = list(learners)
    exactly = [one for one in learners if one in (given, label(given))]
    return exactly or [one for one in learners if one.endswith(f" ({given})") or one.startswith(f"{given} (")]


def sort(
    listing: Listing,
    own_name: str,
    lessons: Sequence[str],
    roster: Roster | None = None,
    pattern: re.Pattern[str] | None = None,
) -> tuple[list[Owned], set[str]]:
    """Every file with its learner, and all learners, those without a file too.

    `own_name` is the name of the folder itself, `lessons` are the names of the notebooks handed out, and
    `pattern` finds the learner in a file's path, as its group `learner` or its first.
    """
    if pattern is not None:
        owned = [_by_pattern(file, pattern, roster or Roster()) for file in listing.files]
    else:
        levels = _Levels(listing, own_name, tuple(lessons), roster or Roster())
        owned = list(levels.owned())
    learners = {one.learner for one in owned if one.learner is not None}
    if pattern is None:
        learners |= levels.without_files(learners)
    return owned, learners


def _by_pattern(file: File, pattern: re.Pattern[str], roster: Roster) -> Owned:
    path = "/".join(file.path)
    found = pattern.search(path)
    learner = None
    if found is not None:
        learner = found.groupdict().get("learner") or (found[1] if pattern.groups else found[0])
    if not learner:
        return Owned(file, None, shown(file.path), why="--learner-pattern finds no learner in its path")
    who = roster.resolve(Named(learner))
    return Owned(file, label(who.id, who.name), shown(file.path))


def shown(path: Path_) -> str:
    """A path as text on one line, of bounded length."""
    text = one_line("/".join(path))
    return text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL]} …"


# ── levels: the folders whose entries are learners ────────────────────────────────────────────────────


class _Levels:
    """Finds the folders whose entries are learners, and tells whose each entry is."""

    def __init__(self, listing: Listing, own_name: str, lessons: tuple[str, ...], roster: Roster) -> None:
        self.listing, self.own_name, self.lessons, self.roster = listing, own_name, lessons, roster
        self.children: dict[Path_, dict[str, list[File]]] = {(): {}}
        for file in listing.files:
            for depth in range(min(len(file.path), 5)):
                inside = self.children.setdefault(file.path[:depth], {})
                inside.setdefault(file.path[depth], []).append(file)
        for folder in listing.folders:
            for depth in range(min(len(folder), 5)):
                self.children.setdefault(folder[:depth], {}).setdefault(folder[depth], [])
        self._named: dict[Path_, dict[str, tuple[Named, ...]]] = {}
        self.tops = self._levels(())
        # Archives of a whole class that lie among learners are no learner's.
        self.apart = {level[:length] for level in self.tops for length in range(1, len(level) + 1)}

    def owned(self) -> Iterator[Owned]:
        """Every file below every level, and those that are below none."""
        below: set[int] = set()
        for level in self.tops:
            for name, files in sorted(self.children.get(level, {}).items()):
                if (*level, name) not in self.apart:
                    below |= set(map(id, files))
                    yield from self._entry(level, name, files)
        for file in self.listing.files:
            if id(file) not in below:
                course = file.path[0] in _NBGRADER
                why = (
                    "is the course's, not a learner's" if course else "lies outside of the learners' folders"
                )
                yield Owned(file, None, shown(file.path), why=why)

    def without_files(self, known: set[str]) -> set[str]:
        """Learners whose folder is empty."""
        empty = set()
        for level in self.tops:
            for name, files in self.children.get(level, {}).items():
                if not files and (*level, name) in self.listing.folders - self.apart:
                    empty |= {self._label(who) for who in self._whose_folder(level, name)}
        return empty - known

    def _levels(self, at: Path_, depth: int = 0) -> list[Path_]:
        children = self.children.get(at, {})
        if self._is_nbgrader(at):
            return [(*at, "submitted")]
        if depth > 3 or self._recognised(at):
            return [at]
        folders = [(*at, name) for name in children if (*at, name) in self.listing.folders]
        notebooks = any(
            files[0].is_notebook for name, files in children.items() if (*at, name) not in folders
        )
        exported = [folder for folder in folders if self._is_export(folder)]
        sure = any(self._is_export(folder, people=2) for folder in exported)
        if sure and not notebooks and len(exported) == len(folders):
            return [level for folder in sorted(exported) for level in self._levels(folder, depth + 1)]
        classes = [
            folder
            for folder in folders
            if folder in self.listing.archives
            and (
                self._is_export(folder, people=1 if len(children) == 1 else 2)
                or (len(children) == 1 and self._is_class(folder))
            )
        ]
        inner = [level for folder in sorted(classes) for level in self._levels(folder, depth + 1)]
        return inner if classes and len(classes) == len(children) else [at, *inner]

    def _is_nbgrader(self, at: Path_) -> bool:
        names = set(self.children.get(at, {}))
        folders = {name for name in names if (*at, name) in self.listing.folders}
        if "submitted" not in folders:
            return False
        return folders == {"submitted"} or bool(
            names & {"source", "release", "nbgrader_config.py", "gradebook.db"}
        )

    def _is_export(self, at: Path_, people: int = 1, depth: int = 0) -> bool:
        """Whether a folder is, by all its entries, what a platform exported, of at least so many people."""
        children = self.children.get(at, {})
        if exports.METADATA in children or self._is_nbgrader(at):
            return True
        matter = [
            name
            for name, files in children.items()
            if (*at, name) in self.listing.folders or (files and files[0].is_notebook)
        ]
        named = self._recognised(at)
        if matter and all(name in named for name in matter):
            clones = at[-1].removesuffix(".zip").endswith("-submissions")
            return clones or len({one.id for name in matter for one in named[name]}) >= people
        return depth < 2 and len(matter) == 1 and self._is_export((*at, matter[0]), people, depth + 1)

    def _is_class(self, archive: Path_) -> bool:
        """Whether an archive holds what several handed in: in folders, or in files that bear their names."""
        children = self.children.get(archive, {})
        if {"solutions", "notebooks"} <= set(children):
            return False  # the course itself
        guessed, seen = set(), set[str]()
        for name, files in children.items():
            if (*archive, name) not in self.listing.folders:
                if files[0].is_notebook:
                    named = exports.classroom(name, self.lessons) or exports.before(name, self.lessons)
                    guessed.add(named.id if named else "")
                continue
            own = {file.path[-1] for file in files if file.is_notebook}
            own |= {lesson for lesson in self.lessons if any(lesson in one for one in own)}
            if seen & own:
                return True
            seen |= own
        return len(guessed) > 1 and "" not in guessed

    def _recognised(self, at: Path_) -> dict[str, tuple[Named, ...]]:
        """The entries of a folder that bear a platform's names."""
        if at in self._named:
            return self._named[at]
        children = self.children.get(at, {})
        names = list(children)
        found: dict[str, tuple[Named, ...]] = {}
        for name in names:
            one = exports.moodle(name) or exports.gradescope(name)
            if one is None and (*at, name) not in self.listing.folders - self.listing.archives:
                one = exports.canvas(name)
            if one is not None:
                found[name] = (one,)
        for several in (
            exports.brightspace(names),
            exports.blackboard(names, lambda name: self._text(children[name], 4_000)),
        ):
            found |= {name: (one,) for name, one in several.items()}
        if exports.METADATA in children:
            told = exports.submitters(self._text(children[exports.METADATA], 50 << 20))
            found |= {name: people for name, people in told.items() if name in children}
        found |= {name: (one,) for name, one in self._clones(at, names).items()}
        self._named[at] = found
        return found

    def _clones(self, at: Path_, names: Sequence[str]) -> dict[str, Named]:
        """GitHub Classroom's clones, <assignment>-<user>, which `gh` puts into <assignment>-submissions."""
        own = _without_zip(at[-1] if at else self.own_name)
        folders = [name for name in names if (*at, name) in self.listing.folders]
        prefix = own.removesuffix("submissions") if own.endswith("-submissions") else ""
        if not prefix and len(folders) > 1 and all((*at, name) in self.listing.clones for name in folders):
            prefix = _common_prefix(folders)
        if not prefix or not all(name.startswith(prefix) and name != prefix for name in folders):
            return {}
        return {name: Named(name.removeprefix(prefix)) for name in folders}

    @staticmethod
    def _text(files: Sequence[File], most: int) -> str:
        try:
            return files[0].read(most).decode("utf-8", "replace")
        except (Unreadable, IndexError):
            return ""

    # ── an entry ──────────────────────────────────────────────────────────────────────────────────────

    def _entry(self, level: Path_, name: str, files: Sequence[File]) -> Iterator[Owned]:
        is_folder = (*level, name) in self.listing.folders
        recognised = self._recognised(level).get(name)
        if recognised or is_folder:
            people = recognised or self._whose_folder(level, name)
            for who in people:
                for file in files:
                    rest = file.path[len(level) + 1 :]
                    inside = (who.file, *rest) if who.file and rest else rest or (who.file or name,)
                    yield Owned(file, self._label(who), shown(inside), who.attempt)
            return
        (file,) = files[:1]
        yield self._flat(level, name, file)

    def _whose_folder(self, level: Path_, name: str) -> tuple[Named, ...]:
        if recognised := self._recognised(level).get(name):
            return recognised
        is_archive = (*level, name) in self.listing.archives
        own = _without_zip(name) if is_archive else name
        ids = self.roster.found_in(own)
        return (Named(ids[0] if len(ids) == 1 else own),)

    def _flat(self, level: Path_, name: str, file: File) -> Owned:
        """A file among the learners' folders, in no folder of its own."""
        ids = self.roster.found_in(name)
        if len(ids) == 1:
            return Owned(file, self._label(Named(ids[0])), shown((name,)))
        if ids:
            several = ", ".join(map(one_line, ids[:5]))
            return Owned(file, None, shown((name,)), why=f"its name fits several of the roster: {several}")
        if not file.is_notebook:
            why = file.why_not or "is no notebook (.ipynb)"
            return Owned(file, None, shown((name,)), why=f"{why}, and its name tells no learner")
        stem = re.sub(r"([-_. ]?copy\d*|\s*\(\d+\))+$", "", name[: -len(".ipynb")], flags=re.IGNORECASE)
        if any(stem.lower() == lesson.lower() for lesson in self.lessons) or self._as_one(level):
            own = level[-1] if level else self.own_name
            return Owned(file, label(_without_zip(own)), shown((name,)))
        if named := exports.classroom(name, self.lessons):
            return Owned(file, self._label(named), shown((named.file,)), guessed=True, numbered=True)
        before, underscore, rest = name.partition("_")
        if underscore and before.strip():
            return Owned(file, self._label(Named(before)), shown((rest,)), guessed=True)
        return Owned(file, label(level[-1] if level else self.own_name), shown((name,)))

    def _as_one(self, level: Path_) -> bool:
        """Whether a notebook of this level bears a lesson's name: then all belong to the level's learner."""
        names = {lesson.lower() for lesson in self.lessons}
        return any(
            name.lower().endswith(".ipynb") and name[: -len(".ipynb")].lower() in names
            for name in self.children[level]
        )

    def _label(self, who: Named) -> str:
        who = self.roster.resolve(who)
        return label(who.id, who.name)


def _without_zip(name: str) -> str:
    return re.sub(r"\.zip$", "", name, flags=re.IGNORECASE)


def _common_prefix(names: Sequence[str]) -> str:
    """What all names begin with, up to a hyphen."""
    first, last = min(names), max(names)
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("-", 0, length) + 1]
