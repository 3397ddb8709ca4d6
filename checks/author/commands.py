"""The author's commands: notebooks, export.

Called by `checks.cli`; what they need is loaded when they run.
"""

import argparse
from pathlib import Path

from checks import notebook


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    notebooks = commands.add_parser(
        "notebooks",
        help="execute solutions/, write notebooks/",
        description="Execute solutions/, write notebooks/, and name what is missing or untrue in a lesson.",
        epilog="example:\n  workbook notebooks",
    )
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


def _notebooks(_: argparse.Namespace) -> int:
    from nbclient.exceptions import CellExecutionError

    from checks.author import faults, notebooks
    from checks.lessons import lessons

    found = [*faults.in_bank(), *faults.in_lessons(lessons())]
    for lesson in lessons() if not found else ():
        path = notebook.SOLUTIONS / f"{lesson.notebook}.ipynb"
        if wrong := list(faults.in_tags(lesson, notebook.read(path))):
            found += wrong
            continue
        try:
            notebooks.execute(path)
        except CellExecutionError as error:
            found.append(f"{lesson.notebook}: a cell raises {error.ename}: {error.evalue}")
            continue
        solution = notebook.read(path)
        handed_out = notebooks.hand_out(solution)
        found += faults.in_notebooks(lesson, solution, handed_out)
        notebook.write(notebook.NOTEBOOKS / path.name, handed_out)
        print(f"{path.name}: executed, and handed out to notebooks/")
    if found:
        print("workbook: mend these, then run it again:", *found, sep="\n  ")
    return 1 if found else 0


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
