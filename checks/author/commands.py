"""The author's commands: new, notebooks, try, preview, export.

Called by `checks.cli`; what they need is loaded when they run.
"""

import argparse
import difflib
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from checks.catalogue import use_named

if TYPE_CHECKING:
    from checks.exercise import Exercise


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

    new = commands.add_parser(
        "new",
        help="make an exercise, a lesson or a question, complete but for its content",
        description="Write the files of something new, complete but for what only you can write. That is\n"
        "marked FILL IN, and `workbook notebooks` names it by file and line.",
        epilog="example:\n  workbook new exercise rollback.5 --kind step",
    )
    _add_new(new.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=type(new)))

    try_ = commands.add_parser(
        "try",
        help="judge an answer that stands in a file",
        description="Judge an answer that stands in a file: Python for a step; for a card its call, as in\n"
        'ask("approval.2", "current_stage"), or its options, a line each. Exit code 0: it is right.',
        epilog="example:\n  workbook try order.3 answer.py",
    )
    try_.add_argument("exercise", help="such as order.3 or bank.stage-case")
    try_.add_argument("file", help="the file; - for what is typed or piped in")
    try_.set_defaults(run=_try)

    preview = commands.add_parser(
        "preview",
        help="show an exercise's card in every state, in the browser",
        description="Make a page with an exercise's card in every state: unanswered, with each wrong answer\n"
        "that its file holds, right, and explained.",
        epilog="example:\n  workbook preview order.3",
    )
    preview.add_argument("exercise", help="such as order.3 or bank.stage-case")
    preview.add_argument("--out", type=Path, metavar="PAGE", help="write the page here, and open no browser")
    preview.set_defaults(run=_preview)

    export = commands.add_parser(
        "export",
        help="write the question bank for Moodle, Canvas or Anki",
        description="Write the question bank for Moodle (its XML or GIFT), Canvas and others (QTI 1.2), or\n"
        "Anki, which gets the lessons' key points as flash cards too. All but GIFT take pictures.",
        epilog="example:\n  workbook export --format moodle questions.xml",
    )
    export.add_argument("--format", choices=("moodle", "gift", "qti", "anki"), required=True)
    export.add_argument(
        "out",
        type=Path,
        help="the file to write: .xml for moodle, .txt for gift, .zip for qti, .apkg for anki",
    )
    export.add_argument(
        "--practice",
        type=int,
        default=0,
        metavar="N",
        help="also up to N predictions and N reasons of each step, made from code that is run, with "
        "pictures of its registry",
    )
    export.set_defaults(run=_export)


def _add_new(whats: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    exercise = whats.add_parser(
        "exercise",
        help="an exercise: its file, its situations, its cells",
        description="Make an exercise: its file, its place in lesson.yaml, its situations, and its cells in\n"
        "the lesson's solution. An id is never given twice and never moves; the place is free.",
        epilog="example:\n  workbook new exercise rollback.5 --kind step --after rollback.2",
    )
    exercise.add_argument("id", help="its lesson and a number that is free, such as rollback.5")
    exercise.add_argument("--kind", choices=("step", "fill-in", "choice"), required=True)
    exercise.add_argument("--after", metavar="ID", help="the exercise before it (default: the lesson's last)")
    exercise.set_defaults(run=_new, make=lambda new, told: new.exercise(told.id, told.kind, told.after))

    lesson = whats.add_parser(
        "lesson",
        help="a lesson with its first step",
        description="Make a lesson: its folder, its solution, and a first step.",
        epilog="example:\n  workbook new lesson 13 canary",
    )
    lesson.add_argument("number", type=int, help="where it comes among the lessons")
    lesson.add_argument("name", help="a word of small letters, with which its exercises' ids begin")
    lesson.set_defaults(run=_new, make=lambda new, told: new.lesson(told.number, told.name))

    question = whats.add_parser(
        "question",
        help="a question of the bank",
        description="Make a question of the bank, the last in its order.",
        epilog="example:\n  workbook new question canary-share",
    )
    question.add_argument("name", help="small letters and hyphens")
    question.set_defaults(run=_new, make=lambda new, told: new.question(told.name))

    translation = whats.add_parser(
        "translation",
        help="a lesson's files in another language, to be translated",
        description="Write the files of a lesson's translation that are missing, still in English: its\n"
        "exercises, its questions, the notebook's texts.",
        epilog="example:\n  workbook new translation rollback de",
    )
    translation.add_argument("lesson", help="its name, such as rollback")
    translation.add_argument("code", help="two letters of the language, such as de")
    translation.set_defaults(run=_new, make=lambda new, told: new.translation(told.lesson, told.code))

    cells = whats.add_parser(
        "cells",
        help="the cells of an exercise that has none",
        description="Put the cells of an exercise into its lesson's solution, where any are missing.",
        epilog="example:\n  workbook new cells rollback.5",
    )
    cells.add_argument("id", help="such as rollback.5")
    cells.set_defaults(run=_new, make=lambda new, told: [new.cells(told.id)])


def _cannot_write() -> bool:
    """Whether this is an installed course, in which nobody writes; if so it is said."""
    from checks.notebook import IN_A_CLONE

    if not IN_A_CLONE:
        print(
            "workbook: this course is installed, without its solutions. Clone the repository to write in it."
        )
    return not IN_A_CLONE


def _new(options: argparse.Namespace) -> int:
    from checks.author import new
    from checks.lessons.reading import ContentError

    if _cannot_write():
        return 1
    try:
        for path in options.make(new, options):
            print(f"written: {new.shown(path)}")
    except (new.RefusedError, ContentError) as refused:
        print(f"workbook: {refused}")
        return 1
    print("Now `workbook notebooks` names what is left to fill in, by file and line.")
    return 0


def _exercise(id_: str) -> "Exercise | None":
    """The exercise of this id; None, and it is said why, where there is none or the course cannot be read."""
    from checks.lessons import exercises
    from checks.lessons.reading import ContentError

    try:
        known = exercises()
    except ContentError as refused:
        print(f"workbook: {refused}")
        return None
    if id_ not in known:
        near = difflib.get_close_matches(id_, known, n=3, cutoff=0.3)
        print(f"workbook: there is no exercise {id_!r}. Is it {' or '.join(near) or 'spelled right'}?")
    return known.get(id_)


def _try(options: argparse.Namespace) -> int:
    from checks.author import preview

    exercise = _exercise(options.exercise)
    if exercise is None:
        return 2
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"workbook: {options.file} cannot be read ({error}). Name a text file.")
        return 2
    verdict, raised = preview.judged(exercise, text)
    print(f"{exercise.id} {exercise.title}: {verdict.status.replace('_', ' ')}")
    print(*filter(None, (verdict.misconception, f"\n{verdict.feedback}")), sep="\n")
    for fault in raised:
        print(f"\nworkbook: {fault}")
    return 0 if verdict.correct else 1


def _preview(options: argparse.Namespace) -> int:
    from checks.author import preview

    if not _speaks():
        return 2
    exercise = _exercise(options.exercise)
    if exercise is None:
        return 2
    path = options.out or Path(tempfile.mkdtemp(prefix="workbook-")) / f"{exercise.id}.html"
    try:
        path.write_text(preview.page(exercise), encoding="utf-8")
    except OSError as error:
        print(f"workbook: {path} cannot be written ({error.strerror}). Name a file in a folder of yours.")
        return 1
    print(f"The card in every state: {path}")
    if not options.out:
        webbrowser.open(path.resolve().as_uri())
    return 0


def _notebooks(options: argparse.Namespace) -> int:
    from checks.author import making, translations

    if _cannot_write():
        return 1
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
        course = making.pairs(solutions)
        for line in (*map(str, translations.outdated(course)), *translations.left(course)):
            _say(line)
        told = making.make(solutions, not options.lesson, options.all, _say)
    if told:
        print("workbook: fix these, then run it again:", *told, sep="\n  ")
        return 1
    print("Everything is in order.")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _speaks() -> bool:
    """Speak the language that the environment names: what comes of it is for learners."""
    try:
        use_named()
    except ValueError as problem:
        print(f"workbook: {problem}")
        return False
    return True


def _export(options: argparse.Namespace) -> int:
    from checks.author.export import FORMATS, anki
    from checks.author.points import key_points
    from checks.lessons import bank_questions

    if not _speaks():
        return 2
    questions = bank_questions()
    if options.practice:
        from checks.author.practice import items

        questions += items(options.practice)
    try:
        if options.format == "anki":  # the one that has cards with two sides
            anki.write(questions, options.out, key_points())
        else:
            FORMATS[options.format](questions, options.out)
    except OSError as error:
        print(
            f"workbook: {options.out} cannot be written ({error.strerror}). Name a file in a folder of yours."
        )
        return 1
    print(f"{len(questions)} questions written to {options.out}")
    return 0
