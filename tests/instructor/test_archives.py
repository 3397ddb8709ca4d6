"""Archives that were handed in: read where they lie, whatever they try, and named where they cannot be."""

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from checks.instructor import archives, files, submission
from checks.lessons import lessons
from tests.helpers.handed_in import notebook

GOOD = json.dumps(notebook("01_rollback", {"rollback.2": "current_version = 'v3'"})).encode()


def packed(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def collect(folder: Path, content: bytes) -> submission.Class:
    (folder / "in" / "anna").mkdir(parents=True)
    (folder / "in" / "anna" / "work.zip").write_bytes(content)
    return submission.collect(folder / "in", lessons())


def told(class_: submission.Class) -> str:
    """What the learner is told of the files that count for nothing."""
    return "\n".join(class_.left_out().get("anna", []))


def test_what_is_in_an_archive_and_in_one_in_it_counts(tmp_path: Path) -> None:
    content = packed(**{"a/inner.zip": packed(**{"01_rollback.ipynb": GOOD})})
    (handed,) = collect(tmp_path, content).handed
    assert handed.file == "work.zip/a/inner.zip/01_rollback.ipynb"
    assert handed.answers == {"rollback.2": "current_version = 'v3'"}


def test_a_third_archive_is_not_looked_into(tmp_path: Path) -> None:
    third = packed(**{"01_rollback.ipynb": GOOD})
    class_ = collect(tmp_path, packed(**{"b.zip": packed(**{"c.zip": third})}))
    assert class_.handed == ()
    assert "work.zip/b.zip/c.zip: is an archive in an archive in an archive" in told(class_)


@pytest.mark.parametrize(
    "name", ["../../01_rollback.ipynb", "/etc/01_rollback.ipynb", "..\\01_rollback.ipynb", "a/../../x.ipynb"]
)
def test_a_name_leads_nowhere(name: str, tmp_path: Path) -> None:
    class_ = collect(tmp_path, packed(**{name: GOOD}))
    assert not [one for one in class_.handed if one.answers]
    assert "leads out of its archive" in told(class_) + str(class_.handed)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["anna", "in", "work.zip"]


def test_a_link_an_encrypted_and_a_broken_member_are_named(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("secret.ipynb", GOOD)
        archive.writestr("broken.ipynb", GOOD)
    raw = bytearray(content.getvalue())
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"secret.ipynb"))
    raw[at + 8] |= 1
    start = raw.index(b"broken.ipynb") + len(b"broken.ipynb")
    raw[start + 5 : start + 15] = b"\xff" * 10
    said = told(collect(tmp_path, bytes(raw)))
    assert "link.ipynb: is a symbolic link" in said
    assert "secret.ipynb: is encrypted" in said
    assert "broken.ipynb: cannot be unpacked" in said


def test_a_bomb_costs_little_and_is_named(tmp_path: Path) -> None:
    most = archives.LARGEST
    class_ = collect(tmp_path, packed(**{"big.ipynb": b" " * (most + 1), "dense.ipynb": b" " * (most - 1)}))
    assert "big.ipynb: has more than 10 MB" in told(class_)
    assert "dense.ipynb: expands to more than 200 times" in told(class_)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"no archive", packed(a=b"b")[:-5]],
    ids=["empty", "two letters", "text", "cut off"],
)
def test_what_is_no_archive_is_named(content: bytes, tmp_path: Path) -> None:
    class_ = collect(tmp_path, content)
    assert class_.learners == ("anna",)
    assert "work.zip: is not a whole zip archive" in told(class_)


def test_an_empty_archive_is_named(tmp_path: Path) -> None:
    assert "work.zip: is an archive without a file in it" in told(collect(tmp_path, packed()))


def test_a_list_without_end_is_not_read(tmp_path: Path) -> None:
    raw = bytearray(packed(a=b"b"))
    struct.pack_into("<L", raw, len(raw) - 22 + 12, archives.LARGEST_LIST + 1)
    assert "has far more files than a submission" in told(collect(tmp_path, bytes(raw)))


def test_only_a_few_archives_are_open_at_a_time(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"a{number}.zip").write_bytes(packed(**{"01_rollback.ipynb": GOOD}))
    found = files.listing(tmp_path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert all(file.read(archives.LARGEST) == GOOD for file in found.files)
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 4
    archives.close()
