"""What lies in a folder of submissions: every file, and why one is not looked at."""

import os
from pathlib import Path

import pytest

from checks.instructor import archives, files
from tests.helpers.collected import packed


def named(folder: Path) -> dict[str, str]:
    """Each file's path, with why it is not looked at; "" where it is."""
    found = files.listing(folder)
    archives.close()
    return {"/".join(file.path): file.why_not for file in found.files}


def test_other_files_are_named_and_what_systems_leave_is_not(tmp_path: Path) -> None:
    names = ("a.7z", "notes.docx", "__MACOSX/._a.ipynb", ".DS_Store", "01_rollback.ipynb")
    packed(tmp_path / "anna" / "work.zip", dict.fromkeys(names, "x"))
    for name in (".ipynb_checkpoints", "Thumbs.db", ".hidden.ipynb"):
        (tmp_path / "anna" / name).touch()
    assert named(tmp_path) == {
        "anna/.hidden.ipynb": "is a hidden file",
        "anna/work.zip/a.7z": "is an archive of another kind than zip: hand in a zip, or the notebooks",
        "anna/work.zip/notes.docx": "is no notebook (.ipynb)",
        "anna/work.zip/01_rollback.ipynb": "",
    }


def test_what_lies_too_deep_or_is_no_file_is_named(tmp_path: Path) -> None:
    deep = tmp_path / "anna" / "/".join("abcdefghij")
    deep.mkdir(parents=True)
    (deep / "01_rollback.ipynb").touch()
    (tmp_path / "anna" / "elsewhere.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "anna" / "pipe.ipynb")
    assert named(tmp_path) == {
        "anna/a/b/c/d/e/f/g/h/…": "lies deeper than 9 folders, and was not looked at",
        "anna/elsewhere.ipynb": "is a symbolic link, and is not followed",
        "anna/pipe.ipynb": "is not a plain file",
    }


def test_folders_archives_and_clones_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "anna" / ".git").mkdir(parents=True)
    packed(tmp_path / "ben.zip", {"work/01_rollback.ipynb": "x"})
    found = files.listing(tmp_path)
    assert found.folders == {("anna",), ("ben.zip",), ("ben.zip", "work")}
    assert found.archives == {("ben.zip",)}
    assert found.clones == {("anna",)}


def test_of_too_many_files_the_rest_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    names = [f"{number}.ipynb" for number in range(5)]
    packed(tmp_path / "anna.zip", dict.fromkeys(names, "x"))
    (tmp_path / "ben").mkdir()
    for name in names:
        (tmp_path / "ben" / name).touch()
    found = named(tmp_path)
    for learner in ("anna.zip", "ben"):
        assert "was not looked at: there are more than" in found[f"{learner}/…"]
        assert sum(path.startswith(f"{learner}/") for path in found) == 4
    # Of too many learners nobody is looked at beyond them either.
    for name in names:
        (tmp_path / f"flat {name}").touch()
    assert "was not looked at: there are more than" in named(tmp_path)["…"]


def test_what_is_too_large_gone_or_no_longer_a_file_is_not_read(tmp_path: Path) -> None:
    for name in ("large.ipynb", "gone.ipynb", "turned.ipynb"):
        (tmp_path / name).write_bytes(b"x" * 11)
    read = {file.path[-1]: file.read for file in files.listing(tmp_path).files}
    assert read["large.ipynb"](11) == b"x" * 11
    (tmp_path / "gone.ipynb").unlink()
    (tmp_path / "turned.ipynb").unlink()
    (tmp_path / "turned.ipynb").symlink_to("/etc/passwd")
    says = {"large": "a notebook may have 10: clear", "gone": "No such file", "turned": "cannot be read"}
    for name, why in says.items():
        with pytest.raises(archives.Unreadable, match=why):
            read[f"{name}.ipynb"](10)


def test_a_folder_that_cannot_be_read_is_told_and_never_raises(tmp_path: Path) -> None:
    assert files.listing(tmp_path / "gone").notices == [
        "The folder of submissions cannot be read: No such file or directory."
    ]
