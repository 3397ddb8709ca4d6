"""Words for what a situation says, shared by the lessons' situations.py."""

from collections.abc import Mapping, Sequence


def listed(words: list[str]) -> str:
    """Such as `v1, v2 and v3`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def spelled(text: str) -> str:
    """A name or a word of somebody's; in quotes where a blank or another sign would else not be seen."""
    return text if text.isalnum() else f"`{text!r}`"


def versions(numbers: Sequence[int]) -> str:
    """Such as `versions 1, 2 and 5`."""
    return f"version{'s' * (len(numbers) > 1)} {listed([*map(str, numbers)])}"


def retagged(since: tuple[int, int, str | None] | None, calls: int) -> str:
    """That before one of so many calls, counted from 0, a version is given another tag; "" where none is."""
    if since is None:
        return ""
    place, version, status = since
    which = ("the first of ", "the second of ", "the third of ")[place] if calls > 1 else ""
    return f", just before {which}which version {version} is tagged `{status}`"


def that_hold(about: Mapping[str, bool]) -> tuple[str, ...]:
    """Those of the things that may be true of a situation that are."""
    return tuple(text for text, holds in about.items() if holds)
