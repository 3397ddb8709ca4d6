"""Stands for numpy, whose names MLflow uses in type hints and to ask what a value is: none is of its.

Every name is a class of its own, without values. Whoever wants more of it is told that it is not there.
"""

__version__ = "2.4.0"


class dtype:
    """Known by its name."""

    def __init__(self, name: object) -> None:
        self.name = getattr(name, "__name__", str(name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dtype) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def type(self) -> object:
        return __getattr__(self.name)

    @property
    def kind(self) -> str:
        return self.name[:1]


def _missing(*_: object, **__: object) -> None:
    raise ModuleNotFoundError("No module named 'numpy': it is not in the browser edition.", name="numpy")


def __getattr__(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return globals().setdefault(name, type(name, (), {"__init__": _missing}))
