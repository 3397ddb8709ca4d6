"""How what came of an answer is read: what the misconceptions of this lesson are recognised by.

Named in the exercises' files; each function says whether an answer holds the misconception, or, under
`Only where`, whether what its words speak of stands in the source.
"""

import checks.lessons.shared.looks as look
from checks.exercise import Run, Seen


def name_in_address(seen: Seen) -> bool:
    return look.source_has(seen, r"(?<!f)['\"]models:/MyModel/\{?version")


def not_a_truth_value(seen: Seen) -> bool:
    found = [run.values["answer"] for run in seen.runs if "answer" in run.values]
    return any(value is not True and value is not False for value in found)


def versions_deleted(seen: Seen) -> bool:
    """A version that was there is gone."""
    return any(_before(run) - _after(run) for run in seen.runs)


def versions_added(seen: Seen) -> bool:
    """There is a version that was not."""
    return any(_after(run) - _before(run) for run in seen.runs)


def stages_changed(seen: Seen) -> bool:
    """A version is in another stage."""
    return any(
        run.registry is not None and stage != (run.situation.registry or {}).get(version, stage)
        for run in seen.runs
        for version, stage in (run.registry or {}).items()
    )


def log_taken_apart(seen: Seen) -> bool:
    """What stood in the log does not stand at its beginning afterwards."""
    for run in seen.runs:
        log, entries = run.situation.before["log"], run.values.get("entries")
        if isinstance(log, list) and isinstance(entries, list) and entries[: len(log)] != log:
            return True
    return False


def _before(run: Run) -> set[int]:
    return {*(run.situation.registry or {})}


def _after(run: Run) -> set[int]:
    return _before(run) if run.registry is None else {*run.registry}
