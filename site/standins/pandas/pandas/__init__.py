"""Stands for pandas, as the stand-in for numpy beside it does for numpy."""

__version__ = "2.3.0"


def _missing(*_: object, **__: object) -> None:
    raise ModuleNotFoundError("No module named 'pandas': it is not in the browser edition.", name="pandas")


def __getattr__(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return globals().setdefault(name, type(name, (), {"__init__": _missing}))
