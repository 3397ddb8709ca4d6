"""A small model server and a registry of real models to serve, for lesson 6.

Called in the notebook 06_registry_rollback. Loads MLflow when it is first used, not when it is imported.
"""

import atexit
import platform
import shutil
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.catalogue import tr
from checks.world.picture import Answered, Picture, predictions
from checks.world.registry import MODEL, State, practice

if TYPE_CHECKING:
    from mlflow import MlflowClient

#: What a server loads.
CHAMPION = f"models:/{MODEL}@champion"

#: The rent of one square metre by version. Version 5 has a bug: a comma was lost in the prices.
RENTS = {1: 11, 2: 12, 3: 9, 4: 13, 5: 130}
#: What people decided. Versions 1 and 2 served until a newer one took their place.
STATUSES = {1: "retired", 2: "retired", 3: "rejected", 4: "approved", 5: "approved"}

_CODE = """from mlflow.models import set_model
from mlflow.pyfunc import PythonModel


class Rent(PythonModel):
    def predict(self, context, model_input: list[int], params=None) -> list[int]:
        return [size * {rent} for size in model_input]


set_model(Rent())
"""
_DESCRIPTION = """flavors:
  python_function:
    loader_module: mlflow.pyfunc.model
    model_code_path: model.py
    python_version: {python}
"""


def save_model(folder: Path, rent: int) -> None:
    """Write a model that MLflow can load: a file of code, and one that says what it is."""
    folder.mkdir(parents=True)
    (folder / "model.py").write_text(_CODE.format(rent=rent), encoding="utf-8")
    (folder / "MLmodel").write_text(_DESCRIPTION.format(python=platform.python_version()), encoding="utf-8")


def rental_registry(champion: int = 4) -> "MlflowClient":
    """A client of a new private registry with five versions of MyModel, which predicts rents.

    From now on `mlflow` uses this registry. It goes, files and all, when the kernel does.
    """
    folder = Path(tempfile.mkdtemp(prefix="workbook-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for version, rent in RENTS.items():
        save_model(folder / str(version), rent)
    return practice(
        State(
            dict.fromkeys(RENTS, "None"),
            aliases={"champion": champion},
            tags={version: {"validation_status": status} for version, status in STATUSES.items()},
            sources={version: str(folder / str(version)) for version in RENTS},
        )
    )


def clean_up(client: "MlflowClient", version: int) -> None:
    """Delete a version's files, as a job that saves space might; the registry is not told."""
    shutil.rmtree(str(client.get_model_version(MODEL, str(version)).source))


class Server:
    """Serves the champion: loads it once, and answers from memory until it is told to load again."""

    def __init__(self) -> None:
        self._model: Any = None
        self._asked: list[Answered] = []
        self.version: int | None = None
        self.load()

    def load(self) -> "Said":
        """Load the version that the alias is on now. If that fails, there is nothing left to answer with."""
        import mlflow

        self._model = self.version = None
        try:
            self._model = mlflow.pyfunc.load_model(CHAMPION)
        except Exception as error:  # a server logs whatever it is, and goes on without a model
            told = f"{type(error).__name__}: {error}"
            return Said(tr("the server has no model: {error}", error=told))
        self.version = int(mlflow.MlflowClient().get_model_version_by_alias(MODEL, "champion").version)
        return Said(tr("the server has loaded version {number}", number=self.version))

    def ask(self, when: str, sizes: Sequence[int] = (45, 50, 62, 80)) -> "Said":
        """Ask for the rents of flats of these sizes (m²); `when` is what the picture calls this moment."""
        found = () if self._model is None else tuple(self._model.predict(list(sizes)))
        self._asked.append(Answered(when, self.version, found))
        if not found:
            return Said(tr("{when}: no answer, as the server has no model", when=when))
        rents = ", ".join(f"{size} m² {rent}" for size, rent in zip(sizes, found, strict=True))
        return Said(tr("{when}, version {number}: {rents}", when=when, number=self.version, rents=rents))

    def picture(self) -> Picture:
        """All that was asked so far, moment by moment."""
        return predictions(self._asked, tr("rent a month"))


class Said(str):
    """A sentence that a notebook shows without quotes."""

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": f"<p>{escape(self)}</p>"}
