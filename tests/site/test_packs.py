"""The packs of the site: the same files make the same bytes, and Pyodide's list says what is where."""

import gzip
import io
import json
import sys
import tarfile
from pathlib import Path

import pytest

from checks.notebook import ROOT

sys.path.insert(0, str(ROOT / "site"))
import bytecode  # type: ignore[import-not-found]
import packs  # type: ignore[import-not-found]


def test_the_same_files_make_the_same_archive() -> None:
    assert packs.archive({"b.py": b"2", "a.py": b"1"}) == packs.archive({"a.py": b"1", "b.py": b"2"})


def test_what_no_browser_needs_is_left_out() -> None:
    files = dict.fromkeys(("p/a.py", "p/a.so", "p/tests/t.py", "p/testing/x.py", "p-1.dist-info/RECORD"), b"")
    assert set(packs.slimmed(files)) == {"p/a.py", "p/testing/x.py"}
    compiled = {"p/a.cpython-314-wasm32-emscripten.so": b""}
    assert packs.slimmed(compiled) == compiled


def test_the_list_names_what_a_package_needs_and_the_pack_that_it_is_in(tmp_path: Path) -> None:
    index = packs.Index()
    requires = ["a-two>=1", "missing", "a-two[fast]; extra == 'fast'"]
    index.add(packs.package("A_One", "1.0", {"one/__init__.py": b"1", "_one.py": b""}, requires), ["three"])
    index.add(packs.package("a.two", "2", {"two.py": b"", "a_two-2.data/data/etc/two.json": b"{}"}))
    index.add(packs.package("three", "3", {}))
    index.add(packs.package("four", "4", {"four.py": b""}))
    theirs = b'{"info": {"python": "3.14.2"}, "packages": {"numpy": {}}}'
    index.write(tmp_path, theirs, {"kernel": ["a-one"], "runner": ["a-two"]})
    told = json.loads((tmp_path / "pyodide-lock.json").read_text())
    assert told["info"] == {"python": "3.14.2"}
    assert {name: (each["file_name"], each["depends"]) for name, each in told["packages"].items()} == {
        "a-one": ("kernel.pack", ["a-two", "three"]),
        "a-two": ("kernel-runner.pack", []),
        "four": ("others.pack", []),
        "three": ("kernel.pack", []),
    }
    assert told["packages"]["a-one"]["imports"] == ["_one", "one"]
    assert _files(tmp_path / "kernel.pack")["lib/python3.14/site-packages/one/__init__.py"] == b"1"
    assert _files(tmp_path / "kernel-runner.pack")["etc/two.json"] == b"{}"


def _files(pack: Path) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(pack.read_bytes()))) as content:
        return {name: content.extractfile(name).read() for name in content.getnames()}  # type: ignore[union-attr]


def test_a_compiled_module_stands_in_place_of_its_source_or_beside_it() -> None:
    ours, theirs = f"{packs.PACKAGES}/checks/a.py", f"{packs.PACKAGES}/b/c.py"
    files = {ours: b"1", theirs: b"2", f"{packs.PACKAGES}/b/late.py": b"3"}
    files[f"{packs.PACKAGES}/databricks/late.py"] = b"never"
    assert bytecode.compiled(files, {ours: b"x", theirs: b"y", "lib/python314.zip/os.py": b"z"}) == {
        ours: b"1",
        f"{packs.PACKAGES}/checks/__pycache__/a.cpython-314.pyc": b"x",
        f"{theirs}c": b"y",
        f"{packs.PACKAGES}/b/late.py": b"3",
    }


@pytest.mark.parametrize("name", ["mlflow-skinny", "pydantic-core", "anywidget", "ipywidgets"])
def test_the_lock_has_the_versions_of_the_desktop(name: str) -> None:
    import tomllib

    locked = tomllib.loads((ROOT / "site" / "lock.toml").read_text("utf-8"))["browser"][name]
    assert f"{name}=={locked['version']}\n" in (ROOT / "requirements.txt").read_text("utf-8")
