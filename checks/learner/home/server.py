"""A page of Jupyter Server that tells the course home what the record says: GET workbook/home?folder=work.

Loaded by Jupyter Server, JupyterLab's and Notebook 7's, where `checks.learner.environment` has told it to.
It reads and never writes. What is slow to load is loaded when the home is first asked for.
"""

import asyncio
import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from checks.notebook import FIRST
from checks.vocabulary import PROGRESS

#: Where lessons are looked for below the folder that is served, if nobody says where they are.
_PLACES = ("", "work", "notebooks")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Add the page to the server."""
    settings = app.web_app.settings
    address = settings["base_url"].rstrip("/") + "/workbook/home"
    app.web_app.add_handlers(".*$", [(address, _Home)])


class _Home(APIHandler):
    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self) -> None:
        root = Path(self.settings["server_root_dir"]).expanduser().absolute()
        told = await asyncio.to_thread(_told, root, self.get_query_argument("folder", None))
        self.finish(json.dumps(told))


def _told(root: Path, asked: str | None) -> dict[str, Any]:
    """What the home shows; `folder` is None where there are no lessons."""
    from checks.learner import chosen
    from checks.learner.home.course import told, words
    from checks.learner.record import FILE, Record

    folder = find_lessons(root, asked)
    here = root / (folder or "")
    record = Record(here / os.environ.get(PROGRESS, FILE))
    with suppress(ValueError):  # a card says what is the matter
        chosen.speak(record)
    if folder is None:
        return {"folder": None, "words": words()}
    return {"folder": folder, **told(record, datetime.now(UTC).date(), here)}


def find_lessons(root: Path, asked: str | None) -> str | None:
    """The folder of the lessons, from `root`, with "/"; None where there is none. `asked` goes before others.

    `root` is absolute; what lies outside of it is none.
    """
    places = _PLACES if asked is None else (asked, *_PLACES)
    for place in places:
        folder = Path(os.path.normpath(root / place.strip("/")))
        with suppress(OSError):  # a name that is no name
            if folder.is_relative_to(root) and (folder / FIRST).is_file():
                return place.strip("/")
    return None
