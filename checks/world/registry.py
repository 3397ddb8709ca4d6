"""A private MLflow registry on SQLite in milliseconds, from a template made once.

Called by the runner, by lessons that show a registry and, as `python -m checks.world.registry`, by
`make setup`. Importing it does not import MLflow, and neither do `create` and `state`.
"""

import atexit
import contextlib
import logging
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import platformdirs

if TYPE_CHECKING:
    import sqlalchemy
    from mlflow import MlflowClient

#: The model that every lesson is about.
MODEL = "MyModel"

#: Milliseconds since 1970: 2026-01-05 09:00 UTC. Fixed, so that what shows a time is the same on every run.
CREATED = 1_767_603_600_000
#: Milliseconds between one version's creation and the next one's.
APART = 60_000


@dataclass(frozen=True)
class State:
    """What a registry holds of MyModel: to seed one with, and as one was found.

    `stages` is version → stage and names every version. `tags` and `descriptions` are of versions, those
    without any left out; `model_tags` are the model's own. `sources` says where a version's files lie (from
    where the answer runs, or `models/<version>`) and `touched` which were changed since they were made, the
    last one last; neither is read back. `others` are the registry's other models, by name.
    """

    stages: Mapping[int, str]
    aliases: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    model_tags: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    touched: Sequence[int] = ()
    others: Mapping[str, "State"] = field(default_factory=dict)


K = TypeVar("K")
V = TypeVar("V")

#: What a registry can be seeded with; version → stage is short for a State of stages alone.
Seed = Mapping[int, str] | State


def template_path() -> Path:
    """Where the template of the installed MLflow is kept; it may not have been made yet."""
    if sys.platform == "emscripten":  # the browser edition brings it along
        return Path(__file__).with_name("registry.db")
    name = f"registry-mlflow-{installed_version('mlflow-skinny')}.db"
    try:
        return platformdirs.user_cache_path("mlops-workbook") / name
    except RuntimeError:  # a user without HOME and without an entry in passwd
        return Path(tempfile.gettempdir()) / name


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


def create(path: Path, seed: Seed | None = None, template_file: Path | None = None) -> Path:
    """Make a registry at `path`; with `seed`, it holds MyModel with these versions and what goes with them.

    Written as MLflow's own store writes them (`create_model_version`, then `transition_model_version_stage`,
    `set_model_version_tag` and so on), a minute apart in the order of their numbers, so the newest was
    touched last but for those in `touched`. A gap between the numbers is where a version was deleted, as
    MLflow does not use a number again *(run)*. Raises ValueError unless the versions count from 1, and what
    goes with them goes with one of them.
    """
    state = _state(seed)
    shutil.copyfile(template_file or template(), path)
    if seed is None:
        return path
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        for name, model in {MODEL: state, **state.others}.items():
            _insert(connection, name, model)
    return path


def _insert(connection: sqlite3.Connection, name: str, state: State) -> None:
    """Write a model of this name and all that the state says of it."""
    last = CREATED + APART * max(state.stages, default=0)
    changed = {number: last + APART * place for place, number in enumerate(state.touched, 1)}
    rows = [
        (
            name,
            number,
            CREATED + APART * number,
            changed.get(number, CREATED + APART * number),
            state.stages[number],
            state.sources.get(number, f"models/{number}"),
            state.descriptions.get(number),
        )
        for number in sorted(state.stages)
    ]
    connection.execute(
        "INSERT INTO registered_models (name, creation_time, last_updated_time) VALUES (?, ?, ?)",
        (name, CREATED, max([last, *changed.values()])),
    )
    connection.executemany(
        "INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage,"
        " source, storage_location, description, status) VALUES (?, ?, ?, ?, ?, ?6, ?6, ?7, 'READY')",
        rows,
    )
    connection.executemany(
        "INSERT INTO model_version_tags (name, version, key, value) VALUES (?, ?, ?, ?)",
        [(name, number, *tag) for number, tags in state.tags.items() for tag in tags.items()],
    )
    connection.executemany(
        "INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)",
        [(name, *alias) for alias in state.aliases.items()],
    )
    connection.executemany(
        "INSERT INTO registered_model_tags (name, key, value) VALUES (?, ?, ?)",
        [(name, *tag) for tag in state.model_tags.items()],
    )


def _state(seed: Seed | None) -> State:
    state = seed if isinstance(seed, State) else State(seed or {})
    for model in (state, *state.others.values()):
        _check(model)
    return state


def _check(state: State) -> None:
    versions = sorted(state.stages)
    if any(number < 1 for number in versions):
        raise ValueError(f"A registry's versions count from 1; these are {versions}.")
    for number in (
        *state.aliases.values(),
        *state.tags,
        *state.descriptions,
        *state.sources,
        *state.touched,
    ):
        if number not in state.stages:
            raise ValueError(f"There is no version {number} to seed; the versions are {versions}.")


#: The other models, a handful of them: an answer may have made any number.
_OTHERS = "SELECT name FROM registered_models WHERE name <> ? ORDER BY name LIMIT 5"
_FOUND = {
    "stages": "SELECT version, current_stage FROM model_versions"
    " WHERE name = ? AND current_stage <> 'Deleted_Internal' ORDER BY version LIMIT 1000",
    "descriptions": "SELECT version, description FROM model_versions"
    " WHERE name = ? AND current_stage <> 'Deleted_Internal' ORDER BY version LIMIT 1000",
    "aliases": "SELECT alias, version FROM registered_model_aliases WHERE name = ? ORDER BY alias LIMIT 1000",
    "tags": "SELECT version, key, value FROM model_version_tags WHERE name = ?"
    " ORDER BY version, key LIMIT 1000",
    "model_tags": "SELECT key, value FROM registered_model_tags WHERE name = ? ORDER BY key LIMIT 1000",
}


def state(path: Path, until: float | None = None) -> State:
    """What the registry holds of MyModel, read without MLflow; nothing if the file is no registry any more.

    The file may be anything: an answer had it. Reading it takes a bounded time, so nothing but regular files
    is opened, and a write that was broken off is not undone: its journal may name further files to open.
    `until` bounds it by this thread's own time (`time.thread_time`), which a busy machine does not use up;
    None: two seconds from now.
    """
    try:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                if not stat.S_ISREG(path.with_name(path.name + suffix).lstat().st_mode):
                    return State({})
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=1.0)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
            looks = _looks(
                time.thread_time() + 2 if until is None else until
            )  # a table may be an endless view
            connection.set_progress_handler(lambda: next(looks), 100)
            names = [name for (name,) in connection.execute(_OTHERS, (MODEL,)) if isinstance(name, str)]
            others = {name: _read(connection, name) for name in names}
            return replace(_read(connection, MODEL), others=others)
    except (OSError, sqlite3.Error, ValueError):
        return State({})


def _read(connection: sqlite3.Connection, name: str) -> State:
    """What the registry holds of this model."""
    found = {what: connection.execute(query, (name,)).fetchall() for what, query in _FOUND.items()}
    stages = _pairs(found["stages"], int, str)
    tags: dict[int, dict[str, str]] = {}
    for number, key, value in found["tags"]:
        if number in stages and isinstance(key, str) and isinstance(value, str):
            tags.setdefault(number, {})[key] = value
    return State(
        stages=stages,
        aliases=_pairs(found["aliases"], str, int),
        tags=tags,
        model_tags=_pairs(found["model_tags"], str, str),
        descriptions=_pairs(found["descriptions"], int, str),
    )


def _looks(until: float) -> Iterator[bool]:
    """Whether to stop reading, asked every 100 steps of SQLite's machine, some of which take milliseconds.

    After 10 million steps, or when this thread has worked until then (`time.thread_time`).
    """
    for _ in range(100_000):
        yield time.thread_time() > until
    while True:
        yield True


def _pairs(rows: list[tuple[object, object]], key: type[K], value: type[V]) -> dict[K, V]:
    """The rows that have these types: SQLite keeps in any column what it is given."""
    return {one: other for one, other in rows if isinstance(one, key) and isinstance(other, value)}


def practice(seed: Seed, **goes_with: Any) -> "MlflowClient":
    """A client of a new private registry, for a notebook to try things on; it goes when the kernel does.

    `goes_with` are the other fields of a State: `practice({1: "None"}, aliases={"champion": 1})`. From now on
    `mlflow` itself uses this registry too, and so does an address such as `models:/MyModel@champion`.
    """
    state = seed if isinstance(seed, State) else State(seed, **goes_with)
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    folder = Path(tempfile.mkdtemp(prefix="workbook-registry-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = create(folder / "registry.db", state)
    with _quiet():
        from mlflow import MlflowClient

        point_mlflow_at(path)
        client = MlflowClient()
        client.search_model_versions(f"name = '{MODEL}'")  # opens the store, which logs
    return client


def state_of(client: "MlflowClient") -> State:
    """What the practice registry of this client holds of MyModel now."""
    return state(Path(client.tracking_uri.removeprefix("sqlite:///")))


def point_mlflow_at(path: Path) -> None:
    """Let this process's MLflow use the registry at `path`, for tracking too, whatever was there before."""
    import mlflow

    _remember_schema_revision()
    for engine in _warm:
        engine.dispose()
    mlflow.set_tracking_uri(_uri(path))
    mlflow.set_registry_uri(_uri(path))


def warm_up(path: Path) -> None:
    """Make a job's usual calls on the registry at `path`, so that a fork finds all of it loaded.

    `path` must hold versions 1 and 2 of MyModel. A fork that uses the very same path, whatever file that
    leads to by then, also finds MLflow's stores open and their SQL compiled, which saves two thirds of a job.
    """
    import mlflow.pyfunc  # noqa: F401 -- MLflow leaves it out until a model is loaded (0.1 s)
    from mlflow.tracking import MlflowClient

    _ask_briefly_for_prompts(MlflowClient)
    point_mlflow_at(path)
    with _quiet():
        client = MlflowClient()
        client.search_model_versions(f"name = '{MODEL}'")
        client.get_model_version(MODEL, "1")
        client.get_latest_versions(MODEL, stages=["None"])
        client.transition_model_version_stage(MODEL, "1", "Production", archive_existing_versions=True)
        client.set_registered_model_alias(MODEL, "champion", "1")
        client.get_model_version_by_alias(MODEL, "champion")
        client.set_model_version_tag(MODEL, "1", "seen", "yes")
    _forget_engines()


#: What the warm stores connect by.
_warm: "list[sqlalchemy.Engine]" = []


def _remember_schema_revision() -> None:
    """Keep the newest revision: MLflow 3.17 reads 67 files for it whenever it opens a store (90 ms)."""
    import functools

    from mlflow.store.db import utils

    work_out = getattr(utils, "_get_latest_schema_revision", None)
    if work_out is not None and not hasattr(work_out, "cache_info"):
        utils._get_latest_schema_revision = functools.cache(work_out)


def _ask_briefly_for_prompts(client: "type[MlflowClient]") -> None:
    """Ask in one query whether a model is a prompt.

    MLflow 3.17 asks this before every write, for which it loads the model with its latest versions: three
    quarters of the time of `set_model_version_tag`. Where the answer is not a plain no, MLflow is asked.
    """
    import functools

    import sqlalchemy

    ask = client._raise_if_prompt
    if hasattr(ask, "__wrapped__"):
        return
    plain_no = sqlalchemy.text(
        "SELECT 1 FROM registered_models WHERE name = :name AND NOT EXISTS"
        " (SELECT 1 FROM registered_model_tags WHERE name = :name AND key = 'mlflow.prompt.is_prompt')"
    )

    @functools.wraps(ask)
    def briefly(self: "MlflowClient", name: str) -> None:
        with contextlib.suppress(Exception):
            store = self._get_registry_client().store  # type: ignore[no-untyped-call]
            with store.engine.connect() as connection:
                if connection.execute(plain_no, {"name": name}).first():
                    return
        ask(self, name)

    client._raise_if_prompt = briefly  # type: ignore[method-assign]


def _forget_engines() -> None:
    """Close the connections of all stores of this process: a fork must not share one with its parent."""
    import gc

    import sqlalchemy

    for thing in gc.get_objects():
        if type(thing) is sqlalchemy.Engine:
            thing.dispose()
            _warm.append(thing)


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
