"""The names that modules had before there were rooms, for notebooks that were handed in by then.

Imported with the package, here and in the runner's sandbox; nothing of ours uses the old names.
"""

import sys
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType

#: Old name → new name. Notebooks say `from checks.picture import timeline` and `from checks import pipeline`.
NAMES = {
    f"checks.{name}": f"checks.world.{name}"
    for name in ("desk", "durable", "picture", "pipeline", "registry", "serving")
}


class _Former(Loader):
    """Finds a module by its old name, and gives the very module that the new name has."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in NAMES else None

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = import_module(NAMES[module.__name__])


sys.meta_path.append(_Former())
