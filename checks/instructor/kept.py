"""What GRADES keeps of a class: every folder that was graded into it, so that a late learner adds to it.

Called by `run`. A folder that is graded again replaces what it had handed in, and nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from checks.instructor import marks
from checks.instructor.handed import Handed, Katas
from checks.instructor.marks import Result
from checks.instructor.submission import Class, Line
from checks.lessons import paper

#: The class as it was last published, with its results; and what each of its folders had.
CLASS, FOLDERS = ".class.json", ".folders.json"
#: Stands for the folders of a class that was graded before they were kept.
_EARLIER = "an earlier run"


@dataclass(frozen=True)
class Kept:
    """Folder → what it had, in the order of their first grading; and the notebooks that `--lessons` chose."""

    folders: Mapping[str, Class] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()


def read(grades: Path) -> Kept:
    """What GRADES keeps; nothing where nothing was graded. ValueError if the file is not ours any more."""
    path = grades / FOLDERS
    if not path.exists():
        earlier = {_EARLIER: read_class(grades)[0]} if (grades / CLASS).exists() else {}
        return Kept(earlier)
    try:
        raw = json.loads(path.read_text("utf-8"))
        folders = {folder: _class(one) for folder, one in raw["folders"].items()}
        return Kept(folders, tuple(raw["chosen"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{path} cannot be read: {error}. Grade into another folder with --out.") from error


def write(grades: Path, kept: Kept) -> None:
    """Keep it."""
    folders = {folder: asdict(one) for folder, one in kept.folders.items()}
    marks.write(grades / FOLDERS, json.dumps({"folders": folders, "chosen": kept.chosen}))


def together(kept: Kept) -> Class:
    """One class of all folders. Of one lesson of a learner that in the folder that came later counts."""
    learners: set[str] = set()
    handed: dict[tuple[str, str], Handed] = {}
    quizzes: dict[str, tuple[int, str, int]] = {}
    katas: dict[str, Katas] = {}
    notices: list[str] = []
    table: list[Line] = []
    for folder, one in kept.folders.items():
        learners |= set(one.learners)
        notices += one.notices
        table += one.table
        quizzes |= one.quizzes
        katas |= one.katas
        for mine in one.handed:
            if (before := handed.get((mine.learner, mine.lesson))) and before != mine:
                notices.append(
                    f"{mine.learner}: {mine.lesson} was handed in twice; that in {Path(folder).name} counts."
                )
            handed[mine.learner, mine.lesson] = mine
    return Class(
        tuple(sorted(learners)),
        tuple(handed[key] for key in sorted(handed)),
        tuple(dict.fromkeys(notices)),
        quizzes,
        tuple(dict.fromkeys(table)),
        kept.chosen,
        katas,
    )


def write_class(grades: Path, class_: Class, results: list[Result]) -> None:
    """Keep what pages are made of, so that a decision shows without grading again."""
    kept = {"class": asdict(class_), "results": [asdict(result) for result in results]}
    marks.write(grades / CLASS, json.dumps(kept))


def read_class(grades: Path) -> tuple[Class, list[Result]]:
    """What `write_class` kept. Raises FileNotFoundError where nothing was graded yet."""
    kept = json.loads((grades / CLASS).read_text("utf-8"))
    return _class(kept["class"]), [Result(**result) for result in kept["results"]]


def _class(raw: dict[str, Any]) -> Class:
    handed = tuple(
        Handed(
            **{
                **_known(Handed, one),
                "answers": {id_: a if isinstance(a, str) else tuple(a) for id_, a in one["answers"].items()},
                "notices": tuple(one["notices"]),
            }
        )
        for one in raw["handed"]
    )
    quizzes = {}
    for learner, sat in raw["quizzes"].items():
        seed, letters, *of = sat
        quizzes[learner] = (seed, letters, of[0] if of else paper.FIRST)
    return Class(
        tuple(raw["learners"]),
        handed,
        tuple(raw["notices"]),
        quizzes,
        tuple(Line(**_known(Line, line)) for line in raw.get("table", ())),
        tuple(raw.get("chosen", ())),
        {
            learner: {pattern: (seed, tuple(map(tuple, answers))) for pattern, (seed, answers) in one.items()}
            for learner, one in raw.get("katas", {}).items()
        },
        raw.get("kata_points", {}),
    )


def _known(kind: type, raw: dict[str, Any]) -> dict[str, Any]:
    """What of a record this version knows: an older one had more."""
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in raw.items() if name in names}
