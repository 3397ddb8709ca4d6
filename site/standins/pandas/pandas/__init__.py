"""Stands for pandas, as the stand-in for numpy beside it does for numpy."""

__version__ = "2.3.0"


def __getattr__(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return globals().setdefault(name, type(name, (), {}))
