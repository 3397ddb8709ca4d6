"""What every kernel and JupyterLab of this environment finds by itself: configuration, and the course home.

Written by `make setup`, as `python -m checks.learner.environment`, and by `workbook lab`. Without it
everything works once a notebook's first code cell has run, as where nobody may write into the environment.
A wheel brings the course home along: pyproject.toml lists its files.
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

#: What IPython and JupyterLab are told in files that others may have written: then these stay as they are.
TOLD = {
    # Words that load by themselves, and answers that are judged when they are run.
    "etc/ipython/ipython_kernel_config.json": {
        "InteractiveShellApp": {"extensions": ["checks.learner.kernel"]}
    },
    # No box that asks about a news feed: it would cover the first card.
    "share/jupyter/lab/settings/overrides.d/mlops-workbook.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}
    },
}

_HERE = Path(__file__).parent
_PAGE = _HERE / "home" / "page"
_EXTENSION = Path("share/jupyter/labextensions/mlops-workbook")


def files() -> Mapping[Path, Path]:
    """The course home, by where its files go: the extension, and what has Jupyter Server load the rest."""
    scripts = [*_PAGE.glob("*.js"), *_PAGE.glob("*.css"), _HERE / "card" / "page" / "dom.js"]
    return {
        _EXTENSION / "package.json": _PAGE / "package.json",
        **{_EXTENSION / "static" / script.name: script for script in scripts},
        Path("etc/jupyter/jupyter_server_config.d/mlops-workbook.json"): _HERE
        / "home"
        / "mlops-workbook.json",
    }


def install(prefix: Path = Path(sys.prefix)) -> None:
    """Write what is missing, and renew the course home. Where that is not allowed there is none."""
    for name, told in TOLD.items():
        if not (prefix / name).exists():
            _write(prefix / name, json.dumps(told, indent=1) + "\n")
    for place, source in files().items():
        _write(prefix / place, source.read_text("utf-8"))


def _write(path: Path, text: str) -> None:
    with suppress(OSError):
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    install()
