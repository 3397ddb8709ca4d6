"""A private MLflow registry on SQLite in milliseconds, from a template made once.

Called by the runner, by lessons that show a registry and, as `python -m checks.registry`, by `make setup`.
Importing it does not import MLflow, and neither do `create` and `stages`.
"""

import contextlib
import logging
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version as installed_version
from pathlib import Path

import platformdirs

#: The model that every lesson is about.
MODEL = "MyModel"

#: Milliseconds since 1970: 2026-01-05 09:00 UTC. Fixed, so that what shows a time is the same on every run.
CREATED = 1_767_603_600_000
#: Milliseconds between one version's creation and the next one's.
APART = 60_000


def template_path() -> Path:
    """Where the template of the installed MLflow is kept; it may not have been made yet."""
    name = f"registry-mlflow-{installed_version('mlflow-skinny')}.db"
    return platformdirs.user_cache_path("mlops-workbook") / name


def template(path: Path | None = None) -> Path:
    """An empty registry with MLflow's own tables, made by MLflow's migrations (2 s) if it is not there yet.

    `path` defaults to `template_path()`. Where that cannot be written, the system's temporary folder serves.
    """
    path = path or template_path()
    if path.exists():
        return path
    try:
        return _make(path)
    except OSError:
        path = Path(tempfile.gettempdir()) / path.name
        return path if path.exists() else _make(path)


def _make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".registry-") as folder:
        draft = Path(folder) / "registry.db"
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

        with _quiet():
            # Holds the registry's tables too, and the experiment that MLflow wants to find in every store.
            store = SqlAlchemyStore(_uri(draft), "mlruns")  # type: ignore[no-untyped-call]
        store.engine.dispose()
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute(
                "UPDATE experiments SET artifact_location = 'mlruns/0', creation_time = ?,"
                " last_update_time = ?",
                (CREATED, CREATED),
            )
            connection.execute("VACUUM")
        draft.replace(path)  # at once: two processes may be making it
    return path


def create(path: Path, versions: Mapping[int, str] | None = None, template_file: Path | None = None) -> Path:
    """Make a registry at `path`; with `versions`, it holds MyModel with these versions at these stages.

    Written as MLflow's own store writes them (`create_model_version`, then `transition_model_version_stage`),
    a minute apart in the order of their numbers, so the newest was touched last. Raises ValueError unless
    the versions count from 1 without gaps.
    """
    if versions is not None and sorted(versions) != list(range(1, len(versions) + 1)):
        raise ValueError(f"A registry's versions count from 1 without gaps; these are {sorted(versions)}.")
    shutil.copyfile(template_file or template(), path)
    if versions is None:
        return path
    last = CREATED + APART * len(versions)
    rows = [
        (
            MODEL,
            number,
            CREATED + APART * number,
            CREATED + APART * number,
            versions[number],
            f"models/{number}",
        )
        for number in sorted(versions)
    ]
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "INSERT INTO registered_models (name, creation_time, last_updated_time) VALUES (?, ?, ?)",
            (MODEL, CREATED, last),
        )
        connection.executemany(
            "INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage,"
            " source, storage_location, status) VALUES (?, ?, ?, ?, ?, ?6, ?6, 'READY')",
            rows,
        )
    return path


def stages(path: Path) -> dict[int, str]:
    """MyModel's versions and their stages, read without MLflow; empty if the file is no registry any more.

    The file may be anything: an answer had it. Reading it takes a bounded time.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return {}
        with contextlib.closing(sqlite3.connect(path, timeout=1.0)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000)
            connection.set_progress_handler(lambda: 1, 10_000_000)  # a table may be an endless view by now
            found = connection.execute(
                "SELECT version, current_stage FROM model_versions"
                " WHERE name = ? AND current_stage <> 'Deleted_Internal' ORDER BY version LIMIT 1000",
                (MODEL,),
            ).fetchall()
    except (OSError, sqlite3.Error, ValueError):
        return {}
    return {number: stage for number, stage in found if type(number) is int and isinstance(stage, str)}


def point_mlflow_at(path: Path) -> None:
    """Let this process's MLflow use the registry at `path`, for tracking too."""
    import mlflow

    _remember_schema_revision()
    mlflow.set_tracking_uri(_uri(path))
    mlflow.set_registry_uri(_uri(path))


def warm_up(path: Path) -> None:
    """Make a job's usual calls on the registry at `path`, so that a fork finds all of it loaded.

    `path` must hold versions 1 and 2 of MyModel. A fork that uses the very same path, whatever file that
    leads to by then, also finds MLflow's stores open and their SQL compiled, which saves two thirds of a job.
    """
    from mlflow.tracking import MlflowClient

    point_mlflow_at(path)
    with _quiet():
        client = MlflowClient()
        client.search_model_versions(f"name = '{MODEL}'")
        client.get_model_version(MODEL, "1")
        client.get_latest_versions(MODEL, stages=["None"])
        client.transition_model_version_stage(MODEL, "1", "Production", archive_existing_versions=True)
        client.set_registered_model_alias(MODEL, "champion", "1")
    _forget_engines()


def _remember_schema_revision() -> None:
    """Keep the newest revision: MLflow 3.17 reads 67 files for it whenever it opens a store (90 ms)."""
    import functools

    from mlflow.store.db import utils

    work_out = getattr(utils, "_get_latest_schema_revision", None)
    if work_out is not None and not hasattr(work_out, "cache_info"):
        utils._get_latest_schema_revision = functools.cache(work_out)


def _forget_engines() -> None:
    """Close the connections of all stores of this process: a fork must not share one with its parent."""
    import gc

    import sqlalchemy

    for thing in gc.get_objects():
        if type(thing) is sqlalchemy.Engine:
            thing.dispose()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence what MLflow and Alembic log and warn while making or moving things."""
    import warnings

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _uri(path: Path) -> str:
    return f"sqlite:///{path.absolute().as_posix()}"


def main() -> None:
    """Make the template and say where it is kept."""
    template()
    print(f"The registry's template for MLflow {installed_version('mlflow-skinny')} is ready.")


if __name__ == "__main__":
    main()
