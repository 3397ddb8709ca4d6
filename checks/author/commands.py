"""The author's commands: notebooks, export.

Called by `checks.cli`; what they need is loaded when they run.
"""

import argparse
from pathlib import Path


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    notebooks = commands.add_parser(
        "notebooks",
        help="say what is missing or untrue in the course; execute solutions/, write notebooks/",
        description="Look at the whole course and name what is missing or untrue, by file and line.\n"
        "If nothing is, try and execute what has changed, and write it to notebooks/.",
        epilog="example:\n  workbook notebooks rollback",
    )
    notebooks.add_argument(
        "lesson", nargs="?", help="one lesson, by its name, number or notebook (default: all)"
    )
    notebooks.add_argument("--all", action="store_true", help="what has not changed, too")
    notebooks.set_defaults(run=_notebooks)

    export = commands.add_parser(
        "export",
        help="write the question bank for Moodle, Canvas or Anki",
        description="Write the question bank for Moodle (GIFT), Canvas and others (QTI 1.2), or Anki.",
        epilog="example:\n  workbook export --format gift questions.txt",
    )
    export.add_argument("--format", choices=("gift", "qti", "anki"), required=True)
    export.add_argument(
        "out", type=Path, help="the file to write: .txt for gift, .zip for qti, .apkg for anki"
    )
    export.set_defaults(run=_export)


def _notebooks(options: argparse.Namespace) -> int:
    from checks.author import making

    found, solutions = making.looked_at()
    if not found and options.lesson:
        named = [each for each in solutions if options.lesson in each.names]
        if not named:
            known = ", ".join(each.lesson.slug for each in solutions)
            print(f"workbook: there is no lesson {options.lesson!r}. Name one of {known}.")
            return 2
        solutions = named
    told = [str(fault) for fault in found]
    if not told:
        told = making.make(solutions, not options.lesson, options.all, _say)
    if told:
        print("workbook: mend these, then run it again:", *told, sep="\n  ")
        return 1
    print("Everything is in order.")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _export(options: argparse.Namespace) -> int:
    from checks.author.export import FORMATS
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
