"""The test of a thing is found by its name: each module has a test file, in the room that mirrors its own."""

from pathlib import Path

import pytest

from checks.notebook import ROOT

CHECKS, TESTS = ROOT / "checks", ROOT / "tests"


def _is_content(module: Path) -> bool:
    """A lesson's own Python, and what several share: tests/lessons tries all of it, lesson by lesson."""
    return module.parts[0] == "lessons" and len(module.parts) > 2


#: The modules, as paths below checks/; an `__init__` hands out what its room's modules have.
MODULES = sorted(
    path.relative_to(CHECKS)
    for path in CHECKS.rglob("*.py")
    if path.name != "__init__.py" and not _is_content(path.relative_to(CHECKS))
)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_each_module_has_a_test_file_of_its_name(module: Path) -> None:
    name = f"test_{module.stem.strip('_')}.py"  # test_main.py for __main__.py
    assert (TESTS / module.parent / name).is_file()
