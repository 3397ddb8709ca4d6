"""The small course of tests/helpers/small_course.py, written to a folder."""

from pathlib import Path

import pytest

from tests.helpers.small_course import FILES, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the small course with changes: a file → (what stands in it, what shall stand there)."""

    def write(changes: dict[str, tuple[str, str] | str | bytes | None] | None = None) -> Path:
        changed: dict[str, str | bytes | None] = dict(FILES)
        for name, change in (changes or {}).items():
            if isinstance(change, tuple):
                old, new = change
                assert FILES[name].count(old) == 1, (name, old)
                changed[name] = FILES[name].replace(old, new)
            else:
                changed[name] = change
        for name, text in changed.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            if text is not None:
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write
