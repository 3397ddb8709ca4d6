"""What every kernel and every JupyterLab of this environment finds by itself: two files of configuration.

Written by `make setup`, as `python -m checks.learner.environment`, and by `workbook lab`. Without them
everything works once a notebook's first code cell has run, as where nobody may write into the environment.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

#: Where IPython and JupyterLab look in an environment, and what they are told there.
FILES = {
    # Words that load by themselves, and answers that are judged when they are run.
    "etc/ipython/ipython_kernel_config.json": {
        "InteractiveShellApp": {"extensions": ["checks.learner.kernel"]}
    },
    # No box that asks about a news feed: it would cover the first card.
    "share/jupyter/lab/settings/overrides.d/mlops-workbook.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}
    },
}


def install(prefix: Path = Path(sys.prefix)) -> None:
    """Write the files, those that are not there. Where that is not allowed there are none."""
    for name, told in FILES.items():
        path = prefix / name
        with suppress(OSError):
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    install()
