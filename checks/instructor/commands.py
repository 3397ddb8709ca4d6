"""The instructor's commands: grade, override, worker.

Called by `checks.cli`; what they need is loaded when they run.
"""

import argparse
import os
import re
from pathlib import Path

from checks.runner.job import RunnerError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    grade = commands.add_parser(
        "grade",
        help="grade a folder of submissions",
        description="Grade a folder of submissions: marks, feedback for each learner, a page on the class.",
        epilog="example:\n  workbook grade submissions --out grades",
    )
    grade.add_argument("submissions", type=Path, help="a folder with a folder for each learner")
    _grades(grade)
    _how(grade)
    grade.add_argument(
        "--database-url", help="postgresql+psycopg://… to share the work with `workbook worker`"
    )
    grade.add_argument(
        "--dry-run", action="store_true", help="show which file counts for whom, and grade nothing"
    )
    grade.add_argument(
        "--roster",
        type=Path,
        metavar="CSV",
        help="learner id, name: for names that do not tell whose a file is",
    )
    grade.add_argument(
        "--learner-pattern",
        metavar="REGEX",
        help="finds the learner in a file's path, as (?P<learner>…) or the first group",
    )
    grade.set_defaults(run=_grade)

    worker = commands.add_parser(
        "worker",
        help="help another machine to grade",
        description="Judge what `workbook grade` has put into the queue of a database, until interrupted.",
        epilog="example:\n  workbook worker --database-url postgresql+psycopg://grader@db.example/grades",
    )
    worker.add_argument("--database-url", required=True, help="the one that `workbook grade` was given")
    _how(worker)
    worker.set_defaults(run=_worker)

    override = commands.add_parser(
        "override",
        help="decide a mark yourself",
        description="Decide a mark yourself. It stays when the class is graded again, and is shown.",
        epilog='example:\n  workbook override alice rollback.3 1 --why "right, and told me how" --out grades',
    )
    override.add_argument("learner")
    override.add_argument("exercise", help="its id, such as rollback.3")
    override.add_argument("mark", type=int, choices=(0, 1))
    override.add_argument("--why", required=True, help="shown to the learner")
    _grades(override)
    override.set_defaults(run=_override)


def _how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, help="notebooks judged at a time")
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run submitted code as yourself, with your files and network",
    )


def _grades(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", dest="grades", metavar="GRADES", type=Path, default=Path("grades"), help="default: grades"
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is none; give 1 or more")
    return number


def _grade(options: argparse.Namespace) -> int:
    from checks.instructor import run
    from checks.instructor.roster import read_roster

    submissions, grades = options.submissions.resolve(), options.grades.resolve()
    if not submissions.is_dir():
        print(f"workbook: there is no folder {options.submissions}. Name the one that holds the submissions.")
        return 2
    if grades.is_relative_to(submissions):
        print(
            f"workbook: {options.grades} lies in {options.submissions}; its pages would count as handed in. "
        )
        print("Name another folder with --out.")
        return 2
    try:
        pattern = re.compile(options.learner_pattern) if options.learner_pattern else None
        known = read_roster(options.roster) if options.roster else None
    except re.error as error:
        print(f"workbook: --learner-pattern {options.learner_pattern!r} is no regular expression: {error}.")
        return 2
    except (OSError, ValueError) as error:
        print(f"workbook: {error}")
        return 2
    chosen = run.Options(
        options.submissions,
        options.grades,
        options.jobs,
        not options.no_sandbox,
        options.database_url,
        known,
        pattern,
    )
    try:
        return run.show(chosen) if options.dry_run else run.grade(chosen)
    except KeyboardInterrupt:
        print("\nworkbook: stopped. What is judged is kept: the same command goes on from here.")
        return 130
    except (RunnerError, OSError, ValueError) as error:
        print(f"workbook: {error}")
        return 1


def _worker(options: argparse.Namespace) -> int:
    from checks.instructor import run

    try:
        run.help_others(options.database_url, options.jobs, not options.no_sandbox)
    except KeyboardInterrupt:
        print("\nworkbook: stopped. What was under way goes back into the queue.")
    except (RunnerError, OSError, ValueError) as error:
        print(f"workbook: {error}")
        return 1
    return 0


def _override(options: argparse.Namespace) -> int:
    from checks.instructor import marks, run

    try:
        class_, results = run.read_class(options.grades)
    except FileNotFoundError:
        print(f"workbook: nothing was graded in {options.grades} yet. `workbook grade` comes first.")
        return 2
    for kind, given, known in (
        ("learner", options.learner, class_.learners),
        ("exercise", options.exercise, [exercise.id for exercise in run.exercises_of(class_)]),
    ):
        if given not in known:
            print(f"workbook: there is no {kind} {given!r}. There are: {', '.join(known)}")
            return 2
    one = marks.add_override(options.grades, options.learner, options.exercise, options.mark, options.why)
    without_page = run.publish(options.grades, class_, results, marks.read_overrides(options.grades))
    for sentence in without_page:
        print(f"workbook: {sentence}")
    print(f"{one.learner} has {one.mark} for {one.exercise} now, also when the class is graded again.")
    return 1 if without_page else 0
