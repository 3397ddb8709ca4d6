"""Zip archives, read where they lie: members as bytes, within bounds; nothing is ever unpacked to a disk.

Called by `files`. An archive is untrusted input of any size and shape: its list of members is measured before
it is read, a member's name leads nowhere, and what a member expands to is bounded while it is read.
"""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

#: Bytes. A lesson has about 100 kB; JSON made to waste memory takes up to 30 times its size.
LARGEST = 10 << 20
#: Bytes of an archive inside another, which is held in memory; of the list of members, about 100 each.
LARGEST_NESTED, LARGEST_LIST = 50 << 20, 2 << 20
#: A notebook shrinks to a tenth; text of one letter to a thousandth.
HIGHEST_RATIO = 200
#: Archives that are kept open: reading the list anew for each member of a class's archive would take minutes.
_KEPT_OPEN = 4

_END, _END_64, _END_LENGTH = b"PK\x05\x06", b"PK\x06\x07", 22


class Unreadable(Exception):
    """A file that cannot be read. Says why, for the learner to read; it completes "NAME …"."""


@dataclass(frozen=True)
class Member:
    """A file in an archive: its path's parts, and how to get at most so many bytes, or Unreadable."""

    parts: tuple[str, ...]
    read: Callable[[int], bytes]


@dataclass(frozen=True, eq=False)
class Archive:
    """A zip archive. `open` opens it anew: the least lately used is closed again."""

    open: Callable[[], IO[bytes]]

    def members(self) -> Iterator[Member]:
        """What is in it, in its order. Raises Unreadable if it is no archive."""
        for info in self._opened().infolist():
            if not info.is_dir():
                yield self._member(info)

    def _member(self, info: zipfile.ZipInfo) -> Member:
        name = info.filename.replace("\\", "/")
        parts = tuple(part for part in name.split("/") if part not in ("", ".", "..")) or ("without a name",)
        if ".." in name.split("/") or name.startswith("/"):
            return Member(parts, _refusing("has a name that leads out of its archive"))
        if stat.S_ISLNK(info.external_attr >> 16):
            return Member(parts, _refusing("is a symbolic link, and is not followed"))
        if info.flag_bits & 1:
            return Member(parts, _refusing("is encrypted: hand it in without a password"))
        return Member(parts, lambda most: self._read(info, most))

    def _read(self, info: zipfile.ZipInfo, most: int) -> bytes:
        try:
            with self._opened().open(info) as member:
                content = member.read(most + 1)
        except Unreadable:
            raise
        except Exception as error:  # zipfile and the decompressors raise what they like on a broken member
            raise Unreadable(f"cannot be unpacked ({type(error).__name__})") from error
        # What the archive says of its sizes may be untrue: what counts is what came.
        if len(content) > most:
            raise Unreadable(
                f"has more than {most >> 20} MB: clear its outputs, save it and hand it in again"
            )
        if len(content) > max(HIGHEST_RATIO * info.compress_size, 1 << 20):
            raise Unreadable(f"expands to more than {HIGHEST_RATIO} times its size, as no notebook does")
        return content

    def _opened(self) -> zipfile.ZipFile:
        if self not in _open:
            if len(_open) >= _KEPT_OPEN:
                _close(next(iter(_open)))
            file = self.open()
            try:
                _measure(file)
                _open[self] = zipfile.ZipFile(file), file
            except Unreadable:
                file.close()
                raise
            except Exception as error:  # as above
                file.close()
                raise Unreadable(_BROKEN) from error
        _open[self] = opened, _ = _open.pop(self)  # lately used
        return opened


_open: dict[Archive, tuple[zipfile.ZipFile, IO[bytes]]] = {}
_BROKEN = "is not a whole zip archive: pack it again and hand it in again"


def close() -> None:
    """Close what is kept open."""
    for archive in list(_open):
        _close(archive)


def _close(archive: Archive) -> None:
    for one in _open.pop(archive):
        one.close()


def nested(member: Member) -> Archive:
    """The archive that a member is."""
    return Archive(lambda: BytesIO(member.read(LARGEST_NESTED)))


def _refusing(why: str) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        raise Unreadable(why)

    return read


def _measure(file: IO[bytes]) -> None:
    """Raise Unreadable for an archive whose list of members is too long to be read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_LENGTH - (1 << 16) - 20))
    tail = file.read()
    at = len(tail) - _END_LENGTH
    if tail[at : at + 4] != _END or tail[-2:] != b"\0\0":  # as zipfile looks for it
        at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_LENGTH:
        raise Unreadable(_BROKEN)
    (listed,) = struct.unpack_from("<L", tail, at + 12)
    if listed > LARGEST_LIST or tail[max(0, at - 20) : at].startswith(_END_64):
        raise Unreadable("has far more files than a submission: unpack it yourself and look into it")
    file.seek(0)
