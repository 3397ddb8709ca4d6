"""The wheels of the site: the same files make the same bytes, and Pyodide's list says what each needs."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from checks.notebook import ROOT

sys.path.insert(0, str(ROOT / "site"))
import wheels  # type: ignore[import-not-found]


def test_the_same_files_make_the_same_archive() -> None:
    assert wheels.archive({"b.py": b"2", "a.py": b"1"}) == wheels.archive({"a.py": b"1", "b.py": b"2"})


def test_what_no_browser_needs_is_left_out() -> None:
    files = dict.fromkeys(("p/a.py", "p/a.so", "p/tests/t.py", "p/testing/x.py", "p-1.dist-info/RECORD"), b"")
    assert set(wheels.slimmed(files)) == {"p/a.py", "p/testing/x.py"}
    compiled = {"p/a.cpython-314-wasm32-emscripten.so": b""}
    assert wheels.slimmed(compiled) == compiled


def test_the_list_names_what_a_wheel_has_and_needs(tmp_path: Path) -> None:
    index = wheels.Index(tmp_path)
    requires = ["a-two>=1", "missing", "a-two[fast]; extra == 'fast'"]
    index.add(wheels.package("A_One", "1.0", {"one/__init__.py": b"", "_one.py": b""}, requires), ["three"])
    index.add(wheels.package("a.two", "2", {"two.py": b""}))
    index.add(wheels.package("three", "3", {}))
    index.write(b'{"info": {"python": "3.14.2"}, "packages": {"numpy": {}}}')
    told = json.loads((tmp_path / "pyodide-lock.json").read_text())
    assert told["info"] == {"python": "3.14.2"}
    assert {name: each["depends"] for name, each in told["packages"].items()} == {
        "a-one": ["a-two", "three"],
        "a-two": [],
        "three": [],
    }
    assert told["packages"]["a-one"]["imports"] == ["_one", "one"]
    with zipfile.ZipFile(tmp_path / told["packages"]["a-one"]["file_name"]) as wheel:
        assert "one/__init__.py" in wheel.namelist()


@pytest.mark.parametrize("name", ["mlflow-skinny", "pydantic-core", "anywidget", "ipywidgets"])
def test_the_lock_has_the_versions_of_the_desktop(name: str) -> None:
    import tomllib

    locked = tomllib.loads((ROOT / "site" / "lock.toml").read_text("utf-8"))["browser"][name]
    assert f"{name}=={locked['version']}\n" in (ROOT / "requirements.txt").read_text("utf-8")
