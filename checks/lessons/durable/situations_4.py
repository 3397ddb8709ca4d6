"""The situations of durable.4: deployments done once, done again, and killed in between."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from checks.exercise import Situation
from checks.lessons.shared.smaller import fewer
from checks.lessons.shared.words import listed, that_hold

#: `deploys`, `is killed` after its first change, `by hand` or `taken away`; the run; the version.
Event = tuple[str, str, int]
#: An entry of the log.
Entry = tuple[str, str, int]

#: Runs that come, and those that the log may tell of.
_RUNS, _OTHERS = ["ab", "b", "bc", "c", "cab"], ["a", "abc", "d", "ca", "z", "B", "C", " b"]


def deployments() -> tuple[Situation, ...]:
    a, b = ("deploys", "a", 7), ("deploys", "b", 8)
    done = [("a", "deployed", 7)]
    return (
        _deployments([a]),
        _deployments([a, a], {"champion": 6}),
        _deployments([a, b, ("deploys", "c", 7)]),
        _deployments([("is killed", "a", 7), a], {"champion": 6}),
        _deployments([a, b, a]),
        _deployments([a], {"champion": 7}, done),
        _deployments([a], {"champion": 8}, [*done, ("b", "deployed", 8)]),
        _deployments([a, ("by hand", "", 6), a], {"champion": 6}),
        _deployments([a], {"champion": 6, "challenger": 8}, [("z", "deployed", 6), ("b", "rejected", 8)]),
        _deployments([a], {"champion": 7}, [("z", "deployed", 7)]),
    )


def some_deployments(random: Random) -> Situation:
    """Runs that deploy, some twice, some killed in between and then at once done again."""
    most = random.choice((9, 9, 9, 999))
    versions = {run: random.randint(1, most) for run in random.sample(_RUNS, random.randint(1, 3))}
    log: list[Entry] = [
        (run, "deployed", random.randint(1, 9)) for run in random.sample(_OTHERS, random.randint(0, 3))
    ]
    if random.random() < 0.4:
        entry = ("x", "rejected", random.choice(list(versions.values())))
        for _ in range(random.randint(1, 2)):
            log.insert(random.randint(0, len(log)), entry)
    aliases = {"challenger": random.randint(1, 9)} if random.random() < 0.3 else {}
    if random.random() < 0.7:
        aliases["champion"] = random.choice([*versions.values(), random.randint(1, 9)])
    events: list[Event] = []
    for _ in range(random.randint(1, 5)):
        run, version = random.choice(list(versions.items()))
        if random.random() < 0.3:
            events += [("is killed", run, version)]
        events += [("deploys", run, version)]
        if random.random() < 0.2:
            events += [(random.choice(("by hand", "by hand", "taken away")), "", random.randint(1, 9))]
    if random.random() < 0.05:  # much has happened since a run was done
        run, version = random.choice(list(versions.items()))
        since = enumerate(random.choices(_OTHERS, k=random.choice((12, 30))), 1)
        log = [(run, "deployed", version), *((other, "deployed", number) for number, other in since)]
    return _deployments(events, aliases, log)


def smaller_deployments(situation: Situation) -> Iterator[Situation]:
    events, aliases, log = (situation.after[name] for name in ("events", "aliases", "log"))
    assert isinstance(events, list) and isinstance(aliases, dict) and isinstance(log, list)
    for kept in fewer(events):
        if kept and all(_is_done_again(place, kept) for place in range(len(kept))):
            yield _deployments(kept, aliases, log)
    for entries in fewer(log):
        yield _deployments(events, aliases, entries)


def _is_done_again(place: int, events: Sequence[Event]) -> bool:
    """Nothing comes between a run that is killed and the same done again."""
    how, *what = events[place]
    return how != "is killed" or [list(each[1:]) for each in events[place + 1 : place + 2]] == [what]


def _deployments(
    events: list[Event], aliases: Mapping[str, int] | None = None, log: Sequence[Entry] = ()
) -> Situation:
    told = {
        "deploys": "run `{}` deploying version {}",
        "is killed": "run `{}`, deploying version {}, killed after its first change",
        "by hand": "{}somebody putting `champion` on version {} by hand",
        "taken away": "{}somebody taking `champion` away",
    }
    parts = [told[how].format(run, version) for how, run, version in events]
    runs = [run for how, run, _ in events if how == "deploys"]
    about = {
        "a run is done again": len({*runs}) < len(runs) or any(entry[0] in runs for entry in log),
        "a run is killed between its two changes": any(how == "is killed" for how, *_ in events),
        "`champion` is moved by hand": any(how in ("by hand", "taken away") for how, *_ in events),
        "the log has entries already": bool(log),
    }
    given = ", then ".join(parts)
    if log:
        given = f"{listed([f'`{entry!r}`' for entry in log])} in the log, and {given}"
    after = {"events": list(events), "aliases": dict(aliases or {}), "log": list(log)}
    return Situation(given, after=after, about=that_hold(about))
