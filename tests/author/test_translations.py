"""The course in other languages, as it is and broken on purpose: whole, current, and other in words alone."""

import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from checks.author import places, translations
from checks.author.notebooks import hand_out
from checks.catalogue import language, use
from checks.exercise import Lesson
from checks.lessons import lessons
from checks.notebook import NOTEBOOKS, SOLUTIONS, in_language, read, to_text

#: What is translated whole.
WHOLE = {"de": ("start", "rollback", "approval")}
PAIRS = [(code, slug) for code, slugs in WHOLE.items() for slug in slugs]


def _solution(lesson: Lesson) -> NotebookNode:
    return read(SOLUTIONS / f"{lesson.notebook}.ipynb")


def _lesson(slug: str) -> Lesson:
    return next(lesson for lesson in lessons() if lesson.slug == slug)


@pytest.fixture(scope="module")
def course() -> translations.Course:
    return [(lesson, _solution(lesson)) for lesson in lessons()]


def test_every_translation_fits_is_whole_and_is_of_todays_english(course: translations.Course) -> None:
    assert list(map(str, translations.faults(course))) == []
    assert list(map(str, translations.outdated(course))) == []
    assert list(translations.left(course)) == []
    assert set(WHOLE) == set(translations.codes())
    for code, slug in PAIRS:
        assert (places.LESSONS / slug / code / "story.md").exists(), (
            "what is told as left is only looked at here"
        )


def test_the_notebooks_are_what_their_stories_make() -> None:
    for code in translations.codes():
        made = {}
        for lesson in lessons():
            notebook = translations.hand_out(lesson, _solution(lesson), code)
            if notebook is not None:
                made[f"{lesson.notebook}.ipynb"] = to_text(notebook)
        there = {path.name: path.read_text("utf-8") for path in in_language(code).iterdir()}
        assert there == made, "run `make notebooks`"


@pytest.mark.parametrize(("code", "slug"), PAIRS)
def test_a_notebook_differs_from_the_english_one_in_words_alone(code: str, slug: str) -> None:
    lesson = _lesson(slug)
    english, other = (read(folder / f"{lesson.notebook}.ipynb") for folder in (NOTEBOOKS, in_language(code)))
    assert other.metadata == english.metadata
    for one, same in zip(other.cells, english.cells, strict=True):
        assert (one.id, one.cell_type, one.metadata) == (same.id, same.cell_type, same.metadata)
        assert (one.source == same.source) is (one.cell_type == "code"), one.id


def test_making_a_notebook_leaves_english_as_it_was() -> None:
    use("en")
    lesson = _lesson("rollback")
    solution = _solution(lesson)
    before = to_text(hand_out(solution))
    assert translations.hand_out(lesson, solution, "de") is not None
    assert translations.hand_out(lesson, solution, "fr") is None
    assert language() == "en" and to_text(hand_out(solution)) == before


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lessons, in a folder where translations may be broken."""
    folder = tmp_path / "lessons"
    shutil.copytree(places.LESSONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(places, "LESSONS", folder)
    monkeypatch.setattr(places, "QUESTIONS", folder / "questions")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("rollback/de/rollback.2.md", "## Hints", "## Hinst", "de/rollback.2.md, line 9: under `## Hinst"),
        ("rollback/de/lesson.yaml", "between", "zwischen", "there is no field `zwischen`"),
        (
            "rollback/de/story.md",
            "rollback-2-task",
            "rollback-9-task",
            "no text has the id 'rollback-9-task'",
        ),
        ("rollback/de/story.md", "Schritt 2: ", "Schritt 2: Nicht ", "is headed '## Schritt 2: Nicht Lege"),
    ],
)
def test_what_does_not_fit_is_named_by_file_and_line(
    course: translations.Course, copied: Path, file: str, old: str, new: str, says: str
) -> None:
    path = copied / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    (fault,) = translations.faults(course)
    assert says in str(fault) and fault.path == path


def test_a_translation_of_nothing_is_named(course: translations.Course, copied: Path) -> None:
    (copied / "rollback/de/rollback.9.md").write_text("---\n---\n", "utf-8")
    (fault,) = translations.faults(course)
    assert "there is no rollback.9.md that this translates: rename or remove it." in str(fault)


def test_a_language_without_a_catalogue_is_named(course: translations.Course, copied: Path) -> None:
    (copied / "rollback/eo").mkdir()
    (copied / "rollback/eo/lesson.yaml").write_text("title: Reen\nenglish: x\n", "utf-8")
    (fault,) = translations.faults(course)
    assert "there is no checks/languages/eo.po: begin one, as de.po does." in str(fault)


def test_what_is_left_and_what_changed_is_a_sentence_each(course: translations.Course, copied: Path) -> None:
    (copied / "rollback/de/rollback.4.md").unlink()
    yaml = copied / "rollback/de/lesson.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("  the dictionary of", "  a dictionary of"), "utf-8")
    english = copied / "rollback/rollback.2.md"
    english.write_text(english.read_text("utf-8").replace("1. You need one", "1. You need a"), "utf-8")
    assert list(translations.left(course)) == [
        "rollback/de/rollback.4.md is without the task, ## Hints, ## Common mistakes and 26 more: "
        "English is shown.",
        "rollback/de/lesson.yaml is without 'the dictionary of step 1': English is shown.",
    ]
    (told,) = translations.outdated(course)
    assert str(told).startswith("de/rollback.2.md, line 9: under `## Hints`: the English has changed.")


def test_a_new_translation_is_written_in_english_and_all_of_it_is_left(
    course: translations.Course, copied: Path
) -> None:
    for lesson, solution in course:
        if lesson.slug not in ("pipeline", "order"):
            continue
        written = translations.begin(lesson, solution, "de")
        names = [path.name for path in written]
        shared = {"order": {"function.md", "wrong-targets.md"}}.get(lesson.slug, set())
        assert {f"{lesson.slug}.1.md", "lesson.yaml", "story.md", *shared} <= set(names)
        assert translations.begin(lesson, solution, "de") == []
        assert translations.faults(course) == [] and list(translations.outdated(course)) == []
        left = list(translations.left([(lesson, solution)]))
        assert all(
            any(f"/{name} is without" in line for line in left) for name in names if name[-3:] == ".md"
        )
