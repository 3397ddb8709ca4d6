"""The packages that the browser has, in a few packs, and the list of them that Pyodide reads.

Called by build. A pack is a compressed TAR, with fixed times and in order, so that a build can be repeated;
`packs.mjs` unpacks it. Packages that the same starts need share one, and nothing is downloaded twice.
"""

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from email.parser import HeaderParser
from pathlib import Path

#: Where the browser's Python has what is installed.
PACKAGES = "lib/python3.14/site-packages"
#: What a browser has no use for.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|__pycache__|sboms)/|\.(so|pyi|c|pyx|h|map)$|(^|/)RECORD$"
    # Other sides of MLflow, clouds and languages: what these import is not here, or nobody asks for it.
    r"|^databricks/sdk/service/|^mlflow/(server|assistant|demo|langchain|transformers)/(?!__init__)"
    r"|^sqlalchemy/testing/|^pydantic/v1/|^anywidget/(labextension|nbextension)/"
    r"|^pygments/lexers/(?!(__init__|_mapping|_css_builtins|_sql_builtins|_openedge|python|data|special|shell|"
    r"html|javascript|css|jvm|perl|ruby|markup|text|diff|configs|sql|console|algebra)\.py)"
)
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


def tar(files: Files) -> bytes:
    """The files as one TAR, the same bytes for the same files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as out:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            out.addfile(entry, io.BytesIO(files[name]))
    return buffer.getvalue()


def unpacked(wheel: Path) -> dict[str, bytes]:
    """What is in a wheel."""
    with zipfile.ZipFile(wheel) as content:
        return {name: content.read(name) for name in content.namelist() if not name.endswith("/")}


def slimmed(files: Files) -> dict[str, bytes]:
    """The files of a wheel that a browser needs. Compiled modules stay where they were compiled for it."""
    compiled_for_it = any("wasm32-emscripten" in name for name in files)
    return {
        name: content
        for name, content in files.items()
        if ".data/" not in name
        and (_LEFT_OUT.search(name) is None or (compiled_for_it and name.endswith(".so")))
    }


def package(name: str, version: str, files: Files, requires: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of a wheel of ours."""
    told = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
    told += [f"Requires-Dist: {each}\n" for each in requires]
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    kind = b"Wheel-Version: 1.0\nGenerator: mlops-workbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {**files, f"{info}/METADATA": "".join(told).encode(), f"{info}/WHEEL": kind}


class Index:
    """The packages of the site: what is in them, and what each needs."""

    def __init__(self) -> None:
        self._files: dict[str, Files] = {}
        self._versions: dict[str, str] = {}
        self._required: dict[str, list[str]] = {}

    def add(self, files: Files, also: Iterable[str] = ()) -> None:
        """List the files of a wheel; `also` names what it needs besides what it says."""
        told = next(content for name, content in files.items() if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(told.decode("utf-8"))
        name = normal(metadata["Name"])
        self._files[name], self._versions[name] = files, metadata["Version"]
        self._required[name] = [*_required(metadata.get_all("Requires-Dist") or []), *also]

    def files(self) -> dict[str, bytes]:
        """All files, by their paths in the browser."""
        return {_place(path): content for files in self._files.values() for path, content in files.items()}

    def write(
        self,
        folder: Path,
        theirs: bytes,
        starts: Mapping[str, Iterable[str]],
        served: Callable[[Files], Files] = lambda files: files,
    ) -> None:
        """Write the packs, and a pyodide-lock.json of what is in them.

        `theirs` is Pyodide's own list, whose `info` is kept; `starts` says which packages a start needs, by
        its name, and `served` gives the files of a pack as the browser is to have them.
        """
        needs = {start: self._closure(names) for start, names in starts.items()}
        packs: dict[str, dict[str, bytes]] = {}
        packages: dict[str, dict[str, object]] = {}
        for name, files in sorted(self._files.items()):
            pack = "-".join(start for start, names in needs.items() if name in names) or "others"
            packs.setdefault(pack, {}).update((_place(path), content) for path, content in files.items())
            tops = {each.split("/")[0].removesuffix(".py") for each in files if each.endswith(".py")}
            packages[name] = {
                "name": name,
                "version": self._versions[name],
                "file_name": f"{pack}.pack",
                "install_dir": "site",
                "sha256": "",
                "package_type": "package",
                "imports": sorted(top for top in tops if top.isidentifier()),
                "depends": sorted({each for each in self._required[name] if each in self._files} - {name}),
                "unvendored_tests": False,
            }
        for pack, content in packs.items():
            made = gzip.compress(tar(served(content)), 9, mtime=0)
            (folder / f"{pack}.pack").write_bytes(made)
        listed = {**json.loads(theirs), "packages": packages}
        (folder / "pyodide-lock.json").write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n")

    def _closure(self, names: Iterable[str]) -> set[str]:
        """These packages and all that they need, as far as they are here."""
        found: set[str] = set()
        missing = set(names) & self._files.keys()
        while missing:
            found |= missing
            missing = {other for name in missing for other in self._required[name]}
            missing = missing & self._files.keys() - found
        return found


def _place(path: str) -> str:
    """Where a wheel's file lies; what is data lies below the root."""
    top, _, rest = path.partition("/data/")
    return rest if top.endswith(".data") else f"{PACKAGES}/{path}"


def normal(name: str) -> str:
    """A distribution's name as all write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(lines: Iterable[str]) -> Iterable[str]:
    """The names that are always required, but by an extra."""
    for line in lines:
        if (found := _REQUIRED.match(line)) and "extra" not in (found[2] or ""):
            yield normal(found[1])
