"""Hostile submissions, each beside two honest ones: no undeserved mark, no crash, no leak.

Everything runs behind walls of its own (tests/contained.py), which are tried before anything hostile starts.
"""

import csv
import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checks.instructor import who
from checks.notebook import ROOT
from tests.helpers.contained import Walls
from tests.helpers.handed_in import all_right, hand_in, notebook
from tests.helpers.quick_attacks import ANSWERS as QUICK

ROLLBACK, APPROVAL = "01_rollback", "02_approval"
CANARY = "canary-5d1f"


@dataclass(frozen=True)
class Graded:
    """What a run of `workbook grade` gave."""

    code: int
    out: str
    rows: dict[str, dict[str, str]]
    results: list[dict[str, object]]
    folder: Path

    def mark(self, learner: str, exercise: str) -> int:
        return int(self.rows[learner][exercise])

    def text(self) -> str:
        return "".join(file.read_text("utf-8") for file in self.folder.rglob("*.[hcj]*") if file.is_file())


def grade(behind: Walls, submissions: Path, out: Path, *options: str) -> Graded:
    # The last process lists what is still running: nothing of a submission may be.
    script = '"$@"; code=$?; ps -eo pid=,comm=; exit $code'
    command = [sys.executable, "-m", "checks.cli", "grade", str(submissions), "--out", str(out), *options]
    environment = {**os.environ, "WORKBOOK_TEST_SECRET": CANARY}
    done = behind.run(["sh", "-c", script, "sh", *command], env=environment)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    left = [
        line.split()[1]
        for line in done.stdout.splitlines()
        if line.strip()[:1].isdigit() and len(line.split()) == 2
    ]
    assert set(left) <= {"sh", "ps"}, left
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    results = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    return Graded(done.returncode, done.stdout + done.stderr, rows, results, out)


def beside_honest(behind: Walls, tmp_path: Path, lesson: str = ROLLBACK) -> Graded:
    """Grade what is in tmp_path/in with two honest learners; they must be graded as always."""
    honest = all_right(lesson)
    hand_in(tmp_path / "in", "anna", lesson, notebook(lesson, honest))
    almost = {**honest, "rollback.2": "current_version = 'v4'"} if lesson == ROLLBACK else honest
    hand_in(tmp_path / "in", "zoe", lesson, notebook(lesson, almost))
    graded = grade(behind, tmp_path / "in", tmp_path / "out")
    assert int(graded.rows["anna"]["total"]) == len(honest)
    wanted = len(honest) - (lesson == ROLLBACK)
    assert int(graded.rows["zoe"]["total"]) == wanted
    assert CANARY not in graded.text()
    return graded


# ── answers that attack ───────────────────────────────────────────────────────────────────────────────

#: name → (exercise, source), from files that begin with the exercise. None of them deserves its mark.
ANSWERS = {
    file.stem: (file.read_text("utf-8").split()[1], file.read_text("utf-8"))
    for file in sorted((ROOT / "tests" / "attacks").glob("*.py"))
} | {
    "nested_without_end": ("rollback.2", "current_version = " + "(" * 90_000),
    "null_byte": ("rollback.2", "current_version = 'v3\0'"),
}


@pytest.mark.parametrize("attack", ANSWERS)
def test_an_answer_that_attacks(attack: str, behind: Walls, tmp_path: Path) -> None:
    exercise, source = ANSWERS[attack]
    hand_in(tmp_path / "in", "secrets", ROLLBACK, CANARY, name="notes.txt")
    with listener() as (port, heard):
        source = source.replace("{IN!r}", repr(str(tmp_path / "in"))).replace(
            "{OUT!r}", repr(str(tmp_path / "out"))
        )
        source = source.replace("{PORT}", str(port))
        answers = {**all_right(ROLLBACK), exercise: source}
        hand_in(tmp_path / "in", "mallory", ROLLBACK, notebook(ROLLBACK, answers))
        graded = beside_honest(behind, tmp_path)
    assert graded.mark("mallory", exercise) == 0
    assert int(graded.rows["mallory"]["total"]) == 3  # the other answers are right
    assert not heard
    assert not list(tmp_path.rglob("PWNED"))
    no_active_content(graded)
    said = next(
        str(r["feedback"]) for r in graded.results if (r["learner"], r["exercise"]) == ("mallory", exercise)
    )
    for leak in ("connected", "ipynb", "WORKBOOK_TEST_SECRET", "rollback_version = version", str(tmp_path)):
        assert leak not in said or leak in source, said


def test_many_answers_that_attack_at_once(behind: Walls, tmp_path: Path) -> None:
    for name, (exercise, source) in QUICK.items():
        answers = {**all_right(ROLLBACK), exercise: source}
        hand_in(tmp_path / "in", name, ROLLBACK, notebook(ROLLBACK, answers))
    graded = beside_honest(behind, tmp_path)
    marks = {name: (graded.mark(name, QUICK[name][0]), int(graded.rows[name]["total"])) for name in QUICK}
    assert marks == dict.fromkeys(QUICK, (0, 3))
    assert "Traceback" not in graded.out
    no_active_content(graded)


class listener:
    """A socket that hears whether anyone connects."""

    def __enter__(self) -> tuple[int, list[bytes]]:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.2)
        self._heard: list[bytes] = []
        self._open = True
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        return self._server.getsockname()[1], self._heard

    def _listen(self) -> None:
        while self._open:
            try:
                connection, _ = self._server.accept()
                self._heard.append(connection.recv(10))
            except OSError:
                continue

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._thread.join()
        self._server.close()


def no_active_content(graded: Graded) -> None:
    """No page has a script, an event handler, a frame, or a picture of its own; the plots are ours."""

    class Look(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "iframe", "img", "object", "embed", "form", "link", "base"), (
                page,
                tag,
            )
            for name, value in attrs:
                assert not name.startswith("on"), (page, name)
                assert "javascript:" not in (value or ""), (page, value)
            if tag == "svg":
                assert dict(attrs).get("role") == "img"

    for page in graded.folder.rglob("*.html"):
        Look().feed(page.read_text("utf-8"))


# ── notebooks that attack ─────────────────────────────────────────────────────────────────────────────


def cells(made: dict[str, object]) -> list[dict[str, object]]:
    return made["cells"]  # type: ignore[return-value]


def _edited(made: dict[str, object]) -> None:
    for cell in cells(made):
        if str(cell.get("id", "")).endswith("-check"):
            cell["source"] = "print('rollback.1: correct')"
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "rollback.1: correct"}]


def _deleted(made: dict[str, object]) -> None:
    made["cells"] = [cell for cell in cells(made) if not str(cell.get("id", "")).endswith("-check")]


def _doubled(made: dict[str, object]) -> None:
    made["cells"] = [copy for cell in cells(made) for copy in (cell, dict(cell))]


def _retyped(made: dict[str, object]) -> None:
    for cell in cells(made):
        if str(cell.get("id", "")).endswith("-check"):
            cell["cell_type"] = "markdown"


def _tagged(made: dict[str, object]) -> None:
    for cell in cells(made):
        cell["metadata"] = {**cell["metadata"], "tags": ["raises-exception", "nbval-skip"]}  # type: ignore[dict-item]
        if cell["cell_type"] == "code":
            cell["source"] = "# NBVAL_SKIP\n" + "".join(cell["source"])  # type: ignore[arg-type]


def _stripped(made: dict[str, object]) -> None:
    """No ids and no metadata: what the cells say must do."""
    for cell in cells(made):
        cell.pop("id", None)
        cell["metadata"] = {}


@pytest.mark.parametrize("change", [_edited, _deleted, _doubled, _retyped, _tagged, _stripped])
def test_check_cells_count_for_nothing(change: object, behind: Walls, tmp_path: Path) -> None:
    right, wrong = (
        notebook(ROLLBACK, all_right(ROLLBACK)),
        notebook(ROLLBACK, dict.fromkeys(all_right(ROLLBACK), "current_version = model_versions = 'x'")),
    )
    for made, learner in ((right, "right"), (wrong, "mallory")):
        change(made)  # type: ignore[operator]
        hand_in(tmp_path / "in", learner, ROLLBACK, made)
    graded = beside_honest(behind, tmp_path)
    assert int(graded.rows["right"]["total"]) == 4
    assert int(graded.rows["mallory"]["total"]) == 0


def test_arguments_are_read_never_run(behind: Walls, tmp_path: Path) -> None:
    made = notebook(APPROVAL, {})
    for cell in cells(made):
        if cell.get("id") == "approval-1-ask":
            cell["source"] = 'ask("approval.1", __import__("os").getcwd())'
        if cell.get("id") == "approval-2-ask":
            cell["source"] = (
                'ask("approval.2", *["current_stage"])\nask("approval.2", "<svg onload=alert(1)>")'
            )
        if cell.get("id") == "approval-3-ask":
            cell["source"] = "ask('approval.3', '\"Archived\"')\nask('approval.3', 'Archived')"
    hand_in(tmp_path / "in", "mallory", APPROVAL, made)
    graded = beside_honest(behind, tmp_path, APPROVAL)
    assert int(graded.rows["mallory"]["total"]) == 0
    no_active_content(graded)


FILES: dict[str, bytes] = {
    "corrupt": b'{"cells": [{"cell_type": "code", "sour',
    "empty": b"",
    "white space": b"  \n ",
    "not a notebook": b"[1, 2, 3]",
    "no cells": b'{"cells": 5}',
    "odd cells": json.dumps(
        {
            "cells": [
                1,
                None,
                [],
                {"cell_type": "code"},
                {"cell_type": "code", "source": {"a": 1}, "id": 5, "metadata": []},
                {
                    "cell_type": "code",
                    "source": [1, "x"],
                    "metadata": {"workbook": {"exercise": [], "role": 1}},
                },
            ]
        }
    ).encode(),
    "nested deep": b"[" * 1_000_000,
    "not UTF-8": '{"cells": [], "name": "Zoë"}'.encode("latin-1"),
    "UTF-16": '{"cells": []}'.encode("utf-16"),
    "50 MB": b'{"cells": [{"cell_type": "raw", "source": "' + b"x" * 50_000_000 + b'"}]}',
    "half a surrogate": b'{"cells": [{"cell_type": "code", "id": "rollback-2-answer", "metadata": {}, '
    b'"source": "current_version = \'\\ud800\'"}]}',
    "a number without end": b'{"cells": ' + b"9" * 100_000 + b"}",
}


def test_files_that_are_no_notebooks(behind: Walls, tmp_path: Path) -> None:
    for name, content in FILES.items():
        hand_in(tmp_path / "in", f"has {name}", ROLLBACK, content)
    graded = beside_honest(behind, tmp_path)
    for name in FILES:
        assert int(graded.rows[f"has {name}"]["total"]) == 0
        assert (graded.folder / "feedback" / f"has {name}.html").exists()


def test_names_and_links_that_attack(behind: Walls, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (tmp_path / "outside").mkdir()
    secret = hand_in(tmp_path / "outside", "x", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    wrong = notebook(ROLLBACK, {"rollback.2": "current_version = 'v1'"})
    names = [
        "=1+1",
        "@SUM(A1)",
        "+cmd",
        "-2",
        "<script>alert(1)<",
        '"><img src=x onerror=alert(1)>',
        "..%2f..%2fx",
        "..\\..\\x",
        "new\nline",
        "nul",
        "Zoë 学生",
    ]
    for name in names:
        hand_in(folder, name.replace("/", "_"), ROLLBACK, wrong)
    hand_in(folder, "linked", ROLLBACK, wrong, name="other.ipynb").unlink()
    (folder / "linked" / "01_rollback.ipynb").symlink_to(secret)
    (folder / "folder-link").symlink_to(tmp_path / "outside" / "x")
    os.mkfifo(folder / "linked" / "02_approval.ipynb")
    (folder / os.fsdecode(b"byte-\xff")).mkdir()
    graded = beside_honest(behind, tmp_path)
    with (graded.folder / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            assert all(cell[:1] not in ("=", "+", "-", "@", "\t", "\r") for cell in row), row
    assert graded.rows["'=1+1"]["total"] == "0"
    assert "folder-link" not in graded.rows
    assert graded.rows["linked"]["total"] == "0"
    assert {path.parent for path in tmp_path.rglob("*.html")} == {graded.folder, graded.folder / "feedback"}
    no_active_content(graded)


#: Learner → what is put into a cell of lesson 1 or 2: text that once left its place, or could not be written.
WORDS = {
    "half a pair": ("approval.2", 'ask("approval.2", "\ud800")'),
    "half a pair, escaped": ("approval.2", 'ask("approval.2", "\\udfff")'),
    "half a pair in an answer": ("rollback.2", "current_version = '\udc80'"),
    "half a pair in an error": ("rollback.2", "raise Exception('\\ud800')"),
    "a name without end": ("rollback.2", "raise type('E' * 5000, (Exception,), {})('x' * 9000)"),
    "a number without end": ("rollback.2", "current_version = 10 ** 6000"),
    "a number without end in a call": ("approval.2", f'ask("approval.2", {"9" * 5000})'),
    "terminal": ("rollback.2", "raise Exception('\\x1b]0;t\\x07\\x1b[2J\\x9b31m# Right')"),
    **{
        f"break {ord(sign[0]):x}": (
            "rollback.2",
            f"raise type({f'E{sign}{sign}# Right{sign}{sign}![p](http://x/p.png)'!r}, (Exception,), {{}})("
            f"{f'x{sign}{sign}# Right{sign}{sign}[e](//evil)'!r})",
        )
        for sign in ("\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
    },
}


def test_words_that_attack(behind: Walls, tmp_path: Path) -> None:
    for learner, (exercise, source) in WORDS.items():
        lesson = ROLLBACK if exercise.startswith("rollback") else APPROVAL
        made = notebook(lesson, all_right(lesson))
        for cell in cells(made):
            if cell.get("id") in (f"{exercise.replace('.', '-')}-{role}" for role in ("answer", "ask")):
                cell["source"] = source
        hand_in(tmp_path / "in", learner, lesson, made)
    hand_in(tmp_path / "in", "test", "09_test", _seed_without_end())
    graded = beside_honest(behind, tmp_path)
    for learner, (exercise, _) in WORDS.items():
        assert graded.mark(learner, exercise) == 0
        lesson = ROLLBACK if exercise.startswith("rollback") else APPROVAL
        assert int(graded.rows[learner]["total"]) == len(all_right(lesson)) - 1, learner
    no_active_content(graded)
    for page in graded.folder.rglob("*.html"):
        assert "<h1>Right" not in page.read_text("utf-8")
        assert 'href="//evil' not in page.read_text("utf-8")
    said = graded.out.replace("\r", "")  # the progress bar's
    assert not {"\x1b", "\x07", "\x9b", "\u2028"} & set(said)
    lines = (graded.folder / "results.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(graded.results)


def _seed_without_end() -> dict[str, object]:
    source = f'quiz("approval", seed=0x{"f" * 4000}, answers="abcdabcdab")'
    return {"cells": [{"cell_type": "code", "source": source, "metadata": {}, "id": "x", "outputs": []}]}


def test_nbformat_3(behind: Walls, tmp_path: Path) -> None:
    new = notebook(ROLLBACK, all_right(ROLLBACK))
    old_cells = []
    for cell in cells(new):
        old = {"cell_type": cell["cell_type"], "metadata": {}}
        old["input" if cell["cell_type"] == "code" else "source"] = cell["source"]
        old_cells.append(old)
    old_notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": old_cells}]}
    hand_in(tmp_path / "in", "old", ROLLBACK, old_notebook)
    assert int(beside_honest(behind, tmp_path).rows["old"]["total"]) == 4


def test_without_bubblewrap_nothing_is_run(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "anna", ROLLBACK, notebook(ROLLBACK, all_right(ROLLBACK)))
    environment = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "checks.cli", "grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt install bubblewrap" in done.stdout
    assert "--no-sandbox" in done.stdout
    assert not (tmp_path / "out" / "gradebook.csv").exists()


def test_a_name_is_shown_without_control_characters() -> None:
    assert who.label("a\nb\x1b[31m\u202e").startswith("a ⏎ b�[31m� ~")
