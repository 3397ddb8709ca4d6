"""The wheels that the browser installs, and the list of them that Pyodide reads.

Called by build. Every wheel is written anew, with fixed times and in order, so that a build can be repeated.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path

_INFO = re.compile(r"[^/]+\.dist-info/")
#: What a browser has no use for.
_LEFT_OUT = re.compile(r"(^|/)(tests?|__pycache__)/|\.(so|pyi|c|pyx|h|map)$|(^|/)RECORD$")
_REQUIRED = re.compile(r"^([\w.-]+)\s*(?:\[[^]]*\])?[^;]*(?:;(.*))?$")

Files = Mapping[str, bytes]


def archive(files: Files) -> bytes:
    """The files as one ZIP, the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            out.writestr(entry, files[name])
    return buffer.getvalue()


def unpacked(wheel: Path) -> dict[str, bytes]:
    """What is in a wheel."""
    with zipfile.ZipFile(wheel) as content:
        return {name: content.read(name) for name in content.namelist() if not name.endswith("/")}


def slimmed(files: Files, left_out: re.Pattern[str] | None = None) -> dict[str, bytes]:
    """The files of a wheel that a browser needs; `left_out` finds more that it does not.

    Compiled modules stay where they were compiled for it.
    """
    compiled_for_it = any("wasm32-emscripten" in name for name in files)
    return {
        name: content
        for name, content in files.items()
        if ".data/" not in name
        and (_LEFT_OUT.search(name) is None or (compiled_for_it and name.endswith(".so")))
        and (left_out is None or left_out.search(name) is None)
    }


def package(name: str, version: str, files: Files, requires: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of a wheel of ours."""
    told = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
    told += [f"Requires-Dist: {each}\n" for each in requires]
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    kind = b"Wheel-Version: 1.0\nGenerator: mlops-workbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {**files, f"{info}/METADATA": "".join(told).encode(), f"{info}/WHEEL": kind}


class Index:
    """The wheels of the site, and Pyodide's list of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._packages: dict[str, dict[str, object]] = {}
        self._required: dict[str, list[str]] = {}

    def add(self, files: Files, also: Iterable[str] = ()) -> None:
        """Write a wheel and list it; `also` names what it needs besides what it says."""
        told = next(content for name, content in files.items() if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(told.decode("utf-8"))
        name, version = normal(metadata["Name"]), metadata["Version"]
        is_compiled = any(each.endswith(".so") for each in files)
        tag = "cp314-cp314-pyemscripten_2026_0_wasm32" if is_compiled else "py3-none-any"
        content = archive(files)
        wheel = f"{name.replace('-', '_')}-{version}-{tag}.whl"
        (self._folder / wheel).write_bytes(content)
        tops = {each.split("/")[0].removesuffix(".py") for each in files if each.endswith(".py")}
        self._packages[name] = {
            "name": name,
            "version": version,
            "file_name": wheel,
            "install_dir": "site",
            "sha256": sha256(content).hexdigest(),
            "package_type": "package",
            "imports": sorted(top for top in tops if top.isidentifier() and ".data" not in top),
            "unvendored_tests": False,
        }
        self._required[name] = [*_required(metadata.get_all("Requires-Dist") or []), *also]

    def write(self, theirs: bytes) -> None:
        """Write the list as a pyodide-lock.json; `theirs` is Pyodide's own, whose `info` is kept."""
        for name, entry in self._packages.items():
            entry["depends"] = sorted(
                {each for each in self._required[name] if each in self._packages} - {name}
            )
        listed = {**json.loads(theirs), "packages": dict(sorted(self._packages.items()))}
        (self._folder / "pyodide-lock.json").write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n")


def normal(name: str) -> str:
    """A distribution's name as all write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(lines: Iterable[str]) -> Iterable[str]:
    """The names that are always required, but by an extra."""
    for line in lines:
        if (found := _REQUIRED.match(line)) and "extra" not in (found[2] or ""):
            yield normal(found[1])
