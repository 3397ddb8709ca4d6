"""Which version of the course a mark belongs to: whatever decides a verdict changes it, and nothing else."""

import shutil
from pathlib import Path

import pytest

from checks.instructor import course, sources
from checks.lessons.translation import is_translation
from checks.notebook import ROOT

CHECKS = ROOT / "checks"
DECIDING = [file.relative_to(CHECKS).as_posix() for file in sources.deciding(CHECKS)]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("course") / "checks"
    shutil.copytree(CHECKS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def changed(copied: Path, name: str) -> bool:
    """Whether a change of this file changes the version."""
    file = copied / name
    before = file.read_bytes()
    file.write_bytes(before + b"\n# changed\n")
    try:
        return course.digest(copied) != course.version()
    finally:
        file.write_bytes(before)


def test_the_version_is_the_same_wherever_the_course_lies(copied: Path) -> None:
    assert course.digest(copied) == course.version()


@pytest.mark.parametrize("name", DECIDING)
def test_a_change_of_what_decides_a_verdict_is_another_version(copied: Path, name: str) -> None:
    assert changed(copied, name)


def test_all_that_decides_is_found() -> None:
    for room in ("judge", "runner", "world", "lessons"):
        files = (file for file in (CHECKS / room).rglob("*") if file.suffix in (".py", ".yaml"))
        names = {file.relative_to(CHECKS).as_posix() for file in files if not is_translation(file)}
        assert names <= set(DECIDING)
    assert {"exercise.py", "markdown.py", "vocabulary.py", "former.py"} <= set(DECIDING)


@pytest.mark.parametrize(
    "name", ["learner/words.py", "instructor/report.py", "author/faults.py", "cli.py", "__init__.py"]
)
def test_what_decides_nothing_leaves_the_version_as_it_is(copied: Path, name: str) -> None:
    assert not changed(copied, name)


def test_a_new_text_or_module_of_a_lesson_counts(copied: Path) -> None:
    version = course.version()
    for name in ("lessons/new/exercise.md", "lessons/new/situations.py"):
        (copied / name).parent.mkdir(exist_ok=True)
        (copied / name).write_text("")
        assert version != (version := course.digest(copied))
    shutil.rmtree(copied / "lessons/new")
