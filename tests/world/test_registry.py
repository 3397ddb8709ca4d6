"""A registry written by us is one that MLflow itself would have written, and every job has its own."""

import os
import sqlite3
import subprocess
import sys
import textwrap
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from checks.runner import Given, Job, Observe, Runner
from checks.world import registry

VERSIONS = {1: "Archived", 2: "Production", 3: "Staging", 4: "None", 5: "None"}


@pytest.fixture(scope="module")
def warm():
    with Runner(mlflow=True) as runner:
        yield runner


@pytest.fixture(scope="module")
def cold():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_RUNNER", "fresh")
        runner = Runner(mlflow=True)
    with runner:
        yield runner


def run(runner, code, *names, versions=VERSIONS, attribute="version"):
    observe = tuple(Observe(name, attribute) for name in names)
    asked = Job(textwrap.dedent(code), observe=observe, seconds=30.0, given=Given(registry=versions))
    return runner.run(asked)


def numbers(value):
    kind, items = value
    assert kind == "list"
    return [int(item[-1][-1]) if item[0] == "object" else int(item[-1]) for item in items]


@pytest.fixture
def client_of(monkeypatch):
    """A client of MLflow in this process for a registry file."""
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    from mlflow.tracking import MlflowClient

    def make(path):
        return MlflowClient(f"sqlite:///{path}", f"sqlite:///{path}")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # MLflow's own, on stages and on SQLAlchemy
        yield make


def rows(path):
    """All rows of all tables, without what differs with the time."""
    found = {}
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found[table] = [
            {name: row[name] for name in row.keys() if not name.endswith("_time")}  # noqa: SIM118
            for row in connection.execute(f"SELECT * FROM {table}")
        ]
    connection.close()
    return found


def test_a_seeded_registry_equals_one_that_mlflow_made(tmp_path, client_of):
    ours = registry.create(tmp_path / "ours.db", VERSIONS)
    theirs = registry.create(tmp_path / "theirs.db")
    client = client_of(theirs)
    client.create_registered_model(registry.MODEL)
    for number, stage in VERSIONS.items():
        client._get_registry_client().store.create_model_version(registry.MODEL, f"models/{number}")
        if stage != "None":
            client.transition_model_version_stage(registry.MODEL, str(number), stage)
        time.sleep(0.002)  # MLflow orders what it finds by the millisecond
    assert rows(ours) == rows(theirs)

    def seen(client):
        model = client.get_registered_model(registry.MODEL)
        return [
            [
                {name: value for name, value in version if not name.endswith("timestamp")}
                for version in (
                    *client.search_model_versions(f"name = '{registry.MODEL}'"),
                    *sorted(model.latest_versions, key=lambda version: version.version),
                    client.get_model_version(registry.MODEL, "2"),
                )
            ],
            {name: value for name, value in model if name in ("name", "aliases", "tags", "description")},
        ]

    assert seen(client_of(ours)) == seen(client)


def test_the_newest_version_was_touched_last(tmp_path, client_of):
    client = client_of(registry.create(tmp_path / "r.db", VERSIONS))
    found = client.search_model_versions(f"name = '{registry.MODEL}'")
    assert [int(version.version) for version in found] == [5, 4, 3, 2, 1]
    created = [version.creation_timestamp for version in reversed(found)]
    assert created == [registry.CREATED + registry.APART * number for number in VERSIONS]
    model = client.get_registered_model(registry.MODEL)
    assert model.creation_timestamp == registry.CREATED and model.last_updated_timestamp == created[-1]


FULL = registry.State(
    {1: "Archived", 2: "Production", 3: "None"},
    aliases={"champion": 2, "challenger": 3},
    tags={1: {"validation_status": "rejected", "by": "ana"}, 3: {"validation_status": "pending"}},
    model_tags={"owner": "team-a"},
    descriptions={2: "Trained on May."},
    sources={3: "somewhere/else"},
)


def test_aliases_tags_descriptions_and_sources_are_what_mlflow_writes(tmp_path, client_of):
    ours = registry.create(tmp_path / "ours.db", FULL)
    theirs = registry.create(tmp_path / "theirs.db", FULL.stages)
    client = client_of(theirs)
    for alias, number in FULL.aliases.items():
        client.set_registered_model_alias(registry.MODEL, alias, str(number))
    for number, tags in FULL.tags.items():
        for key, value in tags.items():
            client.set_model_version_tag(registry.MODEL, str(number), key, value)
    client.set_registered_model_tag(registry.MODEL, "owner", "team-a")
    client.update_model_version(registry.MODEL, "2", "Trained on May.")
    found, wanted = rows(ours), rows(theirs)
    for row in wanted["model_versions"]:
        if row["version"] == 3:
            row["source"] = row["storage_location"] = "somewhere/else"
    assert found == wanted
    assert registry.state(ours) == replace(FULL, sources={})
    assert client_of(ours).get_model_version_by_alias(registry.MODEL, "champion").version == 2
    client_of(ours).delete_model_version(registry.MODEL, "2")
    assert registry.state(ours).aliases == {"challenger": 3}


@pytest.mark.parametrize(
    "goes_with", [{"aliases": {"champion": 4}}, {"tags": {4: {}}}, {"sources": {0: "x"}}]
)
def test_what_goes_with_a_version_needs_the_version(tmp_path, goes_with):
    with pytest.raises(ValueError, match="There is no version"):
        registry.create(tmp_path / "r.db", replace(FULL, **goes_with))


def test_a_jobs_registry_has_all_that_it_was_seeded_with(warm):
    code = """
        client = mlflow.tracking.MlflowClient()
        client.set_registered_model_alias("MyModel", "champion", "3")
        client.delete_model_version_tag("MyModel", "1", "by")
        source = client.get_model_version("MyModel", "3").source
    """
    found = run(warm, code, "source", versions=FULL)
    assert found.values["source"] == ("str", "somewhere/else")
    assert found.registry == replace(
        FULL,
        aliases={"champion": 3, "challenger": 3},
        tags={1: {"validation_status": "rejected"}, 3: {"validation_status": "pending"}},
        sources={},
    )


def test_two_registries_are_the_same_to_the_byte(tmp_path):
    one, other = (registry.create(tmp_path / name, VERSIONS).read_bytes() for name in ("a.db", "b.db"))
    assert one == other


def test_versions_count_from_one(tmp_path):
    with pytest.raises(ValueError, match="count from 1"):
        registry.create(tmp_path / "r.db", {0: "None", 1: "None"})


def test_gaps_are_what_a_deletion_leaves(tmp_path, client_of):
    ours = registry.create(tmp_path / "ours.db", {2: "Production", 4: "None"})
    theirs = registry.create(tmp_path / "theirs.db", {1: "None", 2: "Production", 3: "None", 4: "None"})
    for number in ("1", "3"):
        client_of(theirs).delete_model_version(registry.MODEL, number)
    for client in map(client_of, (ours, theirs)):
        assert sorted(mv.version for mv in client.search_model_versions("name = 'MyModel'")) == [2, 4]
        assert client.create_model_version(registry.MODEL, "models/5").version == 5
    assert registry.state(ours) == registry.state(theirs)


def test_a_search_gives_what_was_touched_last_first(tmp_path, client_of):
    state = registry.State(dict.fromkeys((1, 2, 3, 4), "None"), touched=(1, 3))
    client = client_of(registry.create(tmp_path / "r.db", state))
    found = [mv.version for mv in client.search_model_versions("name = 'MyModel'")]
    assert found == [3, 1, 4, 2]
    client.update_model_version(registry.MODEL, "2", "looked at")
    assert client.search_model_versions("name = 'MyModel'")[0].version == 2


def test_other_models_are_seeded_and_read_too(tmp_path, client_of, warm):
    other = registry.State(
        {1: "Production", 3: "None"}, {"champion": 3}, {1: {"validation_status": "approved"}}
    )
    state = replace(FULL, others={"OtherModel": other})
    path = registry.create(tmp_path / "r.db", state)
    assert registry.state(path) == replace(state, sources={})
    client = client_of(path)
    assert client.get_model_version_by_alias("OtherModel", "champion").version == 3
    found = client.search_model_versions("tags.validation_status = 'approved'")
    assert [(mv.name, mv.version) for mv in found] == [("OtherModel", 1)]
    code = 'mlflow.MlflowClient().set_registered_model_alias("OtherModel", "champion", "1")'
    ran = run(warm, code, versions=state)
    assert ran.registry.others == {"OtherModel": replace(other, aliases={"champion": 1})}


def test_each_model_is_checked(tmp_path):
    state = registry.State({1: "None"}, others={"Other": registry.State({1: "None"}, {"champion": 2})})
    with pytest.raises(ValueError, match="no version 2"):
        registry.create(tmp_path / "r.db", state)


@pytest.mark.parametrize("versions", [{}, {1: "None"}, VERSIONS, dict(reversed(VERSIONS.items()))])
def test_stages_reads_what_create_wrote(tmp_path, versions):
    assert registry.state(registry.create(tmp_path / "r.db", versions)).stages == versions


def test_state_follows_mlflow(tmp_path, client_of):
    path = registry.create(tmp_path / "r.db", VERSIONS)
    client = client_of(path)
    client.transition_model_version_stage("MyModel", "3", "Production", archive_existing_versions=True)
    client.delete_model_version("MyModel", "1")
    client.create_registered_model("Another")
    client.create_model_version("Another", "models/a")
    assert registry.state(path).stages == {2: "Archived", 3: "Production", 4: "None", 5: "None"}
    client.delete_registered_model("MyModel")
    assert registry.state(path).stages == {}


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE model_versions",
        "DROP TABLE model_versions; CREATE VIEW model_versions AS WITH RECURSIVE n(version) AS"
        " (SELECT 1 UNION ALL SELECT version + 1 FROM n) SELECT version, 'MyModel' AS name,"
        " 'None' AS current_stage FROM n WHERE version < 0",
        "DROP TABLE model_versions; CREATE VIEW model_versions AS"
        " SELECT 1 AS version, 'MyModel' AS name, hex(zeroblob(400000000)) AS current_stage",
        "DROP TABLE model_versions; CREATE VIEW model_versions AS"
        " SELECT 1.5 AS version, 'MyModel' AS name, x'ff' AS current_stage",
    ],
)
def test_stages_of_a_damaged_registry(tmp_path, damage):
    path = registry.create(tmp_path / "r.db", VERSIONS)
    connection = sqlite3.connect(path)
    connection.executescript(damage)
    connection.close()
    began = time.monotonic()
    assert registry.state(path).stages == {}
    assert time.monotonic() - began < 10


def test_stages_of_what_is_no_registry(tmp_path):
    path = tmp_path / "r.db"
    assert registry.state(path).stages == {} and not path.exists()
    path.write_bytes(b"garbage" * 1_000)
    assert registry.state(path).stages == {}
    path.unlink()
    os.mkfifo(path)
    assert registry.state(path).stages == {}
    path.unlink()
    path.symlink_to(registry.template())
    assert registry.state(path).stages == {}


def test_the_template_is_made_once_and_holds_nothing(tmp_path):
    path = tmp_path / "cache" / "t.db"
    with ThreadPoolExecutor(2) as pool:
        code = (
            "import sys, pathlib; from checks import registry; registry.template(pathlib.Path(sys.argv[1]))"
        )
        made = list(
            pool.map(
                lambda _: subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True),
                range(2),
            )
        )
    assert [(each.returncode, each.stdout, each.stderr) for each in made] == [(0, "", "")] * 2
    assert [file.name for file in path.parent.iterdir()] == ["t.db"]
    assert path.stat().st_size < 2_000_000
    before = path.stat()
    assert registry.template(path) == path and path.stat() == before
    assert registry.state(path).stages == {} and rows(path) == rows(registry.template())


def test_without_a_cache_a_temporary_folder_serves(tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setattr(registry.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(registry, "_make", lambda path, make=registry._make: make(path))
    assert registry.template(blocked / "t.db") == tmp_path / "t.db"
    assert registry.template(blocked / "t.db") == tmp_path / "t.db"


def test_another_mlflow_has_another_template(monkeypatch):
    before = registry.template_path()
    monkeypatch.setattr(registry, "installed_version", lambda name: "3.99.0")
    assert registry.template_path() != before


def test_reading_and_writing_need_no_mlflow():
    code = """
import pathlib, sys, tempfile
from checks.world import registry
with tempfile.TemporaryDirectory() as folder:
    print(registry.state(registry.create(pathlib.Path(folder) / "r.db", {1: "Staging"})).stages)
print("mlflow" in sys.modules)
"""
    registry.template()
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.stdout.split("\n") == ["{1: 'Staging'}", "False", ""] and found.stderr == ""


TRANSITION = """
client = mlflow.tracking.MlflowClient()
found = client.search_model_versions("name = 'MyModel'")
newest = [v for v in found if v.current_stage == "Staging"]
client.transition_model_version_stage(
    "MyModel", newest[0].version, "Production", archive_existing_versions=True
)
print(client.get_model_version("MyModel", "3").current_stage)
"""


@pytest.mark.parametrize("which", ["warm", "cold"])
def test_an_answer_uses_mlflow_as_in_the_lesson(request, which):
    found = run(request.getfixturevalue(which), TRANSITION, "found", "newest")
    assert found.ended == "finished", found.raised
    assert numbers(found.values["found"]) == [5, 4, 3, 2, 1]
    assert numbers(found.values["newest"]) == [3]
    assert found.registry.stages == {1: "Archived", 2: "Archived", 3: "Production", 4: "None", 5: "None"}
    assert found.printed == "Production\n"


def test_a_runner_without_mlflow_serves_a_registry_too():
    with Runner() as runner:
        assert run(runner, TRANSITION).registry.stages == {
            1: "Archived",
            2: "Archived",
            3: "Production",
            4: "None",
            5: "None",
        }


def test_an_answer_that_fails_half_way_leaves_what_it_did(warm):
    found = run(warm, TRANSITION + "\n1 / 0")
    assert found.ended == "raised" and found.raised.line == 10
    assert found.registry.stages[3] == "Production"
    found = run(warm, TRANSITION + "\nimport os; os._exit(0)")
    assert found.ended == "exited" and found.registry.stages[3] == "Production"


def test_an_error_of_mlflow_is_the_answers(warm):
    found = run(warm, "mlflow.MlflowClient().transition_model_version_stage('MyModel', '3', 'Live')")
    assert found.ended == "raised" and found.raised.type == "MlflowException"
    assert "Live" in found.raised.message and found.raised.line == 1
    assert found.registry.stages == VERSIONS


WRITES = """
import sqlite3
client = mlflow.MlflowClient()
told = []
def write(name):
    try:
        client.set_registered_model_alias(name, "champion", "1")
        told.append("written")
    except Exception as error:
        told.append(f"{type(error).__name__}: {error}"[:200])
for name in ("MyModel", "Nobody", "", None, 3, "My'Model"):
    write(name)
client.set_registered_model_tag("MyModel", "mlflow.prompt.is_prompt", "true")
write("MyModel")
file = client.tracking_uri.removeprefix("sqlite:///")
sqlite3.connect(file).executescript("DROP TABLE registered_model_tags")
write("MyModel")
"""


def test_what_a_warm_runner_asks_briefly_ends_as_mlflow_ends_it(warm, cold):
    told, plain = (run(runner, WRITES, "told").values["told"] for runner in (warm, cold))
    assert told == plain
    assert [text == "written" for _, text in told[1]] == [True, *[False] * 7]


def test_an_empty_registry_holds_no_model(warm):
    found = run(warm, "found = list(mlflow.MlflowClient().search_registered_models())", "found", versions={})
    assert found.registry.stages == {}


def test_every_job_has_a_registry_of_its_own(warm):
    def one(number):
        code = f"""
            client = mlflow.tracking.MlflowClient()
            client.transition_model_version_stage("MyModel", "{number}", "Production")
            found = [v for v in client.search_model_versions("") if v.current_stage == "Production"]
        """
        return run(warm, code, "found", versions=dict.fromkeys(range(1, 9), "None"))

    with ThreadPoolExecutor(4) as pool:
        for number, found in enumerate(pool.map(one, range(1, 9)), start=1):
            assert numbers(found.values["found"]) == [number]
            assert [v for v, stage in found.registry.stages.items() if stage == "Production"] == [number]


def test_an_answer_that_ruins_its_registry_harms_only_itself(warm):
    ruin = "import os; os.remove(mlflow.get_registry_uri().removeprefix('sqlite:///'))"
    found = run(warm, ruin)
    assert found.ended == "finished" and found.registry.stages == {}
    assert run(warm, "x = 1").registry.stages == VERSIONS


def test_the_registry_of_this_process_is_left_alone(warm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(warm, TRANSITION)
    assert list(tmp_path.iterdir()) == []


def test_a_job_with_mlflow_finds_nothing_of_the_judge(warm):
    code = "import sys; loaded = sorted(name for name in sys.modules if name.startswith('checks'))"
    found = run(warm, code, "loaded")
    loaded = {name.split(".")[1] for _, name in found.values["loaded"][1] if "." in name}
    assert loaded == {"former", "runner", "vocabulary", "world"}
