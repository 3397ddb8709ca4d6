"""Nothing that was handed in configures pytest, from wherever and however `--grade` is written."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from checks.notebook import ROOT
from tests.helpers.handed_in import all_right, hand_in, notebook

ROLLBACK = "01_rollback"

#: File → what in it makes pytest import `evil`.
FILES = {
    "pytest.ini": "[pytest]\npythonpath = .\naddopts = -p evil\n",
    ".pytest.ini": "[pytest]\npythonpath = .\naddopts = -p evil\n",
    "pytest.toml": '[pytest]\npythonpath = ["."]\naddopts = ["-p", "evil"]\n',
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = "."\naddopts = "-p evil"\n',
    "tox.ini": "[pytest]\npythonpath = .\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\npythonpath = .\naddopts = -p evil\n",
    "conftest.py": "import evil",
    "threading.py": "import evil",
    "nbval.py": "import evil",
    "pytest.py": "import evil",
    ".env": "PYTEST_ADDOPTS=-p evil\nPYTHONPATH=.\n",
    "sitecustomize.py": "import evil",
}


def environment(place: Path) -> Path:
    """The programs of an environment with our packages, as `pip install` leaves it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n")
    script = place / "bin" / "pytest"
    script.write_text(f"#!{place}/bin/python\nimport pytest\nraise SystemExit(pytest.console_main())\n")
    script.chmod(0o755)
    return place / "bin"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make setup` leaves it."""
    programs = environment(tmp_path_factory.mktemp("guarded"))
    subprocess.run([str(programs / "python"), "-m", "checks.instructor.guard"], check=True)
    return programs


@pytest.mark.parametrize(
    ("here", "start", "how"),
    [
        ("in/mallory", ["python", "-m", "pytest"], ["--grade", ".."]),
        ("in/mallory", ["pytest"], ["--grade=."]),
        ("in", ["pytest"], ["--grade", "mallory"]),
        (".", ["python", "-Bmpytest"], ["--grade", "in/mallory"]),
        ("in/mallory/deep", ["pytest"], ["--grade=../../../in"]),
        ("in/mallory", ["python", "-mpytest"], ["--grade", "../anna", "-n", "1"]),
    ],
)
def test_nothing_of_a_submission_configures_pytest(
    guarded: Path, tmp_path: Path, here: str, start: list[str], how: list[str]
) -> None:
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    mallory = tmp_path / "in" / "mallory"
    for folder in (mallory, mallory / "deep"):
        folder.mkdir(parents=True)
        for name, content in FILES.items():
            (folder / name).write_text(content)
        (folder / "evil.py").write_text(f"open({str(tmp_path / 'RAN')!r}, 'w')")
    done = subprocess.run(
        [str(guarded / start[0]), *start[1:], "--nbval-lax", *how, "--grade-no-sandbox", "--collect-only"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / here,
        env={**os.environ, "PYTHONPATH": "."} if start == ["pytest"] else None,
    )
    assert not (tmp_path / "RAN").exists()
    assert done.returncode in (0, 5), done.stdout + done.stderr
    collected = [line for line in done.stdout.splitlines() if not line.startswith("rootdir:")]
    assert "deep" not in "\n".join(collected)


def test_other_runs_are_left_alone(guarded: Path, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --grades-of-my-own\n")
    for options in (["--version"], ["-c", "import sys; print(sys.argv)", "--grade"]):
        command = [str(guarded / "python"), *(["-m", "pytest"] if len(options) == 1 else []), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("here", "how"), [(".", ["--grade", "mallory"]), ("mallory", ["--grade=."])])
def test_without_the_guard_it_is_refused(tmp_path: Path, here: str, how: list[str]) -> None:
    """As where only `pip install` was run. Then nothing can be said before the file was read."""
    pytest_ = environment(tmp_path / "unguarded") / "pytest"
    (tmp_path / "mallory").mkdir()
    (tmp_path / "mallory" / "pytest.ini").write_text("[pytest]\n")
    command = [str(pytest_), "--nbval-lax", *how]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path / here)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "was handed in, and" in done.stderr
    assert "make setup" in done.stderr
