"""Which files decide a verdict: all that the judge reaches, however it imports it."""

from pathlib import Path

from checks.instructor.sources import deciding
from checks.notebook import ROOT

CHECKS = ROOT / "checks"


def test_what_decides_is_among_them_and_what_shows_is_not() -> None:
    found = {str(file.relative_to(CHECKS)) for file in deciding(CHECKS)}
    decide = """judge/compare.py judge/essential.py judge/situations.py judge/diagnosis.py runner/child.py
        runner/values.py world/registry.py exercise.py markdown.py text.py lessons/loader.py
        lessons/rollback/situations.py lessons/rollback/rollback.3.md lessons/questions/stage-case.md"""
    assert set(decide.split()) <= found
    assert not [name for name in found if name.startswith(("learner/", "instructor/", "author/", "cli"))]


def test_imports_are_followed_wherever_they_stand(tmp_path: Path) -> None:
    for file, text in {
        "judge/__init__.py": "from checks.low import thing",
        "low.py": "def thing():\n    import checks.lower.inner",
        "lower/__init__.py": "",
        "lower/inner.py": "import json",
        "lower/alone.py": "",
        "runner/run.py": "",
        "world/a.py": "",
        "lessons/t/t.1.md": "text",
        "lessons/t/__pycache__/x.pyc": "",
        "lessons/t/de/t.1.md": "Text",
        "former.py": "",
        "shown.py": "from checks.judge import x",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    found = {str(file.relative_to(tmp_path)) for file in deciding(tmp_path)}
    assert {"low.py", "lower/__init__.py", "lower/inner.py", "lessons/t/t.1.md", "former.py"} <= found
    unread = {"lower/alone.py", "shown.py", "lessons/t/__pycache__/x.pyc", "lessons/t/de/t.1.md"}
    assert not unread & found
