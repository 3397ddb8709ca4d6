"""The command `workbook`: a door to the learner's, the instructor's and the author's commands.

Each command loads what it needs when it runs: nbformat alone takes a second.
"""

import argparse
import io
import sys
import warnings
from importlib import metadata
from typing import Any

from checks.author import commands as author
from checks.instructor import commands as instructor
from checks.learner import commands as learner

_WELCOME = """\
A workbook on rolling back and approving machine-learning models.

To learn:   workbook lab       opens the lessons; then status, update
To teach:   workbook grade     marks a folder of submissions; then override, worker
To write:   workbook new       makes an exercise; then notebooks, try, preview; export for elsewhere

`workbook COMMAND --help` explains each, with an example."""


class _Parser(argparse.ArgumentParser):
    """Keeps the lines of an example as they are; all the commands are made of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, **options})


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit code 0: done; 1: it failed, and says why; 2: usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal or a log that knows fewer signs than we use
    warnings.filterwarnings("ignore", module="<(unknown|cell)>")  # what Python says of a text that it parses
    parser = _Parser(
        prog="workbook",
        description=_WELCOME.partition("\n")[0],
        epilog="example:\n  workbook lab",
    )
    parser.add_argument(
        "--version", action="store_true", dest="ask_version", help="say which version this is"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for side in (learner, instructor, author):
        side.add_to(commands)

    # argparse would take JupyterLab's options for its own.
    options, further = parser.parse_known_args(argv)
    if further and options.command != "lab":
        parser.error(f"unrecognized arguments: {' '.join(further)}")
    if options.ask_version:
        print(f"mlops-workbook {metadata.version('mlops-workbook')}")
        return 0
    if options.command is None:
        print(_WELCOME)
        return 0
    options.for_lab = further
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
