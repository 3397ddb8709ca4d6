"""Cases of lesson 6, which situations are made of: a registry, its files, its log, and what is called.

Called by situations.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checks.exercise import Model, Situation
from checks.lessons.shared.made import BESIDE, OTHERS
from checks.lessons.shared.words import listed, that_hold, versions

_TAG, _NOTE = "validation_status", "license"

#: What may be wrong with a version's files: file → its text, None where it is gone; None: all are gone.
DAMAGES: Mapping[str, Mapping[str, str | None] | None] = {
    "the files of {} deleted": None,
    "a library missing that {} needs": {"model.py": "import a_library_that_nobody_has"},
    "the description of {} damaged": {"MLmodel": "{"},
    "the description of {} deleted": {"MLmodel": None},
    "the code of {} cut off": {"model.py": "def"},
    "the code of {} deleted": {"model.py": None},
    "a mistake in the code of {}": {"model.py": "1 / 0"},
}
GONE = "the files of {} deleted"

#: An entry of the log: what was done, to which version, by whom.
Entry = tuple[str, int, str]


@dataclass(frozen=True)
class Case:
    """`statuses` is version → its tag, None where it has none, and `damages` version → what is wrong with it.

    `calls` are the arguments of each call of the learner's function; the files of versions in `elsewhere`
    lie in a folder of another name; `beside` is whether the registry holds another model. `aliases` are those
    beside the champion's, `notes` what versions say in a tag that nobody asks for. `since` is what somebody
    else does before the call of a number (from 0): gives a version another tag or, where that is None,
    promotes it.
    """

    statuses: Mapping[int, str | None]
    champion: int | None
    calls: Sequence[Sequence[object]]
    log: Sequence[Entry] = ()
    damages: Mapping[int, str] = field(default_factory=dict)
    elsewhere: Sequence[int] = ()
    beside: bool = False
    aliases: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    since: tuple[int, int, str | None] | None = None


def situation(case: Case, given: str, about: Mapping[str, bool]) -> Situation:
    """The case as a situation, in these words."""
    folders = {v: f"kept/{v}" if v in case.elsewhere else f"models/{v}" for v in case.statuses}
    kept = {v: DAMAGES[case.damages[v]] if v in case.damages else {} for v in case.statuses}
    also = {
        "the registry holds another model too": case.beside,
        "a version was deleted, so that the numbers have a gap": len(case.statuses) < max(case.statuses),
        "a version's files lie in another place": bool(case.elsewhere),
        "the function is called more than once": len(case.calls) > 1,
        "somebody else changes the registry after the cell was run": case.since is not None,
    }
    # Of the other models every version is approved, and none is meant.
    other = Model(
        dict.fromkeys(case.statuses, "None"),
        {"champion": min(case.statuses)},
        {v: {_TAG: "approved"} for v in case.statuses},
    )
    return Situation(
        given + (f", and {BESIDE}" if case.beside else ""),
        {
            "_saved": {folders[v]: 10 + v for v, files in kept.items() if files is not None},
            "_damaged": {
                f"{folders[v]}/{file}": text
                for v, files in kept.items()
                for file, text in (files or {}).items()
            },
            "log": list(case.log),
        },
        {"calls": [list(call) for call in case.calls]} | ({"since": case.since} if case.since else {}),
        registry=dict.fromkeys(case.statuses, "None"),
        aliases={**case.aliases, **({} if case.champion is None else {"champion": case.champion})},
        tags={
            v: {
                **({_NOTE: case.notes[v]} if v in case.notes else {}),
                **({} if status is None else {_TAG: status}),
            }
            for v, status in case.statuses.items()
        },
        descriptions=dict.fromkeys(case.elsewhere, "a description"),
        sources={v: folders[v] for v in case.elsewhere},
        others=dict.fromkeys(OTHERS, other) if case.beside else {},
        about=that_hold({**about, **also}),
    )


def case_of(made: Situation) -> Case:
    """The case that a situation was made of."""
    versions = list(made.registry or {})
    saved, damaged, log, calls = (
        made.before["_saved"],
        made.before["_damaged"],
        made.before["log"],
        made.after["calls"],
    )
    assert isinstance(saved, dict) and isinstance(damaged, dict)
    assert isinstance(log, list) and isinstance(calls, list)
    since = made.after.get("since")
    assert since is None or isinstance(since, tuple)
    damages = {}
    for v in versions:
        folder = made.sources.get(v, f"models/{v}")
        files = {
            path.rpartition("/")[2]: text for path, text in damaged.items() if path.startswith(f"{folder}/")
        }
        if files or folder not in saved:
            wrong = files if folder in saved else None
            damages[v] = next(name for name, each in DAMAGES.items() if each == wrong)
    return Case(
        {v: made.tags.get(v, {}).get(_TAG) for v in versions},
        made.aliases.get("champion"),
        calls,
        log,
        damages,
        tuple(made.sources),
        bool(made.others),
        {alias: v for alias, v in made.aliases.items() if alias != "champion"},
        {v: tags[_NOTE] for v, tags in made.tags.items() if _NOTE in tags},
        since,
    )


def smaller(case: Case) -> Iterator[Case]:
    """The same without what stands beside it, with one call, one entry, one damage or one version less."""
    if case.beside or case.elsewhere or case.aliases or case.notes:
        yield replace(case, beside=False, elsewhere=(), aliases={}, notes={})
    if case.since:
        yield replace(case, since=None)
    for number in range(len(case.calls) if len(case.calls) > 1 and not case.since else 0):
        yield replace(case, calls=[*case.calls[:number], *case.calls[number + 1 :]])
    for number in range(len(case.log)):
        yield replace(case, log=[*case.log[:number], *case.log[number + 1 :]])
    for damaged in [v for v, damage in case.damages.items() if damage != GONE]:  # whole files are longer
        yield replace(case, damages={v: damage for v, damage in case.damages.items() if v != damaged})
    used = {case.champion, *(version for _, version, _ in case.log), *(call[0] for call in case.calls)}
    used |= {*case.aliases.values(), *(case.since or ())[1:2]}
    for dropped in case.statuses:
        if dropped not in used:
            yield replace(
                case,
                statuses={v: status for v, status in case.statuses.items() if v != dropped},
                damages={v: damage for v, damage in case.damages.items() if v != dropped},
                elsewhere=[v for v in case.elsewhere if v != dropped],
                notes={v: note for v, note in case.notes.items() if v != dropped},
            )


def statuses_of(case: Case) -> str:
    return ", ".join([tagged(case), *damages_of(case)])


def tagged(case: Case) -> str:
    """Such as "version 1 tagged `approved` and version 2 without the tag"."""
    words = {None: "without the tag", "": "with an empty tag"}
    parts = []
    for status in dict.fromkeys(case.statuses.values()):
        held_by = versions([v for v, held in case.statuses.items() if held == status])
        parts.append(f"{held_by} {words.get(status) or f'tagged `{status}`'}")
    return listed(parts)


def champion_of(case: Case) -> str:
    return "no champion yet" if case.champion is None else f"{case.champion} the champion"


def damages_of(case: Case) -> list[str]:
    return [damage.format(f"version {v}") for v, damage in case.damages.items()]
