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
        "--database-url",
        type=_database,
        help="postgresql+psycopg://… to share the work with `workbook worker`",
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
    grade.add_argument(
        "--lessons",
        type=_numbers,
        metavar="1,2,4",
        help="the lessons that count, from now on; otherwise those that were handed in",
    )
    grade.add_argument(
        "--again",
        action="append",
        default=[],
        metavar="LEARNER",
        help="judge this learner's answers anew; may be given several times",
    )
    grade.set_defaults(run=_grade)

    worker = commands.add_parser(
        "worker",
        help="help another machine to grade",
        description="Judge what `workbook grade` has put into the queue of a database, until interrupted.",
        epilog="example:\n  workbook worker --database-url postgresql+psycopg://grader@db.example/grades",
    )
    worker.add_argument(
        "--database-url", type=_database, required=True, help="the one that `workbook grade` was given"
    )
    _how(worker)
    worker.set_defaults(run=_worker)

    override = commands.add_parser(
        "override",
        help="decide a mark yourself",
        description="Decide a mark yourself. It stays when the class is graded again, and is shown.",
        epilog='example:\n  workbook override alice rollback.3 1 --why "right, and told me how" --out grades',
    )
    override.add_argument("learner", help="as in the gradebook, or the id alone")
    override.add_argument("exercise", help="its id, such as rollback.3, test.approval or kata.rollback")
    override.add_argument("mark", type=int, nargs="?", help="1 or 0; for a test 0 to 10, for a kata 0 to 8")
    override.add_argument("--why", help="shown to the learner")
    override.add_argument("--withdraw", action="store_true", help="take back what you decided before")
    _grades(override)
    override.set_defaults(run=_decide)


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


def _database(text: str) -> str:
    scheme, _, rest = text.partition("://")
    if scheme not in ("postgresql", "postgresql+psycopg") or not rest:
        raise argparse.ArgumentTypeError("give one such as postgresql+psycopg://grader@db.example/grades")
    return f"postgresql+psycopg://{rest}"


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is none; give 1 or more")
    return number


def _numbers(text: str) -> tuple[str, ...]:
    """Numbers of lessons as the notebooks that they are."""
    from checks.instructor import course

    known = {lesson.number: lesson.notebook for lesson in course.lessons()}
    wanted = [int(part) if part.strip().isdecimal() else part.strip() for part in text.split(",")]
    for number in wanted:
        if number not in known:
            raise argparse.ArgumentTypeError(
                f"{number!r} is no lesson that counts; there are {', '.join(map(str, known))}"
            )
    return tuple(notebook for number, notebook in known.items() if number in wanted)


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
        options.lessons or (),
        tuple(options.again),
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


def _decide(options: argparse.Namespace) -> int:
    try:
        return _override(options)
    except (OSError, ValueError) as error:
        print(f"workbook: {error}")
        return 1


def _override(options: argparse.Namespace) -> int:
    from checks.instructor import kept, marks, run, who

    try:
        class_, results = kept.read_class(options.grades)
        overrides = marks.read_overrides(options.grades)
    except FileNotFoundError:
        print(f"workbook: nothing was graded in {options.grades} yet. `workbook grade` comes first.")
        return 2
    learners = who.find(options.learner, class_.learners)
    if len(learners) != 1:
        told = "are several learners" if learners else "is no learner"
        print(
            f"workbook: there {told} {options.learner!r}. There are: {', '.join(learners or class_.learners)}"
        )
        return 2
    (learner,) = learners
    exercises = [exercise.id for exercise in run.exercises_of(class_)]
    if refused := _refused(options, exercises, (learner, options.exercise) in overrides):
        print(f"workbook: {refused}")
        return 2
    why = (options.why or "").strip()
    marks.add_override(options.grades, learner, options.exercise, options.mark, why)
    without_page = run.publish(options.grades, class_, results, marks.read_overrides(options.grades))
    for sentence in without_page:
        print(f"workbook: {sentence}")
    if options.withdraw:
        print(f"What you decided on {options.exercise} of {learner} is withdrawn; the check's mark counts.")
    else:
        about = f"{options.mark} for {options.exercise}"
        print(f"{learner} has {about} now, also when the class is graded again.")
    return 1 if without_page else 0


def _refused(options: argparse.Namespace, exercises: list[str], decided: bool) -> str:
    """Why a decision makes no sense; "" where it does."""
    from checks.instructor import marks
    from checks.lessons import tests

    beside = (f"{kind}.{pattern}" for kind in marks.BESIDE for pattern in tests())
    id_, known = options.exercise, [*exercises, *beside]
    highest = marks.beside(id_) or 1
    if id_ not in known:
        return f"there is no exercise {id_!r}. There are: {', '.join(known)}"
    if options.withdraw:
        if options.mark is not None:
            return f"--withdraw takes no mark; you gave {options.mark}."
        return "" if decided else f"nothing was decided on {id_}, so there is nothing to withdraw."
    if options.mark is None or not 0 <= options.mark <= highest:
        return f"a mark for {id_} is from 0 to {highest}; you gave {options.mark}."
    if not (options.why or "").strip():
        return 'a decision wants a reason, which the learner reads: --why "…".'
    return ""
