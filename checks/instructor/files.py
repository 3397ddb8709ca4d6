"""What lies in a folder of submissions: every file, those in zip archives too, and why one is not looked at.

Called by `submission`. Nothing is followed out of the folder, and nothing is unpacked.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from checks.instructor import archives
from checks.instructor.archives import LARGEST, Archive, Unreadable

#: How deep below the folder files are looked for, archives counted as folders; how many of each entry.
DEEPEST, MOST_FILES = 9, 10_000
#: Made by systems and editors, not by people.
_NOISE = ("__", "._", ".ds_store", ".ipynb_checkpoints", "thumbs.db", "desktop.ini")
_OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")

Path_ = tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file: its path's parts below the folder, archives among them, and how to get at most so many bytes.

    `why_not` says why it is no notebook to be read, or is "". Reading raises Unreadable.
    """

    path: Path_
    read: Callable[[int], bytes]
    why_not: str = ""

    @property
    def is_notebook(self) -> bool:
        return self.path[-1].lower().endswith(".ipynb")


@dataclass
class Listing:
    """All that lies in a folder: its files, its folders (archives too), and which of them are git clones."""

    files: list[File] = field(default_factory=list)
    folders: set[Path_] = field(default_factory=set)
    archives: set[Path_] = field(default_factory=set)
    clones: set[Path_] = field(default_factory=set)
    #: What is left out and belongs to nobody.
    notices: list[str] = field(default_factory=list)


def listing(folder: Path) -> Listing:
    """Look through a folder. What cannot be looked at is named, and never raises."""
    found = Listing()
    for entry in _entries(folder, (), found):
        budget = [MOST_FILES]
        for file in _looked_at(entry, (), found):
            if not budget[0]:
                found.files.append(_not_read((entry.name, "…"), _TOO_MANY))
                break
            budget[0] -= 1
            found.files.append(file)
    return found


_TOO_MANY = f"was not looked at: there are more than {MOST_FILES:,} files beside it"


def _looked_at(entry: os.DirEntry[str], above: Path_, found: Listing) -> Iterator[File]:
    path = (*above, entry.name)
    if entry.is_symlink():
        yield _not_read(path, "is a symbolic link, and is not followed")
    elif entry.is_dir(follow_symlinks=False):
        found.folders.add(path)
        if len(path) >= DEEPEST:
            yield _not_read((*path, "…"), _TOO_DEEP)
            return
        for inner in _entries(Path(entry.path), path, found):
            yield from _looked_at(inner, path, found)
    elif not entry.is_file(follow_symlinks=False):
        yield _not_read(path, "is not a plain file")
    else:
        whole = Path(entry.path)
        yield from _file(path, lambda most: _bytes_of(whole, most), Archive(lambda: _opened(whole)), found)


_TOO_DEEP = f"lies deeper than {DEEPEST} folders, and was not looked at"


def _entries(folder: Path, path: Path_, found: Listing) -> list[os.DirEntry[str]]:
    """What lies in a folder, in order, without what is hidden."""
    kept = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == ".git":
                    found.clones.add(path)
                if not _is_noise(entry.name):
                    kept.append(entry)
                if len(kept) > MOST_FILES:
                    found.files.append(_not_read((*path, "…"), _TOO_MANY))
                    break
    except OSError as error:
        why = f"cannot be read: {error.strerror}"
        if path:
            found.files.append(_not_read((*path, "…"), why))
        else:
            found.notices.append(f"The folder of submissions {why}.")
    return sorted(kept, key=lambda entry: entry.name)


def _is_noise(name: str) -> bool:
    hidden = name.startswith(".") and not name.lower().endswith((".ipynb", ".zip"))
    return hidden or name.lower().startswith(_NOISE)


def _file(
    path: Path_, read: Callable[[int], bytes], archive: Archive | None, found: Listing
) -> Iterator[File]:
    """A file as it is, or what is in it if it is an archive; `archive` is None where it lies too deep."""
    name = path[-1].lower()
    if name.startswith("."):
        yield _not_read(path, "is a hidden file")
    elif name.endswith(".zip"):
        if archive is None:
            yield _not_read(path, "is an archive in an archive in an archive, and was not looked into")
        else:
            yield from _in_archive(path, archive, found)
    elif name.endswith(_OTHER_ARCHIVES):
        yield _not_read(path, "is an archive of another kind than zip: hand in a zip, or the notebooks")
    elif name.endswith(".ipynb"):
        yield File(path, read)
    else:
        yield File(path, read, "is no notebook (.ipynb)")


def _in_archive(path: Path_, archive: Archive, found: Listing) -> Iterator[File]:
    is_nested = any(path[:length] in found.archives for length in range(1, len(path)))
    found.folders.add(path)
    found.archives.add(path)
    try:
        members = list(archive.members())
        if not members:
            yield _not_read(path, "is an archive without a file in it")
        for member in members:
            parts = (*path, *member.parts)
            if any(map(_is_noise, member.parts)):
                continue
            if len(parts) > DEEPEST + 1:
                yield _not_read(parts, _TOO_DEEP)
                continue
            found.folders.update(parts[:length] for length in range(len(path) + 1, len(parts)))
            yield from _file(parts, member.read, None if is_nested else archives.nested(member), found)
    except Unreadable as why:
        yield _not_read(path, str(why))


def _not_read(path: Path_, why: str) -> File:
    def read(most: int) -> bytes:
        raise Unreadable(why)

    return File(path, read, why)


def _opened(path: Path) -> IO[bytes]:
    """A plain file, open; nothing that blocks or leads elsewhere. Raises Unreadable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("is not a plain file")
    return os.fdopen(descriptor, "rb")


def _bytes_of(path: Path, most: int) -> bytes:
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise Unreadable(
                f"has {size / 2**20:.0f} MB, and a notebook may have {LARGEST >> 20}: "
                "clear its outputs, save it and hand it in again"
            )
        try:
            return file.read(most)
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror}") from error
