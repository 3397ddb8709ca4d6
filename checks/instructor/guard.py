"""Keeps pytest from what submissions hold: begins `pytest --grade` anew, configured by no folder.

pytest reads `pytest.ini`, and imports what that names, before any plugin is asked; `python -m pytest` imports
from the current folder before that. So `make setup` writes a line into site-packages, by `python -m
checks.instructor.guard`, that asks for this module when Python starts with `--grade` among its arguments.
"""

import os
import sys
import sysconfig
from pathlib import Path

#: Asks pytest for no configuration; that this is there says that the guard has done its work.
NOTHING = f"--config-file={os.devnull}"

_FILE = "workbook-guard.pth"
_LINE = (
    'import sys; "--grade" in "".join(sys.argv) and '
    '__import__("checks.instructor.guard").instructor.guard.stand()\n'
)


def install(site_packages: Path) -> None:
    """Write the line that Python reads when it starts, for whoever uses this interpreter."""
    (site_packages / _FILE).write_text(_LINE)


def stand() -> None:
    """Begin anew, if this is pytest that is about to grade."""
    arguments = sys.argv[1:]
    options = sys.orig_argv[1 : len(sys.orig_argv) - len(arguments)]
    if os.name == "posix" and _grades(options, arguments):
        os.execve(sys.executable, anew(options, arguments), environment())


def _grades(options: list[str], arguments: list[str]) -> bool:
    is_pytest = bool(options) and options[-1].endswith(("pytest", "py.test"))  # -m pytest, .venv/bin/pytest
    asked = any(one == "--grade" or one.startswith("--grade=") for one in arguments)
    return is_pytest and asked and NOTHING not in arguments


def anew(options: list[str], arguments: list[str]) -> list[str]:
    """The command with what keeps pytest apart, before what was asked for, which so has the last word."""
    return [sys.executable, *options, NOTHING, "--rootdir=.", "--noconftest", *arguments]


def environment() -> dict[str, str]:
    """The variables for it: nothing is imported from the current folder, by processes of its own either."""
    here = Path.cwd()
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    kept = [one for one in named if Path(one).is_absolute() and Path(one) != here]
    return {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(kept)}


if __name__ == "__main__":
    install(Path(sysconfig.get_path("purelib")))
