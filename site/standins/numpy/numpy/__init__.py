"""Stands for numpy, whose names MLflow uses in type hints and to ask what a value is: none is of its.

Every name is a class of its own, without values.
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


def __getattr__(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return globals().setdefault(name, type(name, (), {}))
