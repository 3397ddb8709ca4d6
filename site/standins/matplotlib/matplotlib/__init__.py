"""Stands for matplotlib, which needs numpy: draws what the lessons' pictures are made of."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def rc_context(settings: object) -> Iterator[None]:
    """The drawing has its own settings."""
    yield
