"""The learner's commands: lab, update, status, and lesson 7's decide.

Called by `checks.cli`; what they need is loaded when they run.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checks import notebook
from checks.catalogue import tr, trn
from checks.vocabulary import PROGRESS

if TYPE_CHECKING:
    from checks.learner.record import Record

#: The lesson that decisions are left for.
_GATE = "07_gate.ipynb"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    lab = commands.add_parser(
        "lab",
        help="fill work/ with what is missing and open JupyterLab on it",
        description="Fill work/ with what is missing and open JupyterLab on its first lesson.\n"
        "All further options go to `jupyter lab`; `jupyter lab --help` lists them.",
        epilog="example:\n  workbook lab --no-browser --port 8890",
    )
    _add_work(lab)
    lab.set_defaults(run=_lab)

    update = commands.add_parser(
        "update",
        help="renew the lessons in work/, your answers carried over",
        description="Fill work/ with what is missing, and renew the lessons that have changed. Your\n"
        "answers are carried over, and a file that was replaced is kept beside the new one.\n"
        "`workbook lab` does the same before it opens JupyterLab.",
        epilog="example:\n  workbook update --work ~/workbook",
    )
    _add_work(update)
    update.set_defaults(run=_update)

    status = commands.add_parser(
        "status",
        help="show how far you are",
        description="Show how far you are, lesson by lesson, and how many questions are due again.",
        epilog="example:\n  workbook status",
    )
    status.add_argument("folder", nargs="?", type=Path, help="the folder of your notebooks (default: work)")
    status.set_defaults(run=_status)

    decide = commands.add_parser(
        "decide",
        help="lesson 7: decide about a version from the terminal",
        description="Lesson 7: leave a decision for the notebook, which hands it to your `decide`.",
        epilog="example:\n  workbook decide v4 approve --by alice",
    )
    decide.add_argument("version")
    decide.add_argument("decision", choices=("approve", "reject"))
    decide.add_argument("--by", required=True, metavar="NAME", help="who decides")
    decide.add_argument(
        "--folder", type=Path, help="the folder of your notebooks (default: where you are, or work)"
    )
    decide.set_defaults(run=_decide)


def _add_work(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--work",
        type=Path,
        default=notebook.work(),
        metavar="DIR",
        help="a folder of your own in place of work/",
    )


def _update(options: argparse.Namespace) -> int:
    """Fill and renew the learner's folder; says what was renewed, or why that is impossible."""
    from checks.learner import work
    from checks.learner.record import FILE, Record

    if not _speaks(Record(options.work / FILE)):
        return 2

    try:
        for line in work.fill_work(work=options.work):
            print(line)
    except OSError as error:
        reason = error.strerror or error
        print("workbook:", tr("{folder} cannot be filled: {reason}.", folder=options.work, reason=reason))
        line = f"`workbook {options.command} --work ~/workbook`"
        print(tr("Name a folder of your own: {line}.", line=line))
        return 1
    print(tr("The lessons in {folder} are up to date.", folder=options.work))
    return 0


def _speaks(record: "Record") -> bool:
    """Speak the learner's language; says so where the environment names one that there is not."""
    from checks.learner import chosen

    try:
        chosen.speak(record)
    except ValueError as problem:
        print(f"workbook: {problem}")
        return False
    return True


def _lab(options: argparse.Namespace) -> int:
    from checks.learner import environment

    environment.install()
    if failed := _update(options):
        return failed
    # JupyterLab's terminals shall find `workbook` by its name.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    start = options.work / notebook.FIRST
    return _become([sys.executable, "-m", "jupyterlab", str(start), *options.for_lab])


def _become(command: list[str]) -> int:
    """Run a command in place of this one: a container or a terminal that ends it ends JupyterLab."""
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


def _status(options: argparse.Namespace) -> int:
    from checks.learner.card.overview import overview_of
    from checks.learner.record import FILE, Record
    from checks.learner.repetition import waiting
    from checks.lessons import lessons

    named = os.environ.get(PROGRESS)
    path = options.folder / FILE if options.folder else Path(named) if named else notebook.work() / FILE
    if options.folder and not options.folder.is_dir():
        said = tr(
            "there is no folder {folder}. Name the one that holds your notebooks.", folder=options.folder
        )
        print("workbook:", said)
        return 1
    record = Record(path)
    if not _speaks(record):
        return 2
    try:
        done, attempted = record.done(), record.attempts()
    except sqlite3.Error as error:
        said = tr(
            "{file} cannot be read ({problem}). Move it away to begin a new record.", file=path, problem=error
        )
        print("workbook:", said)
        return 1
    print(overview_of((lesson for lesson in lessons() if lesson.exercises), done))
    recorded = len(attempted)
    begin = "make lab" if notebook.IN_A_CLONE else "workbook lab"
    if recorded:
        print(trn("{count} attempt recorded.", "{count} attempts recorded.", recorded))
    else:
        print(tr("No attempt yet: {line} opens the first lesson.", line=f"`{begin}`"))
    due = len(waiting(attempted, datetime.now(UTC).date()))
    if due:
        print(
            trn(
                "{count} question is due: `review()` in any notebook.",
                "{count} questions are due: `review()` in any notebook.",
                due,
            )
        )
    return 0


def _decide(options: argparse.Namespace) -> int:
    from checks.learner.record import FILE, Record
    from checks.world import desk

    here = Path.cwd()  # a terminal of JupyterLab begins in the learner's folder, whatever that is
    options.folder = options.folder or (here if (here / _GATE).exists() else notebook.work())
    if not _speaks(Record(options.folder / FILE)):
        return 2
    if not options.folder.is_dir():
        said = tr(
            "there is no folder {folder}. Name the one that holds your notebooks.", folder=options.folder
        )
        print("workbook:", said)
        return 1
    desk.leave(options.version, options.decision, options.by, options.folder)
    print(tr("Left for the notebook. It counts once `take_in(decide, approvers)` has handed it to `decide`."))
    return 0
