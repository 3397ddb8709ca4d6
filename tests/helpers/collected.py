"""A class collected from files: who has a row, and which lessons count for them."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from checks.instructor import submission
from checks.instructor.roster import Roster
from checks.instructor.submission import Class
from checks.lessons import lessons
from tests.helpers.handed_in import notebook

ROLLBACK, APPROVAL = "01_rollback", "02_approval"
FIRST = json.dumps(notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"}))
LATER = json.dumps(notebook(ROLLBACK, {"rollback.2": "current_version = 'v3'"}))
OTHER = json.dumps(notebook(APPROVAL, {"approval.1": ("get_model_version",)}))
RIGHT = {"rollback.2": "current_version = 'v3'"}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def packed(path: Path, files: Mapping[str, str | bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def collect(folder: Path, *, names: Roster | None = None, pattern: str | None = None) -> Class:
    return submission.collect(folder, lessons(), names, re.compile(pattern) if pattern else None)


def answered(class_: Class) -> dict[str, list[str]]:
    """Learner → the lessons that count for them with the later of two answers, and no learner left out."""
    return {
        learner: [
            one.lesson
            for one in class_.handed
            if one.learner == learner and (one.lesson != ROLLBACK or one.answers == RIGHT)
        ]
        for learner in class_.learners
    }
