"""The command `workbook`: lab and status for learners, grade for instructors, notebooks for authors.

Each command loads what it needs when it runs: nbformat alone takes a second.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from checks.grading import commands as commands_for_instructors


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit code 0: done; 1: it failed, and says why; 2: usage."""
    parser = argparse.ArgumentParser(prog="workbook", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    lab = commands.add_parser(
        "lab",
        add_help=False,
        help="fill work/ with what is missing and open JupyterLab on it; it gets all further options",
    )
    lab.set_defaults(run=_lab)

    status = commands.add_parser("status", help="show how far you are")
    status.add_argument("folder", nargs="?", type=Path, help="the folder of your notebooks (default: work)")
    status.set_defaults(run=_status)

    decide = commands.add_parser("decide", help="lesson 7: decide about a version from the terminal")
    decide.add_argument("version")
    decide.add_argument("decision", choices=("approve", "reject"))
    decide.add_argument("--by", required=True, metavar="NAME", help="who decides")
    decide.add_argument("--folder", type=Path, help="the folder of your notebooks (default: work)")
    decide.set_defaults(run=_decide)

    notebooks = commands.add_parser("notebooks", help="for authors: execute solutions/, write notebooks/")
    notebooks.set_defaults(run=_notebooks)

    export = commands.add_parser("export", help="write the question bank for Moodle, Canvas or Anki")
    export.add_argument("--format", choices=("gift", "qti", "anki"), required=True)
    export.add_argument(
        "out", type=Path, help="the file to write: .txt for gift, .zip for qti, .apkg for anki"
    )
    export.set_defaults(run=_export)

    commands_for_instructors.add_to(commands)

    # argparse would take JupyterLab's options for its own.
    options, further = parser.parse_known_args(argv)
    if further and options.run is not _lab:
        parser.error(f"unrecognized arguments: {' '.join(further)}")
    options.for_lab = further
    return int(options.run(options))


def _lab(options: argparse.Namespace) -> int:
    from checks import authoring

    for line in authoring.fill_work():
        print(line)
    start = authoring.WORK / "00_start_here.ipynb"
    # Without a news feed: a box that asks about it would cover the first card.
    command = [sys.executable, "-m", "jupyterlab", str(start), "--LabApp.news_url=", *options.for_lab]
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


def _status(options: argparse.Namespace) -> int:
    from checks import authoring
    from checks.card.overview import Overview
    from checks.lessons import LESSONS
    from checks.record import FILE, VARIABLE, Record
    from checks.repetition import waiting

    named = os.environ.get(VARIABLE)
    path = options.folder / FILE if options.folder else Path(named) if named else authoring.WORK / FILE
    if options.folder and not options.folder.is_dir():
        print(f"workbook: there is no folder {options.folder}. Name the one that holds your notebooks.")
        return 1
    record = Record(path)
    try:
        record.attempts()
    except sqlite3.Error as error:
        print(f"workbook: {path} cannot be read ({error}). Move it away to begin a new record.")
        return 1
    overview = Overview(
        tuple(
            (lesson, sum(record.standing(exercise.id).done for exercise in lesson.exercises))
            for lesson in LESSONS
            if lesson.exercises
        )
    )
    print(overview)
    done = record.attempts()
    recorded = len(done)
    attempts = "1 attempt" if recorded == 1 else f"{recorded} attempts"
    print(f"{attempts} recorded." if recorded else "No attempt yet: `make lab` opens the first lesson.")
    due = len(waiting(done, datetime.now(UTC).date()))
    if due:
        print(f"{due} {'question is' if due == 1 else 'questions are'} due: `review()` in any notebook.")
    return 0


def _decide(options: argparse.Namespace) -> int:
    from checks import authoring, desk

    options.folder = options.folder or authoring.WORK
    if not options.folder.is_dir():
        print(f"workbook: there is no folder {options.folder}. Name the one that holds your notebooks.")
        return 1
    desk.leave(options.version, options.decision, options.by, options.folder)
    print("Left for the notebook. It counts once `take_in(decide, approvers)` has handed it to `decide`.")
    return 0


def _notebooks(_: argparse.Namespace) -> int:
    from nbclient.exceptions import CellExecutionError

    from checks import authoring, faults
    from checks.lessons import LESSONS

    found = [*faults.in_bank(), *faults.in_lessons(LESSONS)]
    for lesson in LESSONS if not found else ():
        path = authoring.SOLUTIONS / f"{lesson.notebook}.ipynb"
        if wrong := list(faults.in_tags(lesson, authoring.read(path))):
            found += wrong
            continue
        try:
            authoring.execute(path)
        except CellExecutionError as error:
            found.append(f"{lesson.notebook}: a cell raises {error.ename}: {error.evalue}")
            continue
        solution = authoring.read(path)
        handed_out = authoring.hand_out(solution)
        found += faults.in_notebooks(lesson, solution, handed_out)
        authoring.write(authoring.NOTEBOOKS / path.name, handed_out)
        print(f"{path.name}: executed, and handed out to notebooks/")
    if found:
        print("workbook: mend these, then run it again:", *found, sep="\n  ")
    return 1 if found else 0


def _export(options: argparse.Namespace) -> int:
    from checks.export import FORMATS
    from checks.lessons import bank_questions

    try:
        FORMATS[options.format](bank_questions(), options.out)
    except OSError as error:
        print(
            f"workbook: {options.out} cannot be written ({error.strerror}). Name a file in a folder of yours."
        )
        return 1
    print(f"{len(bank_questions())} questions written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
