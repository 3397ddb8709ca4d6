"""What every kernel and JupyterLab of this environment finds by itself: configuration, and the course home.

Written by `make setup`, as `python -m checks.learner.environment`, and by `workbook lab`; a wheel brings the
files along, as pyproject.toml lists them. Without them everything works once a notebook's first code cell has
run.
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_HERE = Path(__file__).parent
_HOME, _SETTINGS = _HERE / "home", _HERE / "settings"
#: Where JupyterLab finds the course home.
EXTENSION = Path("share/jupyter/labextensions/mlops-workbook")

#: Words that load by themselves, and answers that are judged when they are run. IPython is told so in a file
#: that others may have written: then it stays as it is.
KERNEL = {Path("etc/ipython/ipython_kernel_config.json"): _SETTINGS / "ipython_kernel_config.json"}


def files() -> Mapping[Path, Path]:
    """What is ours alone, by where it goes: the course home, and what has Jupyter load and show it.

    A setting keeps JupyterLab from asking about a news feed: the box would cover the first card.
    """
    page = _HOME / "page"
    scripts = [
        *page.glob("*.js"),
        *page.glob("*.css"),
        *(_HERE / "card" / "page" / name for name in ("dom.js", "words.js")),
    ]
    name = "mlops-workbook.json"
    return {
        EXTENSION / "package.json": page / "package.json",
        **{EXTENSION / "static" / script.name: script for script in scripts},
        Path("etc/jupyter/jupyter_server_config.d") / name: _HOME / name,
        Path("share/jupyter/lab/settings/overrides.d") / name: _SETTINGS / name,
    }


def install(prefix: Path = Path(sys.prefix)) -> None:
    """Write what is missing, and renew what is ours. Where that is not allowed there is none."""
    for place, source in {**KERNEL, **files()}.items():
        if place not in KERNEL or not (prefix / place).exists():
            _write(prefix / place, source.read_text("utf-8"))


def _write(path: Path, text: str) -> None:
    with suppress(OSError):
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    install()
